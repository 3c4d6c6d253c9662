export const id = 763;
export const ids = [763];
export const modules = {

/***/ 9763:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  migrate: () => (/* binding */ migrate)
});

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __webpack_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var core_errors = __webpack_require__(9115);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./build/shared/migrations/chain.js


/** The links of a chain's text. @throws {UserError} when it is not whole, or somebody changed it. */
function parseChain(text) {
    const links = text.split('\n').filter((line) => line !== '').map((line) => {
        const [, sha256 = '', link = '', name = ''] = /^([0-9a-f]{64}) ([0-9a-f]{64}) (.+)$/.exec(line) ?? [];
        return { name, sha256, link };
    });
    const broken = links.findIndex((each, index) => each.link !== linkAfter(links[index - 1]?.link ?? '', each));
    if (broken >= 0)
        throw new core_errors/* UserError */.yo(`The record of applied migrations on the server does not hold together at ${links[broken].name || `line ${broken + 1}`}: somebody changed it. Look who writes in the service's state folder; with edited-history: accept it is begun anew from the files as they are.`);
    return links;
}
/** The chain as text. */
function renderChain(links) {
    return links.map(({ sha256, link, name }) => `${sha256} ${link} ${name}\n`).join('');
}
/** What is wrong with the files of what was applied; `hashes` are those of the files as they are, by their paths. */
function historyFaults({ applied, unknown }, chain, hashes) {
    const recorded = new Map(chain.map(({ name, sha256 }) => [name, sha256]));
    return [
        ...applied.flatMap(({ name, file }) => {
            const [then, is] = [recorded.get(name), file === undefined ? undefined : hashes.get(file)];
            return then === undefined || is === undefined || then === is ? [] : [`${name} was edited after it was applied: its sha256 was ${then}, and is ${is}`];
        }),
        ...unknown.map((name) => `${name} was applied, and its file is not among the migrations any more`),
    ];
}
/**
 * The chain once all that is pending is applied: files of what is applied already as they were then (with `isAccepted`, as they are), those of what is
 * pending as they are. What it knows of others, which are not applied any more, is left out.
 */
function nextChain({ applied, pending }, chain, hashes, isAccepted) {
    const recorded = new Map(chain.map(({ name, sha256 }) => [name, sha256]));
    const is = ({ file }) => (file === undefined ? undefined : hashes.get(file));
    const links = [];
    const add = (name, sha256) => {
        if (sha256 !== undefined)
            links.push({ name, sha256, link: linkAfter(links.at(-1)?.link ?? '', { name, sha256 }) });
    };
    for (const each of applied)
        add(each.name, (isAccepted ? undefined : recorded.get(each.name)) ?? is(each));
    for (const each of pending)
        add(each.name, is(each));
    return links;
}
function linkAfter(before, { name, sha256 }) {
    return (0,external_node_crypto_.createHash)('sha256').update(`${before}\n${sha256}\n${name}\n`).digest('hex');
}

// EXTERNAL MODULE: ./build/shared/migrations/lint/scene.js
var lint_scene = __webpack_require__(3344);
// EXTERNAL MODULE: ./build/shared/migrations/lint/token.js + 1 modules
var lint_token = __webpack_require__(3006);
;// CONCATENATED MODULE: ./build/shared/migrations/lint/statement.js

/** SQL as statements; the last piece holds what follows the last of them, and then has nothing spoken. */
function statementsOf(text, dialect, firstLine = 1) {
    const lineAt = lineFinder(text, firstLine);
    return grouped((0,lint_token/* tokensOf */.k8)(text, dialect)).map((tokens) => {
        const spoken = tokens.filter(lint_token/* isSpoken */.ru);
        const last = tokens.findLast(({ kind }) => kind !== 'space');
        return { tokens, spoken, line: lineAt(spoken[0]?.at ?? tokens[0]?.at ?? 0), lastLine: lineAt((last ?? tokens[0]).at + (last ?? tokens[0]).text.length - 1) };
    });
}
/** In which line a character stands, the first being `firstLine`. */
function lineFinder(text, firstLine = 1) {
    const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
    return (at) => {
        let [low, high] = [0, ends.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (ends[middle] < at)
                low = middle + 1;
            else
                high = middle;
        }
        return firstLine + low;
    };
}
function grouped(tokens) {
    const groups = [];
    let [group, body] = [[], createBody()];
    for (const token of tokens) {
        group.push(token);
        if ((0,lint_token/* isSpoken */.ru)(token))
            body.add(token);
        if (token.kind !== 'end' || !body.isClosed())
            continue;
        groups.push(group);
        [group, body] = [[], createBody()];
    }
    return group.length === 0 ? groups : [...groups, group];
}
const ROUTINES = ['FUNCTION', 'PROCEDURE', 'TRIGGER', 'EVENT', 'PACKAGE'];
// What a CREATE may make besides, so that a table named event is none.
const OTHERS = ['TABLE', 'VIEW', 'INDEX', 'TYPE', 'DOMAIN', 'SEQUENCE', 'SCHEMA', 'DATABASE', 'EXTENSION', 'USER', 'ROLE', 'POLICY', 'AGGREGATE', 'OPERATOR', 'CAST', 'SERVER', 'STATISTICS'];
const BLOCKS = ['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR'];
// The body of a routine, and a rule's statements in parentheses, hold semicolons that end no statement.
function createBody() {
    let kind = 'unknown';
    let [depth, last] = [0, ''];
    return {
        add(token) {
            const word = (0,lint_token/* wordOf */.aG)(token);
            if (kind === 'routine')
                depth += blockChange(word, last);
            else if (kind === 'rule')
                depth += Number(word === '(') - Number(word === ')');
            else if (kind === 'create')
                kind = createdKind(word);
            else if (kind === 'unknown' && last === 'BEGIN' && word === 'NOT')
                [kind, depth] = ['routine', 1];
            else if (kind === 'unknown' && word !== 'BEGIN')
                kind = word === 'CREATE' ? 'create' : 'plain';
            last = word;
        },
        isClosed: () => depth <= 0,
    };
}
function createdKind(word) {
    if (word === 'RULE')
        return 'rule';
    if (ROUTINES.includes(word))
        return 'routine';
    return OTHERS.includes(word) ? 'plain' : 'create';
}
// BEGIN and CASE open what END closes; of the other blocks only their END IF and the like is seen, which closes nothing counted.
function blockChange(word, last) {
    if (last === 'END')
        return BLOCKS.includes(word) ? 1 : Number(word === 'BEGIN') - Number(word === 'END');
    return Number(word === 'BEGIN' || word === 'CASE') - Number(word === 'END');
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/reader.js

/** A reader of these tokens. */
function readerOf(tokens) {
    let at = 0;
    const is = (...words) => words.every((word, index) => (0,lint_token/* wordOf */.aG)(tokens[at + index]) === word);
    const take = (...words) => {
        const isNext = is(...words);
        if (isNext)
            at += words.length;
        return isNext;
    };
    const until = (...words) => {
        const from = at;
        let depth = 0;
        for (; at < tokens.length; at += 1) {
            const word = (0,lint_token/* wordOf */.aG)(tokens[at]);
            if (depth === 0 && words.includes(word))
                break;
            depth += Number(word === '(') - Number(word === ')');
        }
        return tokens.slice(from, at);
    };
    const name = () => {
        const parts = [];
        do {
            const token = tokens[at];
            if (token?.kind !== 'word' && token?.kind !== 'name')
                break;
            parts.push(plainName(token));
            at += 1;
        } while (take('.'));
        return parts.length === 0 ? undefined : nameOf(parts);
    };
    return {
        is, take, until, name,
        takeOne: (...phrases) => phrases.find((phrase) => take(...phrase.split(' '))),
        next: () => tokens[at++],
        group: () => {
            if (!take('('))
                return [];
            const inner = until(')');
            at += 1;
            return inner;
        },
        rest: () => {
            const rest = tokens.slice(at);
            at = tokens.length;
            return rest;
        },
        get isDone() { return at >= tokens.length; },
    };
}
/** Tokens in the parts that commas outside of parentheses make of them. */
function listOf(tokens) {
    const reader = readerOf(tokens);
    const parts = [];
    while (!reader.isDone) {
        parts.push(reader.until(','));
        reader.next();
    }
    return parts;
}
/** What tokens say, words in small letters, a blank between those that need one: `varchar(20)`. */
function sayingOf(tokens) {
    return tokens.map((token) => (token.kind === 'word' ? token.text.toLowerCase() : token.text)).join(' ').replaceAll(/ ?([(),.:[\]]) ?/g, '$1');
}
/** Whether these words stand in the tokens one behind the other. */
function hasWords(tokens, ...words) {
    return tokens.some((_, at) => words.every((word, index) => (0,lint_token/* wordOf */.aG)(tokens[at + index]) === word));
}
// The schemas that are searched without being named.
const USUAL_SCHEMAS = ['public', 'main'];
function nameOf(parts) {
    return (USUAL_SCHEMAS.includes(parts[0]) && parts.length > 1 ? parts.slice(1) : parts).join('.');
}
function plainName({ kind, text }) {
    if (kind === 'word')
        return text.toLowerCase();
    const quote = text.at(-1);
    return text.slice(1, -1).replaceAll(quote + quote, quote);
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/read-column.js


// What ends the type of a column, and each of its constraints.
const CLAUSES = [
    'NOT', 'NULL', 'DEFAULT', 'CONSTRAINT', 'CHECK', 'UNIQUE', 'PRIMARY', 'KEY', 'REFERENCES', 'GENERATED', 'AS', 'COLLATE', 'AUTO_INCREMENT', 'AUTOINCREMENT', 'COMMENT', 'FIRST', 'AFTER', 'ON',
    'USING', 'DEFERRABLE', 'INITIALLY', 'STORAGE', 'COMPRESSION', 'VIRTUAL', 'STORED', 'PERSISTENT', 'INVISIBLE', 'VISIBLE',
];
/** A column's definition: name, type and constraints; undefined where no name is. */
function readColumn(tokens) {
    const reader = readerOf(tokens);
    const name = reader.name();
    if (name === undefined)
        return undefined;
    const type = sayingOf(reader.until(...CLAUSES));
    const clauses = [];
    while (!reader.isDone) {
        const head = reader.next();
        clauses.push([head, ...reader.until(...CLAUSES)]);
    }
    const heads = clauses.map(([head]) => (0,lint_token/* wordOf */.aG)(head));
    const clauseOf = (word) => clauses[heads.indexOf(word)]?.slice(1);
    const preset = presetOf(clauses, heads);
    return {
        name, type, preset, isNotNull: clauses.some((clause, at) => (0,lint_token/* wordOf */.aG)(clause[0]) === 'NOT' && clause.length === 1 && heads[at + 1] === 'NULL'), isUnique: heads.includes('UNIQUE'), isPrimary: heads.includes('PRIMARY'), isChecked: heads.includes('CHECK'),
        references: readerOf(clauseOf('REFERENCES') ?? []).name(), generated: generationOf(type, heads, clauses),
    };
}
// `DEFAULT NULL` is none; `DEFAULT (x) NOT NULL` ends at NOT. A default may begin with a word that ends other clauses: NULL.
function presetOf(clauses, heads) {
    const at = heads.findIndex((head, index) => head === 'DEFAULT' && heads[index - 1] !== 'GENERATED');
    if (at === -1)
        return undefined;
    const preset = clauses[at]?.slice(1) ?? [];
    return preset.length === 0 || (preset.length === 1 && (0,lint_token/* wordOf */.aG)(preset[0]) === 'NULL') ? undefined : preset;
}
const SERIALS = ['serial', 'bigserial', 'smallserial', 'serial4', 'serial8', 'serial2'];
function generationOf(type, heads, clauses) {
    if (SERIALS.includes(type) || heads.includes('AUTO_INCREMENT') || clauses.some((clause) => hasWords(clause, 'IDENTITY')))
        return 'identity';
    if (heads.includes('STORED') || heads.includes('PERSISTENT'))
        return 'stored';
    return heads.includes('AS') ? 'virtual' : undefined;
}
const KINDS = { CHECK: 'check', FOREIGN: 'foreign key', UNIQUE: 'unique', PRIMARY: 'primary key', EXCLUDE: 'exclude' };
/** A table's constraint, `CONSTRAINT name CHECK (…) NOT VALID`; undefined where the tokens are none. */
function readConstraint(tokens) {
    const reader = readerOf(tokens);
    const isNamed = reader.take('CONSTRAINT');
    const name = isNamed && KINDS[(0,lint_token/* wordOf */.aG)(tokens[1])] === undefined ? reader.name() : undefined;
    const kind = KINDS[(0,lint_token/* wordOf */.aG)(reader.next())];
    if (kind === undefined)
        return undefined;
    const rest = reader.rest();
    return {
        name, kind, isLater: hasWords(rest, 'NOT', 'VALID'), usesIndex: hasWords(rest, 'USING', 'INDEX') && !hasWords(rest, 'USING', 'INDEX', 'TABLESPACE'), notNull: kind === 'check' ? notNullOf(rest) : undefined,
        references: kind === 'foreign key' ? referencedBy(rest) : undefined,
    };
}
/** The table that a REFERENCES among these tokens names. */
function referencedBy(tokens) {
    const reader = readerOf(tokens);
    reader.until('REFERENCES');
    return reader.take('REFERENCES') ? reader.name() : undefined;
}
// CHECK (x IS NOT NULL), in as many parentheses as anybody likes.
function notNullOf(tokens) {
    let inner = readerOf(tokens).group();
    while ((0,lint_token/* wordOf */.aG)(inner[0]) === '(')
        inner = readerOf(inner).group();
    const reader = readerOf(inner);
    const name = reader.name();
    return name !== undefined && reader.take('IS', 'NOT', 'NULL') && reader.isDone ? name : undefined;
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/read-alter.js



/** What follows ALTER TABLE: the table, and each change of it. */
function readAlterTable(reader) {
    reader.take('IF', 'EXISTS');
    reader.take('ONLY');
    const table = reader.name() ?? '';
    reader.take('*');
    if (reader.take('WAIT'))
        reader.next();
    reader.take('NOWAIT');
    reader.take(',');
    return { kind: 'alter-table', table, changes: listOf(reader.rest()).flatMap(readChanges) };
}
function readChanges(tokens) {
    const reader = readerOf(tokens);
    const verb = reader.takeOne('ADD', 'ALTER', 'DROP', 'RENAME', 'MODIFY', 'CHANGE', 'VALIDATE CONSTRAINT', 'ATTACH PARTITION', 'DETACH PARTITION', 'ALGORITHM', 'LOCK', 'SET', 'CONVERT TO');
    switch (verb) {
        case 'ADD': return readAdd(reader, tokens);
        case 'ALTER': return [readAlterColumn(reader, tokens)];
        case 'DROP': return [readDrop(reader, tokens)];
        case 'RENAME': return [readRename(reader)];
        case 'MODIFY':
        case 'CHANGE': return [readModify(reader, verb, tokens)];
        case 'VALIDATE CONSTRAINT': return [{ kind: 'validate', name: reader.name() ?? '' }];
        case 'ATTACH PARTITION': return [{ kind: 'attach-partition', name: reader.name() ?? '' }];
        case 'DETACH PARTITION': return [{ kind: 'detach-partition', name: reader.name() ?? '', isConcurrent: reader.take('CONCURRENTLY') }];
        case 'ALGORITHM':
        case 'LOCK': {
            reader.take('=');
            const option = { kind: 'option', name: verb, value: (0,lint_token/* wordOf */.aG)(reader.next()) };
            return [option, ...(reader.isDone ? [] : readChanges(reader.rest()))]; // PARTITION BY stands behind without a comma
        }
        case 'CONVERT TO': return [{ kind: 'rewrite', how: 'CONVERT TO CHARACTER SET' }];
        case 'SET': return [readSet(reader)];
        default: return [readRest(tokens)];
    }
}
function readAdd(reader, tokens) {
    const constraint = readConstraint(tokens.slice(1));
    if (constraint !== undefined)
        return [{ kind: 'add-constraint', constraint }];
    const index = reader.takeOne('FULLTEXT', 'SPATIAL', 'INDEX', 'KEY');
    if (index !== undefined)
        return [{ kind: 'add-index', type: index }];
    if (reader.is('PARTITION'))
        return [{ kind: 'brief', how: 'ADD PARTITION' }];
    reader.take('COLUMN');
    reader.take('IF', 'NOT', 'EXISTS');
    const definitions = reader.is('(') ? listOf(reader.group()) : [reader.rest()];
    return definitions.map((definition) => {
        const column = readColumn(definition);
        return column === undefined ? unknown(tokens) : { kind: 'add-column', column };
    });
}
function readAlterColumn(reader, tokens) {
    if (reader.is('INDEX') || reader.is('CONSTRAINT') || reader.is('CHECK'))
        return { kind: 'brief', how: sayingOf(tokens.slice(0, 2)) };
    reader.take('COLUMN');
    const name = reader.name() ?? '';
    if (reader.takeOne('SET DATA TYPE', 'TYPE') !== undefined) {
        const type = sayingOf(reader.until('USING', 'COLLATE'));
        reader.until('USING');
        return { kind: 'change-type', name, type, isComputed: reader.take('USING') };
    }
    if (reader.take('SET', 'NOT', 'NULL'))
        return { kind: 'set-not-null', name };
    if (reader.is('SET', 'EXPRESSION'))
        return { kind: 'rewrite', how: 'SET EXPRESSION' };
    if (reader.is('ADD', 'GENERATED') || reader.is('SET') || reader.is('DROP') || reader.is('RESET') || reader.is('RESTART'))
        return { kind: 'brief', how: sayingOf(reader.rest().slice(0, 2)).toUpperCase() };
    return unknown(tokens);
}
function readDrop(reader, tokens) {
    const of = reader.takeOne('CONSTRAINT', 'FOREIGN KEY', 'INDEX', 'KEY', 'PRIMARY KEY', 'CHECK', 'PARTITION', 'PERIOD', 'SYSTEM VERSIONING', 'COLUMN');
    reader.take('IF', 'EXISTS');
    const name = reader.name() ?? '';
    switch (of) {
        case 'CONSTRAINT':
        case 'FOREIGN KEY':
        case 'CHECK': return { kind: 'drop-constraint', name };
        case 'INDEX':
        case 'KEY': return { kind: 'brief', how: 'DROP INDEX' };
        case 'PRIMARY KEY': return { kind: 'rewrite', how: 'DROP PRIMARY KEY' };
        case 'PARTITION':
        case 'PERIOD':
        case 'SYSTEM VERSIONING': return { kind: 'unknown', how: `DROP ${of}` };
        default: return name === '' ? unknown(tokens) : { kind: 'drop-column', name };
    }
}
function readRename(reader) {
    if (reader.takeOne('TO', 'AS') !== undefined)
        return { kind: 'rename-table', to: reader.name() ?? '' };
    if (reader.takeOne('CONSTRAINT', 'INDEX', 'KEY') !== undefined)
        return { kind: 'brief', how: 'RENAME CONSTRAINT' };
    reader.take('COLUMN');
    const name = reader.name() ?? '';
    if (reader.take('TO'))
        return { kind: 'rename-column', name, to: reader.name() ?? '' };
    return { kind: 'rename-table', to: name }; // MySQL takes RENAME without TO
}
function readModify(reader, verb, tokens) {
    reader.take('COLUMN');
    reader.take('IF', 'EXISTS');
    const was = verb === 'CHANGE' ? reader.name() : undefined;
    const column = readColumn(reader.rest());
    return column === undefined ? unknown(tokens) : { kind: 'modify-column', column, was: was ?? column.name };
}
const REWRITING = ['LOGGED', 'UNLOGGED', 'TABLESPACE', 'ACCESS METHOD'];
function readSet(reader) {
    const how = reader.takeOne(...REWRITING);
    if (how !== undefined)
        return { kind: 'rewrite', how: `SET ${how}` };
    if (reader.take('SCHEMA'))
        return { kind: 'rename-table', to: `${reader.name() ?? ''}.` };
    return { kind: 'brief', how: reader.is('(') ? 'SET (…)' : 'SET' };
}
const BRIEF = ['ENABLE', 'DISABLE', 'OWNER', 'CLUSTER', 'RESET', 'REPLICA', 'INHERIT', 'NO', 'NOT', 'FORCE ROW', 'COMMENT', 'AUTO_INCREMENT', 'DEFAULT', 'OF', 'STATS_PERSISTENT', 'STATS_AUTO_RECALC'];
// Of MySQL's table options, those that build the table anew.
const REBUILDING = ['ENGINE', 'FORCE', 'ROW_FORMAT', 'KEY_BLOCK_SIZE', 'ORDER BY', 'PARTITION BY', 'REMOVE PARTITIONING', 'REORGANIZE PARTITION', 'COALESCE PARTITION', 'CHARACTER SET', 'PAGE_COMPRESSED', 'ENCRYPTED', 'ENCRYPTION', 'ADD SYSTEM'];
function readRest(tokens) {
    const reader = readerOf(tokens);
    const brief = reader.takeOne(...BRIEF);
    if (brief !== undefined)
        return { kind: 'brief', how: sayingOf(tokens.slice(0, 2)).toUpperCase() };
    const rebuilding = reader.takeOne(...REBUILDING);
    return rebuilding === undefined ? unknown(tokens) : { kind: 'rewrite', how: rebuilding };
}
function unknown(tokens) {
    return { kind: 'unknown', how: sayingOf(tokens.slice(0, 3)) };
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/read-create.js


/** What follows CREATE. */
function readCreate(reader, tokens) {
    reader.take('OR', 'REPLACE');
    const isTemporary = reader.takeOne('TEMPORARY', 'TEMP', 'GLOBAL TEMPORARY', 'LOCAL TEMPORARY') !== undefined;
    reader.takeOne('UNLOGGED', 'FOREIGN');
    if (reader.takeOne('TABLE', 'MATERIALIZED VIEW', 'VIEW', 'VIRTUAL TABLE') !== undefined)
        return readCreateTable(reader, isTemporary);
    reader.takeOne('ONLINE', 'OFFLINE');
    const type = reader.takeOne('UNIQUE', 'FULLTEXT', 'SPATIAL');
    if (reader.take('INDEX'))
        return readCreateIndex(reader, type ?? 'INDEX');
    reader.take('CONSTRAINT');
    if (reader.is('TRIGGER'))
        return { kind: 'trigger', isDropped: false, table: triggeredBy(reader) };
    return { kind: 'other', verb: sayingOf(tokens.slice(0, 2)).toUpperCase() };
}
function readCreateTable(reader, isTemporary) {
    reader.take('IF', 'NOT', 'EXISTS');
    const table = reader.name() ?? '';
    const partitionOf = reader.take('PARTITION', 'OF') ? reader.name() : undefined;
    const references = listOf(reader.group()).flatMap((part) => referencedBy(part) ?? []);
    return { kind: 'create-table', table, isTemporary, references, partitionOf };
}
function readCreateIndex(reader, type) {
    const isConcurrent = reader.take('CONCURRENTLY');
    const isIfNotExists = reader.take('IF', 'NOT', 'EXISTS');
    const index = reader.is('ON') ? undefined : reader.name();
    reader.until('ON');
    reader.take('ON');
    reader.take('ONLY');
    const table = reader.name() ?? '';
    const rest = reader.rest();
    return { kind: 'create-index', table, index, isConcurrent, isIfNotExists, type, options: ['COPY', 'SHARED', 'EXCLUSIVE', 'INPLACE', 'INSTANT', 'NOCOPY', 'NONE'].filter((word) => hasWords(rest, word)) };
}
function triggeredBy(reader) {
    reader.until('ON');
    return reader.take('ON') ? reader.name() ?? '' : '';
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/read-act.js




/** What a statement does; several where one of its parts writes too, as in WITH x AS (DELETE …). */
function readActs(tokens) {
    const reader = readerOf(tokens);
    const verb = (0,lint_token/* wordOf */.aG)(reader.next());
    switch (verb) {
        case 'CREATE': return [readCreate(reader, tokens)];
        case 'ALTER': return [readAlter(reader)];
        case 'DROP': return [read_act_readDrop(reader)];
        case 'UPDATE':
        case 'DELETE': return [readWrite(tokens)];
        case 'WITH': return [...writesWithin(tokens), ...readActs(afterWith(tokens))];
        case 'INSERT':
        case 'REPLACE': return [readInsert(reader, verb, tokens)];
        default: return [readOther(reader, verb, tokens)];
    }
}
function readOther(reader, verb, tokens) {
    switch (verb) {
        case 'TRUNCATE': return readTruncate(reader);
        case 'RENAME': return reader.take('TABLE') ? { kind: 'rename-table', table: reader.name() ?? '', to: reader.take('TO') ? reader.name() ?? '' : '' } : { kind: 'other', verb };
        case 'MERGE': return { kind: 'insert', table: reader.take('INTO') ? reader.name() ?? '' : '', from: undefined, replaces: true };
        case 'REINDEX': return readReindex(reader);
        case 'REFRESH': {
            reader.take('MATERIALIZED', 'VIEW');
            return { kind: 'refresh', isConcurrent: reader.take('CONCURRENTLY'), name: reader.name() ?? '' };
        }
        case 'CLUSTER': return { kind: 'rewrite', how: 'CLUSTER', table: reader.name() ?? '' };
        case 'VACUUM': return readVacuum(tokens);
        case 'OPTIMIZE': return { kind: 'rewrite', how: 'OPTIMIZE TABLE', table: reader.takeOne('TABLE', 'LOCAL TABLE') === undefined ? '' : reader.name() ?? '' };
        case 'LOCK': return readLock(reader, tokens);
        case 'DO': return { kind: 'block', body: bodyOf(tokens) };
        case 'SET':
        case 'RESET':
        case 'PRAGMA': return readSetting(reader, verb);
        default: return readTransaction(reader, verb);
    }
}
function readAlter(reader) {
    if (reader.take('TYPE'))
        return readAlterType(reader);
    reader.takeOne('ONLINE IGNORE', 'ONLINE', 'IGNORE', 'FOREIGN');
    if (reader.take('TABLE'))
        return readAlterTable(reader);
    const thing = reader.takeOne('MATERIALIZED VIEW', 'VIEW', 'SEQUENCE');
    if (thing === undefined)
        return { kind: 'other', verb: 'ALTER' };
    reader.take('IF', 'EXISTS');
    const name = reader.name() ?? '';
    return thing !== 'SEQUENCE' && reader.take('RENAME', 'TO') ? { kind: 'rename-table', table: name, to: reader.name() ?? '' } : { kind: 'other', verb: 'ALTER' };
}
function readAlterType(reader) {
    const type = reader.name() ?? '';
    if (reader.take('ADD', 'VALUE')) {
        reader.take('IF', 'NOT', 'EXISTS');
        return { kind: 'enum', type, added: reader.next()?.text, renamed: undefined };
    }
    return reader.take('RENAME', 'VALUE') ? { kind: 'enum', type, added: undefined, renamed: reader.next()?.text } : { kind: 'other', verb: 'ALTER TYPE' };
}
const THINGS = {
    'TABLE': 'table', 'TEMPORARY TABLE': 'other', 'FOREIGN TABLE': 'table', 'VIEW': 'view', 'MATERIALIZED VIEW': 'materialized view', 'INDEX': 'index', 'SCHEMA': 'schema', 'DATABASE': 'database', 'TYPE': 'type', 'OWNED BY': 'owned',
};
function read_act_readDrop(reader) {
    const what = reader.takeOne(...Object.keys(THINGS));
    if (what === undefined && reader.take('TRIGGER')) {
        reader.until('ON');
        return { kind: 'trigger', isDropped: true, table: reader.take('ON') ? reader.name() ?? '' : '' };
    }
    const isConcurrent = reader.take('CONCURRENTLY');
    reader.take('IF', 'EXISTS');
    const rest = reader.rest();
    const names = listOf(rest).flatMap((part) => readerOf(part).name() ?? []);
    const on = readerOf(rest);
    on.until('ON');
    return { kind: 'drop', thing: what === undefined ? 'other' : THINGS[what], isConcurrent, isCascading: hasWords(rest, 'CASCADE'), names: on.take('ON') ? [`${names[0]}`, on.name() ?? ''] : names };
}
function readWrite(tokens) {
    const reader = readerOf(tokens);
    const verb = (0,lint_token/* wordOf */.aG)(reader.next()) === 'UPDATE' ? 'update' : 'delete';
    while (reader.takeOne('LOW_PRIORITY', 'QUICK', 'IGNORE', 'FROM', 'ONLY') !== undefined)
        ;
    if (reader.take('OR'))
        reader.next();
    const table = reader.name() ?? '';
    return { kind: 'write', verb, table, isBounded: isBounded(reader.rest()) };
}
// WHERE that is always true bounds nothing.
function isBounded(tokens) {
    const reader = readerOf(tokens);
    reader.until('WHERE', 'LIMIT');
    if (reader.take('LIMIT'))
        return true;
    return reader.take('WHERE') && !/^\(*(?:true|1|1 = 1|'1' = '1')\)*$/.test(sayingOf(reader.until('RETURNING', 'ORDER')));
}
function writesWithin(tokens) {
    return tokens.flatMap((token, at) => {
        const isWrite = (0,lint_token/* wordOf */.aG)(tokens[at - 1]) === '(' && ['UPDATE', 'DELETE'].includes((0,lint_token/* wordOf */.aG)(token));
        return isWrite ? [readWrite(readerOf(tokens.slice(at - 1)).group())] : [];
    });
}
function afterWith(tokens) {
    const reader = readerOf(tokens.slice(1));
    reader.until('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'VALUES');
    return reader.rest();
}
function readInsert(reader, verb, tokens) {
    while (reader.takeOne('IGNORE', 'LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY') !== undefined)
        ;
    const orElse = reader.take('OR') ? (0,lint_token/* wordOf */.aG)(reader.next()) : '';
    reader.take('INTO');
    const table = reader.name() ?? '';
    const rest = reader.rest();
    const select = readerOf(rest);
    select.until('SELECT');
    select.until('FROM');
    const replaces = verb === 'REPLACE' || orElse === 'REPLACE' || hasWords(tokens, 'DO', 'UPDATE') || hasWords(tokens, 'DUPLICATE', 'KEY', 'UPDATE');
    return { kind: 'insert', table, replaces, from: select.take('FROM') ? select.name() : undefined };
}
function readTruncate(reader) {
    reader.take('TABLE');
    reader.take('ONLY');
    const rest = reader.rest();
    return { kind: 'truncate', tables: listOf(rest).flatMap((part) => readerOf(part).name() ?? []), isCascading: hasWords(rest, 'CASCADE') };
}
function readReindex(reader) {
    const options = reader.group();
    const what = reader.takeOne('INDEX', 'TABLE', 'SCHEMA', 'DATABASE', 'SYSTEM');
    const isConcurrent = reader.take('CONCURRENTLY') || hasWords(options, 'CONCURRENTLY');
    return { kind: 'reindex', isConcurrent, name: `${what?.toLowerCase() ?? 'index'} ${reader.name() ?? ''}` };
}
function readVacuum(tokens) {
    const reader = readerOf(tokens.slice(1));
    const isFull = hasWords(reader.group(), 'FULL') || reader.take('FULL');
    while (reader.takeOne('FREEZE', 'VERBOSE', 'ANALYZE') !== undefined)
        ;
    return isFull ? { kind: 'rewrite', how: 'VACUUM FULL', table: reader.name() ?? '' } : { kind: 'vacuum' };
}
function readLock(reader, tokens) {
    reader.takeOne('TABLES', 'TABLE');
    reader.take('ONLY');
    const tables = listOf(reader.until('IN')).flatMap((part) => readerOf(part).name() ?? []);
    const mode = reader.take('IN') ? sayingOf(reader.until('MODE')) : hasWords(tokens, 'READ') ? 'share' : 'access exclusive';
    return { kind: 'lock', tables, mode };
}
function bodyOf(tokens) {
    const text = tokens.find(({ kind }) => kind === 'string')?.text;
    const tag = text === undefined ? undefined : /^\$[^$]*\$/.exec(text)?.[0] ?? "'";
    return tag === undefined ? undefined : text?.slice(tag.length, -tag.length);
}
function readSetting(reader, verb) {
    reader.takeOne('LOCAL', 'SESSION', 'GLOBAL', 'STATEMENT');
    const name = (reader.name() ?? '').replace(/^@@/, '').replace(/^session\./, '');
    reader.takeOne('=', 'TO', ':');
    reader.take('=');
    const value = sayingOf(reader.until(',')).replaceAll(/^'|'$/g, '').replaceAll(/^\(|\)$/g, '');
    return { kind: 'set', name, value: verb === 'RESET' ? 'default' : value };
}
function readTransaction(reader, verb) {
    if (verb === 'BEGIN' && reader.is('NOT'))
        return { kind: 'block', body: undefined };
    if (verb === 'BEGIN' || (verb === 'START' && reader.is('TRANSACTION')))
        return { kind: 'transaction', verb: 'begin' };
    if (verb === 'COMMIT' || verb === 'END')
        return { kind: 'transaction', verb: 'commit' };
    if (verb === 'ABORT' || (verb === 'ROLLBACK' && !reader.is('TO') && !reader.is('TRANSACTION', 'TO') && !reader.is('WORK', 'TO')))
        return { kind: 'transaction', verb: 'rollback' };
    return { kind: 'other', verb };
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/steps.js





/** What statements do, act by act; the scene goes on as the steps are taken. */
function* stepsOf(statements, scene) {
    const count = statements.filter(({ spoken }) => spoken.length > 0).length;
    for (const statement of statements) {
        for (const step of ofStatement(statement, { scene, count })) {
            yield step;
            (0,lint_scene/* advance */.np)(scene, step.act);
        }
    }
}
/** Lets the scene go on past statements that nobody has a question about. */
function passOver(statements, scene) {
    const steps = stepsOf(statements, scene);
    while (steps.next().done !== true)
        ;
}
function* ofStatement(statement, place) {
    const acts = statement.spoken.length === 0 ? [{ kind: 'other', verb: '' }] : readActs(statement.spoken);
    for (const act of acts) {
        yield { act, statement, spoken: statement.spoken, line: statement.line, ...place };
        if (act.kind === 'block' && act.body !== undefined)
            yield* ofBody(act.body, statement, place);
    }
}
// The body of a DO, whose lines are counted from where its text begins.
function* ofBody(body, statement, place) {
    const { spoken, line, tokens } = statement;
    const opening = spoken.find(({ kind }) => kind === 'string');
    const before = tokens.filter(({ at }) => at < opening.at && at >= spoken[0].at).map(({ text }) => text).join('');
    const lineAt = lineFinder(body, line + before.split('\n').length - 1);
    for (const inner of statementsOf(body, place.scene.database.dialect)) {
        const said = withoutHeads(inner.spoken);
        for (const act of said.length === 0 ? [] : readActs(said))
            yield { act, statement, spoken: said, line: lineAt(said[0].at), ...place };
    }
}
const HEADS = { DECLARE: 'BEGIN', IF: 'THEN', ELSIF: 'THEN', WHEN: 'THEN', EXCEPTION: 'THEN', FOR: 'LOOP', WHILE: 'LOOP' };
const SINGLE = ['BEGIN', 'ELSE', 'LOOP', 'THEN'];
// IF … THEN ALTER TABLE …; is the ALTER TABLE, for what it may do.
function withoutHeads(tokens) {
    const word = (0,lint_token/* wordOf */.aG)(tokens[0]);
    if (SINGLE.includes(word))
        return withoutHeads(tokens.slice(1));
    const end = HEADS[word];
    if (end === undefined)
        return word === 'END' ? [] : tokens;
    const reader = readerOf(tokens);
    reader.until(end);
    return withoutHeads(reader.rest());
}

;// CONCATENATED MODULE: ./build/shared/migrations/lint/irreversible.js



/** What of the pending migrations cannot be taken back: no statement brings the old rows again, or nobody wrote one. */
function irreversibleOf(pending, database) {
    let scene = (0,lint_scene/* createScene */.Bz)(database, true);
    return pending.flatMap((migration) => {
        const { name, up: { path, text, firstLine, road }, down } = migration;
        scene = (0,lint_scene/* nextMigration */.aw)(scene, road, true);
        const reasons = [];
        for (const { act, line } of stepsOf(statementsOf(text, database.dialect, firstLine), scene)) {
            for (const reason of lossesOf(act, scene))
                reasons.push({ migration: name, path, line: firstLine === undefined ? undefined : line, reason });
        }
        const isDownEmpty = down === undefined || (down !== 'by-tool' && statementsOf(down.text, database.dialect).every(({ spoken }) => spoken.length === 0));
        return isDownEmpty ? [...reasons, { migration: name, path, line: undefined, reason: 'Nothing is written that takes it back.' }] : reasons;
    });
}
function lossesOf(act, scene) {
    switch (act.kind) {
        case 'drop': return ofDrop(act, scene);
        case 'truncate': return act.tables.filter((table) => (0,lint_scene/* isLive */.DG)(table, scene)).map((table) => `TRUNCATE removes the rows of ${table}.`);
        case 'write': return !(0,lint_scene/* isLive */.DG)(act.table, scene) ? [] : [act.verb === 'delete' ? `DELETE removes rows of ${act.table}.` : `UPDATE overwrites values of ${act.table}, unless they were empty.`];
        case 'insert': return act.replaces && (0,lint_scene/* isLive */.DG)(act.table, scene) ? [`Rows of ${act.table} are overwritten.`] : [];
        case 'enum': return act.added === undefined ? [] : [`PostgreSQL cannot take ${act.added} from the type ${act.type} again.`];
        case 'alter-table': return (0,lint_scene/* isLive */.DG)(act.table, scene) ? act.changes.flatMap((change) => ofChange(change, act.table, scene)) : [];
        case 'other': return act.verb === 'EXECUTE' ? ['It puts SQL together that is known only when it runs.'] : [];
        default: return [];
    }
}
// A table that was copied into a new one is dropped with rows that live on there.
function ofDrop({ thing, names, isCascading }, scene) {
    const lost = names.filter((name) => (0,lint_scene/* isLive */.DG)(name, scene) && !scene.rebuilt.has(name));
    if (thing === 'table')
        return lost.map((name) => `DROP TABLE removes ${name} and its rows.`);
    if (thing === 'schema' || thing === 'database' || thing === 'owned')
        return [`DROP removes all that ${thing === 'owned' ? 'belongs to' : 'is in'} ${names.join(', ')}.`];
    return isCascading && lost.length > 0 ? [`CASCADE removes what depends on ${lost.join(', ')}, and nothing tells what that is.`] : [];
}
function ofChange(change, table, scene) {
    const isOld = (name) => !scene.createdColumns.has(`${table}.${name}`);
    switch (change.kind) {
        case 'drop-column': return isOld(change.name) ? [`DROP COLUMN removes the values of ${table}.${change.name}.`] : [];
        case 'change-type':
            if (change.isComputed)
                return isOld(change.name) ? [`${table}.${change.name} is computed anew by USING, and its old values are gone.`] : [];
            return isNarrow(change.type, scene.database) && isOld(change.name) ? [narrows(table, change.name, change.type)] : [];
        case 'modify-column': return isNarrow(change.column.type, scene.database) && isOld(change.was) ? [narrows(table, change.was, change.column.type)] : [];
        case 'rewrite': return change.how === 'CONVERT TO CHARACTER SET' ? [`Letters of ${table} that the new character set does not have are gone.`] : [];
        default: return [];
    }
}
function narrows(table, name, type) {
    return `${table}.${name} becomes ${type}, and what does not fit into it is rounded or cut.`;
}
// What of a value another type may lose without an error: fractions, times of day, zones, and with MySQL the end of a text.
const ROUNDED = /^(?:(?:small|medium|tiny|big)?int(?:eger|2|4|8)?|real|float[48]?|double precision|numeric|decimal|date|time|timestamp|timestamptz|datetime|year|bool(?:ean)?|money|char|character)\b/;
const CUT = /^(?:var)?(?:char|binary)\b|^(?:tiny|medium)?(?:text|blob)\b|^(?:enum|set)\b/;
function isNarrow(type, { dialect }) {
    return ROUNDED.test(type) || ((dialect === 'mysql' || dialect === 'mariadb') && CUT.test(type));
}

// EXTERNAL MODULE: ./build/shared/migrations/lint/dialect.js
var dialect = __webpack_require__(1302);
// EXTERNAL MODULE: ./build/shared/migrations/lint/rules.js + 10 modules
var lint_rules = __webpack_require__(4159);
;// CONCATENATED MODULE: ./build/shared/migrations/lint/waiver.js



const MARK = /^(?:--|#|\/\*)\s*slipway\b/i;
const SAYING = /^(?:--|#|\/\*)\s*slipway:\s*allow\s+([a-z][a-z, -]*?)\s*(?::\s*([\s\S]*?))?\s*(?:\*\/)?\s*$/i;
/**
 * The waivers that stand at each statement: `-- slipway: allow drop-column: no release reads it since v1.4` before it, within it, or behind it
 * on its last line.
 */
function notesIn(text, statements, firstLine) {
    const lineAt = lineFinder(text, firstLine ?? 1);
    const isBehind = ({ at }, index) => {
        const [before, own] = [statements[index - 1], statements[index]];
        return before !== undefined && at < (own.spoken[0]?.at ?? Infinity) && lineAt(at) === before.lastLine;
    };
    const marked = (index, isMine) => (statements[index]?.tokens ?? []).filter((token) => token.kind === 'comment' && MARK.test(token.text) && isMine(token)).map(({ text: comment, at }) => noteOf(comment, firstLine === undefined ? undefined : lineAt(at)));
    return new Map(statements.map((statement, index) => [statement, [
            ...marked(index, (token) => !isBehind(token, index)),
            ...marked(index + 1, (token) => isBehind(token, index + 1)),
        ]]));
}
function noteOf(text, line) {
    const [, rules, reason = ''] = SAYING.exec(text) ?? [];
    if (rules === undefined)
        return { waivers: [], line, fault: 'This comment is no waiver; accepted is "slipway: allow RULE: REASON".' };
    const named = rules.split(',').map((rule) => rule.trim()).filter(Boolean);
    const fault = named.map(whyUnknown).find(Boolean) ?? (/[\p{L}\p{N}]/u.test(reason) ? undefined : `The waiver of ${named.join(', ')} gives no reason; write it behind a second colon.`);
    return { waivers: fault === undefined ? named.map((rule) => ({ rule, reason })) : [], line, fault };
}
function whyUnknown(rule) {
    try {
        (0,lint_rules/* ruleNamed */.Q)(rule);
        return undefined;
    }
    catch (error) {
        return `This waiver cannot hold: ${(0,core_errors/* messageOf */.bD)(error)}.`;
    }
}

// EXTERNAL MODULE: ./build/shared/migrations/lint/waiver-list.js
var waiver_list = __webpack_require__(7635);
;// CONCATENATED MODULE: ./build/shared/migrations/lint/lint.js






/** What the pending migrations would do to a service in use, in their order; then the waivers that match nothing. @throws {UserError} on a level for no rule. */
function lint(pending, options) {
    const { database, waivers = [], hasLockTimeout = false, applied = [] } = options;
    const levels = new Map(Object.entries(options.levels ?? {}).map(([id, level]) => [(0,lint_rules/* ruleNamed */.Q)(id).id, level]));
    const rules = lint_rules/* RULES */.y.filter(({ engines }) => engines.includes(database.dialect)).map((rule) => ({ ...rule, level: levels.get(rule.id) ?? rule.level }));
    const used = new Set();
    let scene = { ...(0,lint_scene/* createScene */.Bz)(database, hasLockTimeout), checks: knownChecks(applied, database) };
    const findings = pending.flatMap((migration) => {
        scene = (0,lint_scene/* nextMigration */.aw)(scene, migration.up.road, hasLockTimeout);
        return ofMigration(migration, scene, { rules, used, waivers: waivers.filter((waiver) => waiver.migration === migration.name) });
    });
    return [...findings, ...(0,waiver_list/* idleWaivers */.sD)(waivers, used, pending, applied)];
}
function knownChecks(applied, database) {
    let scene = (0,lint_scene/* createScene */.Bz)(database, false);
    for (const { up } of applied) {
        scene = (0,lint_scene/* nextMigration */.aw)(scene, up.road, false);
        passOver(statementsOf(up.text, database.dialect), scene);
    }
    return scene.checks;
}
function ofMigration(migration, scene, judging) {
    const { name, up: { text, firstLine, path } } = migration;
    const statements = statementsOf(text, scene.database.dialect, firstLine);
    const notes = notesIn(text, statements, firstLine);
    const findings = [];
    for (const step of stepsOf(statements, scene)) {
        const here = (notes.get(step.statement) ?? []).flatMap((note) => note.waivers);
        findings.push(...ofStep(step, migration, { ...judging, waivers: [...here, ...judging.waivers] }));
    }
    const faults = [...notes.values()].flat().flatMap(({ fault, line, waivers }) => [
        ...(fault === undefined ? [] : [{ line, message: fault }]),
        ...waivers.filter((waiver) => !judging.used.has(waiver)).map(({ rule }) => ({ line, message: `The waiver of ${rule} matches nothing here. Remove it, or put it at the statement that it is for.` })),
    ]);
    return [...findings, ...faults.map((fault) => ({ rule: 'waiver', level: 'error', migration: name, path, ...fault }))];
}
function ofStep(step, { name, up: { path, firstLine } }, { rules, waivers, used }) {
    return rules.flatMap(({ id, level, why, instead, find }) => {
        const found = find(step);
        const waiver = found.length === 0 ? undefined : waivers.find(({ rule }) => rule === id);
        if (waiver !== undefined)
            used.add(waiver);
        if (level === 'off')
            return [];
        const place = { rule: id, level, migration: name, path, line: firstLine === undefined ? undefined : step.line };
        return found.map((saying) => ({ ...place, message: `${plain(saying)}. ${why} ${instead}`, ...(waiver !== undefined && { waived: waiver.reason }) }));
    });
}
// A quoted name may hold anything, and a remark is one line.
function plain(saying) {
    return saying.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').slice(0, 300);
}

;// CONCATENATED MODULE: ./build/shared/migrations/judge.js




// What an applied migration may have proven for one that is pending is proven shortly before, so older ones are not read.
const NEWEST = 100;
const NEWEST_PRINTED = 10;
/** The applied migrations whose texts say something about the pending ones, whose texts these are; an engine that prints them takes a second for each. */
function historyToRead({ applied }, { sql }, pending) {
    return [...pending.values()].some((text) => /set\s+not\s+null/i.test(text)) ? applied.slice(sql === undefined ? -NEWEST : -NEWEST_PRINTED) : [];
}
/** Judges the pending migrations by their texts, knowing those of applied ones. @throws {UserError} when a pending one is not as its engine has it. */
function judge({ applied, pending }, texts, { read }, { server }, { levels, waivers }) {
    const known = pending.flatMap((migration) => (read !== undefined && texts.has(migration.name) ? [read(migration, texts.get(migration.name) ?? '')] : []));
    const names = new Set(known.map(({ name }) => name));
    const database = databaseFrom(server);
    return {
        // Who carries them out sets the lock time-out.
        findings: lint(known, { database, levels, waivers, hasLockTimeout: true, applied: applied.map((migration) => readApplied(migration, texts, read)) }),
        irreversible: irreversibleOf(known, database),
        unread: pending.map(({ name }) => name).filter((name) => !names.has(name)),
    };
}
// One that is not as its engine has it now tells nothing, and is nobody's fault any more.
function readApplied(migration, texts, read) {
    const nothing = { name: migration.name, up: { path: '', text: '', firstLine: undefined, road: 'statements' }, down: undefined };
    try {
        return read?.(migration, texts.get(migration.name) ?? '') ?? nothing;
    }
    catch (error) {
        if (error instanceof core_errors/* UserError */.yo)
            return nothing;
        throw error;
    }
}
/** `PostgreSQL 15.18`, `mariadb 10.11.19-MariaDB`, `SQLite 3.40.1`, as a look tells them. */
function databaseFrom(server) {
    const [name = '', version] = server.split(' ');
    switch (name.toLowerCase()) {
        case 'postgresql': return (0,dialect/* databaseOf */.zJ)('postgres', version);
        case 'mariadb': return (0,dialect/* databaseOf */.zJ)('mariadb', version);
        case 'mysql': return (0,dialect/* databaseOf */.zJ)('mysql', version);
        default: return (0,dialect/* databaseOf */.zJ)('sqlite', version);
    }
}

// EXTERNAL MODULE: ./build/shared/core/cancelled.js
var cancelled = __webpack_require__(9809);
;// CONCATENATED MODULE: ./build/shared/server/narrate.js
/** A narrator that calls each step by its title. What it is told is logged in that order, a group being closed before the next line. */
function narrate_narrator(log, titles) {
    let open;
    let told = Promise.resolve();
    const close = async () => {
        open?.close();
        await open?.closed;
        open = undefined;
    };
    const begin = async (title) => {
        await close();
        const { promise, resolve } = Promise.withResolvers();
        open = { close: resolve, closed: log.group(title, () => promise) };
    };
    const relate = async (progress) => {
        if (progress.kind === 'begin')
            await begin(titles.get(progress.step) ?? OWN_STEPS[progress.step] ?? progress.step);
        if (progress.kind === 'line')
            log.output(progress.text);
        if (progress.kind === 'end')
            await close();
        if (progress.kind === 'hook-failed')
            log.warning(`The hook ${progress.hook} failed with exit code ${progress.code}. Nothing was taken back for it: look at what it printed.`);
        if (progress.kind === 'healing')
            log.info(`Healing plan ${progress.plan}, which did not end by itself`);
    };
    const later = (task) => (told = told.then(task));
    return { tell: (progress) => void later(() => relate(progress)), end: () => later(close) };
}
const OWN_STEPS = {
    clear: 'Clearing away what had begun',
    back: 'Going back',
    confirm: 'Confirming the switch',
    retire: 'Stopping the standby',
};

// EXTERNAL MODULE: ./build/shared/core/size.js
var core_size = __webpack_require__(4153);
;// CONCATENATED MODULE: ./build/shared/server/outcome.js

/** The outcome that a plan's progress amounts to. */
function outcomeOf(plan, told) {
    const failure = told.find((progress) => progress.kind === 'end' && progress.code !== 0);
    const failedStep = failure?.kind === 'end' ? failure.step : undefined;
    const last = (kind) => told.findLast((progress) => progress.kind === kind);
    return {
        plan,
        state: last('state')?.state,
        failedStep,
        exitCode: failure?.kind === 'end' ? failure.code : undefined,
        timedOutAfter: last('timeout')?.seconds,
        full: told.find((progress) => progress.kind === 'full'),
        refusedBy: last('refused')?.by,
        holders: told.filter((progress) => progress.kind === 'holder'),
        newer: last('newer'),
        healed: told.flatMap((progress) => (progress.kind === 'healed' ? [progress.plan] : [])),
        counters: told.flatMap((progress) => (progress.kind === 'counters' ? [progress.counters] : [])),
        lastLines: outcome_linesOf(failedStep, told).slice(-10),
    };
}
/**
 * What a person should read when a plan did not reach the state it was made for; undefined when it did.
 * `titles` gives each step's title by its name.
 */
function outcome_faultOf(outcome, service, titles) {
    if (outcome.state === 'completed' || outcome.state === 'unconfirmed' || outcome.state === 'confirmed')
        return undefined;
    return [reason(outcome, service, titles), fullness(outcome), consequence(outcome)].filter((part) => part !== '').join(' ');
}
function reason(outcome, service, titles) {
    const { refusedBy, holders, newer } = outcome;
    if (refusedBy !== undefined)
        return `Refused: run ${refusedBy.run} took over ${service} at ${refusedBy.time} (${refusedBy.url}).`;
    if (newer !== undefined)
        return `Refused: plan ${newer.plan} of ${service} has journal format ${newer.format}, which this version does not know. Use the version that wrote it.`;
    if (holders.length > 0)
        return `The lock of ${service} is held by ${holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ')}, which a step left running. End it, and make the step close or hand over what it starts.`;
    if (outcome.state === 'locked')
        return `Another plan of ${service} was still running when the time to wait for it was over.`;
    if (outcome.state === undefined)
        return `The plan's process on the server ended without a word (killed, or the server went down).`;
    if (outcome.failedStep === undefined)
        return '';
    return failedStep(outcome, titles.get(outcome.failedStep) ?? outcome.failedStep);
}
function failedStep({ timedOutAfter, exitCode, lastLines }, title) {
    const how = timedOutAfter === undefined ? `failed with exit code ${exitCode}` : `was ended after ${timedOutAfter} s`;
    return [`"${title}" ${how}.`, ...lastLines.map((line) => `  | ${line}`), ''].join('\n');
}
function fullness({ full }) {
    return full === undefined ? '' : `The disk of the service is full: ${(0,core_size/* formatSize */.X)(full.kibibytes * 1_024)} and ${Number.isNaN(full.inodes) ? 'an unknown number of' : full.inodes} inodes are free. Make room there, then run again.`;
}
function consequence({ state, refusedBy }) {
    switch (state) {
        case 'cleared': return 'What had begun was cleared away; users noticed nothing.';
        case 'cancelled': return 'Cancelled before anything began.';
        case 'back': return 'Traffic went back to where it was.';
        case 'gone-back': return refusedBy === undefined ? 'Its switch has gone back already: it was not confirmed in time.' : 'Traffic went back to where it was.';
        case 'unverified': return 'There is nothing to confirm: it has not been switched to.';
        case 'unfinished': return 'Everything users see is in order; only writing down and tidying up is left, which the next step or run finishes.';
        case 'uncleared': return 'Clearing away failed too; the next run tries again.';
        case 'stuck': return 'Going back failed too; the next run tries again. Look at the server now.';
        case 'barrier': return 'A migration that cannot be taken back has been applied since, so going back by itself is not safe. Decide: keep the new release (operation: confirm of blue-green-switch), or restore the data and release the old version.';
        case 'blocked': return 'An earlier plan has to be healed first, see above.';
        case undefined: return 'The next run heals what it left.';
        default: return '';
    }
}
function outcome_linesOf(step, told) {
    const begin = told.findLastIndex((progress) => progress.kind === 'begin' && progress.step === step);
    const rest = told.slice(begin + 1);
    const end = rest.findIndex(({ kind }) => kind === 'end');
    return rest.slice(0, end < 0 ? undefined : end).flatMap((progress) => (progress.kind === 'line' ? [progress.text] : []));
}

// EXTERNAL MODULE: ./build/shared/core/quote.js
var core_quote = __webpack_require__(1338);
;// CONCATENATED MODULE: ./build/shared/server/together.js

const WAIT_STEP = 'await-fleet';
/** Milliseconds that a runner may need beside what the steps themselves may take. */
const MARGIN = 60_000;
/**
 * The plan as it runs in a fleet: prepared, it waits for the word of the runner, which comes when all hosts are; what it then changes
 * goes back by itself unless it is confirmed, with time enough for the batches after it. A plan that shows users nothing stays as it is.
 */
function inStep(plan, { patience, batches, waitBetween }) {
    const at = plan.steps.findIndex(({ phase }) => phase === 'act');
    if (at < 0)
        return plan;
    const script = 'until [ -e "$HERE/go" ]; do nap 0.02; done';
    const shown = plan.steps.slice(at).map((step) => (step.phase === 'act' ? { ...step, script: `${step.script}\nmark acted "$(date +%s%3N)"` } : step));
    const inSight = plan.steps.filter(({ phase }) => ['act', 'watch', 'verify'].includes(phase)).reduce((sum, { timeout }) => sum + timeout, 0);
    return {
        ...plan,
        confirmWithin: (plan.confirmWithin || inSight + MARGIN) + (batches - 1) * (waitBetween + inSight + MARGIN),
        steps: [...plan.steps.slice(0, at), { name: WAIT_STEP, title: 'Waiting until every host is prepared', phase: 'before', timeout: patience, script }, ...shown],
    };
}
/** A keeper for one plan. */
function stepKeeper(server, plan, together) {
    let going = Promise.resolve();
    let ahead = 0;
    let fault;
    const go = async () => {
        try {
            await together.prepared();
        }
        catch (why) {
            fault = { why };
            return void (await server.cancel(plan).catch(() => { })); // then it stops by itself when its patience ends
        }
        ahead = await giveWord(server, plan);
    };
    return {
        hear(progress) {
            if (progress.kind === 'begin' && progress.step === WAIT_STEP)
                going = go().catch((why) => void (fault = { why }));
            if (progress.kind === 'acted')
                void going.then(() => together.acted((progress.at ?? Date.now()) - (progress.at === undefined ? 0 : ahead)));
        },
        settle() {
            if (fault !== undefined)
                throw fault.why;
        },
    };
}
// How many milliseconds the server's clock is ahead of ours, as far as the way there and back lets tell.
async function giveWord(server, { state, id }) {
    let asked = 0;
    const command = (0,core_quote/* commandLine */.a)(['sh', '-c', ': >"$1/go" && date +%s%3N', 'slipway', `${state}/plans/${id}`]);
    const { code, stdout, stderr } = await server.persist((connection) => {
        asked = Date.now();
        return connection.exec(command);
    });
    if (code !== 0)
        throw new Error(`${server.label} did not take the word to go on: ${stderr.trim()}`);
    // Where its date knows no milliseconds, nothing is said of them in the plan either.
    return /^\d{13}$/.test(stdout.trim()) ? Number(stdout) - (asked + Date.now()) / 2 : 0;
}

;// CONCATENATED MODULE: ./build/shared/server/carry-out.js





/** A plan that did not reach the state it was made for; the message says why and what it left, the outcome tells the rest. */
class PlanFailed extends core_errors/* UserError */.yo {
    outcome;
    constructor(message, outcome) {
        super(message);
        this.outcome = outcome;
    }
}
/**
 * Has the server carry out a plan and tells its steps in the log. A cancelled job asks the server to stop, which it does as long as
 * users have seen nothing, or to take back what is not confirmed.
 * @throws {PlanFailed} when the plan did not reach the state it was made for, saying why and what it left; {Overtaken} when it was to
 * take the service over as it starts, and something has happened since.
 */
async function carry_out_carryOut(server, plan, files, follow, takeover) {
    const { together } = follow;
    const own = together === undefined ? plan : inStep(plan, together);
    const keeper = together === undefined ? undefined : stepKeeper(server, plan, together);
    const titles = new Map(own.steps.map(({ name, title }) => [name, title]));
    const story = narrate_narrator(follow.log, titles);
    const tell = (progress) => {
        story.tell(progress);
        keeper?.hear(progress);
    };
    try {
        const outcome = await server.carryOut(own, files, tell, takeover);
        if (outcome.state === 'cleared')
            keeper?.settle();
        return succeeded(outcome, follow, titles);
    }
    catch (error) {
        if (follow.signal.aborted)
            await stopPlan(server, plan, follow);
        throw error;
    }
    finally {
        await story.end();
    }
}
/**
 * The same for a change that stays as soon as it is made; in a fleet, once it is made on every host.
 * @throws besides, what failed elsewhere, when it was taken back here for that.
 */
async function carryOutForGood(server, plan, files, follow, takeover) {
    const outcome = await carry_out_carryOut(server, plan, files, follow, takeover);
    if (outcome.state !== 'unconfirmed')
        return outcome;
    await stayTogether(server, plan, follow);
    await carry_out_confirm(server, plan, follow);
    return outcome;
}
/** Waits until every host of the fleet has published, too; where one has not, takes the change back here and throws what failed there. */
async function stayTogether(server, plan, follow) {
    try {
        await follow.together?.published();
    }
    catch (error) {
        await goBack(server, plan, follow);
        throw error;
    }
}
/** Confirms a switch. @throws {PlanFailed} when it is superseded or has gone back. */
async function carry_out_confirm(server, plan, follow) {
    succeeded(await ask(server, plan, 'confirm', follow), follow, new Map());
}
/** Takes back a switch that is not confirmed. @throws {PlanFailed} when that was not possible, or another run did so or it was confirmed meanwhile. */
async function goBack(server, plan, follow) {
    const outcome = await ask(server, plan, 'revert', follow);
    if (outcome.state === 'confirmed')
        throw new PlanFailed('The switch was confirmed meanwhile, so it was not taken back.', outcome);
    if (outcome.state !== 'back' || outcome.refusedBy !== undefined)
        succeeded(outcome, follow, new Map());
}
async function ask(server, plan, verb, follow) {
    const story = narrator(follow.log, new Map());
    try {
        return await server.ask(plan, verb, story.tell);
    }
    finally {
        await story.end();
    }
}
function succeeded(outcome, { service }, titles) {
    const fault = outcome_faultOf(outcome, service, titles);
    if (fault !== undefined)
        throw new PlanFailed(fault, outcome);
    return outcome;
}
/** Asks the server to stop a plan, or take it back, because the job is being ended. Never throws: what cannot be asked heals by itself. */
async function stopPlan(server, plan, { log, signal }) {
    const why = signal.reason instanceof cancelled/* Cancelled */.c ? 'cancelled' : 'out of time';
    log.info(`The job was ${why}; asking ${server.label} to stop or take back plan ${plan.id}.`);
    await server.cancel(plan).catch(() => log.info(`${server.label} could not be asked. It stops by itself before the next step, or goes back when nothing confirms the switch.`));
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/shared/server/scripts.js


/** Sh functions that tell how much room a disk has. */
const roomScript = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "room.sh", 'utf8');
/** The part every plan carries: locking, journal, healing, timers, following. POSIX sh. */
const executor = `${roomScript}\n${(0,external_node_fs_.readFileSync)(__webpack_require__.ab + "executor.sh", 'utf8')}`;
const unpack = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "unpack.sh", 'utf8');
const receiver = `${roomScript}\n${unpack}\n${(0,external_node_fs_.readFileSync)(__webpack_require__.ab + "receive.sh", 'utf8')}`;
const lane = `${roomScript}\n${unpack}\n${(0,external_node_fs_.readFileSync)(__webpack_require__.ab + "lane.sh", 'utf8')}`;
const inspector = `${roomScript}\n${(0,external_node_fs_.readFileSync)(__webpack_require__.ab + "inspect.sh", 'utf8')}`;
/** The command line that takes a plan's packet from standard input, starts it and follows it; see receive.sh for the arguments. */
function receiveCommand(state, planId, [length = '', generation = '', claim = ''] = [], attempt = '', unpacker = '') {
    return scripts_scriptCommand(receiver, [state, planId, length, generation, claim, attempt, unpacker]);
}
/** The command line that takes a part of that packet meanwhile. */
function laneCommand(state, planId, attempt, unpacker = '') {
    return scripts_scriptCommand(lane, [state, planId, attempt, unpacker]);
}
/** The command line that tells what a server knows of a service; see inspect.sh for the arguments. */
function inspectCommand(args) {
    return scripts_scriptCommand(inspector, [args.mark, args.key, args.path, args.runtimeDir, args.claim, args.base]);
}
/** A command line that runs a POSIX sh text with arguments, whatever the login shell is. */
function scripts_scriptCommand(script, args) {
    return (0,core_quote/* commandLine */.a)(['sh', '-c', script, 'slipway', ...args]);
}

;// CONCATENATED MODULE: ./build/shared/server/plan.js



/** The number of the plan and journal format. A server refuses plans whose journal has another one. */
const PLAN_FORMAT = 1;
const LINES_SHOWN = 6;
/** A new plan id, which sorts by time: `20261121T140210-3f9a1c`. */
function plan_newPlanId(now) {
    const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, '');
    return `${stamp}-${(0,external_node_crypto_.randomBytes)(3).toString('hex')}`;
}
/** The plan as the one sh script a server keeps and runs. `mark` tells its own lines from a program's output. */
function plan_renderPlan(plan, mark) {
    const settings = {
        PLAN_FORMAT: String(PLAN_FORMAT),
        STATE: plan.state,
        GENERATION: String(plan.generation),
        MARK: mark,
        STEPS: plan.steps.map(({ name, phase, timeout }) => `${name}:${phase}:${seconds(timeout)}`).join(' '),
        CONFIRM_WITHIN: String(seconds(plan.confirmWithin)),
        CONTINUES: plan.continues ?? '',
        LOCK_WAIT: String(seconds(plan.lockWait)),
    };
    return [
        '#!/bin/sh',
        ...Object.entries(settings).map(([name, value]) => `${name}=${(0,core_quote/* quote */.h)(value)}`),
        ...Object.entries(plan.environment).map(([name, value]) => `export ${name}=${(0,core_quote/* quote */.h)(value)}`),
        executor,
        plan.functions ?? '',
        ...plan.steps.map(({ name, script }) => stepFunction(name, script)),
        stepFunction('clear', plan.clear),
        stepFunction('back', plan.back),
        stepFunction('retire', plan.retire ?? ''),
        'main "$@"',
        '',
    ].join('\n');
}
/** The plan as people read it, for a dry run: one line a step, with the beginning of what runs in it. */
function describePlan(plan) {
    return plan.steps
        .map(({ title, phase, script }, index) => `${index + 1}. ${title}${phase === 'act' ? '   <- what users see changes here' : ''}\n${excerpt(script)}`)
        .join('\n');
}
function stepFunction(name, script) {
    return `step_${name.replaceAll('-', '_')}() {\n:\n${script}\n}`;
}
function excerpt(script) {
    const lines = script.split('\n').filter((line) => line !== '');
    const rest = lines.length - LINES_SHOWN;
    return [...lines.slice(0, LINES_SHOWN), ...(rest > 0 ? [`… and ${rest} lines more`] : [])].map((line) => `     ${line}`).join('\n');
}
function seconds(ms) {
    return Math.ceil(ms / 1_000);
}

;// CONCATENATED MODULE: ./build/shared/server/ledger.js
const MOVES = new Set(['share', 'switch', 'confirm', 'back', 'rollback', 'close', 'open']);
/** The events of a ledger, oldest first. A torn line, left by a power cut, is passed over. */
function parseLedger(text) {
    return text.split('\n').flatMap((line) => {
        try {
            const event = JSON.parse(line);
            return typeof event.event === 'string' && typeof event.generation === 'number' ? [event] : [];
        }
        catch {
            return [];
        }
    });
}
/** The JSON members of an event, without braces, as `record` in the executor takes them. */
function ledger_members(fields) {
    return JSON.stringify(fields).slice(1, -1);
}
/** The members of a claim. Shell reads `run` and `url` back, so they hold no quote, comma or brace. */
function claimMembers(run, purpose) {
    const plain = (text) => text.replaceAll(/["\\,{}]|\p{Cc}/gu, '');
    return ledger_members({
        purpose, run: plain(run.id), attempt: run.attempt, url: plain(run.url), actor: run.actor, commit: run.commit,
    });
}
/** The newest claim, which alone may still change the service; undefined before the first. */
function ledger_latestClaim(events) {
    return events.findLast(({ event }) => event === 'claim');
}
/** The event that says where traffic goes now; undefined before the first switch. */
function lastMove(events) {
    return events.findLast(({ event }) => MOVES.has(event));
}
/** The releases that were verified while serving and have not been taken back since, newest last. */
function verifiedReleases(events) {
    const verified = new Set();
    for (const { event, release, undone } of events) {
        if (event === 'confirm' && release !== undefined) {
            verified.delete(release);
            verified.add(release);
        }
        // A rollback that went back itself undoes its target, which is as good as it was.
        if (event === 'rollback' && undone !== undefined)
            verified.delete(undone);
    }
    return [...verified];
}
/** The migrations that cannot be taken back, and whose barriers stand, but did not when the given release was last confirmed. */
function barriersSince(events, release) {
    const confirmed = events.findLastIndex((event) => event.event === 'confirm' && event.release === release);
    const [then, is] = [standingBarriers(events.slice(0, confirmed + 1)), standingBarriers(events)];
    return events.filter(({ barrier, plan }, index) => barrier === true && (plan === undefined ? index > confirmed : is.has(plan) && !then.has(plan)));
}
/** The plans whose barriers stand after these events. */
function standingBarriers(events) {
    const standing = new Set();
    for (const { barrier, plan, lifts, raises } of events) {
        if (barrier === true && plan !== undefined)
            standing.add(plan);
        if (lifts !== undefined)
            standing.delete(lifts);
        if (raises !== undefined)
            standing.add(raises);
    }
    return standing;
}

;// CONCATENATED MODULE: ./build/shared/migrations/seen.js


const READ = `cd "$1" && shift && for file; do [ ! -f "$file" ] || { printf '\\036%s\\n' "$file" && cat "$file" || exit 1; }; done`;
const FILES = ['status', 'facts', 'identity', 'files', 'chain', 'rehearsals', 'under-way/about', 'under-way/status', 'under-way/difference'];
/** Texts of a folder of the server, by their paths in it; those that there are. @throws {UserError} when one cannot be read. */
async function readTexts(server, folder, paths) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scripts_scriptCommand(READ, [folder, ...paths])));
    if (code !== 0)
        throw new core_errors/* UserError */.yo(`${folder} of ${server.label} could not be read: ${stderr.trim()}`);
    return new Map(stdout.split('\u001e').slice(1).map((part) => {
        const end = part.indexOf('\n');
        return [part.slice(0, end), part.slice(end + 1)];
    }));
}
/** What the look of a plan found. @throws {UserError} when its status is not what the engine prints. */
async function readSeen(server, state, plan, engine, setup) {
    const texts = await readTexts(server, `${state}/plans/${plan}/look`, FILES);
    const text = (path) => texts.get(path) ?? '';
    const about = texts.get('under-way/about');
    return {
        plan, status: engine.parseStatus(text('status'), setup),
        facts: factsOf(text('facts')),
        identity: text('identity').trim(),
        hashes: hashesOf(text('files'), setup.directory),
        chain: text('chain'),
        rehearsals: seen_linesOf(text('rehearsals')).map((line) => JSON.parse(line)),
        underWay: about === undefined ? undefined : {
            ...JSON.parse(about),
            before: engine.parseStatus(text('under-way/status'), setup), difference: seen_linesOf(text('under-way/difference')),
        },
    };
}
/** The lines of a text that are not empty. */
function seen_linesOf(text) {
    return text.split('\n').filter((line) => line !== '');
}
function factsOf(text) {
    const facts = new Map(seen_linesOf(text).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]));
    return { schema: facts.get('schema') ?? '', files: facts.get('files') ?? '', release: facts.get('release') ?? '', server: facts.get('server') ?? '' };
}
function hashesOf(text, directory) {
    return new Map(seen_linesOf(text).map((line) => [`${directory}/${line.slice(68)}`, line.slice(0, 64)]));
}

;// CONCATENATED MODULE: ./build/shared/migrations/state-found.js
/** What is found after an apply or undo that did not live to tell, by what was before and what is now. */
function stateFound(what, before, now, isSchemaChanged) {
    const todo = what === 'apply' ? before.pending : before.applied;
    const done = changedBetween(what, before, now);
    if (done.length === 0)
        return isSchemaChanged ? 'partially-applied' : 'untouched';
    return what === 'apply' && done.length === todo.length ? 'applied' : 'partially-applied';
}
/** The migrations that were applied, or undone, between two looks. */
function changedBetween(what, before, now) {
    const [todo, done] = what === 'apply' ? [before.pending, now.applied] : [before.applied, now.pending];
    const names = new Set(done.map(({ name }) => name));
    return todo.filter(({ name }) => names.has(name));
}

;// CONCATENATED MODULE: ./build/shared/core/run.js
/** What a ledger keeps of a run with each event. */
function run_runMembers({ id, attempt, url, actor, commit }) {
    return { run: id, attempt, url, actor, commit };
}

// EXTERNAL MODULE: ./build/shared/database/source.js
var source = __webpack_require__(1659);
;// CONCATENATED MODULE: ./build/shared/database/by-hand.js


/** How to restore a part with plain tools, one command a line, for somebody who has the set and nothing of ours. */
function by_hand_byHand(source, compression, encryption) {
    const open = (file) => reading(file, compression, encryption);
    switch (source.kind) {
        case 'postgres': return [
            '# Makes roles (without passwords; those that are there already are told as errors) and an empty database like the old one:',
            `${open(`${source.name}.setup.sql`)} | psql -X -d postgres -v restored=${quote(`${source.database}_restored`)}`,
            '# Fills it, wholly or not at all, then gathers statistics:',
            `${open(fileOf(source))} | psql -X -q -v ON_ERROR_STOP=1 --single-transaction -d ${quote(`${source.database}_restored`)} && vacuumdb --analyze-only -d ${quote(`${source.database}_restored`)}`,
        ];
        case 'mysql': return [
            `# Character set and collation are in ${source.name}.setup.sql:`,
            open(`${source.name}.setup.sql`),
            `mysql -e ${quote(`create database ${identifier(`${source.database}_restored`)}`)} && ${open(fileOf(source))} | mysql ${quote(`${source.database}_restored`)}`,
        ];
        case 'redis': return [
            '# With Redis stopped, in its folder (redis-cli config get dir). With appendonly yes it reads another file: start it with appendonly no then.',
            `${open(fileOf(source))} >dump.rdb`,
        ];
        case 'mongodb': return [`${open(fileOf(source))} | mongorestore --archive --nsFrom=${quote(`${source.database}.*`)} --nsTo=${quote(`${source.database}_restored.*`)}`];
        case 'sqlite': return [`# With what uses it stopped, and no -wal or -shm beside it:`, `${open(fileOf(source))} >restored.sqlite && sqlite3 restored.sqlite 'pragma integrity_check'`];
        case 'files': return [`mkdir restored && ${open(fileOf(source))} | tar -xpf - -C restored`];
        case 'command': return [open(fileOf(source))];
    }
}
function identifier(name) {
    return `\`${name.replaceAll('`', '``')}\``;
}
function reading(file, compression, encryption) {
    const kept = `${file}${{ zstd: '.zst', gzip: '.gz', none: '' }[compression]}${encryption === 'none' ? '' : `.${encryption}`}`;
    const opened = { age: ['age -d -i YOUR-KEY'], gpg: ['gpg --decrypt'], none: [] }[encryption];
    const unpacked = { zstd: ['zstd -dc'], gzip: ['gzip -dc'], none: [] }[compression];
    const [first = 'cat', ...rest] = [...opened, ...unpacked];
    return [`${first} ${quote(kept)}`, ...rest].join(' | ');
}

;// CONCATENATED MODULE: ./build/shared/database/scripts.js

/** What a plan that takes or proves a backup set carries behind the executor: sh functions, which name each other freely. */
const scripts_databaseFunctions = [
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "streams.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "compare.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "container.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "postgres.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "mysql.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "redis.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "mongodb.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "sqlite.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "files.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "command.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "set.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "opened-set.sh", 'utf8'),
].join('\n');
const far = (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "far.sh", 'utf8');
/** What a plan that has a set proven on another server carries besides, and that server's own. */
const scripts_elsewhereFunctions = (/* unused pure expression or super */ null && (`${far}\n${readFileSync(__webpack_require__.ab + "elsewhere.sh", 'utf8')}`));
/** What a plan that copies a set carries. */
const copyFunctions = [
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "streams.sh", 'utf8'),
    far,
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "copy.sh", 'utf8'),
].join('\n');
/** What a plan that makes a set live again carries besides. */
const restoreFunctions = [
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "restore.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "restore-postgres.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "restore-mysql.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "restore-files.sh", 'utf8'),
].join('\n');

;// CONCATENATED MODULE: ./build/shared/database/set-functions.js






/** Sh text for the functions of a plan that takes or proves a set; `proving` tells where, as elsewhere.sh has it. Part N is the Nth source. */
function set_functions_setFunctions(backup, proving) {
    const { sources, definition, quiesce, resume, run, proofHost } = backup;
    const occasion = { folder: definition.path, release: undefined };
    const about = members({ service: definition.service, environment: definition.environment, proof: proofOfSet(backup), quiesced: quiesce !== '', run: run.id, url: run.url, commit: run.commit });
    const settings = {
        SETS: backup.directory, SET: backup.set, OPENED: '', SCRATCH: backup.scratch, SHARED: '', ENCRYPTION: backup.encryption.program, RECIPIENTS: backup.encryption.recipients, PROVING: proving,
        LOCK_TIMEOUT: String(Math.ceil(backup.lockTimeout / 1_000)), ABOUT: about, PARTS: sources.map((_, index) => index + 1).join(' '),
    };
    return [
        assignments({ ...settings, ...(proofHost && { FAR_USER: proofHost.place.user, FAR_HOST: proofHost.place.host, FAR_PORT: String(proofHost.place.port), FAR_FOLDER: proofHost.place.folder }) }),
        databaseFunctions,
        ...(proofHost === undefined ? [] : [elsewhereFunctions]),
        ...sources.map((source, index) => `part_${index + 1}() {\n${assignments(partSettings(source, index + 1, backup))}\n}`),
        ...sources.flatMap((source, index) => (source.kind === 'command' ? [`command_${index + 1}() {\n${userCommand(definition, occasion, source.command, false)}\n}`] : [])),
        ...Object.entries({ quiesce, resume }).map(([name, command]) => `hook_${name}() {\n${command === '' ? ':' : userCommand(definition, occasion, command)}\n}`),
        'step_stand_by() { stand_by; }',
    ].join('\n');
}
function partSettings(source, number, backup) {
    const proof = proofOf(source, backup.verify);
    const compression = source.compression ?? backup.compression;
    const head = members({ name: source.name, kind: source.kind, proof, ...('database' in source ? { database: source.database } : {}), ...('folder' in source ? { folder: source.folder } : {}) });
    const restore = JSON.stringify(byHand(source, compression, backup.encryption.program));
    return {
        PART: String(number), NAME: source.name, KIND: source.kind, FILE: fileOf(source), VERIFY: proof, COMPRESSION: compression, HEAD: `${head},"restore":${restore}`,
        REFERENCES: backup.references.flatMap(({ from }, index) => (from === source.name ? [index + 1] : [])).join(' '),
        ...kindSettings(source, number, backup.references),
    };
}
/** What the functions of a source's kind go by: where it is, and how it is reached. */
function kindSettings(source, number, references) {
    switch (source.kind) {
        case 'postgres':
        case 'mysql':
        case 'redis':
        case 'mongodb': return {
            DATABASE: source.database, DB_HOST: source.host ?? '', DB_PORT: String(source.port ?? ''), DB_USER: source.user ?? '', TOOLS: source.tools ?? '', CONTAINER: source.container ?? '',
        };
        case 'sqlite': return { DATABASE: source.database };
        case 'files': return { FOLDER: source.folder, EXCLUDE: source.exclude.join('\n'), SHA1_NAMES: references.some(({ files, sha1 }) => sha1 && files === source.name) ? 'yes' : '' };
        case 'command': return { COMMAND: `command_${number}` };
    }
}
/** Sh text that sets variables. */
function assignments(values) {
    return Object.entries(values).map(([name, value]) => `${name}=${(0,core_quote/* quote */.h)(value)}`).join('\n');
}

;// CONCATENATED MODULE: ./build/shared/database/proof-host.js


/** What runs over there, step by step as elsewhere.sh asks for them, for a set whose sources are in the order of its parts. */
function proof_host_proofScript(backup, proofHost) {
    const step = (name, script) => ({ name, title: name, phase: 'before', script: `${script} || exit 1`, timeout: 0 });
    return renderPlan({
        id: '', state: proofHost.place.folder, generation: 0, functions: setFunctions(awayFrom(backup, proofHost), 'away'), clear: 'leave_nothing; clear_set', back: ':',
        confirmWithin: 0, lockWait: 0, environment: {},
        steps: [step('ready', 'ready'), step('watch-line', 'watch_line'), ...backup.sources.flatMap((_, index) => [step(`attend-${index + 1}`, `attend ${index + 1}`), step(`prove-${index + 1}`, `prove ${index + 1}`)])],
    }, '');
}
/** The set as the server that proves it knows it: not how its databases are reached, nor what runs beside them. */
function awayFrom(backup, { place }) {
    const sources = backup.sources.map((source) => {
        const { name, verify, compression } = source;
        const common = { name, ...(verify !== undefined && { verify }), ...(compression !== undefined && { compression }) };
        switch (source.kind) {
            case 'command': return { ...common, kind: source.kind, command: ':', file: source.file };
            case 'files':
            case 'sqlite': return source;
            default: return { ...common, kind: source.kind, database: source.database };
        }
    });
    return { ...backup, set: `${backup.set}-proof`, directory: place.folder, scratch: '', sources, encryption: { ...backup.encryption, recipients: '' }, quiesce: '', resume: '' };
}

;// CONCATENATED MODULE: ./build/shared/database/set-plan.js







const LOCK_WAIT = 1_800_000;
// Databases first, so that what they refer to is in what is copied after them.
const ORDER = (/* unused pure expression or super */ null && (['postgres', 'mysql', 'mongodb', 'redis', 'sqlite', 'command', 'files']));
const PRIVATE = 0o600;
/** The plan that takes a set, proves it, and then names it. Until that moment there is none. */
function planBackup(given) {
    const backup = { ...given, sources: inOrder(given.sources) };
    return {
        id: backup.set, state: backup.state, generation: backup.generation, steps: set_plan_stepsOf(backup),
        functions: setFunctions(backup, backup.proofHost === undefined ? 'here' : 'elsewhere'),
        clear: 'clear_set', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {},
    };
}
/** What travels beside the plan: passwords, which go with its end, and the user's queries. */
function backupFiles(given) {
    const sources = inOrder(given.sources);
    const queries = given.references.map(({ query }, index) => set_plan_text(`reference.${index + 1}`, query));
    const script = given.proofHost === undefined ? [] : [set_plan_text('proof.sh', proofScript({ ...given, sources }, given.proofHost))];
    return [...onceFiles({ ...passwordsOf(sources), ...(given.proofHost && farFiles(given.proofHost.login)) }), ...queries, ...script];
}
/** A file for the password of each source, by the number of its part. */
function passwordsOf(sources) {
    return Object.fromEntries(sources.flatMap((source, index) => ('password' in source && source.password !== undefined ? [[String(index + 1), passwordFile(source.kind, source.password.reveal())]] : [])));
}
/** Files that only the plan's own run may read, and that go with its end. */
function onceFiles(contents) {
    const files = Object.entries(contents).map(([name, content]) => set_plan_text(`once/${name}`, content));
    return files.length === 0 ? [] : [{ kind: 'folder', path: 'once', mode: 0o700 }, ...files];
}
/** As the client of the database reads it: .pgpass, an options file, a line, a configuration. */
function passwordFile(kind, password) {
    switch (kind) {
        case 'postgres': return `*:*:*:*:${password.replaceAll(/[\\:]/g, '\\$&')}\n`;
        case 'mysql': return `[client]\npassword="${password.replaceAll(/[\\"]/g, '\\$&')}"\n`;
        case 'redis': return `${password}\n`;
        case 'mongodb': return `password: ${JSON.stringify(password)}\n`;
    }
}
function set_plan_text(path, content) {
    return { kind: 'text', path, mode: PRIVATE, text: content };
}
function inOrder(sources) {
    return ORDER.flatMap((kind) => sources.filter((source) => source.kind === kind));
}
function set_plan_stepsOf(backup) {
    const { sources, references, quiesce, resume, expired, timeout, proofHost } = backup;
    const step = (name, phase, title, script) => ({ name, title, phase, script, timeout });
    return [
        step('check', 'before', 'Checking tools, versions, rights and room', 'begin_set'),
        ...(quiesce === '' ? [] : [step('quiesce', 'before', 'Holding writers back', 'quiesce')]),
        ...sources.map((source, index) => step(`take-${index + 1}`, 'before', `Taking ${source.name}`, `capture ${index + 1}`)),
        ...(resume === '' ? [] : [step('resume', 'before', 'Letting writers go on', 'resume')]),
        ...sources.flatMap((source, index) => (proofOf(source, backup.verify) === 'none' ? [] : [step(`prove-${index + 1}`, 'before', `Proving ${source.name}${proofHost !== undefined && isRestored(proofOf(source, backup.verify)) ? ` on ${proofHost.place.host}` : ''}`, `prove ${index + 1}`)])),
        ...(references.length === 0 ? [] : [step('references', 'before', 'Looking up what databases refer to', references.map(lookUp).join('\n'))]),
        step('seal', 'before', 'Writing the set through to the disk', 'seal || full_or_failed'),
        step('publish', 'after', `Naming set ${backup.set}`, 'publish'),
        step('record', 'after', 'Recording the set', `write_down ${quote(members({ proof: proofOfSet(backup), ...runMembers(backup.run) }))}`),
        ...(expired.length === 0 ? [] : [step('prune', 'after', `Removing ${expired.length} older sets`, ['prune', ...expired].map(quote).join(' '))]),
    ];
}
function lookUp({ files, prefix }, index) {
    const escaped = prefix.replaceAll(/[\\/&]/g, '\\$&'); // it becomes the text of a sed command
    return ['check_reference', String(index + 1), files, escaped].map(quote).join(' ');
}

;// CONCATENATED MODULE: ./build/shared/migrations/scripts.js


/** What a plan that looks at, rehearses, applies or undoes migrations carries behind the executor: sh functions. */
const migrationFunctions = [
    scripts_databaseFunctions,
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "database.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "looking.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "applying.sh", 'utf8'),
    (0,external_node_fs_.readFileSync)(__webpack_require__.ab + "rehearsing.sh", 'utf8'),
].join('\n');

;// CONCATENATED MODULE: ./build/shared/migrations/work.js






const work_LOCK_WAIT = 1_800_000;
const work_PRIVATE = 0o600;
/** A plan about the migrations of a database; `settings` are what its functions need besides, `part` what a set calls the database. */
function planOf(work, id, given) {
    const { state, generation } = work;
    const { steps, settings = {}, calls = [], functions = '', clear = 'clear_room', part = work.database.name } = given;
    return {
        id, state, generation, steps, clear, back: clear, confirmWithin: 0, lockWait: work_LOCK_WAIT, environment: {},
        functions: [
            assignments({ ...settingsOf(work, id), CALLS: calls.map((_, index) => index + 1).join(' '), ...settings }), migrationFunctions, `part_1() {\n${assignments(partOf(work.database, part))}\n}`,
            textFunction('engine_status', work.engine.status(work.setup)), textFunction('engine_prepare', work.engine.prepare?.(work.setup) ?? ''), ...calls.map(({ script }, index) => textFunction(`call_${index + 1}`, script)), functions,
        ].join('\n'),
    };
}
/** One step of such a plan. */
function stepOf(work, name, phase, title, script) {
    return { name, phase, title, script, timeout: work.timeout };
}
/** What travels beside every such plan: passwords and what opens a set, which go with its end, and the files of the workspace. */
function filesOf({ database, files }, calls = [], more = [], identity = {}) {
    return [...passwordFiles(database, identity), ...files, ...(calls.length === 0 ? [] : [textEntry('titles', calls.map(({ title }) => `${title.replaceAll('\n', ' ')}\n`).join(''))]), ...more];
}
/** A small text beside the plan, for nobody else. */
function textEntry(path, text) {
    return { kind: 'text', path, mode: work_PRIVATE, text };
}
/** The folder that commands run in: that of the release, of what came along with this plan, or of what came along with the last apply. */
function folderOf(work, id) {
    const { files, definition, release, state } = work;
    if (files.length > 0)
        return `${state}/plans/${id}/migrations`;
    return release === '' ? `${bookOf(work)}/files` : `${definition.path}/releases/${release}`;
}
/** The folder in which the server keeps what is to be remembered of a database's migrations. */
function bookOf({ state, engine, database }) {
    return `${state}/migrations/${engine.name}.${database.name}`;
}
/** What the ledger's event says of the migrations, as JSON members. */
function eventMembers(work, migrations, token) {
    const { engine, database, release, run } = work;
    return `"migrations":${JSON.stringify(migrations)},${ledger_members({ database: database.name, engine: engine.name, ...(release !== '' && { release }), ...(token !== '' && { token }), ...run_runMembers(run) })}`;
}
function settingsOf(work, id) {
    const { definition, engine, setup, database, release, limits } = work;
    return {
        SETS: `${definition.path}/backups`, SET: id, SCRATCH: '', SHARED: 'yes', ENCRYPTION: 'none', RECIPIENTS: '', PROVING: 'here', PARTS: '1', ABOUT: '', LOCK_TIMEOUT: String(Math.ceil(limits.lockTimeout / 1_000)),
        FOLDER: folderOf(work, id), RELEASE: release, DIRECTORY: setup.directory, BOOK: bookOf(work), PROGRAMS: engine.programs(setup).join(' '),
        SERVICE_NAME: definition.service, SERVICE_ENVIRONMENT: definition.environment,
        LOCK_TIMEOUT_MS: String(limits.lockTimeout), STATEMENT_TIMEOUT_MS: String(limits.statementTimeout), LONG: String(Math.ceil(limits.longTransaction / 1_000)),
        PATIENCE: String(Math.ceil(limits.patience / 1_000)), RETRIES: String(limits.retries), NEEDS_PASSWORD: engine.needsPassword ? 'yes' : '',
        URL_USER: encoded('user' in database ? database.user ?? '' : ''), URL_DATABASE: encoded(database.kind === 'sqlite' ? '' : database.database), NETWORK: 'none', OPENED: '',
        EXPECTED: '', BARRIER: '', MEMBERS: '', WHAT: '', TOKEN: '',
    };
}
function partOf(database, name) {
    return {
        DB_HOST: '', DB_PORT: '', DB_USER: '', TOOLS: '', CONTAINER: '', REFERENCES: '', COMPRESSION: 'none',
        PART: '1', NAME: name, KIND: database.kind, FILE: (0,source/* fileOf */.W7)({ ...database, name }), ...kindSettings(database, 1, []),
    };
}
function passwordFiles(database, identity) {
    const password = 'password' in database ? database.password?.reveal() : undefined;
    const { age, gpg, passphrase } = identity;
    return onceFiles({
        ...passwordsOf([database]), ...(password !== undefined && { url: encoded(password) }), ...(age && { age: `${age.reveal().trimEnd()}\n` }),
        ...(gpg && { 'gpg.asc': gpg.reveal(), 'gpg.passphrase': passphrase?.reveal() ?? '' }),
    });
}
// For an address between single quotes, too.
function encoded(text) {
    return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
function textFunction(name, script) {
    return `${name}() {\n:\n${script}\n}`;
}

;// CONCATENATED MODULE: ./build/shared/migrations/look.js







/** The plan that looks at a database, its migrations and their files, and changes nothing. */
function planLook(work, id = plan_newPlanId(new Date())) {
    return planOf(work, id, { steps: [stepOf(work, 'look', 'before', `Looking at ${work.database.name} and its migrations`, 'look_around'), stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room')] });
}
/** What is applied and what is pending, and all that a decision needs. @throws {PlanFailed} when the database or the engine does not tell. */
async function look_look(server, work, follow) {
    const plan = planLook(work);
    await carry_out_carryOut(server, plan, filesOf(work), follow);
    return readSeen(server, work.state, plan.id, work.engine, work.setup);
}
/** What is found after an apply that did not live to tell; it is written into the ledger, and then forgotten. */
async function look_settle(server, work, { underWay, status }, follow) {
    const { what, before, difference, plan, migrations } = underWay;
    const state = stateFound(what, before, status, difference.length > 0);
    const event = `${ledger_members({ what, state, ...(state === 'untouched' && { lifts: plan }), of: plan, run: underWay.run, database: work.database.name, engine: work.engine.name })},"migrations":${JSON.stringify(migrations)}`;
    const settling = planOf(work, plan_newPlanId(new Date()), { steps: [stepOf(work, 'settle', 'after', `Recording what plan ${plan} has left`, `settle ${(0,core_quote/* quote */.h)(event)}`)] });
    await carry_out_carryOut(server, settling, [], follow);
    return state;
}
/** The texts of some of the migrations, by name: of their files, as the look found them, or what the engine prints; of those for which there is one. */
async function textsOf(server, work, { plan }, migrations, follow) {
    const { sql } = work.engine;
    if (sql !== undefined)
        return printedTexts(server, work, migrations, sql, follow);
    const files = migrations.flatMap(({ file }) => file ?? []);
    if (files.length === 0)
        return new Map();
    const texts = await readTexts(server, folderOf(work, plan), files);
    return new Map(migrations.flatMap(({ name, file }) => (file !== undefined && texts.has(file) ? [[name, texts.get(file) ?? '']] : [])));
}
async function printedTexts(server, work, migrations, sql, follow) {
    if (migrations.length === 0)
        return new Map();
    const id = plan_newPlanId(new Date());
    const calls = migrations.map((migration) => ({ title: migration.name, script: sql(work.setup, migration) }));
    const plan = planOf(work, id, { calls, steps: [stepOf(work, 'print', 'before', 'Reading what migrations run', 'print_all'), stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room')] });
    await carry_out_carryOut(server, plan, filesOf(work, calls), follow);
    const texts = await readTexts(server, `${work.state}/plans/${id}/printed`, migrations.map((_, index) => String(index + 1)));
    return new Map(migrations.flatMap(({ name }, index) => (texts.has(String(index + 1)) ? [[name, texts.get(String(index + 1)) ?? '']] : [])));
}

// EXTERNAL MODULE: ./build/shared/scanners/defaults.js + 1 modules
var defaults = __webpack_require__(7003);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __webpack_require__(7067);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __webpack_require__(4708);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./build/shared/scanners/download.js






const MOST_REDIRECTS = 5;
// What may be otherwise the next time.
class Passing extends Error {
}
/**
 * The bytes at an address, at most `limit` of them. Faults that may pass are tried again.
 * @throws {UserError} when they cannot be had, or another host than the allowed would have to be asked.
 */
async function download(url, limit, downloading) {
    for (const pause of [...downloading.pauses, undefined]) {
        try {
            return await attempt(url, limit, downloading, MOST_REDIRECTS);
        }
        catch (error) {
            downloading.signal.throwIfAborted();
            if (!(error instanceof Passing))
                throw error;
            if (pause === undefined)
                throw new core_errors/* UserError */.yo(`${url.href} could not be downloaded: ${error.message}`);
            downloading.onRetry(`${error.message}; trying again in ${(0,duration/* formatDuration */.a3)(pause)}`);
            await (0,external_node_timers_promises_.setTimeout)(pause, undefined, { signal: downloading.signal });
        }
    }
    throw new Error('unreachable: the last try returns or throws');
}
async function attempt(url, limit, downloading, redirects) {
    if (!downloading.hosts.includes(url.host))
        throw new core_errors/* UserError */.yo(`${url.host} is not a host that scanners may come from. Those are: ${downloading.hosts.join(', ')}.`);
    const agent = new (url.protocol === 'https:' ? external_node_https_.Agent : external_node_http_.Agent)({ keepAlive: false, proxyEnv: downloading.proxy });
    try {
        const answer = await download_ask(url, agent, downloading);
        const next = redirectOf(answer, url);
        if (next === undefined)
            return await read(answer, limit, url);
        answer.destroy();
        if (redirects === 0)
            throw new core_errors/* UserError */.yo(`${url.href} is redirected again and again.`);
        return await attempt(next, limit, downloading, redirects - 1);
    }
    finally {
        agent.destroy();
    }
}
function download_ask(url, agent, { signal, patience }) {
    return new Promise((resolve, reject) => {
        const start = url.protocol === 'https:' ? external_node_https_.request : external_node_http_.request;
        const started = start(url, { agent, signal, timeout: patience, headers: { 'user-agent': 'slipway', accept: 'application/octet-stream', connection: 'close' } }, resolve);
        started.on('timeout', () => started.destroy(new Passing(`${url.host} was silent for ${(0,duration/* formatDuration */.a3)(patience)}`)));
        started.on('error', (error) => reject(error instanceof Passing ? error : new Passing(`${url.host}: ${error.message}`)));
        started.end();
    });
}
function redirectOf({ statusCode = 0, headers: { location } }, from) {
    if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined)
        return undefined;
    const to = URL.parse(location, from.href);
    if (to === null || !/^https?:$/.test(to.protocol))
        throw new core_errors/* UserError */.yo(`${from.href} is redirected to what is no web address.`);
    if (from.protocol === 'https:' && to.protocol !== 'https:')
        throw new core_errors/* UserError */.yo(`${from.href} is redirected to an address without TLS, on ${to.host}.`);
    return to;
}
async function read(answer, limit, url) {
    const { statusCode = 0 } = answer;
    if (statusCode !== 200) {
        answer.destroy();
        if (statusCode >= 500 || statusCode === 408 || statusCode === 429)
            throw new Passing(`${url.host} answered ${statusCode}`);
        throw new core_errors/* UserError */.yo(`${url.href} could not be downloaded: ${url.host} answered ${statusCode}.`);
    }
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of answer) {
            size += chunk.length;
            if (size > limit)
                throw new core_errors/* UserError */.yo(`${url.href} is larger than the ${(0,core_size/* formatSize */.X)(limit)} it may have.`);
            chunks.push(chunk);
        }
    }
    catch (error) {
        if (error instanceof core_errors/* UserError */.yo || error instanceof Passing)
            throw error;
        throw new Passing(`${url.host} broke off after ${(0,core_size/* formatSize */.X)(size)}: ${(0,core_errors/* messageOf */.bD)(error)}`);
    }
    return Buffer.concat(chunks);
}

;// CONCATENATED MODULE: ./build/shared/scanners/pick.js


/**
 * The pinned release to be installed.
 * @throws {UserError} when none is pinned in that version, or none is old enough.
 */
function pickRelease(name, releases, { version, minimumAge, now }) {
    const wanted = releases.filter((release) => version === undefined || release.version === version);
    if (wanted.length === 0)
        throw new UserError(`${name} ${version} is not pinned; pinned is ${releases.map((release) => release.version).join(', ')}. Have that version on PATH, or leave the version out.`);
    const [picked] = wanted.filter((release) => ageOf(release, now) >= minimumAge);
    if (picked !== undefined)
        return picked;
    const told = wanted.map((release) => `${release.version} was out by ${release.released}, ${formatDuration(Math.max(0, ageOf(release, now)))} ago`);
    throw new UserError(`No release of ${name} is old enough: ${told.join('; ')}, and it is to be at least ${formatDuration(minimumAge)} old.`);
}
/**
 * The file of a release for this machine.
 * @throws {UserError} when none is pinned for it.
 */
function pickArtefact(name, { version, artefacts }, platform) {
    const artefact = artefacts[platform];
    if (artefact === undefined)
        throw new core_errors/* UserError */.yo(`${name} ${version} is pinned for ${Object.keys(artefacts).join(', ')}, and not for ${platform}. Have it on PATH.`);
    return artefact;
}
// From the end of the day it was out by.
function ageOf({ released }, now) {
    return now.getTime() - Date.parse(`${released}T23:59:59Z`);
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(6466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./build/shared/scanners/unpack.js






// Of the program in an archive, bytes. The largest scanners are a quarter of it.
const LARGEST = 1024 * 2 ** 20;
/**
 * One file of a .tar.gz archive; nothing is written anywhere.
 * @throws {UserError} when the archive is damaged, has anything that leads out of its folder, or does not have the file.
 */
async function memberOf(archive, name, what) {
    const { extract } = await __webpack_require__.e(/* import() */ 118).then(__webpack_require__.t.bind(__webpack_require__, 6118, 19));
    const found = [];
    const entries = extract();
    const reading = (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from([archive]), (0,external_node_zlib_.createGunzip)(), entries);
    reading.catch(() => undefined); // told by the loop, which ends first
    try {
        for await (const entry of entries) {
            const { header } = entry;
            if (leadsOut(header))
                throw new core_errors/* UserError */.yo(`The archive of ${what} is not unpacked: its entry ${JSON.stringify(header.name)} leads out of its folder.`);
            if (external_node_path_.posix.normalize(header.name) === name && header.type === 'file')
                found.push(await bytesOf(entry, what));
            else
                entry.resume();
        }
        await reading;
    }
    catch (error) {
        if (error instanceof core_errors/* UserError */.yo)
            throw error;
        throw new core_errors/* UserError */.yo(`The archive of ${what} is damaged: ${(0,core_errors/* messageOf */.bD)(error)}.`);
    }
    const [program, ...others] = found;
    if (program === undefined || others.length > 0)
        throw new core_errors/* UserError */.yo(`The archive of ${what} has ${found.length} files ${name}, and not one.`);
    return program;
}
function leadsOut({ name, type, linkname }) {
    if (isOutside(name))
        return true;
    if (type === 'symlink')
        return isOutside(linkname ?? '') || isOutside(external_node_path_.posix.join(external_node_path_.posix.dirname(name), linkname ?? ''));
    return type === 'link' && isOutside(linkname ?? '');
}
function isOutside(path) {
    return external_node_path_.posix.isAbsolute(path) || path.includes('\\') || path.includes('\0') || /^[A-Za-z]:/.test(path) || external_node_path_.posix.normalize(path).split('/')[0] === '..';
}
async function bytesOf(entry, what) {
    const chunks = [];
    let size = 0;
    for await (const chunk of entry) {
        size += chunk.length;
        if (size > LARGEST)
            throw new core_errors/* UserError */.yo(`The archive of ${what} unpacks to more than ${(0,core_size/* formatSize */.X)(LARGEST)}.`);
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

;// CONCATENATED MODULE: ./build/shared/scanners/install.js








// Of a file whose size is not pinned, bytes.
const install_LARGEST = 512 * 2 ** 20;
const ARCHIVE = 'archive';
/**
 * Installs a pinned release for this job alone. What is kept in the tool cache is the file as it was published, which is hashed again
 * each time before anything comes out of it: other jobs can write there.
 * @throws {UserError} when it cannot be had, or is not what is pinned.
 */
async function install(name, release, installing) {
    const artefact = pickArtefact(name, release, installing.platform);
    const what = `${name} ${release.version}`;
    const cached = await fromCache(name, release, artefact, installing);
    const bytes = cached ?? await fromRelease(what, artefact, installing);
    const program = artefact.member === undefined ? bytes : await memberOf(bytes, artefact.member, what);
    const folder = await (0,promises_.mkdtemp)((0,external_node_path_.join)(installing.temp, 'slipway-scanner-'));
    const path = (0,external_node_path_.join)(folder, name);
    await (0,promises_.writeFile)(path, program, { mode: 0o700, flag: 'wx' });
    if (cached === undefined)
        await keep(name, release, bytes, folder, installing);
    return { path, from: cached === undefined ? 'release' : 'tool cache' };
}
async function fromCache(name, { version }, artefact, { hasToolCache, log }) {
    if (!hasToolCache)
        return undefined;
    const { find } = await __webpack_require__.e(/* import() */ 289).then(__webpack_require__.bind(__webpack_require__, 4289));
    const folder = find(cacheName(name), version);
    if (folder === '')
        return undefined;
    const bytes = await (0,promises_.readFile)((0,external_node_path_.join)(folder, ARCHIVE)).catch(() => undefined);
    if (bytes !== undefined && digestOf(bytes) === artefact.sha256)
        return bytes;
    log.warning(`${name} ${version} in the tool cache is not what is pinned, and is not used: somebody else wrote there.`);
    return undefined;
}
async function fromRelease(what, { path, sha256, bytes: size }, { base, isOffline, downloading, log }) {
    if (isOffline)
        throw new core_errors/* UserError */.yo(`${what} is neither on PATH nor in the tool cache, and nothing may be downloaded.`);
    const url = new URL(base.replace(/\/+$/, '') + path);
    log.info(`Downloading ${url.href}`);
    const bytes = await download(url, size ?? install_LARGEST, downloading);
    const digest = digestOf(bytes);
    if (digest === sha256)
        return bytes;
    throw new core_errors/* UserError */.yo(`${what} is not what is pinned: ${url.href} has sha256 ${digest} (${(0,core_size/* formatSize */.X)(bytes.length)}), and pinned is ${sha256}${size === undefined ? '' : ` (${(0,core_size/* formatSize */.X)(size)})`}. Nothing of it was run. If it is damaged, run the job again; if it stays so, somebody changed the release or the mirror.`);
}
async function keep(name, { version }, bytes, folder, { hasToolCache, log }) {
    if (!hasToolCache)
        return;
    const { cacheFile } = await __webpack_require__.e(/* import() */ 289).then(__webpack_require__.bind(__webpack_require__, 4289));
    const source = (0,external_node_path_.join)(folder, ARCHIVE);
    try {
        await (0,promises_.writeFile)(source, bytes);
        await cacheFile(source, ARCHIVE, cacheName(name), version);
        await (0,promises_.rm)(source);
    }
    catch (error) {
        log.info(`${name} ${version} could not be kept in the tool cache: ${String(error)}`); // it is only slower the next time
    }
}
function cacheName(name) {
    return `slipway-${name}`;
}
function digestOf(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
}

;// CONCATENATED MODULE: ./build/shared/migrations/dbmate.js







/**
 * dbmate, for servers that lack it. The hash is that of the program in its npm package, and an unrelated project that checked the file of the release
 * recorded the same; script/scanner-pins compares it with the file. For another processor there is no such pair.
 */
const DBMATE = {
    version: '2.27.0', released: '2026-08-24',
    artefacts: {
        'linux-x64': { path: '/amacneil/dbmate/releases/download/v2.27.0/dbmate-linux-amd64', sha256: '5b8db597fbe58c7ae49a35fc16eacc6febb2f3b0e286c804b58142455fe6a106', bytes: 32_894_536 },
    },
};
const LOOK = 'PATH=$1/programs:$PATH; if command -v dbmate >/dev/null; then echo there; else uname -m; fi';
const PROCESSORS = { x86_64: 'linux-x64' };
/** Brings dbmate to a server that does not have it, into the service's folder. @throws {UserError} when it cannot be had for that machine. */
async function bringDbmate(server, work, installing, follow) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scripts_scriptCommand(LOOK, [work.state])));
    const machine = stdout.trim();
    if (code !== 0)
        throw new core_errors/* UserError */.yo(`${server.label} does not tell whether it has dbmate: ${stderr.trim()}`);
    if (machine === 'there')
        return;
    const platform = PROCESSORS[machine];
    if (platform === undefined)
        throw new core_errors/* UserError */.yo(`dbmate is not on the PATH of ${server.label}, and none is pinned for its processor, ${machine}. Install it there.`);
    follow.log.info(`dbmate is not on the PATH of ${server.label}, so it is brought along.`);
    const { path } = await install('dbmate', DBMATE, { ...installing, platform });
    const plan = planOf(work, plan_newPlanId(new Date()), {
        steps: [stepOf(work, 'bring', 'after', `Keeping dbmate ${DBMATE.version}`, 'mkdir -p "$STATE/programs" && durable "$HERE/dbmate" && mv "$HERE/dbmate" "$STATE/programs/dbmate"')],
    });
    await carry_out_carryOut(server, plan, [{ kind: 'file', path: 'dbmate', mode: 0o700, size: (0,external_node_fs_.statSync)(path).size, source: path }], follow);
}

// EXTERNAL MODULE: ./build/shared/migrations/options.js
var options = __webpack_require__(1514);
;// CONCATENATED MODULE: ./build/shared/migrations/recipe.js





const recipe_READ = 'for recipe in "$1"/migrations/*/recipe; do [ ! -f "$recipe" ] || { cat "$recipe" && echo; } || exit 1; done';
/** The recipe of some work, as one line. */
function recipeOf({ engine, setup, database, release, limits, timeout }) {
    const { password, ...open } = { password: undefined, ...database };
    return JSON.stringify({ format: 1, engine: engine.name, setup, database: open, hasPassword: password !== undefined, release, limits, timeout });
}
/** What the migrations of each database of a service were applied with last. @throws {UserError} when a password is needed and not given, or a newer version wrote it. */
async function recipe_worksOf(server, state, run, password) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scriptCommand(recipe_READ, [state.folder])));
    if (code !== 0)
        throw new UserError(`What was migrated on ${server.label} could not be read: ${stderr.trim()}`);
    return linesOf(stdout).map((line) => workOf(JSON.parse(line), state, run, password));
}
function workOf(recipe, state, run, password) {
    const { format, engine, setup, database, hasPassword, release, limits, timeout } = recipe;
    if (format !== 1)
        throw new UserError(`How ${database.name} was migrated is written in format ${String(format)}, which this version does not know. Use the version that wrote it.`);
    if (hasPassword && password === undefined)
        throw new UserError(`The migrations of ${database.name} were applied with a password, which is not kept on the server. Give it again (database-password).`);
    return {
        definition: state.definition, state: state.folder, generation: latestClaim(state.events)?.generation ?? 0, run, engine: engineOf(engine), setup,
        database: { ...database, ...(hasPassword && { password }) }, release, files: [], limits, timeout,
    };
}

;// CONCATENATED MODULE: ./build/shared/migrations/apply.js






const AFTER = ['after/state', 'after/status', 'after/difference', 'after/half', 'after/rows', 'times'];
/** The plan that applies or undoes migrations, one after the other, and looks after each. */
function planChange(work, decided, id = plan_newPlanId(new Date())) {
    const { what, migrations, calls, seen, irreversible, token } = decided;
    const names = migrations.map(({ name }) => name);
    const barrier = irreversible.length === 0 ? '' : `"irreversible":${JSON.stringify(irreversible)},${eventMembers(work, names, token)}`;
    const title = what === 'apply' ? 'Applying' : 'Undoing';
    return planOf(work, id, {
        calls,
        settings: { EXPECTED: seen.identity, BARRIER: barrier, MEMBERS: eventMembers(work, names, token), WHAT: what, TOKEN: token },
        steps: [
            stepOf(work, 'still-so', 'before', `Looking whether ${work.database.name} is still as it was`, 'still_so'),
            stepOf(work, 'free', 'before', 'Looking whether anybody is in the way', 'free_to_go'),
            stepOf(work, 'apply', 'act', `${title} ${names.length} ${names.length === 1 ? 'migration' : 'migrations'}`, 'apply_all'),
            ...(token === '' ? [] : [stepOf(work, 'compare', 'verify', 'Comparing the schema with that of the rehearsal', 'as_rehearsed')]),
            stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room'),
        ],
    });
}
/** Has the server carry out a change, and tells what it left, failed or not. */
async function apply_change(server, work, decided, follow) {
    const plan = planChange(work, decided);
    let failure;
    try {
        await carry_out_carryOut(server, plan, filesOf(work, decided.calls, [...entriesOf(decided), textEntry('recipe', recipeOf(work))]), follow);
    }
    catch (error) {
        if (!(error instanceof PlanFailed))
            throw error;
        failure = error;
    }
    return { plan: plan.id, left: await readLeft(server, work, plan.id), failure };
}
/** Where the server keeps all that the engine printed last. */
function outputFile(work) {
    return `${bookOf(work)}/output`;
}
function entriesOf({ what, seen, isHistoryAccepted, texts }) {
    if (what === 'undo')
        return [textEntry('named', texts)];
    const chain = isHistoryAccepted ? [] : parseChain(seen.chain);
    return [textEntry('named', texts), textEntry('chain', renderChain(nextChain(seen.status, chain, seen.hashes, isHistoryAccepted)))];
}
async function readLeft(server, { state, engine, setup }, plan) {
    const texts = await readTexts(server, `${state}/plans/${plan}`, AFTER);
    const found = texts.get('after/state')?.trim();
    if (found === undefined)
        return undefined;
    const lines = (path) => seen_linesOf(texts.get(path) ?? '');
    return {
        state: found, status: engine.parseStatus(texts.get('after/status') ?? '', setup), difference: lines('after/difference'), half: lines('after/half'), rows: lines('after/rows'),
        seconds: lines('times').map((line) => Number(line.split(' ')[1])),
    };
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/shared/runner/command-file.js
var command_file = __webpack_require__(9981);
;// CONCATENATED MODULE: ./build/shared/runner/surroundings.js



const PROXY_NAMES = ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
/** What the environment says. */
function surroundings(environment = process.env) {
    const { GITHUB_API_URL = 'https://api.github.com', GITHUB_SERVER_URL = 'https://github.com', RUNNER_TEMP, GITHUB_EVENT_PATH, GITHUB_REF_TYPE, GITHUB_REF = '' } = environment;
    const proxy = PROXY_NAMES.flatMap((name) => (environment[name] ? [[name, environment[name]]] : []));
    return {
        apiUrl: GITHUB_API_URL, serverUrl: GITHUB_SERVER_URL, temp: RUNNER_TEMP || (0,external_node_os_.tmpdir)(), event: readEvent(GITHUB_EVENT_PATH),
        isTag: GITHUB_REF_TYPE === 'tag' || GITHUB_REF.startsWith('refs/tags/'), proxy: Object.fromEntries(proxy),
    };
}
/** All variables of the job, for programs that are to see some of them; what was read as a secret is no longer among them. */
function jobEnvironment() {
    return { ...process.env };
}
/** What an earlier step of this job kept under a name; empty where none did. */
function keptForJob(name) {
    return process.env[name] ?? '';
}
/** Keeps a text for later steps of this job, where the runner has a file for that. */
function keepForJob(name, text) {
    appendValue(process.env['GITHUB_ENV'], name, text);
}
function readEvent(path) {
    try {
        const event = path === undefined ? {} : JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
        return typeof event === 'object' && event !== null ? event : {};
    }
    catch {
        return {}; // It is only a source of what would be nice to show.
    }
}

// EXTERNAL MODULE: ./build/shared/runner/connection-inputs.js
var connection_inputs = __webpack_require__(2405);
;// CONCATENATED MODULE: ./build/shared/system/ssh/target.js
/** The host as people say it: with its port only where that is not 22. */
function hostLabel(host, port) {
    return port === 22 ? host : `${bracketed(host)}:${port}`;
}
/** Host and port, always both: `web1:22`, `[::1]:2222`. */
function hostAndPort(host, port) {
    return `${bracketed(host)}:${port}`;
}
function bracketed(host) {
    return host.includes(':') ? `[${host}]` : host;
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/faults.js



// Each: what happened, to what, why, what to do. docs/connection-faults.md explains them at length; a test holds the two together.
const MESSAGES = {
    refused: (at) => `${place(at)} refused the connection: nothing listens there, or a firewall rejects it. Check ${input(at, 'host')} and ${input(at, 'port')}, and that sshd runs ("systemctl status ssh" on the server).`,
    'time-out': (at, limit) => `${place(at)} did not answer within ${limit}. Usually a firewall drops the packets, or the address is wrong. Check ${input(at, 'host')} and ${input(at, 'port')}, and that this runner's address may come in.`,
    silent: (at, limit) => `${place(at)} took the connection but did not finish the SSH greeting within ${limit}. The server is overloaded, or what listens on that port does not speak SSH. Check ${input(at, 'port')}, or raise connect-timeout.`,
    unreachable: (at) => `${place(at)} cannot be reached: there is no route to it from this runner. Check ${input(at, 'host')} and the network in between (VPN, private address).`,
    dns: (at) => `${at.host} has no address, so ${place(at)} cannot be reached. Check the spelling of ${input(at, 'host')}, and that its name is known outside your network.`,
    'dns-down': (at) => `The name server did not answer when asked for ${at.host}, so ${place(at)} cannot be reached. Try again, or give the address instead of the name in ${input(at, 'host')}.`,
    reset: (at) => `${place(at)} closed the connection before the log-in began. Something in between or a list of banned addresses (fail2ban, hosts.deny) turned it away, or sshd is just starting. Check the server's sshd log.`,
    crowded: (at, greeting) => `${place(at)} turned the connection away ("${greeting}"). It has too many log-ins under way, or punishes this address for failed ones. Raise MaxStartups or PerSourcePenalties in its sshd_config, or wait.`,
    'not-ssh': (at, greeting) => `${place(at)} answers, but not as an SSH server: it said "${greeting}". Check ${input(at, 'port')}: sshd's own port is wanted, usually 22.`,
    'no-common-algorithm': (at, what) => `${place(at)} and Slipway have no ${what} in common: the server is too old, or restricted. Allow a modern one in its sshd_config (host keys ssh-ed25519, ecdsa-sha2-*, rsa-sha2-*; ciphers aes-gcm, aes-ctr).`,
    handshake: (at, what) => `The SSH handshake with ${place(at)} failed: ${what}. Check the server's sshd log; a proxy in between may be changing the data.`,
    failed: (at, what) => `${place(at)} cannot be reached: ${what}. Check ${input(at, 'host')} and ${input(at, 'port')}.`,
    'host-key-unknown': (at, shown) => `The host key of ${place(at)} is not pinned, so it was refused and nothing was sent. ${shown}`,
    'host-key-changed': (at, shown) => `THE HOST KEY OF ${place(at)} HAS CHANGED, so it was refused and nothing was sent. Either the server was set up anew, or somebody is listening in between. ${shown}`,
    'host-key-wrong-type': (at, shown) => `The host key of ${place(at)} is of another type than the one pinned, so it was refused and nothing was sent. The server no longer has a key of the pinned type. ${shown}`,
    'host-key-revoked': (at, shown) => `The host key of ${place(at)} is marked @revoked in ${input(at, 'known-hosts')}, so it was refused and nothing was sent. Whoever uses it may have stolen it: give the server a new host key. ${shown}`,
    'host-key-authority': (at, shown) => `For ${place(at)} ${input(at, 'known-hosts')} has only a @cert-authority line, and certificates of hosts cannot be checked here. Pin the server's own key beside it. ${shown}`,
    'known-hosts-unreadable': (at, problem) => `${input(at, 'known-hosts')} for ${place(at)} cannot be read: ${problem}. Each line is "<host> <key type> <key>", as "ssh-keyscan" prints it; correct or remove it.`,
    'fingerprint-unreadable': (at, problem) => `${input(at, 'host-fingerprint')} for ${place(at)} cannot be read: ${problem}. Give what "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub" prints on the server: SHA256: and 43 characters.`,
    'no-key': (at) => `There is no key to log in to ${place(at)} with. Put a private key into ${input(at, 'ssh-key')}, or start an ssh-agent before this step (SSH_AUTH_SOCK).`,
    'key-unreadable': (at, problem) => `${input(at, 'ssh-key')} for ${place(at)} is not a readable private key: ${problem}. Paste the whole file, from its BEGIN line to its END line.`,
    'key-public': (at) => `${input(at, 'ssh-key')} for ${place(at)} is a public key; the private one is wanted. It is the file of the same name without ".pub", and begins with "-----BEGIN".`,
    'key-unsupported': (at, problem) => `${input(at, 'ssh-key')} for ${place(at)} cannot be used: ${problem}`,
    'passphrase-missing': (at) => `${input(at, 'ssh-key')} for ${place(at)} is encrypted, and there is no passphrase. Put it into ${input(at, 'ssh-passphrase')}, or use a key without one.`,
    'passphrase-wrong': (at) => `${input(at, 'ssh-passphrase')} does not open ${input(at, 'ssh-key')} for ${place(at)}. Check it with "ssh-keygen -y -f <key file>"; blanks and line ends around it count.`,
    'agent-failed': (at, problem) => `The ssh-agent failed while logging in to ${place(at)}: ${problem}. Check SSH_AUTH_SOCK ("ssh-add -l" must list the key), or give ${input(at, 'ssh-key')}.`,
    'agent-empty': (at) => `The ssh-agent holds no key to log in to ${place(at)} with. Add one with "ssh-add", or give ${input(at, 'ssh-key')}.`,
    'key-refused': (at, key) => `${place(at)} does not accept the key. ${key}`,
    'keys-not-accepted': (at, methods) => `${place(at)} lets nobody in by key, only by ${methods}. Set "PubkeyAuthentication yes" in its sshd_config.`,
    'second-factor': (at, methods) => `${place(at)} accepts the key but asks for more: ${methods}. Nobody is here to answer: exempt ${at.user} with "AuthenticationMethods publickey" in a Match User block of its sshd_config.`,
    'too-many-failures': (at) => `${place(at)} ended the log-in after too many refused keys (MaxAuthTries). The ssh-agent holds more keys than the server has patience for: give the right one in ${input(at, 'ssh-key')}.`,
    'login-closed': (at) => `${place(at)} closed the connection during the log-in. The account may be locked, expired or not in AllowUsers, or this address is banned. The server's sshd log ("journalctl -u ssh") says why.`,
    'login-time-out': (at, limit) => `${place(at)} did not decide about the key within ${limit}. Its user lookup (LDAP, PAM, DNS) may hang: set "UseDNS no" in its sshd_config, or raise connect-timeout.`,
    'jump-forbidden': (at) => `The jump host does not pass connections on to ${place(at)}. Allow it in the jump host's sshd_config (AllowTcpForwarding, PermitOpen), or drop the restriction of the key there.`,
    'jump-cannot-reach': (at, why) => `The jump host cannot reach ${place(at)}: ${why}. Check ${input(at, 'host')} and ${input(at, 'port')} as they are seen from the jump host, and its firewall.`,
};
/** Every kind of fault, for the documentation. */
const FAULT_KINDS = Object.keys(MESSAGES);
// Nothing of ours can have happened on the server yet, and the next attempt may well fare better.
const PASSING = ['refused', 'time-out', 'silent', 'unreachable', 'dns-down', 'reset', 'crowded', 'jump-cannot-reach'];
/** A connection that did not come to be, by the user's or the server's fault. */
class ConnectionFault extends core_errors/* UserError */.yo {
    kind;
    constructor(kind, message) {
        super(message);
        this.kind = kind;
    }
}
/** The fault of this kind, said of this server; `detail` is what the message needs beyond that, never a secret. */
function faults_faultOf(kind, at, detail = '') {
    const message = MESSAGES[kind](at, detail);
    return new ConnectionFault(kind, message.replace(/^the /, 'The '));
}
/** The fault of a refused host key: what was shown, what was expected, and the line to pin. `others` are further keys the server showed. */
function hostKeyFault(at, refusal, others = []) {
    const shown = [refusal, ...others].map((each) => `${each.type} ${each.fingerprint}`).join(', ');
    const expected = refusal.expected.length === 0 ? '' : ` Pinned: ${refusal.expected.join(', ')}.`;
    if (refusal.reason === 'revoked')
        return faults_faultOf('host-key-revoked', at, `Shown: ${shown}.`);
    const where = refusal.expected.length === 0 ? `add this line to ${input(at, 'known-hosts')}` : `pin this line in ${input(at, 'known-hosts')} instead`;
    const file = `/etc/ssh/ssh_host_${shortType(refusal.type)}_key.pub`;
    return faults_faultOf(`host-key-${refusal.reason}`, at, `Shown: ${shown}.${expected} If "ssh-keygen -lf ${file}" on the server itself prints the shown fingerprint, ${where}:\n${refusal.pin}`);
}
/** Whether trying again may help and cannot repeat anything. */
function isPassing(error) {
    return error instanceof ConnectionFault && PASSING.includes(error.kind);
}
/** The same fault, saying how often it was tried. */
function afterTries(fault, tries, tookMs) {
    return new ConnectionFault(fault.kind, `${fault.message} Tried ${tries} times in ${(0,duration/* formatDuration */.a3)(tookMs)}.`);
}
/** Server and user as a message names them: `web1:22 as deploy`, `the jump host gate:22 as ops`. */
function place(at) {
    return `${at.isJump ? 'the jump host ' : ''}${hostAndPort(at.host, at.port)} as ${at.user}`;
}
function input(at, name) {
    if (!at.isJump)
        return name;
    return ['host', 'port', 'user'].includes(name) ? 'jump-host' : `jump-${name}`;
}
function shortType(type) {
    return type.startsWith('ecdsa') ? 'ecdsa' : type.replace('ssh-', '');
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/wire.js
/** SSH's length-prefixed string. */
function packString(value) {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
}
/** The first `count` length-prefixed strings of a blob, or undefined when it is too short to hold them. */
function unpackStrings(blob, count) {
    const strings = [];
    let at = 0;
    while (strings.length < count) {
        if (at + 4 > blob.length)
            return undefined;
        const end = at + 4 + blob.readUInt32BE(at);
        if (end > blob.length)
            return undefined;
        strings.push(blob.subarray(at + 4, end));
        at = end;
    }
    return strings;
}
/** The type a public key names itself by, such as `ssh-ed25519`; empty when the blob is not a key. */
function keyTypeOf(publicKey) {
    return unpackStrings(publicKey, 1)?.[0]?.toString('latin1') ?? '';
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/known-hosts.js


const LONGEST_SHOWN = 40;
/** The lines of a known_hosts text, and those that are none. Comments and blank lines are left out. */
function parseKnownHosts(text) {
    const lines = [];
    const unreadable = [];
    // A text kept in an environment file often has its line ends written out as \n.
    for (const [index, raw] of text.replaceAll(/\\r\\n|\\n/g, '\n').split(/\r\n|\r|\n/).entries()) {
        const trimmed = raw.trim();
        if (trimmed === '' || trimmed.startsWith('#'))
            continue;
        const parsed = parseLine(trimmed, index + 1);
        if ('problem' in parsed)
            unreadable.push(parsed);
        else
            lines.push(parsed);
    }
    return { lines, unreadable };
}
/** The lines that speak of this host and port. As in OpenSSH, a line without a port serves other ports too when none names the port. */
function linesFor(lines, host, port) {
    const bareName = host.toLowerCase();
    const exactName = `[${bareName}]:${port}`;
    const candidates = lines.filter(({ hosts }) => !isExcluded(hosts, bareName) && !isExcluded(hosts, exactName));
    const bare = candidates.filter(({ hosts }) => isNamed(hosts, bareName));
    const exact = candidates.filter(({ hosts }) => isNamed(hosts, exactName));
    const hasOwn = port !== 22 && exact.some(({ marker }) => marker !== 'revoked');
    // What is revoked for the host is revoked on each of its ports.
    return [...exact, ...bare.filter((line) => !exact.includes(line) && (!hasOwn || line.marker === 'revoked'))];
}
/** The line that pins a key: `web1 ssh-ed25519 AAAA...`, or `[web1]:2222 ...` for another port than 22. */
function knownHostsLine(host, port, key) {
    return `${port === 22 ? host : `[${host}]:${port}`} ${keyTypeOf(key)} ${key.toString('base64')}`;
}
function parseLine(text, line) {
    const words = text.split(/\s+/);
    const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
    if (marker !== undefined && marker !== '@revoked' && marker !== '@cert-authority')
        return { line, problem: `the marker ${marker.slice(0, LONGEST_SHOWN)} is unknown` };
    const [hosts = '', type = '', encoded = ''] = words;
    if (keyTypeOf(Buffer.from(type, 'base64')) === hosts)
        return { line, problem: `it begins with the key: put the host's name before ${hosts}` };
    if (encoded === '')
        return { line, problem: 'it is not "<host> <key type> <key>"' };
    const key = Buffer.from(encoded, 'base64');
    if (keyTypeOf(key) !== type)
        return { line, problem: `its key is damaged or not of the type ${type.slice(0, LONGEST_SHOWN)}` };
    return { line, marker: marker === undefined ? 'none' : marker === '@revoked' ? 'revoked' : 'cert-authority', hosts, type, key };
}
function isNamed(hosts, name) {
    return hosts.startsWith('|1|') ? isHashOf(hosts, name) : patternsOf(hosts).some((pattern) => isMatch(pattern, name));
}
function isExcluded(hosts, name) {
    return patternsOf(hosts).some((pattern) => pattern.startsWith('!') && isMatch(pattern.slice(1), name));
}
function patternsOf(hosts) {
    return hosts.startsWith('|') ? [] : hosts.toLowerCase().split(',');
}
function isHashOf(hashed, name) {
    const [, , salt = '', hash = ''] = hashed.split('|');
    return (0,external_node_crypto_.createHmac)('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
}
function isMatch(pattern, name) {
    const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
    return new RegExp(`^${escaped}$`).test(name);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/host-keys.js



// The order of preference, and the signature algorithms of each type. SHA-1 signatures (ssh-rsa) are not accepted.
const ALGORITHMS = {
    'ssh-ed25519': ['ssh-ed25519'],
    'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
    'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
    'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
    'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
};
/** Every type of host key that can be checked, in the order of preference. */
const HOST_KEY_TYPES = Object.keys(ALGORITHMS);
/** SHA256 fingerprint of a public key as ssh-keygen prints it. */
function fingerprintOf(key) {
    return `SHA256:${(0,external_node_crypto_.createHash)('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}
/** A fingerprint in its one written form, from the forms people paste (a whole line of `ssh-keygen -l`, without the prefix); undefined when it is none. */
function normaliseFingerprint(text) {
    const [, digest] = /(?:^|\s)(?:SHA256:)?([A-Za-z0-9+/]{43})=?(?:\s|$)/.exec(text.trim()) ?? [];
    return digest === undefined ? undefined : `SHA256:${digest}`;
}
/** What is pinned for a host out of all known_hosts lines. */
function pinsFor(host, port, lines, fingerprints) {
    return { host, port, lines: linesFor(lines, host, port), fingerprints };
}
/** The algorithms of the given types, for the negotiation. */
function algorithmsOf(types) {
    return types.flatMap((type) => ALGORITHMS[type]);
}
/** All types, those pinned by a line first: the server follows our order, so it shows the key that is pinned if it has it. */
function preferredTypes(pins) {
    const pinned = new Set(pinnedLines(pins).map((line) => line.type));
    return [...HOST_KEY_TYPES.filter((type) => pinned.has(type)), ...HOST_KEY_TYPES.filter((type) => !pinned.has(type))];
}
/** Undefined when the key is pinned, else why it is refused. */
function judgeHostKey(pins, key) {
    const type = keyTypeOf(key);
    const fingerprint = fingerprintOf(key);
    const pinned = pinnedLines(pins);
    const isRevoked = pins.lines.some((line) => line.marker === 'revoked' && line.key.equals(key));
    if (!isRevoked && (pins.fingerprints.includes(fingerprint) || pinned.some((line) => line.key.equals(key))))
        return undefined;
    const expected = [...pinned.map((line) => `${line.type} ${fingerprintOf(line.key)} (line ${line.line})`), ...pins.fingerprints];
    return { reason: isRevoked ? 'revoked' : reasonFor(pins, type), type, fingerprint, pin: knownHostsLine(pins.host, pins.port, key), expected };
}
function reasonFor(pins, type) {
    const pinned = pinnedLines(pins);
    if (pins.fingerprints.length > 0 || pinned.some((line) => line.type === type))
        return 'changed';
    if (pinned.length > 0)
        return 'wrong-type';
    return pins.lines.some((line) => line.marker === 'cert-authority') ? 'authority' : 'unknown';
}
function pinnedLines(pins) {
    return pins.lines.filter((line) => line.marker === 'none');
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/line-state.js
/** The line dropped. What was under way may have happened, in part or wholly. */
class ConnectionLost extends Error {
    name = 'ConnectionLost';
    constructor({ label, why }) {
        super(`The connection to ${label} was lost${why === '' ? '' : ` (${why})`}.`);
    }
}
/** Keeps watch over a line. Closing it ourselves counts as lost too: whatever is still running is no longer followed. */
function watchLine(client, label, isLost) {
    const state = { label, isLost, why: '', roundTrip: 0 };
    client.on('error', (error) => {
        state.why ||= error.message;
    });
    client.once('close', () => {
        state.isLost = true;
    });
    return state;
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/tunnel.js


/** The server would not open a channel: `isForbidden` tells its rules from a peer that does not answer. */
class TunnelRefused extends core_errors/* UserError */.yo {
    isForbidden;
    why;
    constructor(label, to, isForbidden, why) {
        super(isForbidden
            ? `${label} does not allow connections to ${to} through SSH. Allow them in its sshd_config (AllowTcpForwarding, AllowStreamLocalForwarding, PermitOpen).`
            : `${label} could not connect to ${to}: ${why}. Check that something listens there, that the user may use it, and that sshd allows it (AllowStreamLocalForwarding for sockets).`);
        this.isForbidden = isForbidden;
        this.why = why;
    }
}
/** A stream to a unix socket on the server. @throws {TunnelRefused} {ConnectionLost} */
function openSocket(client, state, path) {
    // sshd gives the same answer for a socket that is not there and for one it forbids.
    return openTunnel(state, path, (done) => client.openssh_forwardOutStreamLocal(path, done));
}
/** A stream to a TCP port as the server reaches it. @throws {TunnelRefused} {ConnectionLost} */
function openPort(client, state, host, port) {
    return openTunnel(state, `${host}:${port}`, (done) => client.forwardOut('127.0.0.1', 0, host, port, done));
}
const FORBIDDEN = 1; // SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, RFC 4254 section 5.1
function openTunnel(state, to, open) {
    return new Promise((resolve, reject) => {
        if (state.isLost)
            throw new ConnectionLost(state);
        open((error, channel) => {
            if (!error)
                return resolve(channel);
            const { reason } = error;
            const why = (0,core_errors/* messageOf */.bD)(error).replace('(SSH) Channel open failure: ', '');
            reject(state.isLost ? new ConnectionLost(state) : new TunnelRefused(state.label, to, reason === FORBIDDEN, why));
        });
    });
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/jump.js





/**
 * The way to a server through its jump host, opened within `limit` ms; the jump host itself may wait for minutes.
 * @throws {ConnectionFault} when it cannot or may not lead there.
 */
async function reachThrough(jump, at, limit, signal) {
    const opening = jump.openPort(at.host, at.port);
    const given = Promise.withResolvers();
    const abort = () => given.reject(signal?.reason);
    const timer = setTimeout(() => given.reject(faults_faultOf('jump-cannot-reach', at, `it did not answer within ${(0,duration/* formatDuration */.a3)(limit)}`)), limit);
    signal?.addEventListener('abort', abort);
    try {
        return await Promise.race([opening, given.promise]);
    }
    catch (error) {
        opening.then((late) => late.destroy(), () => { });
        throw jumpFault(error, at);
    }
    finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', abort);
    }
}
function jumpFault(error, at) {
    if (error instanceof TunnelRefused)
        return error.isForbidden ? faults_faultOf('jump-forbidden', at) : faults_faultOf('jump-cannot-reach', at, error.why);
    if (error instanceof ConnectionLost)
        return faults_faultOf('failed', at, (0,core_errors/* messageOf */.bD)(error));
    return error;
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/module-folder.js
// ssh2 asks for __dirname, which a bundle in ESM form does not have; imported before ssh2 is loaded.
globalThis.__dirname ??= import.meta.dirname;


// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
;// CONCATENATED MODULE: ./build/shared/system/ssh/progress.js



const GREETING_LIMIT = 2_048;
/** Notes when the transport stands and what the server says first. To be called after ssh2 took the transport, which it has paused. */
function watchGreeting(transport, progress) {
    transport.once('connect', () => {
        progress.stage = 'greeting';
    });
    const note = (chunk) => {
        progress.greeting = (progress.greeting + chunk.toString('latin1')).slice(0, GREETING_LIMIT);
        const isSsh = /^SSH-/m.test(progress.greeting);
        if (isSsh)
            progress.stage = 'handshake';
        if (isSsh || progress.greeting.length === GREETING_LIMIT)
            transport.off('data', note);
    };
    transport.on('data', note);
}
/** The fault that a failed attempt shows, by how far it came and what went wrong. */
async function faultAt(progress, error, at, login, limitMs) {
    const limit = (0,duration/* formatDuration */.a3)(limitMs);
    const isTimeOut = error.level === 'client-timeout';
    if (progress.stage === 'reaching')
        return isTimeOut ? faults_faultOf('time-out', at, limit) : reachingFault(error, at);
    if (progress.stage === 'login')
        return isTimeOut ? faults_faultOf('login-time-out', at, limit) : loginFault(progress, error, at, login);
    if (isTimeOut)
        return faults_faultOf('silent', at, limit);
    return progress.stage === 'greeting' ? greetingFault(progress, at) : handshakeFault(error, at);
}
function reachingFault(error, at) {
    switch (error.code) {
        case 'ECONNREFUSED': return faults_faultOf('refused', at);
        case 'ETIMEDOUT': return faults_faultOf('time-out', at, "the system's own limit");
        case 'ENOTFOUND': return faults_faultOf('dns', at);
        case 'EAI_AGAIN': return faults_faultOf('dns-down', at);
        case 'EHOSTUNREACH':
        case 'ENETUNREACH': return faults_faultOf('unreachable', at);
        case 'ECONNRESET': return faults_faultOf('reset', at);
        default: return faults_faultOf('failed', at, (0,core_errors/* messageOf */.bD)(error));
    }
}
function greetingFault({ greeting }, at) {
    const said = printable(greeting);
    if (said === '')
        return faults_faultOf('reset', at);
    // OpenSSH says so in plain text when it drops a connection unheard.
    return faults_faultOf(/Exceeded MaxStartups|Not allowed at this time/.test(said) ? 'crowded' : 'not-ssh', at, said);
}
function handshakeFault(error, at) {
    const message = (0,core_errors/* messageOf */.bD)(error);
    const [, missing] = /no matching (.+)/.exec(message) ?? [];
    if (missing !== undefined)
        return faults_faultOf('no-common-algorithm', at, missing.replace('host key format', 'type of host key').replace(/^[CS]->[CS] /, ''));
    const isCut = error.code === 'ECONNRESET' || message === CLOSED;
    return isCut ? faults_faultOf('reset', at) : faults_faultOf('handshake', at, printable(message));
}
async function loginFault({ methods, isPartlyIn }, error, at, login) {
    const { level } = error;
    const message = (0,core_errors/* messageOf */.bD)(error);
    if (level === 'agent')
        return faults_faultOf('agent-failed', at, `${message} at ${login.agent}`);
    if (/too many authentication failures/i.test(message))
        return faults_faultOf('too-many-failures', at);
    if (level !== 'client-authentication')
        return faults_faultOf('login-closed', at);
    if (isPartlyIn)
        return faults_faultOf('second-factor', at, methods.join(', '));
    if (methods.length > 0 && !methods.includes('publickey'))
        return faults_faultOf('keys-not-accepted', at, methods.join(', '));
    return login.refused(at);
}
/** What is said of a line that closed before the log-in was done, where nothing says why. */
const CLOSED = 'No response from server';
function printable(text) {
    return text.replaceAll(/[^\x20-\x7e]+/g, ' ').trim().slice(0, 80);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/quick-packets.js

/**
 * Hands what is written in one turn to the system in one call: ssh2 writes a packet in three parts, and the first, of 4 bytes, would travel by itself.
 * Only for sockets; elsewhere parts are not written together anyway.
 */
function writeTogether(socket) {
    const write = socket.write.bind(socket);
    socket.write = (...given) => {
        if (socket.writableCorked === 0) {
            socket.cork();
            process.nextTick(() => socket.uncork());
        }
        return write(...given);
    };
}
/**
 * Keeps the keys of AES-GCM ready from one packet to the next: ssh2 makes a cipher for each and gives it bytes, of which Node each time finds out
 * by two errors, thrown and caught, that they are no key object. That is a third of what sending takes.
 */
function keepKeysReady(client) {
    client.on('handshake', () => {
        const { _cipher: sealing, _decipher: opening } = client._protocol ?? {};
        if (Buffer.isBuffer(sealing?._encKey))
            sealing._encKey = (0,external_node_crypto_.createSecretKey)(sealing._encKey);
        if (Buffer.isBuffer(opening?._decipherKey))
            opening._decipherKey = (0,external_node_crypto_.createSecretKey)(opening._decipherKey);
    });
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/line.js





/** A TCP connection, perhaps still in the making. Without TCP_NODELAY each command waits for the peer's delayed acknowledgement: 250 ms for the first. */
function dialDirectly({ host, port }) {
    const socket = (0,external_node_net_.connect)({ host, port, noDelay: true });
    socket.on('error', () => { }); // it may fail before anybody attends to it; openLine looks
    writeTogether(socket);
    return socket;
}
/**
 * One attempt, offering these types of host key in this order. Returns the refusal when the server's key is not pinned.
 * @throws {ConnectionFault} for every other failure; the reason of the signal when it was aborted.
 */
async function openLine(attempt, types) {
    const { at, login, signal } = attempt;
    signal?.throwIfAborted();
    const transport = await attempt.reach();
    const progress = { stage: 'reaching', greeting: '', methods: [], isPartlyIn: false };
    const abort = () => void transport.destroy();
    signal?.addEventListener('abort', abort);
    const seen = {};
    try {
        // Only now, so that the server is being called meanwhile. Only the client: with its server, SFTP's tools and agents for HTTP, loading ssh2 takes half as long again.
        const { default: SshClient } = await Promise.all(/* import() */[__webpack_require__.e(789), __webpack_require__.e(849), __webpack_require__.e(297)]).then(__webpack_require__.t.bind(__webpack_require__, 6297, 19));
        if (transport.errored)
            throw transport.errored;
        if (transport.connecting !== true)
            progress.stage = 'greeting';
        return { client: await logIn(new SshClient(), transport, attempt, types, progress, seen), transport };
    }
    catch (error) {
        transport.destroy();
        signal?.throwIfAborted();
        if (seen.refusal !== undefined)
            return seen.refusal;
        throw await faultAt(progress, error, at, login, attempt.limit);
    }
    finally {
        signal?.removeEventListener('abort', abort);
    }
}
async function logIn(client, transport, attempt, types, progress, seen) {
    const ready = Promise.withResolvers();
    // The first listener stays: an error without one would end the process.
    client.on('error', ready.reject).once('ready', ready.resolve).once('close', () => ready.reject(new Error(CLOSED)));
    client.once('handshake', () => {
        progress.stage = 'login';
    });
    keepKeysReady(client);
    client.connect({
        sock: transport, // typed as a Readable, used as a Duplex
        username: attempt.at.user,
        readyTimeout: attempt.limit,
        keepaliveInterval: attempt.keepalive,
        keepaliveCountMax: 3,
        strictVendor: false,
        algorithms: { serverHostKey: algorithmsOf(types) },
        authHandler: inTurn(attempt.login, progress),
        hostVerifier: (key) => {
            const refusal = judgeHostKey(attempt.pins, key);
            if (refusal !== undefined)
                seen.refusal = refusal;
            return refusal === undefined;
        },
    });
    watchGreeting(transport, progress);
    await ready.promise;
    return client;
}
// Only ours: asking for "none" first, as ssh2 does by itself, costs a round trip.
function inTurn(login, progress) {
    const untried = [...login.methods];
    return (offered, isPartial) => {
        progress.methods = offered ?? [];
        progress.isPartlyIn = isPartial ?? false;
        return untried.shift() ?? false;
    };
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/key-text.js
/**
 * The key in a pasted text. Carriage returns, a missing last line end, blanks around lines, quotes, line ends written as `\n` or
 * turned into blanks, and a base64 layer around the whole are mended, because secrets lose their shape on the way into a store.
 */
function readKeyBlock(pasted) {
    const text = unpasted(pasted);
    const [, label = '', content = ''] = /-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----(.*?)-----END \1-----/s.exec(text) ?? [];
    if (label === '')
        return notAKey(text);
    const [, header = '', rest = content] = /^\s*Proc-Type:\s*4,ENCRYPTED\s+DEK-Info:\s*([A-Z0-9-]+,[0-9A-Fa-f]+)\s(.*)$/s.exec(content) ?? [];
    const body = rest.replaceAll(/\s/g, '');
    if (!/^[A-Za-z0-9+/]+=*$/.test(body))
        return { kind: 'key-unreadable', problem: 'there are characters in it that no key has' };
    return { label, header, body };
}
/** The block in its canonical form: lines of 64 characters, each ended. */
function formatKeyBlock({ label, header, body }) {
    const head = header === '' ? '' : `Proc-Type: 4,ENCRYPTED\nDEK-Info: ${header}\n\n`;
    return `-----BEGIN ${label}-----\n${head}${body.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END ${label}-----\n`;
}
function unpasted(pasted) {
    const text = pasted.replace(/^\uFEFF/, '').replaceAll(/\\r\\n|\\n|\\r/g, '\n').trim();
    return text.startsWith('LS0tLS1CRUdJTi') ? Buffer.from(text, 'base64').toString('latin1') : text;
}
function notAKey(text) {
    const unreadable = (problem) => ({ kind: 'key-unreadable', problem });
    const unsupported = (problem) => ({ kind: 'key-unsupported', problem });
    if (text === '')
        return unreadable('it is empty');
    if (/-cert-v01@openssh\.com/.test(text))
        return unsupported('it is a user certificate. Give the private key that it belongs to, and put its public key into authorized_keys on the server.');
    if (/^(?:ssh-|ecdsa-|sk-)\S+\s+AAAA/.test(text) || /-----BEGIN [A-Z0-9 ]*PUBLIC KEY-----/.test(text))
        return { kind: 'key-public', problem: '' };
    if (text.startsWith('PuTTY-User-Key-File-'))
        return unsupported('it is in PuTTY\'s format. Convert it with "puttygen key.ppk -O private-openssh -o key".');
    if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text))
        return unreadable('its END line is missing, so it was cut off while it was copied');
    if (/-----END [A-Z0-9 ]*PRIVATE KEY-----/.test(text))
        return unreadable('its BEGIN line is missing');
    if (/-----BEGIN /.test(text))
        return unreadable('it is another kind of PEM file');
    if (/^[~./][^\s]*$/.test(text))
        return unreadable('it looks like the path of a file, and the text of the key itself is wanted');
    return unreadable('it has no BEGIN line');
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/openssh-key.js

const MAGIC = 'openssh-key-v1\0';
/** The readable part of a key in OpenSSH's format, or undefined when it is damaged. */
function readOpenSshHeader(blob) {
    if (blob.subarray(0, MAGIC.length).toString('latin1') !== MAGIC)
        return undefined;
    const rest = blob.subarray(MAGIC.length);
    const [cipher, kdf, options] = unpackStrings(rest, 3) ?? [];
    if (cipher === undefined || kdf === undefined || options === undefined)
        return undefined;
    const keys = rest.subarray(12 + cipher.length + kdf.length + options.length + 4);
    const [publicKey] = unpackStrings(keys, 1) ?? [];
    return publicKey === undefined ? undefined : { cipher: cipher.toString('latin1'), type: keyTypeOf(publicKey) };
}
/** An ed25519 key (seed and public part, 32 bytes each) in OpenSSH's format, base64, not encrypted: the only form of it that ssh2 reads. */
function packEd25519(seed, point) {
    const publicKey = Buffer.concat([packString('ssh-ed25519'), packString(point)]);
    const check = Buffer.alloc(8); // two equal numbers: a sign of the right passphrase, which this key does not have
    const content = Buffer.concat([check, publicKey, packString(Buffer.concat([seed, point])), packString('')]);
    const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7].slice(0, (8 - (content.length % 8)) % 8));
    const one = Buffer.from([0, 0, 0, 1]);
    return Buffer.concat([Buffer.from(MAGIC), packString('none'), packString('none'), packString(''), one, packString(publicKey), packString(Buffer.concat([content, padding]))]).toString('base64');
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/private-key.js




const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
/**
 * The private key, ready to sign with: ed25519, ECDSA or RSA in OpenSSH's format, PKCS1, SEC1 or PKCS8, encrypted or not.
 * @throws {ConnectionFault} saying what is wrong with the key or its passphrase, never quoting either.
 */
function readPrivateKey(at, key, passphrase, parse) {
    const block = readKeyBlock(key.reveal());
    if ('kind' in block)
        throw faults_faultOf(block.kind, at, block.problem);
    const phrase = passphrase?.reveal() || undefined;
    return block.label.startsWith('OPENSSH') ? readOpenSsh(at, block, phrase, parse) : readPem(at, block, phrase, parse);
}
function readOpenSsh(at, block, passphrase, parse) {
    const header = readOpenSshHeader(Buffer.from(block.body, 'base64'));
    if (header === undefined)
        throw damaged(at);
    const { cipher, type } = header;
    if (type.startsWith('sk-'))
        throw unsupported(at, `it lives on a security key (${type}), which must be touched. Make one for deployments with "ssh-keygen -t ed25519", or forward an ssh-agent.`);
    if (type === 'ssh-dss')
        throw unsupported(at, dsaAdvice);
    if (cipher.startsWith('chacha20'))
        throw unsupported(at, `it is encrypted with ${cipher}. Encrypt it anew with "ssh-keygen -p -Z aes256-ctr -f <key file>".`);
    if (cipher !== 'none' && passphrase === undefined)
        throw faults_faultOf('passphrase-missing', at);
    const parsed = parse(formatKeyBlock(block), passphrase);
    if ('getPublicSSH' in parsed)
        return parsed;
    if (/^Unsupported (?:OpenSSH|cipher|kdf)/.test(parsed.message))
        throw unsupported(at, `${parsed.message}. Make one with "ssh-keygen -t ed25519".`);
    // "Malformed" is said of the outer form only; a wrong passphrase shows as nonsense inside.
    throw cipher === 'none' || parsed.message.startsWith('Malformed') ? damaged(at) : faults_faultOf('passphrase-wrong', at);
}
function readPem(at, block, passphrase, parse) {
    if (block.label.startsWith('DSA'))
        throw unsupported(at, dsaAdvice);
    const isEncrypted = block.header !== '' || block.label.startsWith('ENCRYPTED');
    if (isEncrypted && passphrase === undefined)
        throw faults_faultOf('passphrase-missing', at);
    const parsed = parse(portable(at, private_key_open(at, block, isEncrypted ? passphrase : undefined)));
    if ('getPublicSSH' in parsed)
        return parsed;
    throw damaged(at);
}
function private_key_open(at, block, passphrase) {
    try {
        return (0,external_node_crypto_.createPrivateKey)({ key: formatKeyBlock(block), ...(passphrase === undefined ? {} : { passphrase }) });
    }
    catch {
        throw passphrase === undefined ? damaged(at) : faults_faultOf('passphrase-wrong', at);
    }
}
// ssh2 reads neither PKCS8 nor most ciphers of encrypted PEM files; Node reads them all and writes what ssh2 reads.
function portable(at, key) {
    const type = key.asymmetricKeyType;
    if (type === 'rsa')
        return key.export({ type: 'pkcs1', format: 'pem' }).toString();
    if (type === 'ed25519') {
        const { d = '', x = '' } = key.export({ format: 'jwk' });
        return formatKeyBlock({ label: 'OPENSSH PRIVATE KEY', header: '', body: packEd25519(Buffer.from(d, 'base64url'), Buffer.from(x, 'base64url')) });
    }
    const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
    if (type === 'ec' && CURVES.includes(curve))
        return key.export({ type: 'sec1', format: 'pem' }).toString();
    throw unsupported(at, type === 'dsa' ? dsaAdvice : `it is a key of the type ${[type, curve].filter(Boolean).join(' ')}, which SSH does not use. Make one with "ssh-keygen -t ed25519".`);
}
const dsaAdvice = 'it is a DSA key, which no server accepts any more. Make one with "ssh-keygen -t ed25519".';
function damaged(at) {
    return faults_faultOf('key-unreadable', at, 'its content is damaged or incomplete');
}
function unsupported(at, problem) {
    return faults_faultOf('key-unsupported', at, problem);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/login.js





/** The login of a target, its key read and opened. @throws {ConnectionFault} when there is neither key nor agent, or the key is no good. */
async function prepareLogin(target, at) {
    if (target.key !== undefined) {
        const { default: { parseKey } } = await __webpack_require__.e(/* import() */ 789).then(__webpack_require__.t.bind(__webpack_require__, 1789, 19));
        const key = readPrivateKey(at, target.key, target.passphrase, parseKey);
        return { methods: signersOf(key).map((signer) => ({ type: 'publickey', username: at.user, key: signer })), refused: async () => faults_faultOf('key-refused', at, adviceFor(at, key)) };
    }
    if (target.agent === undefined || target.agent === '')
        throw faults_faultOf('no-key', at);
    const { createAgent } = await Promise.all(/* import() */[__webpack_require__.e(789), __webpack_require__.e(849)]).then(__webpack_require__.t.bind(__webpack_require__, 3849, 19));
    const agent = createAgent(target.agent);
    const keys = () => new Promise((resolve) => agent.getIdentities((error, found) => resolve(error ? [] : (found ?? []).filter((key) => typeof key === 'object' && 'getPublicSSH' in key))));
    return { methods: [{ type: 'agent', username: at.user, agent }], agent: target.agent, refused: async () => agentFault(at, await keys()) };
}
// ssh2 by itself offers RSA with SHA-256 alone (SHA-1 to servers that know no better), but a server may insist on SHA-512.
function signersOf(key) {
    if (key.type !== 'ssh-rsa')
        return [key];
    const sha512 = Object.assign(Object.create(key), { type: 'rsa-sha2-512', sign: (content) => key.sign(content, 'sha512') });
    return [sha512, key];
}
function agentFault(at, keys) {
    const [first, ...others] = keys;
    if (first === undefined)
        return faults_faultOf('agent-empty', at);
    if (others.length === 0)
        return faults_faultOf('key-refused', at, adviceFor(at, first));
    return faults_faultOf('key-refused', at, `The ssh-agent offered ${keys.map(describe).join(', ')}. ${causes(at)}`);
}
function adviceFor(at, key) {
    return `Offered: ${describe(key)}. ${causes(at)} The line that lets it in:\n${key.type} ${key.getPublicSSH().toString('base64')}`;
}
function causes(at) {
    return `Either it is not in the authorized_keys of ${at.user} on ${hostLabel(at.host, at.port)}, or user is wrong, or sshd ignores that file because others may write to it or its folders ("chmod go-w ~ ~/.ssh ~/.ssh/authorized_keys").`;
}
function describe(key) {
    return `${key.type} ${fingerprintOf(key.getPublicSSH())}`;
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/happens.js
/** Resolves at the next event of this name. Unlike `once` of node:events it never rejects at an `error` event. */
function happens(emitter, event) {
    return new Promise((resolve) => void emitter.once(event, () => resolve()));
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/output.js
const KEPT = 1_048_576;
/**
 * Listens to a stream at once. With a handler each chunk goes there (its faults to `fail`) and nothing is kept;
 * without one the returned function gives the last MiB as text.
 */
function gather(stream, handler, fail) {
    const chunks = [];
    let size = 0;
    const keep = (chunk) => {
        chunks.push(chunk);
        size += chunk.length;
        while (size - (chunks[0]?.length ?? 0) >= KEPT)
            size -= chunks.shift()?.length ?? 0;
    };
    stream.on('data', (chunk) => {
        try {
            (handler ?? keep)(chunk);
        }
        catch (error) {
            fail(error); // thrown into ssh2 it would end the whole connection
        }
    });
    return () => textOf(Buffer.concat(chunks), size > KEPT);
}
function textOf(bytes, isCut) {
    if (!isCut)
        return bytes.toString();
    let start = bytes.length - KEPT;
    while (((bytes[start] ?? 0) & 0xc0) === 0x80)
        start += 1; // not in the middle of a character
    return bytes.subarray(start).toString();
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/exec.js






/**
 * Runs one command line.
 * @throws {ConnectionLost} when the line drops before the command was seen to end.
 */
function exec(client, state, command, options) {
    const feed = feedOf(options.stdin);
    // Derived, because one signal may serve many commands at once, and more than ten listeners on it look like a leak.
    const signal = options.signal && AbortSignal.any([options.signal]);
    return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        signal?.addEventListener('abort', () => reject(signal.reason));
        if (state.isLost)
            throw new ConnectionLost(state);
        const asked = performance.now();
        client.exec(command, (error, channel) => {
            if (error)
                return reject(state.isLost ? new ConnectionLost(state) : new core_errors/* UserError */.yo(refusalOf(state.label, error)));
            measure(state, performance.now() - asked);
            if (signal?.aborted)
                channel.close();
            signal?.addEventListener('abort', () => channel.close());
            // At once, not in a later microtask: a short command's last words may be in the same packet.
            attend(channel, feed, state, options).then(resolve, reject);
        });
    }).finally(() => feed.destroy());
}
// The channel is opened, then the command is asked for: two round trips.
function measure(state, took) {
    state.roundTrip = Math.min(state.roundTrip || Infinity, took / 2);
}
async function attend(channel, feed, state, options) {
    const failed = Promise.withResolvers();
    const fail = (error) => {
        failed.reject(error);
        channel.close();
    };
    const stdout = gather(channel, options.onOutput, fail);
    const stderr = gather(channel.stderr, options.onError, fail);
    const ended = endOf(channel);
    pump(feed, channel, ended).catch(fail);
    const code = await Promise.race([ended, failed.promise]);
    if (code === undefined || state.isLost)
        throw new ConnectionLost(state);
    return { code, stdout: stdout(), stderr: stderr() };
}
// Settles when both streams were read to their end; undefined when the channel closed without saying how the command ended.
async function endOf(channel) {
    let code;
    channel.once('exit', (status, signal) => {
        code = status ?? 128 + (external_node_os_.constants.signals[signal] ?? 127);
    });
    channel.on('error', () => { }); // writing to a command that has ended is no fault; its exit status says what happened
    await Promise.all([happens(channel, 'close'), happens(channel.stderr, 'close')]);
    return code;
}
// Read from the first moment on: a child process that ends before the channel is open would take its unread output with it.
function feedOf(stdin) {
    const source = stdin instanceof external_node_stream_.Readable ? stdin : external_node_stream_.Readable.from(stdin === undefined || stdin.length === 0 ? [] : [Buffer.from(stdin)], { objectMode: false });
    const feed = new external_node_stream_.PassThrough();
    feed.on('error', () => { }); // the pump sees it, if it is still at work
    (0,external_node_stream_.pipeline)(source, feed, () => { });
    return feed;
}
// By hand, because the channel never calls back for what is written after the command has closed it, and a pipeline would wait for ever.
async function pump(feed, channel, ended) {
    let isOver = false;
    const over = ended.then(() => {
        isOver = true;
        feed.destroy();
    });
    try {
        for await (const chunk of feed) {
            if (isOver || !channel.writable)
                return;
            if (!channel.write(chunk))
                await Promise.race([happens(channel, 'drain'), over]);
        }
        if (!isOver)
            channel.end();
    }
    catch (error) {
        if (!isOver)
            throw error;
    }
}
function refusalOf(label, error) {
    return `${label} refused to run a command: ${(0,core_errors/* messageOf */.bD)(error)}. Its sshd may limit sessions (MaxSessions), or the key may be restricted in authorized_keys.`;
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/session.js




const GOODBYE_LIMIT = 1_000;
/** The connection over a logged-in line; `release` closes what it rests on (the jump host). */
function connectionOver({ client, transport }, label, release) {
    const state = watchLine(client, label, transport.destroyed);
    const closed = state.isLost ? Promise.resolve() : happens(client, 'close');
    void closed.then(release);
    const close = () => {
        client.end();
        // A server that is gone answers no goodbye, and its open socket would keep the process alive.
        const timer = setTimeout(() => transport.destroy(), GOODBYE_LIMIT).unref();
        void closed.then(() => clearTimeout(timer));
    };
    return {
        label,
        exec: (command, options = {}) => exec(client, state, command, options),
        roundTrip: () => state.roundTrip,
        openSocket: (path) => openSocket(client, state, path),
        openPort: (host, port) => openPort(client, state, host, port),
        close,
        async [Symbol.asyncDispose]() {
            close();
            await closed;
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/connection.js











const PACE = { keepalive: 10_000, backOff: 1_000 };
const LONGEST_PAUSE = 15_000;
const PROBLEMS_SHOWN = 5;
/**
 * Logs in, through the jump hosts if there are any. Tries again, waiting longer each time, only where the server could not be reached: never once a log-in has begun.
 * @throws {ConnectionFault} with its own message for every fault; the signal's reason when it is aborted.
 */
function connect(target, log, signal, pace = PACE) {
    // Derived, because a fleet connects at once, and more than ten listeners on one signal look like a leak.
    return connectParty(target, false, log, signal && AbortSignal.any([signal]), pace);
}
async function connectParty(target, isJump, log, signal, pace) {
    const at = { host: target.host, port: target.port, user: target.user, isJump };
    const pins = readPins(target, at);
    // The server is called while ssh2 is loaded and the key read; a key that is no good hangs up before a word was said.
    const early = target.jump === undefined ? [dialDirectly(at)] : [];
    const login = await prepareLogin(target, at).catch(hangUp(early));
    const jump = target.jump === undefined ? undefined : await connectParty(target.jump, true, log, signal, pace);
    const limit = target.connectTimeout;
    const reach = jump === undefined ? async () => early.pop() ?? dialDirectly(at) : () => reachThrough(jump, at, limit, signal);
    const attempt = { at, login, pins, limit, keepalive: pace.keepalive, signal, reach };
    try {
        const line = await withRetries(() => openPinnedLine(attempt), target.connectRetries, pace, log, signal);
        log.info(`Connected to ${place(at)}.`);
        return connectionOver(line, hostLabel(at.host, at.port), () => jump?.close());
    }
    catch (error) {
        jump?.close();
        return hangUp(early)(error);
    }
}
function hangUp(sockets) {
    return (reason) => {
        for (const socket of sockets)
            socket.destroy();
        throw reason;
    };
}
function readPins({ host, port, hostKeys }, at) {
    const { lines, unreadable } = parseKnownHosts(hostKeys.knownHosts);
    if (unreadable.length > 0)
        throw faults_faultOf('known-hosts-unreadable', at, listed(unreadable.map(({ line, problem }) => `line ${line}: ${problem}`)));
    const given = hostKeys.fingerprints.filter((text) => text.trim() !== '');
    const fingerprints = given.map(normaliseFingerprint).filter((text) => text !== undefined);
    const bad = given.findIndex((text) => normaliseFingerprint(text) === undefined);
    if (bad >= 0)
        throw faults_faultOf('fingerprint-unreadable', at, `number ${bad + 1} is not a SHA256 fingerprint`);
    return pinsFor(host, port, lines, fingerprints);
}
function listed(problems) {
    const left = problems.length - PROBLEMS_SHOWN;
    return [...problems.slice(0, PROBLEMS_SHOWN), ...(left > 0 ? [`and ${left} more`] : [])].join('; ');
}
// A fingerprint does not tell its key's type, and a server shows one key only: if that is not it, the server is asked for its other types one by one.
async function openPinnedLine(attempt) {
    const first = await openLine(attempt, preferredTypes(attempt.pins));
    if ('client' in first)
        return first;
    const others = [];
    const isWorthAsking = attempt.pins.fingerprints.length > 0 && first.reason !== 'revoked';
    for (const type of isWorthAsking ? HOST_KEY_TYPES.filter((each) => each !== first.type) : []) {
        const outcome = await openLine(attempt, [type]).catch(unlessAbsent);
        if (outcome === undefined)
            continue;
        if ('client' in outcome)
            return outcome;
        others.push(outcome);
    }
    throw hostKeyFault(attempt.at, first, others);
}
function unlessAbsent(error) {
    if (error.kind !== 'no-common-algorithm')
        throw error;
}
async function withRetries(attempt, retries, pace, log, signal) {
    const began = performance.now();
    for (let tries = 1;; tries += 1) {
        try {
            return await attempt();
        }
        catch (error) {
            if (!isPassing(error))
                throw error;
            if (tries > retries)
                throw tries === 1 ? error : afterTries(error, tries, performance.now() - began);
            const wait = Math.min(pace.backOff * 2 ** (tries - 1), LONGEST_PAUSE);
            log.info(`${error.message} Trying again in ${(0,duration/* formatDuration */.a3)(wait)} (${tries} of ${retries}).`);
            await (0,external_node_timers_promises_.setTimeout)(wait, undefined, { signal }).catch(() => signal?.throwIfAborted());
        }
    }
}

// EXTERNAL MODULE: external "node:string_decoder"
var external_node_string_decoder_ = __webpack_require__(6193);
;// CONCATENATED MODULE: ./build/shared/server/counters.js
/** Reads a line of counters, `WHEN SLOT REQUESTS ERRORS MILLISECONDS OPEN`, in which `-` is what cannot be told. */
function parseCounters(line) {
    const [when = '', slot = '', ...numbers] = line.split(' ');
    const names = ['requests', 'errors', 'milliseconds', 'open'];
    return { when, slot, ...Object.fromEntries(names.flatMap((name, index) => (/^\d+$/.test(numbers[index] ?? '') ? [[name, Number(numbers[index])]] : []))) };
}

;// CONCATENATED MODULE: ./build/shared/server/progress.js


/** A reader that hands each piece of progress on as soon as its line is whole. */
function progressReader(mark, tell) {
    const decoder = new external_node_string_decoder_.StringDecoder('utf8');
    const sign = `\u001e${mark} `;
    let bytes = 0;
    let rest = '';
    const take = (line) => {
        const [text, told] = splitAt(line, sign);
        if (text !== '' || told === undefined)
            tell({ kind: 'line', text });
        if (told !== undefined)
            tell(parseMark(told));
    };
    return {
        bytes: () => bytes,
        read(chunk) {
            bytes += chunk.length;
            const lines = (rest + decoder.write(chunk)).split('\n');
            rest = lines.pop();
            lines.forEach(take);
        },
        end() {
            if (rest !== '')
                take(rest);
            rest = '';
        },
    };
}
function splitAt(line, sign) {
    const at = line.indexOf(sign);
    return at < 0 ? [line, undefined] : [line.slice(0, at), line.slice(at + sign.length)];
}
function parseMark(told) {
    const [kind, first = '', ...rest] = told.split(' ');
    switch (kind) {
        case 'begin': return { kind, step: first };
        case 'end': return { kind, step: first, code: Number(rest[0]) };
        case 'timeout': return { kind, seconds: Number(first) };
        case 'full': return { kind, kibibytes: Number(first), inodes: Number(rest[0]) };
        case 'state': return { kind, state: first };
        case 'refused': return { kind, by: { generation: Number(first), run: rest[0] ?? '', time: rest[1] ?? '', url: rest[2] ?? '' } };
        case 'holder': return { kind, pid: Number(first), command: rest.join(' ').trim() };
        case 'newer': return { kind, plan: first, format: rest[0] ?? '' };
        case 'healing':
        case 'healed': return { kind, plan: first };
        case 'counters': return { kind, counters: parseCounters([first, ...rest].join(' ')) };
        case 'acted': return { kind, at: /^\d{13}$/.test(first) ? Number(first) : undefined };
        case 'hook-failed': return { kind, hook: first, code: Number(rest[0]) };
        case 'cancelled': return { kind };
        default: return { kind: 'line', text: told };
    }
}

;// CONCATENATED MODULE: ./build/shared/server/follow.js


const LINES_KEPT = 500;
const HEADING = /([0-9a-f]{16}) (\d+)\n/;
/** A follower of a plan that was just sent: its mark is known, and its output begins at byte 0. */
function followSent(plan, mark, tell) {
    const told = [];
    const reader = progressReader(mark, (progress) => remember(told, progress, tell));
    return {
        hear: (chunk) => reader.read(chunk),
        offset: () => reader.bytes() || undefined,
        outcome: () => conclude(plan, reader, told),
    };
}
/** A follower of a verb asked of a plan that was there before: a line `MARK OFFSET` comes ahead of its output, and whatever a login shell has to say ahead of that. */
function followAsked(plan, tell) {
    const told = [];
    let heading = Buffer.alloc(0);
    let reader;
    let start = 0;
    return {
        hear(chunk) {
            if (reader !== undefined)
                return reader.read(chunk);
            heading = Buffer.concat([heading, chunk]);
            const found = HEADING.exec(heading.toString('latin1'));
            if (found === null)
                return;
            const [line, mark = '', offset = ''] = found;
            start = Number(offset);
            reader = progressReader(mark, (progress) => remember(told, progress, tell));
            reader.read(heading.subarray(found.index + line.length));
        },
        offset: () => (reader === undefined ? undefined : start + reader.bytes()),
        outcome: () => conclude(plan, reader, told),
    };
}
function remember(told, progress, tell) {
    told.push(progress);
    if (told.length > 2 * LINES_KEPT) {
        const marks = told.slice(0, -LINES_KEPT).filter(({ kind }) => kind !== 'line');
        told.splice(0, told.length - LINES_KEPT, ...marks);
    }
    tell(progress);
}
function conclude(plan, reader, told) {
    reader?.end();
    return outcomeOf(plan, told);
}

;// CONCATENATED MODULE: ./build/shared/server/inspection-reader.js
/**
 * A reader that hands on the content of the section `base` as it comes, and holds nothing of it: it is the manifest of a release,
 * which may have tens of megabytes.
 */
function inspectionReader(mark, hearBase) {
    const [opening, closing] = [Buffer.from(`\u001e${mark} base\n`), Buffer.from(`\u001e${mark} `)];
    let stage = 'before';
    let kept = Buffer.alloc(0);
    let waiting = kept;
    const read = (chunk) => {
        if (stage === 'base')
            pass(chunk);
        else
            waiting = Buffer.concat([waiting, chunk]);
        if (stage === 'before')
            enter();
    };
    const enter = () => {
        const at = waiting.indexOf(opening);
        if (at < 0)
            return;
        stage = 'base';
        kept = waiting.subarray(0, at + opening.length);
        const begun = waiting.subarray(kept.length);
        waiting = waiting.subarray(0, 0);
        pass(begun);
    };
    // What may be the beginning of the closing mark waits for the next chunk.
    const pass = (chunk) => {
        const all = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
        const at = all.indexOf(closing);
        const end = at < 0 ? whereMarkMayBegin(all) : at;
        if (end > 0)
            hearBase(all.subarray(0, end));
        waiting = all.subarray(end);
        if (at >= 0)
            stage = 'after';
    };
    const whereMarkMayBegin = (text) => {
        const at = text.indexOf(closing[0], Math.max(0, text.length - closing.length));
        return at < 0 ? text.length : at;
    };
    return { read, text: () => Buffer.concat([kept, waiting]).toString() };
}

;// CONCATENATED MODULE: ./build/shared/server/compression.js


const WRITES = 1_048_576; // bytes that are compressed at once; each time a thread is called and answers
const LEVEL = 1; // the quickest: a processor core is worth more here than a tenth of the bytes
/**
 * The best way for a packet: zstd compresses faster than a line carries what it saves; gzip, five times as slow, only pays where the
 * line is long. Undefined where the server has neither.
 */
function chooseUnpacker(available, isLong) {
    return available.find((each) => each === 'zstd' || isLong);
}
/** The stream, compressed in a thread of its own; its faults are those of what it gives. */
function compressed(stream, unpacker) {
    if (unpacker === undefined)
        return stream;
    const compressor = unpacker === 'zstd'
        ? (0,external_node_zlib_.createZstdCompress)({ chunkSize: WRITES, params: { [external_node_zlib_.constants.ZSTD_c_compressionLevel]: LEVEL } })
        : (0,external_node_zlib_.createGzip)({ chunkSize: WRITES, level: LEVEL });
    return (0,external_node_stream_.pipeline)(stream, compressor, () => { });
}

;// CONCATENATED MODULE: ./build/shared/server/tar-header.js
/** Bytes; headers are as long, and contents are filled up to a multiple of it. */
const TAR_BLOCK = 512;
const FLAGS = { file: '0', link: '2', folder: '5', pax: 'x' };
const [NAME, PREFIX] = [100, 155]; // bytes that a name and what stands before it may have
const tar_header_LARGEST = 8 ** 11 - 1; // what fits in octal; beyond, GNU's binary numbers are used
/** The header of an entry, with one of pax ahead of it where a name does not fit. Its owner is 0:0, its time the given one. */
function tarHeader(entry, mtime) {
    const path = entry.kind === 'folder' ? `${entry.path}/` : entry.path;
    const target = entry.target ?? '';
    const parts = isPlain(target, NAME) ? partsOf(path) : undefined;
    const fields = { flag: FLAGS[entry.kind], mode: entry.mode, size: entry.size, mtime };
    if (parts !== undefined)
        return block({ ...fields, ...parts, target });
    const records = Buffer.from(record('path', path) + (target === '' ? '' : record('linkpath', target)));
    const head = block({ ...fields, flag: FLAGS.pax, mode: 0o644, size: records.length, name: 'pax', prefix: '', target: '' });
    return Buffer.concat([head, records, Buffer.alloc(filling(records.length)), block({ ...fields, name: 'pax', prefix: '', target: '' })]);
}
/** How many zeros follow a content of this size. */
function filling(size) {
    return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}
function block({ name, prefix, target, flag, mode, size, mtime }) {
    const bytes = Buffer.alloc(TAR_BLOCK);
    bytes.write(`${octal(mode, 7)}\0${'0'.repeat(7)}\0${'0'.repeat(7)}\0`, 100, 'latin1');
    if (size <= tar_header_LARGEST) {
        bytes.write(octal(size, 11), 124, 'latin1');
    }
    else {
        bytes.writeUInt8(0x80, 124);
        bytes.writeBigUInt64BE(BigInt(size), 128);
    }
    bytes.write(`${octal(Math.floor(mtime.getTime() / 1_000), 11)}\0${' '.repeat(8)}${flag}`, 136, 'latin1');
    bytes.write('ustar\x0000', 257, 'latin1');
    bytes.write(name, 0, 'latin1');
    bytes.write(target, 157, 'latin1');
    bytes.write(prefix, 345, 'latin1');
    let sum = 0;
    for (let at = 0; at < TAR_BLOCK; at += 1)
        sum += bytes[at];
    bytes.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
    return bytes;
}
function octal(value, digits) {
    return value.toString(8).padStart(digits, '0');
}
// Undefined where it takes pax.
function partsOf(path) {
    if (!isPlain(path, NAME + 1 + PREFIX))
        return undefined;
    if (path.length <= NAME)
        return { name: path, prefix: '' };
    const cut = path.indexOf('/', path.length - NAME - 1);
    return cut < 1 || cut > PREFIX || cut === path.length - 1 ? undefined : { name: path.slice(cut + 1), prefix: path.slice(0, cut) };
}
// Whether all of it is ASCII, and no more of it.
function isPlain(text, longest) {
    return text.length <= longest && /^[\x01-\x7f]*$/.test(text);
}
// Its length is counted with the digits that tell it.
function record(key, value) {
    const rest = ` ${key}=${value}\n`;
    const bytes = Buffer.byteLength(rest);
    let length = bytes + String(bytes).length;
    if (String(length).length > String(bytes).length)
        length = bytes + String(length).length;
    return `${length}${rest}`;
}

;// CONCATENATED MODULE: ./build/shared/server/packet.js




// Bytes; larger files are streamed. Small ones are read synchronously, straight to where they are sent from: they were hashed a moment ago, so
// they come from memory, and 10,000 of them take 0.1 s this way but 0.5 s through the thread pool.
const READ_WHOLE = 256 * 1024;
const BLOCK = 2 * READ_WHOLE; // bytes handed on at once; tar's headers alone would each become an SSH packet
const CHUNK = 64 * 1024; // bytes from which on it is not worth it to copy them together
const ZEROS = Buffer.alloc(TAR_BLOCK);
/**
 * A tar stream (pax where names need it, owner 0:0) of the entries, for one command's stdin: unpack it with unpack.sh
 * (under `umask 0` where modes matter: busybox's tar applies the umask of an ordinary user).
 * Reads on only as fast as it is read from, and holds a few megabytes at most. Every entry carries `mtime`.
 * The stream fails with a {UserError} naming a file that could not be read or whose size is no longer the one announced.
 */
function packet(entries, mtime = new Date()) {
    return external_node_stream_.Readable.from(chunks(entries, mtime), { objectMode: false, highWaterMark: READ_WHOLE });
}
async function* chunks(entries, mtime) {
    const block = openBlock();
    for await (const entry of entries) {
        if (entry.kind === 'file' && entry.size <= READ_WHOLE && entry.piece === undefined) {
            const header = headerOf(entry, entry.size, mtime);
            const length = header.length + entry.size + filling(entry.size);
            if (length >= block.room())
                yield block.flush();
            block.append(header);
            readWhole(entry, block.next(entry.size + 1));
            block.pass(entry.size);
            block.append(zeros(entry.size));
            continue;
        }
        for await (const piece of piecesOf(entry, mtime)) {
            if (piece.length > block.room())
                yield block.flush();
            if (piece.length < CHUNK)
                block.append(piece);
            else
                yield* [block.flush(), piece];
        }
    }
    block.append(Buffer.alloc(2 * TAR_BLOCK));
    yield block.flush();
}
function openBlock() {
    let bytes = Buffer.allocUnsafeSlow(BLOCK);
    let used = 0;
    return {
        room: () => BLOCK - used - 2 * TAR_BLOCK,
        append: (more) => void (used += more.copy(bytes, used)),
        next: (length) => bytes.subarray(used, used + length),
        pass: (length) => void (used += length),
        flush() {
            const full = bytes.subarray(0, used);
            bytes = Buffer.allocUnsafeSlow(BLOCK);
            used = 0;
            return full;
        },
    };
}
async function* piecesOf(entry, mtime) {
    if (entry.kind === 'lines')
        await entry.ready;
    const size = sizeOf(entry);
    yield headerOf(entry, size, mtime);
    if (entry.kind === 'text')
        yield Buffer.from(entry.text);
    if (entry.kind === 'lines')
        yield* joined(entry.lines());
    if (entry.kind === 'file')
        yield* fileChunks(entry);
    yield zeros(size);
}
function sizeOf(entry) {
    switch (entry.kind) {
        case 'text': return Buffer.byteLength(entry.text);
        case 'lines': return packet_bytesOf(entry.lines());
        case 'file': return entry.size;
        default: return 0;
    }
}
function headerOf(entry, size, mtime) {
    const { path, mode } = entry;
    if (entry.kind === 'link')
        return tarHeader({ kind: 'link', path, mode, size, target: entry.target }, mtime);
    return tarHeader({ kind: entry.kind === 'folder' ? 'folder' : 'file', path, mode, size }, mtime);
}
function zeros(size) {
    return ZEROS.subarray(0, filling(size));
}
// Into a buffer that has room for one byte more, so that a file that has grown is noticed.
function readWhole(entry, into) {
    const bytes = entry.content === undefined ? readInto(entry, into) : entry.content.copy(into);
    if (bytes !== entry.size)
        throw changed(entry, bytes);
    entry.sent?.(bytes);
}
function readInto(entry, into) {
    try {
        const descriptor = (0,external_node_fs_.openSync)(entry.source, 'r');
        try {
            let bytes = 0;
            for (let read = -1; read !== 0 && bytes < entry.size; bytes += read)
                read = (0,external_node_fs_.readSync)(descriptor, into, bytes, into.length - bytes, null);
            // A file of no bytes, and one that is no file, tell by being read.
            return entry.size === 0 ? (0,external_node_fs_.readSync)(descriptor, into, 0, 1, null) : bytes;
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
    }
    catch (error) {
        throw unreadable(entry, error);
    }
}
async function* fileChunks(entry) {
    let bytes = 0;
    for await (const chunk of readChunks(entry)) {
        bytes += chunk.length;
        if (bytes > entry.size)
            throw changed(entry, bytes);
        entry.sent?.(chunk.length);
        yield chunk;
    }
    if (bytes !== entry.size)
        throw changed(entry, bytes);
}
async function* readChunks(entry) {
    try {
        yield* (0,external_node_fs_.createReadStream)(entry.source, { highWaterMark: READ_WHOLE, ...rangeOf(entry) });
    }
    catch (error) {
        throw unreadable(entry, error);
    }
}
// The last piece is read to the end of the file, so that more than was announced is noticed.
function rangeOf({ piece, size }) {
    if (piece === undefined)
        return {};
    return piece.isLast ? { start: piece.start } : { start: piece.start, end: piece.start + size - 1 };
}
function packet_bytesOf(lines) {
    let bytes = 0;
    for (const line of lines)
        bytes += Buffer.byteLength(line);
    return bytes;
}
function* joined(lines) {
    let text = '';
    for (const line of lines) {
        text += line;
        if (text.length < CHUNK)
            continue;
        yield Buffer.from(text);
        text = '';
    }
    yield Buffer.from(text);
}
function changed(entry, bytes) {
    const before = entry.piece?.start ?? 0;
    return new core_errors/* UserError */.yo(`${entry.source} changed while it was being sent: it had ${before + entry.size} bytes, now ${before + bytes}. Let nothing write to the release while it is deployed, then run again.`);
}
function unreadable(entry, error) {
    return new core_errors/* UserError */.yo(`${entry.source} could not be read while it was being sent: ${(0,core_errors/* messageOf */.bD)(error)}. Let nothing write to the release while it is deployed, then run again.`);
}

;// CONCATENATED MODULE: ./build/shared/server/pieces.js
const pieces_PRIVATE = 0o600;
/**
 * The same entries, with files larger than `size` bytes taken apart: the beginning at the file's own place, and the rest below `pieces/`,
 * from where receive.sh puts it behind the beginning.
 */
function* inPieces(entries, size) {
    let number = 0;
    for (const entry of entries) {
        if (entry.kind !== 'file' || entry.size <= size) {
            yield entry;
            continue;
        }
        number += 1;
        const place = `pieces/${number}`;
        yield { ...entry, size, piece: { start: 0, isLast: false } };
        yield { kind: 'text', path: `${place}.path`, mode: pieces_PRIVATE, text: entry.path };
        yield { kind: 'text', path: `${place}.mode`, mode: pieces_PRIVATE, text: entry.mode.toString(8) };
        for (let start = size, count = 1; start < entry.size; start += size, count += 1) {
            const isLast = start + size >= entry.size;
            yield { ...entry, path: `${place}.${String(count).padStart(6, '0')}`, mode: pieces_PRIVATE, size: isLast ? entry.size - start : size, piece: { start, isLast } };
        }
    }
}

;// CONCATENATED MODULE: ./build/shared/server/send-packet.js






const LONG = 15; // milliseconds of a round trip from which on the window of one channel, 2 MiB in OpenSSH, limits what passes
// How many channels more, and from how many bytes of files on: what is less passes in one window anyway. With the packet itself 7 of the 10
// sessions that an sshd allows unless told otherwise.
const PLAIN = { lanes: 6, worthIt: 2 * 1_048_576 };
const COMPRESSED = { lanes: 2, worthIt: 64 * 1_048_576 };
const PIECE = 8 * 1_048_576; // bytes
/**
 * Sends a plan's packet and follows the plan. Over a long line it goes through several channels at once, each with a window of its own;
 * whichever has room takes the next entry. Where the server opens no more channels, the first carries what is left.
 */
async function sendPacket(connection, { plan: { state, id }, takeover, entries, unpackers }, options) {
    const attempt = (0,external_node_crypto_.randomBytes)(6).toString('hex');
    const isLong = connection.roundTrip() > LONG;
    const unpacker = chooseUnpacker(unpackers, isLong);
    const { lanes, worthIt } = unpacker === undefined ? PLAIN : COMPRESSED;
    const queue = (isLong ? inPieces(entries, PIECE) : entries)[Symbol.iterator]();
    const over = new AbortController();
    const allTaken = Promise.withResolvers();
    const signal = AbortSignal.any([over.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    const openLanes = () => allOf(lanes, () => openLane(connection, { command: laneCommand(state, id, attempt, unpacker), unpacker, signal, allTaken: allTaken.promise }, queue));
    try {
        return await connection.exec(receiveCommand(state, id, takeover, attempt, unpacker), { ...options, stdin: compressed(packet(firstLane(queue, { open: isLong ? openLanes : undefined, worthIt, allTaken: allTaken.resolve })), unpacker) });
    }
    finally {
        over.abort(new Error('The packet was sent'));
    }
}
// One that fails before it is waited for must not look like nobody's fault.
function allOf(count, open) {
    const all = Promise.all(Array.from({ length: count }, open));
    all.catch(() => { });
    return all;
}
// Folders come before files in a packet, and those of the lanes' own before the sign by which lane.sh knows that all are there.
async function* firstLane(queue, { open, worthIt, allTaken }) {
    let bytes = 0;
    let lanes;
    for (const entry of rest(queue)) {
        bytes += entry.kind === 'file' ? entry.size : 0;
        if (bytes > worthIt && open !== undefined && lanes === undefined) {
            yield { kind: 'folder', path: 'pieces', mode: 0o700 };
            yield { kind: 'text', path: 'folders-made', mode: 0o600, text: '' };
            lanes = open();
        }
        yield entry;
    }
    allTaken();
    await lanes;
    yield { kind: 'text', path: 'complete', mode: 0o600, text: '' };
}
// Takes nothing out of the queue before the other side has said that it is there; refused, it has taken nothing.
async function openLane(connection, { command, unpacker, signal, allTaken }, queue) {
    const ready = Promise.withResolvers();
    const ended = connection.exec(command, { signal, onOutput: () => ready.resolve(true), stdin: compressed(packet(laterEntries(ready.promise, queue)), unpacker) });
    ended.catch(() => { }).finally(() => ready.resolve(false));
    void allTaken.then(() => ready.resolve(false));
    if (!(await ready.promise))
        return;
    const { code, stderr } = await ended;
    if (code !== 0)
        throw new core_errors/* UserError */.yo(`${connection.label} did not take a part of the plan: ${stderr.trim()}`);
}
async function* laterEntries(isReady, queue) {
    if (await isReady)
        yield* rest(queue);
}
// A loop over the iterator itself would end it for the others, too, when one lane breaks off.
function* rest(queue) {
    for (let next = queue.next(); next.done !== true; next = queue.next())
        yield next.value;
}

;// CONCATENATED MODULE: ./build/shared/server/definition.js

/** The moments at which a command of the user's may run. */
const HOOKS = (/* unused pure expression or super */ null && (['before-prepare', 'after-prepare', 'before-publish', 'after-publish', 'on-failure', 'on-rollback']));
/** The routers there are. */
const ROUTERS = (/* unused pure expression or super */ null && (['nginx-socket', 'haproxy', 'nginx', 'caddy', 'traefik', 'kamal-proxy']));
/** Reads a recorded definition. @throws {UserError} when a newer version of these actions wrote it. */
function parseDefinition(text) {
    const definition = JSON.parse(text);
    if (definition.format !== 1) {
        throw new core_errors/* UserError */.yo(`The service definition on the server has format ${definition.format}, written by a newer version of these actions. Use that version here too.`);
    }
    return definition;
}
/** The name of a service on its server: `shop.staging`. */
function serviceKey(service, environment) {
    return `${service}.${environment}`;
}
/** Whether releases of a service start beside each other in two slots, between which a router moves traffic. */
function definition_hasSlots({ strategy }) {
    return strategy === 'slots' || strategy === 'compose';
}

;// CONCATENATED MODULE: ./build/shared/server/state.js



/** Reads what inspect.sh printed. @throws {UserError} when the answer was cut short. */
function parseInspection(output, mark) {
    const sections = parseSections(output, mark);
    const refused = sections.get('refused');
    if (refused !== undefined)
        return { kind: 'refused', reason: refused.trim() };
    const unknown = sections.get('unknown');
    if (unknown !== undefined)
        return { kind: 'unknown', known: words(unknown) };
    if (!sections.has('end'))
        throw new core_errors/* UserError */.yo(`The server's answer was cut short. It ended with: ${output.slice(-200)}`);
    return { kind: 'state', state: stateFrom(sections) };
}
/** What a slot holds. */
function placeOf(state, slot) {
    return { slot, release: state.slots[slot] };
}
/**
 * The service as a release knows it, in a slot or anywhere: commands, health check, apps and compose files are those it was deployed with, all
 * else is as `definition` says now. What runs keeps its ports; what is to be started takes those of now.
 */
function definitionOf(state, definition, { slot, release }) {
    const isHeld = slot !== undefined && release !== undefined && state.slots[slot] === release;
    const recorded = (isHeld ? state.definitions.get(`slots/${slot}`) : undefined) ?? state.definitions.get(`releases/${release}`) ?? state.definition ?? definition;
    // One of before there were slots does not know how to start in one.
    const own = hasSlots(recorded) === hasSlots(definition) ? recorded : definition;
    const { strategy, start, stop, restart, health, ports, moreApps, compose } = own;
    const known = { ...definition, strategy, start, stop, restart, health, ports, moreApps, compose };
    return isHeld ? known : { ...known, ports: ports && (definition.ports ?? ports), moreApps: moreApps && withPortsOf(definition, moreApps) };
}
function withPortsOf({ moreApps: now = {} }, apps) {
    return Object.fromEntries(Object.entries(apps).map(([name, app]) => [name, { ...app, ports: now[name]?.ports ?? app.ports }]));
}
/** What each slot that holds something was started with. */
function heldDefinitions(state, definition) {
    return Object.fromEntries(Object.keys(state.slots).map((slot) => [slot, definitionOf(state, definition, placeOf(state, slot))]));
}
/** The slot in which a release runs, if any; of two, the one users do not reach. */
function slotHolding(state, release) {
    const idle = idleSlot(state);
    return [idle, idle === 'blue' ? 'green' : 'blue'].find((slot) => state.slots[slot] === release);
}
/** The slot a new release goes to: the one users do not reach, before a reboot or after one. */
function idleSlot(state) {
    return (state.confirmed ?? state.live) === 'blue' ? 'green' : 'blue';
}
/** The release users reach, or undefined before the first. */
function liveRelease(state) {
    return state.live === undefined ? state.current : state.slots[state.live];
}
function stateFrom(sections) {
    const text = (name) => (sections.get(name) ?? '').trim();
    const links = new Map(text('links').split('\n').map((line) => line.split(' ', 2)));
    const [bytesLine = '', inodesLine = ''] = text('space').split('\n');
    const events = parseLedger(text('ledger'));
    const closed = closing(events);
    const live = slotOf(links.get('live.sock')) ?? slotOf(links.get('confirmed.sock')) ?? slotOf(closed?.slot);
    return {
        folder: text('state'),
        claimed: text('claimed') === '' ? undefined : Number(text('claimed')),
        clock: Number(text('clock')),
        events,
        ledgerLength: Number(text('length')),
        definition: text('definition') === '' ? undefined : parseDefinition(text('definition')),
        definitions: parseDefinitions(text('definitions')),
        live,
        confirmed: slotOf(links.get('confirmed.sock')) ?? slotOf(closed?.slot),
        closed,
        slots: definedSlots({ blue: baseName(links.get('blue')), green: baseName(links.get('green')) }),
        current: baseName(links.get('current')),
        standby: text('standby') || undefined,
        releases: words(text('releases')),
        unfinished: text('unfinished').split('\n').filter(Boolean).map((line) => ({ plan: line.split(' ', 1)[0], last: line.slice(line.indexOf(' ') + 1) })),
        interrupted: words(text('interrupted')),
        missingTools: words(text('tools')),
        unpackers: words(text('unpackers')),
        freeBytes: freeIn(bytesLine, 1_024),
        freeInodes: freeIn(inodesLine, 1),
    };
}
// One that a power cut has torn is passed over.
function parseDefinitions(text) {
    return new Map(text.split('\n').filter((line) => line.endsWith('}')).map((line) => [line.slice(0, line.indexOf(' ')), parseDefinition(line.slice(line.indexOf(' ')))]));
}
function closing(events) {
    const last = lastMove(events);
    return last?.event === 'close' ? last : undefined;
}
function parseSections(output, mark) {
    const parts = output.split(`\u001e${mark} `).slice(1);
    return new Map(parts.map((part) => {
        const end = part.indexOf('\n');
        return [part.slice(0, end), part.slice(end + 1)];
    }));
}
function slotOf(target) {
    const name = baseName(target)?.replace(/\.sock$/, '');
    return name === 'blue' || name === 'green' ? name : undefined;
}
function definedSlots(slots) {
    return Object.fromEntries(Object.entries(slots).filter(([, release]) => release !== undefined));
}
function baseName(target) {
    return target?.split('/').at(-1) || undefined;
}
function words(text) {
    return text.split(/\s+/).filter(Boolean);
}
// A file system without a fixed number of inodes, such as btrfs, has 0 of them, all told. Names of devices may hold blanks.
function freeIn(line, unit) {
    const [, free] = /\s[1-9]\d*\s+\d+\s+(\d+)\s+\d+%/.exec(line) ?? [];
    return free === undefined ? undefined : Number(free) * unit;
}

;// CONCATENATED MODULE: ./build/shared/server/server.js










const OVERTAKEN = 73; // by receive.sh
const SPARE_BYTES = 64 * 1_024;
/** Connects to a server. @throws {UserError} with one message for each way a connection can fail. */
async function openServer(target, log, signal) {
    let connection = await connect(target, log, signal);
    let renewing;
    const renew = async () => {
        connection.close();
        log.info(`Connection to ${connection.label} lost; reconnecting. The server goes on by itself.`);
        connection = await connect(target, log, signal);
    };
    const line = {
        get: () => connection,
        // Several who follow at once lose the line at once.
        renew: async (lost) => {
            if (connection === lost)
                await (renewing ??= renew().finally(() => (renewing = undefined)));
        },
    };
    return {
        label: connection.label,
        connection: line.get,
        persist: (attempt) => persist(line, attempt, signal),
        inspect: (key, path, runtimeDir, claim, beginBase) => persist(line, (connection) => inspect(connection, { key, path, runtimeDir, claim }, beginBase), signal),
        carryOut: (plan, files, tell, takeover) => server_carryOut(line, plan, files, tell, takeover, signal),
        // The way back is asked for when the job is being cancelled, too.
        ask: (plan, verb, tell) => server_ask(line, plan, verb, tell, verb === 'revert' ? undefined : signal),
        tail: (plan, file, hear) => tail(line, plan, file, hear, signal),
        async cancel(plan) {
            await line.get().exec((0,core_quote/* commandLine */.a)(['sh', scriptOf(plan), 'cancel']));
        },
        async [Symbol.asyncDispose]() {
            connection.close();
        },
    };
}
/** A plan was not started: since the state that it goes by was read, something has happened. */
class Overtaken extends Error {
    name = 'Overtaken';
}
async function inspect(connection, request, beginBase) {
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const reader = inspectionReader(mark, beginBase?.() ?? (() => { }));
    const { stderr } = await connection.exec(inspectCommand({ mark, ...request, base: beginBase === undefined ? '' : 'base' }), { onOutput: reader.read });
    const inspection = parseInspection(reader.text(), mark);
    return inspection.kind === 'refused' && stderr !== '' ? { kind: 'refused', reason: `${inspection.reason} (${stderr.trim()})` } : inspection;
}
// A packet is sent again only as long as nothing came back; the receiver starts a plan once, however often it arrives.
async function server_carryOut(line, plan, files, tell, takeover, signal) {
    const taking = takeover === undefined ? [] : [String(takeover.ledgerLength), String(plan.generation), takeover.claim];
    const mark = (0,external_node_crypto_.randomBytes)(8).toString('hex');
    const send = (connection, options) => sendPacket(connection, { plan, takeover: taking, entries: packetEntries(plan_renderPlan(plan, mark), files), unpackers: 'unpackers' in files ? files.unpackers : [] }, options);
    return followToEnd(line, { plan, verb: 'run', follower: followSent(plan.id, mark, tell), begin: send }, signal);
}
async function server_ask(line, plan, verb, tell, signal) {
    const begin = (connection, options) => connection.exec((0,core_quote/* commandLine */.a)(['sh', scriptOf(plan), 'ask', verb]), options);
    return followToEnd(line, { plan, verb, follower: followAsked(plan.id, tell), begin }, signal);
}
async function followToEnd(line, { plan, verb, follower, begin }, signal) {
    const options = { onOutput: (chunk) => follower.hear(chunk), ...(signal === undefined ? {} : { signal }) };
    const attempt = async (connection) => {
        const offset = follower.offset();
        const resume = () => connection.exec((0,core_quote/* commandLine */.a)(['sh', scriptOf(plan), 'follow', verb, String(offset)]), options);
        const { code, stderr } = await (offset === undefined ? begin : resume)(connection, options);
        if (code === OVERTAKEN && follower.offset() === undefined)
            throw new Overtaken(`${connection.label} has changed since its state was read.`);
        if (code !== 0 && follower.offset() === undefined)
            throw new core_errors/* UserError */.yo(`${connection.label} did not take the plan: ${firstAndLast(stderr)}`);
        return follower.outcome();
    };
    return persist(line, attempt, signal);
}
async function tail(line, plan, file, hear, signal) {
    let offset = 0;
    const onOutput = (chunk) => {
        offset += chunk.length;
        hear(chunk);
    };
    await persist(line, (connection) => connection.exec((0,core_quote/* commandLine */.a)(['sh', scriptOf(plan), 'follow', 'run', String(offset), file]), { onOutput, ...(signal === undefined ? {} : { signal }) }), signal);
}
async function persist(line, attempt, signal) {
    for (;;) {
        const connection = line.get();
        try {
            return await attempt(connection);
        }
        catch (error) {
            if (!(error instanceof ConnectionLost) || signal?.aborted === true)
                throw error;
            await line.renew(connection);
        }
    }
}
// tar complains of every single file, and what it amounts to comes last.
function firstAndLast(stderr) {
    const lines = stderr.trim().split('\n');
    return [...lines.slice(0, 2), ...lines.slice(2).slice(-1)].join('\n');
}
function* packetEntries(script, files) {
    yield { path: 'plan.sh', mode: 0o600, kind: 'text', text: script };
    // Deleted first when a disk is full, so that what went wrong can still be written down.
    yield { path: 'spare', mode: 0o600, kind: 'text', text: (0,external_node_crypto_.randomBytes)(SPARE_BYTES / 2).toString('hex') };
    // What the plan writes into first of all is there as soon as the plan is.
    yield { path: 'journal', mode: 0o600, kind: 'text', text: `slipway-journal ${PLAN_FORMAT}\n` };
    yield { path: 'output', mode: 0o600, kind: 'text', text: '' };
    yield* 'unpackers' in files ? files.entries() : files;
}
function scriptOf({ state, id }) {
    return `${state}/plans/${id}/plan.sh`;
}

;// CONCATENATED MODULE: ./build/shared/release/contents.js
const ROOM = 48 * 1_048_576; // bytes
const contents_BLOCK = 1_048_576; // bytes taken at once
/** Some to be filled: no file of more than 1 MiB, until 48 MiB are taken up; later ones are read again. */
function openContents() {
    const contents = new Map();
    let [block, used, room] = [Buffer.alloc(0), 0, ROOM / contents_BLOCK];
    return {
        contents,
        keep(path, bytes) {
            if (used + bytes.length > block.length) {
                if (room === 0)
                    return;
                [block, used, room] = [Buffer.allocUnsafeSlow(contents_BLOCK), 0, room - 1];
            }
            contents.set(path, block.subarray(used, used += bytes.copy(block, used)));
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/release/file-table.js
const HASH = 32; // bytes of a sha256
const file_table_BLOCK = 262_144; // bytes taken at once; a growing buffer would leave its smaller selves behind each time
/** An empty table, which gives its files back in the order they came. */
function fileTable() {
    const [paths, hashes] = [blocks(), blocks()];
    const [starts, lengths, modes, sizes] = [[], [], [], []];
    const fileAt = (index) => ({
        path: paths.text('utf8', starts[index], lengths[index]), mode: modes[index], size: sizes[index], sha256: hashes.text('hex', index * HASH, HASH),
    });
    return {
        get length() {
            return starts.length;
        },
        add({ path, mode, size, sha256 }) {
            modes.push(mode);
            sizes.push(size);
            hashes.append(sha256, 'hex', HASH);
            const length = Buffer.byteLength(path);
            lengths.push(length);
            return starts.push(paths.append(path, 'utf8', length)) - 1;
        },
        replace(index, { mode, size, sha256 }) {
            [modes[index], sizes[index]] = [mode, size];
            hashes.write(sha256, 'hex', index * HASH);
        },
        *[Symbol.iterator]() {
            for (let index = 0; index < starts.length; index += 1)
                yield fileAt(index);
        },
    };
}
/** The files for which it holds, and the others. Each is asked for once, in order; only a bit of the answer is held. */
function parted(files, holds) {
    const answers = new Uint8Array(files.length);
    let [index, count] = [0, 0];
    for (const file of files) {
        const answer = holds(file) ? 1 : 0;
        answers[index] = answer;
        count += answer;
        index += 1;
    }
    return [answering(1, count), answering(0, files.length - count)];
    function answering(answer, length) {
        return {
            length,
            *[Symbol.iterator]() {
                let at = 0;
                for (const file of files)
                    if (answers[at++] === answer)
                        yield file;
            },
        };
    }
}
// No text lies across two blocks.
function blocks() {
    const all = [];
    let used = 0;
    const blockOf = (at) => all[Math.floor(at / file_table_BLOCK)];
    const write = (text, encoding, at) => void blockOf(at).write(text, at % file_table_BLOCK, encoding);
    return {
        write,
        text: (encoding, at, length) => blockOf(at).toString(encoding, at % file_table_BLOCK, (at % file_table_BLOCK) + length),
        append(text, encoding, length) {
            if (used + length > all.length * file_table_BLOCK)
                used = all.push(Buffer.allocUnsafeSlow(file_table_BLOCK)) * file_table_BLOCK - file_table_BLOCK;
            const at = used;
            write(text, encoding, at);
            used += length;
            return at;
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/release/fingerprint.js


/** Bytes up to which a file is read at once; larger ones are streamed. */
const SMALL = 256 * 1024;
const STREAM_CHUNK = 1024 * 1024;
const buffer = Buffer.allocUnsafe(SMALL + 1);
/**
 * A small file's record, read synchronously: 10,000 files take 0.1 s this way, 0.5 s through the thread pool. `keep` sees its bytes, which
 * hold until the next one is read. Returns undefined when the file is not small.
 */
function fingerprintSmall(source, path, keep) {
    const descriptor = (0,external_node_fs_.openSync)(source, 'r');
    try {
        const { mode, size: announced } = (0,external_node_fs_.fstatSync)(descriptor);
        if (announced > SMALL)
            return undefined;
        const size = readFully(descriptor);
        if (size > SMALL)
            return undefined;
        const bytes = buffer.subarray(0, size);
        keep?.(path, bytes);
        return { path, mode: permissions(mode, bytes), size, sha256: (0,external_node_crypto_.hash)('sha256', bytes) };
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
/** A file's record, read as a stream, however large it is. @throws when the signal is aborted. */
async function fingerprintLarge(source, path, signal) {
    const digest = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    let start = Buffer.alloc(0);
    let mode = 0;
    const stream = (0,external_node_fs_.createReadStream)(source, { highWaterMark: STREAM_CHUNK, signal });
    stream.on('open', (descriptor) => { mode = (0,external_node_fs_.fstatSync)(descriptor).mode; });
    for await (const chunk of stream) {
        if (size === 0)
            start = chunk.subarray(0, 2);
        size += chunk.length;
        digest.update(chunk);
    }
    return { path, mode: permissions(mode, start), size, sha256: digest.digest('hex') };
}
/**
 * The permission bits a file gets on the server. Windows has no executable bit, so there a script is known by its `#!`.
 */
function permissions(mode, start, platform = process.platform) {
    if (platform !== 'win32')
        return mode & 0o777;
    return start[0] === 0x23 && start[1] === 0x21 ? 0o755 : 0o644;
}
function readFully(descriptor) {
    let size = 0;
    for (let read = -1; read !== 0 && size < buffer.length; size += read)
        read = (0,external_node_fs_.readSync)(descriptor, buffer, size, buffer.length - size, null);
    return size;
}

;// CONCATENATED MODULE: ./build/shared/release/links.js

const MAX_HOPS = 40; // as the kernel counts; beyond, the link leads nowhere
/** The links of a tree that lead out of it, or are absolute: followed step by step through the tree's other links, as the server would. */
function escapingLinks(links) {
    const targets = new Map(links.map((link) => [link.path, link.target]));
    return links.filter((link) => escapes(link, targets));
}
function escapes(link, targets) {
    const at = link.path.split('/').slice(0, -1);
    const ahead = segmentsBackwards(link.target);
    if (isAbsolute(link.target))
        return true;
    for (let hops = 0; ahead.length > 0 && hops < MAX_HOPS;) {
        const segment = ahead.pop();
        if (segment === '..' && at.pop() === undefined)
            return true;
        if (segment === '' || segment === '.' || segment === '..')
            continue;
        const target = targets.get([...at, segment].join('/'));
        if (target === undefined) {
            at.push(segment);
        }
        else if (isAbsolute(target)) {
            return true;
        }
        else {
            hops += 1;
            ahead.push(...segmentsBackwards(target));
        }
    }
    return false;
}
function segmentsBackwards(target) {
    return target.split('/').reverse();
}
function isAbsolute(target) {
    return target.startsWith('/') || (process.platform === 'win32' && external_node_path_.win32.isAbsolute(target));
}

;// CONCATENATED MODULE: ./build/shared/release/shared-paths.js

const LONGEST_PATH = 1_000; // bytes
const LONGEST_NAME = 255; // bytes, on every common file system
/**
 * The `shared` input's lines as paths: relative, inside of the release, none below another. A trailing slash says folder.
 * @throws {UserError} naming the first line that is none of these.
 */
function parseSharedPaths(lines) {
    const paths = lines.map(parseSharedPath);
    for (const [index, { path }] of paths.entries()) {
        const other = paths.find((candidate, at) => at !== index && (path === candidate.path || path.startsWith(`${candidate.path}/`)));
        if (other?.path === path)
            throw new UserError(`shared lists ${path} twice. Keep one of them.`);
        if (other !== undefined)
            throw new UserError(`shared lists ${path}, which is inside of ${other.path} already. Keep ${other.path} alone, or list what is inside of it one by one.`);
    }
    return paths;
}
/** Whether a path of the release is a shared path or below one. */
function isShared(path, shared) {
    return shared.some((entry) => path === entry.path || path.startsWith(`${entry.path}/`));
}
function parseSharedPath(line) {
    const refuse = (reason) => new UserError(`shared lists ${shortened(line)}, which ${reason}. Give paths inside of the release, such as storage/ (a folder) or .env (a file).`);
    if (line.trim() === '')
        throw refuse('is empty');
    if (/[\0-\x1f\x7f]/.test(line))
        throw refuse('holds a control character');
    if (line.startsWith('/'))
        throw refuse('is absolute');
    const segments = line.split('/').filter((segment) => segment !== '' && segment !== '.');
    if (segments.includes('..'))
        throw refuse('climbs out with ".."');
    if (segments.length === 0)
        throw refuse('is the release itself');
    if (Buffer.byteLength(line) > LONGEST_PATH || segments.some((segment) => Buffer.byteLength(segment) > LONGEST_NAME))
        throw refuse(`is too long (${LONGEST_PATH} bytes at most, and ${LONGEST_NAME} a name)`);
    return { path: segments.join('/'), kind: /\/\.?$/.test(line) ? 'folder' : 'file' };
}
function shortened(line) {
    return line.length > 100 ? `${JSON.stringify(line.slice(0, 40))}… (${line.length} characters)` : JSON.stringify(line);
}

;// CONCATENATED MODULE: ./build/shared/release/tree.js
/** From so many files on, the lists of a release are what takes memory: its files' contents are not kept, and what is done with is given back. */
const MANY_FILES = 50_000;
/** Compares as the paths' UTF-8 bytes do; plain string order would put characters outside of the basic plane too early. */
function byPath(a, b) {
    return comparePaths(a.path, b.path);
}
/** The same for two paths. */
function comparePaths(a, b) {
    const length = Math.min(a.length, b.length);
    for (let index = 0; index < length; index += 1) {
        const difference = rank(a.charCodeAt(index)) - rank(b.charCodeAt(index));
        if (difference !== 0)
            return difference;
    }
    return a.length - b.length;
}
function rank(unit) {
    if (unit < 0xd800)
        return unit;
    return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: external "node:v8"
var external_node_v8_ = __webpack_require__(8877);
// EXTERNAL MODULE: external "node:vm"
var external_node_vm_ = __webpack_require__(714);
;// CONCATENATED MODULE: ./build/shared/system/heap.js


let collect;
/**
 * From now on the part of the heap where new objects are made grows no further. By itself it grows to 100 MB and more under a stream
 * of short-lived objects, and never gives that back, though a tenth of it serves as well.
 */
function keepHeapSmall() {
    (0,external_node_v8_.setFlagsFromString)('--semi-space-growth-factor=1');
}
/**
 * Collects all garbage now, some 30 ms. V8 by itself waits until a limit that it makes of the machine's memory, and never gives back what it
 * took until then: who knows when much of the heap is garbage calls this, and needs the same on every machine.
 */
function collectGarbage() {
    if (collect === undefined) {
        setFlagsFromString('--expose-gc');
        collect = runInNewContext('gc');
    }
    collect();
}

;// CONCATENATED MODULE: ./build/shared/release/walk.js




// The owner may always write, or the release could be neither assembled nor removed.
const OWNER_ALL = 0o700;
const MANY = 5_000; // files; up to here memory is no question
/** Walks a directory without following links. Excluded folders are not entered. */
async function walk(source, exclude, signal) {
    const found = { files: [], folders: [], links: [], faults: [] };
    const waiting = [''];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
        for (const entry of walk_entriesOf((0,external_node_path_.join)(source, folder)))
            sortIn(found, waiting, source, folder, entry, exclude);
        if (found.files.length > MANY)
            keepHeapSmall();
        await breath(signal);
    }
    return found;
}
// A name that is not UTF-8 would come back as another name, so those that look like it are read as bytes.
function walk_entriesOf(folder) {
    const entries = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    return entries.some(({ name }) => name.includes('\ufffd')) ? (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, encoding: 'buffer' }) : entries;
}
/** Lets signals and timers in between slices of synchronous work. @throws the reason of a signal that was aborted. */
async function breath(signal) {
    await new Promise((resolve) => void setImmediate(resolve));
    signal?.throwIfAborted();
}
function sortIn(found, waiting, source, folder, entry, exclude) {
    const path = folder === '' ? entry.name.toString() : `${folder}/${entry.name.toString()}`;
    const isFolder = entry.isDirectory();
    if (exclude(path, isFolder ? 'folder' : 'other'))
        return;
    if (typeof entry.name !== 'string' && !(0,external_node_buffer_.isUtf8)(entry.name)) {
        found.faults.push(`${folder === '' ? '' : `${folder}/`}${visible(entry.name)} has a name that is not valid UTF-8`);
    }
    else if (isFolder) {
        found.folders.push({ path, mode: folderMode((0,external_node_path_.join)(source, path)) });
        waiting.push(path);
    }
    else if (entry.isFile()) {
        found.files.push(path);
    }
    else if (entry.isSymbolicLink()) {
        addLink(found, source, path);
    }
    else {
        found.faults.push(`${path} is ${kindOf(entry)}`);
    }
}
function addLink(found, source, path) {
    const target = (0,external_node_fs_.readlinkSync)((0,external_node_path_.join)(source, path), { encoding: 'buffer' });
    if (!(0,external_node_buffer_.isUtf8)(target))
        found.faults.push(`${path} is a link whose target is not valid UTF-8`);
    else
        found.links.push({ path, target: process.platform === 'win32' ? target.toString().replaceAll('\\', '/') : target.toString() });
}
function folderMode(path) {
    return process.platform === 'win32' ? 0o755 : ((0,external_node_fs_.lstatSync)(path).mode & 0o777) | OWNER_ALL;
}
function visible(name) {
    return name.toString('latin1').replace(/[^ -~]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
function kindOf(entry) {
    if (entry.isSocket())
        return 'a socket';
    if (entry.isFIFO())
        return 'a named pipe';
    if (entry.isBlockDevice() || entry.isCharacterDevice())
        return 'a device';
    return 'neither a file, a folder nor a link';
}

;// CONCATENATED MODULE: ./build/shared/release/scan.js










const FAULTS_SHOWN = 10;
const SLICE = 64; // small files between two breaths: a few milliseconds
const UNKNOWN = '0'.repeat(64); // holds the place of a hash
const LARGE_AT_ONCE = 4; // as many as Node has threads for reading
/**
 * What would be released from a directory on the runner, every file with its sha256. Links that lead out of it are left out where
 * a shared path takes their place.
 * @throws when the signal is aborted, and {UserError} naming the source when it is missing, not a directory, or empty, and each entry that cannot be released.
 */
async function scanTree(source, exclude, shared = [], signal) {
    await refuseUnlessDirectory(source);
    try {
        const found = await walk(source, exclude, signal);
        const links = insideLinks(found, shared);
        refuseFaults(source, found.faults);
        if (found.files.length + links.length === 0)
            throw nothingIn(source);
        const { contents, keep } = openContents();
        const files = await fingerprints(source, found.files, found.files.length < MANY_FILES ? keep : undefined, signal);
        return { files, contents, folders: found.folders.toSorted(byPath), links: links.toSorted(byPath) };
    }
    catch (error) {
        throw isFileFault(error) ? new core_errors/* UserError */.yo(`${source} could not be read wholly: ${(0,core_errors/* messageOf */.bD)(error)}. Give the runner's user the right to read it, and let nothing change it meanwhile.`) : error;
    }
}
async function refuseUnlessDirectory(source) {
    const found = await (0,promises_.stat)(source).catch((error) => {
        throw new core_errors/* UserError */.yo(`The source ${source} cannot be released: ${isMissing(error) ? 'it does not exist. Build it in an earlier step, or correct the path' : (0,core_errors/* messageOf */.bD)(error)}.`);
    });
    if (!found.isDirectory())
        throw new core_errors/* UserError */.yo(`The source ${source} is not a directory. Give the directory whose contents become the release.`);
}
function insideLinks(found, shared) {
    const outside = new Set(escapingLinks(found.links));
    const links = found.links.filter((link) => !outside.has(link) || !isShared(link.path, shared));
    for (const link of escapingLinks(links)) {
        found.faults.push(`${link.path} is a link that leads out of the release (to ${link.target}): exclude it, or list ${link.path} under shared`);
    }
    return links;
}
function refuseFaults(source, faults) {
    if (faults.length === 0)
        return;
    const more = faults.length > FAULTS_SHOWN ? [`and ${faults.length - FAULTS_SHOWN} more`] : [];
    throw new core_errors/* UserError */.yo([`${source} cannot be released as it is. Exclude or mend:`, ...faults.slice(0, FAULTS_SHOWN), ...more].join('\n  '));
}
function nothingIn(source) {
    return new core_errors/* UserError */.yo(`There is nothing to release in ${source}: no file is in it, or all are excluded. Check that the build ran and wrote there, and the exclude patterns.`);
}
// Takes the list apart from its end on, so that it is not held together with the table it becomes.
async function fingerprints(source, paths, keep, signal) {
    const files = fileTable();
    paths.sort((a, b) => comparePaths(b, a));
    const large = [];
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        const file = fingerprintSmall((0,external_node_path_.join)(source, path), path, keep);
        const index = files.add(file ?? { path, mode: 0, size: 0, sha256: UNKNOWN });
        if (file === undefined)
            large.push({ path, index });
        if (index % SLICE === SLICE - 1)
            await breath(signal);
    }
    const readers = Array.from({ length: LARGE_AT_ONCE }, async () => {
        for (let next = large.pop(); next !== undefined; next = large.pop())
            files.replace(next.index, await fingerprintLarge((0,external_node_path_.join)(source, next.path), next.path, signal));
    });
    await Promise.all(readers);
    return files;
}
function isMissing(error) {
    return isFileFault(error) && error.code === 'ENOENT';
}
function isFileFault(error) {
    return typeof error === 'object' && error !== null && 'syscall' in error;
}

;// CONCATENATED MODULE: ./build/shared/migrations/uploaded.js


/** The files of a folder of the workspace, as they travel with each plan. @throws {UserError} when it holds none, or what cannot travel. */
async function uploaded(source, signal) {
    const { files, folders, links } = await scanTree(source, (path) => path === '.git', [], signal);
    return [
        { kind: 'folder', path: 'migrations', mode: 0o700 },
        ...folders.map(({ path, mode }) => ({ kind: 'folder', path: `migrations/${path}`, mode })),
        ...Array.from(files, ({ path, mode, size }) => ({ kind: 'file', path: `migrations/${path}`, mode, size, source: (0,external_node_path_.join)(source, path) })),
        ...links.map(({ path, target }) => ({ kind: 'link', path: `migrations/${path}`, mode: 0o777, target })),
    ];
}

;// CONCATENATED MODULE: ./build/shared/server/service.js




const service_LOCK_WAIT = 1_800_000;
/** What the server knows of a service; with claim members, it takes a new generation first. @throws {UserError} when it may not. */
async function readState(server, name, claim = '', beginBase) {
    const inspection = await server.inspect(serviceKey(name.service, name.environment), name.path ?? '', name.runtimeDir ?? '', claim, beginBase);
    if (inspection.kind === 'state')
        return inspection.state;
    if (inspection.kind === 'refused')
        throw new core_errors/* UserError */.yo(`${server.label} refused: ${inspection.reason}`);
    const known = inspection.known.length === 0 ? 'It knows none' : `It knows ${inspection.known.join(', ')}`;
    throw new core_errors/* UserError */.yo(`${server.label} knows no service ${name.service} in environment ${name.environment}. ${known}. Deploy it first, or correct service and environment.`);
}
/** The same for a service that must have been deployed. @throws {UserError} when it has not. */
async function readDeployed(server, name, claim = '') {
    return asDeployed(server, name, await readState(server, name, claim));
}
/** The state as that of a service that has been deployed. @throws {UserError} when it has not. */
function asDeployed(server, { service }, state) {
    if (state.definition === undefined)
        throw new core_errors/* UserError */.yo(`${service} has not been deployed to ${server.label} yet: no deployment has come to its end.`);
    return state;
}
/** Heals what earlier plans left, if there is anything, under this generation; then there is a new state to read. */
async function heal(server, state, generation, follow) {
    if (state.unfinished.length === 0)
        return false;
    follow.log.info(`Earlier plans of ${follow.service} have not ended: ${state.unfinished.map(({ plan, last }) => `${plan} (${last})`).join(', ')}. They are healed first.`);
    const plan = { id: newPlanId(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: service_LOCK_WAIT, environment: {} };
    await carryOut(server, plan, [], follow);
    return true;
}

;// CONCATENATED MODULE: ./build/actions/migrate/src/assemble.js







/** What all operations work on: the migrations of one database, of a release on the server or of the workspace. */
async function assemble(inputs, job, server) {
    const state = await readDeployed(server, inputs);
    const engine = (0,options/* engineOf */.ky)(inputs.engine);
    const files = inputs.source === undefined ? [] : await uploaded(inputs.source, job.signal);
    const release = inputs.source === undefined ? releaseOf(inputs, state, job.run.id) : '';
    const work = {
        definition: state.definition, state: state.folder, generation: ledger_latestClaim(state.events)?.generation ?? 0, run: job.run, engine,
        setup: { database: inputs.database.kind, directory: directoryOf(inputs), options: (0,options/* withDefaults */.rO)(engine, inputs.options) },
        database: inputs.database, release, files, timeout: inputs.timeout,
        limits: { lockTimeout: inputs.lockTimeout, statementTimeout: inputs.statementTimeout, longTransaction: inputs.longTransaction, patience: inputs.waitForOthers, retries: inputs.lockRetries },
    };
    job.log.info(`Migrations of ${inputs.database.name}, ${files.length > 0 ? `${inputs.source} of the workspace` : `release ${release}`}. What is kept of them is in ${bookOf(work)} of ${server.label}.`);
    return { work, state };
}
// A folder that is nothing but migrations, with files that came along; engine sql looks nowhere else for them.
function directoryOf({ directory, engine, source }) {
    if (directory !== undefined)
        return directory.replace(/^\.\//, '').replace(/\/+$/, '') || '.';
    if (source !== undefined)
        return '.';
    return engine === 'sql' ? 'db/migrations' : '';
}
function releaseOf({ release }, state, run) {
    const own = state.events.findLast((event) => event.event === 'release' && event.run === run)?.release;
    const found = release ?? own ?? liveRelease(state);
    if (found === undefined)
        throw new core_errors/* UserError */.yo(`Users reach no release of ${state.definition.service} yet, and this run has prepared none. Deploy first, or name a release or a source.`);
    if (!state.releases.includes(found))
        throw new core_errors/* UserError */.yo(`Release ${found} is not on the server any more. There are: ${state.releases.join(', ') || 'none'}.`);
    return found;
}

;// CONCATENATED MODULE: ./build/shared/migrations/fault.js


const BEFORE_ANYTHING = new Set(['cleared', 'refused', 'cancelled', 'locked', 'blocked']);
/** Why a change failed and what it left. One that was killed says nothing of that, so it is looked for. */
async function fault_faultOf(server, work, { failure, left }, follow) {
    const { name } = work.database;
    const outcome = failure?.outcome;
    if (left !== undefined) {
        const lines = (outcome?.lastLines ?? []).map((line) => `  | ${line}`).join('\n');
        return { state: left.state, message: `The migrations of ${name} failed. State found: ${left.state}.\n${lines}\nAll that was printed is in ${outputFile(work)} on ${server.label}.` };
    }
    if (outcome?.state !== undefined && BEFORE_ANYTHING.has(outcome.state))
        return { state: 'untouched', message: failure?.message ?? '' };
    const seen = await look_look(server, work, follow);
    const state = seen.underWay === undefined ? 'untouched' : await look_settle(server, work, { ...seen, underWay: seen.underWay }, follow);
    return { state, message: `The plan that was to change ${name} did not come to its end. State found: ${state}.\n${failure?.message ?? ''}`, found: { status: seen.status, schema: seen.underWay?.difference ?? [] } };
}

;// CONCATENATED MODULE: ./build/shared/migrations/rehearsal.js
/** The newest rehearsal that these facts still match; undefined where there is none. */
function matching(rehearsals, facts) {
    return rehearsals.filter((each) => each.schema === facts.schema && each.files === facts.files && each.release === facts.release).sort((one, other) => one.time.localeCompare(other.time)).at(-1);
}
/** Why none matches, for people, by the newest there is. */
function mismatch(rehearsals, facts) {
    const newest = [...rehearsals].sort((one, other) => one.time.localeCompare(other.time)).at(-1);
    if (newest === undefined)
        return 'it was never rehearsed here';
    const changed = [
        ...(newest.files === facts.files ? [] : ['the files of the migrations']),
        ...(newest.release === facts.release ? [] : ['the release']),
        ...(newest.schema === facts.schema ? [] : ['the schema of the database']),
    ];
    return `since the rehearsal of ${newest.time} (set ${newest.set}), ${changed.join(' and ')} changed`;
}

;// CONCATENATED MODULE: ./build/shared/migrations/own-migrations.js
/**
 * Names of the migrations that certain applies (those of a run, or of a release) brought to a database and nobody has undone since, as far as the ledger
 * tells; the database tells which still are.
 */
function own_migrations_appliedBy(events, isMeant, { database, engine }) {
    const names = new Set();
    for (const event of events) {
        const { what, migrations = [], state } = event;
        if (event.event !== 'migration' || event.database !== database.name || event.engine !== engine.name || state === undefined)
            continue;
        if (what === 'apply' && state !== 'untouched' && isMeant(event))
            for (const name of migrations)
                names.add(name);
        if (what === 'undo' && state === 'applied')
            for (const name of migrations)
                names.delete(name);
    }
    return [...names];
}

;// CONCATENATED MODULE: ./build/shared/migrations/undo-own.js






/** What an undo of certain applies would do; undefined where nothing of them is applied any more. @throws {UserError} when the engine has no way back. */
function decideUndo(work, seen, events, isMeant) {
    const names = new Set(own_migrations_appliedBy(events, isMeant, work));
    const migrations = seen.status.applied.filter(({ name }) => names.has(name)).toReversed();
    if (migrations.length === 0)
        return undefined;
    if (work.engine.undo === undefined)
        throw new core_errors/* UserError */.yo(`Engine ${work.engine.name} has no way back. Restore a backup set instead: operation: restore of db-backup.`);
    return { what: 'undo', migrations, calls: work.engine.undo(work.setup, migrations), seen, irreversible: [], token: '', isHistoryAccepted: false, texts: '' };
}
/**
 * Undoes, in every database of a service, what certain applies brought and what is still applied, with the files of the release that they were of.
 * @throws {UserError} when one fails, saying what it left.
 */
async function undoApplied(server, state, run, isMeant, password, follow) {
    const undone = [];
    if (!state.events.some((event) => event.event === 'migration' && isMeant(event)))
        return undone;
    for (const work of await worksOf(server, state, run, password)) {
        if (appliedBy(state.events, isMeant, work).length === 0)
            continue;
        const seen = await look(server, work, follow);
        if (seen.underWay !== undefined)
            await settle(server, work, { ...seen, underWay: seen.underWay }, follow);
        const decided = decideUndo(work, seen, state.events, isMeant);
        if (decided === undefined)
            continue;
        const changed = await change(server, work, decided, follow);
        if (changed.failure !== undefined)
            throw new UserError((await faultOf(server, work, changed, follow)).message);
        undone.push({ database: work.database.name, migrations: decided.migrations.map(({ name }) => name), left: changed.left });
    }
    return undone;
}

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __webpack_require__(3916);
;// CONCATENATED MODULE: ./build/actions/migrate/src/report.js



const heading = ({ inputs, work }, what) => `${inputs.service}: ${what} of ${work.database.name}`;
const namesOf = (migrations) => migrations.map(({ name }) => name);
/** Tells what is applied and what is pending. */
function reportStatus(scene, faults) {
    const { job, seen: { status, facts } } = scene;
    outputStatus(scene, status);
    job.log.output([...status.applied.map(({ name }) => `applied  ${name}`), ...status.pending.map(({ name }) => `pending  ${name}`)].join('\n'));
    for (const fault of faults)
        job.log.warning(fault);
    const line = `${facts.server}: ${status.applied.length} applied, ${status.pending.length} pending.`;
    job.log.info(line);
    job.summarise({ heading: heading(scene, 'status'), paragraphs: [line, ...faults] });
}
/** Tells what the lint found, at file and line, and what cannot be taken back: before anybody approves. */
function reportJudged({ inputs, job, work, seen }, { findings, irreversible, unread }) {
    const inRepository = (path) => (inputs.source === undefined ? path : (0,posix_.join)(inputs.source, path));
    job.output({ 'lint-findings': findings.filter(({ waived }) => waived === undefined), irreversible: [...new Set(irreversible.map(({ migration }) => migration))] });
    for (const { rule, level, path, line, message, waived, migration } of findings) {
        if (waived === undefined)
            job.annotate({ level, title: `${rule}: ${migration}`, message, path: inRepository(path), line });
        job.log.info(`${level} ${rule} ${path}${line === undefined ? '' : `:${line}`}: ${message}${waived === undefined ? '' : ` Waived: ${waived}`}`);
    }
    for (const { migration, path, line, reason } of irreversible)
        job.annotate({ level: 'warning', title: `${migration} cannot be taken back`, message: reason, path: inRepository(path), line });
    for (const { migration, line, reason } of irreversible)
        job.log.info(`${migration} cannot be taken back${line === undefined ? '' : ` (line ${line})`}: ${reason}`);
    if (unread.length > 0 && seen.status.pending.length > 0)
        job.log.info(`Engine ${work.engine.name} does not tell the SQL of ${unread.join(', ')}: what it does, and whether it can be taken back, only the rehearsal shows.`);
}
/** Tells what an apply would do, and whether it may. */
function reportPlan(scene, { irreversible, findings }) {
    const { job, seen: { status, rehearsals, facts }, work } = scene;
    outputStatus(scene, status);
    const rehearsal = matching(rehearsals, facts);
    job.output({ token: rehearsal?.token ?? '' });
    const lost = new Set(irreversible.map(({ migration }) => migration));
    const readiness = status.pending.length === 0 ? '' : rehearsal === undefined ? `Not rehearsed: ${mismatch(rehearsals, facts)}.` : `Rehearsed on set ${rehearsal.set} at ${rehearsal.time}, in ${(0,duration/* formatDuration */.a3)(rehearsal.seconds * 1_000)}.`;
    const line = status.pending.length === 0 ? `Nothing is pending for ${work.database.name}.` : `${status.pending.length} pending for ${work.database.name}: ${namesOf(status.pending).join(', ')}.`;
    job.log.info([line, readiness].filter(Boolean).join(' '));
    job.summarise({
        heading: heading(scene, 'plan'), paragraphs: [line, ...(readiness === '' ? [] : [readiness])],
        ...(status.pending.length > 0 && { table: { columns: ['Pending', 'Can be taken back', 'Findings'], rows: namesOf(status.pending).map((name) => [name, lost.has(name) ? 'no' : work.engine.undo === undefined ? 'not by the engine' : 'yes', String(findings.filter(({ migration, waived }) => migration === name && waived === undefined).length)]) } }),
        ...(findings.length + irreversible.length > 0 && { details: [{ title: 'Findings', text: [...findings.map(({ level, rule, path, line: at, message }) => `${level} ${rule} ${path}:${at ?? ''} ${message}`), ...irreversible.map(({ migration, reason }) => `${migration} cannot be taken back: ${reason}`)].join('\n') }] }),
    });
}
/** Tells that there was nothing to be done. */
function reportNothing(scene, line) {
    outputStatus(scene, scene.seen.status);
    scene.job.output({ state: 'untouched', evidence: evidenceOf(scene.seen.status, []) });
    scene.job.log.info(line);
    scene.job.summarise({ heading: heading(scene, 'migrations'), paragraphs: [line] });
}
/** Tells what an apply or undo has left, and how that was found. */
function reportChange(scene, { what, migrations, calls }, left) {
    const { job, work } = scene;
    outputStatus(scene, left.status);
    job.output({ state: left.state, evidence: { ...evidenceOf(left.status, left.difference), ...(left.half.length > 0 && { half: left.half }), ...(left.rows.length > 0 && { rows: left.rows }) } });
    const line = wording(work.database.name, what, left, migrations.length);
    if (left.state === 'applied')
        job.log.info(line);
    else
        job.log.warning(line);
    if (left.state === 'partially-applied')
        for (const each of left.half)
            job.log.info(`  ${each}`);
    job.summarise({
        heading: heading(scene, what === 'apply' ? 'migrations' : 'undo'), paragraphs: [line],
        table: { columns: ['Migration', 'Seconds'], rows: calls.map(({ title }, index) => [title, left.seconds[index] === undefined ? '' : String(left.seconds[index])]) },
        ...(left.difference.length > 0 && { details: [{ title: 'What changed in the schema', text: left.difference.join('\n') }] }),
    });
}
/** Tells what was found of an apply that was killed. */
function reportSettled({ job, work, seen }, { plan, time, run, difference }, state) {
    job.output({ state, evidence: evidenceOf(seen.status, difference) });
    job.log.warning(`Plan ${plan} of run ${run} was to change ${work.database.name} at ${time} and did not come to its end. State found: ${state}. Applied now: ${seen.status.applied.length}, pending: ${seen.status.pending.length}${difference.length > 0 ? `, and ${difference.length} lines of the schema differ from then` : ''}.`);
}
function outputStatus({ job }, { applied, pending }) {
    job.output({ applied: namesOf(applied), pending: namesOf(pending) });
}
/** What a state was found by. */
function evidenceOf({ applied, pending }, schema) {
    return { applied: namesOf(applied), pending: namesOf(pending), schema };
}
function wording(database, what, { state, status, half, rows }, count) {
    const done = what === 'apply' ? 'applied' : 'undone';
    switch (state) {
        case 'applied': return `${count} ${count === 1 ? 'migration is' : 'migrations are'} ${done} in ${database}.`;
        case 'untouched': return `Nothing of it is left in ${database}: status and schema are what they were before.`;
        case 'partially-applied': return `A part of it is ${done} in ${database}: ${status.applied.length} applied, ${status.pending.length} pending${half.length === 0 ? '' : `, and the one that failed has left ${half.length} changed lines in the schema`}${rows.length === 0 ? '' : ` and changed rows in ${rows.join(', ')}`}.`;
    }
}

;// CONCATENATED MODULE: ./build/actions/migrate/src/change.js






/** Applies what is pending, if it was rehearsed as it is. */
async function applyPending(scene, told) {
    const { inputs, work, seen } = scene;
    const { pending } = seen.status;
    if (pending.length === 0)
        return reportNothing(scene, `Nothing is pending for ${work.database.name}.`);
    refuseFindings(told);
    const rehearsal = matching(seen.rehearsals, seen.facts);
    if (rehearsal === undefined && inputs.requireRehearsal) {
        throw new core_errors/* UserError */.yo(`What is pending for ${work.database.name} was not rehearsed as it is: ${mismatch(seen.rehearsals, seen.facts)}. Run operation: rehearse first, or set require-rehearsal: false.`);
    }
    scene.job.output({ token: rehearsal?.token ?? '' });
    await carryThrough(scene, {
        what: 'apply', migrations: pending, calls: work.engine.apply(work.setup, pending), seen, irreversible: [...new Set(told.irreversible.map(({ migration }) => migration))], token: rehearsal?.token ?? '',
        isHistoryAccepted: inputs.editedHistory === 'accept', texts: [...told.texts.values()].join('\n'),
    });
}
/** Stops for findings of the lint that weigh as errors. @throws {UserError} when there are any without a waiver. */
function refuseFindings({ findings }) {
    const errors = findings.filter(({ level, waived }) => level === 'error' && waived === undefined);
    if (errors.length === 0)
        return;
    throw new core_errors/* UserError */.yo(`The lint stops this, because it would hold users up or break what runs now:\n  ${errors.map(({ rule, path, line, message }) => `${path}${line === undefined ? '' : `:${line}`} ${rule}: ${message}`).join('\n  ')}\nChange the migration, waive a finding with a reason, or give its rule another level with lint.`);
}
/** Undoes what this run has applied, the newest first. */
async function undoOwn(scene) {
    const { work, seen, state, job } = scene;
    const decided = decideUndo(work, seen, state.events, ({ run }) => run === job.run.id);
    if (decided === undefined)
        return reportNothing(scene, `This run has applied nothing to ${work.database.name} that is still applied.`);
    await carryThrough(scene, decided);
}
async function carryThrough(scene, decided) {
    const { server, work, follow, job } = scene;
    const changed = await apply_change(server, work, decided, follow);
    if (changed.left !== undefined)
        reportChange(scene, decided, changed.left);
    if (changed.failure === undefined)
        return;
    const { state, message, found } = await fault_faultOf(server, work, changed, follow);
    if (changed.left === undefined)
        job.output({ state, evidence: found && evidenceOf(found.status, found.schema) });
    throw new core_errors/* UserError */.yo(message);
}

;// CONCATENATED MODULE: ./build/shared/database/backup-set.js

/** The manifest that a set's file holds. @throws {UserError} when a newer version wrote it or it is damaged. */
function parseManifest(text) {
    let manifest;
    try {
        manifest = JSON.parse(text);
    }
    catch {
        throw new core_errors/* UserError */.yo('The manifest of a backup set is damaged: it is no JSON.');
    }
    if (manifest.format !== 1)
        throw new core_errors/* UserError */.yo(`The manifest of a backup set has format ${String(manifest.format)}, which this version does not know. Use the version that wrote it.`);
    return manifest;
}
/** Whether a set is of this service in this environment, and not of another that keeps its sets in the same folder. */
function isOf({ service, environment }) {
    return (set) => set.service === service && set.environment === environment;
}
/** Seconds between the first and the last snapshot of a set. */
function skewOf({ parts }) {
    const times = parts.map(({ time }) => Date.parse(time)).filter((time) => !Number.isNaN(time));
    return times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1_000;
}

;// CONCATENATED MODULE: ./build/shared/database/read-sets.js



// A set is a folder with a manifest; one that still grows has another name.
const LIST = `for manifest in "$1"/*/manifest.json; do
  case $manifest in *.partial/manifest.json) ;; *) [ ! -f "$manifest" ] || { printf '\\036'; cat "$manifest" || exit 1; } ;; esac
done`;
/** The sets in a folder of the server, oldest first; none where there is no such folder. @throws {UserError} when one cannot be read. */
async function readSets(server, directory) {
    const { code, stdout, stderr } = await server.persist((connection) => connection.exec(scripts_scriptCommand(LIST, [directory])));
    if (code !== 0)
        throw new core_errors/* UserError */.yo(`The sets in ${directory} of ${server.label} could not be read: ${stderr.trim()}`);
    return stdout.split('\u001e').filter((text) => text !== '').map(parseManifest).sort((one, other) => one.set.localeCompare(other.set, 'en'));
}

;// CONCATENATED MODULE: ./build/shared/database/retention.js
const DAY_MS = 86_400_000;
/** Whether a proof is one that a restore may be promised by. */
function isProven(proof) {
    return proof === 'restored' || proof === 'equal';
}
/**
 * The sets that nobody asked to keep once one more is taken, oldest first; none where that is not proven, or nothing is said about keeping.
 * The one that is taken is the newest, whatever a clock said of others, and always kept. Days, weeks (from Monday) and months are those of UTC.
 */
function expiredSets(taken, others, { last, daily, weekly, monthly, minimum }) {
    const newestFirst = [taken, ...[...others].sort((one, other) => (one.time < other.time || (one.time === other.time && one.set < other.set) ? 1 : -1))];
    const proven = newestFirst.filter(({ proof }) => isProven(proof));
    if (last + daily + weekly + monthly === 0 || !isProven(taken.proof))
        return [];
    const kept = new Set([
        ...newestFirst.slice(0, last), ...proven.slice(0, Math.max(1, minimum)),
        ...newestOfEach(proven, daily, (time) => time.slice(0, 10)),
        ...newestOfEach(proven, weekly, weekOf),
        ...newestOfEach(proven, monthly, (time) => time.slice(0, 7)),
    ]);
    return newestFirst.filter((set) => !kept.has(set)).map(({ set }) => set).reverse();
}
function newestOfEach(newestFirst, count, span) {
    const newest = new Map();
    for (const set of newestFirst)
        if (!newest.has(span(set.time)))
            newest.set(span(set.time), set);
    return [...newest.values()].slice(0, count);
}
// 1 January 1970 was a Thursday.
function weekOf(time) {
    return String(Math.floor((Date.parse(time) / DAY_MS + 3) / 7));
}

;// CONCATENATED MODULE: ./build/shared/migrations/effects.js

const SAMPLE_SECONDS = 0.1;
/** What was done to each table, by figures before and after; tables with which nothing was done are left out. */
function effectsOf(before, after, database) {
    const [then, now] = [figuresOf(before), figuresOf(after)];
    const gone = [...then].flatMap(([number, { table }]) => (now.has(number) ? [] : [{ table, is: 'gone', rows: 0 }]));
    const there = [...now].flatMap(([number, { table, file, rows }]) => {
        const old = then.get(number);
        if (old === undefined)
            return [{ table, is: 'new', rows }];
        const isRewritten = database !== 'sqlite' && old.file !== file;
        return isRewritten || rows !== old.rows ? [{ table, is: isRewritten ? 'rewritten' : 'changed', rows: rows - old.rows }] : [];
    });
    return [...gone, ...there];
}
/** The locks of the samples, the longest first. */
function locksOf(samples) {
    const counts = new Map();
    for (const line of seen_linesOf(samples))
        if (/^\w+\|"/.test(line))
            counts.set(line, (counts.get(line) ?? 0) + 1);
    return [...counts].map(([line, count]) => ({ table: JSON.parse(line.slice(line.indexOf('|') + 1)), mode: line.slice(0, line.indexOf('|')), seconds: Math.round(count * SAMPLE_SECONDS * 10) / 10 }))
        .sort((one, other) => other.seconds - one.seconds);
}
function figuresOf(text) {
    return new Map(seen_linesOf(text).map((line) => {
        const [number = '', file = '', rows = ''] = line.split('|', 3);
        return [number, { file, rows: Number(rows), table: JSON.parse(line.slice(number.length + file.length + rows.length + 3)) }];
    }));
}

;// CONCATENATED MODULE: ./build/shared/migrations/rehearse.js






/** The plan that runs what is pending on a copy, and writes down what it does there. */
function planRehearsal(work, seen, calls, stage, id = plan_newPlanId(new Date())) {
    const { set, part, scratch, network, neutralize } = stage;
    const step = (name, title, script) => stepOf(work, name, 'before', title, script);
    return planOf(work, id, {
        calls, part, clear: 'clear_rehearsal',
        settings: { OPENED: set, NETWORK: network, SCHEMA: seen.facts.schema, SCRATCH: scratch },
        functions: `call_neutralize() {\n${(0,core_quote/* commandLine */.a)(['sh', '-e', '-c', neutralize])}\n}`,
        steps: [
            step('open', 'Opening the set', 'can_isolate && open_set'),
            step('hold', 'Restoring the database into a scratch instance', 'hold_copy'),
            ...(neutralize === '' ? [] : [step('neutralize', 'Turning off what reaches out of the copy', 'neutralize')]),
            step('rehearse', `Rehearsing ${calls.length} ${calls.length === 1 ? 'step' : 'steps'}`, 'rehearse_all'),
            stepOf(work, 'tidy', 'after', 'Ending the scratch instance', 'clear_rehearsal'),
        ],
    });
}
/** Runs what is pending on a copy. @throws {PlanFailed} when it fails there, or there is no copy. */
async function rehearsePending(server, work, seen, calls, stage, follow) {
    const plan = planRehearsal(work, seen, calls, stage);
    await carry_out_carryOut(server, plan, filesOf(work, calls, [], stage.identity), follow);
    const texts = await readTexts(server, `${work.state}/plans/${plan.id}`, ['record', 'figures.before', 'figures.after', 'locks', 'times']);
    const text = (path) => texts.get(path) ?? '';
    const { token, set, seconds } = JSON.parse(text('record'));
    return {
        token, set, seconds,
        migrations: seen_linesOf(text('times')).map((line, index) => ({ migration: calls[index]?.title ?? '', seconds: Number(line.split(' ')[1]) })),
        locks: locksOf(text('locks')), tables: effectsOf(text('figures.before'), text('figures.after'), work.database.kind),
    };
}

;// CONCATENATED MODULE: ./build/actions/migrate/src/rehearse.js








/** Runs what is pending on a proven copy, and writes down what it does there. */
async function rehearse(scene, told) {
    const { inputs, server, work, seen, follow, job } = scene;
    const { pending } = seen.status;
    if (pending.length === 0)
        return reportNothing(scene, `Nothing is pending for ${work.database.name}, so there is nothing to rehearse.`);
    reportPlan(scene, told);
    refuseFindings(told);
    const folder = inputs.sets ?? `${work.definition.path}/backups`;
    const { set, part } = chooseSet(await readSets(server, folder), inputs, folder, work.definition);
    job.log.info(`On set ${set}, the ${inputs.set === undefined ? 'newest proven' : 'one that was asked for'}`);
    const { ageIdentity: age, gpgSecretKey: gpg, gpgPassphrase: passphrase } = inputs;
    const identity = { ...(age && { age }), ...(gpg && { gpg }), ...(passphrase && { passphrase }) };
    const stage = { set: `${folder}/${set}`, part, identity, scratch: inputs.scratchDirectory ?? '', network: inputs.rehearsalNetwork, neutralize: inputs.neutralize ?? '' };
    const rehearsed = await rehearsePending(server, work, seen, work.engine.apply(work.setup, pending), stage, follow);
    job.output({ token: rehearsed.token, rehearsal: rehearsed });
    reportRehearsal(scene, rehearsed);
}
function chooseSet(sets, { set: wanted, database }, folder, definition) {
    const found = sets.flatMap((manifest) => {
        const part = rehearse_partOf(manifest, database);
        return part === undefined ? [] : [{ set: manifest.set, part: part.name, isProven: isProven(part.proof), isOwn: isOf(definition)(manifest) }];
    });
    const chosen = wanted === undefined ? found.findLast((each) => each.isProven && each.isOwn) ?? found.findLast((each) => each.isProven) : found.find(({ set }) => set === wanted);
    if (chosen !== undefined)
        return chosen;
    if (wanted !== undefined)
        throw new core_errors/* UserError */.yo(`There is no set ${wanted} with ${database.name} in ${folder}. There are: ${found.map(({ set }) => set).join(', ') || 'none'}.`);
    throw new core_errors/* UserError */.yo(`There is no proven set with ${database.name} in ${folder} to rehearse on. Take one with db-backup first.`);
}
function rehearse_partOf({ parts }, { kind, database, name }) {
    const same = parts.filter((part) => part.kind === kind && part.database === database);
    return same.find((part) => part.name === name) ?? same[0];
}
function reportRehearsal({ inputs, job, work }, { token, set, seconds, migrations, locks, tables }) {
    const line = `Rehearsed on set ${set} in ${(0,duration/* formatDuration */.a3)(seconds * 1_000)}: ${migrations.length} of ${migrations.length} ended well. Token ${token}.`;
    job.log.info(line);
    for (const { table, mode, seconds: held } of locks)
        job.log.info(`  ${mode} on ${table} for about ${held} s`);
    for (const { table, is, rows } of tables)
        job.log.info(`  ${table} is ${is}, ${rows} rows`);
    job.summarise({
        heading: `${inputs.service}: rehearsal of ${work.database.name}`, paragraphs: [line],
        table: { columns: ['Migration', 'Seconds'], rows: migrations.map((each) => [each.migration, String(each.seconds)]) },
    });
    if (tables.length > 0)
        job.summarise({ heading: 'Tables', table: { columns: ['Table', 'Is', 'Rows'], rows: tables.map(({ table, is, rows }) => [table, is, String(rows)]) } });
    if (locks.length > 0)
        job.summarise({ heading: 'Locks that hold others up', table: { columns: ['Table', 'Lock', 'For about, s'], rows: locks.map((lock) => [lock.table, lock.mode, String(lock.seconds)]) } });
}

;// CONCATENATED MODULE: ./build/actions/migrate/src/migrate.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
















/** Tells, rehearses, applies or undoes the migrations of one database of a service. */
async function migrate(inputs, job) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const began = performance.now();
        const server = __addDisposableResource(env_1, await openServer((0,connection_inputs/* sshTarget */.ov)(inputs), job.log, job.signal), true);
        const follow = { log: job.log, signal: job.signal, service: inputs.service };
        const { work, state } = await assemble(inputs, job, server);
        if (inputs.dryRun)
            return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(preview(inputs, work)));
        if (work.engine.programs(work.setup).includes('dbmate'))
            await bringDbmate(server, work, installingOf(inputs, job), follow);
        const seen = await look_look(server, work, follow);
        const scene = { inputs, job, server, work, state, seen, follow };
        if (seen.underWay !== undefined)
            reportSettled(scene, seen.underWay, await look_settle(server, work, { ...seen, underWay: seen.underWay }, follow));
        await operate(scene);
        job.output({ duration: (0,duration/* inSeconds */.F7)(performance.now() - began) });
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        const result_1 = __disposeResources(env_1);
        if (result_1)
            await result_1;
    }
}
function installingOf({ programMirror }, job) {
    const { base, hosts } = (0,defaults/* sourceOf */.vz)(programMirror);
    const { temp, proxy } = surroundings();
    const hasToolCache = Boolean(jobEnvironment()['RUNNER_TOOL_CACHE']);
    return { log: job.log, base, isOffline: false, hasToolCache, temp, downloading: { hosts, proxy, signal: job.signal, ...defaults/* PATIENCE */.aZ, onRetry: (why) => job.log.info(`Trying again: ${why}`) } };
}
async function operate(scene) {
    switch (scene.inputs.operation) {
        case 'status': return reportStatus(scene, faultsOf(scene));
        case 'plan': return reportPlan(scene, await told(scene));
        case 'rehearse': return rehearse(scene, await told(scene));
        case 'apply': return applyPending(scene, await told(scene));
        case 'undo': return undoOwn(scene);
    }
}
// An edited history is refused before anything else: what the files say is not what the database has.
async function told(scene) {
    const { inputs, work, seen, server, follow } = scene;
    const faults = faultsOf(scene);
    if (faults.length > 0 && inputs.editedHistory === 'refuse') {
        throw new core_errors/* UserError */.yo(`The history of ${work.database.name} was edited, so its files do not tell what it holds:\n  ${faults.join('\n  ')}\nPut back what was applied and write a new migration; or, if you know better, set edited-history: accept.`);
    }
    const texts = await textsOf(server, work, seen, seen.status.pending, follow);
    const history = await textsOf(server, work, seen, historyToRead(seen.status, work.engine, texts), follow);
    const judged = judge(seen.status, new Map([...history, ...texts]), work.engine, seen.facts, { levels: inputs.lint ?? {}, waivers: inputs.waivers ?? [] });
    reportJudged(scene, judged);
    return { ...judged, texts };
}
function faultsOf({ inputs, seen }) {
    return historyFaults(seen.status, inputs.editedHistory === 'accept' ? [] : parseChain(seen.chain), seen.hashes);
}
function preview({ operation }, work) {
    const looking = describePlan(planLook(work));
    if (operation === 'plan' || operation === 'status')
        return looking;
    const nothing = { what: operation === 'undo' ? 'undo' : 'apply', migrations: [], calls: [], irreversible: [], token: '', isHistoryAccepted: false, texts: '', seen: EMPTY };
    return `${looking}\n\nAnd then, for what it finds:\n${describePlan(planChange(work, nothing))}`;
}
const EMPTY = {
    plan: '', status: { applied: [], pending: [], unknown: [] }, facts: { schema: '', files: '', release: '', server: '' }, identity: '', hashes: new Map(), chain: '', rehearsals: [], underWay: undefined,
};


/***/ })

};
