export const id = 874;
export const ids = [874];
export const modules = {

/***/ 2874:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseDependencyCheckIgnore: () => (/* binding */ parseDependencyCheckIgnore)
/* harmony export */ });
/* harmony import */ var saxes__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9800);
/* harmony import */ var _exemption_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6936);
/* harmony import */ var _ignore_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5128);



const IDS = ['cve', 'vulnerabilityName'];
const KNOWN = new Set([...IDS, 'packageUrl', 'notes']);
/** What a suppression file of OWASP Dependency-Check says, where it names vulnerabilities and packages. @throws {Error} when it is not XML. */
function parseDependencyCheckIgnore(xml, file) {
    const read = suppressions(xml).flatMap((one, index) => readSuppress(one, `${file}, suppress ${index + 1}`, file));
    return { ignores: read.filter((one) => typeof one !== 'string'), notes: read.filter((one) => typeof one === 'string') };
}
function readSuppress({ until, children }, place, file) {
    const odd = [...new Set(children.filter(({ name, isRegex }) => !KNOWN.has(name) || (isRegex && IDS.includes(name))).map(({ name }) => name))];
    const span = (0,_ignore_file_js__WEBPACK_IMPORTED_MODULE_2__/* .untilOf */ .g)(until?.replace(/^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$/, '$1'));
    const ids = textsOf(children, ...IDS);
    const [packageUrl] = children.filter(({ name }) => name === 'packageUrl');
    const purl = packageUrl === undefined ? undefined : wholePattern(packageUrl);
    const why = odd.length > 0 ? `of ${odd.join(', ')}` : span === undefined ? 'its until is no day' : ids.length === 0 ? 'it names no vulnerability' : packageUrl !== undefined && purl === undefined ? 'its packageUrl is no regular expression' : undefined;
    if (why !== undefined)
        return [`${place}: not followed, because ${why}`];
    const reason = textsOf(children, 'notes')[0]?.replaceAll(/\s+/g, ' ');
    return ids.map((id) => ({ ...(0,_exemption_js__WEBPACK_IMPORTED_MODULE_1__/* .fitsOwnFile */ .pY)(file, 'dependency-check'), id, purl, until: span?.until, reason }));
}
function textsOf(children, ...names) {
    return children.filter(({ name }) => names.includes(name)).map(({ text }) => text.trim()).filter((text) => text !== '');
}
// As Dependency-Check has it: the whole of the purl, small and capital letters alike.
function wholePattern({ isRegex, text }) {
    const source = text.trim();
    try {
        return new RegExp(`^(?:${isRegex ? source : source.replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw `\$&`)})$`, 'i');
    }
    catch {
        return undefined;
    }
}
function suppressions(xml) {
    const found = [];
    let depth = 0;
    let root = '';
    const parser = new saxes__WEBPACK_IMPORTED_MODULE_0__/* .SaxesParser */ .wT();
    parser.on('error', (error) => {
        throw error;
    });
    parser.on('opentag', ({ name, attributes }) => {
        depth += 1;
        if (depth === 1)
            root = name;
        if (depth === 2 && name === 'suppress')
            found.push({ until: attributes['until'], children: [] });
        if (depth === 3)
            found.at(-1)?.children.push({ name, isRegex: attributes['regex'] === 'true', text: '' });
    });
    parser.on('closetag', () => void (depth -= 1));
    const addText = (text) => {
        const element = depth === 3 ? found.at(-1)?.children.at(-1) : undefined;
        if (element !== undefined)
            element.text += text;
    };
    parser.on('text', addText);
    parser.on('cdata', addText);
    parser.write(xml).close();
    if (root !== 'suppressions')
        throw new Error('its root is not <suppressions>');
    return found;
}


/***/ })

};
