export const id = 7;
export const ids = [7];
export const modules = {

/***/ 2007:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readWords: () => (/* binding */ readWords),
/* harmony export */   terminalVenue: () => (/* binding */ terminalVenue)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9115);
/* harmony import */ var _shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1544);
/* harmony import */ var _neutral_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8502);
/* harmony import */ var _read_inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(825);




/** A terminal on which an action is called by hand with these words: nothing is printed that only GitHub's runner would understand. */
function terminalVenue(action, words) {
    return {
        // What the terminal printed would show it.
        hide: () => undefined,
        createLog: createTerminalLog,
        annotate: () => undefined,
        fail: (message) => void process.stderr.write(`${(0,_neutral_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralLines */ .F)(message).join('\n')}\n`),
        environment: (given) => {
            if (!words.includes('--help') && !words.includes('-h'))
                return { ...given, ...readWords(action, words) };
            process.stdout.write(usage(action));
            return undefined;
        },
    };
}
/** Inputs, as variables, out of `--name value`, `--name=value`, `--flag`, and words without a name. @throws {UserError} on a name that no input has. */
function readWords(action, words) {
    const given = {};
    const add = (name, value) => void (given[name] = given[name] === undefined ? value : `${given[name]}\n${value}`);
    const rest = [...words];
    for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
        const [, name, value] = /^--([a-z0-9][a-z0-9-]*)(?:=(.*))?$/s.exec(word) ?? [];
        if (name === undefined)
            add(positional(action, word), word);
        else
            add(name, value ?? valueOf(action, name, rest));
    }
    return Object.fromEntries(Object.entries(given).map(([name, value]) => [(0,_read_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputVariable */ .L)(name), value]));
}
function valueOf(action, name, rest) {
    const field = fieldNamed(action, name);
    const isFlag = field.kind === 'flag';
    if (isFlag && !['true', 'false'].includes(rest[0] ?? ''))
        return 'true';
    const value = rest.shift();
    if (value === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`--${name} lacks its value; accepted is ${field.accepts}.`);
    return value;
}
function fieldNamed({ inputs, name: action }, name) {
    const field = Object.hasOwn(inputs, name) ? inputs[name] : undefined;
    if (field?.kind === 'secret')
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`--${name} would show a secret in the list of processes: give it as the variable ${(0,_read_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .inputVariable */ .L)(name)}.`);
    if (field !== undefined)
        return field;
    const near = (0,_shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__/* .likelyMeant */ .S)(name, Object.keys(inputs));
    throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${action} has no --${name}${near === undefined ? '' : `; the nearest is --${near}`}. --help lists them.`);
}
function positional({ commandLine, name }, word) {
    if (commandLine === undefined || word.startsWith('-'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .yo(`${word} is nothing that ${name} takes. --help lists what is.`);
    return commandLine;
}
function usage({ name, description, commandLine, inputs }) {
    const lines = Object.entries(inputs).filter(([, { kind }]) => kind !== 'secret').map(([input, field]) => `  --${input}${field.kind === 'flag' ? '' : ' …'}\n      ${field.description}${field.default === undefined ? '' : ` Default: ${field.default}`}`);
    return `${name} [--input value …] [${commandLine} …]\n\n${description}\n\n${lines.join('\n')}\n`;
}
function createTerminalLog(masks) {
    const current = [];
    const print = (text) => void process.stdout.write(`${(0,_neutral_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralLines */ .F)(masks.redact(text)).join('\n')}\n`);
    return {
        current, info: print, output: print,
        warning: (message) => void process.stderr.write(`${(0,_neutral_text_js__WEBPACK_IMPORTED_MODULE_0__/* .neutralLines */ .F)(masks.redact(`Warning: ${message}`)).join('\n')}\n`),
        // Nobody watches for minutes here: what a phase is called would only push its result off the screen.
        group: async (title, task) => {
            current.push(title);
            try {
                return await task();
            }
            finally {
                current.splice(current.lastIndexOf(title), 1);
            }
        },
    };
}


/***/ })

};
