export const id = 260;
export const ids = [260];
export const modules = {

/***/ 1260:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explain: () => (/* binding */ explain),
/* harmony export */   showMessages: () => (/* binding */ showMessages),
/* harmony export */   validate: () => (/* binding */ validate)
/* harmony export */ });
/* harmony import */ var _shared_notices_event__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1398);
/* harmony import */ var _shared_notices_routing__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1276);
/* harmony import */ var _shared_notices_slack_inspect__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7817);
/* harmony import */ var _shared_notices_slack_notice__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6141);
/* harmony import */ var _shared_notices_slack_own_blocks__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3184);
/* harmony import */ var _shared_notices_timeline__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3235);
/* harmony import */ var _shared_notices_values__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9214);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9115);
/* harmony import */ var _audience_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9664);









/** Prints who would hear of every event in every environment that routes or inputs name, and why others would not. @throws {UserError} on a mistake in the file. */
async function explain(inputs, job) {
    const routes = await (0,_audience_js__WEBPACK_IMPORTED_MODULE_7__/* .readRoutes */ .F)(inputs);
    if (routes === undefined)
        return job.log.info(`Without routes-file, everything goes to ${inputs.channel.join(', ') || 'the webhook of the step'}.`);
    const environments = [...new Set([inputs.environment, ...routes.routes.flatMap((route) => route.environments)].filter((name) => name !== undefined))];
    const service = inputs.service ?? job.run.repository.split('/').at(-1) ?? '';
    const chosen = (0,_shared_notices_event__WEBPACK_IMPORTED_MODULE_0__/* .happeningOf */ .IU)(inputs);
    const events = chosen === undefined ? _shared_notices_event__WEBPACK_IMPORTED_MODULE_0__/* .EVENTS */ .qY : [chosen.event];
    const rows = [];
    for (const environment of environments.length === 0 ? [''] : environments) {
        for (const event of events) {
            const happening = { ...(0,_shared_notices_event__WEBPACK_IMPORTED_MODULE_0__/* .happeningOf */ .IU)({ ...(chosen === undefined ? {} : { status: inputs.status, stage: inputs.stage }), event }), environment };
            const rulings = (0,_shared_notices_routing__WEBPACK_IMPORTED_MODULE_1__/* .rulingsOn */ .S)(routes.routes, { ...happening, service }, new Date());
            const heard = (0,_shared_notices_routing__WEBPACK_IMPORTED_MODULE_1__/* .listenersOf */ .b)(rulings).map(listenerText);
            rows.push([event, environment, happening.severity, heard.join('; ') || 'nobody', rulings.filter(({ verdict }) => verdict !== 'yes').map(({ route, verdict }) => `${route.name}: ${verdict}`).join('; ')]);
        }
    }
    rows.forEach(([event = '', environment = '', severity = '', heard = '', not = '']) => job.log.output(`${event} in ${environment || 'no environment'} (${severity}) -> ${heard}${not === '' ? '' : `   [${not}]`}`));
    job.summarise({ heading: 'Who hears of what', paragraphs: [`For ${service}, at this hour.`], table: { columns: ['Event', 'Environment', 'Severity', 'Who', 'Who not, and why'], rows } });
}
/** Checks what would be sent. @throws {UserError} that names everything Slack would not take. */
async function validate(inputs, job, notice, { listeners, people }) {
    const blocks = await (0,_audience_js__WEBPACK_IMPORTED_MODULE_7__.readBlocks)(inputs);
    const own = blocks === undefined ? [] : (0,_shared_notices_slack_inspect__WEBPACK_IMPORTED_MODULE_2__/* .findingsOf */ .WX)({ text: 'own blocks', blocks: (0,_shared_notices_slack_own_blocks__WEBPACK_IMPORTED_MODULE_4__/* .fillBlocks */ .w)(blocks, (0,_shared_notices_values__WEBPACK_IMPORTED_MODULE_6__/* .templateValues */ .n)((0,_shared_notices_timeline__WEBPACK_IMPORTED_MODULE_5__/* .timelineOf */ .h)([notice.entry]), notice.key)) });
    if (own.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_8__/* .UserError */ .yo([`${inputs.blocksFile} has blocks that Slack would not take:`, ...own.map((finding) => `- ${(0,_shared_notices_slack_inspect__WEBPACK_IMPORTED_MODULE_2__/* .findingText */ .NK)(finding)}`)].join('\n'));
    const style = { people, ownBlocks: blocks, say: job.log.warning };
    const changes = new Set(listeners.flatMap((listener) => (0,_shared_notices_slack_notice__WEBPACK_IMPORTED_MODULE_3__/* .wholeMessage */ .dH)(notice, [notice.entry], listener, style).changes));
    if (changes.size > 0)
        job.log.info(['It would be shortened:', ...changes].join('\n  '));
    job.log.info(`Slack would take it. It would go to ${listeners.map(listenerText).join('; ') || 'nobody'}.`);
}
/** Prints what would be sent, and to whom. */
function showMessages(job, notice, { listeners, people }, ownBlocks) {
    if (listeners.length === 0)
        job.log.info('Nobody would hear of it: no route leads anywhere.');
    for (const listener of listeners) {
        const { message } = (0,_shared_notices_slack_notice__WEBPACK_IMPORTED_MODULE_3__/* .wholeMessage */ .dH)(notice, [notice.entry], listener, { people, ownBlocks, say: job.log.info });
        job.log.info(`To ${listenerText(listener)}:`);
        job.log.output(JSON.stringify(message, null, 2));
    }
}
function listenerText({ channel, mention, isOnlyOnChange, by }) {
    const notes = [by.length > 0 ? `by ${by.join(', ')}` : '', mention.length > 0 ? `calling ${mention.join(' ')}` : '', isOnlyOnChange ? 'only on change' : ''].filter(Boolean);
    return `${channel.id === 'default' ? 'the step\'s webhook' : channel.id}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`;
}


/***/ })

};
