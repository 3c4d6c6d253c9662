export const id = 731;
export const ids = [731];
export const modules = {

/***/ 9731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseGrypeIgnore: () => (/* binding */ parseGrypeIgnore)
/* harmony export */ });
/* harmony import */ var _exemption_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6936);
/* harmony import */ var _ignore_file_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5128);


const KEYS = ['vulnerability', 'include-aliases', 'reason', 'package'];
const PACKAGE_KEYS = ['name', 'version', 'location'];
/** What the rules under `ignore` in a .grype.yaml say. They have no end. */
function parseGrypeIgnore(yaml, file) {
    const read = (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseList */ .J2)((0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseMapping */ .ZO)(yaml)['ignore']).map((entry, index) => readRule(entry, `${file}, ignore[${index}]`, file));
    return { ignores: read.filter((one) => typeof one !== 'string'), notes: read.filter((one) => typeof one === 'string') };
}
// A rule with a condition that we cannot judge would hide more than it says.
function readRule(entry, place, file) {
    const one = (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseMapping */ .ZO)(entry['package']);
    const odd = [...(0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .beyondUs */ .se)(entry, KEYS), ...(0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .beyondUs */ .se)(one, PACKAGE_KEYS).map((key) => `package.${key}`)];
    if (odd.length > 0)
        return `${place}: not followed, because of ${odd.join(', ')}`;
    const [id, name, version, location] = [(0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['vulnerability']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(one['name']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(one['version']), (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(one['location'])];
    if (id === undefined && name === undefined)
        return `${place}: not followed, because it names neither vulnerability nor package`;
    if (version !== undefined && name === undefined)
        return `${place}: not followed, because its package has a version and no name`;
    return {
        ...(0,_exemption_js__WEBPACK_IMPORTED_MODULE_0__/* .fitsOwnFile */ .pY)(file, 'grype'), id, packages: name === undefined ? [] : [`${name}${version === undefined ? '' : `@${version}`}`], paths: location === undefined ? [] : [location], reason: (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_1__/* .looseText */ .o0)(entry['reason']),
    };
}


/***/ })

};
