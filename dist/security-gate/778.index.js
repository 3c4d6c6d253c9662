export const id = 778;
export const ids = [778];
export const modules = {

/***/ 6778:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseTrivyIgnore: () => (/* binding */ parseTrivyIgnore),
/* harmony export */   parseTrivyIgnoreYaml: () => (/* binding */ parseTrivyIgnoreYaml)
/* harmony export */ });
/* harmony import */ var _exemption_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6936);
/* harmony import */ var _ignore_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5128);


// Secrets are left out on purpose: no file of exceptions hides one.
const SECTIONS = ['vulnerabilities', 'misconfigurations', 'licenses'];
const KEYS = ['id', 'paths', 'purls', 'expired_at', 'statement'];
/** What a .trivyignore says: an ID a line, `exp:2026-12-01` behind it; the comment above is the reason. */
function parseTrivyIgnore(text, file) {
    const ignores = [];
    const notes = [];
    let comment;
    for (const [index, whole] of text.split(/\r?\n/).entries()) {
        const line = whole.trim();
        if (line === '' || line.startsWith('#')) {
            comment = line === '' ? undefined : line.replace(/^#+\s*/, '');
            continue;
        }
        const [id = '', ...rest] = line.split(/\s+/);
        const expiry = rest.find((word) => word.startsWith('exp:'))?.slice(4);
        const span = (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .untilOf */ .g)(expiry);
        if (span === undefined || rest.some((word) => !word.startsWith('exp:') && !word.startsWith('#')))
            notes.push(`${file}, line ${index + 1}: not followed, because it is not an ID with exp:YYYY-MM-DD or nothing behind it`);
        else
            ignores.push({ ...(0,_exemption_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsOwnFile */ .pY)(file, 'trivy'), id, until: span.until, reason: comment });
    }
    return { ignores, notes };
}
/** What a .trivyignore.yaml says. */
function parseTrivyIgnoreYaml(yaml, file) {
    const root = (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseMapping */ .ZO)(yaml);
    const entries = SECTIONS.flatMap((section) => (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseList */ .J2)(root[section]).map((entry, index) => ({ entry, place: `${file}, ${section}[${index}]` })));
    const secrets = (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseList */ .J2)(root['secrets']);
    const read = entries.map(({ entry, place }) => readEntry(entry, place, file));
    return {
        ignores: read.filter((one) => typeof one !== 'string'),
        notes: [...read.filter((one) => typeof one === 'string'), ...(secrets.length > 0 ? [`${file}: its ${secrets.length} entries for secrets are not followed`] : [])],
    };
}
function readEntry(entry, place, file) {
    const [id, span, odd] = [(0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['id']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .untilOf */ .g)(entry['expired_at']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .beyondUs */ .se)(entry, KEYS)];
    if (id === undefined)
        return `${place}: not followed, because it has no id`;
    if (span === undefined)
        return `${place}: not followed, because its expired_at is no day`;
    if (odd.length > 0)
        return `${place}: not followed, because of ${odd.join(', ')}`;
    return { ...(0,_exemption_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsOwnFile */ .pY)(file, 'trivy'), id, packages: (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseTexts */ .Py)(entry['purls']), paths: (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseTexts */ .Py)(entry['paths']), until: span.until, reason: (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['statement']) };
}


/***/ })

};
