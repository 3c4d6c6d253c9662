export const id = 457;
export const ids = [457];
export const modules = {

/***/ 2457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   withScanSigns: () => (/* binding */ withScanSigns)
/* harmony export */ });
/**
 * What a report is worth, knowing how the scan that wrote it ended: its signs are those of the report and of the scan, so that the
 * worse of both counts. A report that contradicts its scanner is of a scan that failed.
 */
function withScanSigns(report, result) {
    const { outcome, reason, tool, kinds } = result;
    const base = isCleanSilence(report, result) ? withoutFault(report) : report;
    if (outcome === 'failed')
        return { ...known(withoutFault(report), tool, kinds), signs: { ...report.signs, failures: withReason(reason, report.signs.failures) } };
    if (outcome === 'nothing scanned')
        return { ...known(withoutFault(report), tool, kinds), signs: { ...report.signs, nothingScanned: [reason, ...report.signs.nothingScanned] } };
    const contradiction = contradictionOf(base, result);
    return contradiction === undefined ? known(base, tool, kinds) : { ...known(base, tool, kinds), signs: { ...base.signs, failures: [...base.signs.failures, contradiction] } };
}
// What the report says of the same failure mostly tells more than the exit code does.
function withReason(reason, [own, ...others]) {
    return own === undefined ? [reason] : [`${reason} ${own}`, ...others];
}
// A fault is of the scan then, and not of the file.
function withoutFault(report) {
    const copy = { ...report };
    delete copy.fault;
    return copy;
}
function isCleanSilence({ fault }, { outcome, isSilentWhenClean }) {
    return isSilentWhenClean && outcome === 'clean' && fault?.kind === 'empty';
}
// An empty list does not tell whose it is; the scan does.
function known(report, tool, kinds) {
    if (report.fault !== undefined)
        return report;
    return { ...report, tools: report.tools.length > 0 ? report.tools : [tool], kinds: report.kinds.length > 0 ? report.kinds : kinds };
}
// The other way round nothing is lost: what the report has is counted.
function contradictionOf({ findings, suppressed, beyond, fault }, { outcome, tool }) {
    if (fault !== undefined || outcome !== 'findings' || findings.length + suppressed.length + Object.keys(beyond ?? {}).length > 0)
        return undefined;
    return `${tool} ended as with findings, and its report has none.`;
}


/***/ })

};
