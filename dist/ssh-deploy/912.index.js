export const id = 912;
export const ids = [912];
export const modules = {

/***/ 3912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   excluding: () => (/* binding */ excluding),
/* harmony export */   readExcludeFile: () => (/* binding */ readExcludeFile)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var ignore__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(298);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9115);



const LONGEST_PATTERN = 1_000; // characters; a far longer one becomes a regular expression too large to run
/**
 * Exclusion by patterns as in a `.gitignore` file: `*.log`, `/build/`, `!keep.log`; later lines win, names are case-sensitive.
 * `.git` is always left out, at any depth.
 * @throws {UserError} on a pattern that cannot be understood.
 */
function excluding(patterns) {
    const tooLong = patterns.find((pattern) => pattern.length > LONGEST_PATTERN);
    if (tooLong !== undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The exclude pattern beginning with ${JSON.stringify(tooLong.slice(0, 40))} has ${tooLong.length} characters; accepted are ${LONGEST_PATTERN} at most.`);
    const rules = ignore__WEBPACK_IMPORTED_MODULE_1__({ ignorecase: false });
    try {
        rules.add(patterns);
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The exclude patterns cannot be understood: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`);
    }
    const hasRules = patterns.some((pattern) => pattern.trim() !== '');
    return (path, kind) => path === '.git' || path.endsWith('/.git')
        || (hasRules && rules.ignores(kind === 'folder' ? `${path}/` : path));
}
/**
 * The lines of an exclude file on the runner.
 * @throws {UserError} when it cannot be read.
 */
async function readExcludeFile(path) {
    try {
        return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(path, 'utf8')).split(/\r?\n/);
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`The exclude file ${path} cannot be read: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}. Give the path of a file in the checkout, or leave the input out.`);
    }
}


/***/ })

};
