export const id = 141;
export const ids = [141];
export const modules = {

/***/ 7526:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ cut),
/* harmony export */   g: () => (/* binding */ lastOf)
/* harmony export */ });
// Made when something is cut for the first time: few messages need it, and it takes milliseconds.
let segmenter;
/** The mark of a text that was cut. */
const CUT_MARK = '…';
/**
 * The text in at most `most` UTF-16 units, never cut inside a character that people see as one (an emoji with its skin tone, a
 * letter with its accents), nor inside anything that `whole` matches. What was cut ends with `mark`.
 */
function cut(text, most, { mark = CUT_MARK, whole } = {}) {
    if (text.length <= most)
        return text;
    if (mark.length >= most)
        return '';
    const room = most - mark.length;
    let end = 0;
    for (const { segment, index } of pieces(text.slice(0, room + LONGEST_PIECE), whole)) {
        if (index + segment.length > room)
            break;
        end = index + segment.length;
    }
    return text.slice(0, end) + mark;
}
/** The last `most` UTF-16 units of a text, from the beginning of a line where there is one, `mark` before them when something was cut. */
function lastOf(text, most, mark = `${CUT_MARK}\n`) {
    if (text.length <= most)
        return text;
    const tail = text.slice(-Math.max(0, most - mark.length));
    const line = tail.indexOf('\n');
    const kept = line >= 0 && line < tail.length - 1 ? tail.slice(line + 1) : [...graphemesOf(tail)].slice(1).map(({ segment }) => segment).join('');
    return mark + kept;
}
// Looked at beyond the room there is, so that what straddles its end is seen whole; a grapheme can be as long as somebody likes.
const LONGEST_PIECE = 4_000;
function* pieces(text, whole) {
    let done = 0;
    for (const match of whole === undefined ? [] : text.matchAll(whole)) {
        yield* within(text, done, match.index);
        yield { segment: match[0], index: match.index };
        done = match.index + match[0].length;
    }
    yield* within(text, done, text.length);
}
function* within(text, from, to) {
    for (const { segment, index } of graphemesOf(text.slice(from, to)))
        yield { segment, index: from + index };
}
function graphemesOf(text) {
    segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
    return segmenter.segment(text);
}


/***/ }),

/***/ 378:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ fit)
/* harmony export */ });
/* harmony import */ var _cut_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7526);
/* harmony import */ var _inspect_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7817);
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(849);
/* harmony import */ var _message_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5154);
/* harmony import */ var _mrkdwn_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9920);
/* harmony import */ var _places_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4725);






const MOST_ROUNDS = 60;
const SHORTEST = 200; // characters that a text keeps while others are longer
const NOTE_ID = 'slipway-shortened';
const BOX_END = '\n```';
const MOST_BLOCKS = _limits_js__WEBPACK_IMPORTED_MODULE_1__/* .LIMITS */ .b1.find(({ of, at }) => of === 'message' && at === 'blocks').most;
/**
 * A message within Slack's limits: texts are cut, what is too many is left out, what cannot be mended goes; a last line then
 * says so and leads to the whole at `address`. The text for notifications stays in any case.
 */
function fit(message, address) {
    const changes = [];
    let fitted = message;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
        const [finding] = (0,_inspect_js__WEBPACK_IMPORTED_MODULE_0__/* .findingsOf */ .WX)(fitted);
        const isDone = finding === undefined && (changes.length === 0 || hasNote(fitted));
        if (isDone)
            return { message: fitted, changes };
        if (finding !== undefined)
            changes.push((0,_inspect_js__WEBPACK_IMPORTED_MODULE_0__/* .findingText */ .NK)(finding));
        fitted = finding === undefined ? withNote(fitted, address) : mended(fitted, finding);
    }
    return { message: withNote({ text: fitted.text, blocks: [] }, address), changes };
}
function mended(message, { path, limit, message: what }) {
    if (path.length === 1 && path[0] === 'text')
        return { ...message, text: message.text === '' ? 'Notice' : shortened(message.text, limit?.most ?? 1) };
    if (path.length === 1)
        return limit === undefined ? lessText(message) : { ...message, blocks: message.blocks.slice(0, limit.most - 1) };
    const value = path.reduce((node, step) => node[step], message);
    if (limit?.beyond === 'cut' && typeof value === 'string')
        return (0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .withValue */ .cO)(message, path, shortened(value, limit.most));
    if (limit?.beyond === 'cut' && Array.isArray(value))
        return (0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .withValue */ .cO)(message, path, value.slice(0, limit.most));
    if (path.at(-1) === 'text' && what === 'is empty')
        return (0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .withValue */ .cO)(message, path, '–');
    if (path.at(-1) === 'block_id')
        return (0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .withValue */ .cO)(message, path, undefined);
    return without(message, path);
}
// The innermost list item around the place goes; with the last of a list, what holds the list.
function without(message, path) {
    const last = path.findLastIndex((step) => typeof step === 'number');
    const [listPath, index] = [path.slice(0, last), path[last]];
    const list = listPath.reduce((node, step) => node[step], message);
    if (!Array.isArray(list))
        return { ...message, blocks: [] };
    if (list.length === 1 && listPath.length > 1)
        return without(message, listPath);
    return (0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .withValue */ .cO)(message, listPath, list.filter((_, position) => position !== index));
}
// The longest text gives way first.
function lessText(message) {
    const [longest] = [...(0,_inspect_js__WEBPACK_IMPORTED_MODULE_0__/* .textPlaces */ .aB)(message.blocks)].sort((one, other) => other.value.length - one.value.length);
    const text = longest?.value;
    const excess = (0,_inspect_js__WEBPACK_IMPORTED_MODULE_0__/* .weightOf */ .mm)(message.blocks) - _limits_js__WEBPACK_IMPORTED_MODULE_1__/* .HEAVIEST_BLOCKS */ .rG;
    if (longest === undefined || text.length <= SHORTEST)
        return { ...message, blocks: message.blocks.slice(0, -1) };
    const most = Math.max(SHORTEST, text.length - excess, Math.ceil(text.length / 2));
    return { ...message, blocks: (0,_places_js__WEBPACK_IMPORTED_MODULE_3__/* .withValue */ .cO)(message.blocks, longest.path, shortened(text, most)) };
}
/** The text in at most `most` characters; a box of code that is cut is closed again. */
function shortened(text, most) {
    const shorter = (0,_cut_js__WEBPACK_IMPORTED_MODULE_4__/* .cut */ .J)(text, most, { whole: _mrkdwn_js__WEBPACK_IMPORTED_MODULE_2__/* .UNBREAKABLE */ .bd });
    if (!endsInBox(shorter) || most < 20)
        return shorter;
    const inside = (0,_cut_js__WEBPACK_IMPORTED_MODULE_4__/* .cut */ .J)(text, most - BOX_END.length, { whole: _mrkdwn_js__WEBPACK_IMPORTED_MODULE_2__/* .UNBREAKABLE */ .bd });
    return endsInBox(inside) ? inside + BOX_END : inside;
}
function endsInBox(text) {
    return text.split('```').length % 2 === 0;
}
function hasNote({ blocks }) {
    return blocks.some(({ block_id: id }) => id === NOTE_ID);
}
function withNote({ text, blocks }, address) {
    const note = { ...(0,_message_js__WEBPACK_IMPORTED_MODULE_5__/* .context */ ._O)(`Shortened: ${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_2__/* .link */ .nf)(address, 'the whole is in the run')}.`), block_id: NOTE_ID };
    return { text, blocks: [...blocks.slice(0, MOST_BLOCKS - 1), note] };
}


/***/ }),

/***/ 7817:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NK: () => (/* binding */ findingText),
/* harmony export */   WX: () => (/* binding */ findingsOf),
/* harmony export */   aB: () => (/* binding */ textPlaces),
/* harmony export */   mm: () => (/* binding */ weightOf)
/* harmony export */ });
/* harmony import */ var _limits_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(849);
/* harmony import */ var _mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9920);
/* harmony import */ var _places_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4725);



/** Everything that Slack would refuse in a message, by its place; empty when it can be sent. */
function findingsOf(message) {
    return [...shapeFindings(message.blocks), ...limitFindings(message), ...emptyTexts(message), ...addressFindings(message.blocks), ...idFindings(message.blocks), ...totalFinding(message.blocks)];
}
/** A finding as one line. */
function findingText({ path, message }) {
    return `${(0,_places_js__WEBPACK_IMPORTED_MODULE_2__/* .placeName */ .fW)(path)}: ${message}`;
}
/** What the blocks weigh together, as HEAVIEST_BLOCKS counts it. */
function weightOf(blocks) {
    return JSON.stringify(blocks).length + blocks.length * _limits_js__WEBPACK_IMPORTED_MODULE_0__/* .ADDED_TO_EACH_BLOCK */ .jK;
}
function limitFindings(message) {
    const nodes = [{ type: 'message', path: [], value: message }, ...(0,_places_js__WEBPACK_IMPORTED_MODULE_2__/* .typedNodes */ .sP)(message.blocks, ['blocks'])];
    return nodes.flatMap((node) => _limits_js__WEBPACK_IMPORTED_MODULE_0__/* .LIMITS */ .b1.filter(({ of }) => of === node.type).flatMap((limit) => (0,_places_js__WEBPACK_IMPORTED_MODULE_2__/* .placesAt */ .uQ)(node.value, limit.at)
        .filter(({ value }) => lengthOf(value, limit.unit) > limit.most)
        .map(({ path, value }) => ({ path: [...node.path, ...path], limit, message: `${lengthOf(value, limit.unit)} ${limit.unit}, at most ${limit.most} are accepted` }))));
}
function lengthOf(value, unit) {
    if (unit === 'items')
        return Array.isArray(value) ? value.length : 0;
    return typeof value === 'string' ? value.length : 0;
}
function shapeFindings(blocks) {
    return blocks.flatMap((block, index) => {
        const path = ['blocks', index];
        if (!_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .BLOCK_TYPES */ .kl.includes(block.type))
            return [{ path, message: `a message has no block of the type ${JSON.stringify(block.type)}` }];
        const missing = (_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .REQUIRED */ .mw[block.type] ?? []).filter((member) => block[member] === undefined);
        if (block.type === 'section' && block['text'] === undefined && block['fields'] === undefined)
            missing.push('text or fields');
        const kind = block.type === 'header' && block['text']?.type !== 'plain_text' ? ['the text of a header is of the type plain_text'] : [];
        const lists = ['elements', 'fields'].filter((member) => Array.isArray(block[member]) && block[member].length === 0).map((member) => `${member} is empty`);
        return [...missing.map((member) => `${member} is missing`), ...(missing.length === 0 ? kind : []), ...lists].map((message) => ({ path, message }));
    });
}
function emptyTexts({ blocks, text }) {
    const empty = (0,_places_js__WEBPACK_IMPORTED_MODULE_2__/* .typedNodes */ .sP)(blocks, ['blocks']).filter(({ type, value }) => ['mrkdwn', 'plain_text'].includes(type) && !isText(value.text));
    return [...(isText(text) ? [] : [{ path: ['text'], message: 'is empty' }]), ...empty.map(({ path }) => ({ path: [...path, 'text'], message: 'is empty' }))];
}
function addressFindings(blocks) {
    return (0,_places_js__WEBPACK_IMPORTED_MODULE_2__/* .typedNodes */ .sP)(blocks, ['blocks']).flatMap(({ path, value }) => Object.entries(value)
        .filter(([name, address]) => /^(?:url|\w+_url)$/.test(name) && (typeof address !== 'string' || (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .webAddress */ .Dy)(address) === undefined))
        .map(([name]) => ({ path: [...path, name], message: 'is no address that begins with https://' })));
}
function isText(value) {
    return typeof value === 'string' && value !== '';
}
function idFindings(blocks) {
    const ids = blocks.map(({ block_id: id }) => id);
    return ids.flatMap((id, index) => {
        if (id === undefined)
            return [];
        if (typeof id !== 'string' || id.length > _limits_js__WEBPACK_IMPORTED_MODULE_0__/* .LONGEST_BLOCK_ID */ .Tb)
            return [{ path: ['blocks', index, 'block_id'], message: `text of at most ${_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .LONGEST_BLOCK_ID */ .Tb} characters is accepted` }];
        return ids.indexOf(id) < index ? [{ path: ['blocks', index, 'block_id'], message: 'another block has the same' }] : [];
    });
}
function totalFinding(blocks) {
    const weight = weightOf(blocks);
    return weight <= _limits_js__WEBPACK_IMPORTED_MODULE_0__/* .HEAVIEST_BLOCKS */ .rG ? [] : [{ path: ['blocks'], message: `${weight} characters in all, at most ${_limits_js__WEBPACK_IMPORTED_MODULE_0__/* .HEAVIEST_BLOCKS */ .rG} are accepted` }];
}
/** The places of the texts that Slack shows. */
function textPlaces(blocks) {
    return (0,_places_js__WEBPACK_IMPORTED_MODULE_2__/* .typedNodes */ .sP)(blocks).flatMap(({ path, value }) => {
        const { text } = value;
        return typeof text === 'string' ? [{ path: [...path, 'text'], value: text }] : [];
    });
}


/***/ }),

/***/ 849:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J9: () => (/* binding */ LONGEST_METADATA),
/* harmony export */   Tb: () => (/* binding */ LONGEST_BLOCK_ID),
/* harmony export */   b1: () => (/* binding */ LIMITS),
/* harmony export */   jK: () => (/* binding */ ADDED_TO_EACH_BLOCK),
/* harmony export */   kl: () => (/* binding */ BLOCK_TYPES),
/* harmony export */   mw: () => (/* binding */ REQUIRED),
/* harmony export */   rG: () => (/* binding */ HEAVIEST_BLOCKS)
/* harmony export */ });
const LIMITS = [
    { of: 'message', at: 'blocks', most: 50, unit: 'items', beyond: 'cut', source: 'blocks' },
    { of: 'message', at: 'text', most: 4_000, unit: 'characters', beyond: 'cut', source: 'post' },
    { of: 'header', at: 'text.text', most: 150, unit: 'characters', beyond: 'cut', source: 'blocks' },
    { of: 'section', at: 'text.text', most: 3_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
    { of: 'section', at: 'fields', most: 10, unit: 'items', beyond: 'cut', source: 'blocks' },
    { of: 'section', at: 'fields[].text', most: 2_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
    { of: 'context', at: 'elements', most: 10, unit: 'items', beyond: 'cut', source: 'blocks' },
    { of: 'context', at: 'elements[].text', most: 3_000, unit: 'characters', beyond: 'cut', source: 'objects' },
    { of: 'actions', at: 'elements', most: 25, unit: 'items', beyond: 'cut', source: 'types' },
    { of: 'button', at: 'text.text', most: 75, unit: 'characters', beyond: 'cut', source: 'elements' },
    { of: 'button', at: 'url', most: 3_000, unit: 'characters', beyond: 'drop', source: 'elements' },
    { of: 'button', at: 'value', most: 2_000, unit: 'characters', beyond: 'cut', source: 'elements' },
    { of: 'button', at: 'accessibility_label', most: 75, unit: 'characters', beyond: 'cut', source: 'elements' },
    { of: 'button', at: 'action_id', most: 255, unit: 'characters', beyond: 'drop', source: 'elements' },
    { of: 'image', at: 'image_url', most: 3_000, unit: 'characters', beyond: 'drop', source: 'blocks' },
    { of: 'image', at: 'alt_text', most: 2_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
    { of: 'image', at: 'title.text', most: 2_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
    { of: 'markdown', at: 'text', most: 12_000, unit: 'characters', beyond: 'cut', source: 'blocks' },
    { of: 'video', at: 'title.text', most: 199, unit: 'characters', beyond: 'cut', source: 'blocks' },
    { of: 'table', at: 'rows', most: 100, unit: 'items', beyond: 'cut', source: 'blocks' },
    { of: 'table', at: 'rows[]', most: 20, unit: 'items', beyond: 'cut', source: 'blocks' },
];
/** Identifiers of blocks: characters, and no two of a message alike. */
const LONGEST_BLOCK_ID = 255;
/**
 * What the blocks of a message may weigh together (`seen`): the characters of their JSON, and so many more for each as Slack adds. It is
 * the one reading that fits 13,297 characters in one block and 13,172 beside a divider; both weigh 13,434, and a little room is left.
 */
const HEAVIEST_BLOCKS = 13_300;
const ADDED_TO_EACH_BLOCK = 106;
/** Characters of the metadata of one message, as JSON (`ours`: Slack publishes no figure and answers `metadata_too_large`). */
const LONGEST_METADATA = 4_000;
/** Types of block that a message may hold; `alert`, `input` and the like are for modals only, whatever the types say. */
const BLOCK_TYPES = [
    'actions', 'context', 'context_actions', 'divider', 'file', 'header', 'image', 'markdown', 'plan', 'rich_text', 'section', 'table', 'task_card', 'video',
];
/** Members that a block must have; a section needs `text` or `fields`. */
const REQUIRED = {
    actions: ['elements'], context: ['elements'], header: ['text'], image: ['alt_text'], markdown: ['text'], rich_text: ['elements'], table: ['rows'],
    video: ['alt_text', 'title', 'thumbnail_url', 'video_url'],
};


/***/ }),

/***/ 5154:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _O: () => (/* binding */ context),
/* harmony export */   kJ: () => (/* binding */ mrkdwn),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   uW: () => (/* binding */ section)
/* harmony export */ });
/** A text that Slack formats; names and addresses in it are left alone. */
function mrkdwn(text) {
    return { type: 'mrkdwn', text, verbatim: true };
}
/** A text that is only shown; what would call somebody in a formatted text is broken up besides, without a visible trace. */
function plain(text, emoji = false) {
    return { type: 'plain_text', text: text.replace(/<(?=[!@#])/g, '<\u2060'), emoji };
}
/** A paragraph. */
function section(text) {
    return { type: 'section', text: mrkdwn(text) };
}
/** A line in small grey letters. */
function context(text) {
    return { type: 'context', elements: [mrkdwn(text)] };
}


/***/ }),

/***/ 6141:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HB: () => (/* binding */ webhookSilence),
/* harmony export */   X_: () => (/* binding */ calling),
/* harmony export */   dH: () => (/* binding */ wholeMessage),
/* harmony export */   du: () => (/* binding */ viewOf)
/* harmony export */ });
/* harmony import */ var _entry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7978);
/* harmony import */ var _mention_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6164);
/* harmony import */ var _timeline_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3235);
/* harmony import */ var _values_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9214);
/* harmony import */ var _fit_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(378);
/* harmony import */ var _own_blocks_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3184);
/* harmony import */ var _render_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2457);







/** One message that shows these entries and all details, within Slack's limits: what a webhook posts, and a first post shows. */
function wholeMessage({ key, address, details }, entries, listener, style) {
    const standard = (0,_render_js__WEBPACK_IMPORTED_MODULE_6__/* .renderDeployment */ ._)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_2__/* .timelineOf */ .h)(entries), key, calling(details, entries.at(-1), listener, style));
    const view = viewOf(key, style.ownBlocks);
    return (0,_fit_js__WEBPACK_IMPORTED_MODULE_4__/* .fit */ .U)(view === undefined ? standard : view(standard, entries), address);
}
/** Why a webhook is not called for an event of this role, or undefined when it is. */
function webhookSilence(role, onStart) {
    if (role === 'progress')
        return 'A webhook cannot change its message, so stages are kept for the last one.';
    return role === 'start' && !onStart ? 'A webhook cannot change its message, so the start is told only with on-start: true.' : undefined;
}
/** The details with those who are to be called; says who cannot be. */
function calling(details, entry, { mention }, { people, say }) {
    const { texts, problems } = (0,_mention_js__WEBPACK_IMPORTED_MODULE_1__/* .mentionsOf */ .jO)(mention, people, entry.facts);
    problems.forEach((problem) => say(`Not called: ${problem}.`));
    return { ...details, mentions: texts };
}
/** The view of a user who has blocks of their own. */
function viewOf(key, blocks) {
    return blocks && ((standard, entries) => ({ text: standard.text, blocks: (0,_own_blocks_js__WEBPACK_IMPORTED_MODULE_5__/* .fillBlocks */ .w)(blocks, (0,_values_js__WEBPACK_IMPORTED_MODULE_3__/* .templateValues */ .n)((0,_timeline_js__WEBPACK_IMPORTED_MODULE_2__/* .timelineOf */ .h)(entries), key)) }));
}


/***/ }),

/***/ 2457:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ renderEvent),
/* harmony export */   _: () => (/* binding */ renderDeployment)
/* harmony export */ });
/* harmony import */ var _cut_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7526);
/* harmony import */ var _wording_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(238);
/* harmony import */ var _message_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5154);
/* harmony import */ var _mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9920);




const LONGEST_TITLE = 145; // of the 150 there are
const LONGEST_VALUE = 300; // characters, before they are escaped
const LONGEST_LOG = 2_000;
const LONGEST_BOX = 2_200; // beside the longest names of a job and its step, escaped, in one section
const MOST_STAGES = 40;
/** The message that stands for a deployment: headline, facts, timeline, buttons. */
function renderDeployment(timeline, key, details = {}) {
    const title = (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)((0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .headline */ .Pl)(timeline, key));
    const mentions = (details.mentions ?? []).join(' ');
    const blocks = [
        { type: 'header', text: (0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)((0,_cut_js__WEBPACK_IMPORTED_MODULE_3__/* .cut */ .J)(title, LONGEST_TITLE), true) },
        ...(mentions === '' ? [] : [(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .section */ .uW)(mentions)]),
        ...factBlocks(timeline, key),
        ...(timeline.facts.message === undefined ? [] : [(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .section */ .uW)((0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeText */ .X1)(timeline.facts.message))]),
        ...fieldBlocks(Object.entries(timeline.fields)),
        ...(timeline.stages.length === 0 ? [] : [(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .section */ .uW)(timeline.stages.slice(-MOST_STAGES).map((stage) => stageLine(stage, timeline.attempt)).join('\n'))]),
        ...failureBlocks(timeline, details.log),
        ...(details.jobs === undefined || details.jobs.length === 0 ? [] : [(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._O)(details.jobs.map((job) => (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(job)).join('\n'))]),
        ...buttonBlocks(timeline.links),
        (0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._O)(footnote(timeline)),
    ];
    return { text: [mentions, (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeText */ .X1)(title)].filter(Boolean).join(' '), blocks };
}
/** One event of a deployment, as it is told in the message's thread. */
function renderEvent(entry, timeline, key, details = {}) {
    const stage = timeline.stages.find(({ name }) => name === entry.stage);
    const took = stage === undefined ? undefined : (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .tookText */ .vR)(stage.started, stage.ended);
    const what = entry.stage === undefined ? (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .headline */ .Pl)(timeline, key) : `${_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .LOOKS */ .BJ[entry.state].mark} ${(0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .titleOf */ .Gg)(entry.stage)}: ${_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .LOOKS */ .BJ[entry.state].word}${took === undefined ? '' : ` after ${took}`}`;
    const mentions = (details.mentions ?? []).join(' ');
    const line = [mentions, `*${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(what).replaceAll('*', '∗')}*`].filter(Boolean).join(' ');
    const fields = Object.entries(entry.fields).map(([label, value]) => `*${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(label)}*: ${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(value)}`);
    const text = [line, ...(entry.facts.message === undefined ? [] : [(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeText */ .X1)(entry.facts.message)]), ...fields].join('\n');
    const blocks = [
        (0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .section */ .uW)(text), ...failureBlocks({ ...timeline, facts: entry.facts }, details.log),
        ...(details.jobs === undefined || details.jobs.length === 0 ? [] : [(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .context */ ._O)(details.jobs.map((job) => (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(job)).join('\n'))]),
    ];
    return { text: [mentions, (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(what)].filter(Boolean).join(' '), blocks };
}
/** A stage on one line: how it stands, what it is, how long it took. */
function stageLine(stage, attempt) {
    const { mark, word } = _wording_js__WEBPACK_IMPORTED_MODULE_0__/* .LOOKS */ .BJ[stage.state];
    const took = (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .tookText */ .vR)(stage.started, stage.ended);
    const time = stage.ended === undefined && stage.started !== undefined ? `since ${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .clock */ .pm)(stage.started)}` : took;
    const notes = [stage.state === 'succeeded' ? undefined : word, time, stage.attempt === attempt ? undefined : `attempt ${stage.attempt}`];
    return [`${mark} *${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)((0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .titleOf */ .Gg)(stage.name)).replaceAll('*', '∗')}*`, ...notes.filter((note) => note !== undefined)].join(' · ');
}
function factBlocks({ facts, state }, key) {
    const { release, actor, sha, subject, author, commitUrl, compareUrl, pull, pullTitle, pullUrl } = facts;
    const commit = sha === undefined ? undefined : (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .link */ .nf)(commitUrl, sha.slice(0, 7));
    const change = [commit, (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(short(subject)), author === undefined ? undefined : `by ${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(short(author))}`].filter(Boolean).join(' ');
    const request = pull === undefined ? undefined : `${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .link */ .nf)(pullUrl, `#${pull}`)} ${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(short(pullTitle))}`.trim();
    const compare = compareUrl === undefined ? undefined : (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .link */ .nf)(compareUrl, 'what has changed');
    const lines = [change, [request, compare].filter(Boolean).join(' · ')].filter((line) => line !== '');
    return [
        ...fieldBlocks([['Version', release], ['Environment', key.environment], ['Status', state === 'noted' ? undefined : _wording_js__WEBPACK_IMPORTED_MODULE_0__/* .LOOKS */ .BJ[state].word], ['By', actor]]),
        ...(lines.length === 0 ? [] : [(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .section */ .uW)(lines.join('\n'))]),
    ];
}
function fieldBlocks(pairs) {
    const fields = pairs.filter((pair) => pair[1] !== undefined && pair[1].trim() !== '')
        .map(([label, value]) => (0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .mrkdwn */ .kJ)(`*${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(short(label)).replaceAll('*', '∗')}*\n${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeText */ .X1)(short(value))}`));
    const rows = Array.from({ length: Math.ceil(fields.length / 10) }, (_, row) => fields.slice(row * 10, row * 10 + 10));
    return rows.map((row) => ({ type: 'section', fields: row }));
}
function failureBlocks({ facts }, log) {
    const { failingJob, failingStep, failingUrl } = facts;
    if (failingJob === undefined)
        return [];
    const where = [failingJob, failingStep].filter(Boolean).map((name) => short(name)).join(' › ');
    const tail = log === undefined || log.trim() === '' ? [] : [logBox(log.trimEnd())];
    return [(0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .section */ .uW)([`Failed in ${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .link */ .nf)(failingUrl, where)}`, ...tail].join('\n'))];
}
// Its end tells most, so it is shortened from its beginning until it fits with everything escaped.
function logBox(log, most = LONGEST_LOG) {
    const box = (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .codeBox */ .jv)((0,_cut_js__WEBPACK_IMPORTED_MODULE_3__/* .lastOf */ .g)(log, most));
    return box.length <= LONGEST_BOX ? box : logBox(log, Math.floor(most / 2));
}
function buttonBlocks(links) {
    const buttons = Object.entries(links).toSorted(([one], [other]) => placeOf(one) - placeOf(other)).flatMap(([label, address], index) => {
        const url = (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .webAddress */ .Dy)(address);
        if (url === undefined)
            return [];
        return [{ type: 'button', text: (0,_message_js__WEBPACK_IMPORTED_MODULE_2__/* .plain */ .pj)((0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .oneLine */ .TN)(label)), url, action_id: `slipway-${index}`, ...(label === 'Roll back' && { style: 'danger' }) }];
    });
    return buttons.length === 0 ? [] : [{ type: 'actions', elements: buttons.slice(0, 25) }];
}
// What is pressed most comes first, and what should not be pressed by mistake last; the user's own are in between.
function placeOf(label) {
    const place = ['Open site', 'View run', 'Dashboard', '', 'Roll back'].indexOf(label);
    return place < 0 ? 3 : place;
}
function footnote({ facts, started, ended, attempt, earlier }) {
    const took = (0,_wording_js__WEBPACK_IMPORTED_MODULE_0__/* .tookText */ .vR)(started, ended);
    return [
        (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .link */ .nf)(facts.runUrl, facts.workflow === undefined ? 'Run' : short(facts.workflow)), attempt > 1 ? `attempt ${attempt}` : undefined,
        `${(0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .clock */ .pm)(started)}`, took === undefined ? undefined : `took ${took}`, ...earlier.map((line) => (0,_mrkdwn_js__WEBPACK_IMPORTED_MODULE_1__/* .escapeLine */ .EH)(line)),
    ].filter((part) => part !== undefined).join(' · ');
}
function short(text = '') {
    return (0,_cut_js__WEBPACK_IMPORTED_MODULE_3__/* .cut */ .J)(text, LONGEST_VALUE);
}


/***/ })

};
