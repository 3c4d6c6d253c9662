export const id = 290;
export const ids = [290];
export const modules = {

/***/ 4290:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseOsvIgnore: () => (/* binding */ parseOsvIgnore)
/* harmony export */ });
/* harmony import */ var _exemption_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6936);
/* harmony import */ var _ignore_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5128);


const TOOL = 'osv-scanner';
const PACKAGE_KEYS = ['name', 'version', 'ecosystem', 'ignore', 'vulnerability', 'license', 'effectiveUntil', 'reason'];
/** What OSV calls an ecosystem, and what purls do. https://ossf.github.io/osv-schema/#defined-ecosystems */
const PURL_TYPES = { pypi: 'pypi', npm: 'npm', go: 'golang', 'crates.io': 'cargo', maven: 'maven', packagist: 'composer', rubygems: 'gem', nuget: 'nuget', hex: 'hex', pub: 'pub' };
/** What an osv-scanner.toml says: vulnerabilities and packages that are ignored. */
function parseOsvIgnore(toml, file) {
    const root = (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseMapping */ .ZO)(toml);
    const read = [
        ...(0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseList */ .J2)(root['IgnoredVulns']).map((entry, index) => vulnerability(entry, `${file}, IgnoredVulns[${index}]`, file)),
        ...(0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseList */ .J2)(root['PackageOverrides']).map((entry, index) => ofPackage(entry, `${file}, PackageOverrides[${index}]`, file)),
    ].filter((one) => one !== undefined);
    return { ignores: read.filter((one) => typeof one !== 'string'), notes: read.filter((one) => typeof one === 'string') };
}
function vulnerability(entry, place, file) {
    const [id, span] = [(0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['id']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .untilOf */ .g)(entry['ignoreUntil'])];
    if (id === undefined || span === undefined)
        return `${place}: not followed, because its ${id === undefined ? 'id is missing' : 'ignoreUntil is no day'}`;
    return { ...(0,_exemption_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsOwnFile */ .pY)(file, TOOL), id, until: span.until, reason: (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['reason']) };
}
function ofPackage(entry, place, file) {
    if (entry['ignore'] !== true && (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseMapping */ .ZO)(entry['vulnerability'])['ignore'] !== true)
        return undefined;
    const [name, version, ecosystem, span, odd] = [(0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['name']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['version']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['ecosystem']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .untilOf */ .g)(entry['effectiveUntil']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .beyondUs */ .se)(entry, PACKAGE_KEYS)];
    const type = PURL_TYPES[ecosystem?.toLowerCase() ?? ''];
    if (name === undefined || span === undefined || odd.length > 0 || (ecosystem !== undefined && type === undefined)) {
        const why = name === undefined ? 'it names no package' : span === undefined ? 'its effectiveUntil is no day' : odd.length > 0 ? `of ${odd.join(', ')}` : `of the ecosystem ${ecosystem}`;
        return `${place}: not followed, because ${why}`;
    }
    const called = `${type === undefined ? name : `pkg:${type}/${name.replace(':', '/')}`}${version === undefined ? '' : `@${version}`}`;
    return { ...(0,_exemption_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsOwnFile */ .pY)(file, TOOL), packages: [called], until: span.until, reason: (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['reason']) };
}


/***/ })

};
