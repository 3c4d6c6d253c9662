import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 3057:
/***/ ((module) => {

function isBuffer(value) {
  return Buffer.isBuffer(value) || value instanceof Uint8Array
}

function isEncoding(encoding) {
  return Buffer.isEncoding(encoding)
}

function alloc(size, fill, encoding) {
  return Buffer.alloc(size, fill, encoding)
}

function allocUnsafe(size) {
  return Buffer.allocUnsafe(size)
}

function allocUnsafeSlow(size) {
  return Buffer.allocUnsafeSlow(size)
}

function byteLength(string, encoding) {
  return Buffer.byteLength(string, encoding)
}

function compare(a, b) {
  return Buffer.compare(a, b)
}

function concat(buffers, totalLength) {
  return Buffer.concat(buffers, totalLength)
}

function copy(source, target, targetStart, start, end) {
  return toBuffer(source).copy(target, targetStart, start, end)
}

function equals(a, b) {
  return toBuffer(a).equals(b)
}

function fill(buffer, value, offset, end, encoding) {
  return toBuffer(buffer).fill(value, offset, end, encoding)
}

function from(value, encodingOrOffset, length) {
  return Buffer.from(value, encodingOrOffset, length)
}

function includes(buffer, value, byteOffset, encoding) {
  return toBuffer(buffer).includes(value, byteOffset, encoding)
}

function indexOf(buffer, value, byfeOffset, encoding) {
  return toBuffer(buffer).indexOf(value, byfeOffset, encoding)
}

function lastIndexOf(buffer, value, byteOffset, encoding) {
  return toBuffer(buffer).lastIndexOf(value, byteOffset, encoding)
}

function swap16(buffer) {
  return toBuffer(buffer).swap16()
}

function swap32(buffer) {
  return toBuffer(buffer).swap32()
}

function swap64(buffer) {
  return toBuffer(buffer).swap64()
}

function toBuffer(buffer) {
  if (Buffer.isBuffer(buffer)) return buffer
  return Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

function toString(buffer, encoding, start, end) {
  return toBuffer(buffer).toString(encoding, start, end)
}

function toHex(buffer, start, end) {
  return toBuffer(buffer).toString('hex', start, end)
}

function write(buffer, string, offset, length, encoding) {
  return toBuffer(buffer).write(string, offset, length, encoding)
}

function readDoubleBE(buffer, offset) {
  return toBuffer(buffer).readDoubleBE(offset)
}

function readDoubleLE(buffer, offset) {
  return toBuffer(buffer).readDoubleLE(offset)
}

function readFloatBE(buffer, offset) {
  return toBuffer(buffer).readFloatBE(offset)
}

function readFloatLE(buffer, offset) {
  return toBuffer(buffer).readFloatLE(offset)
}

function readInt32BE(buffer, offset) {
  return toBuffer(buffer).readInt32BE(offset)
}

function readInt32LE(buffer, offset) {
  return toBuffer(buffer).readInt32LE(offset)
}

function readUInt32BE(buffer, offset) {
  return toBuffer(buffer).readUInt32BE(offset)
}

function readUInt32LE(buffer, offset) {
  return toBuffer(buffer).readUInt32LE(offset)
}

function writeDoubleBE(buffer, value, offset) {
  return toBuffer(buffer).writeDoubleBE(value, offset)
}

function writeDoubleLE(buffer, value, offset) {
  return toBuffer(buffer).writeDoubleLE(value, offset)
}

function writeFloatBE(buffer, value, offset) {
  return toBuffer(buffer).writeFloatBE(value, offset)
}

function writeFloatLE(buffer, value, offset) {
  return toBuffer(buffer).writeFloatLE(value, offset)
}

function writeInt32BE(buffer, value, offset) {
  return toBuffer(buffer).writeInt32BE(value, offset)
}

function writeInt32LE(buffer, value, offset) {
  return toBuffer(buffer).writeInt32LE(value, offset)
}

function writeUInt32BE(buffer, value, offset) {
  return toBuffer(buffer).writeUInt32BE(value, offset)
}

function writeUInt32LE(buffer, value, offset) {
  return toBuffer(buffer).writeUInt32LE(value, offset)
}

module.exports = {
  isBuffer,
  isEncoding,
  alloc,
  allocUnsafe,
  allocUnsafeSlow,
  byteLength,
  compare,
  concat,
  copy,
  equals,
  fill,
  from,
  includes,
  indexOf,
  lastIndexOf,
  swap16,
  swap32,
  swap64,
  toBuffer,
  toString,
  toHex,
  write,
  readDoubleBE,
  readDoubleLE,
  readFloatBE,
  readFloatLE,
  readInt32BE,
  readInt32LE,
  readUInt32BE,
  readUInt32LE,
  writeDoubleBE,
  writeDoubleLE,
  writeFloatBE,
  writeFloatLE,
  writeInt32BE,
  writeInt32LE,
  writeUInt32BE,
  writeUInt32LE
}


/***/ }),

/***/ 9580:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(4434)


/***/ }),

/***/ 3587:
/***/ ((module) => {

module.exports = class FixedFIFO {
  constructor (hwm) {
    if (!(hwm > 0) || ((hwm - 1) & hwm) !== 0) throw new Error('Max size for a FixedFIFO should be a power of two')
    this.buffer = new Array(hwm)
    this.mask = hwm - 1
    this.top = 0
    this.btm = 0
    this.next = null
  }

  clear () {
    this.top = this.btm = 0
    this.next = null
    this.buffer.fill(undefined)
  }

  push (data) {
    if (this.buffer[this.top] !== undefined) return false
    this.buffer[this.top] = data
    this.top = (this.top + 1) & this.mask
    return true
  }

  shift () {
    const last = this.buffer[this.btm]
    if (last === undefined) return undefined
    this.buffer[this.btm] = undefined
    this.btm = (this.btm + 1) & this.mask
    return last
  }

  peek () {
    return this.buffer[this.btm]
  }

  isEmpty () {
    return this.buffer[this.btm] === undefined
  }
}


/***/ }),

/***/ 3867:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const FixedFIFO = __nccwpck_require__(3587)

module.exports = class FastFIFO {
  constructor (hwm) {
    this.hwm = hwm || 16
    this.head = new FixedFIFO(this.hwm)
    this.tail = this.head
    this.length = 0
  }

  clear () {
    this.head = this.tail
    this.head.clear()
    this.length = 0
  }

  push (val) {
    this.length++
    if (!this.head.push(val)) {
      const prev = this.head
      this.head = prev.next = new FixedFIFO(2 * this.head.buffer.length)
      this.head.push(val)
    }
  }

  shift () {
    if (this.length !== 0) this.length--
    const val = this.tail.shift()
    if (val === undefined && this.tail.next) {
      const next = this.tail.next
      this.tail.next = null
      this.tail = next
      return this.tail.shift()
    }

    return val
  }

  peek () {
    const val = this.tail.peek()
    if (val === undefined && this.tail.next) return this.tail.next.peek()
    return val
  }

  isEmpty () {
    return this.length === 0
  }
}


/***/ }),

/***/ 298:
/***/ ((module) => {

// A simple implementation of make-array
function makeArray (subject) {
  return Array.isArray(subject)
    ? subject
    : [subject]
}

const UNDEFINED = undefined
const EMPTY = ''
const SPACE = ' '
const ESCAPE = '\\'

// The characters that carry a meaning of their own inside a regular
//   expression, so a literal one has to be escaped before it is emitted.
const REGEX_LITERAL_SPECIAL = /[.*+?()[\]{}^$|\\/]/
const BOM = '\uFEFF'
// A run of two or more asterisks is a globstar (#175)
const REGEX_ANCHORED_GLOBSTAR = /^\/\*{2,}$/
const REGEX_REPLACE_LEADING_EXCAPED_EXCLAMATION = /^\\!/
const REGEX_REPLACE_LEADING_EXCAPED_HASH = /^\\#/
const REGEX_SPLITALL_CRLF = /\r?\n/g

// Invalid:
// - /foo,
// - ./foo,
// - ../foo,
// - .
// - ..
// Valid:
// - .foo
const DOUBLE_SLASH = '//'
const SLASH_CODE = 47
const DOT_CODE = 46


const SLASH = '/'

// Do not use ternary expression here, since "istanbul ignore next" is buggy
let TMP_KEY_IGNORE = 'node-ignore'
/* istanbul ignore else */
if (typeof Symbol !== 'undefined') {
  TMP_KEY_IGNORE = Symbol.for('node-ignore')
}
const KEY_IGNORE = TMP_KEY_IGNORE

const define = (object, key, value) => {
  Object.defineProperty(object, key, {value})
  return value
}

const RETURN_FALSE = () => false

// > The range notation, e.g. [a-zA-Z],
// > can be used to match one of the characters in a range.
//
// gitignore(5) defers to fnmatch(3) for this, and git implements it in
//   `wildmatch.c`.  A bracket expression has a sub-grammar of its own, which
//   is neither the surrounding pattern grammar nor the JavaScript one:
//
//   - a `]` right after `[` or `[!` is a literal member, not the terminator
//   - `[:alpha:]` names one of twelve POSIX classes
//   - `\` escapes the next member, `]` included
//   - `*`, `?` and `.` are plain literal members
//   - an unterminated expression makes the whole pattern match nothing
//
// which means the expression can not be located -- let alone translated -- by
//   a regular expression.  It is scanned out of the pattern before the
//   replacers below run, and put back once they are done, so that neither the
//   metacharacter escaper nor the `?` / `*` replacers ever see its body.

// git classifies with its own ASCII-only ctype macros (`wildmatch.c`), never
//   with the C library ones, so these must not be mapped onto `\d` / `\w` /
//   `\s`, which are wider.  `/` is left out of every expansion, because a
//   bracket expression never matches a path separator.
const POSIX_CLASSES = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  blank: ' \\t',
  cntrl: '\\x00-\\x1f\\x7f',
  digit: '0-9',
  graph: '!-.0-~',
  lower: 'a-z',
  print: ' -.0-~',
  punct: '!-.:-@\\[-`{-~',
  // git's `sane-ctype.h` classifies \v and \f as control, not space,
  //   unlike C's `isspace`
  space: ' \\t\\n\\r',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f'
}

const CLASS_MEMBERS_TO_ESCAPE = '\\]^-['

const escapeMember = char => CLASS_MEMBERS_TO_ESCAPE.indexOf(char) < 0
  ? char
  : ESCAPE + char

// > if (matched == negated || ((flags & WM_PATHNAME) && text_ch == '/'))
// >   return WM_ABORT_TO_STARSTAR;                     (git, `wildmatch.c`)
// A bracket expression never matches a path separator, whatever its members
//   say, so a negated class gets `/` as one more excluded character, while a
//   plain one -- where a literal member or a range could still let `/` in --
//   is guarded with a lookahead, `/` being impossible to subtract from a
//   JavaScript character class.
const NON_SLASH = '(?!\\/)'

const classSource = (negated, body) => {
  if (negated) {
    return `[^\\/${body}]`
  }

  const source = `[${body}]`

  return new RegExp(source).test('/')
    ? NON_SLASH + source
    : source
}

// Scan the bracket expression that starts at `pattern[start] === '['`,
//   mirroring the member loop of git's `wildmatch.c`.
// @returns {{end: number, source: string} | null} `null` if the expression is
//   never terminated, which makes the whole pattern match nothing.
const scanBracket = (pattern, start) => {
  const {length} = pattern
  let index = start + 1
  let negated = EMPTY

  const lead = pattern[index]
  if (lead === '!' || lead === '^') {
    negated = '^'
    index ++
  }

  let body = EMPTY

  // The member a `-` could start a range from, or EMPTY when the previous
  //   member can not open one (start of the body, or a range / POSIX class
  //   that has just closed)
  let prev = EMPTY

  // git scans the members with a do-while, so the first one is consumed
  //   unconditionally.  That is the whole reason a leading `]` is a member
  //   and not the terminator.
  for (;;) {
    const char = pattern[index]

    if (char === UNDEFINED) {
      return null
    }

    if (char === ESCAPE) {
      // A pattern can not end on a lone backslash -- `createRule` has
      //   already thrown it away -- so there is a character to read.
      const escaped = pattern[++ index]
      body += escapeMember(escaped)
      prev = escaped
    } else if (
      char === '-'
      && prev
      && index + 1 < length
      && pattern[index + 1] !== ']'
    ) {
      index ++
      let to = pattern[index]
      if (to === ESCAPE) {
        to = pattern[index += 1]
      }
      // An out-of-order range matches nothing in git but is a syntax error in
      //   JavaScript, so it is dropped.  Its lower bound stays: git tests it
      //   as a plain member before it ever looks at the `-`, so `[c-a]` does
      //   match `c`.
      if (prev <= to) {
        body += `-${escapeMember(to)}`
      }
      prev = EMPTY
    } else if (char === '[' && pattern[index + 1] === ':') {
      const nameStart = index + 2
      let end = nameStart
      while (end < length && pattern[end] !== ']') {
        end ++
      }

      if (end === length) {
        return null
      }

      if (end > nameStart && pattern[end - 1] === ':') {
        const name = pattern.slice(nameStart, end - 1)

        // An unknown class name makes the whole pattern match nothing
        if (!Object.prototype.hasOwnProperty.call(POSIX_CLASSES, name)) {
          return null
        }

        body += POSIX_CLASSES[name]
        prev = EMPTY
        index = end
      } else {
        // No `:]` to close it, so the `[` is a plain member and scanning
        //   resumes right after it.
        body += escapeMember('[')
        prev = '['
        index = nameStart - 2
      }
    } else {
      body += escapeMember(char)
      prev = char
    }

    index ++

    if (pattern[index] === ']') {
      return {
        end: index,
        source: classSource(negated, body)
      }
    }
  }
}

// An empty JavaScript class can never match, which is how a pattern that git
//   gives up on (`WM_ABORT_ALL`) is expressed here.
const NEVER_MATCH = '[]'

// A NUL can appear in neither a `.gitignore` line nor a path, which makes it
//   the one safe placeholder character.  A literal one in the pattern is
//   held aside all the same, so a collision is impossible by construction.
const PLACEHOLDER = '\u0000'
const REGEX_RESTORE_PLACEHOLDER = new RegExp(
  `${PLACEHOLDER}(\\d+)${PLACEHOLDER}`, 'g'
)

// The one wildcard the chain does not expand for itself is a trailing `*`. How
//   it expands depends on the mode (`regex` vs `checkRegex`), so `_make` is
//   left to do it, and until then the pending wildcard travels as this marker.
//   That is what keeps it apart from a user-escaped literal `\*`: the unescape
//   steps collapse the escaped one to the exact `\*` a wildcard would leave
//   behind, so by the time `_make` runs the two are otherwise the same string
//   and a literal star gets wrongly rewritten into a wildcard. The marker is a
//   private-use character, and `extractBrackets` keeps one that came out of the
//   pattern apart from it, so the only marker `_make` ever turns back into a
//   real wildcard is the one this chain put there itself.
const TRAILING_WILDCARD = '\uE000'

// A trailing "/**" is deferred the same way, because `checkRegex` has to tell
//   it apart from a trailing "/*" (see `checkSourceOf`). For `.ignores()` it
//   still never matches the folder itself (#21).
const TRAILING_DOUBLESTAR = '\uE001'

// The three characters above mean something to the chain that builds the
//   source rather than to the path, so one that came out of the pattern is
//   held aside like a bracket expression instead of going straight out. Being
//   held is what makes it safe: the restore runs after the step that anchors
//   the source, so the character comes back in the middle of the source and
//   not at its end, which is the one place `_make` and `checkSourceOf` look
//   for a marker. Without it a pattern's own character lands where a pending
//   marker sits, and `_make` turns it into a real trailing wildcard.
//
// It is held as a one-member class rather than bare, in both of the branches
//   a reserved character can reach, so that the property can be
//   read off this function alone -- a reserved character never goes out on
//   its own -- rather than depending on where in the chain the restore
//   happens to run. In the expression built here `[x]` matches exactly what
//   `x` matches, none of the three being special to a regular expression or
//   inside a class, so no test can tell the two apart: the class is insurance,
//   and the paragraph above is the reason it is not needed.
const isReserved = char =>
  char === PLACEHOLDER
  || char === TRAILING_WILDCARD
  || char === TRAILING_DOUBLESTAR

// Replace every bracket expression with a placeholder the replacers below
//   leave alone, and translate it separately.
const extractBrackets = pattern => {
  const sources = []
  const hold = source =>
    `${PLACEHOLDER}${sources.push(source) - 1}${PLACEHOLDER}`

  const {length} = pattern
  let out = EMPTY
  let index = 0

  while (index < length) {
    const char = pattern[index]

    if (char === ESCAPE) {
      // > Put a backslash ("\") in front of ... a character to make it literal.
      //                                            (gitignore(5) -> fnmatch(3))
      // A backslash quotes the next character, whatever it is, so `\d` is a
      //   literal `d`, not the regex digit class, and `\?` is a literal `?`,
      //   not a wildcard. Held aside as its literal here, the escape never
      //   reaches the replacers below, which would otherwise let `\d`, `\b`,
      //   `\1`, `\/` keep their regular-expression meaning, and would turn a
      //   `\?` into `[^\/]`.
      //
      // Three escapes are still left for the chain: `\*` (a literal star,
      //   told apart from a wildcard by `TRAILING_WILDCARD` and the wildcard
      //   replacers), `\[` (a literal bracket, the one `[` the bracket
      //   replacer still expects), and `\ ` (a quoted space, which one pass
      //   below rewrites in bulk -- holding each one aside instead costs more
      //   on a pattern built out of them).
      //
      // A quoted backslash is not among them. The chain doubles every
      //   backslash, then takes the doubling back out again, and a quoted one
      //   standing next to a character the chain also escapes left the two
      //   counts sharing a run, so one of the escapes was lost. Held here as
      //   the literal it means, it never joins that run.
      const escaped = pattern[index + 1]

      if (escaped === SLASH && index + 2 === length) {
        // Git removes a final directory slash before matching. An escape
        //   without a character after that removal makes the pattern invalid.
        out += hold(NEVER_MATCH)
      } else if (
        escaped === '*'
        || escaped === '['
        || escaped === SPACE
      ) {
        out += pattern.slice(index, index + 2)
      } else {
        out += hold(
          REGEX_LITERAL_SPECIAL.test(escaped)
            ? ESCAPE + escaped
            : isReserved(escaped)
              ? `[${escaped}]`
              : escaped
        )
      }

      index += 2
    } else if (isReserved(char)) {
      out += hold(`[${char}]`)
      index ++
    } else if (char === '[') {
      const scanned = scanBracket(pattern, index)

      if (scanned === null) {
        // git gives up on the whole pattern (`WM_ABORT_ALL`), so whatever
        //   follows can not make it match either.
        out += hold(NEVER_MATCH)
        index = length
      } else {
        out += hold(scanned.source)
        index = scanned.end + 1
      }
    } else {
      out += char
      index ++
    }
  }

  return {
    source: out,
    sources
  }
}

// A step of the chain below is normally a `[matcher, replacer]` pair handed
//   to `String.replace`. `DIRECT` marks the ones that are plain string work
//   instead, and take `(source, pattern)`.
//
// Anchoring the two ends is exactly that -- a test of one character and a
//   concatenation -- and putting it through the regular expression engine
//   cost a third of this chain for nothing: 167ns where 10ns does the same
//   job. The two are still steps in the same list, in the same places,
//   because their position in the order is part of what they mean.
const DIRECT = null

// A separator at the beginning or in the middle of a pattern, as opposed to
//   one at the very end.
const REGEX_INNER_SLASH = /\/(?!$)/
const WILDCARD = '[^\\/]*'

// > If the pattern ends with a slash,
// > it is removed for the purpose of the following description,
// > but it would only find a match with a directory.
// > In other words, foo/ will match a directory foo and paths underneath it,
// > but will not match a regular file or a symbolic link foo
// >  (this is consistent with the way how pathspec works in general in Git).
// '`foo/`' will not match regular file '`foo`' or symbolic link '`foo`'
// -> ignore-rules will not deal with it, because it costs extra `fs.stat` call
//      you could use option `mark: true` with `glob`

// '`foo/`' should not continue with the '`..`'
// The chain that turns one gitignore pattern into a regular expression
//   source, in order. A step is either
//
//   [matcher, replacer]            handed to `String.replace`
//   [matcher, replacer, required]  the same, but skipped outright unless
//                                    `required` appears in the string, which
//                                    the matcher cannot match without
//   [DIRECT, transform]            plain string work, taking (source, pattern)
//
// The `required` character is only ever a shortcut: finding it does not mean
//   the matcher will match, and not finding it means it cannot. It is there
//   because scanning for one character costs a fraction of running a matcher
//   that then finds nothing -- for the wildcard step, whose `[^\\]+`
//   backtracks its way through the whole string before giving up, 11ns
//   against 400ns.
const REPLACERS = [

  // Replace (\ ) with ' '
  // Only a space: an escaped tab or other whitespace is already a literal by
  //   the time it reaches here, and a bare tab must be left as one, not turned
  //   into a space.
  // (\ ) -> ' '
  // (\\ ) -> '\\ '
  // (\\\ ) -> '\\ '
  [
    // A run of backslashes is taken whole, from its first one, so no match
    //   ever starts again inside it -- `(\\+?) ` did, which made a long run
    //   quadratic.
    /(\\+)( ?)/g,
    (_, run, space) => space
      ? run.slice(0, run.length - run.length % 2) + SPACE
      : run,
    ESCAPE + SPACE
  ],

  // git's wildmatch() reads a run of two or more asterisks as one globstar
  //   whenever the run fills a path segment: it starts the pattern or follows
  //   a `/`, and it ends the pattern or comes before a `/`. A run of two is
  //   already `**`; a longer one is folded into `**` here, so the steps
  //   below only ever have to know `**`.
  // `***/foo` -> `**/foo`, `a/***/b` -> `a/**/b`, `a/***` -> `a/**`
  // git also takes a run beside a literal prefix (`a***/b`) or beside an
  //   escaped slash (`***\/b`) as a globstar, and this does not; the README
  //   lists both, under "A run of asterisks".
  [
    /(^|\/)\*{3,}(?=\/|$)/g,
    (_, start) => `${start}**`,
    '*'
  ],

  // Escape metacharacters
  // which is written down by users but means special for regular expressions.

  // > There are 12 characters with special meanings:
  // > - the backslash \,
  // > - the caret ^,
  // > - the dollar sign $,
  // > - the period or dot .,
  // > - the vertical bar or pipe symbol |,
  // > - the question mark ?,
  // > - the asterisk or star *,
  // > - the plus sign +,
  // > - the opening parenthesis (,
  // > - the closing parenthesis ),
  // > - and the opening square bracket [,
  // > - the opening curly brace {,
  // > These special characters are often called "metacharacters".
  [
    /[\\$.|*+(){^]/g,
    match => `\\${match}`
  ],

  [
    // > a question mark (?) matches a single character
    /(?!\\)\?/g,
    () => '[^/]',
    '?'
  ],

  // leading slash
  [

    // > A leading slash matches the beginning of the pathname.
    // > For example, "/*.c" matches "cat-file.c" but not "mozilla-sha1/sha1.c".
    // A leading slash matches the beginning of the pathname
    /^\//,
    () => '^',
    SLASH
  ],

  // replace special metacharacter slash after the leading slash
  [
    /\//g,
    () => '\\/',
    SLASH
  ],

  [
    // > A leading "**" followed by a slash means match in all directories.
    // > For example, "**/foo" matches file or directory "foo" anywhere,
    // > the same as pattern "foo".
    // > "**/foo/bar" matches file or directory "bar" anywhere that is directly
    // >   under directory "foo".
    // Notice that the '*'s have been replaced as '\\*'
    /^\^*(?:\\\*\\\*\\\/)+/,

    // '**/foo' <-> 'foo'
    () => '(?:^|\\/)',
    '*'
  ],

  // starting
  [
    // there will be no leading '/'
    //   (which has been replaced by section "leading slash")
    // If starts with '**', adding a '^' to the regular expression also works
    DIRECT,
    (source, pattern) => {
      // Nothing to anchor to, or already anchored (`^` or `(?:^|\/)`)
      if (!source || source[0] === '^' || source[0] === '(') {
        return source
      }

      // If has a slash `/` at the beginning or middle
      const anchor = !REGEX_INNER_SLASH.test(pattern)
        // > Prior to 2.22.1
        // > If the pattern does not contain a slash /,
        // >   Git treats it as a shell glob pattern
        // Actually, if there is only a trailing slash,
        //   git also treats it as a shell glob pattern

        // After 2.22.1 (compatible but clearer)
        // > If there is a separator at the beginning or middle (or both)
        // > of the pattern, then the pattern is relative to the directory
        // > level of the particular .gitignore file itself.
        // > Otherwise the pattern may also match at any level below
        // > the .gitignore level.
        ? '(?:^|\\/)'

        // > Otherwise, Git treats the pattern as a shell glob suitable for
        // >   consumption by fnmatch(3)
        : '^'

      return anchor + source
    }
  ],

  // two globstars
  [
    // Use lookahead assertions so that we could match more than one `'/**'`
    /\\\/\\\*\\\*(?=\\\/|$)/g,

    // Zero, one or several directories
    // should not use '*', or it will be replaced by the next replacer

    // Check if it is not the last `'/**'`
    (_, index, str) => index + 6 < str.length

      // case: /**/ at the end of the pattern, i.e. a trailing `'/**/'`
      // > A trailing `"/**/"` (a trailing `"/**"` restricted to directories)
      // >   matches everything inside, but it should not match the current
      // >   folder itself, so it requires at least one directory segment.
      // 'a/**/' matches 'a/b/', 'a/x/y/' but not 'a/'
      ? str.slice(index + 6) === '\\/'
        ? '(?:\\/[^\\/]+)+'

        // case: /**/
        // > A slash followed by two consecutive asterisks then a slash matches
        // >   zero or more directories.
        // > For example, "a/**/b" matches "a/b", "a/x/b", "a/x/y/b" and so on.
        // '/**/'
        : '(?:\\/[^\\/]+)*'

      // case: /**
      // > A trailing `"/**"` matches everything inside.

      // #21: everything inside but it should not include the current folder,
      //   resolved by `_make`
      : `\\/${TRAILING_DOUBLESTAR}`,
    '*'
  ],

  // normal intermediate wildcards
  [
    // Never replace escaped '*'
    // ignore rule '\*' will match the path '*'

    // 'abc.*/' -> go
    // 'abc.*'  -> skip this rule,
    //    coz trailing single wildcard will be handed by [trailing wildcard]
    /(^|[^\\])(?:\\\*)+(?!$)/g,

    // '*.js' matches '.js'
    // '*.js' doesn't match 'abc'
    // 1. An asterisk "*" matches anything except a slash.
    // 2. Other consecutive asterisks are considered regular asterisks
    //    and collapse into one non-slash wildcard run.
    (_, p1) => p1 + WILDCARD,
    '*'
  ],

  // trailing wildcard, held apart from a literal star
  [
    // The step above leaves a trailing `*` alone, so a single `\*` is all that
    //   can be left at the end here, and what stands in front of it says which
    //   kind it is. A wildcard arrives as the escaper wrote it, `\*` with
    //   nothing before it; a literal arrives as the user's own escape, which
    //   the escaper doubled, and then the star's own -- `\\` and then `\*`.
    //   There is no third case: every backslash still reaching the chain is
    //   one `\*`, `\[` or `\ ` carries itself, and each is followed by its
    //   own character, so a longer run can never form. This runs while the
    //   two are still distinct, before the unescape steps below collapse the
    //   literal onto the very `\*` a wildcard leaves behind.
    /(^|[^\\])((?:\\\\)*)\\\*$/,

    (match, p1, p2) =>
      p2 === EMPTY
        // A real wildcard: carry it to `_make` as the marker, so the unescape
        //   steps and the trailing-wildcard rewrite can never mistake it for a
        //   literal `\*` (nor the reverse).
        ? p1 + TRAILING_WILDCARD
        // A literal star: leave it exactly as it stands for the unescape steps.
        : match,
    '*'
  ],

  [
    // unescape, revert step 3 except for back slash
    // For example, if a user escape a '\\*',
    // after step 3, the result will be '\\\\\\*'
    /\\\\\\(?=[$.|*+(){^])/g,
    () => ESCAPE,
    ESCAPE + ESCAPE
  ],

  [
    // '\\\\' -> '\\'
    /\\\\/g,
    () => ESCAPE,
    ESCAPE + ESCAPE
  ],

  [
    // Every real bracket expression -- POSIX classes included -- has already
    //   been held aside by `extractBrackets`, so the only `[` left in the
    //   pattern is an escaped, literal one.

    // A backslash could only stand at the end of the range if it quoted the
    //   `]`, and `\]` is held aside long before this.
    /\\\[([^\]/]*?)($|\])/g,

    // '\\[bar]' -> '\\\\[bar]'
    (match, range, close) => `\\[${range}${close}`,
    '['
  ],

  // ending
  [
    // 'js' will not match 'js.'
    // 'ab' will not match 'abc'
    DIRECT,

    // WTF!
    // https://git-scm.com/docs/gitignore
    // changes in [2.22.1](https://git-scm.com/docs/gitignore/2.22.1)
    // which re-fixes #24, #38

    // > If there is a separator at the end of the pattern then the pattern
    // > will only match directories, otherwise the pattern can match both
    // > files and directories.

    // 'js*' will not match 'a.js'
    // 'js/' will not match 'a.js'
    // 'js' will match 'a.js' and 'a.js/'
    source => {
      const last = source[source.length - 1]

      // The pattern is empty, or ends in a pending marker `_make` owns --
      //   the trailing wildcard, or a trailing "/**". A trailing `*` that is
      //   not the marker is a literal star, which anchors like any other
      //   final character.
      if (!last || last === TRAILING_WILDCARD || last === TRAILING_DOUBLESTAR) {
        return source
      }

      return last === SLASH
        // foo/ will not match 'foo'
        ? `${source}$`
        // foo matches 'foo' and 'foo/'
        : `${source}(?=$|\\/$)`
    }
  ]
]

const REGEX_REPLACE_TRAILING_WILDCARD = /(^|\\\/)?\uE000$/
const MODE_IGNORE = 'regex'
const MODE_CHECK_IGNORE = 'checkRegex'
const UNDERSCORE = '_'

const replaceTrailingWildcard = (_, p1) => {
  const prefix = p1
    // '\^':
    // '/*' does not match EMPTY
    // '/*' does not match everything

    // '\\\/':
    // 'abc/*' does not match 'abc/'
    ? `${p1}[^/]+`

    // 'a*' matches 'a'
    // 'a*' matches 'aa'
    : '[^/]*'

  return `${prefix}(?=$|\\/$)`
}

const REGEX_REPLACE_TRAILING_DOUBLESTAR = /\uE001$/

// 'abc/**' matches everything under 'abc', but not 'abc/' itself (#21):
//   requiring one arbitrary character (line terminators included, #176)
//   after 'abc/' is necessary and sufficient for `.test(path)`.
const replaceTrailingDoublestar = () => '[\\s\\S]'

// The fixed piece between the wildcard at `at` and the next wildcard of the
//   run: the tokens that separate them, joined as they appear in the source.
//   A run never holds two wildcards in a row, so there is always at least one
//   token.
const separatorAfter = (run, at) => {
  let separator = EMPTY

  for (let index = at + 1; index < run.length && !run[index].wildcard; index ++) {
    separator += run[index].single
  }

  return separator
}

// Where a run of non-slash wildcards is split by fixed pieces --
//   `[^/]*ab[^/]*cd...` -- the engine has many equivalent ways to lay the
//   input across the wildcards, and on input that does not match it works
//   through all of them, so the time grows with the number of wildcards
//   rather than the length of the path. Every wildcard but the last in such a
//   run can be pinned to stop where the piece after it begins, which leaves
//   one way to lay out the input and no rewinding, without changing which
//   paths match: the fixed pieces still bound the count, and the last
//   wildcard still absorbs the rest.
//
// A wildcard is pinned to the whole piece, never to the piece's first
//   character. The pin leaves no way back, so a wildcard that stopped at that
//   first character would hand over wherever the character happens to turn
//   up, including the places the rest of the piece cannot follow -- which is
//   how `f*o/*/*` came to miss `foo/b/c`, the first `o` of `foo` not being
//   the one the `o/` after it needs. Every token of a piece matches exactly
//   one character, so the first place the whole piece fits is the leftmost
//   place it can sit, and whatever is left over goes to the wildcards that
//   follow.
//
// The source is read one token at a time -- a wildcard, a single-character
//   piece (a literal, an escape, a class), or a parenthesised group or anchor
//   that ends the run -- so only a genuine wildcard is touched.
const pinWildcards = source => {
  if (source.indexOf(WILDCARD) < 0) {
    return source
  }

  const tokens = []
  const {length} = source
  let index = 0

  while (index < length) {
    const char = source[index]

    if (source.startsWith(WILDCARD, index)) {
      tokens.push({wildcard: true})
      index += WILDCARD.length
    } else if (char === '[') {
      let end = index + 1

      if (source[end] === '^') {
        end ++
      }

      if (source[end] === ']') {
        end ++
      }

      while (end < length && source[end] !== ']') {
        end += source[end] === ESCAPE
          ? 2
          : 1
      }

      end ++
      tokens.push({single: source.slice(index, end)})
      index = end
    } else if (char === ESCAPE) {
      tokens.push({single: source.slice(index, index + 2)})
      index += 2
    } else if (char === '(') {
      let depth = 0
      let end = index

      do {
        if (source[end] === ESCAPE) {
          end ++
        } else if (source[end] === '(') {
          depth ++
        } else if (source[end] === ')') {
          depth --
        }

        end ++
      } while (end < length && depth > 0)

      if ('*+?'.indexOf(source[end]) >= 0) {
        end ++
      }

      tokens.push({boundary: source.slice(index, end)})
      index = end
    } else if (char === '^' || char === '$') {
      tokens.push({boundary: char})
      index ++
    } else {
      tokens.push({single: char})
      index ++
    }
  }

  let out = EMPTY
  let run = []

  const flush = () => {
    let lastWildcard

    run.forEach((token, at) => {
      if (token.wildcard) {
        lastWildcard = at
      }
    })

    run.forEach((token, at) => {
      if (!token.wildcard) {
        out += token.single
        return
      }

      // Every wildcard but the last is pinned to the whole piece that
      //   follows it, for the reason set out above this function. The last
      //   one stays as it is and takes up the rest.
      out += at === lastWildcard
        ? WILDCARD
        : `(?:(?!${separatorAfter(run, at)})[^\\/])*`
    })

    run = []
  }

  tokens.forEach(token => {
    if (token.boundary === undefined) {
      run.push(token)
      return
    }

    flush()
    out += token.boundary
  })

  flush()

  return out
}

// @param {pattern}
const makeRegexPrefix = pattern => {
  // `/**` matches every path, as `**` does. The translation below only finds
  //   a globstar beside a slash it keeps, and the leading one is turned into
  //   an anchor, so `/**` would come out as `/*` and match one level only.
  //   Here rather than in `createRule`, so that `checkSourceOf`, which
  //   compiles `/**/` again without its trailing slash, gets it too.
  if (REGEX_ANCHORED_GLOBSTAR.test(pattern)) {
    pattern = '**'
  }

  const {source, sources} = extractBrackets(pattern)

  const replaced = REPLACERS.reduce(
    // A pass whose matcher finds nothing hands back the very string it was
    //   given, so asking first costs a search and saves a rewrite. Ten of the
    //   fifteen passes never fire for a typical .gitignore line, and between
    //   them they were 45% of this chain.
    (prev, [matcher, replacer, required]) => {
      if (matcher === DIRECT) {
        return replacer(prev, pattern)
      }

      if (required !== UNDEFINED && prev.indexOf(required) < 0) {
        return prev
      }

      // A pass whose matcher finds nothing hands back the very string it was
      //   given, so asking first costs a search and saves a rewrite.
      return matcher.test(prev)
        ? prev.replace(matcher, replacer.bind(pattern))
        : prev
    },
    source
  )

  // Most patterns hold no bracket expression at all, and then there is
  //   nothing to put back.
  return sources.length
    ? replaced.replace(
      REGEX_RESTORE_PLACEHOLDER,
      (match, index) => sources[index]
    )
    : replaced
}

// `checkRegex` tests a path with a trailing slash, 'abc/', the way
//   `git check-ignore` matches that literal string once the directory itself
//   is known not to be excluded (see `checkIgnore`): a trailing '/' of the
//   pattern is dropped, a basename pattern sees an empty basename, and only a
//   pattern whose last segment is a pending wildcard can match what is left
//   after the final slash -- 'abc/*' and 'abc/**' match 'abc/', and 'abc/**'
//   also matches 'abc/d/' (#77, #169).
const checkSourceOf = (body, prefix) => {
  if (body[body.length - 1] === SLASH) {
    prefix = makeRegexPrefix(body.slice(0, - 1))
  }

  const head = prefix.slice(0, - 1)
  const last = prefix[prefix.length - 1]

  return last === TRAILING_WILDCARD
    ? `${head}$`
    : last === TRAILING_DOUBLESTAR
      ? head
      : NEVER_MATCH
}

// A trailing slash does not stop a pattern being basename-only: it restricts
//   the match to a directory, it does not let the pattern reach across one.
//   Everything else a pattern can hold -- a wildcard, a character class, an
//   escape -- stays inside a single path segment too, so a pattern with no
//   separator in it can only ever describe the last one.
const matchesBasename = body => {
  const index = body.indexOf(SLASH)

  return index < 0 || index === body.length - 1
}

// The last segment of a path, keeping a trailing slash, because a pattern that
//   ends in one matches only a directory.
// 'a/b/c.js' -> 'c.js';  'a/b/' -> 'b/';  'c.js' -> 'c.js' (no copy made)
const basenameOf = path => {
  const end = path.length - 1

  const index = path.lastIndexOf(
    SLASH,
    path[end] === SLASH
      ? end - 1
      : end
  )

  return index < 0
    ? path
    : path.slice(index + 1)
}

// The parent directory of a path, with its trailing separator, or EMPTY when
//   the path has none.
// 'a/b/c' -> 'a/b/';  'a/b/' -> 'a/';  'a' -> EMPTY;  'a/' -> EMPTY
//
// A path holding an empty segment has to be taken apart, because its
//   ancestors are not prefixes of it: the parent of 'a//b' is 'a/', not
//   'a//', and the parent of '/a/' is nothing at all. Both shapes reach here
//   -- 'a//b' is accepted outright, and `checkIgnore` does not put the path
//   it is given through the relative-path check.
//
// Every other path is a prefix of itself, and cutting one costs a fraction of
//   splitting it into an array and joining that back at every level: 73ns
//   against 207ns.
const parentOf = path => {
  if (
    path.charCodeAt(0) === SLASH_CODE
    || path.indexOf(DOUBLE_SLASH) >= 0
  ) {
    const slices = path.split(SLASH).filter(Boolean)

    slices.pop()

    return slices.length
      ? slices.join(SLASH) + SLASH
      : EMPTY
  }

  const end = path.length - 1

  // Look back from before a trailing separator, since that one belongs to the
  //   path itself.
  //
  // A negative place to start would be a trap here: `lastIndexOf` clamps one
  //   to 0 and searches there rather than reporting no match, so '/' would
  //   come back as its own parent and the walk would never end. It cannot
  //   happen -- that is the only path short enough to produce one, and the
  //   test above has already sent it the other way.
  const cut = path.lastIndexOf(
    SLASH,
    path.charCodeAt(end) === SLASH_CODE
      ? end - 1
      : end
  )

  return cut < 0
    ? EMPTY
    : path.slice(0, cut + 1)
}

const isString = subject => typeof subject === 'string'

// Blank lines, comments and trailing lone backslashes are told by
//   `createRule`, once the pattern is normalized.
const checkPattern = pattern => pattern
  && isString(pattern)

// Git drops one CR before each LF, and one at the end of a final line that
//   has no LF after it.
const splitPattern = pattern => (
  pattern[pattern.length - 1] === '\r'
    ? pattern.slice(0, - 1)
    : pattern
)
.split(REGEX_SPLITALL_CRLF)
.filter(Boolean)

class IgnoreRule {
  constructor (
    pattern,
    mark,
    body,
    ignoreCase,
    negative,
    prefix
  ) {
    this.pattern = pattern
    this.mark = mark
    this.negative = negative

    define(this, 'body', body)
    define(this, 'ignoreCase', ignoreCase)
    define(this, 'regexPrefix', prefix)
  }

  // Worked out on first use and kept behind an own property, the way `regex`
  //   caches itself in `_regex`. Deciding it in the constructor instead would
  //   add a fourth `defineProperty` to every rule ever built, which cost 4% of
  //   every compile -- including the compiles of rules that are never matched
  //   against anything.
  get _basenameOnly () {
    return define(this, '_basenameOnly', matchesBasename(this.body))
  }

  get regex () {
    const key = UNDERSCORE + MODE_IGNORE

    if (this[key]) {
      return this[key]
    }

    return this._make(MODE_IGNORE, key)
  }

  get checkRegex () {
    const key = UNDERSCORE + MODE_CHECK_IGNORE

    if (this[key]) {
      return this[key]
    }

    return this._make(MODE_CHECK_IGNORE, key)
  }

  _make (mode, key) {
    const str = pinWildcards(
      mode === MODE_IGNORE
        ? this.regexPrefix
        .replace(REGEX_REPLACE_TRAILING_WILDCARD, replaceTrailingWildcard)
        .replace(REGEX_REPLACE_TRAILING_DOUBLESTAR, replaceTrailingDoublestar)
        : checkSourceOf(this.body, this.regexPrefix)
    )

    const regex = this.ignoreCase
      ? new RegExp(str, 'i')
      : new RegExp(str)

    return define(this, key, regex)
  }
}

const hasTrailingBackslash = str => {
  let count = 0

  while (str[str.length - count - 1] === ESCAPE) {
    count ++
  }

  return count % 2 === 1
}

// Read a line the way git does: when `stripLineEnd` is set (an unsplit array
//   or object pattern), drop any trailing blank lines along with the LF
//   before each and at most one CR at the end of the line; then trim trailing
//   spaces in the same backward pass. Git trims spaces only, and a space
//   escaped by an odd run of backslashes stays, unescaped, as the last one.
// Scanned from the end: a regular expression can only try each start in
//   turn, which is quadratic over a long run of spaces or backslashes.
// 'a  ' -> 'a';  'a\ ' -> 'a ';  'a\\ ' -> 'a\\';  'a\t' -> 'a\t'
// 'a\r\n' -> 'a';  'a\r\r' -> 'a\r';  'a\n\r' -> 'a'
const trimEnd = (body, stripLineEnd) => {
  let lineEnd = body.length
  let end

  for (;;) {
    if (stripLineEnd && body[lineEnd - 1] === '\r') {
      lineEnd --
    }

    end = lineEnd

    while (body[end - 1] === SPACE) {
      end --
    }

    if (!stripLineEnd || body[end - 1] !== '\n') {
      break
    }

    lineEnd = end - 1
  }

  if (end === lineEnd) {
    return body.slice(0, lineEnd)
  }

  let backslashes = 0

  while (body[end - backslashes - 1] === ESCAPE) {
    backslashes ++
  }

  return backslashes % 2
    ? body.slice(0, end - 1) + SPACE
    : body.slice(0, end)
}

const createRule = (
  pattern,
  mark,
  ignoreCase,
  stripLineEnd,
  stripBOM
) => {
  // Git drops a BOM before it reads the first line, so before anything else.
  let body = stripBOM && pattern[0] === BOM
    ? pattern.slice(1)
    : pattern

  // > A line starting with # serves as a comment.
  if (body[0] === '#') {
    return
  }

  let negative = false

  // > An optional prefix "!" which negates the pattern;
  if (body[0] === '!') {
    negative = true
    body = body.slice(1)
  }

  // Normalize the body before checking which slashes anchor the pattern.
  //   Otherwise `bar/ ` is mistaken for a pattern containing an inner slash.
  //   A line from `splitPattern` has already lost its line ending, so only a
  //   trailing space remains to trim there.
  const last = body[body.length - 1]

  if (
    last === SPACE
    || stripLineEnd && (last === '\r' || last === '\n')
  ) {
    body = trimEnd(body, stripLineEnd)
  }

  // > A blank line matches no files, so it can serve as a separator for
  // >   readability.
  // Nor does a lone "!", a pattern ending on an unpaired backslash, or
  //   anything else left empty here: an empty pattern would compile to a
  //   regex matching every path.
  if (!body || hasTrailingBackslash(body)) {
    return
  }

  body = body
  // > Put a backslash ("\") in front of the first "!" for patterns that
  // >   begin with a literal "!", for example, `"\!important!.txt"`.
  .replace(REGEX_REPLACE_LEADING_EXCAPED_EXCLAMATION, '!')
  // > Put a backslash ("\") in front of the first hash for patterns that
  // >   begin with a hash.
  .replace(REGEX_REPLACE_LEADING_EXCAPED_HASH, '#')

  const regexPrefix = makeRegexPrefix(body)

  return new IgnoreRule(
    pattern,
    mark,
    body,
    ignoreCase,
    negative,
    regexPrefix
  )
}

class RuleManager {
  constructor (ignoreCase) {
    this._ignoreCase = ignoreCase
    this._rules = []

    // How many of the rules git would tag `EXC_FLAG_NODIR`.
    //
    // The scan uses it to decide, once for the whole set, whether handing
    //   those rules the basename is worth what it costs the others. The
    //   shortcut saves a full-path scan on every rule it applies to and costs
    //   a check on every rule it does not, so a set where almost nothing is
    //   basename-only comes out behind -- a 955 pattern set with 44 of them
    //   measured 19% slower with the shortcut always on.
    //
    // Deciding this by measurement rather than by meaning is safe: a
    //   basename-only pattern gives the very same answer against the whole
    //   path, it just takes longer to say so. The choice can only change how
    //   fast the scan runs, never what it returns.
    this._basenameCount = 0
  }

  _add (pattern, index) {
    // #32
    if (pattern && pattern[KEY_IGNORE]) {
      this._rules = this._rules.concat(pattern._rules._rules)
      this._basenameCount += pattern._rules._basenameCount
      this._added = true
      return
    }

    const isStr = isString(pattern)
    const raw = isStr
      ? pattern
      : pattern.pattern

    const rule = checkPattern(raw)
      && createRule(
        raw,
        isStr ? UNDEFINED : pattern.mark,
        this._ignoreCase,
        !this._split,
        this._stripBOM && !index
      )

    if (rule) {
      this._added = true
      this._rules.push(rule)

      // Deliberately not `rule._basenameOnly`: reading that would materialise
      //   the rule's own copy, and the whole point of leaving it lazy is that
      //   a rule which is compiled and never matched never pays for it.
      if (matchesBasename(rule.body)) {
        this._basenameCount ++
      }
    }
  }

  // @param {Array<string> | string | Ignore} pattern
  add (pattern) {
    this._added = false
    this._split = isString(pattern)
    this._stripBOM = !this._split || pattern[0] === BOM

    makeArray(
      this._split
        ? splitPattern(pattern)
        : pattern
    ).forEach(this._add, this)

    if (this._added) {
      this._literalRules = UNDEFINED
    }

    return this._added
  }

  // Match the literal 'abc/' for `checkIgnore`, last rule wins. Only a rule
  //   ending in a wildcard can match it (see `checkSourceOf`), so the rest
  //   are left out once, rather than tested or compiled for every path.
  testLiteral (path) {
    const rules = this._literalRules || (
      this._literalRules = this._rules.filter(
        ({body}) => body[body.length - (
          body[body.length - 1] === SLASH ? 2 : 1
        )] === '*'
      )
    )

    let ignored = false
    let unignored = false
    let matchedRule

    for (let index = rules.length - 1; index >= 0; index --) {
      const rule = rules[index]

      if (rule.checkRegex.test(path)) {
        ignored = !rule.negative
        unignored = rule.negative
        matchedRule = rule.negative
          ? UNDEFINED
          : rule
        break
      }
    }

    const ret = {
      ignored,
      unignored
    }

    if (matchedRule) {
      ret.rule = matchedRule
    }

    return ret
  }

  // Test one single path without recursively checking parent directories
  //
  // - mode `string` either `MODE_IGNORE` or `MODE_CHECK_IGNORE`

  // @returns {TestResult}
  test (path, mode) {
    // Most of a .gitignore is patterns with no slash in them, and running
    //   those against the whole path makes the regular expression engine walk
    //   every directory name on the way to the only segment that could match.
    //   Handing them the basename instead is what git does, and it is where
    //   the time in a directory walk goes: the rule scan was two thirds of it.
    const rules = this._rules
    const {length} = rules

    const shortcut = this._basenameCount * 2 >= length

    const basename = shortcut
      ? basenameOf(path)
      : path

    // The last rule to match decides, as in git, and it is the rule
    //   `git check-ignore -v` reports, so the scan runs from the end and stops
    //   at the first match.
    // A plain loop rather than `forEach`, so that `path`, `basename` and
    //   `shortcut` are locals. As a callback they became closure variables,
    //   and reaching for one of those once per rule cost 10% of a scan over a
    //   large rule set -- more than the shortcut they were there to serve.
    for (let index = length - 1; index >= 0; index --) {
      const rule = rules[index]

      if (rule[mode].test(
        shortcut && rule._basenameOnly
          ? basename
          : path
      )) {
        const {negative} = rule

        const ret = {
          ignored: !negative,
          unignored: negative
        }

        if (!negative) {
          ret.rule = rule
        }

        return ret
      }
    }

    return {
      ignored: false,
      unignored: false
    }
  }
}

const throwError = (message, Ctor) => {
  throw new Ctor(message)
}

const checkPath = (path, originalPath, doThrow) => {
  if (!isString(path)) {
    return doThrow(
      `path must be a string, but got \`${originalPath}\``,
      TypeError
    )
  }

  // We don't know if we should ignore EMPTY, so throw
  if (!path) {
    return doThrow(`path must not be empty`, TypeError)
  }

  // Check if it is a relative path
  if (checkPath.isNotRelative(path)) {
    const r = '`path.relative()`d'
    return doThrow(
      `path should be a ${r} string, but got "${originalPath}"`,
      RangeError
    )
  }

  return true
}

// > pathname should be a `path.relative()`d one
//
// The same thing `REGEX_TEST_INVALID_PATH` says, spelled out: a path is not
//   relative if it begins with a separator, or with `./` or `../`, or is
//   nothing but `.` or `..`. Every match is decided by the first three
//   characters, and this runs on every path handed to the library -- where it
//   was 55% of a cached lookup, more than the cache lookup itself.
const isNotRelative = path => {
  const first = path.charCodeAt(0)

  if (first === SLASH_CODE) {
    return true
  }

  if (first !== DOT_CODE) {
    return false
  }

  // '.'
  if (path.length === 1) {
    return true
  }

  const second = path.charCodeAt(1)

  // './'
  if (second === SLASH_CODE) {
    return true
  }

  if (second !== DOT_CODE) {
    return false
  }

  // '..' or '../'
  return path.length === 2 || path.charCodeAt(2) === SLASH_CODE
}

checkPath.isNotRelative = isNotRelative

// On windows, the following function will be replaced
/* istanbul ignore next */
checkPath.convert = p => p


const convertPath = target =>
  isString(target) && checkPath.convert(target)


class Ignore {
  constructor ({
    ignorecase = true,
    ignoreCase = ignorecase,
    allowRelativePaths = false
  } = {}) {
    define(this, KEY_IGNORE, true)

    this._rules = new RuleManager(ignoreCase)
    this._strictPathCheck = !allowRelativePaths
    this._initCache()
  }

  _initCache () {
    // A cache for the result of `.ignores()`
    this._ignoreCache = Object.create(null)

    // A cache for the result of `.test()`
    this._testCache = Object.create(null)
  }

  add (pattern) {
    if (this._rules.add(pattern)) {
      // Some rules have just added to the ignore,
      //   making the behavior changed,
      //   so we need to re-initialize the result cache
      this._initCache()
    }

    return this
  }

  // legacy
  addPattern (pattern) {
    return this.add(pattern)
  }

  // @returns {TestResult}
  _test (originalPath, cache, path) {
    checkPath(
      path,
      originalPath,
      this._strictPathCheck
        ? throwError
        : RETURN_FALSE
    )

    return path
      ? this._t(path, cache)
      : {
        ignored: false,
        unignored: false
      }
  }

  checkIgnore (target) {
    // A Windows path is converted first, so that a directory given with a
    //   trailing separator, `\` or `/`, is told the same way
    const path = convertPath(target)

    // If the path does not end with a slash, `.ignores()` is much equivalent
    //   to `git check-ignore`
    if (!path || path.charCodeAt(path.length - 1) !== SLASH_CODE) {
      return this._test(target, this._testCache, path)
    }

    // Like `git check-ignore`: a directory excluded by itself or by an
    //   ancestor settles it, and only then is the literal 'abc/' matched
    //   against the rules (see `checkSourceOf`).
    const dir = this._t(path, this._testCache)

    if (dir.ignored) {
      return dir
    }

    const literal = this._rules.testLiteral(path)

    return literal.ignored || literal.unignored
      ? literal
      : dir
  }

  _t (
    // The path to be tested
    path,

    // The cache for the result of a certain checking
    cache
  ) {
    if (path in cache) {
      return cache[path]
    }

    const parentPath = parentOf(path)

    // If the path contains a parent directory, check the parent first
    const parent = parentPath
      ? this._t(parentPath, cache)
      : UNDEFINED

    return cache[path] = parent && parent.ignored
      // > It is not possible to re-include a file if a parent directory of
      // >   that file is excluded.
      ? parent
      : this._rules.test(path, MODE_IGNORE)
  }

  ignores (path) {
    return this._test(path, this._ignoreCache, convertPath(path)).ignored
  }

  createFilter () {
    return path => !this.ignores(path)
  }

  filter (paths) {
    return makeArray(paths).filter(this.createFilter())
  }

  // @returns {TestResult}
  test (path) {
    return this._test(path, this._testCache, convertPath(path))
  }
}

const factory = options => new Ignore(options)

const isPathValid = path =>
  checkPath(convertPath(path), path, RETURN_FALSE)

/* istanbul ignore next */
const setupWindows = () => {
  /* eslint no-control-regex: "off" */
  const makePosix = str => /^\\\\\?\\/.test(str)
  || /["<>|\u0000-\u001F]+/u.test(str)
    ? str
    : str.replace(/\\/g, '/')

  checkPath.convert = makePosix

  // 'C:\\foo'     <- 'C:\\foo' has been converted to 'C:/'
  // 'd:\\foo'
  const REGEX_TEST_WINDOWS_PATH_ABSOLUTE = /^[a-z]:\//i
  checkPath.isNotRelative = path =>
    REGEX_TEST_WINDOWS_PATH_ABSOLUTE.test(path)
    || isNotRelative(path)
}


// Windows
// --------------------------------------------------------------
/* istanbul ignore next */
if (
  // Detect `process` so that it can run in browsers.
  typeof process !== 'undefined'
  && process.platform === 'win32'
) {
  setupWindows()
}

// COMMONJS_EXPORTS ////////////////////////////////////////////////////////////

module.exports = factory

// Although it is an anti-pattern,
//   it is still widely misused by a lot of libraries in github
// Ref: https://github.com/search?q=ignore.default%28%29&type=code
factory.default = factory

module.exports.isPathValid = isPathValid

// For testing purposes
define(module.exports, Symbol.for('setupWindows'), setupWindows)


/***/ }),

/***/ 6204:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { EventEmitter } = __nccwpck_require__(9580)
const FIFO = __nccwpck_require__(3867)
const TextDecoder = __nccwpck_require__(7934)

const StreamError = __nccwpck_require__(5657)

// if we do a future major, expect queue microtask to be there always, for now a bit defensive
const qmt =
  typeof queueMicrotask === 'undefined' ? (fn) => global.process.nextTick(fn) : queueMicrotask

// 29 bits used total (4 from shared, 14 from read, and 11 from write)
const MAX = (1 << 29) - 1

// Shared state
const OPENING = 0b0001
const PREDESTROYING = 0b0010
const DESTROYING = 0b0100
const DESTROYED = 0b1000

const NOT_OPENING = MAX ^ OPENING
const NOT_PREDESTROYING = MAX ^ PREDESTROYING

// Read state (4 bit offset from shared state)
const READ_ACTIVE = 0b00000000000001 << 4
const READ_UPDATING = 0b00000000000010 << 4
const READ_PRIMARY = 0b00000000000100 << 4
const READ_QUEUED = 0b00000000001000 << 4
const READ_RESUMED = 0b00000000010000 << 4
const READ_PIPE_DRAINED = 0b00000000100000 << 4
const READ_ENDING = 0b00000001000000 << 4
const READ_EMIT_DATA = 0b00000010000000 << 4
const READ_EMIT_READABLE = 0b00000100000000 << 4
const READ_EMITTED_READABLE = 0b00001000000000 << 4
const READ_DONE = 0b00010000000000 << 4
const READ_NEXT_TICK = 0b00100000000000 << 4
const READ_NEEDS_PUSH = 0b01000000000000 << 4
const READ_READ_AHEAD = 0b10000000000000 << 4

// Combined read state
const READ_FLOWING = READ_RESUMED | READ_PIPE_DRAINED
const READ_ACTIVE_AND_NEEDS_PUSH = READ_ACTIVE | READ_NEEDS_PUSH
const READ_PRIMARY_AND_ACTIVE = READ_PRIMARY | READ_ACTIVE
const READ_EMIT_READABLE_AND_QUEUED = READ_EMIT_READABLE | READ_QUEUED
const READ_RESUMED_READ_AHEAD = READ_RESUMED | READ_READ_AHEAD

const READ_NOT_ACTIVE = MAX ^ READ_ACTIVE
const READ_NON_PRIMARY = MAX ^ READ_PRIMARY
const READ_NON_PRIMARY_AND_PUSHED = MAX ^ (READ_PRIMARY | READ_NEEDS_PUSH)
const READ_PUSHED = MAX ^ READ_NEEDS_PUSH
const READ_PAUSED = MAX ^ READ_RESUMED
const READ_NOT_QUEUED = MAX ^ (READ_QUEUED | READ_EMITTED_READABLE)
const READ_NOT_ENDING = MAX ^ READ_ENDING
const READ_PIPE_NOT_DRAINED = MAX ^ READ_FLOWING
const READ_NOT_NEXT_TICK = MAX ^ READ_NEXT_TICK
const READ_NOT_UPDATING = MAX ^ READ_UPDATING
const READ_NO_READ_AHEAD = MAX ^ READ_READ_AHEAD
const READ_PAUSED_NO_READ_AHEAD = MAX ^ READ_RESUMED_READ_AHEAD

// Write state (18 bit offset, 4 bit offset from shared state and 14 from read state)
const WRITE_ACTIVE = 0b00000000001 << 18
const WRITE_UPDATING = 0b00000000010 << 18
const WRITE_PRIMARY = 0b00000000100 << 18
const WRITE_QUEUED = 0b00000001000 << 18
const WRITE_UNDRAINED = 0b00000010000 << 18
const WRITE_DONE = 0b00000100000 << 18
const WRITE_EMIT_DRAIN = 0b00001000000 << 18
const WRITE_NEXT_TICK = 0b00010000000 << 18
const WRITE_WRITING = 0b00100000000 << 18
const WRITE_FINISHING = 0b01000000000 << 18
const WRITE_CORKED = 0b10000000000 << 18

const WRITE_NOT_ACTIVE = MAX ^ (WRITE_ACTIVE | WRITE_WRITING)
const WRITE_NON_PRIMARY = MAX ^ WRITE_PRIMARY
const WRITE_NOT_FINISHING = MAX ^ (WRITE_ACTIVE | WRITE_FINISHING)
const WRITE_DRAINED = MAX ^ WRITE_UNDRAINED
const WRITE_NOT_QUEUED = MAX ^ WRITE_QUEUED
const WRITE_NOT_NEXT_TICK = MAX ^ WRITE_NEXT_TICK
const WRITE_NOT_UPDATING = MAX ^ WRITE_UPDATING
const WRITE_NOT_CORKED = MAX ^ WRITE_CORKED

// Combined shared state
const ACTIVE = READ_ACTIVE | WRITE_ACTIVE
const NOT_ACTIVE = MAX ^ ACTIVE
const DONE = READ_DONE | WRITE_DONE
const DESTROY_STATUS = DESTROYING | DESTROYED | PREDESTROYING
const OPEN_STATUS = DESTROY_STATUS | OPENING
const AUTO_DESTROY = DESTROY_STATUS | DONE
const NON_PRIMARY = WRITE_NON_PRIMARY & READ_NON_PRIMARY
const ACTIVE_OR_TICKING = WRITE_NEXT_TICK | READ_NEXT_TICK
const TICKING = ACTIVE_OR_TICKING & NOT_ACTIVE
const IS_OPENING = OPEN_STATUS | TICKING

// Combined shared state and read state
const READ_PRIMARY_STATUS = OPEN_STATUS | READ_ENDING | READ_DONE
const READ_STATUS = OPEN_STATUS | READ_DONE | READ_QUEUED
const READ_ENDING_STATUS = OPEN_STATUS | READ_ENDING | READ_QUEUED
const READ_READABLE_STATUS = OPEN_STATUS | READ_EMIT_READABLE | READ_QUEUED | READ_EMITTED_READABLE
const SHOULD_NOT_READ =
  OPEN_STATUS | READ_ACTIVE | READ_ENDING | READ_DONE | READ_NEEDS_PUSH | READ_READ_AHEAD
const READ_BACKPRESSURE_STATUS = DESTROY_STATUS | READ_ENDING | READ_DONE
const READ_UPDATE_SYNC_STATUS = READ_UPDATING | OPEN_STATUS | READ_NEXT_TICK | READ_PRIMARY
const READ_NEXT_TICK_OR_OPENING = READ_NEXT_TICK | OPENING

// Combined write state
const WRITE_PRIMARY_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_DONE
const WRITE_QUEUED_AND_UNDRAINED = WRITE_QUEUED | WRITE_UNDRAINED
const WRITE_QUEUED_AND_ACTIVE = WRITE_QUEUED | WRITE_ACTIVE
const WRITE_DRAIN_STATUS = WRITE_QUEUED | WRITE_UNDRAINED | OPEN_STATUS | WRITE_ACTIVE
const WRITE_STATUS = OPEN_STATUS | WRITE_ACTIVE | WRITE_QUEUED | WRITE_CORKED
const WRITE_PRIMARY_AND_ACTIVE = WRITE_PRIMARY | WRITE_ACTIVE
const WRITE_ACTIVE_AND_WRITING = WRITE_ACTIVE | WRITE_WRITING
const WRITE_FINISHING_STATUS = OPEN_STATUS | WRITE_FINISHING | WRITE_QUEUED_AND_ACTIVE | WRITE_DONE
const WRITE_BACKPRESSURE_STATUS = WRITE_UNDRAINED | DESTROY_STATUS | WRITE_FINISHING | WRITE_DONE
const WRITE_UPDATE_SYNC_STATUS = WRITE_UPDATING | OPEN_STATUS | WRITE_NEXT_TICK | WRITE_PRIMARY
const WRITE_DROP_DATA = WRITE_FINISHING | WRITE_DONE | DESTROY_STATUS

const asyncIterator = Symbol.asyncIterator || Symbol('asyncIterator')

class WritableState {
  constructor(
    stream,
    { highWaterMark = 16384, map = null, mapWritable, byteLength, byteLengthWritable } = {}
  ) {
    this.stream = stream
    this.queue = new FIFO()
    this.highWaterMark = highWaterMark
    this.buffered = 0
    this.error = null
    this.pipeline = null
    this.drains = null // if we add more seldomly used helpers we might them into a subobject so its a single ptr
    this.byteLength = byteLengthWritable || byteLength || defaultByteLength
    this.map = mapWritable || map
    this.afterWrite = afterWrite.bind(this)
    this.afterUpdateNextTick = updateWriteNT.bind(this)
  }

  get ending() {
    return (this.stream._duplexState & WRITE_FINISHING) !== 0
  }

  get ended() {
    return (this.stream._duplexState & WRITE_DONE) !== 0
  }

  push(data) {
    if ((this.stream._duplexState & WRITE_DROP_DATA) !== 0) return false
    if (this.map !== null) data = this.map(data)

    this.buffered += this.byteLength(data)
    this.queue.push(data)

    if (this.buffered < this.highWaterMark) {
      this.stream._duplexState |= WRITE_QUEUED
      return true
    }

    this.stream._duplexState |= WRITE_QUEUED_AND_UNDRAINED
    return false
  }

  shift() {
    const data = this.queue.shift()

    this.buffered -= this.byteLength(data)
    if (this.buffered === 0) this.stream._duplexState &= WRITE_NOT_QUEUED

    return data
  }

  end(data) {
    if (typeof data === 'function') {
      this.stream.once('finish', data)
    } else if (data !== undefined && data !== null) {
      this.push(data)
    }

    this.stream._duplexState = (this.stream._duplexState | WRITE_FINISHING) & WRITE_NON_PRIMARY
  }

  autoBatch(data, cb) {
    const buffer = []
    const stream = this.stream

    buffer.push(data)
    while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED_AND_ACTIVE) {
      buffer.push(stream._writableState.shift())
    }

    if ((stream._duplexState & OPEN_STATUS) !== 0) return cb(null)
    stream._writev(buffer, cb)
  }

  update() {
    const stream = this.stream

    stream._duplexState |= WRITE_UPDATING

    do {
      while ((stream._duplexState & WRITE_STATUS) === WRITE_QUEUED) {
        const data = this.shift()
        stream._duplexState |= WRITE_ACTIVE_AND_WRITING
        stream._write(data, this.afterWrite)
      }

      if ((stream._duplexState & WRITE_PRIMARY_AND_ACTIVE) === 0) this.updateNonPrimary()
    } while (this.continueUpdate() === true)

    stream._duplexState &= WRITE_NOT_UPDATING
  }

  updateNonPrimary() {
    const stream = this.stream

    if ((stream._duplexState & WRITE_FINISHING_STATUS) === WRITE_FINISHING) {
      stream._duplexState = stream._duplexState | WRITE_ACTIVE
      stream._final(afterFinal.bind(this))
      return
    }

    if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
      if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
        stream._duplexState |= ACTIVE
        stream._destroy(afterDestroy.bind(this))
      }
      return
    }

    if ((stream._duplexState & IS_OPENING) === OPENING) {
      stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING
      stream._open(afterOpen.bind(this))
    }
  }

  continueUpdate() {
    if ((this.stream._duplexState & WRITE_NEXT_TICK) === 0) return false
    this.stream._duplexState &= WRITE_NOT_NEXT_TICK
    return true
  }

  updateCallback() {
    if ((this.stream._duplexState & WRITE_UPDATE_SYNC_STATUS) === WRITE_PRIMARY) {
      this.update()
    } else {
      this.updateNextTick()
    }
  }

  updateNextTick() {
    if ((this.stream._duplexState & WRITE_NEXT_TICK) !== 0) return
    this.stream._duplexState |= WRITE_NEXT_TICK
    if ((this.stream._duplexState & WRITE_UPDATING) === 0) qmt(this.afterUpdateNextTick)
  }
}

class ReadableState {
  constructor(
    stream,
    { highWaterMark = 16384, map = null, mapReadable, byteLength, byteLengthReadable } = {}
  ) {
    this.stream = stream
    this.queue = new FIFO()
    this.highWaterMark = highWaterMark === 0 ? 1 : highWaterMark
    this.buffered = 0
    this.readAhead = highWaterMark > 0
    this.error = null
    this.pipeline = null
    this.byteLength = byteLengthReadable || byteLength || defaultByteLength
    this.map = mapReadable || map
    this.pipeTo = null
    this.afterRead = afterRead.bind(this)
    this.afterUpdateNextTick = updateReadNT.bind(this)
  }

  get ending() {
    return (this.stream._duplexState & READ_ENDING) !== 0
  }

  get ended() {
    return (this.stream._duplexState & READ_DONE) !== 0
  }

  pipe(pipeTo, cb) {
    if (this.pipeTo !== null) throw StreamError.BAD_ARGUMENT('Can only pipe to one destination')
    if (typeof cb !== 'function') cb = null

    this.stream._duplexState |= READ_PIPE_DRAINED
    this.pipeTo = pipeTo
    this.pipeline = new Pipeline(this.stream, pipeTo, cb)

    if (cb) this.stream.on('error', noop) // We already error handle this so supress crashes

    if (isStreamx(pipeTo)) {
      pipeTo._writableState.pipeline = this.pipeline
      if (cb) pipeTo.on('error', noop) // We already error handle this so supress crashes
      pipeTo.on('finish', this.pipeline.finished.bind(this.pipeline)) // TODO: just call finished from pipeTo itself
    } else {
      const onerror = this.pipeline.done.bind(this.pipeline, pipeTo)
      const onclose = this.pipeline.done.bind(this.pipeline, pipeTo, null) // onclose has a weird bool arg
      pipeTo.on('error', onerror)
      pipeTo.on('close', onclose)
      pipeTo.on('finish', this.pipeline.finished.bind(this.pipeline))
    }

    pipeTo.on('drain', afterDrain.bind(this))
    this.stream.emit('piping', pipeTo)
    pipeTo.emit('pipe', this.stream)
  }

  push(data) {
    const stream = this.stream

    if (data === null) {
      this.highWaterMark = 0
      stream._duplexState = (stream._duplexState | READ_ENDING) & READ_NON_PRIMARY_AND_PUSHED
      return false
    }

    if (this.map !== null) {
      data = this.map(data)
      if (data === null) {
        stream._duplexState &= READ_PUSHED
        return this.buffered < this.highWaterMark
      }
    }

    this.buffered += this.byteLength(data)
    this.queue.push(data)

    stream._duplexState = (stream._duplexState | READ_QUEUED) & READ_PUSHED

    return this.buffered < this.highWaterMark
  }

  shift() {
    const data = this.queue.shift()

    this.buffered -= this.byteLength(data)
    if (this.buffered === 0) {
      this.stream._duplexState &= READ_NOT_QUEUED
    }

    return data
  }

  unshift(data) {
    const pending = [this.map !== null ? this.map(data) : data]
    while (this.buffered > 0) pending.push(this.shift())

    for (let i = 0; i < pending.length - 1; i++) {
      const data = pending[i]
      this.buffered += this.byteLength(data)
      this.queue.push(data)
    }

    this.push(pending[pending.length - 1])
  }

  read() {
    const stream = this.stream

    if ((stream._duplexState & READ_STATUS) === READ_QUEUED) {
      const data = this.shift()

      if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
        stream._duplexState &= READ_PIPE_NOT_DRAINED
      }

      if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
        stream.emit('data', data)
      }

      return data
    }

    if (this.readAhead === false) {
      stream._duplexState |= READ_READ_AHEAD
      this.updateNextTick()
    }

    return null
  }

  drain() {
    const stream = this.stream

    while (
      (stream._duplexState & READ_STATUS) === READ_QUEUED &&
      (stream._duplexState & READ_FLOWING) !== 0
    ) {
      const data = this.shift()

      if (this.pipeTo !== null && this.pipeTo.write(data) === false) {
        stream._duplexState &= READ_PIPE_NOT_DRAINED
      }

      if ((stream._duplexState & READ_EMIT_DATA) !== 0) {
        stream.emit('data', data)
      }
    }
  }

  update() {
    const stream = this.stream

    stream._duplexState |= READ_UPDATING

    do {
      this.drain()

      while (
        this.buffered < this.highWaterMark &&
        (stream._duplexState & SHOULD_NOT_READ) === READ_READ_AHEAD
      ) {
        stream._duplexState |= READ_ACTIVE_AND_NEEDS_PUSH
        stream._read(this.afterRead)
        this.drain()
      }

      if ((stream._duplexState & READ_READABLE_STATUS) === READ_EMIT_READABLE_AND_QUEUED) {
        stream._duplexState |= READ_EMITTED_READABLE
        stream.emit('readable')
      }

      if ((stream._duplexState & READ_PRIMARY_AND_ACTIVE) === 0) {
        this.updateNonPrimary()
      }
    } while (this.continueUpdate() === true)

    stream._duplexState &= READ_NOT_UPDATING
  }

  updateNonPrimary() {
    const stream = this.stream

    if ((stream._duplexState & READ_ENDING_STATUS) === READ_ENDING) {
      stream._duplexState = (stream._duplexState | READ_DONE) & READ_NOT_ENDING
      stream.emit('end')

      if ((stream._duplexState & AUTO_DESTROY) === DONE) {
        stream._duplexState |= DESTROYING
      }

      if (this.pipeTo !== null) {
        this.pipeTo.end()
      }
    }

    if ((stream._duplexState & DESTROY_STATUS) === DESTROYING) {
      if ((stream._duplexState & ACTIVE_OR_TICKING) === 0) {
        stream._duplexState |= ACTIVE
        stream._destroy(afterDestroy.bind(this))
      }
      return
    }

    if ((stream._duplexState & IS_OPENING) === OPENING) {
      stream._duplexState = (stream._duplexState | ACTIVE) & NOT_OPENING
      stream._open(afterOpen.bind(this))
    }
  }

  continueUpdate() {
    if ((this.stream._duplexState & READ_NEXT_TICK) === 0) return false
    this.stream._duplexState &= READ_NOT_NEXT_TICK
    return true
  }

  updateCallback() {
    if ((this.stream._duplexState & READ_UPDATE_SYNC_STATUS) === READ_PRIMARY) {
      this.update()
    } else {
      this.updateNextTick()
    }
  }

  updateNextTickIfOpen() {
    if ((this.stream._duplexState & READ_NEXT_TICK_OR_OPENING) !== 0) return
    this.stream._duplexState |= READ_NEXT_TICK
    if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick)
  }

  updateNextTick() {
    if ((this.stream._duplexState & READ_NEXT_TICK) !== 0) return
    this.stream._duplexState |= READ_NEXT_TICK
    if ((this.stream._duplexState & READ_UPDATING) === 0) qmt(this.afterUpdateNextTick)
  }
}

class TransformState {
  constructor(stream) {
    this.data = null
    this.afterTransform = afterTransform.bind(stream)
    this.afterFinal = null
  }
}

class Pipeline {
  constructor(src, dst, cb) {
    this.from = src
    this.to = dst
    this.afterPipe = cb
    this.error = null
    this.pipeToFinished = false
  }

  finished() {
    this.pipeToFinished = true
  }

  done(stream, err) {
    if (err) this.error = err

    if (stream === this.to) {
      this.to = null

      if (this.from !== null) {
        if ((this.from._duplexState & READ_DONE) === 0 || !this.pipeToFinished) {
          this.from.destroy(this.error || StreamError.PREMATURE_CLOSE('Writable stream closed'))
        }
        return
      }
    }

    if (stream === this.from) {
      this.from = null

      if (this.to !== null) {
        if ((stream._duplexState & READ_DONE) === 0) {
          this.to.destroy(this.error || StreamError.PREMATURE_CLOSE('Readable stream closed'))
        }
        return
      }
    }

    if (this.afterPipe !== null) this.afterPipe(this.error)
    this.to = this.from = this.afterPipe = null
  }
}

function afterDrain() {
  this.stream._duplexState |= READ_PIPE_DRAINED
  this.updateCallback()
}

function afterFinal(err) {
  const stream = this.stream
  if (err) stream.destroy(err)

  if ((stream._duplexState & DESTROY_STATUS) === 0) {
    stream._duplexState |= WRITE_DONE
    stream.emit('finish')
  }

  if ((stream._duplexState & AUTO_DESTROY) === DONE) {
    stream._duplexState |= DESTROYING
  }

  stream._duplexState &= WRITE_NOT_FINISHING

  // no need to wait the extra tick here, so we short circuit that
  if ((stream._duplexState & WRITE_UPDATING) === 0) {
    this.update()
  } else {
    this.updateNextTick()
  }
}

function afterDestroy(err) {
  const stream = this.stream

  if (!err && !StreamError.isStreamDestroyed(this.error)) err = this.error
  if (err) stream.emit('error', err)

  stream._duplexState |= DESTROYED
  stream.emit('close')

  const rs = stream._readableState
  const ws = stream._writableState

  if (rs !== null && rs.pipeline !== null) {
    rs.pipeline.done(stream, err)
  }

  if (ws !== null) {
    while (ws.drains !== null && ws.drains.length > 0) {
      ws.drains.shift().resolve(false)
    }

    if (ws.pipeline !== null) {
      ws.pipeline.done(stream, err)
    }
  }
}

function afterWrite(err) {
  const stream = this.stream

  if (err) stream.destroy(err)
  stream._duplexState &= WRITE_NOT_ACTIVE

  if (this.drains !== null) tickDrains(this.drains)

  if ((stream._duplexState & WRITE_DRAIN_STATUS) === WRITE_UNDRAINED) {
    stream._duplexState &= WRITE_DRAINED

    if ((stream._duplexState & WRITE_EMIT_DRAIN) === WRITE_EMIT_DRAIN) {
      stream.emit('drain')
    }
  }

  this.updateCallback()
}

function afterRead(err) {
  if (err) this.stream.destroy(err)
  this.stream._duplexState &= READ_NOT_ACTIVE

  if (this.readAhead === false && (this.stream._duplexState & READ_RESUMED) === 0) {
    this.stream._duplexState &= READ_NO_READ_AHEAD
  }

  this.updateCallback()
}

function updateReadNT() {
  if ((this.stream._duplexState & READ_UPDATING) === 0) {
    this.stream._duplexState &= READ_NOT_NEXT_TICK
    this.update()
  }
}

function updateWriteNT() {
  if ((this.stream._duplexState & WRITE_UPDATING) === 0) {
    this.stream._duplexState &= WRITE_NOT_NEXT_TICK
    this.update()
  }
}

function tickDrains(drains) {
  for (let i = 0; i < drains.length; i++) {
    // drains.writes are monotonic, so if one is 0 its always the first one
    if (--drains[i].writes === 0) {
      drains.shift().resolve(true)
      i--
    }
  }
}

function afterOpen(err) {
  const stream = this.stream

  if (err) stream.destroy(err)

  if ((stream._duplexState & DESTROYING) === 0) {
    if ((stream._duplexState & READ_PRIMARY_STATUS) === 0) {
      stream._duplexState |= READ_PRIMARY
    }

    if ((stream._duplexState & WRITE_PRIMARY_STATUS) === 0) {
      stream._duplexState |= WRITE_PRIMARY
    }

    stream.emit('open')
  }

  stream._duplexState &= NOT_ACTIVE

  if (stream._writableState !== null) {
    stream._writableState.updateCallback()
  }

  if (stream._readableState !== null) {
    stream._readableState.updateCallback()
  }
}

function afterTransform(err, data) {
  if (data !== undefined && data !== null) this.push(data)
  this._writableState.afterWrite(err)
}

function newListener(name) {
  if (this._readableState !== null) {
    if (name === 'data') {
      this._duplexState |= READ_EMIT_DATA | READ_RESUMED_READ_AHEAD
      this._readableState.updateNextTick()
    }
    if (name === 'readable') {
      this._duplexState |= READ_EMIT_READABLE
      this._readableState.updateNextTick()
    }
  }

  if (this._writableState !== null) {
    if (name === 'drain') {
      this._duplexState |= WRITE_EMIT_DRAIN
      this._writableState.updateNextTick()
    }
  }
}

class Stream extends EventEmitter {
  constructor(opts) {
    super()

    this._duplexState = 0
    this._readableState = null
    this._writableState = null

    if (opts) {
      if (opts.open) this._open = opts.open
      if (opts.destroy) this._destroy = opts.destroy
      if (opts.predestroy) this._predestroy = opts.predestroy
      if (opts.signal) opts.signal.addEventListener('abort', abort.bind(this))
    }

    this.on('newListener', newListener)
  }

  _open(cb) {
    cb(null)
  }

  _destroy(cb) {
    cb(null)
  }

  _predestroy() {
    // does nothing
  }

  get readable() {
    return this._readableState !== null ? true : undefined
  }

  get writable() {
    return this._writableState !== null ? true : undefined
  }

  get destroyed() {
    return (this._duplexState & DESTROYED) !== 0
  }

  get destroying() {
    return (this._duplexState & DESTROY_STATUS) !== 0
  }

  destroy(err) {
    if ((this._duplexState & DESTROY_STATUS) === 0) {
      if (!err) err = StreamError.STREAM_DESTROYED()
      this._duplexState = (this._duplexState | DESTROYING) & NON_PRIMARY

      if (this._readableState !== null) {
        this._readableState.highWaterMark = 0
        this._readableState.error = err
      }

      if (this._writableState !== null) {
        this._writableState.highWaterMark = 0
        this._writableState.error = err
      }

      this._duplexState |= PREDESTROYING
      this._predestroy()
      this._duplexState &= NOT_PREDESTROYING

      if (this._readableState !== null) {
        this._readableState.updateNextTick()
      }

      if (this._writableState !== null) {
        this._writableState.updateNextTick()
      }
    }
  }
}

class Readable extends Stream {
  constructor(opts) {
    super(opts)

    this._duplexState |= OPENING | WRITE_DONE | READ_READ_AHEAD
    this._readableState = new ReadableState(this, opts)

    if (opts) {
      if (this._readableState.readAhead === false) this._duplexState &= READ_NO_READ_AHEAD
      if (opts.read) this._read = opts.read
      if (opts.eagerOpen) this._readableState.updateNextTick()
      if (opts.encoding) this.setEncoding(opts.encoding)
    }
  }

  static deferred(fn, opts) {
    const out = new PassThrough(opts)

    fn()
      .then((src) => {
        if (src === null) return out.end()
        if (out.destroying) return
        pipeline(src, out, noop)
      })
      .catch((err) => out.destroy(err))

    return out
  }

  setEncoding(encoding) {
    const dec = new TextDecoder(encoding)
    const map = this._readableState.map || echo
    this._readableState.map = mapOrSkip
    return this

    function mapOrSkip(data) {
      const next = dec.push(data)
      return next === '' && (data.byteLength !== 0 || dec.remaining > 0) ? null : map(next)
    }
  }

  _read(cb) {
    cb(null)
  }

  pipe(dest, cb) {
    this._readableState.updateNextTick()
    this._readableState.pipe(dest, cb)
    return dest
  }

  read() {
    this._readableState.updateNextTick()
    return this._readableState.read()
  }

  push(data) {
    this._readableState.updateNextTickIfOpen()
    return this._readableState.push(data)
  }

  unshift(data) {
    this._readableState.updateNextTickIfOpen()
    return this._readableState.unshift(data)
  }

  resume() {
    this._duplexState |= READ_RESUMED_READ_AHEAD
    this._readableState.updateNextTick()
    return this
  }

  pause() {
    this._duplexState &=
      this._readableState.readAhead === false ? READ_PAUSED_NO_READ_AHEAD : READ_PAUSED
    return this
  }

  static _fromAsyncIterator(ite, opts) {
    let destroy

    const rs = new Readable({
      ...opts,
      read(cb) {
        ite.next().then(push).then(cb.bind(null, null)).catch(cb)
      },
      predestroy() {
        destroy = ite.return()
      },
      destroy(cb) {
        if (!destroy) return cb(null)
        destroy.then(cb.bind(null, null)).catch(cb)
      }
    })

    return rs

    function push(data) {
      if (data.done) rs.push(null)
      else rs.push(data.value)
    }
  }

  static from(data, opts) {
    if (isReadStreamx(data)) return data
    if (data[asyncIterator]) return this._fromAsyncIterator(data[asyncIterator](), opts)
    if (!Array.isArray(data)) data = data === undefined ? [] : [data]

    let i = 0
    return new Readable({
      ...opts,
      read(cb) {
        this.push(i === data.length ? null : data[i++])
        cb(null)
      }
    })
  }

  static isBackpressured(rs) {
    return (
      (rs._duplexState & READ_BACKPRESSURE_STATUS) !== 0 ||
      rs._readableState.buffered >= rs._readableState.highWaterMark
    )
  }

  static isPaused(rs) {
    return (rs._duplexState & READ_RESUMED) === 0
  }

  [asyncIterator]() {
    const stream = this

    let error = null
    let promiseResolve = null
    let promiseReject = null

    this.on('error', (err) => {
      error = err
    })
    this.on('readable', onreadable)
    this.on('close', onclose)

    return {
      [asyncIterator]() {
        return this
      },
      next() {
        return new Promise(function (resolve, reject) {
          promiseResolve = resolve
          promiseReject = reject
          const data = stream.read()
          if (data !== null) ondata(data)
          else if ((stream._duplexState & DESTROYED) !== 0) ondata(null)
        })
      },
      return() {
        return destroy(null)
      },
      throw(err) {
        return destroy(err)
      }
    }

    function onreadable() {
      if (promiseResolve !== null) ondata(stream.read())
    }

    function onclose() {
      if (promiseResolve !== null) ondata(null)
    }

    function ondata(data) {
      if (promiseReject === null) return
      if (error) {
        promiseReject(error)
      } else if (data === null && (stream._duplexState & READ_DONE) === 0) {
        promiseReject(StreamError.STREAM_DESTROYED())
      } else {
        promiseResolve({ value: data, done: data === null })
      }
      promiseReject = promiseResolve = null
    }

    function destroy(err) {
      stream.destroy(err)
      return new Promise((resolve, reject) => {
        if (stream._duplexState & DESTROYED) return resolve({ value: undefined, done: true })
        stream.once('close', function () {
          if (err) reject(err)
          else resolve({ value: undefined, done: true })
        })
      })
    }
  }
}

class Writable extends Stream {
  constructor(opts) {
    super(opts)

    this._duplexState |= OPENING | READ_DONE
    this._writableState = new WritableState(this, opts)

    if (opts) {
      if (opts.writev) this._writev = opts.writev
      if (opts.write) this._write = opts.write
      if (opts.final) this._final = opts.final
      if (opts.eagerOpen) this._writableState.updateNextTick()
    }
  }

  cork() {
    this._duplexState |= WRITE_CORKED
  }

  uncork() {
    this._duplexState &= WRITE_NOT_CORKED
    this._writableState.updateNextTick()
  }

  _writev(batch, cb) {
    cb(null)
  }

  _write(data, cb) {
    this._writableState.autoBatch(data, cb)
  }

  _final(cb) {
    cb(null)
  }

  static isBackpressured(ws) {
    return (ws._duplexState & WRITE_BACKPRESSURE_STATUS) !== 0
  }

  static drained(ws) {
    if (ws.destroyed) return Promise.resolve(false)

    const state = ws._writableState
    const pending = isWritev(ws) ? Math.min(1, state.queue.length) : state.queue.length
    const writes = pending + (ws._duplexState & WRITE_WRITING ? 1 : 0)
    if (writes === 0) return Promise.resolve(true)

    if (state.drains === null) state.drains = []
    return new Promise((resolve) => {
      state.drains.push({ writes, resolve })
    })
  }

  write(data) {
    this._writableState.updateNextTick()
    return this._writableState.push(data)
  }

  end(data) {
    this._writableState.updateNextTick()
    this._writableState.end(data)
    return this
  }
}

class Duplex extends Readable {
  // and Writable
  constructor(opts) {
    super(opts)

    this._duplexState = OPENING | (this._duplexState & READ_READ_AHEAD)
    this._writableState = new WritableState(this, opts)

    if (opts) {
      if (opts.writev) this._writev = opts.writev
      if (opts.write) this._write = opts.write
      if (opts.final) this._final = opts.final
    }
  }

  cork() {
    this._duplexState |= WRITE_CORKED
  }

  uncork() {
    this._duplexState &= WRITE_NOT_CORKED
    this._writableState.updateNextTick()
  }

  _writev(batch, cb) {
    cb(null)
  }

  _write(data, cb) {
    this._writableState.autoBatch(data, cb)
  }

  _final(cb) {
    cb(null)
  }

  write(data) {
    this._writableState.updateNextTick()
    return this._writableState.push(data)
  }

  end(data) {
    this._writableState.updateNextTick()
    this._writableState.end(data)
    return this
  }
}

class Transform extends Duplex {
  constructor(opts) {
    super(opts)
    this._transformState = new TransformState(this)

    if (opts) {
      if (opts.transform) this._transform = opts.transform
      if (opts.flush) this._flush = opts.flush
    }
  }

  _write(data, cb) {
    if (this._readableState.buffered >= this._readableState.highWaterMark) {
      this._transformState.data = data
    } else {
      this._transform(data, this._transformState.afterTransform)
    }
  }

  _read(cb) {
    if (this._transformState.data !== null) {
      const data = this._transformState.data
      this._transformState.data = null
      cb(null)
      this._transform(data, this._transformState.afterTransform)
    } else {
      cb(null)
    }
  }

  destroy(err) {
    super.destroy(err)
    if (this._transformState.data !== null) {
      this._transformState.data = null
      this._transformState.afterTransform()
    }
  }

  _transform(data, cb) {
    cb(null, data)
  }

  _flush(cb) {
    cb(null)
  }

  _final(cb) {
    this._transformState.afterFinal = cb
    this._flush(transformAfterFlush.bind(this))
  }
}

class PassThrough extends Transform {}

function transformAfterFlush(err, data) {
  const cb = this._transformState.afterFinal
  if (err) return cb(err)

  if (data !== null && data !== undefined) this.push(data)
  this.push(null)
  cb(null)
}

function pipelinePromise(...streams) {
  return new Promise((resolve, reject) => {
    return pipeline(...streams, (err) => {
      if (err) return reject(err)
      resolve()
    })
  })
}

function pipeline(stream, ...streams) {
  const all = Array.isArray(stream) ? [...stream, ...streams] : [stream, ...streams]
  const done = all.length && typeof all[all.length - 1] === 'function' ? all.pop() : null

  if (all.length < 2) throw StreamError.BAD_ARGUMENT('Pipeline requires at least 2 streams')

  let src = all[0]
  let dest = null
  let error = null

  for (let i = 1; i < all.length; i++) {
    dest = all[i]

    if (isStreamx(src)) {
      src.pipe(dest, onerror)
    } else {
      errorHandle(src, true, i > 1, onerror)
      src.pipe(dest)
    }

    src = dest
  }

  if (done) {
    let fin = false

    const autoDestroy =
      isStreamx(dest) || !!(dest._writableState && dest._writableState.autoDestroy)

    dest.on('error', (err) => {
      if (error === null) error = err
    })

    dest.on('finish', () => {
      fin = true
      if (!autoDestroy) done(error)
    })

    if (autoDestroy) {
      dest.on('close', () => done(error || (fin ? null : StreamError.PREMATURE_CLOSE())))
    }
  }

  return dest

  function errorHandle(s, rd, wr, onerror) {
    s.on('error', onerror)
    s.on('close', onclose)

    function onclose() {
      if (rd && s._readableState && !s._readableState.ended) {
        return onerror(StreamError.PREMATURE_CLOSE())
      }
      if (wr && s._writableState && !s._writableState.ended) {
        return onerror(StreamError.PREMATURE_CLOSE())
      }
    }
  }

  function onerror(err) {
    if (!err || error) return
    error = err

    for (const s of all) {
      s.destroy(err)
    }
  }
}

function echo(s) {
  return s
}

function isStream(stream) {
  return !!stream._readableState || !!stream._writableState
}

function isStreamx(stream) {
  return typeof stream._duplexState === 'number' && isStream(stream)
}

function isEnding(stream) {
  return !!stream._readableState && stream._readableState.ending
}

function isEnded(stream) {
  return !!stream._readableState && stream._readableState.ended
}

function isFinishing(stream) {
  return !!stream._writableState && stream._writableState.ending
}

function isFinished(stream) {
  return !!stream._writableState && stream._writableState.ended
}

function getStreamError(stream, opts = {}) {
  const err =
    (stream._readableState && stream._readableState.error) ||
    (stream._writableState && stream._writableState.error)

  // avoid implicit errors by default
  return !opts.all && StreamError.isStreamDestroyed(err) ? null : err
}

function isReadStreamx(stream) {
  return isStreamx(stream) && stream.readable
}

function isDisturbed(stream) {
  return (
    (stream._duplexState & OPENING) !== OPENING ||
    (stream._duplexState & DESTROYING) === DESTROYING ||
    (stream._duplexState & ACTIVE_OR_TICKING) !== 0
  )
}

function isTypedArray(data) {
  return typeof data === 'object' && data !== null && typeof data.byteLength === 'number'
}

function defaultByteLength(data) {
  return isTypedArray(data) ? data.byteLength : 1024
}

function noop() {}

function abort() {
  this.destroy(StreamError.ABORTED())
}

function isWritev(s) {
  return s._writev !== Writable.prototype._writev && s._writev !== Duplex.prototype._writev
}

module.exports = {
  pipeline,
  pipelinePromise,
  isStream,
  isStreamx,
  isEnding,
  isEnded,
  isFinishing,
  isFinished,
  isDisturbed,
  getStreamError,
  Stream,
  Writable,
  Readable,
  Duplex,
  Transform,
  // Export PassThrough for compatibility with Node.js core's stream module
  PassThrough
}


/***/ }),

/***/ 5657:
/***/ ((module) => {

module.exports = class StreamError extends Error {
  constructor(msg, code, fn = StreamError) {
    super(msg)

    this.code = code

    if (Error.captureStackTrace) {
      Error.captureStackTrace(this, fn)
    }
  }

  static isStreamDestroyed(err) {
    return err && err.code === 'STREAM_DESTROYED'
  }

  static isPrematureClose(err) {
    return err && err.code === 'PREMATURE_CLOSE'
  }

  static isAborted(err) {
    return err && err.code === 'ABORTED'
  }

  static isBadArgument(err) {
    return err && err.code === 'BAD_ARGUMENT'
  }

  get name() {
    return 'StreamError'
  }

  static STREAM_DESTROYED() {
    return new StreamError('Stream was destroyed', 'STREAM_DESTROYED', StreamError.STREAM_DESTROYED)
  }

  static PREMATURE_CLOSE(msg = 'Premature close') {
    return new StreamError(msg, 'PREMATURE_CLOSE', StreamError.PREMATURE_CLOSE)
  }

  static ABORTED() {
    return new StreamError('Stream aborted', 'ABORTED', StreamError.ABORTED)
  }

  static BAD_ARGUMENT(msg = 'Bad argument') {
    return new StreamError(msg, 'BAD_ARGUMENT', StreamError.BAD_ARGUMENT)
  }
}


/***/ }),

/***/ 775:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const constants = { // just for envs without fs
  S_IFMT: 61440,
  S_IFDIR: 16384,
  S_IFCHR: 8192,
  S_IFBLK: 24576,
  S_IFIFO: 4096,
  S_IFLNK: 40960
}

try {
  module.exports = (__nccwpck_require__(9896).constants) || constants
} catch {
  module.exports = constants
}


/***/ }),

/***/ 5763:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { Writable, Readable, getStreamError } = __nccwpck_require__(6204)
const FIFO = __nccwpck_require__(3867)
const b4a = __nccwpck_require__(3057)
const headers = __nccwpck_require__(8428)

const EMPTY = b4a.alloc(0)
const MAX_HEADER_SIZE = 4 * 1024 * 1024 // arbitrary big number

class BufferList {
  constructor () {
    this.buffered = 0
    this.shifted = 0
    this.queue = new FIFO()

    this._offset = 0
  }

  push (buffer) {
    this.buffered += buffer.byteLength
    this.queue.push(buffer)
  }

  shiftFirst (size) {
    return this.buffered === 0 ? null : this._next(size)
  }

  shift (size) {
    if (size > this.buffered) return null
    if (size === 0) return EMPTY

    let chunk = this._next(size)

    if (size === chunk.byteLength) return chunk // likely case

    const chunks = [chunk]

    while ((size -= chunk.byteLength) > 0) {
      chunk = this._next(size)
      chunks.push(chunk)
    }

    return b4a.concat(chunks)
  }

  _next (size) {
    const buf = this.queue.peek()
    const rem = buf.byteLength - this._offset

    if (size >= rem) {
      const sub = this._offset ? buf.subarray(this._offset, buf.byteLength) : buf
      this.queue.shift()
      this._offset = 0
      this.buffered -= rem
      this.shifted += rem
      return sub
    }

    this.buffered -= size
    this.shifted += size

    return buf.subarray(this._offset, (this._offset += size))
  }
}

class Source extends Readable {
  constructor (self, header, offset) {
    super()

    this.header = header
    this.offset = offset

    this._parent = self
  }

  _read (cb) {
    if (this.header.size === 0) {
      this.push(null)
    }
    if (this._parent._stream === this) {
      this._parent._update()
    }
    cb(null)
  }

  _predestroy () {
    this._parent.destroy(getStreamError(this))
  }

  _detach () {
    if (this._parent._stream === this) {
      this._parent._stream = null
      this._parent._missing = overflow(this.header.size)
      this._parent._update()
    }
  }

  _destroy (cb) {
    this._detach()
    cb(null)
  }
}

class Extract extends Writable {
  constructor (opts) {
    super(opts)

    if (!opts) opts = {}

    this._buffer = new BufferList()
    this._offset = 0
    this._header = null
    this._stream = null
    this._missing = 0
    this._longHeader = false
    this._callback = noop
    this._locked = false
    this._finished = false
    this._pax = null
    this._paxGlobal = null
    this._gnuLongPath = null
    this._gnuLongLinkPath = null
    this._filenameEncoding = opts.filenameEncoding || 'utf-8'
    this._allowUnknownFormat = !!opts.allowUnknownFormat
    this._unlockBound = this._unlock.bind(this)
  }

  _unlock (err) {
    this._locked = false

    if (err) {
      this.destroy(err)
      this._continueWrite(err)
      return
    }

    this._update()
  }

  _consumeHeader () {
    if (this._locked) return false

    this._offset = this._buffer.shifted

    try {
      this._header = headers.decode(this._buffer.shift(512), this._filenameEncoding, this._allowUnknownFormat)
    } catch (err) {
      this._continueWrite(err)
      return false
    }

    if (!this._header) return true

    this._header.byteOffset = this._buffer.shifted

    switch (this._header.type) {
      case 'gnu-long-path':
      case 'gnu-long-link-path':
      case 'pax-global-header':
      case 'pax-header':
        this._longHeader = true
        this._missing = this._header.size
        if (this._missing > MAX_HEADER_SIZE) {
          this._continueWrite(new Error('Header exceeds max size'))
          return false
        }
        return true
    }

    this._locked = true
    this._applyLongHeaders()

    if (!(this._header.size >= 0)) {
      this._continueWrite(new Error('Invalid header'))
      return false
    }

    if (this._header.size === 0 || this._header.type === 'directory') {
      this.emit('entry', this._header, this._createStream(), this._unlockBound)
      return true
    }

    this._stream = this._createStream()
    this._missing = this._header.size

    this.emit('entry', this._header, this._stream, this._unlockBound)
    return true
  }

  _applyLongHeaders () {
    if (this._gnuLongPath) {
      this._header.name = this._gnuLongPath
      this._gnuLongPath = null
    }

    if (this._gnuLongLinkPath) {
      this._header.linkname = this._gnuLongLinkPath
      this._gnuLongLinkPath = null
    }

    if (this._pax) {
      if (this._pax.path) this._header.name = this._pax.path
      if (this._pax.linkpath) this._header.linkname = this._pax.linkpath
      if (this._pax.size) this._header.size = parseInt(this._pax.size, 10)
      this._header.pax = this._pax
      this._pax = null
    }
  }

  _decodeLongHeader (buf) {
    switch (this._header.type) {
      case 'gnu-long-path':
        this._gnuLongPath = headers.decodeLongPath(buf, this._filenameEncoding)
        break
      case 'gnu-long-link-path':
        this._gnuLongLinkPath = headers.decodeLongPath(buf, this._filenameEncoding)
        break
      case 'pax-global-header':
        this._paxGlobal = headers.decodePax(buf)
        break
      case 'pax-header':
        this._pax = this._paxGlobal === null
          ? headers.decodePax(buf)
          : Object.assign({}, this._paxGlobal, headers.decodePax(buf))
        break
    }
  }

  _consumeLongHeader () {
    this._longHeader = false
    this._missing = overflow(this._header.size)

    const buf = this._buffer.shift(this._header.size)

    try {
      this._decodeLongHeader(buf)
    } catch (err) {
      this._continueWrite(err)
      return false
    }

    return true
  }

  _consumeStream () {
    const buf = this._buffer.shiftFirst(this._missing)
    if (buf === null) return false

    this._missing -= buf.byteLength
    const drained = this._stream.push(buf)

    if (this._missing === 0) {
      this._stream.push(null)
      if (drained) this._stream._detach()
      return drained && this._locked === false
    }

    return drained
  }

  _createStream () {
    return new Source(this, this._header, this._offset)
  }

  _update () {
    while (this._buffer.buffered > 0 && !this.destroying) {
      if (this._missing > 0) {
        if (this._stream !== null) {
          if (this._consumeStream() === false) return
          continue
        }

        if (this._longHeader === true) {
          if (this._missing > this._buffer.buffered) break
          if (this._consumeLongHeader() === false) return false
          continue
        }

        const ignore = this._buffer.shiftFirst(this._missing)
        if (ignore !== null) this._missing -= ignore.byteLength
        continue
      }

      if (this._buffer.buffered < 512) break
      if (this._stream !== null || this._consumeHeader() === false) return
    }

    this._continueWrite(null)
  }

  _continueWrite (err) {
    const cb = this._callback
    this._callback = noop
    cb(err)
  }

  _write (data, cb) {
    this._callback = cb
    this._buffer.push(data)
    this._update()
  }

  _final (cb) {
    this._finished = this._missing === 0 && this._buffer.buffered === 0
    cb(this._finished ? null : new Error('Unexpected end of data'))
  }

  _predestroy () {
    this._continueWrite(null)
  }

  _destroy (cb) {
    if (this._stream) this._stream.destroy(getStreamError(this))
    cb(null)
  }

  [Symbol.asyncIterator] () {
    let error = null

    let promiseResolve = null
    let promiseReject = null

    let entryStream = null
    let entryCallback = null

    const extract = this

    this.on('entry', onentry)
    this.on('error', (err) => { error = err })
    this.on('close', onclose)

    return {
      [Symbol.asyncIterator] () {
        return this
      },
      next () {
        return new Promise(onnext)
      },
      return () {
        return destroy(null)
      },
      throw (err) {
        return destroy(err)
      }
    }

    function consumeCallback (err) {
      if (!entryCallback) return
      const cb = entryCallback
      entryCallback = null
      cb(err)
    }

    function onnext (resolve, reject) {
      if (error) {
        return reject(error)
      }

      if (entryStream) {
        resolve({ value: entryStream, done: false })
        entryStream = null
        return
      }

      promiseResolve = resolve
      promiseReject = reject

      consumeCallback(null)

      if (extract._finished && promiseResolve) {
        promiseResolve({ value: undefined, done: true })
        promiseResolve = promiseReject = null
      }
    }

    function onentry (header, stream, callback) {
      entryCallback = callback
      stream.on('error', noop) // no way around this due to tick sillyness

      if (promiseResolve) {
        promiseResolve({ value: stream, done: false })
        promiseResolve = promiseReject = null
      } else {
        entryStream = stream
      }
    }

    function onclose () {
      consumeCallback(error)
      if (!promiseResolve) return
      if (error) promiseReject(error)
      else promiseResolve({ value: undefined, done: true })
      promiseResolve = promiseReject = null
    }

    function destroy (err) {
      extract.destroy(err)
      consumeCallback(err)
      return new Promise((resolve, reject) => {
        if (extract.destroyed) return resolve({ value: undefined, done: true })
        extract.once('close', function () {
          if (err) reject(err)
          else resolve({ value: undefined, done: true })
        })
      })
    }
  }
}

module.exports = function extract (opts) {
  return new Extract(opts)
}

function noop () {}

function overflow (size) {
  size &= 511
  return size && 512 - size
}


/***/ }),

/***/ 8428:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

const b4a = __nccwpck_require__(3057)

const ZEROS = '0000000000000000000'
const SEVENS = '7777777777777777777'
const ZERO_OFFSET = '0'.charCodeAt(0)
const USTAR_MAGIC = b4a.from([0x75, 0x73, 0x74, 0x61, 0x72, 0x00]) // ustar\x00
const USTAR_VER = b4a.from([ZERO_OFFSET, ZERO_OFFSET])
const GNU_MAGIC = b4a.from([0x75, 0x73, 0x74, 0x61, 0x72, 0x20]) // ustar\x20
const GNU_VER = b4a.from([0x20, 0x00])
const MASK = 0o7777
const MAGIC_OFFSET = 257
const VERSION_OFFSET = 263

exports.decodeLongPath = function decodeLongPath (buf, encoding) {
  return decodeStr(buf, 0, buf.length, encoding)
}

exports.encodePax = function encodePax (opts) { // TODO: encode more stuff in pax
  let result = ''
  if (opts.name) result += addLength(' path=' + opts.name + '\n')
  if (opts.linkname) result += addLength(' linkpath=' + opts.linkname + '\n')
  const pax = opts.pax
  if (pax) {
    for (const key in pax) {
      result += addLength(' ' + key + '=' + pax[key] + '\n')
    }
  }
  return b4a.from(result)
}

exports.decodePax = function decodePax (buf) {
  const result = {}

  while (buf.length) {
    let i = 0
    while (i < buf.length && buf[i] !== 32) i++
    const len = parseInt(b4a.toString(buf.subarray(0, i)), 10)
    if (!len) return result

    const b = b4a.toString(buf.subarray(i + 1, len - 1))
    const keyIndex = b.indexOf('=')
    if (keyIndex === -1) return result
    result[b.slice(0, keyIndex)] = b.slice(keyIndex + 1)

    buf = buf.subarray(len)
  }

  return result
}

exports.encode = function encode (opts) {
  const buf = b4a.alloc(512)
  let name = opts.name
  let prefix = ''

  if (opts.typeflag === 5 && name[name.length - 1] !== '/') name += '/'
  if (b4a.byteLength(name) !== name.length) return null // utf-8

  while (b4a.byteLength(name) > 100) {
    const i = name.indexOf('/')
    if (i === -1) return null
    prefix += prefix ? '/' + name.slice(0, i) : name.slice(0, i)
    name = name.slice(i + 1)
  }

  if (b4a.byteLength(name) > 100 || b4a.byteLength(prefix) > 155) return null
  if (opts.linkname && b4a.byteLength(opts.linkname) > 100) return null

  b4a.write(buf, name)
  b4a.write(buf, encodeOct(opts.mode & MASK, 6), 100)
  b4a.write(buf, encodeOct(opts.uid, 6), 108)
  b4a.write(buf, encodeOct(opts.gid, 6), 116)
  encodeSize(opts.size, buf, 124)
  b4a.write(buf, encodeOct((opts.mtime.getTime() / 1000) | 0, 11), 136)

  buf[156] = ZERO_OFFSET + toTypeflag(opts.type)

  if (opts.linkname) b4a.write(buf, opts.linkname, 157)

  b4a.copy(USTAR_MAGIC, buf, MAGIC_OFFSET)
  b4a.copy(USTAR_VER, buf, VERSION_OFFSET)
  if (opts.uname) b4a.write(buf, opts.uname, 265)
  if (opts.gname) b4a.write(buf, opts.gname, 297)
  b4a.write(buf, encodeOct(opts.devmajor || 0, 6), 329)
  b4a.write(buf, encodeOct(opts.devminor || 0, 6), 337)

  if (prefix) b4a.write(buf, prefix, 345)

  b4a.write(buf, encodeOct(cksum(buf), 6), 148)

  return buf
}

exports.decode = function decode (buf, filenameEncoding, allowUnknownFormat) {
  let typeflag = buf[156] === 0 ? 0 : buf[156] - ZERO_OFFSET

  let name = decodeStr(buf, 0, 100, filenameEncoding)
  const mode = decodeOct(buf, 100, 8)
  const uid = decodeOct(buf, 108, 8)
  const gid = decodeOct(buf, 116, 8)
  const size = decodeOct(buf, 124, 12)
  const mtime = decodeOct(buf, 136, 12)
  const type = toType(typeflag)
  const linkname = buf[157] === 0 ? null : decodeStr(buf, 157, 100, filenameEncoding)
  const uname = decodeStr(buf, 265, 32)
  const gname = decodeStr(buf, 297, 32)
  const devmajor = decodeOct(buf, 329, 8)
  const devminor = decodeOct(buf, 337, 8)

  const c = cksum(buf)

  // checksum is still initial value if header was null.
  if (c === 8 * 32) return null

  // valid checksum
  if (c !== decodeOct(buf, 148, 8)) throw new Error('Invalid tar header. Maybe the tar is corrupted or it needs to be gunzipped?')

  if (isUSTAR(buf)) {
    // ustar (posix) format.
    // prepend prefix, if present.
    if (buf[345]) name = decodeStr(buf, 345, 155, filenameEncoding) + '/' + name
  } else if (isGNU(buf)) {
    // 'gnu'/'oldgnu' format. Similar to ustar, but has support for incremental and
    // multi-volume tarballs.
  } else {
    if (!allowUnknownFormat) {
      throw new Error('Invalid tar header: unknown format.')
    }
  }

  // to support old tar versions that use trailing / to indicate dirs
  if (typeflag === 0 && name && name[name.length - 1] === '/') typeflag = 5

  return {
    name,
    mode,
    uid,
    gid,
    size,
    byteOffset: 0,
    mtime: new Date(1000 * mtime),
    type,
    linkname,
    uname,
    gname,
    devmajor,
    devminor,
    pax: null
  }
}

function isUSTAR (buf) {
  return b4a.equals(USTAR_MAGIC, buf.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 6))
}

function isGNU (buf) {
  return b4a.equals(GNU_MAGIC, buf.subarray(MAGIC_OFFSET, MAGIC_OFFSET + 6)) &&
    b4a.equals(GNU_VER, buf.subarray(VERSION_OFFSET, VERSION_OFFSET + 2))
}

function clamp (index, len, defaultValue) {
  if (typeof index !== 'number') return defaultValue
  index = ~~index // Coerce to integer.
  if (index >= len) return len
  if (index >= 0) return index
  index += len
  if (index >= 0) return index
  return 0
}

function toType (flag) {
  switch (flag) {
    case 0:
      return 'file'
    case 1:
      return 'link'
    case 2:
      return 'symlink'
    case 3:
      return 'character-device'
    case 4:
      return 'block-device'
    case 5:
      return 'directory'
    case 6:
      return 'fifo'
    case 7:
      return 'contiguous-file'
    case 72:
      return 'pax-header'
    case 55:
      return 'pax-global-header'
    case 27:
      return 'gnu-long-link-path'
    case 28:
    case 30:
      return 'gnu-long-path'
  }

  return null
}

function toTypeflag (flag) {
  switch (flag) {
    case 'file':
      return 0
    case 'link':
      return 1
    case 'symlink':
      return 2
    case 'character-device':
      return 3
    case 'block-device':
      return 4
    case 'directory':
      return 5
    case 'fifo':
      return 6
    case 'contiguous-file':
      return 7
    case 'pax-header':
      return 72
  }

  return 0
}

function indexOf (block, num, offset, end) {
  for (; offset < end; offset++) {
    if (block[offset] === num) return offset
  }
  return end
}

function cksum (block) {
  let sum = 8 * 32
  for (let i = 0; i < 148; i++) sum += block[i]
  for (let j = 156; j < 512; j++) sum += block[j]
  return sum
}

function encodeOct (val, n) {
  val = val.toString(8)
  if (val.length > n) return SEVENS.slice(0, n) + ' '
  return ZEROS.slice(0, n - val.length) + val + ' '
}

function encodeSizeBin (num, buf, off) {
  buf[off] = 0x80
  for (let i = 11; i > 0; i--) {
    buf[off + i] = num & 0xff
    num = Math.floor(num / 0x100)
  }
}

function encodeSize (num, buf, off) {
  if (num.toString(8).length > 11) {
    encodeSizeBin(num, buf, off)
  } else {
    b4a.write(buf, encodeOct(num, 11), off)
  }
}

/* Copied from the node-tar repo and modified to meet
 * tar-stream coding standard.
 *
 * Source: https://github.com/npm/node-tar/blob/51b6627a1f357d2eb433e7378e5f05e83b7aa6cd/lib/header.js#L349
 */
function parse256 (buf) {
  // first byte MUST be either 80 or FF
  // 80 for positive, FF for 2's comp
  let positive
  if (buf[0] === 0x80) positive = true
  else if (buf[0] === 0xFF) positive = false
  else return null

  // build up a base-256 tuple from the least sig to the highest
  const tuple = []
  let i
  for (i = buf.length - 1; i > 0; i--) {
    const byte = buf[i]
    if (positive) tuple.push(byte)
    else tuple.push(0xFF - byte)
  }

  let sum = 0
  const l = tuple.length
  for (i = 0; i < l; i++) {
    sum += tuple[i] * Math.pow(256, i)
  }

  return positive ? sum : -1 * sum
}

function decodeOct (val, offset, length) {
  val = val.subarray(offset, offset + length)
  offset = 0

  // If prefixed with 0x80 then parse as a base-256 integer
  if (val[offset] & 0x80) {
    return parse256(val)
  } else {
    // Older versions of tar can prefix with spaces
    while (offset < val.length && val[offset] === 32) offset++
    const end = clamp(indexOf(val, 32, offset, val.length), val.length, val.length)
    while (offset < end && val[offset] === 0) offset++
    if (end === offset) return 0
    return parseInt(b4a.toString(val.subarray(offset, end)), 8)
  }
}

function decodeStr (val, offset, length, encoding) {
  return b4a.toString(val.subarray(offset, indexOf(val, 0, offset, offset + length)), encoding)
}

function addLength (str) {
  const len = b4a.byteLength(str)
  let digits = Math.floor(Math.log(len) / Math.log(10)) + 1
  if (len + digits >= Math.pow(10, digits)) digits++

  return (len + digits) + str
}


/***/ }),

/***/ 6118:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

/* unused reexport */ __nccwpck_require__(5763)
exports.pack = __nccwpck_require__(861)


/***/ }),

/***/ 861:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const { Readable, Writable, getStreamError } = __nccwpck_require__(6204)
const b4a = __nccwpck_require__(3057)

const constants = __nccwpck_require__(775)
const headers = __nccwpck_require__(8428)

const DMODE = 0o755
const FMODE = 0o644

const END_OF_TAR = b4a.alloc(1024)

class Sink extends Writable {
  constructor (pack, header, callback) {
    super({ mapWritable, eagerOpen: true })

    this.written = 0
    this.header = header

    this._callback = callback
    this._linkname = null
    this._isLinkname = header.type === 'symlink' && !header.linkname
    this._isVoid = header.type !== 'file' && header.type !== 'contiguous-file'
    this._finished = false
    this._pack = pack
    this._openCallback = null

    if (this._pack._stream === null) this._pack._stream = this
    else this._pack._pending.push(this)
  }

  _open (cb) {
    this._openCallback = cb
    if (this._pack._stream === this) this._continueOpen()
  }

  _continuePack (err) {
    if (this._callback === null) return

    const callback = this._callback
    this._callback = null

    callback(err)
  }

  _continueOpen () {
    if (this._pack._stream === null) this._pack._stream = this

    const cb = this._openCallback
    this._openCallback = null
    if (cb === null) return

    if (this._pack.destroying) return cb(new Error('pack stream destroyed'))
    if (this._pack._finalized) return cb(new Error('pack stream is already finalized'))

    this._pack._stream = this

    if (!this._isLinkname) {
      this._pack._encode(this.header)
    }

    if (this._isVoid) {
      this._finish()
      this._continuePack(null)
    }

    cb(null)
  }

  _write (data, cb) {
    if (this._isLinkname) {
      this._linkname = this._linkname ? b4a.concat([this._linkname, data]) : data
      return cb(null)
    }

    if (this._isVoid) {
      if (data.byteLength > 0) {
        return cb(new Error('No body allowed for this entry'))
      }
      return cb()
    }

    this.written += data.byteLength
    if (this._pack.push(data)) return cb()
    this._pack._drain = cb
  }

  _finish () {
    if (this._finished) return
    this._finished = true

    if (this._isLinkname) {
      this.header.linkname = this._linkname ? b4a.toString(this._linkname, 'utf-8') : ''
      this._pack._encode(this.header)
    }

    overflow(this._pack, this.header.size)

    this._pack._done(this)
  }

  _final (cb) {
    if (this.written !== this.header.size) { // corrupting tar
      return cb(new Error('Size mismatch'))
    }

    this._finish()
    cb(null)
  }

  _getError () {
    return getStreamError(this) || new Error('tar entry destroyed')
  }

  _predestroy () {
    this._pack.destroy(this._getError())
  }

  _destroy (cb) {
    this._pack._done(this)

    this._continuePack(this._finished ? null : this._getError())

    cb()
  }
}

class Pack extends Readable {
  constructor (opts) {
    super(opts)
    this._drain = noop
    this._finalized = false
    this._finalizing = false
    this._pending = []
    this._stream = null
  }

  entry (header, buffer, callback) {
    if (this._finalized || this.destroying) throw new Error('already finalized or destroyed')

    if (typeof buffer === 'function') {
      callback = buffer
      buffer = null
    }

    if (!callback) callback = noop

    if (!header.size || header.type === 'symlink') header.size = 0
    if (!header.type) header.type = modeToType(header.mode)
    if (!header.mode) header.mode = header.type === 'directory' ? DMODE : FMODE
    if (!header.uid) header.uid = 0
    if (!header.gid) header.gid = 0
    if (!header.mtime) header.mtime = new Date()

    if (typeof buffer === 'string') buffer = b4a.from(buffer)

    const sink = new Sink(this, header, callback)

    if (b4a.isBuffer(buffer)) {
      header.size = buffer.byteLength
      sink.write(buffer)
      sink.end()
      return sink
    }

    if (sink._isVoid) {
      return sink
    }

    return sink
  }

  finalize () {
    if (this._stream || this._pending.length > 0) {
      this._finalizing = true
      return
    }

    if (this._finalized) return
    this._finalized = true

    this.push(END_OF_TAR)
    this.push(null)
  }

  _done (stream) {
    if (stream !== this._stream) return

    this._stream = null

    if (this._finalizing) this.finalize()
    if (this._pending.length) this._pending.shift()._continueOpen()
  }

  _encode (header) {
    if (!header.pax) {
      const buf = headers.encode(header)
      if (buf) {
        this.push(buf)
        return
      }
    }
    this._encodePax(header)
  }

  _encodePax (header) {
    const paxHeader = headers.encodePax({
      name: header.name,
      linkname: header.linkname,
      pax: header.pax
    })

    const newHeader = {
      name: 'PaxHeader',
      mode: header.mode,
      uid: header.uid,
      gid: header.gid,
      size: paxHeader.byteLength,
      mtime: header.mtime,
      type: 'pax-header',
      linkname: header.linkname && 'PaxHeader',
      uname: header.uname,
      gname: header.gname,
      devmajor: header.devmajor,
      devminor: header.devminor
    }

    this.push(headers.encode(newHeader))
    this.push(paxHeader)
    overflow(this, paxHeader.byteLength)

    newHeader.size = header.size
    newHeader.type = header.type
    this.push(headers.encode(newHeader))
  }

  _doDrain () {
    const drain = this._drain
    this._drain = noop
    drain()
  }

  _predestroy () {
    const err = getStreamError(this)

    if (this._stream) this._stream.destroy(err)

    while (this._pending.length) {
      const stream = this._pending.shift()
      stream.destroy(err)
      stream._continueOpen()
    }

    this._doDrain()
  }

  _read (cb) {
    this._doDrain()
    cb()
  }
}

module.exports = function pack (opts) {
  return new Pack(opts)
}

function modeToType (mode) {
  switch (mode & constants.S_IFMT) {
    case constants.S_IFBLK: return 'block-device'
    case constants.S_IFCHR: return 'character-device'
    case constants.S_IFDIR: return 'directory'
    case constants.S_IFIFO: return 'fifo'
    case constants.S_IFLNK: return 'symlink'
  }

  return 'file'
}

function noop () {}

function overflow (self, size) {
  size &= 511
  if (size) self.push(END_OF_TAR.subarray(0, 512 - size))
}

function mapWritable (buf) {
  return b4a.isBuffer(buf) ? buf : b4a.from(buf)
}


/***/ }),

/***/ 7934:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const PassThroughDecoder = __nccwpck_require__(7256)
const UTF8Decoder = __nccwpck_require__(6414)

module.exports = class TextDecoder {
  constructor(encoding = 'utf8') {
    this.encoding = normalizeEncoding(encoding)

    switch (this.encoding) {
      case 'utf8':
        this.decoder = new UTF8Decoder()
        break
      case 'utf16le':
      case 'base64':
        throw new Error('Unsupported encoding: ' + this.encoding)
      default:
        this.decoder = new PassThroughDecoder(this.encoding)
    }
  }

  get remaining() {
    return this.decoder.remaining
  }

  push(data) {
    if (typeof data === 'string') return data
    return this.decoder.decode(data)
  }

  // For Node.js compatibility
  write(data) {
    return this.push(data)
  }

  end(data) {
    let result = ''
    if (data) result = this.push(data)
    result += this.decoder.flush()
    return result
  }
}

function normalizeEncoding(encoding) {
  encoding = encoding.toLowerCase()

  switch (encoding) {
    case 'utf8':
    case 'utf-8':
      return 'utf8'
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le':
      return 'utf16le'
    case 'latin1':
    case 'binary':
      return 'latin1'
    case 'base64':
    case 'ascii':
    case 'hex':
      return encoding
    default:
      throw new Error('Unknown encoding: ' + encoding)
  }
}


/***/ }),

/***/ 7256:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const b4a = __nccwpck_require__(3057)

module.exports = class PassThroughDecoder {
  constructor(encoding) {
    this.encoding = encoding
  }

  get remaining() {
    return 0
  }

  decode(data) {
    return b4a.toString(data, this.encoding)
  }

  flush() {
    return ''
  }
}


/***/ }),

/***/ 6414:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

const b4a = __nccwpck_require__(3057)

/**
 * https://encoding.spec.whatwg.org/#utf-8-decoder
 */
module.exports = class UTF8Decoder {
  constructor() {
    this._reset()
  }

  get remaining() {
    return this.bytesSeen
  }

  decode(data) {
    if (data.byteLength === 0) return ''

    if (this.bytesNeeded === 0 && trailingIncomplete(data, 0) === 0) {
      this.bytesSeen = trailingBytesSeen(data)
      return b4a.toString(data, 'utf8')
    }

    let result = ''
    let start = 0

    if (this.bytesNeeded > 0) {
      while (start < data.byteLength) {
        const byte = data[start]

        if (byte < this.lowerBoundary || byte > this.upperBoundary) {
          result += '\ufffd'
          this._reset()
          break
        }

        this.lowerBoundary = 0x80
        this.upperBoundary = 0xbf
        this.codePoint = (this.codePoint << 6) | (byte & 0x3f)
        this.bytesSeen++
        start++

        if (this.bytesSeen === this.bytesNeeded) {
          result += String.fromCodePoint(this.codePoint)
          this._reset()
          break
        }
      }

      if (this.bytesNeeded > 0) return result
    }

    const trailing = trailingIncomplete(data, start)
    const end = data.byteLength - trailing

    if (end > start) result += b4a.toString(data, 'utf8', start, end)

    for (let i = end; i < data.byteLength; i++) {
      const byte = data[i]

      if (this.bytesNeeded === 0) {
        if (byte <= 0x7f) {
          this.bytesSeen = 0
          result += String.fromCharCode(byte)
        } else if (byte >= 0xc2 && byte <= 0xdf) {
          this.bytesNeeded = 2
          this.bytesSeen = 1
          this.codePoint = byte & 0x1f
        } else if (byte >= 0xe0 && byte <= 0xef) {
          if (byte === 0xe0) this.lowerBoundary = 0xa0
          else if (byte === 0xed) this.upperBoundary = 0x9f
          this.bytesNeeded = 3
          this.bytesSeen = 1
          this.codePoint = byte & 0xf
        } else if (byte >= 0xf0 && byte <= 0xf4) {
          if (byte === 0xf0) this.lowerBoundary = 0x90
          else if (byte === 0xf4) this.upperBoundary = 0x8f
          this.bytesNeeded = 4
          this.bytesSeen = 1
          this.codePoint = byte & 0x7
        } else {
          this.bytesSeen = 1
          result += '\ufffd'
        }

        continue
      }

      if (byte < this.lowerBoundary || byte > this.upperBoundary) {
        result += '\ufffd'
        i--
        this._reset()

        continue
      }

      this.lowerBoundary = 0x80
      this.upperBoundary = 0xbf

      this.codePoint = (this.codePoint << 6) | (byte & 0x3f)
      this.bytesSeen++

      if (this.bytesSeen === this.bytesNeeded) {
        result += String.fromCodePoint(this.codePoint)
        this._reset()
      }
    }

    return result
  }

  flush() {
    const result = this.bytesNeeded > 0 ? '\ufffd' : ''
    this._reset()
    return result
  }

  _reset() {
    this.codePoint = 0
    this.bytesNeeded = 0
    this.bytesSeen = 0
    this.lowerBoundary = 0x80
    this.upperBoundary = 0xbf
  }
}

function trailingIncomplete(data, start) {
  const len = data.byteLength
  if (len <= start) return 0

  const limit = Math.max(start, len - 4)

  let i = len - 1
  while (i > limit && (data[i] & 0xc0) === 0x80) i--

  if (i < start) return 0

  const byte = data[i]

  let needed
  if (byte <= 0x7f) return 0
  if (byte >= 0xc2 && byte <= 0xdf) needed = 2
  else if (byte >= 0xe0 && byte <= 0xef) needed = 3
  else if (byte >= 0xf0 && byte <= 0xf4) needed = 4
  else return 0

  const available = len - i
  return available < needed ? available : 0
}

function trailingBytesSeen(data) {
  const len = data.byteLength
  if (len === 0) return 0

  const last = data[len - 1]

  if (last <= 0x7f) return 0
  if ((last & 0xc0) !== 0x80) return 1

  const limit = Math.max(0, len - 4)

  let i = len - 2
  while (i >= limit && (data[i] & 0xc0) === 0x80) i--

  if (i < 0) return 1

  const first = data[i]

  let needed
  if (first >= 0xc2 && first <= 0xdf) needed = 2
  else if (first >= 0xe0 && first <= 0xef) needed = 3
  else if (first >= 0xf0 && first <= 0xf4) needed = 4
  else return 1

  if (len - i !== needed) return 1

  if (needed >= 3) {
    const second = data[i + 1]
    if (first === 0xe0 && second < 0xa0) return 1
    if (first === 0xed && second > 0x9f) return 1
    if (first === 0xf0 && second < 0x90) return 1
    if (first === 0xf4 && second > 0x8f) return 1
  }

  return 0
}


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 2250:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("dns");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 3024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 1455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 3916:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path/posix");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 3106:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("zlib");

/***/ }),

/***/ 6998:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2094);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8932);
/* harmony import */ var _ssh_deploy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(367);



await (0,_shared_runner_run_action__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .C)(_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .action */ .X, _ssh_deploy_js__WEBPACK_IMPORTED_MODULE_2__/* .sshDeploy */ .y);

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 8932:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  X: () => (/* binding */ inputs_action)
});

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __nccwpck_require__(3916);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/secret.js + 1 modules
var secret = __nccwpck_require__(4326);
// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __nccwpck_require__(4153);
;// CONCATENATED MODULE: external "node:vm"
const external_node_vm_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:vm");
;// CONCATENATED MODULE: ./build/shared/checks/deadline.js
/** The reason of a signal that aborted because time ran out. */
class deadline_TimeLimit extends Error {
    name = 'TimeLimit';
    limitMs;
    constructor(limitMs) {
        super(`time limit of ${limitMs} ms`);
        this.limitMs = limitMs;
    }
}
/**
 * Runs the task with a signal that aborts after `limitMs` (its reason a TimeLimit) or together with `signal`.
 * The task is what ends itself; nothing is raced.
 */
async function within(limitMs, signal, task) {
    const own = new AbortController();
    const timer = setTimeout(() => own.abort(new deadline_TimeLimit(limitMs)), limitMs);
    const follow = () => own.abort(signal.reason);
    signal.addEventListener('abort', follow, { once: true });
    if (signal.aborted)
        follow();
    try {
        return await task(own.signal);
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', follow);
    }
}
/**
 * What the promise gives, unless the signal aborts first: then rejects with its reason, and hands what still comes to `discard`.
 */
async function orAborted(promise, signal, discard = () => undefined) {
    const { promise: aborted, reject } = Promise.withResolvers();
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted)
        abort();
    try {
        return await Promise.race([promise, aborted]);
    }
    catch (error) {
        if (signal.aborted)
            promise.then(discard, () => undefined);
        throw error;
    }
    finally {
        signal.removeEventListener('abort', abort);
    }
}

;// CONCATENATED MODULE: ./build/shared/checks/failure.js




/** Thrown where evidence is missing and the thing measured is not what withheld it. */
class failure_NotMeasured extends (/* unused pure expression or super */ null && (Error)) {
    name = 'NotMeasured';
}
/** Thrown where the thing measured answered, and wrongly, in a way that ends the attempt. */
class WrongAnswer extends (/* unused pure expression or super */ null && (Error)) {
    name = 'WrongAnswer';
}
// Ours, not the server's: the runner's resolver, routes, sockets and firewall.
const LOCAL = {
    EAI_AGAIN: 'the resolver did not answer',
    EAI_FAIL: 'the resolver failed',
    ENETUNREACH: 'this machine has no route to the network',
    EADDRNOTAVAIL: 'this machine has no address to connect from',
    EMFILE: 'this machine has no free file descriptor',
    ENFILE: 'this machine has no free file descriptor',
    ENOBUFS: 'this machine has no free socket buffer',
    ENOMEM: 'this machine is out of memory',
    EPERM: "this machine's firewall forbids the connection",
};
const REMOTE = {
    ECONNREFUSED: 'connection refused',
    ENOTFOUND: 'no such name in DNS',
    ENODATA: 'the name has no address in DNS',
    ETIMEDOUT: 'no connection: the network timed out',
    EHOSTUNREACH: 'the host is unreachable',
    ENOENT: 'no such socket',
    EACCES: 'no right to connect to this socket',
};
const CERTIFICATE = {
    DEPTH_ZERO_SELF_SIGNED_CERT: 'is self-signed',
    SELF_SIGNED_CERT_IN_CHAIN: 'comes from an authority this machine does not know',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'comes from an authority this machine does not know',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'cannot be verified: the server does not send the intermediate certificate',
    CERT_HAS_EXPIRED: 'has expired',
    CERT_NOT_YET_VALID: 'is not valid yet',
    ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
};
/** Sorts an error into a verdict by the rule at CheckResult. `signal` is the attempt's own: once aborted, its reason is the cause. */
function failureOf(error, progress, signal) {
    if (error instanceof WrongAnswer)
        return { verdict: 'fail', reason: error.message, answered: true };
    if (error instanceof failure_NotMeasured)
        return { verdict: 'inconclusive', reason: error.message, answered: false };
    const cause = signal.aborted ? signal.reason : error;
    if (cause instanceof TimeLimit)
        return { verdict: 'fail', reason: overdue(progress, cause.limitMs), answered: progress.phase === 'reading' };
    if (signal.aborted)
        return { verdict: 'inconclusive', reason: `stopped before it was done: ${shown(messageOf(cause))}`, answered: false, isFinal: true };
    if (cause instanceof UserError)
        return { verdict: 'inconclusive', reason: shown(cause.message.replace(/\s*\n\s*/g, ' '), 2_000), answered: false, isFinal: true };
    if (cause?.name === 'ConnectionLost') {
        return { verdict: 'inconclusive', reason: `the SSH connection was lost: ${shown(messageOf(cause))}`, answered: false };
    }
    return networkFailure(cause, progress);
}
function overdue({ phase, target, bytes }, limitMs) {
    const limit = formatDuration(limitMs);
    switch (phase) {
        case 'connecting': return `no connection to ${target} within ${limit}`;
        case 'securing': return `${target} accepted the connection but did not finish the TLS handshake within ${limit}`;
        case 'waiting': return `${target} accepted the connection but sent no answer within ${limit}`;
        case 'reading': return `the answer was not complete within ${limit} (${bytes} bytes of it arrived)`;
    }
}
function networkFailure(error, progress) {
    const errors = error instanceof AggregateError ? error.errors : [error];
    const codes = errors.map(codeOf);
    // Of several addresses tried, one that refused is evidence, whatever the others lacked.
    const code = codes.find((one) => !(one in LOCAL)) ?? codes[0] ?? '';
    if (code in LOCAL)
        return { verdict: 'inconclusive', reason: `${progress.target} was not reached: ${LOCAL[code]}`, answered: false };
    return { verdict: 'fail', reason: remoteReason(code, errors, progress), answered: hasAnswered(progress, code) };
}
// A certificate and a broken answer are answers; a connection that closed before either is none.
function hasAnswered({ phase }, code) {
    return phase === 'reading' || (phase === 'securing' && code !== 'ECONNRESET') || code.startsWith('HPE_');
}
function remoteReason(code, errors, progress) {
    const message = errors.map((one) => shown(messageOf(one))).join(', ');
    if (progress.phase === 'connecting')
        return `${progress.target}: ${REMOTE[code] ?? message}`;
    if (code in CERTIFICATE)
        return `${progress.target}: its certificate ${CERTIFICATE[code]}; insecure: true accepts it`;
    if (progress.phase === 'securing')
        return `${progress.target}: TLS failed: ${message}`;
    if (code.startsWith('HPE_'))
        return `${progress.target} answered with something that is not HTTP (${message})`;
    if (code.startsWith('Z_'))
        return `the body could not be decompressed (${message})`;
    if (progress.phase === 'waiting')
        return `${progress.target} closed the connection without an answer (${code || message})`;
    return `the connection closed before the answer was complete (${progress.bytes} bytes arrived)`;
}
function codeOf(error) {
    return String(error?.code ?? '');
}

;// CONCATENATED MODULE: ./build/shared/checks/pattern.js



const PATTERN_LIMIT_MS = 2_000;
/**
 * A JavaScript regular expression in which `^` and `$` match at lines.
 * @throws {SyntaxError} when it is none.
 */
function compile(pattern) {
    return new RegExp(pattern, 'm');
}
/**
 * Whether the pattern is found in the text.
 * @throws {NotMeasured} when that takes over two seconds: a pattern that backtracks without end would hold up every other check.
 */
function isMatch(pattern, text) {
    const expression = compile(pattern);
    return inTime(`The pattern ${quoted(pattern)}`, () => expression.test(text));
}
/**
 * The task's result, computed at once.
 * @throws {NotMeasured} when it takes over two seconds.
 */
function inTime(what, task) {
    try {
        return runInNewContext('task()', { task }, { timeout: PATTERN_LIMIT_MS });
    }
    catch (error) {
        if (error.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT')
            throw error;
        throw new NotMeasured(`${what} took over ${PATTERN_LIMIT_MS / 1_000} s on this text; simplify it`);
    }
}

// EXTERNAL MODULE: ./build/shared/core/nearest.js
var nearest = __nccwpck_require__(1544);
;// CONCATENATED MODULE: ./build/shared/checks/shown.js
/**
 * Foreign text made fit for one line of a log or a table: control characters escaped, so that it can never be read as a
 * workflow command, and cut after `limit` characters.
 */
function shown_shown(text, limit = 120) {
    const head = text.slice(0, limit * 2);
    const escaped = head.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, shown_escape);
    return escaped.length > limit || text.length > head.length ? `${escaped.slice(0, limit)}… (${text.length} characters)` : escaped;
}
/** The same, in double quotes. */
function shown_quoted(text, limit) {
    return `"${shown_shown(text, limit)}"`;
}
function shown_escape(character) {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
    return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

;// CONCATENATED MODULE: ./build/shared/checks/shape.js



/** A record of known keys; an unknown one is a fault that names the nearest. A key without a value counts as absent. */
function record(readers) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are keys with values', value);
        const known = Object.keys(readers);
        faults.push(...Object.keys(value).filter((key) => !known.includes(key)).map((key) => `${join(path, shown_shown(key, 40))} is unknown; the nearest is ${(0,nearest/* nearest */.p)(key, known)}`));
        const given = Object.entries(value).filter(([key, item]) => known.includes(key) && item !== undefined && item !== null);
        return Object.fromEntries(given.map(([key, item]) => [key, readers[key](item, join(path, key), faults)]));
    };
}
/** A list of values; one value alone counts as a list of one. */
function list(reader) {
    return (value, path, faults) => {
        if (!Array.isArray(value))
            return asList(reader(value, path, faults));
        if (value.length === 0)
            return refuse(faults, path, 'it is empty', value);
        return value.map((item, index) => reader(item, `${path}[${index}]`, faults)).filter((item) => item !== undefined);
    };
}
/** A record of any keys whose values are all of one kind. */
function dictionary(reader) {
    return (value, path, faults) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value))
            return refuse(faults, path, 'accepted are names with values', value);
        const entries = Object.entries(value).map(([key, item]) => [key, reader(item, join(path, shown_shown(key, 40)), faults)]);
        return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
    };
}
function shape_text(parse = (given) => given) {
    return (value, path, faults) => {
        if (typeof value === 'number' || typeof value === 'boolean')
            return refuse(faults, path, `YAML reads it as ${String(value)}, not as text: put it in quotes`);
        if (typeof value !== 'string' || value === '')
            return refuse(faults, path, 'accepted is text', value);
        return attempt(() => parse(value), path, faults);
    };
}
/** Text or a number, as text, that `parse` turns into a value. */
function scalar(parse) {
    return (value, path, faults) => shape_text(parse)(typeof value === 'number' ? String(value) : value, path, faults);
}
/** A whole number within bounds. */
function integer(min, max) {
    return (value, path, faults) => {
        if (typeof value === 'number' && Number.isInteger(value) && min <= value && value <= max)
            return value;
        return refuse(faults, path, `accepted is a whole number from ${min} to ${max}`, value);
    };
}
/** `true` or `false`. */
function flag() {
    return (value, path, faults) => (typeof value === 'boolean' ? value : refuse(faults, path, 'accepted is true or false', value));
}
/** Whatever is there. */
function anything() {
    return (value) => ({ value });
}
function asList(value) {
    return value === undefined ? undefined : [value];
}
// A wrong value may be a secret in the wrong place: what is repeated is only its kind.
function refuse(faults, path, reason, value) {
    faults.push(`${path}: ${reason}${value === undefined ? '' : `, not ${kindOf(value)}`}`);
    return undefined;
}
function kindOf(value) {
    if (value === '')
        return 'empty text';
    if (Array.isArray(value))
        return value.length === 0 ? 'an empty list' : 'a list';
    if (typeof value === 'string')
        return 'this text';
    return typeof value === 'number' || typeof value === 'boolean' ? shown_quoted(`${value}`) : 'a record';
}
function attempt(task, path, faults) {
    try {
        return task();
    }
    catch (error) {
        return refuse(faults, path, (0,errors/* messageOf */.b)(error));
    }
}
function join(path, key) {
    return path === '' ? key : `${path}.${key}`;
}

;// CONCATENATED MODULE: ./build/shared/checks/status-range.js


/** Any successful answer: what is expected when nothing is said. */
const SUCCESS = [{ first: 200, last: 299 }];
/**
 * The ranges in a list such as `200, 204, 3xx` or `200-299`.
 * @throws {UserError} naming the entry that is no status.
 */
function parseStatus(text) {
    return text.split(',').map((entry) => parseRange(entry.trim()));
}
function parseRange(entry) {
    const [, family] = /^([1-5])xx$/i.exec(entry) ?? [];
    if (family !== undefined)
        return { first: Number(family) * 100, last: Number(family) * 100 + 99 };
    const [, first, last = first] = /^([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?$/.exec(entry) ?? [];
    if (first === undefined || Number(last) < Number(first)) {
        throw new errors/* UserError */.y(`${shown_quoted(entry)} is no HTTP status: write 200, 200-299 or 2xx, several with commas`);
    }
    return { first: Number(first), last: Number(last) };
}
/** Whether one of the ranges holds the status. */
function covers(ranges, status) {
    return ranges.some(({ first, last }) => first <= status && status <= last);
}
/** The ranges as people write them: `200, 3xx`. */
function formatStatus(ranges) {
    return ranges.map(formatRange).join(', ');
}
function formatRange({ first, last }) {
    if (first === last)
        return String(first);
    return first % 100 === 0 && last === first + 99 ? `${first / 100}xx` : `${first}-${last}`;
}

;// CONCATENATED MODULE: ./build/shared/checks/check-fields.js









const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
// RFC 9110, sections 5.1 and 5.5.
const HEADER_NAME = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
const LONGEST_SOCKET = 107;
const LONGEST_URL = 8_000; // characters; servers take no longer ones either
/** Every key a check of the list may have; which of them go together is the parser's matter. */
const checkRecord = record({
    name: shape_text(oneLine),
    url: shape_text(parseUrl),
    path: shape_text(parsePath),
    method: shape_text(parseMethod),
    headers: readHeaders,
    body: shape_text((given) => new secret/* Secret */.z(given)),
    host: shape_text(parseHost),
    'follow-redirects': integer(0, 20),
    insecure: flag(),
    'body-limit': shape_text(size/* parseSize */.D),
    timeout: shape_text(duration/* parseDuration */.E),
    through: shape_text(parseThrough),
    socket: shape_text(parseSocket),
    port: integer(1, 65_535),
    status: list(scalar(parseStatus)),
    'expect-headers': readHeaderExpectations,
    text: list(shape_text()),
    matches: list(shape_text(parsePattern)),
    json: list(record({ path: shape_text(), equals: anything(), matches: shape_text(parsePattern), exists: flag() })),
    'max-response-time': shape_text(duration/* parseDuration */.E),
    version: record({ equals: shape_text(oneLine), header: shape_text(parseHeaderName), 'json-path': shape_text() }),
    tcp: scalar(parseTcp),
    banner: shape_text(),
    command: readCommand,
    'exit-code': integer(0, 255),
});
/** An http or https address. @throws {UserError} on anything else, blanks and control characters included. */
function parseUrl(given) {
    const url = given.length > LONGEST_URL || /[\s\u0000-\u001f\u007f\\]/.test(given) ? null : URL.parse(given);
    if (url === null || !/^https?:$/.test(url.protocol) || !isReadable(url.username + url.password))
        throw new errors/* UserError */.y('accepted is an address such as https://example.com/health');
    return url.href.replace(/#.*$/, '');
}
/** A path within the base address. @throws {UserError} when it could lead to another host. */
function parsePath(given) {
    if (given.length > LONGEST_URL || !/^\/(?!\/)[^\s\u0000-\u001f\u007f\\]*$/.test(given))
        throw new errors/* UserError */.y('accepted is a path that begins with one slash, such as /health');
    return given;
}
/** Text of one line. @throws {UserError} on control characters. */
function oneLine(given) {
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(given))
        throw new errors/* UserError */.y('accepted is one line of text without control characters');
    return given.trim();
}
/** A regular expression's source. @throws {UserError} when it is none. */
function parsePattern(given) {
    try {
        compile(given);
        return given;
    }
    catch (error) {
        throw new errors/* UserError */.y(`accepted is a JavaScript regular expression (${shown_shown(error.message, 200)})`);
    }
}
/** The name of a header. @throws {UserError} when it cannot be one. */
function parseHeaderName(given) {
    if (!HEADER_NAME.test(given))
        throw new errors/* UserError */.y(`${shown_quoted(given, 40)} cannot be the name of a header`);
    return given;
}
function isReadable(encoded) {
    try {
        return decodeURIComponent(encoded) !== undefined;
    }
    catch {
        return false; // a percent sign that stands for itself
    }
}
function parseMethod(given) {
    if (!METHODS.includes(given))
        throw new errors/* UserError */.y(`accepted is one of ${METHODS.join(', ')}`);
    return given;
}
function parseHost(given) {
    const url = /[\s/?#@\\]/.test(given) ? null : URL.parse(`http://${given}`);
    if (url === null)
        throw new errors/* UserError */.y('accepted is a host name, with :port if it is not the usual one');
    return url.host;
}
function parseThrough(given) {
    if (given !== 'ssh')
        throw new errors/* UserError */.y('accepted is ssh; leave it out to look from the runner');
    return given;
}
function parseSocket(given) {
    if (!given.startsWith('/') || given.includes('\0') || Buffer.byteLength(given) > LONGEST_SOCKET) {
        throw new errors/* UserError */.y(`accepted is the absolute path of a unix socket, ${LONGEST_SOCKET} bytes at most`);
    }
    return given;
}
// Without a host it is left empty: the server itself is meant.
function parseTcp(given) {
    if (given.startsWith('/'))
        return { socket: parseSocket(given) };
    const [, bracketed, plain, port] = /^(?:(?:\[([^\]]+)\]|([^\s:[\]/@\\]+)):)?(\d{1,5})$/.exec(given) ?? [];
    const isAddress = Number(port) >= 1 && Number(port) <= 65_535 && (bracketed === undefined || (0,external_node_net_.isIPv6)(bracketed));
    if (!isAddress)
        throw new errors/* UserError */.y('accepted is host:port or [IPv6 address]:port, and through: ssh also a port or the path of a socket alone');
    return { host: bracketed ?? plain ?? '', port: Number(port) };
}
// A header's value is taken as a secret: nothing about it is repeated.
function readHeaders(value, path, faults) {
    const headers = dictionary(scalar((given) => given))(value, path, faults);
    for (const [name, content] of Object.entries(headers ?? {})) {
        if (!HEADER_NAME.test(name) || !HEADER_VALUE.test(content)) {
            faults.push(`${path}.${shown_shown(name, 40)}: this cannot be a header: its name takes letters, digits and hyphens, its value no line breaks`);
        }
    }
    return headers && Object.fromEntries(Object.entries(headers).map(([name, content]) => [name, new secret/* Secret */.z(content)]));
}
function readHeaderExpectations(value, path, faults) {
    const expectation = (item, place, found) => (typeof item === 'object' ? record({ text: shape_text(), matches: shape_text(parsePattern) })(item, place, found) : { text: scalar((given) => given)(item, place, found) ?? '' });
    const headers = dictionary(expectation)(value, path, faults);
    return headers && Object.entries(headers).map(([name, expected]) => ({ name, ...expected }));
}
function readCommand(value, path, faults) {
    const isRunnable = (given) => {
        if (given.includes('\0'))
            throw new errors/* UserError */.y('accepted is a command without NUL bytes');
        return given;
    };
    return (Array.isArray(value) ? list(shape_text(isRunnable)) : shape_text(isRunnable))(value, path, faults);
}

// EXTERNAL MODULE: ./build/shared/runner/action.js
var action = __nccwpck_require__(8781);
// EXTERNAL MODULE: ./build/shared/runner/connection-inputs.js
var connection_inputs = __nccwpck_require__(2405);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
// EXTERNAL MODULE: ./build/shared/runner/fields.js + 1 modules
var fields = __nccwpck_require__(5642);
// EXTERNAL MODULE: ./build/shared/server/definition.js
var definition = __nccwpck_require__(7857);
// EXTERNAL MODULE: ./build/shared/release/exclude.js
var exclude = __nccwpck_require__(3912);
// EXTERNAL MODULE: ./build/shared/release/release-id.js
var release_id = __nccwpck_require__(7217);
// EXTERNAL MODULE: ./build/shared/release/shared-paths.js
var shared_paths = __nccwpck_require__(5776);
;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/inputs.js










const FOLDER = 'an absolute folder such as /srv/shop: letters, digits and . _ - + @ /, without "..", 200 at most';
const LONGEST_FOLDER = 200; // what is made below it must fit into a path, too
const LONGEST_PATH = 1_000; // bytes
const inputs_fields = {
    ...connection_inputs/* connectionFields */.I1,
    operation: (0,fields/* choice */.Yq)({
        options: ['deploy', 'check', 'status'], default: 'deploy',
        description: '`deploy` releases. `check` looks the server over, each line with its mend, and touches nothing. `status` tells what runs where.',
    }),
    source: (0,fields/* text */.Qq)({ description: 'Folder on the runner whose content is the release: what your build made.', default: '.', example: 'build', check: checkLength }),
    exclude: (0,fields/* lines */.Mn)({ description: 'What is not to be released, as in a .gitignore. `.git` never is.', example: 'node_modules/', check: (0,field_parsers/* mistakeOf */.Wl)(exclude/* excluding */.u) }),
    'exclude-file': (0,fields/* text */.Qq)({ description: 'File with more such patterns, such as .gitignore itself.', example: '.deployignore', check: checkLength }),
    path: (0,fields/* text */.Qq)({ description: 'The service\'s folder on the server. Needed to deploy; later actions know it from there.', env: 'DEPLOY_PATH', example: '/srv/shop', accepts: FOLDER, check: checkFolder }),
    release: (0,fields/* text */.Qq)({ description: 'Name of the release. Made of time and commit if left out.', example: 'v1.4.0', check: (0,field_parsers/* mistakeOf */.Wl)(release_id/* checkReleaseId */.Z) }),
    mode: (0,fields/* choice */.Yq)({
        options: ['slots', 'in-place'], default: 'slots',
        description: '`slots` starts the release beside the one users reach; `blue-green-switch` then moves traffic to it. `in-place` publishes at once: `current` is renamed to the release, and the service restarted.',
    }),
    shared: (0,fields/* lines */.Mn)({ description: 'Paths that all releases share, kept below `shared` on the server; a folder ends with a slash.', example: 'storage/', check: (0,field_parsers/* mistakeOf */.Wl)(shared_paths/* parseSharedPaths */.j) }),
    prepare: (0,fields/* text */.Qq)({ description: 'Command that makes the release ready to start, in its folder: install, compile, warm caches. It is not run again in a release that is live.', multiline: true, example: 'npm ci --omit=dev' }),
    'prepare-timeout': (0,fields/* duration */.p0)({ description: 'How long `prepare` may take.', default: '15m', min: '1s', max: '6h' }),
    start: (0,fields/* text */.Qq)({
        description: 'Command that has a supervisor start the slot `$SLOT`, and returns. Your app listens on `$SOCKET`, or on the slot\'s port. A process started here directly is for tries only: nothing starts it again.',
        multiline: true, example: 'sudo systemctl restart shop@$SLOT',
    }),
    stop: (0,fields/* text */.Qq)({ description: 'Command that stops the slot `$SLOT`.', multiline: true, example: 'sudo systemctl stop shop@$SLOT' }),
    restart: (0,fields/* text */.Qq)({ description: 'Command that restarts the service, in mode `in-place`.', multiline: true, example: 'sudo systemctl restart shop' }),
    health: (0,fields/* text */.Qq)({
        description: 'What the server asks to learn that the release is healthy: a path, asked through the slot\'s socket, or in mode `in-place` an address. A status of 2xx is healthy.',
        example: '/health', accepts: 'a path such as /health, or an http address', check: checkHealth,
    }),
    'health-command': (0,fields/* text */.Qq)({ description: 'Command that succeeds when the release is healthy, instead of `health`.', multiline: true, example: './bin/is-healthy "$SOCKET"' }),
    'health-timeout': (0,fields/* duration */.p0)({ description: 'How long a release may take to become healthy.', default: '60s', min: '1s', max: '1h' }),
    'blue-port': (0,fields/* integer */.nd)({ description: 'TCP port of the app in slot blue, if it does not listen on `$SOCKET`; the command `start` finds it as `$PORT`.', min: 1, max: 65_535, env: 'DEPLOY_BLUE_PORT' }),
    'green-port': (0,fields/* integer */.nd)({ description: 'The same for slot green.', min: 1, max: 65_535, env: 'DEPLOY_GREEN_PORT' }),
    'runtime-dir': (0,fields/* text */.Qq)({
        description: 'Folder of the sockets on the server, on a file system that a boot empties. `/run/slipway/<service>` if left out.',
        env: 'DEPLOY_RUNTIME_DIR', accepts: FOLDER, check: checkFolder,
    }),
    router: (0,fields/* choice */.Yq)({
        options: definition/* ROUTERS */.zz, default: 'nginx-socket',
        description: 'What moves users between the slots; [docs/routers.md](../../docs/routers.md) compares them and shows how each is set up.',
    }),
    'router-entry': (0,fields/* text */.Qq)({ description: 'Where the router takes users\' requests on the server, asked there after each switch. `http://127.0.0.1` if left out; `nginx-socket` is then asked at its live socket.', example: 'http://127.0.0.1:8080', accepts: 'an http address', check: (0,field_parsers/* mistakeOf */.Wl)(parseUrl) }),
    'router-config': (0,fields/* text */.Qq)({ description: 'The router\'s configuration on the server: looked through for what would break a switch, and for Caddy handed over at each. `/etc/nginx`, `/etc/haproxy`, `/etc/caddy/Caddyfile` if left out.', accepts: FOLDER, check: checkFolder }),
    'router-control': (0,fields/* text */.Qq)({ description: 'How the router is spoken to: HAProxy\'s stats socket, the address of the API of Caddy or Traefik, the command of kamal-proxy. As in the examples if left out.', example: '/run/haproxy/shop.sock' }),
    'router-test': (0,fields/* text */.Qq)({ description: 'Command that tests the configuration of the router `nginx`; `sudo nginx -t` if left out.', multiline: true, example: 'sudo nginx -t' }),
    'router-reload': (0,fields/* text */.Qq)({ description: 'Command that has the router read its configuration again; for kamal-proxy the one that deploys to `$TARGET`. `sudo systemctl reload nginx` if left out.', multiline: true, example: 'sudo systemctl reload nginx' }),
    url: (0,fields/* text */.Qq)({ description: 'Public address of the service. Later actions prove from outside that it answers.', env: 'DEPLOY_URL', example: 'https://shop.example.com', accepts: 'an http address', check: (0,field_parsers/* mistakeOf */.Wl)(parseUrl) }),
    keep: (0,fields/* integer */.nd)({ description: 'How many verified releases stay on the server. What is live, on standby or last verified is never deleted.', default: '5', min: 2, max: 100 }),
    reuse: (0,fields/* choice */.Yq)({
        options: ['copy', 'hard-link'], default: 'copy',
        description: 'How unchanged files are taken from the last release: `copy` (by reflink where the file system can), or `hard-link`, which is smaller, but an app that writes into its files then changes the release you would roll back to.',
    }),
    timeout: (0,fields/* duration */.p0)({ description: 'How long all of it may take. What the server has not shown to users by then, it clears away.', default: '30m', min: '10s', max: '6h' }),
    'dry-run': (0,fields/* flag */.Jt)({ description: 'Print the plan step by step, and change nothing.' }),
};
/** The contract of ssh-deploy. */
const inputs_action = (0,action/* defineAction */.Q)({
    name: 'ssh-deploy',
    title: 'Slipway deploy over SSH',
    description: 'Puts a release on your server beside the old one, prepares and starts it, and waits until it is healthy; users notice nothing. Cancel it or pull the plug at any moment: the next run heals.',
    branding: { icon: 'upload-cloud', color: 'blue' },
    inputs: inputs_fields,
    outputs: {
        release: 'Name of the release.',
        'previous-release': 'The release users reached before; empty at the first.',
        slot: '`blue` or `green`: where the release runs now. Empty in mode `in-place`.',
        'slot-url': 'Where that slot is reached on the server: `unix:/…` or `http://127.0.0.1:…`.',
        'files-changed': 'Number of files that were sent.',
        'bytes-sent': 'Bytes of content that were sent.',
        duration: 'Seconds it took, as a decimal number.',
        generation: 'The generation this deployment took; a later one supersedes it.',
        status: 'JSON of what runs where, after `operation: status`.',
        checks: 'JSON list of what `operation: check` found: name, verdict (`ok`, `warning`, `problem` or `unknown`), detail, mend.',
    },
    check: (inputs) => [...(0,connection_inputs/* connectionMistakes */.gf)(inputs), ...(inputs.operation === 'deploy' ? deployMistakes(inputs) : [])],
});
function deployMistakes({ path, mode, start, health, healthCommand, bluePort, greenPort, service, runtimeDir }) {
    const socket = `${runtimeDir ?? `/run/slipway/${service}`}/green.sock`;
    return [
        ...(path === undefined ? ['path is missing: say in which folder of the server the service lives'] : []),
        ...(mode === 'slots' && start === undefined ? ['start is missing: mode slots needs to know how the slot $SLOT is started'] : []),
        ...((health === undefined) === (healthCommand === undefined) ? ['give exactly one of health and health-command: without a health check there is no evidence, and that is never a pass'] : []),
        ...(mode === 'in-place' && health?.startsWith('/') ? ['health must be an address such as http://127.0.0.1:3000/health in mode in-place'] : []),
        ...(mode === 'slots' && health !== undefined && !health.startsWith('/') ? ['health must be a path such as /health in mode slots: it is asked through the slot\'s socket'] : []),
        ...((bluePort === undefined) !== (greenPort === undefined) ? ['blue-port and green-port go together'] : []),
        ...(bluePort !== undefined && bluePort === greenPort ? ['blue-port and green-port must differ: both slots run at the same time'] : []),
        ...(mode === 'slots' && socket.length > 107 ? [`runtime-dir is too long: a socket's path has 107 bytes at most, ${socket} has ${socket.length}`] : []),
    ];
}
function checkFolder(path) {
    const isPlain = path.length <= LONGEST_FOLDER && (0,posix_.isAbsolute)(path) && /^\/[\w.@+/-]*\w[\w.@+/-]*$/.test(path) && !path.split('/').includes('..');
    return isPlain ? undefined : `accepted is ${FOLDER}`;
}
function checkLength(path) {
    return Buffer.byteLength(path) <= LONGEST_PATH ? undefined : `accepted is a path of at most ${LONGEST_PATH} bytes`;
}
function checkHealth(health) {
    return health.length <= LONGEST_PATH && /^(https?:\/\/[^\s"'\\]+|\/[^\s"'\\]*)$/.test(health) ? undefined : 'accepted is a path such as /health, or an http address';
}


/***/ }),

/***/ 367:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  y: () => (/* binding */ sshDeploy)
});

// EXTERNAL MODULE: ./build/shared/runner/connection-inputs.js
var connection_inputs = __nccwpck_require__(2405);
;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
;// CONCATENATED MODULE: ./build/shared/core/quote.js
const PLAIN = /^[A-Za-z0-9_/.,:=@%+-]+$/;
/**
 * Quotes a value as one word of POSIX shell, whatever bytes it holds.
 * @throws {TypeError} on a NUL byte, which no shell word can hold.
 */
function quote(value) {
    if (value.includes('\0'))
        throw new TypeError('A shell word cannot hold a NUL byte');
    return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
/** A command as one line of POSIX shell: every argument quoted, none of them interpreted. */
function quote_commandLine(argv) {
    return argv.map(quote).join(' ');
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
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
class ConnectionFault extends errors/* UserError */.y {
    kind;
    constructor(kind, message) {
        super(message);
        this.kind = kind;
    }
}
/** The fault of this kind, said of this server; `detail` is what the message needs beyond that, never a secret. */
function faultOf(kind, at, detail = '') {
    const message = MESSAGES[kind](at, detail);
    return new ConnectionFault(kind, message.replace(/^the /, 'The '));
}
/** The fault of a refused host key: what was shown, what was expected, and the line to pin. `others` are further keys the server showed. */
function hostKeyFault(at, refusal, others = []) {
    const shown = [refusal, ...others].map((each) => `${each.type} ${each.fingerprint}`).join(', ');
    const expected = refusal.expected.length === 0 ? '' : ` Pinned: ${refusal.expected.join(', ')}.`;
    if (refusal.reason === 'revoked')
        return faultOf('host-key-revoked', at, `Shown: ${shown}.`);
    const where = refusal.expected.length === 0 ? `add this line to ${input(at, 'known-hosts')}` : `pin this line in ${input(at, 'known-hosts')} instead`;
    const file = `/etc/ssh/ssh_host_${shortType(refusal.type)}_key.pub`;
    return faultOf(`host-key-${refusal.reason}`, at, `Shown: ${shown}.${expected} If "ssh-keygen -lf ${file}" on the server itself prints the shown fingerprint, ${where}:\n${refusal.pin}`);
}
/** Whether trying again may help and cannot repeat anything. */
function isPassing(error) {
    return error instanceof ConnectionFault && PASSING.includes(error.kind);
}
/** The same fault, saying how often it was tried. */
function afterTries(fault, tries, tookMs) {
    return new ConnectionFault(fault.kind, `${fault.message} Tried ${tries} times in ${(0,duration/* formatDuration */.a)(tookMs)}.`);
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
    return (0,external_node_crypto_namespaceObject.createHmac)('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash;
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
    return `SHA256:${(0,external_node_crypto_namespaceObject.createHash)('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
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
class TunnelRefused extends errors/* UserError */.y {
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
            const why = (0,errors/* messageOf */.b)(error).replace('(SSH) Channel open failure: ', '');
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
    const timer = setTimeout(() => given.reject(faultOf('jump-cannot-reach', at, `it did not answer within ${(0,duration/* formatDuration */.a)(limit)}`)), limit);
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
        return error.isForbidden ? faultOf('jump-forbidden', at) : faultOf('jump-cannot-reach', at, error.why);
    if (error instanceof ConnectionLost)
        return faultOf('failed', at, (0,errors/* messageOf */.b)(error));
    return error;
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/module-folder.js
// ssh2 asks for __dirname, which a bundle in ESM form does not have; imported before ssh2 is loaded.
globalThis.__dirname ??= import.meta.dirname;


// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
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
    const limit = (0,duration/* formatDuration */.a)(limitMs);
    const isTimeOut = error.level === 'client-timeout';
    if (progress.stage === 'reaching')
        return isTimeOut ? faultOf('time-out', at, limit) : reachingFault(error, at);
    if (progress.stage === 'login')
        return isTimeOut ? faultOf('login-time-out', at, limit) : loginFault(progress, error, at, login);
    if (isTimeOut)
        return faultOf('silent', at, limit);
    return progress.stage === 'greeting' ? greetingFault(progress, at) : handshakeFault(error, at);
}
function reachingFault(error, at) {
    switch (error.code) {
        case 'ECONNREFUSED': return faultOf('refused', at);
        case 'ETIMEDOUT': return faultOf('time-out', at, "the system's own limit");
        case 'ENOTFOUND': return faultOf('dns', at);
        case 'EAI_AGAIN': return faultOf('dns-down', at);
        case 'EHOSTUNREACH':
        case 'ENETUNREACH': return faultOf('unreachable', at);
        case 'ECONNRESET': return faultOf('reset', at);
        default: return faultOf('failed', at, (0,errors/* messageOf */.b)(error));
    }
}
function greetingFault({ greeting }, at) {
    const said = printable(greeting);
    if (said === '')
        return faultOf('reset', at);
    // OpenSSH says so in plain text when it drops a connection unheard.
    return faultOf(/Exceeded MaxStartups|Not allowed at this time/.test(said) ? 'crowded' : 'not-ssh', at, said);
}
function handshakeFault(error, at) {
    const message = (0,errors/* messageOf */.b)(error);
    const [, missing] = /no matching (.+)/.exec(message) ?? [];
    if (missing !== undefined)
        return faultOf('no-common-algorithm', at, missing.replace('host key format', 'type of host key').replace(/^[CS]->[CS] /, ''));
    const isCut = error.code === 'ECONNRESET' || message === CLOSED;
    return isCut ? faultOf('reset', at) : faultOf('handshake', at, printable(message));
}
async function loginFault({ methods, isPartlyIn }, error, at, login) {
    const { level } = error;
    const message = (0,errors/* messageOf */.b)(error);
    if (level === 'agent')
        return faultOf('agent-failed', at, `${message} at ${login.agent}`);
    if (/too many authentication failures/i.test(message))
        return faultOf('too-many-failures', at);
    if (level !== 'client-authentication')
        return faultOf('login-closed', at);
    if (isPartlyIn)
        return faultOf('second-factor', at, methods.join(', '));
    if (methods.length > 0 && !methods.includes('publickey'))
        return faultOf('keys-not-accepted', at, methods.join(', '));
    return login.refused(at);
}
// node-ssh says this whenever the line closes before the log-in is done.
const CLOSED = 'No response from server';
function printable(text) {
    return text.replaceAll(/[^\x20-\x7e]+/g, ' ').trim().slice(0, 80);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/line.js




/** A TCP connection. Without TCP_NODELAY each command waits for the peer's delayed acknowledgement: 250 ms for the first. */
async function reachDirectly({ host, port }) {
    return (0,external_node_net_.connect)({ host, port, noDelay: true });
}
/**
 * One attempt, offering these types of host key in this order. Returns the refusal when the server's key is not pinned.
 * @throws {ConnectionFault} for every other failure; the reason of the signal when it was aborted.
 */
async function openLine(attempt, types) {
    const { at, login, signal } = attempt;
    signal?.throwIfAborted();
    const { NodeSSH } = await Promise.all(/* import() */[__nccwpck_require__.e(472), __nccwpck_require__.e(487)]).then(__nccwpck_require__.bind(__nccwpck_require__, 9487));
    const transport = await attempt.reach();
    const progress = { stage: 'connecting' in transport ? 'reaching' : 'greeting', greeting: '', methods: [], isPartlyIn: false };
    const abort = () => void transport.destroy();
    signal?.addEventListener('abort', abort);
    const seen = {};
    try {
        return { client: await logIn(new NodeSSH(), transport, attempt, types, progress, seen), transport };
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
async function logIn(ssh, transport, attempt, types, progress, seen) {
    const connected = ssh.connect({
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
    const client = ssh.connection;
    if (client === null)
        throw new Error('node-ssh did not make a connection.');
    // node-ssh stops listening once connected; an error without a listener would end the process.
    client.on('error', () => { });
    client.once('handshake', () => {
        progress.stage = 'login';
    });
    watchGreeting(transport, progress);
    await connected;
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
        throw faultOf(block.kind, at, block.problem);
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
        throw faultOf('passphrase-missing', at);
    const parsed = parse(formatKeyBlock(block), passphrase);
    if ('getPublicSSH' in parsed)
        return parsed;
    if (/^Unsupported (?:OpenSSH|cipher|kdf)/.test(parsed.message))
        throw unsupported(at, `${parsed.message}. Make one with "ssh-keygen -t ed25519".`);
    // "Malformed" is said of the outer form only; a wrong passphrase shows as nonsense inside.
    throw cipher === 'none' || parsed.message.startsWith('Malformed') ? damaged(at) : faultOf('passphrase-wrong', at);
}
function readPem(at, block, passphrase, parse) {
    if (block.label.startsWith('DSA'))
        throw unsupported(at, dsaAdvice);
    const isEncrypted = block.header !== '' || block.label.startsWith('ENCRYPTED');
    if (isEncrypted && passphrase === undefined)
        throw faultOf('passphrase-missing', at);
    const parsed = parse(portable(at, private_key_open(at, block, isEncrypted ? passphrase : undefined)));
    if ('getPublicSSH' in parsed)
        return parsed;
    throw damaged(at);
}
function private_key_open(at, block, passphrase) {
    try {
        return (0,external_node_crypto_namespaceObject.createPrivateKey)({ key: formatKeyBlock(block), ...(passphrase === undefined ? {} : { passphrase }) });
    }
    catch {
        throw passphrase === undefined ? damaged(at) : faultOf('passphrase-wrong', at);
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
    return faultOf('key-unreadable', at, 'its content is damaged or incomplete');
}
function unsupported(at, problem) {
    return faultOf('key-unsupported', at, problem);
}

;// CONCATENATED MODULE: ./build/shared/system/ssh/login.js





/** The login of a target, its key read and opened. @throws {ConnectionFault} when there is neither key nor agent, or the key is no good. */
async function prepareLogin(target, at) {
    const { default: ssh2 } = await __nccwpck_require__.e(/* import() */ 472).then(__nccwpck_require__.t.bind(__nccwpck_require__, 5472, 19));
    if (target.key !== undefined) {
        const key = readPrivateKey(at, target.key, target.passphrase, ssh2.utils.parseKey);
        return { methods: signersOf(key).map((signer) => ({ type: 'publickey', username: at.user, key: signer })), refused: async () => faultOf('key-refused', at, adviceFor(at, key)) };
    }
    if (target.agent === undefined || target.agent === '')
        throw faultOf('no-key', at);
    const agent = ssh2.createAgent(target.agent);
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
        return faultOf('agent-empty', at);
    if (others.length === 0)
        return faultOf('key-refused', at, adviceFor(at, first));
    return faultOf('key-refused', at, `The ssh-agent offered ${keys.map(describe).join(', ')}. ${causes(at)}`);
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

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
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
                return reject(state.isLost ? new ConnectionLost(state) : new errors/* UserError */.y(refusalOf(state.label, error)));
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
    const source = stdin instanceof external_node_stream_namespaceObject.Readable ? stdin : external_node_stream_namespaceObject.Readable.from(stdin === undefined || stdin.length === 0 ? [] : [Buffer.from(stdin)], { objectMode: false });
    const feed = new external_node_stream_namespaceObject.PassThrough();
    feed.on('error', () => { }); // the pump sees it, if it is still at work
    (0,external_node_stream_namespaceObject.pipeline)(source, feed, () => { });
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
    return `${label} refused to run a command: ${(0,errors/* messageOf */.b)(error)}. Its sshd may limit sessions (MaxSessions), or the key may be restricted in authorized_keys.`;
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
    // What is wrong with our own side is said before anybody is called.
    const pins = readPins(target, at);
    const login = await prepareLogin(target, at);
    const jump = target.jump === undefined ? undefined : await connectParty(target.jump, true, log, signal, pace);
    const limit = target.connectTimeout;
    const reach = jump === undefined ? () => reachDirectly(at) : () => reachThrough(jump, at, limit, signal);
    const attempt = { at, login, pins, limit, keepalive: pace.keepalive, signal, reach };
    try {
        const line = await withRetries(() => openPinnedLine(attempt), target.connectRetries, pace, log, signal);
        log.info(`Connected to ${place(at)}.`);
        return connectionOver(line, hostLabel(at.host, at.port), () => jump?.close());
    }
    catch (error) {
        jump?.close();
        throw error;
    }
}
function readPins({ host, port, hostKeys }, at) {
    const { lines, unreadable } = parseKnownHosts(hostKeys.knownHosts);
    if (unreadable.length > 0)
        throw faultOf('known-hosts-unreadable', at, listed(unreadable.map(({ line, problem }) => `line ${line}: ${problem}`)));
    const given = hostKeys.fingerprints.filter((text) => text.trim() !== '');
    const fingerprints = given.map(normaliseFingerprint).filter((text) => text !== undefined);
    const bad = given.findIndex((text) => normaliseFingerprint(text) === undefined);
    if (bad >= 0)
        throw faultOf('fingerprint-unreadable', at, `number ${bad + 1} is not a SHA256 fingerprint`);
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
            log.info(`${error.message} Trying again in ${(0,duration/* formatDuration */.a)(wait)} (${tries} of ${retries}).`);
            await (0,promises_namespaceObject.setTimeout)(wait, undefined, { signal }).catch(() => signal?.throwIfAborted());
        }
    }
}

// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __nccwpck_require__(4153);
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
        lastLines: linesOf(failedStep, told).slice(-10),
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
    return full === undefined ? '' : `The disk of the service is full: ${(0,size/* formatSize */.X)(full.kibibytes * 1_024)} and ${Number.isNaN(full.inodes) ? 'an unknown number of' : full.inodes} inodes are free. Make room there, then run again.`;
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
function linesOf(step, told) {
    const begin = told.findLastIndex((progress) => progress.kind === 'begin' && progress.step === step);
    const rest = told.slice(begin + 1);
    const end = rest.findIndex(({ kind }) => kind === 'end');
    return rest.slice(0, end < 0 ? undefined : end).flatMap((progress) => (progress.kind === 'line' ? [progress.text] : []));
}

;// CONCATENATED MODULE: external "node:string_decoder"
const external_node_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:string_decoder");
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
    const decoder = new external_node_string_decoder_namespaceObject.StringDecoder('utf8');
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

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./build/shared/server/scripts.js


const room = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "room.sh", 'utf8');
/** The part every plan carries: locking, journal, healing, timers, following. POSIX sh. */
const executor = `${room}\n${(0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "executor.sh", 'utf8')}`;
const receiver = `${room}\n${(0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "receive.sh", 'utf8')}`;
const lane = `${room}\n${(0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "lane.sh", 'utf8')}`;
const inspector = `${room}\n${(0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "inspect.sh", 'utf8')}`;
/** The command line that takes a plan's packet from standard input, starts it and follows it; see receive.sh for the arguments. */
function receiveCommand(state, planId, [length = '', generation = '', claim = ''] = [], attempt = '') {
    return scriptCommand(receiver, [state, planId, length, generation, claim, attempt]);
}
/** The command line that takes a part of that packet meanwhile. */
function laneCommand(state, planId, attempt) {
    return scriptCommand(lane, [state, planId, attempt]);
}
/** The command line that tells what a server knows of a service; see inspect.sh for the arguments. */
function inspectCommand(args) {
    return scriptCommand(inspector, [args.mark, args.key, args.path, args.runtimeDir, args.claim]);
}
/** A command line that runs a POSIX sh text with arguments, whatever the login shell is. */
function scriptCommand(script, args) {
    return quote_commandLine(['sh', '-c', script, 'slipway', ...args]);
}

;// CONCATENATED MODULE: ./build/shared/server/plan.js



/** The number of the plan and journal format. A server refuses plans whose journal has another one. */
const PLAN_FORMAT = 1;
const LINES_SHOWN = 6;
/** A new plan id, which sorts by time: `20261121T140210-3f9a1c`. */
function newPlanId(now) {
    const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, '');
    return `${stamp}-${(0,external_node_crypto_namespaceObject.randomBytes)(3).toString('hex')}`;
}
/** The plan as the one sh script a server keeps and runs. `mark` tells its own lines from a program's output. */
function renderPlan(plan, mark) {
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
        ...Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`),
        ...Object.entries(plan.environment).map(([name, value]) => `export ${name}=${quote(value)}`),
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

// EXTERNAL MODULE: ./node_modules/tar-stream/index.js
var tar_stream = __nccwpck_require__(6118);
;// CONCATENATED MODULE: ./build/shared/server/packet.js




// Bytes; larger files are streamed. Small ones are read synchronously: they were hashed a moment ago, so they come from memory,
// and 10,000 of them take 0.1 s this way but 0.5 s through the thread pool.
const READ_WHOLE = 256 * 1024;
const CHUNK = 64 * 1024; // bytes handed on at once; tar's 512-byte headers alone would each become an SSH packet
const REGULAR = 0o100000; // tar-stream takes mode 0 as "not given", so the type bits go along; it masks them off
/**
 * A tar stream (pax where names or sizes need it, owner 0:0) of the entries, for one command's stdin: unpack it with `tar -xpf -`
 * (under `umask 0` where modes matter: busybox's tar applies the umask of an ordinary user).
 * Reads on only as fast as it is read from, and holds a few megabytes at most. Every entry carries `mtime`.
 * The stream fails with a {UserError} naming a file that could not be read or whose size is no longer the one announced.
 */
function packet(entries, mtime = new Date()) {
    return external_node_stream_namespaceObject.Readable.from(chunks(entries, mtime), { objectMode: false, highWaterMark: 4 * CHUNK });
}
async function* chunks(entries, mtime) {
    const pack = (0,tar_stream.pack)({ highWaterMark: 4 * CHUNK });
    const filling = fill(pack, entries, mtime).catch((error) => void pack.destroy(error));
    try {
        yield* gathered(pack);
    }
    finally {
        pack.destroy();
        await filling;
    }
}
async function* gathered(pack) {
    let waiting = [];
    let bytes = 0;
    for await (const piece of pack) {
        waiting.push(piece);
        bytes += piece.length;
        if (bytes < CHUNK)
            continue;
        if (piece.length < CHUNK)
            yield Buffer.concat(waiting, bytes);
        else
            yield* waiting;
        waiting = [];
        bytes = 0;
    }
    yield Buffer.concat(waiting, bytes);
}
async function fill(pack, entries, mtime) {
    for await (const entry of entries) {
        if (entry.kind === 'lines')
            await addPieces(pack, headers(entry, bytesOf(entry.lines()), mtime), joined(entry.lines()));
        else if (entry.kind === 'file' && (entry.size > READ_WHOLE || entry.piece !== undefined))
            await addPieces(pack, headers(entry, entry.size, mtime), fileChunks(entry));
        else
            await addWhole(pack, entry, bodyOf(entry), mtime);
    }
    pack.finalize();
}
function bodyOf(entry) {
    if (entry.kind === 'text')
        return Buffer.from(entry.text);
    return entry.kind === 'file' ? readWhole(entry) : Buffer.alloc(0);
}
function readWhole(entry) {
    let body;
    try {
        body = (0,external_node_fs_.readFileSync)(entry.source);
    }
    catch (error) {
        throw unreadable(entry, error);
    }
    if (body.length !== entry.size)
        throw changed(entry, body.length);
    entry.sent?.(body.length);
    return body;
}
function addWhole(pack, entry, body, mtime) {
    return new Promise((resolve, reject) => {
        const done = (error) => (error ? reject(error) : resolve());
        if (body.length === 0)
            pack.entry(headers(entry, 0, mtime), done).end(null);
        else
            pack.entry(headers(entry, body.length, mtime), body, done);
    });
}
async function addPieces(pack, header, pieces) {
    const added = Promise.withResolvers();
    added.promise.catch(() => undefined); // the loop below may fail first
    const sink = pack.entry(header, (error) => (error ? added.reject(error) : added.resolve()));
    sink.on('error', () => undefined); // the packet itself fails with it
    for await (const piece of pieces)
        await write(sink, piece);
    sink.end(null);
    await added.promise;
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
function bytesOf(lines) {
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
function write(sink, chunk) {
    if (sink.write(chunk))
        return Promise.resolve();
    return new Promise((resolve, reject) => {
        const settle = (outcome) => () => {
            sink.off('drain', drained).off('close', closed);
            outcome();
        };
        const drained = settle(resolve);
        const closed = settle(() => reject(new Error('The packet was closed before its end')));
        sink.on('drain', drained).on('close', closed);
    });
}
function headers(entry, size, mtime) {
    const mode = REGULAR | entry.mode;
    const common = { name: entry.path, mode, mtime, uid: 0, gid: 0, size };
    if (entry.kind === 'folder')
        return { ...common, type: 'directory' };
    if (entry.kind === 'link')
        return { ...common, type: 'symlink', linkname: entry.target };
    return { ...common, type: 'file' };
}
function changed(entry, bytes) {
    const before = entry.piece?.start ?? 0;
    return new errors/* UserError */.y(`${entry.source} changed while it was being sent: it had ${before + entry.size} bytes, now ${before + bytes}. Let nothing write to the release while it is deployed, then run again.`);
}
function unreadable(entry, error) {
    return new errors/* UserError */.y(`${entry.source} could not be read while it was being sent: ${(0,errors/* messageOf */.b)(error)}. Let nothing write to the release while it is deployed, then run again.`);
}

;// CONCATENATED MODULE: ./build/shared/server/pieces.js
const PRIVATE = 0o600;
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
        const folder = `pieces/${number}`;
        yield { ...entry, size, piece: { start: 0, isLast: false } };
        yield { kind: 'text', path: `${folder}/path`, mode: PRIVATE, text: entry.path };
        yield { kind: 'text', path: `${folder}/mode`, mode: PRIVATE, text: entry.mode.toString(8) };
        for (let start = size, count = 1; start < entry.size; start += size, count += 1) {
            const isLast = start + size >= entry.size;
            yield { ...entry, path: `${folder}/${String(count).padStart(6, '0')}`, mode: PRIVATE, size: isLast ? entry.size - start : size, piece: { start, isLast } };
        }
    }
}

;// CONCATENATED MODULE: ./build/shared/server/send-packet.js





const LONG = 15; // milliseconds of a round trip from which on the window of one channel, 2 MiB in OpenSSH, limits what passes
const LANES = 6; // with the packet itself 7 of the 10 sessions that an sshd allows unless told otherwise
const WORTH_IT = 2 * 1_048_576; // bytes of files; what is less passes in one window anyway
const PIECE = 8 * 1_048_576; // bytes
/**
 * Sends a plan's packet and follows the plan. Over a long line it goes through several channels at once, each with a window of its own;
 * whichever has room takes the next entry. Where the server opens no more channels, the first carries what is left.
 */
async function sendPacket(connection, { state, id }, takeover, entries, options) {
    const attempt = (0,external_node_crypto_namespaceObject.randomBytes)(6).toString('hex');
    const isLong = connection.roundTrip() > LONG;
    const queue = (isLong ? inPieces(entries, PIECE) : entries)[Symbol.iterator]();
    const over = new AbortController();
    const signal = AbortSignal.any([over.signal, ...(options.signal === undefined ? [] : [options.signal])]);
    const openLanes = () => allOf(isLong ? LANES : 0, () => openLane(connection, laneCommand(state, id, attempt), queue, signal));
    try {
        return await connection.exec(receiveCommand(state, id, takeover, attempt), { ...options, stdin: packet(firstLane(queue, openLanes)) });
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
async function* firstLane(queue, openLanes) {
    let bytes = 0;
    let lanes;
    for (const entry of rest(queue)) {
        bytes += entry.kind === 'file' ? entry.size : 0;
        if (bytes > WORTH_IT)
            lanes ??= openLanes();
        yield entry;
    }
    await lanes;
    yield { kind: 'text', path: 'complete', mode: 0o600, text: '' };
}
// Takes nothing out of the queue before the other side has said that it is there; refused, it has taken nothing.
async function openLane(connection, command, queue, signal) {
    const ready = Promise.withResolvers();
    const ended = connection.exec(command, { signal, onOutput: () => ready.resolve(true), stdin: packet(laterEntries(ready.promise, queue)) });
    ended.catch(() => { }).finally(() => ready.resolve(false));
    const isOpen = await ready.promise;
    const end = await ended.catch((error) => {
        if (isOpen)
            throw error;
    });
    if (isOpen && end !== undefined && end.code !== 0)
        throw new errors/* UserError */.y(`${connection.label} did not take a part of the plan: ${end.stderr.trim()}`);
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
function members(fields) {
    return JSON.stringify(fields).slice(1, -1);
}
/** The members of a claim. Shell reads `run` and `url` back, so they hold no quote, comma or brace. */
function claimMembers(run, purpose) {
    const plain = (text) => text.replaceAll(/["\\,{}]|\p{Cc}/gu, '');
    return members({
        purpose, run: plain(run.id), attempt: run.attempt, url: plain(run.url), actor: run.actor, commit: run.commit,
    });
}
/** The newest claim, which alone may still change the service; undefined before the first. */
function latestClaim(events) {
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
/** The first migration that cannot be taken back among the events after the given release was last confirmed. */
function barrierSince(events, release) {
    const confirmed = events.findLastIndex((event) => event.event === 'confirm' && event.release === release);
    return events.slice(confirmed + 1).find(({ barrier }) => barrier === true);
}

// EXTERNAL MODULE: ./build/shared/server/definition.js
var server_definition = __nccwpck_require__(7857);
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
        throw new errors/* UserError */.y(`The server's answer was cut short. It ended with: ${output.slice(-200)}`);
    return { kind: 'state', state: stateFrom(sections) };
}
/** What a slot holds. */
function placeOf(state, slot) {
    return { slot, release: state.slots[slot] };
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
        definition: text('definition') === '' ? undefined : (0,server_definition/* parseDefinition */.JA)(text('definition')),
        live,
        confirmed: slotOf(links.get('confirmed.sock')) ?? slotOf(closed?.slot),
        closed,
        slots: definedSlots({ blue: baseName(links.get('blue')), green: baseName(links.get('green')) }),
        current: baseName(links.get('current')),
        standby: text('standby') || undefined,
        releases: words(text('releases')),
        unfinished: text('unfinished').split('\n').filter(Boolean).map((line) => ({ plan: line.split(' ', 1)[0], last: line.slice(line.indexOf(' ') + 1) })),
        missingTools: words(text('tools')),
        freeBytes: freeIn(bytesLine, 1_024),
        freeInodes: freeIn(inodesLine, 1),
    };
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
    const line = {
        get: () => connection,
        async renew() {
            connection.close();
            log.info(`Connection to ${connection.label} lost; reconnecting. The server goes on by itself.`);
            connection = await connect(target, log, signal);
        },
    };
    return {
        label: connection.label,
        connection: line.get,
        persist: (attempt) => persist(line, attempt, signal),
        inspect: (key, path, runtimeDir, claim, beginBase) => persist(line, (connection) => inspect(connection, { key, path, runtimeDir, claim }, beginBase), signal),
        carryOut: (plan, files, tell, takeover) => carryOut(line, plan, files, tell, takeover, signal),
        // The way back is asked for when the job is being cancelled, too.
        ask: (plan, verb, tell) => ask(line, plan, verb, tell, verb === 'revert' ? undefined : signal),
        async cancel(plan) {
            await line.get().exec(quote_commandLine(['sh', scriptOf(plan), 'cancel']));
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
    const mark = (0,external_node_crypto_namespaceObject.randomBytes)(8).toString('hex');
    const reader = inspectionReader(mark, beginBase?.() ?? (() => { }));
    const { stderr } = await connection.exec(inspectCommand({ mark, ...request }), { onOutput: reader.read });
    const inspection = parseInspection(reader.text(), mark);
    return inspection.kind === 'refused' && stderr !== '' ? { kind: 'refused', reason: `${inspection.reason} (${stderr.trim()})` } : inspection;
}
// A packet is sent again only as long as nothing came back; the receiver starts a plan once, however often it arrives.
async function carryOut(line, plan, files, tell, takeover, signal) {
    const taking = takeover === undefined ? [] : [String(takeover.ledgerLength), String(plan.generation), takeover.claim];
    const mark = (0,external_node_crypto_namespaceObject.randomBytes)(8).toString('hex');
    const send = (connection, options) => sendPacket(connection, plan, taking, packetEntries(renderPlan(plan, mark), files), options);
    return followToEnd(line, { plan, verb: 'run', follower: followSent(plan.id, mark, tell), begin: send }, signal);
}
async function ask(line, plan, verb, tell, signal) {
    const begin = (connection, options) => connection.exec(quote_commandLine(['sh', scriptOf(plan), 'ask', verb]), options);
    return followToEnd(line, { plan, verb, follower: followAsked(plan.id, tell), begin }, signal);
}
async function followToEnd(line, { plan, verb, follower, begin }, signal) {
    const options = { onOutput: (chunk) => follower.hear(chunk), ...(signal === undefined ? {} : { signal }) };
    const attempt = async (connection) => {
        const offset = follower.offset();
        const resume = () => connection.exec(quote_commandLine(['sh', scriptOf(plan), 'follow', verb, String(offset)]), options);
        const { code, stderr } = await (offset === undefined ? begin : resume)(connection, options);
        if (code === OVERTAKEN && follower.offset() === undefined)
            throw new Overtaken(`${connection.label} has changed since its state was read.`);
        if (code !== 0 && follower.offset() === undefined)
            throw new errors/* UserError */.y(`${connection.label} did not take the plan: ${firstAndLast(stderr)}`);
        return follower.outcome();
    };
    return persist(line, attempt, signal);
}
async function persist(line, attempt, signal) {
    for (;;) {
        try {
            return await attempt(line.get());
        }
        catch (error) {
            if (!(error instanceof ConnectionLost) || signal?.aborted === true)
                throw error;
            await line.renew();
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
    yield { path: 'spare', mode: 0o600, kind: 'text', text: (0,external_node_crypto_namespaceObject.randomBytes)(SPARE_BYTES / 2).toString('hex') };
    // What the plan writes into first of all is there as soon as the plan is.
    yield { path: 'journal', mode: 0o600, kind: 'text', text: `slipway-journal ${PLAN_FORMAT}\n` };
    yield { path: 'output', mode: 0o600, kind: 'text', text: '' };
    yield* typeof files === 'function' ? files() : files;
}
function scriptOf({ state, id }) {
    return `${state}/plans/${id}/plan.sh`;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/definition.js

/** The service as the inputs of this deployment define it. */
function definitionFrom(inputs) {
    const { service, path = '', bluePort, greenPort } = inputs;
    return {
        format: 1,
        service,
        environment: inputs.environment,
        path: withoutTrailingSlash(path),
        mode: inputs.mode,
        router: routerFrom(inputs),
        runtimeDir: withoutTrailingSlash(inputs.runtimeDir ?? `/run/slipway/${service}`),
        ...(bluePort === undefined || greenPort === undefined ? {} : { ports: { blue: bluePort, green: greenPort } }),
        start: inputs.start ?? '',
        stop: inputs.stop ?? '',
        restart: inputs.restart ?? '',
        health: { path: inputs.health ?? '', command: inputs.healthCommand ?? '', timeout: inputs.healthTimeout },
        url: inputs.url === undefined ? '' : withoutAccount(inputs.url),
        keep: inputs.keep,
    };
}
function routerFrom({ router, service, health = '/up', routerEntry, routerConfig, routerControl, routerTest, routerReload }) {
    const usual = usualRouter(service, health)[router];
    return {
        name: router, entry: routerEntry ?? (router === 'nginx-socket' ? '' : 'http://127.0.0.1'),
        config: routerConfig ?? usual.config ?? '', control: routerControl ?? usual.control ?? '', test: routerTest ?? usual.test ?? '', reload: routerReload ?? usual.reload ?? '',
    };
}
// Where each is found as Debian and the examples set it up.
function usualRouter(service, health) {
    return {
        'nginx-socket': { config: '/etc/nginx' },
        nginx: { config: '/etc/nginx', test: 'sudo nginx -t', reload: 'sudo systemctl reload nginx' },
        haproxy: { config: '/etc/haproxy', control: `/run/haproxy/${service}.sock` },
        caddy: { config: '/etc/caddy/Caddyfile', control: 'http://localhost:2019' },
        traefik: { control: 'http://127.0.0.1:8099' },
        'kamal-proxy': { control: 'kamal-proxy', reload: `kamal-proxy deploy ${service} --target "$TARGET" --health-check-path ${quote(health)} --drain-timeout 10s` },
    };
}
// The definition stays on the server for years: the password of a protected site stays with the run that it was given to.
function withoutAccount(address) {
    const url = new URL(address);
    if (url.username === '' && url.password === '')
        return address;
    url.username = '';
    url.password = '';
    return url.href;
}
function withoutTrailingSlash(path) {
    return path.replace(/(?<=.)\/+$/, '');
}

;// CONCATENATED MODULE: ./build/shared/server/user-command.js

/** The socket of a slot, where its app listens, or the bridge to its port. */
function slotSocket({ runtimeDir }, slot) {
    return `${runtimeDir}/${slot}.sock`;
}
/** Where the router finds a slot: the app's port if it has one, which nginx-socket reaches by a bridge from the slot's socket. */
function slotListener(definition, slot) {
    const port = definition.router.name === 'nginx-socket' ? undefined : definition.ports?.[slot];
    return port === undefined ? { socket: slotSocket(definition, slot) } : { host: '127.0.0.1', port };
}
/** A listener as people and routers write it: `unix:/run/slipway/shop/blue.sock`, or `127.0.0.1:3001`. */
function listenerText(listener) {
    return 'socket' in listener ? `unix:${listener.socket}` : `${listener.host}:${listener.port}`;
}
/**
 * Sh text that runs a command of the user's under `sh -e`, with what it needs to know in its environment. The lock's descriptor is
 * closed where the command hands over to a supervisor: what lives on must not hold the lock.
 */
function userCommand(definition, occasion, command, handsOver = true) {
    const { folder, release, slot } = occasion;
    const environment = {
        SERVICE: definition.service, ENVIRONMENT: definition.environment, SERVICE_PATH: definition.path, RELEASE: release ?? '', RELEASE_DIR: folder,
        ...(slot === undefined ? {} : { SLOT: slot, SOCKET: slotSocket(definition, slot), PORT: String(definition.ports?.[slot] ?? '') }),
    };
    return [
        '(',
        ...Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`),
        `cd ${quote(`${folder}/`)} 2>/dev/null || cd ${quote(definition.path)}`,
        `exec ${quote_commandLine(['sh', '-e', '-c', command])}${handsOver ? ' 9>&-' : ''}`,
        ')',
    ].join('\n');
}
/**
 * Sh text that succeeds once the release answers as healthy, and fails with the reason when it has not within so many milliseconds.
 * It is asked in its slot, or at the listener given.
 */
function user_command_awaitHealthy(definition, occasion, within, at) {
    const { health } = definition;
    const seconds = String(Math.ceil(within / 1_000));
    if (health.command !== '')
        return `check_health() {\n${userCommand(definition, occasion, health.command)}\n}\npatiently ${seconds} check_health`;
    const listener = at ?? (occasion.slot === undefined ? undefined : slotListener(definition, occasion.slot));
    return quote_commandLine(['patiently', seconds, ...(listener === undefined ? ['answers', health.path] : asking(definition, listener, health.path))]);
}
// The app may know its own name only, so it is asked by that, whatever it listens on.
function asking({ url }, listener, path) {
    const scheme = 'tls' in listener && listener.tls === true ? 'https' : 'http';
    const address = `${scheme}://${url === '' ? 'localhost' : new URL(url).host}${path}`;
    return ['answers', address, ...('socket' in listener ? ['--unix-socket', listener.socket] : ['--connect-to', `::${listener.host}:${listener.port}`])];
}

;// CONCATENATED MODULE: ./build/shared/traffic/router.js



const common = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "traffic.sh", 'utf8');
const TOOLS = {
    'nginx-socket': ['awk'], haproxy: ['awk', 'socat'], nginx: ['awk', 'cksum'], caddy: ['awk', 'cksum', 'curl'], traefik: ['awk', 'cksum', 'curl'], 'kamal-proxy': ['awk'],
};
// What the functions need of the executor where there is none.
const WITHOUT_EXECUTOR = ["say() { printf '%s\\n' \"$*\"; }", 'now() { date +%s; }', 'nap() { sleep "$1" 2>/dev/null || sleep 1; }'].join('\n');
const nginxLog = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "nginx-log.sh", 'utf8');
const routeFile = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "route-file.sh", 'utf8');
const texts = {
    'nginx-socket': nginxLog + (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "nginx-socket.sh", 'utf8'),
    haproxy: (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "haproxy.sh", 'utf8'),
    nginx: nginxLog + routeFile + (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "nginx.sh", 'utf8'),
    caddy: routeFile + (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "caddy.sh", 'utf8'),
    traefik: routeFile + (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "traefik.sh", 'utf8'),
    'kamal-proxy': (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "kamal-proxy.sh", 'utf8'),
};
/** The sh functions by which a plan moves this service's traffic: those of its router, those that all routers share, and their settings. */
function routerFunctions(definition) {
    const { router, path, runtimeDir, service } = definition;
    const settings = {
        ROUTER_PATH: path, ROUTER_RUNTIME: runtimeDir, ROUTER_SERVICE: service,
        ROUTER_ENTRY: router.entry, ROUTER_CONFIG: router.config, ROUTER_CONTROL: router.control, ROUTER_TEST: router.test, ROUTER_RELOAD: router.reload,
        ROUTER_BLUE: listenerText(slotListener(definition, 'blue')), ROUTER_GREEN: listenerText(slotListener(definition, 'green')),
    };
    return [...Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`), common, texts[router.name]].join('\n');
}
/** The programs that a service's router needs on the server, besides those every plan needs. */
function routerTools({ router, mode }) {
    return mode === 'slots' ? TOOLS[router.name] : [];
}
/** Sh text for a plain shell that says in one sentence what the router is not fit for, and nothing where it is. */
function routerComplaint(definition) {
    return `${WITHOUT_EXECUTOR}\n${routerFunctions(definition)}\nrouter_check 0`;
}
/** Sh text that calls one of those functions for a target. */
function route(verb, target) {
    return commandLine([verb, String(target)]);
}
/** Where users' requests come in on the server: the router's entry, or with nginx-socket the link that it follows. */
function entryListener({ router, runtimeDir }) {
    if (router.entry === '')
        return { socket: `${runtimeDir}/live.sock` };
    const { protocol, hostname, port } = new URL(router.entry);
    const tls = protocol === 'https:';
    return { host: hostname, port: port === '' ? (tls ? 443 : 80) : Number(port), tls };
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/facts.js
/** The lines of a section that hold something. */
function lines(text) {
    return text.split('\n').filter((line) => line.trim() !== '');
}
/** Reads `<kind> <writable> <type> <which>`. */
function facts_place(line) {
    const [kind, writable, fileSystem = 'unknown', ...nearest] = line.split(' ');
    return { nearest: nearest.join(' '), isFolder: kind === 'folder', isWritable: writable === 'yes', fileSystem };
}
/** Reads `<mode> <uid> <gid> <path>`. */
function rights(line) {
    const [mode = '', uid, gid, ...path] = line.split(' ');
    return { mode, uid: Number(uid), gid: Number(gid), path: path.join(' ') };
}
/** Reads `<kind> <path> [<target>]`, by path. */
function facts_link(line) {
    const [kind = 'none', path = '', target = ''] = line.split(' ');
    return [path, { kind: kind, target }];
}
/** Reads a line of `df -Pk`; the columns are told by the percent sign, because names of devices may hold blanks. */
function space(line = '') {
    return facts_fill(line, 1_024);
}
/** The same of `df -Pi`; undefined where the file system counts no inodes. */
function inodes(line = '') {
    return facts_fill(line, 1);
}
/** Reads the words `<pid> nginx <title> <group name>- <uid> <gid> <group>...`. */
function webServer([pid, , title = '', groupName = '', uid, ...groups]) {
    return { pid: Number(pid), isWorker: title.startsWith('nginx:_worker'), uid: Number(uid), groups: groups.map(Number), groupName: groupName.replace(/-$/, '') };
}
/** Reads `<port> <owner> <pid or hyphen> <command line>`. */
function portUser(line) {
    const [port, owner = '', pid = '-', ...command] = line.split(' ');
    return { port: Number(port), owner, process: pid === '-' ? '' : `process ${pid} (${command.join(' ').trim()})` };
}
function facts_fill(line, unit) {
    const [, used, free] = /\s(\d+)\s+(\d+)\s+\d+%/.exec(line) ?? [];
    const counts = { free: Number(free) * unit, total: (Number(used) + Number(free)) * unit };
    return used === undefined || counts.total === 0 ? undefined : counts;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/tools.js

const ALWAYS = ['awk', 'cmp', 'cut', 'date', 'df', 'find', 'flock', 'grep', 'head', 'ln', 'mkdir', 'mv', 'readlink', 'sed', 'setsid', 'sha256sum', 'sort', 'tail', 'tar', 'tr', 'wc', 'xargs'];
const OF_COMMANDS = /(?<=^|[\s;&|(])(?:sudo|systemctl|docker|podman|sv|supervisorctl|rc-service)(?=$|\s)/gm;
/** The programs that deployments of the service call on the server, as far as its commands show them. */
function neededTools(definition) {
    const { health } = definition;
    return [...new Set([...ALWAYS, ...routerTools(definition), ...(health.command === '' ? ['curl'] : []), ...commandTools(definition)])];
}
/** The programs for supervision and rights that the service's own commands call. */
function commandTools({ start, stop, restart }) {
    return [...new Set([start, stop, restart].join('\n').match(OF_COMMANDS) ?? [])];
}
/** The command that installs programs with the server's package manager, without sudo. */
function installation(tools, packageManager) {
    const packages = [...new Set(tools.map((tool) => PACKAGES[tool] ?? 'coreutils'))];
    return `${INSTALL[packageManager ?? ''] ?? 'apt-get install -y'} ${packages.join(' ')}`;
}
const INSTALL = {
    'apt-get': 'apt-get install -y', dnf: 'dnf install -y', yum: 'yum install -y', apk: 'apk add', zypper: 'zypper install -y', pacman: 'pacman -S --noconfirm',
};
const PACKAGES = {
    awk: 'gawk', cmp: 'diffutils', find: 'findutils', xargs: 'findutils', flock: 'util-linux', setsid: 'util-linux', grep: 'grep', sed: 'sed', tar: 'tar', curl: 'curl',
    sudo: 'sudo', systemctl: 'systemd', docker: 'docker.io', podman: 'podman', sv: 'runit', supervisorctl: 'supervisor', 'rc-service': 'openrc',
};

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/examination.js






const script = (0,external_node_fs_.readFileSync)(__nccwpck_require__.ab + "examine.sh", 'utf8');
/** The command line that examines a server for a service; `root` goes before the paths of the machine's own settings. */
function examineCommand(definition, key, mark, root = '') {
    const hasSlots = definition.mode === 'slots';
    const ports = definition.ports === undefined || !hasSlots ? '' : `${definition.ports.blue} ${definition.ports.green}`;
    const runtimeDir = hasSlots ? definition.runtimeDir : '';
    return scriptCommand(script, [mark, key, definition.path, runtimeDir, definition.router.config, ports, neededTools(definition).join(' '), routerComplaint(definition), root]);
}
/** Reads what examine.sh printed. @throws {UserError} when the answer was cut short. */
function parseExamination(output, mark) {
    const sections = new Map(output.split(`\u001e${mark} `).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
    if (!sections.has('end'))
        throw new errors/* UserError */.y(`The server's answer was cut short. It ended with: ${output.slice(-200)}`);
    const of = (name) => lines(sections.get(name) ?? '');
    const [user = '', , hostName = '', system = 'unknown system'] = of('login');
    const [path, runtime] = of('places').map(facts_place);
    return {
        ...watchedFacts(of),
        clock: /^\d+$/.test(of('clock')[0] ?? '') ? Number(of('clock')[0]) : undefined,
        user, hostName, system,
        missingTools: of('tools'),
        packageManager: of('packages')[0],
        path: path, runtime, home: facts_place(of('home')[0]), state: of('state')[1] === undefined ? undefined : facts_place(of('state')[1]),
        registered: of('registered')[0],
        ways: [...new Set(of('ways'))].map(rights),
        links: new Map(of('links').map(facts_link)),
        sockets: of('sockets').map(rights),
        disk: space(of('bytes')[0]),
        inodes: inodes(of('inodes')[0]),
    };
}
function watchedFacts(of) {
    const [access = 'missing', ...nginx] = of('nginx');
    const [docker] = of('docker');
    const processes = of('processes').map((line) => line.split(' '));
    return {
        tmpfiles: of('tmpfiles').map((line) => line.split(' ')).map(([type = '', path = '', target = '', file = '']) => ({ type, path, target, file })),
        hasSystemd: of('systemd').length > 0,
        isLingering: of('lingering').length > 0,
        logind: of('logind'),
        docker: docker === 'open' || docker === 'closed' ? docker : undefined,
        processes: new Map(processes.filter(([, name]) => name !== 'nginx').map(([pid, name = '']) => [Number(pid), name])),
        webServers: processes.filter(([, name]) => name === 'nginx').map(webServer),
        nginxConfig: {
            access: access === 'open' || access === 'closed' ? access : 'missing',
            closed: nginx.filter((line) => line.startsWith('closed ')).map((line) => line.slice(7)),
            naming: nginx.filter((line) => line.startsWith('names ')).map((line) => line.slice(6).trim()),
        },
        router: of('router').join('\n'),
        plans: of('plans').map((line) => line.split(' ')).map(([plan = '', heading = '', ...last]) => ({ plan, heading: heading.replaceAll('_', ' '), last: last.join(' ') })),
        lock: lockFacts(of('lock'), of('holder')[0]),
        ports: of('ports').map(portUser),
    };
}
function lockFacts(found, holder) {
    const holders = found.filter((line) => line !== 'held').map((line) => line.trim().split(' '))
        .map(([pid, kind, ...command]) => ({ pid: Number(pid), isOfStep: kind === 'step', command: command.join(' ') }));
    const [plan = '', pid = ''] = holder?.split(' ') ?? [];
    return { isHeld: found.length > 0, holders, running: holder === undefined ? undefined : { plan, pid: Number(pid) } };
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/diagnosis.js
/** All is well. */
function ok(name, detail) {
    return { name, verdict: 'ok', detail, mend: '' };
}
/** A deployment works, but something is not as it should be. */
function warning(name, detail, mend) {
    return { name, verdict: 'warning', detail, mend };
}
/** A deployment, a switch or the next boot would fail. */
function problem(name, detail, mend) {
    return { name, verdict: 'problem', detail, mend };
}
/** It could not be found out; `mend` tells how to. */
function unknown(name, detail, mend) {
    return { name, verdict: 'unknown', detail, mend };
}
/** A command as the user of the examination has to give it to have root's rights. */
function asRoot({ user }, command) {
    return user === 'root' ? command : `sudo ${command}`;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/web-user.js
/** The group nginx works as; guessed from the kind of system where nginx does not run. */
function webGroup({ webServers, packageManager }) {
    const worker = webServers.find(({ isWorker }) => isWorker);
    return worker?.groupName || (packageManager === 'apt-get' ? 'www-data' : 'nginx');
}
/** nginx's workers, one for each user and groups they work as; users' requests pass through them. */
function webWorkers({ webServers }) {
    const workers = webServers.filter(({ isWorker }) => isWorker);
    return [...new Map(workers.map((worker) => [`${worker.uid} ${worker.groups.join(' ')}`, worker])).values()];
}
/** Whether the worker has the right, `w` or `x`; access lists, which `ls` only hints at, count as granting it. */
function may(worker, right, { mode, uid, gid }) {
    if (worker.uid === 0 || mode.endsWith('+'))
        return true;
    const [owner, group, others] = [mode.slice(1, 4), mode.slice(4, 7), mode.slice(7, 10)];
    const granted = worker.uid === uid ? owner : worker.groups.includes(gid) ? group : others;
    return new RegExp(right === 'x' ? '[xst]' : 'w').test(granted);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/folders.js



const VOLATILE = new Set(['tmpfs', 'ramfs']);
/** The service's folder: it, or the nearest parent that is there, must be writable; and it must outlive a boot. */
const judgePath = (examination, { definition: { path } }) => {
    const { path: place, user, state } = examination;
    if (place.nearest === path && !place.isFolder)
        return problem('path', `${path} is not a folder`, asRoot(examination, `mv ${path} ${path}.old`));
    const make = asRoot(examination, `install -d -o ${user} ${path}`);
    if (!place.isFolder)
        return problem('path', `${user} may not create ${path}: ${place.nearest} is not a folder`, `${asRoot(examination, `mv ${place.nearest} ${place.nearest}.old`)} && ${make}`);
    if (!place.isWritable && place.nearest === path)
        return problem('path', `${user} may not write in ${path}`, asRoot(examination, `chown ${user} ${path}`));
    if (!place.isWritable)
        return problem('path', `${user} may not create ${path}: ${place.nearest} is not writable`, make);
    if (state !== undefined && !state.isWritable)
        return problem('path', `${state.nearest} belongs to another user`, asRoot(examination, `chown -R ${user} ${state.nearest}`));
    if (VOLATILE.has(place.fileSystem))
        return warning('path', `${path} is on ${place.fileSystem}, which a boot empties: releases would be gone`, 'path: /srv/… on a disk, in the inputs of the deployment');
    return ok('path', place.nearest === path ? `${user} may write in ${path}` : `${path} is not there yet; ${user} may create it`);
};
/** The record of services in the user's home, by which later actions find this one. */
const judgeRecord = (examination, { definition: { path } }) => {
    const { home, user, registered } = examination;
    if (!home.isFolder || !home.isWritable)
        return problem('record', `${user} may not write in ${home.nearest}, where ~/.slipway records the services`, asRoot(examination, `chown ${user} ${home.nearest}`));
    if (registered === undefined)
        return ok('record', 'the service is not recorded yet: its first deployment does that');
    if (registered === `${path}/.slipway`)
        return ok('record', `the service is recorded at ${path}`);
    return warning('record', `the service is recorded at ${registered.replace(/\/\.slipway$/, '')}, not at ${path}: a deployment with this path would begin anew there`, `path: ${registered.replace(/\/\.slipway$/, '')}`);
};
/** The folder of the sockets must be there, or be creatable. */
const judgeRuntime = (examination, { definition }) => {
    const { runtime, user } = examination;
    const { runtimeDir } = definition;
    if (runtime === undefined)
        return undefined;
    if (runtime.isFolder && runtime.isWritable)
        return ok('runtime-dir', runtime.nearest === runtimeDir ? `${user} may write in ${runtimeDir}` : `${runtimeDir} is not there yet; ${user} may create it`);
    if (runtime.nearest !== runtimeDir)
        return problem('runtime-dir', `${runtimeDir} is not there, and ${user} may not create it in ${runtime.nearest}`, makeRuntime(examination, definition));
    return runtime.isFolder
        ? problem('runtime-dir', `${user} may not write in ${runtimeDir}`, asRoot(examination, `chown ${user} ${runtimeDir}`))
        : problem('runtime-dir', `${runtimeDir} is not a folder`, asRoot(examination, `rm ${runtimeDir}`));
};
/** What is made at boot: the folder of the sockets, and the link of traffic to what was confirmed last. */
const judgeBoot = (examination, { definition }) => {
    const { runtime, tmpfiles, hasSystemd } = examination;
    const { runtimeDir, path, service } = definition;
    if (runtime === undefined)
        return undefined;
    if (!VOLATILE.has(runtime.fileSystem))
        return outlives(runtimeDir, runtime.fileSystem, service);
    const mend = makeRuntime(examination, definition);
    const folder = tmpfiles.find((line) => line.path === runtimeDir && /^[dDqv]/.test(line.type));
    const live = tmpfiles.find((line) => line.path !== runtimeDir && line.type.startsWith('L'));
    if (folder === undefined && !hasSystemd)
        return unknown('boot', `what makes ${runtimeDir} at boot cannot be told: there is no systemd-tmpfiles`, makeByHand(examination, definition));
    if (folder === undefined)
        return warning('boot', `no line of tmpfiles.d makes ${runtimeDir} at boot: after one, the slots would have no place for their sockets`, mend);
    if (live === undefined)
        return warning('boot', `${folder.file} makes no live.sock: after a boot users would reach nothing until the next switch`, mend);
    if (live.type.includes('+'))
        return warning('boot', `${live.file} makes live.sock by "${live.type}", which would also move traffic whenever systemd-tmpfiles runs`, asRoot(examination, `sed -i 's|^L+|L|' ${live.file}`));
    if (live.target !== `${path}/confirmed.sock`)
        return warning('boot', `${live.file} points live.sock to ${live.target}, not to ${path}/confirmed.sock`, mend);
    return ok('boot', `${folder.file} makes ${runtimeDir} and live.sock`);
};
/** What deployments rename must be links, or not be there. */
const judgeLinks = ({ links }) => {
    const wrong = [...links].filter(([, { kind }]) => kind === 'folder' || kind === 'file');
    return wrong.map(([path, { kind }]) => problem('links', `${path} is a real ${kind}, where deployments make a link`, `mv ${path} ${path}.old`));
};
/** The link that nginx follows, the one a boot follows, and the socket behind them. */
const judgeSockets = (examination, subject) => {
    const { definition: { runtimeDir, path, start }, isDeployed, live } = subject;
    if (examination.runtime === undefined)
        return undefined;
    const isLink = (name) => examination.links.get(name)?.kind === 'link';
    if (live === undefined)
        return ok('live.sock', `is made by the first switch of traffic${isDeployed ? '; so far users reach no release' : ''}`);
    if (!isLink(`${runtimeDir}/live.sock`))
        return problem('live.sock', `${runtimeDir}/live.sock is gone: users reach nothing`, `ln -s ${path}/confirmed.sock ${runtimeDir}/live.sock`);
    const confirmed = isLink(`${path}/confirmed.sock`)
        ? ok('confirmed.sock', `a boot leads to ${folders_baseName(examination.links.get(`${path}/confirmed.sock`)?.target)}`)
        : warning('confirmed.sock', `${path}/confirmed.sock is not there: the switch is not confirmed, and after a boot users would reach nothing`, '- uses: …/blue-green-switch@v1\n  with: { operation: confirm }');
    return [isAnswered(examination, subject, start), confirmed];
};
function isAnswered(examination, { definition: { runtimeDir }, live }, start) {
    const socket = `${runtimeDir}/${live}.sock`;
    if (examination.sockets.some(({ path }) => path === socket))
        return ok('live.sock', `leads to slot ${live}`);
    return problem('live.sock', `leads to slot ${live}, and ${socket} is not there: its app does not run`, `SLOT=${live} SOCKET=${socket} sh -e -c ${quote(start)}`);
}
function outlives(runtimeDir, fileSystem, service) {
    if (fileSystem === 'unknown')
        return unknown('boot', `the file system of ${runtimeDir} cannot be told; a boot should empty it`, `df ${runtimeDir}`);
    return warning('boot', `${runtimeDir} is on ${fileSystem}, which a boot does not empty: users might then reach a slot that was not confirmed, through a stale socket`, `runtime-dir: /run/slipway/${service}`);
}
// As examples/tmpfiles.d/slipway.conf has it.
function makeRuntime(examination, { runtimeDir, path, service }) {
    if (!examination.hasSystemd)
        return makeByHand(examination, { runtimeDir, path });
    const [owner, file] = [`${examination.user} ${webGroup(examination)}`, `slipway-${service}.conf`];
    return `printf '%s\\n' 'd ${runtimeDir} 2755 ${owner} -' 'L ${runtimeDir}/live.sock - ${owner} - ${path}/confirmed.sock' | ${asRoot(examination, `tee /etc/tmpfiles.d/${file}`)} && ${asRoot(examination, `systemd-tmpfiles --create ${file}`)}`;
}
function makeByHand(examination, { runtimeDir, path }) {
    return `${asRoot(examination, `install -d -m 2755 -o ${examination.user} -g ${webGroup(examination)} ${runtimeDir}`)} && ln -s ${path}/confirmed.sock ${runtimeDir}/live.sock    # at each boot`;
}
function folders_baseName(path = '') {
    return path.split('/').at(-1) ?? '';
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/machine.js



const LITTLE_SPACE = 1_000_000_000;
const NO_SPACE = 200_000_000;
const FEW_INODES = 1_000;
const LITTLE_PART = 0.05;
const SKEW_LIMIT = 5; // seconds
/** That the login works is shown by the facts being there. */
const judgeLogin = ({ user, hostName, system }) => ok('login', `${user} on ${hostName} (${system}); the key is accepted`);
/** The programs that deployments call. */
const judgeTools = (examination) => {
    const { missingTools, packageManager } = examination;
    if (missingTools.length === 0)
        return ok('tools', 'every program that deployments call is there');
    const are = missingTools.length === 1 ? 'is' : 'are';
    return problem('tools', `${missingTools.join(', ')} ${are} not on the PATH of a login without a terminal`, asRoot(examination, installation(missingTools, packageManager)));
};
/** Bytes that are free where releases go. */
const judgeDisk = ({ disk, path }) => judgeFill('disk', disk, {
    shown: size/* formatSize */.X, none: NO_SPACE, little: LITTLE_SPACE,
    mend: `du -xsh ${path.nearest}/* | sort -h | tail    # remove what is not needed, or lower keep`,
    missing: `df -Pk ${path.nearest}`,
});
/** Inodes that are free where releases go; a file system such as btrfs counts none. */
const judgeInodes = ({ inodes, path }) => (inodes === undefined ? undefined : judgeFill('inodes', inodes, {
    shown: String, none: FEW_INODES, little: 10 * FEW_INODES,
    mend: `du -x --inodes ${path.nearest} | sort -n | tail    # remove folders of many small files`,
    missing: '',
}));
/** Seconds that the server's clock is ahead of the runner's, negative when behind; undefined where it has none. */
function judgeClock(skew, user) {
    const mend = asRoot({ user }, 'timedatectl set-ntp true');
    if (skew === undefined)
        return unknown('clock', 'the server did not tell its time', 'date');
    const size = Math.abs(Math.round(skew));
    if (size <= SKEW_LIMIT)
        return ok('clock', 'agrees with the runner\'s');
    return warning('clock', `is ${size} s ${skew > 0 ? 'ahead of' : 'behind'} the runner's: times in the ledger will mislead`, mend);
}
function judgeFill(name, fill, { shown, none, little, mend, missing }) {
    if (fill === undefined)
        return unknown(name, 'what is free cannot be told', missing);
    const detail = `${shown(fill.free)} of ${shown(fill.total)} free`;
    if (fill.free < none)
        return problem(name, detail, mend);
    return fill.free < little || fill.free < LITTLE_PART * fill.total ? warning(name, detail, mend) : ok(name, detail);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/nginx.js


/** nginx must run. */
const judgeNginxProcess = (examination, { definition }) => {
    const { runtime, webServers, processes } = examination;
    if (runtime === undefined || !definition.router.name.startsWith('nginx'))
        return undefined;
    if (webServers.length > 0)
        return ok('nginx', `runs (${webServers.length} processes)`);
    const start = asRoot(examination, examination.hasSystemd ? 'systemctl enable --now nginx' : 'nginx');
    return processes.has(1) ? problem('nginx', 'does not run: users reach nothing', start) : unknown('nginx', 'other users\' processes are hidden, so whether it runs cannot be told', asRoot(examination, 'pgrep -a nginx'));
};
/** nginx must come through every folder on the way to the sockets, and may connect to them. */
const judgeNginxRights = (examination, { definition }) => {
    const workers = webWorkers(examination);
    const { runtime, ways, sockets } = examination;
    if (runtime === undefined || !definition.router.name.startsWith('nginx'))
        return undefined;
    const shutTo = (worker) => ways.filter((folder) => !may(worker, 'x', folder));
    const deafTo = (worker) => sockets.filter((socket) => !may(worker, 'w', socket));
    // A container's nginx shows among the processes too, so one that may is enough.
    if (workers.some((worker) => shutTo(worker).length + deafTo(worker).length === 0))
        return ok('nginx rights', 'nginx may reach the sockets');
    const [shut, deaf] = [shutTo(workers[0] ?? SOMEBODY), deafTo(workers[0] ?? SOMEBODY)];
    if (shut.length > 0)
        return judged(workers.length > 0, `nginx may not pass through ${nginx_listed(shut)} to the sockets`, asRoot(examination, `chmod o+x ${nginx_words(shut)}`));
    if (deaf.length > 0)
        return judged(workers.length > 0, `nginx may not connect to ${nginx_listed(deaf)}`, `${asRoot(examination, `chgrp ${webGroup(examination)} ${nginx_words(deaf)}`)} && ${asRoot(examination, `chmod g+w ${nginx_words(deaf)}`)}    # and UMask=0002 in the unit of the app`);
    return ok('nginx rights', 'everybody may reach the sockets');
};
/** A file of the configuration must lead to the live socket, straight and not through an upstream. */
const judgeNginxConfig = (examination, { definition }) => {
    const { runtimeDir, router, ports } = definition;
    const { config } = router;
    const { access, closed, naming } = examination.nginxConfig;
    if (examination.runtime === undefined || router.name !== 'nginx-socket')
        return undefined;
    if (access === 'missing')
        return unknown(CONFIG, `${config} is not there, so nothing can be looked through for what would break a switch`, 'nginx -V 2>&1 | tr " " "\\n" | grep conf-path    # then give router-config');
    if (access === 'closed')
        return unknown(CONFIG, `${examination.user} may not read ${config}`, asRoot(examination, `chmod o+rx ${config}`));
    const live = naming.filter((line) => line.includes(`${runtimeDir}/live.sock`) || line.includes(`${runtimeDir}/live/`));
    const unread = closed.length === 0 ? '' : ` in what ${examination.user} may read; ${closed.length} files are closed`;
    const missing = closed.length === 0 ? problem : unknown;
    if (live.length === 0)
        return missing(CONFIG, `no file in ${config} names ${runtimeDir}/live.sock${unread}`, useLive(examination, runtimeDir));
    const bridged = ['blue', 'green'].filter((slot) => !naming.some((line) => line.startsWith('listen') && line.includes(`${runtimeDir}/${slot}.sock`)));
    if (ports !== undefined && bridged.length > 0) {
        return missing(CONFIG, `no bridge listens on ${bridged.map((slot) => `${runtimeDir}/${slot}.sock`).join(' and ')}${unread}`, `server { listen unix:${runtimeDir}/${bridged[0]}.sock; location / { proxy_pass http://127.0.0.1:${ports[bridged[0]]}; proxy_set_header Host $http_host; } }    # whole: examples/nginx/slipway-bridge.conf`);
    }
    if (examination.router === '' && live.some((line) => line.startsWith('server ') || /[\s{;]server\s+unix:/.test(line))) {
        return warning(CONFIG, 'live.sock is reached through an upstream, where newer versions of nginx keep connections to the old slot', useLive(examination, runtimeDir));
    }
    return ok(CONFIG, `${config} leads to ${runtimeDir}/live.sock`);
};
/** The router must be fit for a switch; with nginx-socket, an upstream that keeps connections would answer from the old slot after one. */
const judgeRouter = (examination, { definition: { runtimeDir, router } }) => {
    const complaint = examination.router.replace(/\.$/, '');
    if (examination.runtime === undefined || (complaint === '' && router.name === 'nginx-socket'))
        return undefined;
    if (router.name === 'nginx-socket')
        return problem('nginx keepalive', complaint, useLive(examination, runtimeDir));
    return complaint === '' ? ok('router', `${router.name} is fit for a switch`) : problem('router', complaint, 'set it up as docs/routers.md says');
};
/** What the public address answered to the runner. */
function judgeUrl(url, answer, hasRelease) {
    const mend = `curl -v ${url}`;
    if (answer.status === undefined)
        return (hasRelease ? problem : warning)('url', `${url} does not answer the runner: ${answer.error}`, mend);
    if (answer.status < 500)
        return ok('url', `${url} answers the runner with status ${answer.status}`);
    if (!hasRelease)
        return ok('url', `${url} answers the runner with status ${answer.status}, as it must before the first release`);
    return problem('url', `${url} answers the runner with status ${answer.status}`, mend);
}
const CONFIG = 'nginx config';
// Whoever nginx works as where it does not run: neither owner nor of the group.
const SOMEBODY = { pid: 0, isWorker: true, uid: -1, groups: [], groupName: '' };
function judged(isKnown, detail, mend) {
    return isKnown ? problem('nginx rights', detail, mend) : warning('nginx rights', `${detail}, unless as their owner or group`, mend);
}
function useLive(examination, runtimeDir) {
    return `location / { proxy_pass http://unix:${runtimeDir}/live.sock:; proxy_http_version 1.1; proxy_set_header Host $http_host; }    # in the server block, then: ${asRoot(examination, 'nginx -t')} && ${asRoot(examination, 'nginx -s reload')}`;
}
function nginx_listed(things) {
    return things.map(({ path }) => path).join(', ');
}
function nginx_words(things) {
    return things.map(({ path }) => path).join(' ');
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/plans.js


const plans_HEADING = `slipway-journal ${PLAN_FORMAT}`;
/** The lock of the service must be free, or held by a plan that runs. */
const judgeLock = ({ lock }) => {
    if (!lock.isHeld)
        return ok('lock', 'is free');
    if (lock.running !== undefined)
        return warning('lock', `plan ${lock.running.plan} is running (process ${lock.running.pid}); a deployment now waits for it`, `tail -f ~/.slipway/*/plans/${lock.running.plan}/output`);
    const strays = lock.holders.filter(({ isOfStep }) => !isOfStep);
    if (lock.holders.length > 0 && strays.length === 0)
        return warning('lock', `is held by ${named(lock.holders)}, which a killed plan left; the next one ends it`, '- uses: …/rollback@v1, or deploy again');
    const mend = strays.length === 0 ? 'sudo lslocks' : `kill ${strays.map(({ pid }) => pid).join(' ')}    # and close descriptor 9 where it is started: … 9>&-`;
    return problem('lock', `is held by ${strays.length === 0 ? 'a process of another user' : named(strays)}, which no plan looks after`, mend);
};
/** Plans that did not end are healed by the next deployment, unless a newer version of these actions wrote them. */
const judgePlans = (examination) => {
    const { plans, lock } = examination;
    const left = plans.filter(({ plan }) => !lock.isHeld || plan !== lock.running?.plan);
    return left.length === 0 ? ok('plans', 'none is left unfinished') : left.map((plan) => judgePlan(plan));
};
/** Each slot's port must be free where the slot is empty, and used where it holds a release. */
const judgePorts = ({ ports: users, links }, { definition }) => {
    const { ports, path } = definition;
    if (ports === undefined)
        return undefined;
    return ['blue', 'green'].map((slot) => {
        const port = ports[slot];
        const user = users.find((each) => each.port === port);
        const isFull = links.get(`${path}/slots/${slot}`)?.kind === 'link';
        const by = user === undefined ? '' : `${user.owner}${user.process === '' ? '' : `, ${user.process}`}`;
        if (isFull)
            return user === undefined ? warning(`port ${port}`, `nobody listens, though slot ${slot} holds a release`, `ss -ltn 'sport = :${port}'`) : ok(`port ${port}`, `slot ${slot} listens (${by})`);
        return user === undefined ? ok(`port ${port}`, `is free for slot ${slot}`) : problem(`port ${port}`, `is taken by ${by}, though slot ${slot} is empty: the next release could not listen there`, `sudo ss -ltnp 'sport = :${port}'    # end it, or give other ports`);
    });
};
function named(holders) {
    return holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ');
}
function judgePlan({ plan, heading, last }) {
    if (heading !== plans_HEADING && heading !== '') {
        return problem('plans', `plan ${plan} has the journal format "${heading}", which this version does not know: it would be refused`, 'uses: …/ssh-deploy@<the version that wrote it, or a later one>');
    }
    if (last.endsWith(' verified'))
        return warning('plans', `plan ${plan} waits to be confirmed; a deployment now would take its switch back first`, '- uses: …/blue-green-switch@v1\n  with: { operation: confirm }');
    return warning('plans', `plan ${plan} did not end (${last.replace(/^\d+ /, '')}); the next deployment or rollback heals it`, '- uses: …/rollback@v1, or deploy again');
}

// EXTERNAL MODULE: external "node:path/posix"
var posix_ = __nccwpck_require__(3916);
;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/supervision.js



const SUPERVISORS = {
    runsvdir: 'runit', supervisord: 'supervisord', 's6-svscan': 's6', dockerd: 'Docker',
};
/** Something must start the app again after a crash and at boot. */
const judgeSupervisor = (examination, { definition }) => {
    const { hasSystemd, docker, processes, user } = examination;
    const tools = commandTools(definition);
    const found = [...(hasSystemd ? ['systemd'] : []), ...new Set([...processes.values()].flatMap((name) => SUPERVISORS[name] ?? []))];
    if (tools.includes('systemctl') && !hasSystemd)
        return problem('supervisor', 'the service\'s commands call systemctl, and systemd does not run here', `ps -o comm= -p 1    # tells what does; change start, stop and restart`);
    if (tools.includes('docker') && docker === 'closed')
        return problem('supervisor', `${user} may not talk to Docker`, asRoot(examination, `usermod -aG docker ${user}`));
    if (found.length > 0)
        return ok('supervisor', `${found.join(', ')} ${found.length === 1 ? 'runs' : 'run'}`);
    const mend = asRoot(examination, 'apt-get install -y runit    # or another supervisor, for which start and stop are written');
    return processes.has(1) ? warning('supervisor', 'none was found: nothing would start the app again after a crash or a boot', mend) : unknown('supervisor', 'other users\' processes are hidden, so it cannot be told', 'cat /proc/1/comm');
};
/** A user's own systemd ends with the last login, unless the user lingers. */
const judgeLingering = (examination, { definition: { start, restart } }) => {
    const { hasSystemd, isLingering, user } = examination;
    if (!hasSystemd || !/systemctl\s(.*\s)?--user\b/.test(`${start}\n${restart}`))
        return undefined;
    if (isLingering)
        return ok('lingering', `what ${user} starts outlives the login, and starts at boot`);
    return problem('lingering', `${user}'s systemd ends with the last login, and the app with it`, asRoot(examination, `loginctl enable-linger ${user}`));
};
/**
 * logind must leave alone what a login started, or a plan would die with the line. Lingering does not change that: it keeps the
 * user's systemd, and so the timers of a switch, but not what runs in the session of the login.
 */
const judgeLogind = (examination) => {
    const { hasSystemd, isLingering, user } = examination;
    if (!hasSystemd)
        return undefined;
    const settings = logindSettings(examination);
    const excluded = supervision_words(settings.get('KillExcludeUsers') ?? 'root');
    const only = supervision_words(settings.get('KillOnlyUsers'));
    const kills = isYes(settings.get('KillUserProcesses')) && !excluded.includes(user) && (only.length === 0 || only.includes(user));
    if (!kills)
        return ok('logind', 'leaves alone what a login started');
    const timers = isLingering ? '' : ', and a switch that nobody confirms would not go back by itself, because its timer ends with the login';
    return problem('logind', `KillUserProcesses=yes: a plan would be killed when the line drops${timers}`, `${asRoot(examination, 'mkdir -p /etc/systemd/logind.conf.d')} && printf '[Login]\\nKillExcludeUsers=root ${user}\\n' | ${asRoot(examination, 'tee /etc/systemd/logind.conf.d/slipway.conf')} && ${asRoot(examination, 'systemctl restart systemd-logind')}`);
};
/** Whether sudo asks for a password cannot be told without asking it, which it may report to the administrator. */
const judgeSudo = ({ user, missingTools }, { definition }) => {
    if (user === 'root' || missingTools.includes('sudo') || !commandTools(definition).includes('sudo'))
        return undefined;
    return unknown('sudo', `the service's commands call sudo; whether it lets ${user} without a password is not tried here`, 'sudo -n -l    # as that user: must list the commands with NOPASSWD');
};
// A drop-in goes before the main file, the last by name first, and /etc before /run before /usr/lib. A comment tells what is built in.
function logindSettings({ logind }) {
    const settings = logind.flatMap((line) => {
        const [, file = '', comment, name = '', value = ''] = /^(.*?):\s*([#;]?)\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
        return name === '' ? [] : [{ name, value, order: orderOf(file, comment !== '') }];
    });
    return new Map(settings.sort((one, other) => (one.order < other.order ? -1 : 1)).map(({ name, value }) => [name, value]));
}
function orderOf(file, isComment) {
    const { dir: folder, base: name } = (0,posix_.parse)(file);
    const place = ['/usr/lib/', '/run/', '/etc/'].findIndex((root) => folder.includes(root));
    return `${isComment ? 0 : folder.endsWith('.d') ? 2 : 1} ${name} ${place}`;
}
function isYes(value = 'no') {
    return /^(yes|true|on|1)$/i.test(value);
}
function supervision_words(text = '') {
    return text.split(/\s+/).filter(Boolean);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/judgement.js





const JUDGES = [
    judgeLogin, judgeTools, judgePath, judgeRecord, judgeDisk, judgeInodes, judgeRuntime, judgeBoot, judgeLinks, judgeSockets,
    judgeSupervisor, judgeLingering, judgeLogind, judgeSudo, judgeNginxProcess, judgeNginxConfig, judgeRouter, judgeNginxRights,
    judgePorts, judgeLock, judgePlans,
];
/** What the facts mean for the service, one line a matter, in the order in which a person would look. */
function judge(examination, subject) {
    return JUDGES.flatMap((each) => each(examination, subject) ?? []);
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/public-answer.js

const LIMIT = 10_000;
/** What a public address answers to the runner: a status, or why there was none. A redirect is an answer. Never rejects. */
async function askPublicly(url, signal) {
    try {
        const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]) });
        await response.body?.cancel();
        return { status: response.status };
    }
    catch (error) {
        const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
        return { error: (0,errors/* messageOf */.b)(cause) || cause.code || 'the connection failed' };
    }
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/examination/report.js
const MARK = { ok: '✓', warning: '!', problem: '✗', unknown: '?' };
/** Prints each line, and below what is not ok, its mend. */
function logDiagnoses(log, diagnoses) {
    for (const { name, verdict, detail, mend } of diagnoses) {
        log.info(`${MARK[verdict]} ${name}: ${detail}`);
        if (verdict !== 'ok')
            log.info(mend.replaceAll(/^/gm, '    '));
    }
}
/** The lines as a table for the job summary, what is not ok first. */
function diagnosesTable(server, service, diagnoses) {
    const isWell = ({ verdict }) => verdict === 'ok';
    const ordered = [...diagnoses.filter((each) => !isWell(each)), ...diagnoses.filter(isWell)];
    return {
        heading: `${service} on ${server}: ${conclusion(diagnoses)}`,
        table: {
            columns: ['', 'What', 'Found', 'Mend'],
            rows: ordered.map(({ name, verdict, detail, mend }) => [MARK[verdict], name, detail, mend === '' ? '' : { text: mend, code: true }]),
        },
    };
}
/** `ready`, or how many problems and warnings there are. */
function conclusion(diagnoses) {
    const counted = ['problem', 'warning'].flatMap((kind) => {
        const count = diagnoses.filter(({ verdict }) => verdict === kind).length;
        return count === 0 ? [] : [`${count} ${kind}${count === 1 ? '' : 's'}`];
    });
    return counted.length === 0 ? 'ready' : counted.join(', ');
}
/** What a person should read where there are problems; undefined where there are none. */
function report_faultOf(server, diagnoses) {
    const problems = diagnoses.filter(({ verdict }) => verdict === 'problem');
    if (problems.length === 0)
        return undefined;
    return [`${server} is not ready:`, ...problems.map(({ name, detail, mend }) => `  ✗ ${name}: ${detail}\n${mend.replaceAll(/^/gm, '      ')}`)].join('\n');
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/check-server.js











/**
 * Looks the server over for what would keep a deployment, a switch or a boot from working, and says how to mend it; changes nothing.
 * @throws {UserError} naming every problem. Warnings do not fail.
 */
async function checkServer(inputs, job, server) {
    const state = await stateOf(inputs, server);
    const definition = definitionOf(inputs, state);
    const hasRelease = liveRelease(state) !== undefined;
    const { examination, skew, answer } = await examine(inputs, job, server, definition);
    const subject = { definition, isDeployed: state.definition !== undefined, live: state.live };
    const diagnoses = [
        ...judge(examination, subject), judgeClock(skew, examination.user),
        ...(answer === undefined ? [] : [judgeUrl(definition.url, answer, hasRelease)]),
    ];
    logDiagnoses(job.log, diagnoses);
    job.output({ checks: diagnoses });
    job.summarise(diagnosesTable(server.label, definition.service, diagnoses));
    const fault = report_faultOf(server.label, diagnoses);
    if (fault !== undefined)
        throw new errors/* UserError */.y(fault);
    job.log.info(`${server.label}: ${conclusion(diagnoses)}.`);
}
async function stateOf({ service, environment, path }, server) {
    const inspection = await server.inspect((0,server_definition/* serviceKey */.jq)(service, environment), path ?? '', '', '');
    if (inspection.kind === 'state')
        return inspection.state;
    throw new errors/* UserError */.y(`${server.label} knows no service ${service} in environment ${environment}. To look at it before the first deployment, give path, and the other inputs of that deployment.`);
}
// The inputs of a deployment count as it would take them; with the connection alone, what the last one recorded.
function definitionOf(inputs, { definition, folder }) {
    const { path = folder.replace(/\/\.slipway$/, ''), runtimeDir, url, health, healthCommand } = inputs;
    if (definition === undefined || health !== undefined || healthCommand !== undefined)
        return definitionFrom({ ...inputs, path });
    return { ...definition, path, runtimeDir: runtimeDir ?? definition.runtimeDir, url: url ?? definition.url };
}
async function examine(inputs, { signal }, server, definition) {
    const mark = (0,external_node_crypto_namespaceObject.randomBytes)(8).toString('hex');
    const began = Date.now();
    const asked = definition.url === '' ? undefined : askPublicly(definition.url, signal);
    const { stdout } = await server.connection().exec(examineCommand(definition, (0,server_definition/* serviceKey */.jq)(inputs.service, inputs.environment), mark), { signal });
    const examination = parseExamination(stdout, mark);
    return { examination, skew: skewOf(examination.clock, began, Date.now()), answer: await asked };
}
// The server read its clock, of whole seconds, at some moment in between.
function skewOf(clock, began, ended) {
    if (clock === undefined)
        return undefined;
    const ahead = clock - ended / 1_000;
    const behind = clock + 1 - began / 1_000;
    return ahead > 0 ? ahead : Math.min(behind, 0);
}

;// CONCATENATED MODULE: ./build/shared/release/file-table.js
const HASH = 32; // bytes of a sha256
const BLOCK = 262_144; // bytes taken at once; a growing buffer would leave its smaller selves behind each time
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
    const blockOf = (at) => all[Math.floor(at / BLOCK)];
    const write = (text, encoding, at) => void blockOf(at).write(text, at % BLOCK, encoding);
    return {
        write,
        text: (encoding, at, length) => blockOf(at).toString(encoding, at % BLOCK, (at % BLOCK) + length),
        append(text, encoding, length) {
            if (used + length > all.length * BLOCK)
                used = all.push(Buffer.allocUnsafeSlow(BLOCK)) * BLOCK - BLOCK;
            const at = used;
            write(text, encoding, at);
            used += length;
            return at;
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/release/tree.js
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

;// CONCATENATED MODULE: ./build/shared/release/delta.js


/** What must travel to make `next` where `base` already is. Folders and links always do; without a base, everything. */
function delta(next, base) {
    const known = inStep(base?.files ?? []);
    let bytesToSend = 0;
    const [keep, send] = parted(next.files, (file) => {
        const isKept = isSame(file, known(file.path));
        if (!isKept)
            bytesToSend += file.size;
        return isKept;
    });
    return { send, keep, folders: next.folders, links: next.links, bytesToSend };
}
function isSame(file, other) {
    return other !== undefined && file.sha256 === other.sha256 && file.size === other.size && file.mode === other.mode;
}
/** Looks up paths in a sorted list. They must be asked for in that order, too: both lists are gone through once. */
function inStep(files) {
    const ahead = files[Symbol.iterator]();
    let current = ahead.next();
    return (path) => {
        while (current.done !== true && comparePaths(current.value.path, path) < 0)
            current = ahead.next();
        return current.done !== true && current.value.path === path ? current.value : undefined;
    };
}

// EXTERNAL MODULE: ./build/shared/release/exclude.js
var exclude = __nccwpck_require__(3912);
;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/shared/release/incoming.js

const incoming_PRIVATE = 0o600;
/**
 * The packet entries that `assembleRelease` and `verifyRelease` work on, below the folder `incoming` of the packet: what changed
 * (`tree/`), which files to keep (`keep.list`), what all must be in the end (`sums`), and folders and files sent by mode (`modes.*`, `file-modes.*`).
 * Made one by one, because the lists of a large release are long; `progress` hears of the files.
 */
function* incomingEntries(source, next, { send, keep, folders, links }, progress) {
    const incoming = 'incoming';
    yield { kind: 'folder', path: incoming, mode: 0o700 };
    yield { kind: 'lines', path: `${incoming}/sums`, mode: incoming_PRIVATE, lines: () => sumLines(next) };
    yield { kind: 'lines', path: `${incoming}/keep.list`, mode: incoming_PRIVATE, lines: () => nulSeparated(keep) };
    yield* modeLists(`${incoming}/modes`, folders);
    yield* modeLists(`${incoming}/file-modes`, send);
    yield { kind: 'folder', path: `${incoming}/tree`, mode: 0o755 };
    for (const { path, mode } of folders)
        yield { kind: 'folder', path: `${incoming}/tree/${path}`, mode };
    for (const { path, mode, size } of send) {
        progress?.begun();
        yield { kind: 'file', path: `${incoming}/tree/${path}`, mode, size, source: (0,external_node_path_namespaceObject.join)(source, path), ...(progress && { sent: progress.sent }) };
    }
    for (const { path, target } of links)
        yield { kind: 'link', path: `${incoming}/tree/${path}`, mode: 0o777, target };
}
/** What `verifyRelease` expects, one line an entry: raw mode in hex, size, sha256 or link target, path; parted by tabs. */
function* sumLines({ files, folders, links }) {
    for (const { path, mode, size, sha256 } of files)
        yield `${(0o100000 | mode).toString(16)}\t${size}\t${sha256}\t./${oneLine(path)}\n`;
    for (const { path } of folders)
        yield `folder\t-\t-\t./${oneLine(path)}\n`;
    for (const { path, target } of links)
        yield `a1ff\t-\t${oneLine(target)}\t./${oneLine(path)}\n`;
}
function* modeLists(path, entries) {
    const modes = new Set();
    for (const { mode } of entries)
        modes.add(mode);
    for (const mode of modes)
        yield { kind: 'lines', path: `${path}.${mode.toString(8)}`, mode: incoming_PRIVATE, lines: () => nulSeparated(withMode(mode, entries)) };
}
function* withMode(mode, entries) {
    for (const entry of entries)
        if (entry.mode === mode)
            yield entry;
}
function* nulSeparated(entries) {
    for (const { path } of entries)
        yield `./${path}\0`;
}
function oneLine(name) {
    return name.includes('\n') ? name.replaceAll('\n', '\x01') : name;
}

;// CONCATENATED MODULE: ./build/shared/release/script.js

/** The exit status of a script that found the server's files to be other than what was released: sending everything mends it. */
const RELEASE_DIFFERS = 65;
// each LIST COMMAND...: runs the command with the names of a NUL-separated list. Through a pipe, because busybox's xargs loses its place in a
// file: the tools it runs without exec move the file's offset when they end, and names come out cut.
const PREAMBLE = String.raw `LC_ALL=C; export LC_ALL
fail() { printf '%s\n' "$1" >&2; exit "${'$'}{2:-1}"; }
each() { list=$1; shift; cat -- "$list" | xargs -0 -r "$@"; }`;
/**
 * One POSIX sh text for a server: the values as variables, each quoted, then the body, all in a subshell so that nothing of it leaks
 * into what runs beside it. The body is constant text; values reach it by name only.
 */
function serverScript(values, body) {
    const variables = Object.entries(values).map(([name, value]) => `${name}=${quote(String(value))}`);
    return ['# shellcheck disable=SC2002,SC2016 # a pipe for xargs on purpose, and in single quotes what the sh it starts expands', '(', ...variables, PREAMBLE, body.trim(), ')', ''].join('\n');
}
/** The given path of the server. @throws {TypeError} unless it is absolute, without `..`, and below the root. */
function absolute(path) {
    if (!path.startsWith('/') || path.split('/').includes('..') || /^[/.]*$/.test(path))
        throw new TypeError(`Not an absolute path below the root: ${path}`);
    return path;
}

// EXTERNAL MODULE: ./build/shared/release/shared-paths.js
var shared_paths = __nccwpck_require__(5776);
;// CONCATENATED MODULE: ./build/shared/release/link-shared.js




/**
 * POSIX sh text that puts a link to the shared file or folder at each path of the release, in place of what the release ships there.
 * Every path is checked before anything changes. A missing shared folder is made, once with the content the release ships. Idempotent.
 */
function linkShared({ release, shared, paths }) {
    const calls = (verb) => paths.map(({ path, kind }) => quote_commandLine([verb, path, kind]));
    return serverScript({ release: absolute(release), shared: absolute(shared) }, [FUNCTIONS.trim(), ...calls('check'), ...calls('adopt'), ...calls('link')].join('\n'));
}
/** The tree without what shared paths took the place of: what the release's folder on the server still has of it, to be its recorded manifest. */
function withoutShared({ files, folders, links }, shared) {
    const stays = ({ path }) => !(0,shared_paths/* isShared */.y)(path, shared);
    const [own] = parted(files, stays);
    return { files: own, folders: folders.filter(stays), links: links.filter(stays) };
}
// A new shared folder is filled under another name and renamed, so that a kill leaves either none or the whole.
const FUNCTIONS = String.raw `
[ -d "$release" ] || fail "There is no release in $release."
check() {
  if [ "$2" = folder ]; then
    [ ! -e "$shared/$1" ] || [ -d "$shared/$1" ] || fail "shared lists the folder $1/, but $shared/$1 on the server is a file. List it without the slash, or move the file away."
  else
    [ -e "$shared/$1" ] || fail "The shared file $1 is missing. Put it at $shared/$1 on the server; or list it as $1/ if it is a folder that may start empty."
  fi
}
adopt() {
  [ ! -d "$shared/$1" ] && [ "$2" = folder ] || return 0
  new=$shared/$1.slipway-new
  {
    rm -rf -- "$new" && mkdir -p -- "${'$'}{new%/*}" &&
      if [ -d "$release/$1" ] && [ ! -L "$release/$1" ]; then cp -pR -- "$release/$1" "$new"; else mkdir -- "$new"; fi &&
      mv -- "$new" "$shared/$1"
  } || fail "The shared folder $shared/$1 could not be made."
}
link() {
  [ "$(readlink -- "$release/$1")" != "$shared/$1" ] || return 0
  in_release=$release/$1
  { mkdir -p -- "${'$'}{in_release%/*}" && rm -rf -- "$in_release" && ln -s -- "$shared/$1" "$in_release"; } ||
    fail "$release/$1 could not be made a link to $shared/$1."
}
`;

;// CONCATENATED MODULE: ./build/shared/release/manifest.js




const FORMAT = 1;
const HEADER = /^slipway-manifest (\d+)$/;
/**
 * A tree as lines of text: a format line, then one line an entry, sorted bytewise by path:
 * kind, octal mode, size, sha256, path and link target, parted by tabs, `-` where a kind has none. Names are escaped, so an entry is always one line.
 */
function* manifestLines({ files, folders, links }) {
    yield `slipway-manifest ${FORMAT}\n`;
    const others = [...folders.map(folderLine), ...links.map(linkLine)].sort(byPath);
    let next = 0;
    for (const file of files) {
        for (; next < others.length && comparePaths(others[next].path, file.path) < 0; next += 1)
            yield others[next].line;
        yield `file\t${file.mode.toString(8)}\t${file.size}\t${file.sha256}\t${escaped(file.path)}\t-\n`;
    }
    for (; next < others.length; next += 1)
        yield others[next].line;
}
/** A reader of one manifest, from its first byte on. */
function manifestReader() {
    const tree = { files: fileTable(), folders: [], links: [] };
    const decoder = new external_node_string_decoder_namespaceObject.StringDecoder();
    let [rest, number] = ['', 0];
    const take = (line) => {
        number += 1;
        if (number === 1)
            checkFormat(line);
        else if (!addLine(tree, line))
            throw new errors/* UserError */.y(`The manifest of the release on the server is damaged: line ${number} cannot be read.`);
    };
    return {
        read(chunk) {
            const lines = `${rest}${decoder.write(chunk)}`.split('\n');
            rest = lines.pop() ?? '';
            lines.forEach(take);
        },
        tree() {
            if (number === 0 && rest === '')
                return undefined;
            if (number === 0)
                checkFormat(rest);
            if (rest !== '' || number === 0)
                throw new errors/* UserError */.y('The manifest of the release on the server is damaged: its end is missing.');
            return tree;
        },
    };
}
function folderLine({ path, mode }) {
    return { path, line: `folder\t${mode.toString(8)}\t-\t-\t${escaped(path)}\t-\n` };
}
function linkLine({ path, target }) {
    return { path, line: `link\t-\t-\t-\t${escaped(path)}\t${escaped(target)}\n` };
}
function checkFormat(line) {
    const format = HEADER.exec(line)?.[1];
    if (format === undefined)
        throw new errors/* UserError */.y('The manifest of the release on the server is damaged: its first line is not "slipway-manifest 1".');
    if (Number(format) > FORMAT) {
        throw new errors/* UserError */.y(`The manifest of the release on the server has format ${format}, and this version of Slipway reads up to ${FORMAT}. A newer one deployed last: use that version or a later one here, too.`);
    }
}
function addLine(tree, line) {
    const [kind, mode = '', size = '', sha256 = '', path = '', target = '', ...rest] = line.split('\t');
    if (rest.length > 0 || path === '' || target === '')
        return false;
    if (kind === 'link')
        tree.links.push({ path: unescaped(path), target: unescaped(target) });
    else if (!/^[0-7]{1,3}$/.test(mode))
        return false;
    else if (kind === 'folder')
        tree.folders.push({ path: unescaped(path), mode: parseInt(mode, 8) });
    else if (kind !== 'file' || !/^\d+$/.test(size) || !/^[0-9a-f]{64}$/.test(sha256))
        return false;
    else
        tree.files.add({ path: unescaped(path), mode: parseInt(mode, 8), size: Number(size), sha256 });
    return true;
}
const ESCAPES = { '\\': '\\\\', '\n': '\\n', '\t': '\\t' };
function escaped(name) {
    return name.replace(/[\\\n\t]/g, (character) => ESCAPES[character]);
}
function unescaped(text) {
    return text.includes('\\') ? text.replace(/\\([\\nt])/g, (_, letter) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : '\\')) : text;
}

// EXTERNAL MODULE: ./build/shared/release/release-id.js
var release_id = __nccwpck_require__(7217);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(1455);
;// CONCATENATED MODULE: ./build/shared/release/fingerprint.js


/** Bytes up to which a file is read at once; larger ones are streamed. */
const SMALL = 256 * 1024;
const STREAM_CHUNK = 1024 * 1024;
const buffer = Buffer.allocUnsafe(SMALL + 1);
/**
 * A small file's record, read synchronously: 10,000 files take 0.1 s this way, 0.5 s through the thread pool.
 * Returns undefined when the file is not small.
 */
function fingerprintSmall(source, path) {
    const descriptor = (0,external_node_fs_.openSync)(source, 'r');
    try {
        const { mode, size: announced } = (0,external_node_fs_.fstatSync)(descriptor);
        if (announced > SMALL)
            return undefined;
        const size = readFully(descriptor);
        if (size > SMALL)
            return undefined;
        const bytes = buffer.subarray(0, size);
        return { path, mode: permissions(mode, bytes), size, sha256: (0,external_node_crypto_namespaceObject.hash)('sha256', bytes) };
    }
    finally {
        (0,external_node_fs_.closeSync)(descriptor);
    }
}
/** A file's record, read as a stream, however large it is. */
async function fingerprintLarge(source, path) {
    const digest = (0,external_node_crypto_namespaceObject.createHash)('sha256');
    let size = 0;
    let start = Buffer.alloc(0);
    let mode = 0;
    const stream = (0,external_node_fs_.createReadStream)(source, { highWaterMark: STREAM_CHUNK });
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
    return target.startsWith('/') || (process.platform === 'win32' && external_node_path_namespaceObject.win32.isAbsolute(target));
}

;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");
;// CONCATENATED MODULE: external "node:v8"
const external_node_v8_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:v8");
;// CONCATENATED MODULE: ./build/shared/system/heap.js

/**
 * From now on the part of the heap where new objects are made grows no further. By itself it grows to 100 MB and more under a stream
 * of short-lived objects, and never gives that back, though a tenth of it serves as well.
 */
function keepHeapSmall() {
    (0,external_node_v8_namespaceObject.setFlagsFromString)('--semi-space-growth-factor=1');
}

;// CONCATENATED MODULE: ./build/shared/release/walk.js




// The owner may always write, or the release could be neither assembled nor removed.
const OWNER_ALL = 0o700;
const MANY = 5_000; // files; up to here memory is no question
/** Walks a directory without following links. Excluded folders are not entered. */
async function walk(source, exclude) {
    const found = { files: [], folders: [], links: [], faults: [] };
    const waiting = [''];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
        for (const entry of entriesOf((0,external_node_path_namespaceObject.join)(source, folder)))
            sortIn(found, waiting, source, folder, entry, exclude);
        if (found.files.length > MANY)
            keepHeapSmall();
        await breath();
    }
    return found;
}
// A name that is not UTF-8 would come back as another name, so those that look like it are read as bytes.
function entriesOf(folder) {
    const entries = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    return entries.some(({ name }) => name.includes('\ufffd')) ? (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, encoding: 'buffer' }) : entries;
}
/** Lets signals and timers in between slices of synchronous work. */
function breath() {
    return new Promise((resolve) => void setImmediate(resolve));
}
function sortIn(found, waiting, source, folder, entry, exclude) {
    const path = folder === '' ? entry.name.toString() : `${folder}/${entry.name.toString()}`;
    const isFolder = entry.isDirectory();
    if (exclude(path, isFolder ? 'folder' : 'other'))
        return;
    if (typeof entry.name !== 'string' && !(0,external_node_buffer_namespaceObject.isUtf8)(entry.name)) {
        found.faults.push(`${folder === '' ? '' : `${folder}/`}${visible(entry.name)} has a name that is not valid UTF-8`);
    }
    else if (isFolder) {
        found.folders.push({ path, mode: folderMode((0,external_node_path_namespaceObject.join)(source, path)) });
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
    const target = (0,external_node_fs_.readlinkSync)((0,external_node_path_namespaceObject.join)(source, path), { encoding: 'buffer' });
    if (!(0,external_node_buffer_namespaceObject.isUtf8)(target))
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
 * @throws {UserError} naming the source when it is missing, not a directory, or empty, and each entry that cannot be released.
 */
async function scanTree(source, exclude, shared = []) {
    await refuseUnlessDirectory(source);
    try {
        const found = await walk(source, exclude);
        const links = insideLinks(found, shared);
        refuseFaults(source, found.faults);
        if (found.files.length + links.length === 0)
            throw nothingIn(source);
        return { files: await fingerprints(source, found.files), folders: found.folders.toSorted(byPath), links: links.toSorted(byPath) };
    }
    catch (error) {
        throw isFileFault(error) ? new errors/* UserError */.y(`${source} could not be read wholly: ${(0,errors/* messageOf */.b)(error)}. Give the runner's user the right to read it, and let nothing change it meanwhile.`) : error;
    }
}
async function refuseUnlessDirectory(source) {
    const found = await (0,promises_.stat)(source).catch((error) => {
        throw new errors/* UserError */.y(`The source ${source} cannot be released: ${isMissing(error) ? 'it does not exist. Build it in an earlier step, or correct the path' : (0,errors/* messageOf */.b)(error)}.`);
    });
    if (!found.isDirectory())
        throw new errors/* UserError */.y(`The source ${source} is not a directory. Give the directory whose contents become the release.`);
}
function insideLinks(found, shared) {
    const outside = new Set(escapingLinks(found.links));
    const links = found.links.filter((link) => !outside.has(link) || !(0,shared_paths/* isShared */.y)(link.path, shared));
    for (const link of escapingLinks(links)) {
        found.faults.push(`${link.path} is a link that leads out of the release (to ${link.target}): exclude it, or list ${link.path} under shared`);
    }
    return links;
}
function refuseFaults(source, faults) {
    if (faults.length === 0)
        return;
    const more = faults.length > FAULTS_SHOWN ? [`and ${faults.length - FAULTS_SHOWN} more`] : [];
    throw new errors/* UserError */.y([`${source} cannot be released as it is. Exclude or mend:`, ...faults.slice(0, FAULTS_SHOWN), ...more].join('\n  '));
}
function nothingIn(source) {
    return new errors/* UserError */.y(`There is nothing to release in ${source}: no file is in it, or all are excluded. Check that the build ran and wrote there, and the exclude patterns.`);
}
// Takes the list apart from its end on, so that it is not held together with the table it becomes.
async function fingerprints(source, paths) {
    const files = fileTable();
    paths.sort((a, b) => comparePaths(b, a));
    const large = [];
    for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        const file = fingerprintSmall((0,external_node_path_namespaceObject.join)(source, path), path);
        const index = files.add(file ?? { path, mode: 0, size: 0, sha256: UNKNOWN });
        if (file === undefined)
            large.push({ path, index });
        if (index % SLICE === SLICE - 1)
            await breath();
    }
    const readers = Array.from({ length: LARGE_AT_ONCE }, async () => {
        for (let next = large.pop(); next !== undefined; next = large.pop())
            files.replace(next.index, await fingerprintLarge((0,external_node_path_namespaceObject.join)(source, next.path), next.path));
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

;// CONCATENATED MODULE: ./build/shared/release/upload-progress.js


const FIRST = 5_000; // milliseconds; what is over before needs no word
const EARLY = 10_000;
const LATE = 30_000;
const EARLY_UNTIL = 60_000;
/**
 * Tells how far an upload has come: after 5 s, then every 10 s, after a minute every 30 s. `now` gives milliseconds of any clock.
 */
function uploadProgress({ files, bytes }, tell, now = () => performance.now()) {
    const began = now();
    const done = { files: 0, bytes: 0 };
    let due = FIRST;
    return {
        begun: () => void (done.files += 1),
        sent(more) {
            done.bytes += more;
            const took = now() - began;
            if (took < due)
                return;
            const pause = took < EARLY_UNTIL ? EARLY : LATE;
            while (due <= took)
                due += pause;
            tell(`Sent ${done.files} of ${files} files, ${(0,size/* formatSize */.X)(done.bytes)} of ${(0,size/* formatSize */.X)(bytes)}, at ${(0,size/* formatSize */.X)((done.bytes / took) * 1_000)}/s; about ${left(bytes - done.bytes, done.bytes / took)} left.`);
        },
    };
}
function left(bytes, bytesPerMillisecond) {
    const seconds = Math.ceil(Math.max(0, bytes) / bytesPerMillisecond / 1_000);
    return (0,duration/* formatDuration */.a)(seconds * 1_000);
}

// EXTERNAL MODULE: ./build/shared/core/cancelled.js
var cancelled = __nccwpck_require__(9809);
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

;// CONCATENATED MODULE: ./build/shared/server/carry-out.js




/** A plan that did not reach the state it was made for; the message says why and what it left, the outcome tells the rest. */
class PlanFailed extends errors/* UserError */.y {
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
    const titles = new Map(plan.steps.map(({ name, title }) => [name, title]));
    const story = narrate_narrator(follow.log, titles);
    try {
        const outcome = await server.carryOut(plan, files, story.tell, takeover);
        return succeeded(outcome, follow, titles);
    }
    catch (error) {
        if (follow.signal.aborted)
            await stop(server, plan, follow);
        throw error;
    }
    finally {
        await story.end();
    }
}
/** Confirms a switch. @throws {PlanFailed} when it is superseded or has gone back. */
async function carry_out_confirm(server, plan, follow) {
    succeeded(await carry_out_ask(server, plan, 'confirm', follow), follow, new Map());
}
/** Takes back a switch that is not confirmed. @throws {PlanFailed} when that was not possible, or another run did so or it was confirmed meanwhile. */
async function goBack(server, plan, follow) {
    const outcome = await carry_out_ask(server, plan, 'revert', follow);
    if (outcome.state === 'confirmed')
        throw new PlanFailed('The switch was confirmed meanwhile, so it was not taken back.', outcome);
    if (outcome.state !== 'back' || outcome.refusedBy !== undefined)
        succeeded(outcome, follow, new Map());
}
async function carry_out_ask(server, plan, verb, follow) {
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
async function stop(server, plan, { log, signal }) {
    const why = signal.reason instanceof cancelled/* Cancelled */.c ? 'cancelled' : 'out of time';
    log.info(`The job was ${why}; asking ${server.label} to stop or take back plan ${plan.id}.`);
    await server.cancel(plan).catch(() => log.info(`${server.label} could not be asked. It stops by itself before the next step, or goes back when nothing confirms the switch.`));
}

;// CONCATENATED MODULE: ./build/shared/server/service.js




const LOCK_WAIT = 1_800_000;
/** What the server knows of a service; with claim members, it takes a new generation first. @throws {UserError} when it may not. */
async function readState(server, name, claim = '', beginBase) {
    const inspection = await server.inspect((0,server_definition/* serviceKey */.jq)(name.service, name.environment), name.path ?? '', name.runtimeDir ?? '', claim, beginBase);
    if (inspection.kind === 'state')
        return inspection.state;
    if (inspection.kind === 'refused')
        throw new errors/* UserError */.y(`${server.label} refused: ${inspection.reason}`);
    const known = inspection.known.length === 0 ? 'It knows none' : `It knows ${inspection.known.join(', ')}`;
    throw new errors/* UserError */.y(`${server.label} knows no service ${name.service} in environment ${name.environment}. ${known}. Deploy it first, or correct service and environment.`);
}
/** The same for a service that must have been deployed. @throws {UserError} when it has not. */
async function readDeployed(server, name, claim = '') {
    return asDeployed(server, name, await readState(server, name, claim));
}
/** The state as that of a service that has been deployed. @throws {UserError} when it has not. */
function asDeployed(server, { service }, state) {
    if (state.definition === undefined)
        throw new UserError(`${service} has not been deployed to ${server.label} yet: no deployment has come to its end.`);
    return state;
}
/** Heals what earlier plans left, if there is anything, under this generation; then there is a new state to read. */
async function heal(server, state, generation, follow) {
    if (state.unfinished.length === 0)
        return false;
    follow.log.info(`Earlier plans of ${follow.service} have not ended: ${state.unfinished.map(({ plan, last }) => `${plan} (${last})`).join(', ')}. They are healed first.`);
    const plan = { id: newPlanId(new Date()), state: state.folder, generation, steps: [], clear: ':', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
    await carry_out_carryOut(server, plan, [], follow);
    return true;
}

;// CONCATENATED MODULE: ./build/shared/traffic/slot.js


const COMMAND_LIMIT = 120_000;
const HEALTH_SLACK = 15_000;
const EMPTY_WITHIN = 10_000;
/** How people reach a slot by hand, on the server. */
function slotUrl(definition, slot) {
    const port = definition.ports?.[slot];
    return port === undefined ? listenerText(slotListener(definition, slot)) : `http://127.0.0.1:${port}`;
}
/** Sh text that runs one of the user's commands for a slot, in the folder of its release. */
function slotCommand(definition, place, command) {
    return userCommand(definition, slotOccasion(definition, place), command);
}
/** A slot as the occasion of a command. */
function slotOccasion({ path }, { slot, release }) {
    return { folder: `${path}/slots/${slot}`, release, slot };
}
/** The steps that run a release in a slot which users do not reach: whatever was in it stops, the release starts and proves healthy. */
function startInSlot(definition, place) {
    const { slot, release } = place;
    const link = `${definition.path}/slots/${slot}`;
    const stopOld = definition.stop === '' ? ':' : slotCommand(definition, place, definition.stop);
    const awaitEmpty = definition.stop === '' ? '' : refuseStranger(definition, slot);
    return [
        {
            name: 'empty-slot', title: `Emptying slot ${slot}`, phase: 'before', timeout: COMMAND_LIMIT,
            script: `rm -f "$STATE/standby"\nif [ -L ${quote(link)} ]; then\n${stopOld}\nrm -f ${quote(link)}\nfi\n${awaitEmpty}`,
        },
        {
            // What the router includes is there before anybody can set the router up.
            name: 'start', title: `Starting ${release} in slot ${slot}`, phase: 'before', timeout: COMMAND_LIMIT,
            script: `router_prepare none\n${quote_commandLine(['point', link, `../releases/${release}`])}\n${slotCommand(definition, place, definition.start)}`,
        },
        {
            name: 'await-health', title: `Waiting until slot ${slot} is healthy`, phase: 'before', timeout: definition.health.timeout + HEALTH_SLACK,
            script: user_command_awaitHealthy(definition, slotOccasion(definition, place), definition.health.timeout),
        },
    ];
}
/** Sh text that stops what runs in a slot and takes the slot's link away, so that a boot does not start it either. */
function emptySlot(definition, place) {
    const link = `${definition.path}/slots/${place.slot}`;
    const stop = definition.stop === '' ? [] : [`${slotCommand(definition, place, definition.stop)} || echo ${quote(`Slot ${place.slot} could not be stopped`)}`];
    return [...stop, `rm -f ${quote(link)}`].join('\n');
}
/** Sh text that starts what is in a slot again, unless it answers: a deployment that was killed may have stopped it. */
function revive(definition, place) {
    const start = definition.start === '' ? 'false' : slotCommand(definition, place, definition.start);
    return `{ ${awaitHealthy(definition, slotOccasion(definition, place), 0)}\n} >/dev/null 2>&1 || ${start}`;
}
// Whatever goes on answering in an emptied slot would vouch for the new release: a stop command that stops nothing, an app of somebody else's.
function refuseStranger(definition, slot) {
    const port = definition.ports === undefined ? '' : `, port ${definition.ports[slot]}`;
    const refusal = `Something is healthy in slot ${slot} (${listenerText(slotListener(definition, slot))}${port}), which should be empty, so it would pass for the new release. Stop it; if it is the release before, mend the command stop.`;
    const healthy = user_command_awaitHealthy(definition, slotOccasion(definition, { slot, release: undefined }), 0);
    return `is_empty() {\nif ( ${healthy}\n) >/dev/null 2>&1; then echo ${quote(refusal)}; return 1; fi\n}\n${quote_commandLine(['patiently', String(EMPTY_WITHIN / 1_000), 'is_empty'])}`;
}

;// CONCATENATED MODULE: ./build/shared/core/run.js
/** What a ledger keeps of a run with each event. */
function runMembers({ id, attempt, url, actor, commit }) {
    return { run: id, attempt, url, actor, commit };
}

;// CONCATENATED MODULE: ./build/shared/release/assemble.js

/**
 * POSIX sh text that makes the folder `next` from what was sent and what the base already has, and from nothing else.
 * Run again after a kill at any point, or with another packet, it gives the same folder.
 * Ends with RELEASE_DIFFERS, naming the first ten, when files of the base are gone or no longer files.
 */
function assembleRelease({ incoming, base, next, reuse }) {
    return serverScript({ incoming: absolute(incoming), base: base === undefined ? '' : absolute(base), next: absolute(next), reuse }, BODY);
}
// cp takes whole lists, several at once, where it knows GNU's options, which is tried out rather than guessed from its version; else the
// files of one folder at a time, named to cp by their positions. Modes come last: GNU's --parents gives existing folders the base's. Only
// GNU's tar is known to have given files theirs; busybox's applies the umask of an ordinary user.
const BODY = String.raw `
keep=$incoming/keep.list
unpacked=$(tar --version 2> /dev/null | head -n 1)
if [ -d "$incoming/tree" ]; then
  rm -rf -- "$next" || fail "The unfinished release $next could not be cleared away."
  mv -- "$incoming/tree" "$next" || fail "What was sent could not be moved from $incoming/tree to $next."
fi
[ -d "$next" ] || fail "Nothing to assemble: neither $incoming/tree nor $next is there."

copy_all() {
  case $reuse in hard-link) how=--link ;; *) how=--reflink=auto ;; esac
  cat -- "$1" | xargs -0 -r -n 1000 -P 4 cp "$how" --preserve=mode,timestamps --remove-destination --parents -t "$2" --
}
can_copy_all() {
  probe=$incoming/probe
  { rm -rf -- "$probe" && mkdir -p -- "$probe/from/a" "$probe/to" && : > "$probe/from/a/f" && printf './a/f\0' > "$probe/list"; } || return 1
  (cd -- "$probe/from" && copy_all "$probe/list" "$probe/to") 2> /dev/null && [ -f "$probe/to/a/f" ]
}
copy_by_folder() {
  each "$1" sh -c '
    to=$1 reuse=$2 at="" words="" position=0
    shift 2
    take() {
      [ -n "$words" ] || return 0
      case $reuse in hard-link) how="ln -f" ;; *) how="cp -pf" ;; esac
      eval "$how -- $words \"\$to/\$at\"" || exit 255
      words=""
    }
    for path do
      position=$((position + 1))
      if [ "${'$'}{path%/*}" != "$at" ]; then take "$@"; at=${'$'}{path%/*}; fi
      words="$words \"\${$position}\""
    done
    take "$@"' sh "$2" "$reuse"
}

if [ -s "$keep" ]; then
  { [ -n "$base" ] && cd -- "$base"; } || fail "The release $base, whose unchanged files were to be used again, is gone." 65
  gone=$(each "$keep" sh -c 'for path do [ -f "$path" ] && [ ! -L "$path" ] || printf "%s\n" "$path"; done' sh | head -n 10)
  [ -z "$gone" ] || fail "Files of the release $base were removed or replaced since it was deployed, among them:
$gone" 65
  if can_copy_all; then copy_all "$keep" "$next"; else copy_by_folder "$keep" "$next"; fi ||
    fail "Unchanged files could not be taken from $base; see the lines above."
fi

for same in "$incoming"/modes.* "$incoming"/file-modes.*; do
  [ -e "$same" ] || continue
  case $same:$unpacked in */file-modes.*:*GNU*) continue ;; esac
  (cd -- "$next" && each "$same" chmod -- "${'$'}{same##*.}") || fail "The modes of files could not be set in $next."
done
if [ -g "${'$'}{next%/*}" ]; then find "$next" -type d -exec chmod g+s {} + || fail "The group of $next could not be handed down."; fi
`;

;// CONCATENATED MODULE: ./build/shared/release/space.js


const space_BLOCK = 4096; // bytes; what a file, folder or link takes at least on common file systems
const LIST_BYTES = 300; // bytes an entry has in the lists of the packet and of the verification
const MEND = 'Remove old releases or other files there, or lower keep.';
/** What a release will take up on the server until it is assembled. Reflinks may save bytes; they are not counted on. */
function projectedNeed({ send, keep, folders, links }, reuse) {
    const made = reuse === 'copy' ? [send, keep] : [send];
    const entries = send.length + keep.length + folders.length + links.length;
    const inodes = made.reduce((sum, { length }) => sum + length, folders.length + links.length);
    return { bytes: blocksOf(made) + (folders.length + links.length) * space_BLOCK + entries * LIST_BYTES, inodes };
}
function blocksOf(lists) {
    let bytes = 0;
    for (const list of lists)
        for (const { size } of list)
            bytes += Math.ceil(size / space_BLOCK) * space_BLOCK;
    return bytes;
}
/** What of it is still to be taken up once everything that travels has arrived. */
function needAfterArrival(changes, reuse) {
    const { bytes, inodes } = projectedNeed({ ...changes, send: [], folders: [], links: [] }, reuse);
    return { bytes: bytes + (changes.send.length + changes.folders.length + changes.links.length) * LIST_BYTES, inodes };
}
/** What to tell when a disk has less room than is needed; undefined where it has enough, or where that is not known. */
function spaceFault(path, need, free) {
    if (free.bytes !== undefined && free.bytes < need.bytes)
        return `The disk of ${path} is too full: ${(0,size/* formatSize */.X)(need.bytes)} needed, ${(0,size/* formatSize */.X)(free.bytes)} free. ${MEND}`;
    if (free.inodes !== undefined && free.inodes < need.inodes)
        return `The disk of ${path} has too few inodes: ${need.inodes} needed, ${free.inodes} free. ${MEND}`;
    return undefined;
}
/**
 * POSIX sh text that ends non-zero, saying what is needed and what is free, when the file system of `path` (which need not exist yet)
 * has fewer bytes or inodes left. What it cannot find out (inodes on btrfs, a df without -i) it says and lets pass.
 */
function checkSpace(path, bytes, inodes) {
    const kibibytes = Math.ceil(bytes / 1024);
    return serverScript({ path: absolute(path), kibibytes, inodes, needed: (0,size/* formatSize */.X)(bytes) }, space_BODY);
}
// The free column is the word before the one with a percent sign: names of devices and mount points may hold spaces.
const space_BODY = String.raw `
set -f
at=$path
while [ ! -e "$at" ] && [ -n "$at" ]; do at=${'$'}{at%/*}; done
at=${'$'}{at:-/}
free_in() {
  free='' previous=''
  for word in $(df -P "$1" -- "$at" 2> /dev/null | tail -n 1); do
    # Nothing used and nothing free: there is no such count, as with inodes on btrfs.
    case $word:$previous in 0%:0) return 1 ;; [0-9]*%:*) free=$previous; break ;; esac
    previous=$word
  done
  case $free in '' | *[!0-9]*) return 1 ;; esac
}
status=0
if ! free_in -k; then
  printf '%s\n' "Free space on the disk of $path cannot be told; not checked." >&2
elif [ "$free" -lt "$kibibytes" ]; then
  printf '%s\n' "The disk of $path is too full: $needed needed, $((free * 1024 / 1000000)) MB free. Remove old releases or other files there, or lower keep." >&2
  status=1
fi
if ! free_in -i; then
  printf '%s\n' "Free inodes on the disk of $path cannot be told; not checked." >&2
elif [ "$free" -lt "$inodes" ]; then
  printf '%s\n' "The disk of $path has too few inodes: $inodes needed, $free free. Remove folders with many small files there, or lower keep." >&2
  status=1
fi
exit "$status"
`;

;// CONCATENATED MODULE: ./build/shared/release/verify.js

/**
 * POSIX sh text that compares the folder `next` with the list `sums` of its packet: names and kinds of all entries, size, mode and
 * sha256 of every file, target of every link; nothing may be missing or too much. Run it before `linkShared` and `prepare`.
 * Ends with RELEASE_DIFFERS, naming the first ten, when anything differs. Leaves working files beside `sums`.
 */
function verifyRelease({ next, sums }) {
    return serverScript({ next: absolute(next), sums: absolute(sums) }, verify_BODY);
}
// One line an entry, as sumLines() writes it: mode and kind as stat's %f, size, sha256 or link target, path. The columns are made in bulk
// and pasted together. sha256sum escapes odd names (GNU) or breaks the line (busybox): such files are hashed one by one, from stdin.
const verify_BODY = String.raw `
found=$sums.found
as_lines() { tr '\n\000' '\001\n'; }
stop() { fail "The files in $next could not be $1; see the lines above."; }
cd -- "$next" || fail "There is no release in $next."

odd=$(printf '*[\\\\\n\r]*')
find . -type f ! -path "$odd" -print0 > "$found.plain" || stop listed
find . -type f -path "$odd" -print0 > "$found.odd" || stop listed
find . ! -name . -type d -print0 > "$found.folders" || stop listed
find . ! -type f ! -type d -print0 > "$found.links" || stop listed

# Its SHA-256 is three times as quick where coreutils' own makes no use of the processor's instructions.
hash=sha256sum
case $(openssl dgst -sha256 -r /dev/null 2> /dev/null) in e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\ *) hash='openssl dgst -sha256 -r' ;; esac
# shellcheck disable=SC2086 # a command and its options
each "$found.plain" $hash > "$found.sums" || stop read
cut -c 1-64 < "$found.sums" > "$found.plain.sums" || stop read
each "$found.odd" sh -c 'for path do sha256sum < "$path" || exit 255; done' sh > "$found.sums" || stop read
cut -c 1-64 < "$found.sums" > "$found.odd.sums" || stop read
for kind in plain odd; do
  each "$found.$kind" stat -c '%f	%s' > "$found.stat" || stop read
  as_lines < "$found.$kind" > "$found.names" || stop read
  paste "$found.stat" "$found.$kind.sums" "$found.names" || stop read
done > "$found"

as_lines < "$found.folders" | sed 's/^/folder	-	-	/' >> "$found" || stop read
each "$found.links" stat -c '%f	-' > "$found.stat" || stop read
as_lines < "$found.links" > "$found.names" || stop read
if ! each "$found.links" readlink -z -- > "$found.targets" 2> /dev/null; then
  each "$found.links" sh -c 'for path do readlink -n -- "$path" && printf "\0" || exit 255; done' sh > "$found.targets" || stop read
fi
as_lines < "$found.targets" | paste "$found.stat" - "$found.names" >> "$found" || stop read

# No pipe here: a sort that failed on a full disk would look like two equal lists.
sort -o "$found.sorted" -- "$sums" "$found" || stop compared
uniq -u "$found.sorted" > "$found.differing" || stop compared
[ "$(wc -l < "$found.sorted")" -eq "$(($(wc -l < "$sums") + $(wc -l < "$found")))" ] || stop compared
[ -s "$found.differing" ] || exit 0
cut -f 4- < "$found.differing" | sort -u > "$found.names"
fail "$(wc -l < "$found.names" | tr -d ' ') of the files in $next are not as they were released, among them:
$(head -n 10 "$found.names")" 65
`;

;// CONCATENATED MODULE: ./build/shared/release/write-through.js

const TOLERATED = 128 * 1_048_576; // bytes of others that are written along: a fraction of a second, on a disk of today
/**
 * POSIX sh text that returns once the files of the folder `next`, of which `bytes` are new, are on the disk. In one go with the whole file
 * system where next to nothing else waits to be written on this machine; else file by file, because that would stall the database next door.
 * Files that are further names of the base's have been written through with it.
 */
function writeThrough({ next, bytes, reuse }) {
    const [kibibytes, tests] = [Math.ceil((bytes + TOLERATED) / 1_024), reuse === 'hard-link' ? '-links 1' : ''];
    return serverScript({ next: absolute(next), kibibytes, tests }, write_through_BODY);
}
// Many at once share the file system's commits.
const write_through_BODY = String.raw `
cd -- "$next" || fail "There is no release in $next."
waiting=$(sed -n 's/^Dirty: *\([0-9]*\) kB$/\1/p' /proc/meminfo)
if [ "${'$'}{waiting:-$((kibibytes + 1))}" -le "$kibibytes" ] && sync -f . 2> /dev/null; then exit 0; fi
# shellcheck disable=SC2086 # no word, or two
find . -type f $tests -print0 | xargs -0 -r -n 100 -P 16 sync -d 2> /dev/null || find . -type f $tests -exec sync {} + ||
  fail "The files in $next could not be written through to the disk."
`;

;// CONCATENATED MODULE: ./build/shared/traffic/publish.js




const MOMENT = 15_000;
const publish_COMMAND_LIMIT = 120_000;
/** The steps that rename `current`, restart the service and wait until it is healthy. */
function publishSteps({ definition, release, previous, run, purpose }) {
    const { health } = definition;
    const who = members({ ...runMembers(run), release, by: purpose });
    const undone = members({ ...runMembers(run), release, undone: previous });
    return [
        { name: 'check-current', title: 'Checking that current is a link', phase: 'before', timeout: MOMENT, script: quote_commandLine(['expect_link', currentLink(definition)]) },
        { name: 'publish', title: `Publishing ${release}`, phase: 'act', timeout: MOMENT, script: quote_commandLine(['point', currentLink(definition), `releases/${release}`]) },
        { name: 'restart', title: 'Restarting the service', phase: 'verify', timeout: publish_COMMAND_LIMIT, script: restart(definition, release) },
        {
            name: 'await-health', title: 'Waiting until the service is healthy', phase: 'verify', timeout: health.timeout + MOMENT,
            script: user_command_awaitHealthy(definition, occasion(definition, release), health.timeout),
        },
        {
            name: 'record', title: 'Recording the release as verified', phase: 'after', timeout: MOMENT,
            script: [...(purpose === 'rollback' ? [quote_commandLine(['record', 'rollback', undone])] : []), quote_commandLine(['record', 'confirm', who])].join('\n'),
        },
    ];
}
/** Sh text that publishes the previous release again. */
function publishBack({ definition, release, previous, run }) {
    const record = quote_commandLine(['record', 'back', members({ ...runMembers(run), undone: release, release: previous })]);
    if (previous === undefined)
        return `rm -f ${quote(currentLink(definition))}\n${record}`;
    return [
        quote_commandLine(['point', currentLink(definition), `releases/${previous}`]),
        record,
        restart(definition, previous),
        user_command_awaitHealthy(definition, occasion(definition, previous), definition.health.timeout),
    ].join('\n');
}
function restart(definition, release) {
    return definition.restart === '' ? ':' : userCommand(definition, occasion(definition, release), definition.restart);
}
function occasion(definition, release) {
    return { folder: currentLink(definition), release };
}
function currentLink({ path }) {
    return `${path}/current`;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/deploy-plan.js














const deploy_plan_MOMENT = 30_000;
const DISK_WORK = 1_800_000;
const deploy_plan_LOCK_WAIT = 1_800_000;
// What a plan takes up beside its release: script, journal, output, and the room it keeps for its own way back.
const PLAN_BYTES = 262_144;
const PLAN_INODES = 32;
/** Plans a deployment: the release is built, prepared and started aside; in mode `in-place` it is then published. */
function planDeployment(deployment) {
    const { definition, state, release, run } = deployment;
    const slot = definition.mode === 'slots' ? idleSlot(state) : undefined;
    const publication = { definition, release, previous: liveRelease(state), run, purpose: 'deploy' };
    const id = newPlanId(new Date());
    const starting = slot === undefined ? publishSteps(publication) : [...startInSlot(definition, { slot, release }), recordPrepared(deployment, slot)];
    const plan = {
        id, state: state.folder, generation: deployment.generation, confirmWithin: 0, lockWait: deploy_plan_LOCK_WAIT, environment: {},
        steps: [...building(deployment, id), ...starting, tidyUp(deployment)],
        clear: clearAway(deployment, slot),
        back: slot === undefined ? publishBack(publication) : ':',
        ...(slot !== undefined && { functions: routerFunctions(definition) }),
    };
    return { plan, slot };
}
/** What to tell when the server's disk has no room for what is to be sent and made there; undefined when it has. */
function roomFault({ definition, state, reuse, changes }) {
    const { bytes, inodes } = projectedNeed(changes, reuse);
    const need = { bytes: bytes + PLAN_BYTES, inodes: inodes + PLAN_INODES };
    return spaceFault(definition.path, need, { ...(state.freeBytes !== undefined && { bytes: state.freeBytes }), ...(state.freeInodes !== undefined && { inodes: state.freeInodes }) });
}
function building(deployment, id) {
    const { definition, state, release, reuse, shared, changes, prepare } = deployment;
    const [folder, next] = [`${definition.path}/releases/${release}`, `${definition.path}/releases/.next`];
    const incoming = `${state.folder}/plans/${id}/incoming`;
    const need = needAfterArrival(changes, reuse);
    const base = changes.keep.length === 0 ? undefined : `${definition.path}/releases/${liveRelease(state)}`;
    const before = (name, title, timeout, script) => ({ name, title, phase: 'before', timeout, script });
    return [
        before('check-space', 'Checking disk space', deploy_plan_MOMENT, checkSpace(definition.path, need.bytes, need.inodes)),
        before('assemble', `Assembling ${release}`, DISK_WORK, assembleRelease({ incoming, base, next, reuse })),
        before('verify', 'Verifying every file', DISK_WORK, sideBySide(verifyRelease({ next, sums: `${incoming}/sums` }), writeThrough({ next, bytes: projectedNeed(changes, reuse).bytes, reuse }))),
        ...(shared.length === 0 ? [] : [before('link-shared', 'Linking shared paths', DISK_WORK, linkShared({ release: next, shared: `${definition.path}/shared`, paths: shared }))]),
        before('place', `Placing ${release}`, deploy_plan_MOMENT, `${PLACE}\n${quote_commandLine(['place', next, folder, release])}`),
        // A job that is run again finds its release live: users are served from the folder in which the command would run.
        ...(prepare === undefined || liveRelease(state) === release ? [] : [before('prepare', 'Preparing the release', deployment.prepareTimeout, userCommand(definition, { folder, release }, prepare, false))]),
    ];
}
function recordPrepared({ definition, release, run }, slot) {
    const who = members({ ...runMembers(run), release, slot });
    return {
        name: 'record', title: `Recording ${release} as prepared in slot ${slot} of ${definition.service}`, phase: 'after', timeout: deploy_plan_MOMENT,
        script: quote_commandLine(['record', 'release', who]),
    };
}
// What users reach, what waits beside it, and the newest verified releases stay; failed and old ones go.
function tidyUp({ definition, state, release }) {
    const verified = verifiedReleases(state.events).slice(-definition.keep);
    const kept = new Set([release, ...verified, liveRelease(state), ...Object.values(state.slots), state.current]);
    const gone = state.releases.filter((each) => !kept.has(each));
    return {
        name: 'tidy-up', title: 'Keeping what is needed', phase: 'after', timeout: DISK_WORK,
        script: [
            'rm -rf "$HERE/incoming"',
            'cp "$HERE/definition" "$STATE/definition.new"',
            'durable "$STATE/definition.new"',
            'mv "$STATE/definition.new" "$STATE/definition"',
            'durable "$STATE"',
            ...gone.map((each) => quote_commandLine(['discard', `${definition.path}/releases/${each}`, `${state.folder}/releases/${each}`])),
        ].join('\n'),
    };
}
function clearAway({ definition, release }, slot) {
    const link = `${definition.path}/slots/${slot}`;
    const folder = `${definition.path}/releases/${release}`;
    // Only what this plan started: a standby of the same name stays warm.
    const stopStarted = slot === undefined ? [] : [`if noted 'begin start' && [ "$(readlink ${quote(link)})" = ${quote(`../releases/${release}`)} ]; then\n${emptySlot(definition, { slot, release })}\nfi`];
    return [
        ...stopStarted,
        'rm -rf "$HERE/incoming"',
        quote_commandLine(['discard', `${definition.path}/releases/.next`]),
        `[ ! -e "$HERE/placed" ] || ${quote_commandLine(['discard', folder])} "$STATE"/releases/${quote(release)}`,
    ].join('\n');
}
// One waits for the processor, the other for the disk. What the first finds is said first.
function sideBySide(first, second) {
    return `{\n${second}} &\nsecond=$! code=0\n{\n${first}} || code=$?\nwait "$second" || exit $((code > 0 ? code : 1))\nexit "$code"`;
}
// A release of that name that is there already is used again if it was made of the same files, and refused if not.
const PLACE = String.raw `place() {
  mkdir -p "$STATE/releases"
  if [ -e "$STATE/releases/$3/manifest" ] && [ -d "$2" ]; then
    cmp -s "$HERE/manifest" "$STATE/releases/$3/manifest" || [ -e "$HERE/placed" ] || {
      echo "There is a release $3 already, made of other files. Give this one another name." >&2; return 1; }
    discard "$1"
  else
    : >"$HERE/placed"
    discard "$2" "$STATE/releases/$3"
    mkdir "$STATE/releases/$3"
    cp "$HERE/manifest" "$HERE/definition" "$STATE/releases/$3/"
    mv "$1" "$2"
    durable "${'$'}{2%/*}"
  fi
}`;

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/deploy.js





















/** Puts a release on the server beside the old one and waits until it is healthy; in mode `in-place`, publishes it. */
async function deploy(inputs, job, server, reading) {
    const began = performance.now();
    const deployment = await decide(inputs, job, server, reading);
    const decided = planDeployment(deployment);
    job.log.info(`${deployment.release}: ${sentLine(deployment)} of ${deployment.tree.files.length} to send.`);
    if (inputs.dryRun)
        return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(describePlan(decided.plan)));
    const fault = roomFault(deployment);
    if (fault !== undefined)
        throw new errors/* UserError */.y(`${fault} Nothing was sent.`);
    const done = await send(server, deployment, decided, inputs.source, { log: job.log, signal: job.signal, service: inputs.service });
    report(job, done, decided.slot, performance.now() - began);
}
/** What is to be released: all of the source that is not excluded, and the paths that are shared instead. @throws {UserError} when it cannot be. */
async function readSource(inputs) {
    const shared = (0,shared_paths/* parseSharedPaths */.j)(inputs.shared);
    const more = inputs.excludeFile === undefined ? [] : await (0,exclude/* readExcludeFile */.l)(inputs.excludeFile);
    return { tree: await scanTree(inputs.source, (0,exclude/* excluding */.u)([...inputs.exclude, ...more]), shared), shared };
}
async function decide(inputs, job, server, reading) {
    const definition = definitionFrom(inputs);
    const { tree, shared } = await job.log.group(`Reading ${inputs.source}`, () => reading);
    const claim = inputs.dryRun ? '' : claimMembers(job.run, 'deploy');
    const runtimeDir = definition.mode === 'slots' ? definition.runtimeDir : '';
    let base = manifestReader();
    const beginBase = () => (base = manifestReader()).read;
    const taken = await readState(server, { ...definition, runtimeDir }, claim, beginBase);
    const generation = taken.claimed ?? 0;
    const isHealed = !inputs.dryRun && (await heal(server, taken, generation, { ...job, service: inputs.service }));
    const state = isHealed ? await readState(server, definition, '', beginBase) : taken;
    return {
        definition, state, generation, run: job.run, tree, shared, changes: delta(tree, base.tree()), reuse: inputs.reuse,
        release: inputs.release ?? (0,release_id/* defaultReleaseId */.s)(new Date(), job.run.commit), prepare: inputs.prepare, prepareTimeout: inputs.prepareTimeout,
    };
}
// Files of the last release may have been changed on the server since; then everything is sent, once.
async function send(server, deployment, decided, source, follow) {
    try {
        await carry_out_carryOut(server, decided.plan, () => packetFiles(deployment, source, follow.log), follow);
        return deployment;
    }
    catch (error) {
        const isBaseSpoilt = error instanceof PlanFailed && error.outcome.exitCode === RELEASE_DIFFERS && deployment.changes.keep.length > 0;
        if (!isBaseSpoilt)
            throw error;
        follow.log.info('Files of the last release were changed on the server, so all files are sent.');
        const whole = { ...deployment, changes: delta(deployment.tree, undefined) };
        return send(server, whole, planDeployment(whole), source, follow);
    }
}
function* packetFiles({ definition, tree, shared, changes }, source, log) {
    yield { kind: 'text', path: 'definition', mode: 0o600, text: JSON.stringify(definition) };
    const recorded = withoutShared(tree, shared);
    yield { kind: 'lines', path: 'manifest', mode: 0o600, lines: () => manifestLines(recorded) };
    yield* incomingEntries(source, tree, changes, uploadProgress({ files: changes.send.length, bytes: changes.bytesToSend }, log.info));
}
function report(job, deployment, slot, took) {
    const { release, definition, state, generation, changes } = deployment;
    const before = liveRelease(state);
    job.output({
        release, 'previous-release': before ?? '', slot: slot ?? '', 'slot-url': slot === undefined ? '' : slotUrl(definition, slot),
        'files-changed': changes.send.length, 'bytes-sent': changes.bytesToSend, duration: (took / 1_000).toFixed(1), generation,
    });
    const place = slot === undefined ? 'is live and healthy' : `runs in slot ${slot}, healthy`;
    const next = slot === undefined ? '' : ` Users still reach ${before ?? 'what they did before'}; blue-green-switch moves them.`;
    job.log.info(`${release} ${place} (${(0,duration/* formatDuration */.a)(took)}).${next}`);
    job.summarise({
        heading: `${definition.service}: ${release} deployed`,
        table: {
            columns: ['', ''],
            rows: [
                ['Environment', definition.environment],
                ['Slot', slot ?? 'none (in place)'],
                ['Release before', before ?? 'none'],
                ['Sent', sentLine(deployment)],
                ['Took', (0,duration/* formatDuration */.a)(took)],
                ['Generation', String(generation)],
            ],
        },
    });
}
function sentLine({ changes }) {
    const { length } = changes.send;
    return `${length} ${length === 1 ? 'file' : 'files'} (${(0,size/* formatSize */.X)(changes.bytesToSend)})`;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/status-text.js
/** The status as a block of text for the log. */
function statusText(status) {
    const { candidates, unfinished, events, time } = status;
    return [
        `${status.service} (${status.environment}) on ${status.server}, ${moment(time)}`,
        headline(status),
        ...status.slots.map((slot) => `  slot ${slot.slot.padEnd(5)}  ${slotText(slot, status)}`),
        `  kept for a rollback: ${candidates.join(', ') || 'no other release'}`,
        ...shareText(status),
        ...unconfirmedText(status),
        ...unfinished.map((plan) => `  ! ${unfinishedText(plan, time)}`),
        ...(events.length === 0 ? [] : ['Last events:', ...events.map((event) => `  ${eventText(event, time)}`)]),
    ].join('\n');
}
/** The same for the job summary, with links to the runs. */
function statusSection(status) {
    const { events, time, slots, candidates } = status;
    return {
        heading: `${status.service} (${status.environment}) on ${status.server}`,
        paragraphs: [
            headline(status),
            ...slots.map((slot) => `Slot ${slot.slot}: ${slotText(slot, status)}`),
            `Kept for a rollback: ${candidates.join(', ') || 'no other release'}`,
            ...[...shareText(status), ...unconfirmedText(status)].map((line) => line.trim()),
            ...status.unfinished.map((plan) => unfinishedText(plan, time)),
        ],
        ...(events.length === 0 ? {} : { table: { columns: ['When', 'Event', 'Release', 'Slot', 'Generation', 'By', 'Run'], rows: events.map((event) => eventRow(event, time)) } }),
    };
}
/** How long before `now` a time was, both ISO 8601: `12 min ago`. */
function ago(time, now) {
    const seconds = Math.round((Date.parse(now) - Date.parse(time)) / 1_000);
    if (Number.isNaN(seconds))
        return 'at an unknown time';
    if (seconds < 0)
        return `in ${span(-seconds)}`;
    return `${span(seconds)} ago`;
}
function span(seconds) {
    if (seconds < 60)
        return `${seconds} s`;
    if (seconds < 3_600)
        return `${Math.floor(seconds / 60)} min`;
    return seconds < 2 * 86_400 ? `${Math.floor(seconds / 3_600)} h` : `${Math.floor(seconds / 86_400)} days`;
}
function headline({ live, maintenance, mode, generation, time, path }) {
    if (mode === 'none')
        return 'No deployment has come to its end yet.';
    if (maintenance !== undefined)
        return `Closed for maintenance${sinceText(maintenance.since, time)}: users get status 503 until operation: maintenance-off of blue-green-switch. Generation ${generation}, in ${path}.`;
    const where = live?.slot === undefined ? 'in place' : `in slot ${live.slot}`;
    const what = live === undefined ? 'Users reach no release yet' : `Users reach ${live.release} ${where}${sinceText(live.since, time)}`;
    return `${what}. Generation ${generation}, in ${path}.`;
}
function slotText({ role, release, since, until }, { time: now, maintenance, share }) {
    switch (role) {
        case 'empty': return 'empty';
        case 'share': return `${release}: gets ${share?.percent} % of the requests${sinceText(since, now)}`;
        case 'live': return `${release}: ${maintenance === undefined ? `live${sinceText(since, now)}` : 'behind the maintenance page'}`;
        case 'prepared': return `${release}: prepared, waits for its switch${sinceText(since, now)}`;
        case 'failed': return `${release}: taken back${sinceText(since, now).replace(' since', '')}`;
        case 'standby': return `${release}: on standby${sinceText(since, now)}${until === undefined ? '' : `, until ${dated(until, now)}`}`;
    }
}
function shareText({ share }) {
    return share === undefined ? [] : [`  ! ${share.release} has a share of the traffic, which is no state to stay in: without a further step it goes back`];
}
function unconfirmedText({ unconfirmed, time }) {
    if (unconfirmed === undefined)
        return [];
    const { slot, back, since } = unconfirmed;
    return [`  ! the switch to slot ${slot}${sinceText(since, time).replace(' since', ' of')} is not confirmed: a boot leads ${back === undefined ? 'nowhere' : `back to slot ${back}`}`];
}
function sinceText({ time, actor, run, url }, now) {
    if (time === undefined)
        return '';
    const by = [actor === undefined ? '' : ` by ${actor}`, run === undefined ? '' : `, run ${run}`, url === undefined ? '' : ` ${url}`].join('');
    return ` since ${dated(time, now)}${by}`;
}
function dated(time, now) {
    return `${moment(time)} (${ago(time, now)})`;
}
function moment(time) {
    return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}
function eventText(event, now) {
    const { release, slot, undone, percent, actor, run } = event;
    const what = [event.event, percent === undefined ? undefined : `${percent} % to`, release, slot === undefined ? undefined : `in ${slot}`, undone === undefined ? undefined : `instead of ${undone}`];
    const by = [actor === undefined ? undefined : `by ${actor}`, run === undefined ? undefined : `run ${run}`];
    return [`${dated(event.time, now)}  `, ...what, ...by].filter((part) => part !== undefined).join(' ');
}
function eventRow(event, now) {
    const { release = '', slot = '', undone, actor = '', run = '', url = '', generation } = event;
    const link = url === '' ? run : { text: run || url, href: url };
    return [dated(event.time, now), event.event, undone === undefined ? release : `${release} instead of ${undone}`, slot, String(generation), actor, link];
}
function unfinishedText({ plan, last }, now) {
    const what = last.endsWith(' verified') ? 'waits to be confirmed' : 'has not ended: it is running, or the next deployment or rollback heals it';
    return `plan ${plan} ${what} (${lastWords(last, now)})`;
}
// A line of the journal: seconds since 1970, then words.
function lastWords(last, now) {
    const [, seconds, words] = /^(\d+) (.*)$/.exec(last) ?? [];
    return seconds === undefined ? last : `${words} ${ago(new Date(Number(seconds) * 1_000).toISOString(), now)}`;
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/service-status.js


const EVENTS_SHOWN = 10;
/** What runs where, by what the server knows. */
function statusOf(where, state) {
    const { definition, events, live, confirmed } = state;
    const release = liveRelease(state);
    const share = shareOut(state);
    const mode = definition?.mode ?? 'none';
    return {
        ...where, mode,
        path: definition?.path ?? '',
        time: new Date(state.clock * 1_000).toISOString(),
        generation: latestClaim(events)?.generation ?? 0,
        ...(release === undefined ? {} : { live: { release, ...(live === undefined ? {} : { slot: live }), since: liveSince(events, release, live) } }),
        slots: mode === 'in-place' ? [] : ['blue', 'green'].map((slot) => slotStatus(state, slot)),
        ...(share === undefined ? {} : { share }),
        ...(state.closed === undefined ? {} : { maintenance: { since: told(state.closed) } }),
        ...(live === undefined || live === confirmed ? {} : { unconfirmed: { slot: live, ...(confirmed === undefined ? {} : { back: confirmed }), since: liveSince(events, release, live) } }),
        candidates: verifiedReleases(events).filter((each) => each !== release && state.releases.includes(each)).toReversed(),
        unfinished: state.unfinished,
        events: events.slice(-EVENTS_SHOWN).toReversed(),
    };
}
function slotStatus(state, slot) {
    const { events, live, confirmed } = state;
    const release = state.slots[slot];
    if (release === undefined)
        return { slot, role: 'empty', since: {} };
    if (slot === live)
        return { slot, role: 'live', release, since: liveSince(events, release, live) };
    const share = shareOut(state);
    if (slot === share?.slot)
        return { slot, role: 'share', release, since: share.since };
    if (slot === confirmed)
        return { slot, role: 'standby', release, since: liveSince(events, liveRelease(state), live) };
    const prepared = events.findLastIndex(({ event, ...of }) => event === 'release' && of.release === release && of.slot === slot);
    const confirmation = events.findLastIndex(({ event, slot: to }) => event === 'confirm' && to === live);
    // What was put into the slot after the last confirmation waits for its switch.
    if (state.standby !== undefined && confirmation > prepared)
        return { slot, role: 'standby', release, since: told(events[confirmation]), ...standbyEnd(events[confirmation]) };
    const undone = events.findLastIndex((event) => event.undone === release);
    return { slot, release, ...(undone > prepared ? { role: 'failed', since: told(events[undone]) } : { role: 'prepared', since: told(events[prepared]) }) };
}
// A share is out only as long as its plan has not ended.
function shareOut({ events, unfinished }) {
    const last = lastMove(events);
    if (last?.event !== 'share' || unfinished.length === 0)
        return undefined;
    const { release = '', slot = '', percent = 0 } = last;
    return { release, slot, percent, since: told(last) };
}
function liveSince(events, release, slot) {
    const moves = slot === undefined ? ['confirm', 'back'] : ['switch', 'rollback', 'back', 'open'];
    return told(events.findLast((event) => moves.includes(event.event) && event.release === release && (slot === undefined || event.slot === slot)));
}
function told(event) {
    if (event === undefined)
        return {};
    const { time, actor, run, url } = event;
    return { time, ...(actor && { actor }), ...(run && { run }), ...(url && { url }) };
}
// The confirmation that put a slot on standby notes for how many seconds.
function standbyEnd(confirmation) {
    if (confirmation?.standby === undefined)
        return {};
    return { until: new Date(Date.parse(confirmation.time) + confirmation.standby * 1_000).toISOString() };
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/status.js



/** Tells what runs where: in the log, the job summary and the output `status`. Changes nothing. */
async function showStatus(inputs, job, server) {
    const { service, environment, path } = inputs;
    const state = await readState(server, { service, environment, ...(path === undefined ? {} : { path }) });
    const status = statusOf({ service, environment, server: server.label }, state);
    job.output({ status });
    job.log.info(statusText(status));
    job.summarise(statusSection(status));
}

;// CONCATENATED MODULE: ./build/actions/ssh-deploy/src/ssh-deploy.js
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





/** Deploys, or looks at the server, as `operation` says. */
async function sshDeploy(inputs, job) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        // The source is read while the server is being called: that costs no time of its own.
        const reading = inputs.operation === 'deploy' ? readSource(inputs) : undefined;
        reading?.catch(() => { }); // told once the server has answered, or not at all when that is what failed
        const server = __addDisposableResource(env_1, await openServer((0,connection_inputs/* sshTarget */.ov)(inputs), job.log, job.signal), true);
        switch (inputs.operation) {
            case 'check': return await checkServer(inputs, job, server);
            case 'status': return await showStatus(inputs, job, server);
            default: return await deploy(inputs, job, server, reading ?? readSource(inputs));
        }
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


/***/ }),

/***/ 9809:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   c: () => (/* binding */ Cancelled)
/* harmony export */ });
/** Why a signal was aborted when somebody cancelled the run: neither a user's fault nor a bug. */
class Cancelled extends Error {
    name = 'Cancelled';
    by;
    constructor(by) {
        super(`The run was cancelled (${by}).`);
        this.by = by;
    }
}


/***/ }),

/***/ 2520:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ parseDuration),
/* harmony export */   a: () => (/* binding */ formatDuration)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/**
 * Milliseconds in a duration such as `500ms`, `90s`, `5m`, `1h30m` or `2d`.
 * @throws {UserError} when a unit is missing or unknown, naming the accepted form.
 */
function parseDuration(text) {
    const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
    const isWhole = parts.length > 0 && parts.map(([part]) => part).join('') === text.trim();
    if (!isWhole)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('a duration carries its unit: 500ms, 90s, 5m, 1h30m or 2d');
    return Math.round(parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNIT_MS[unit], 0));
}
/** A number of milliseconds as people say it, to two units at most: `840ms`, `2.4s`, `1m 30s`, `2h 5m`. */
function formatDuration(ms) {
    if (ms < 1_000)
        return `${Math.round(ms)}ms`;
    if (ms < 10_000)
        return `${(ms / 1_000).toFixed(1).replace(/\.0$/, '')}s`;
    const seconds = Math.round(ms / 1_000);
    if (seconds < 60)
        return `${seconds}s`;
    if (seconds < 3_600)
        return twoUnits(Math.floor(seconds / 60), 'm', seconds % 60, 's');
    const minutes = Math.round(seconds / 60);
    if (minutes < 1_440)
        return twoUnits(Math.floor(minutes / 60), 'h', minutes % 60, 'm');
    const hours = Math.round(minutes / 60);
    return twoUnits(Math.floor(hours / 24), 'd', hours % 24, 'h');
}
function twoUnits(large, largeUnit, small, smallUnit) {
    return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
}


/***/ }),

/***/ 9115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ messageOf),
/* harmony export */   y: () => (/* binding */ UserError)
/* harmony export */ });
/**
 * A fault the user can mend: shown as its message alone, without a stack.
 * The message says what happened, to what, why, and what to do. Any other error is a bug of ours and keeps its stack.
 */
class UserError extends Error {
    name = 'UserError';
}
/** What any thrown value has to say for itself, as text. */
function messageOf(error) {
    return error instanceof Error ? error.message : String(error);
}


/***/ }),

/***/ 1544:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   S: () => (/* binding */ likelyMeant),
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** The candidate that needs the fewest edits to become the word, `_` and `-` counting as one; undefined without candidates. */
function nearest(word, candidates) {
    return ranked(word, candidates)[0]?.candidate;
}
/** The candidate that the word is probably a slip of: at most a third of its letters, and two at least, would have to change. */
function likelyMeant(word, candidates) {
    const [best] = ranked(word, candidates);
    return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}
function ranked(word, candidates) {
    const wanted = word.replaceAll('_', '-').slice(0, 100);
    return candidates.map((candidate) => ({ candidate, edits: editsBetween(wanted, candidate) })).sort((one, other) => one.edits - other.edits);
}
function editsBetween(one, other) {
    let row = Array.from({ length: other.length + 1 }, (_, column) => column);
    for (const [index, letter] of [...one].entries()) {
        const next = [index + 1];
        for (const [column, candidate] of [...other].entries()) {
            const substituted = row[column] + (letter === candidate ? 0 : 1);
            next.push(Math.min(substituted, row[column + 1] + 1, next[column] + 1));
        }
        row = next;
    }
    return row.at(-1);
}


/***/ }),

/***/ 4326:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  z: () => (/* binding */ Secret)
});

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");
;// CONCATENATED MODULE: ./build/shared/core/secret.js

/** A value that prints as `[redacted]` wherever it is logged, stringified or serialised; only `reveal()` gives it out. */
class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** The value itself, for the one place that needs it. */
    reveal() {
        return this.#value;
    }
    toString() {
        return '[redacted]';
    }
    toJSON() {
        return '[redacted]';
    }
    [external_node_util_namespaceObject.inspect.custom]() {
        return '[redacted]';
    }
}


/***/ }),

/***/ 4153:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ parseSize),
/* harmony export */   X: () => (/* binding */ formatSize)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

const UNIT_BYTES = {
    B: 1, kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40,
};
/**
 * Bytes in a size such as `512B`, `64KiB`, `1.5GB` or `2GiB`.
 * @throws {UserError} when the unit is missing or unknown, naming the accepted form.
 */
function parseSize(text) {
    const [, amount, unit] = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim()) ?? [];
    const bytes = UNIT_BYTES[unit ?? ''];
    if (bytes === undefined)
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y('a size carries its unit: 512B, 64KiB, 100MB or 2GiB');
    return Math.round(Number(amount) * bytes);
}
/** A number of bytes as people say it: `0 B`, `4.2 MB`, `1.5 GB`. */
function formatSize(bytes) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
    const amount = bytes / 1_000 ** power;
    return `${power === 0 || amount >= 100 ? Math.round(amount) : amount.toFixed(1).replace(/\.0$/, '')} ${units[power]}`;
}


/***/ }),

/***/ 3912:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ readExcludeFile),
/* harmony export */   u: () => (/* binding */ excluding)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1455);
/* harmony import */ var ignore__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(298);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);



const LONGEST_PATTERN = 1_000; // characters; a far longer one becomes a regular expression too large to run
/**
 * Exclusion by patterns as in a `.gitignore` file: `*.log`, `/build/`, `!keep.log`; later lines win, names are case-sensitive.
 * `.git` is always left out, at any depth.
 * @throws {UserError} on a pattern that cannot be understood.
 */
function excluding(patterns) {
    const tooLong = patterns.find((pattern) => pattern.length > LONGEST_PATTERN);
    if (tooLong !== undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`The exclude pattern beginning with ${JSON.stringify(tooLong.slice(0, 40))} has ${tooLong.length} characters; accepted are ${LONGEST_PATTERN} at most.`);
    const rules = ignore__WEBPACK_IMPORTED_MODULE_1__({ ignorecase: false });
    try {
        rules.add(patterns);
    }
    catch (error) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`The exclude patterns cannot be understood: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .b)(error)}`);
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
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`The exclude file ${path} cannot be read: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .b)(error)}. Give the path of a file in the checkout, or leave the input out.`);
    }
}


/***/ }),

/***/ 7217:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ checkReleaseId),
/* harmony export */   s: () => (/* binding */ defaultReleaseId)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

const MAX_LENGTH = 100;
const SHORT_COMMIT = 7;
/** The id a release gets when none is given: `YYYYMMDD-HHMMSS-<short commit>`, in UTC. */
function defaultReleaseId(time, commit) {
    const [day, clock] = time.toISOString().slice(0, 19).split('T');
    return [day.replaceAll('-', ''), clock.replaceAll(':', ''), commit.slice(0, SHORT_COMMIT)].filter((part) => part !== '').join('-');
}
/**
 * The given release id, which becomes a folder's name on the server.
 * @throws {UserError} unless it is at most 100 letters, digits, dots, dashes, underscores and pluses, begins with none of `.` and `-`, and holds no `..`.
 */
function checkReleaseId(id) {
    const isName = /^[A-Za-z0-9_+][A-Za-z0-9._+-]*$/.test(id) && !id.includes('..') && id.length <= MAX_LENGTH;
    if (isName)
        return id;
    const shown = id.length > MAX_LENGTH ? `${JSON.stringify(id.slice(0, 40))}… (${id.length} characters)` : JSON.stringify(id);
    throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(`${shown} cannot be a release id. Use letters, digits, dots, dashes, underscores and pluses, at most ${MAX_LENGTH}, without a dot or dash at the beginning and without "..", such as 20261121-140500-1a2b3c4 or v1.4.0.`);
}


/***/ }),

/***/ 5776:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ parseSharedPaths),
/* harmony export */   y: () => (/* binding */ isShared)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

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
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(`shared lists ${path} twice. Keep one of them.`);
        if (other !== undefined)
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(`shared lists ${path}, which is inside of ${other.path} already. Keep ${other.path} alone, or list what is inside of it one by one.`);
    }
    return paths;
}
/** Whether a path of the release is a shared path or below one. */
function isShared(path, shared) {
    return shared.some((entry) => path === entry.path || path.startsWith(`${entry.path}/`));
}
function parseSharedPath(line) {
    const refuse = (reason) => new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(`shared lists ${shortened(line)}, which ${reason}. Give paths inside of the release, such as storage/ (a folder) or .env (a file).`);
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


/***/ }),

/***/ 8781:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ defineAction),
/* harmony export */   x: () => (/* binding */ camelCase)
/* harmony export */ });
/** Declares an action; the returned object carries the types of its inputs and outputs. */
function defineAction(action) {
    return action;
}
/** `ssh-key` -> `sshKey`. */
function camelCase(name) {
    return name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}


/***/ }),

/***/ 2405:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   I1: () => (/* binding */ connectionFields),
/* harmony export */   gf: () => (/* binding */ connectionMistakes),
/* harmony export */   ov: () => (/* binding */ sshTarget)
/* harmony export */ });
/* unused harmony export optionalConnectionFields */
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _fields_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5642);



const CONNECT_RETRIES = 3;
const HOST = 'a host name or an IP address';
const JUMP = 'user@host:port, of which user and port may be left out';
const NAME = 'letters, digits, dots, hyphens and underscores, beginning with a letter or digit, 63 at most';
/** How to reach the server, and which service there is meant: the same in every action, and each may come from `env:` once per job. */
const connectionFields = {
    host: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Host name or IP address of the server.',
        required: true, env: 'DEPLOY_HOST', example: 'web1.example.com', accepts: HOST,
        check: (host) => (isHost(host) ? undefined : `accepted is ${HOST}`),
    }),
    port: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .integer */ .nd)({ description: 'Port on which the server\'s SSH daemon listens.', default: '22', env: 'DEPLOY_PORT', min: 1, max: 65_535 }),
    user: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'User to log in as. It needs no root rights unless the service itself does.',
        required: true, env: 'DEPLOY_USER', example: 'deploy', check: checkUser,
    }),
    'ssh-key': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({
        description: 'Private key of that user, the whole file: OpenSSH, PEM or PKCS8; Ed25519, ECDSA or RSA. Without it, the ssh-agent behind `SSH_AUTH_SOCK` is asked.',
        env: 'DEPLOY_SSH_KEY', example: '${{ secrets.DEPLOY_SSH_KEY }}',
    }),
    'ssh-passphrase': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ description: 'Passphrase of `ssh-key`, if it has one.', env: 'DEPLOY_SSH_PASSPHRASE' }),
    'known-hosts': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Lines of a known_hosts file that name the server\'s host key, as `ssh-keyscan` prints them (hashed names and `[host]:port` work). A server whose key is neither here nor in `host-fingerprint` is refused, and the line to add is shown.',
        multiline: true, env: 'DEPLOY_KNOWN_HOSTS',
    }),
    'host-fingerprint': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)({
        description: 'SHA256 fingerprints of accepted host keys, instead of or beside `known-hosts`; `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the server prints one.',
        env: 'DEPLOY_HOST_FINGERPRINT', example: 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', check: checkFingerprints,
    }),
    'jump-host': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Host to go through when the server cannot be reached directly: `user@host:port`. User and port default to `user` and 22.',
        env: 'DEPLOY_JUMP_HOST', example: 'deploy@bastion.example.com', accepts: JUMP,
        check: (jump) => (parseJumpHost(jump) ? undefined : `accepted is ${JUMP}`),
    }),
    'jump-ssh-key': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ description: 'Private key for the jump host. Without it, `ssh-key` (or the agent) serves there too.', env: 'DEPLOY_JUMP_SSH_KEY' }),
    'jump-ssh-passphrase': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .secret */ .rJ)({ description: 'Passphrase of `jump-ssh-key`, if it has one.', env: 'DEPLOY_JUMP_SSH_PASSPHRASE' }),
    'jump-known-hosts': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Known-hosts lines of the jump host. They may as well stand in `known-hosts`.', multiline: true, env: 'DEPLOY_JUMP_KNOWN_HOSTS',
    }),
    'jump-host-fingerprint': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .lines */ .Mn)({
        description: 'SHA256 fingerprints of accepted host keys of the jump host.', env: 'DEPLOY_JUMP_HOST_FINGERPRINT', check: checkFingerprints,
    }),
    'connect-timeout': (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .duration */ .p0)({
        description: 'How long one attempt to connect may take. Attempts that failed before the login are repeated up to three times.',
        default: '20s', env: 'DEPLOY_CONNECT_TIMEOUT', min: '1s', max: '10m',
    }),
    service: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Name of the service on the server: one service has one ledger, one lock, and one release that is live.',
        required: true, env: 'DEPLOY_SERVICE', example: 'shop', check: checkName,
    }),
    environment: (0,_fields_js__WEBPACK_IMPORTED_MODULE_1__/* .text */ .Qq)({
        description: 'Which installation of the service is meant, where a server holds several.',
        default: 'production', env: 'DEPLOY_ENVIRONMENT', example: 'staging', check: checkName,
    }),
};
/** The same for actions that can do without a server: nothing is required, and sshTarget() says what is missing when one is needed after all. */
const optionalConnectionFields = {
    ...connectionFields,
    host: { ...connectionFields.host, required: false, absent: undefined },
    user: { ...connectionFields.user, required: false, absent: undefined },
    service: { ...connectionFields.service, required: false, absent: undefined },
};
/**
 * Where and how to log in.
 * @throws {UserError} when host or user is missing, or there is neither a key nor an agent.
 */
function sshTarget(inputs, agent = process.env['SSH_AUTH_SOCK']) {
    const { host, user } = inputs;
    const missing = connectionMistakes(inputs, agent);
    if (missing.length > 0 || host === undefined || user === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`To log in, ${missing.join('; ')}.`);
    const shared = { connectTimeout: inputs.connectTimeout, connectRetries: CONNECT_RETRIES };
    const login = identity(inputs.sshKey, inputs.sshPassphrase, agent);
    const target = {
        ...shared, ...login, host: bareHost(host), port: inputs.port, user,
        hostKeys: { knownHosts: inputs.knownHosts ?? '', fingerprints: inputs.hostFingerprint },
    };
    const jump = inputs.jumpHost === undefined ? undefined : parseJumpHost(inputs.jumpHost);
    if (!jump)
        return target;
    const jumpLogin = inputs.jumpSshKey ? identity(inputs.jumpSshKey, inputs.jumpSshPassphrase, agent) : login;
    const knownHosts = [inputs.jumpKnownHosts, inputs.knownHosts].filter((part) => part !== undefined).join('\n');
    return {
        ...target,
        jump: { ...shared, ...jumpLogin, ...jump, user: jump.user ?? user, hostKeys: { knownHosts, fingerprints: inputs.jumpHostFingerprint } },
    };
}
/** What is missing for a login, for an action's `check`: told together with every other mistake. */
function connectionMistakes(inputs, agent = process.env['SSH_AUTH_SOCK']) {
    const mistakes = [];
    if (inputs.host === undefined)
        mistakes.push('host is missing; give it under `with:`, or as DEPLOY_HOST in `env:`');
    if (inputs.user === undefined)
        mistakes.push('user is missing; give it under `with:`, or as DEPLOY_USER in `env:`');
    if (!inputs.sshKey && !agent)
        mistakes.push('ssh-key is missing and no ssh-agent runs (SSH_AUTH_SOCK is not set); give ssh-key, or DEPLOY_SSH_KEY in `env:`');
    return mistakes;
}
function identity(key, passphrase, agent) {
    if (key)
        return passphrase ? { key, passphrase } : { key };
    return agent ? { agent } : {};
}
function isHost(host) {
    // Node's test for IPv6 takes 5 ms to compile, a tenth of an action's start; IPv4 has the form of a name.
    return host.includes(':') ? (0,node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(bareHost(host)) : (host.length <= 253 && /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/.test(host));
}
function bareHost(host) {
    return host.replace(/^\[(.*)\]$/, '$1');
}
function checkUser(user) {
    return /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$/.test(user) ? undefined : 'accepted is a login name: letters, digits and . _ - + @, not beginning with a hyphen, 64 at most';
}
function checkName(name) {
    return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name) ? undefined : `accepted are ${NAME}`;
}
function checkFingerprints(fingerprints) {
    return fingerprints.every((line) => /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(line)) ? undefined : 'accepted are fingerprints such as SHA256: followed by 43 characters, as `ssh-keygen -l` prints them';
}
function parseJumpHost(jump) {
    const [, user, host = '', port = '22'] = /^(?:(.+)@)?(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(jump) ?? [];
    const isPort = Number(port) >= 1 && Number(port) <= 65_535;
    if (!isHost(host) || !isPort || (user !== undefined && checkUser(user) !== undefined))
        return undefined;
    return { ...(user !== undefined && { user }), host: bareHost(host), port: Number(port) };
}


/***/ }),

/***/ 382:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   FH: () => (/* binding */ choiceOf),
/* harmony export */   R3: () => (/* binding */ withinRange),
/* harmony export */   Wl: () => (/* binding */ mistakeOf),
/* harmony export */   fd: () => (/* binding */ normaliseSecret),
/* harmony export */   iP: () => (/* binding */ flagOf),
/* harmony export */   wh: () => (/* binding */ plainText),
/* harmony export */   wo: () => (/* binding */ integerIn),
/* harmony export */   yD: () => (/* binding */ secretText)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4326);


// Line and paragraph separators are line breaks to some readers; a tab is harmless.
const BREAKS_A_LINE = /[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u2028\u2029]/;
const BREAKS_A_TEXT = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/;
/**
 * Text without its surrounding blanks, line ends as LF.
 * @throws {UserError} on control characters, and on line breaks where one line is wanted.
 */
function plainText(given, accepts, isMultiline = false) {
    const value = given.replace(/\r\n/g, '\n').trim();
    if ((isMultiline ? BREAKS_A_TEXT : BREAKS_A_LINE).test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/**
 * A secret with its line ends as LF and none at its end, whatever the place it was pasted from added.
 * @throws {UserError} on a NUL byte.
 */
function secretText(given) {
    if (given.includes('\0'))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('accepted is text without NUL bytes');
    return new _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z(normaliseSecret(given));
}
/** The form in which a secret is used: LF line ends, none trailing. */
function normaliseSecret(given) {
    return given.replace(/\r\n?/g, '\n').replace(/\n+$/, '');
}
/** The word of the list that was given. @throws {UserError} when it is none of them. */
function choiceOf(words, given, accepts) {
    const word = words.find((candidate) => candidate === given.trim());
    if (word === undefined)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return word;
}
/** A whole number within bounds. @throws {UserError} on anything else, `1e3`, `0x10` and `12abc` included. */
function integerIn(min, max, given, accepts) {
    const value = /^-?\d{1,16}$/.test(given.trim()) ? Number(given) : Number.NaN;
    if (!(value >= min && value <= max))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/** A measured value between two others of its kind. @throws {UserError} outside of them or without a unit. */
function withinRange(parse, range, given, accepts) {
    const value = parse(given.trim());
    const isTooSmall = range.min !== undefined && value < parse(range.min);
    const isTooLarge = range.max !== undefined && value > parse(range.max);
    if (isTooSmall || isTooLarge)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y(`accepted is ${accepts}`);
    return value;
}
/** YAML 1.2's idea of a boolean (core schema), as GitHub documents it. @throws {UserError} on `yes`, `1`, `on` and the like. */
function flagOf(given) {
    const value = given.trim();
    if (!/^(?:true|True|TRUE|false|False|FALSE)$/.test(value))
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .UserError */ .y('accepted is true or false');
    return value.toLowerCase() === 'true';
}
/** A field's `check` out of a parser that throws: the message of its error, or undefined when it has none. */
function mistakeOf(parse) {
    return async (given) => {
        try {
            await parse(given);
            return undefined;
        }
        catch (error) {
            return (0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_1__/* .messageOf */ .b)(error);
        }
    };
}


/***/ }),

/***/ 5642:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yq: () => (/* binding */ choice),
  p0: () => (/* binding */ fields_duration),
  Jt: () => (/* binding */ flag),
  nd: () => (/* binding */ integer),
  Mn: () => (/* binding */ lines),
  rJ: () => (/* binding */ secret),
  Qq: () => (/* binding */ fields_text)
});

// UNUSED EXPORTS: percentage, size, structure

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/size.js
var size = __nccwpck_require__(4153);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/shared/runner/yaml-text.js


const ITEM = 'a YAML list of plain values, or one value per line, without control characters';
/**
 * The values of a list written as YAML (`- one` or `[one, two]`) or one per line; blank lines are dropped.
 * @throws {UserError} on nested values, control characters or broken YAML.
 */
async function parseLines(given) {
    const items = isYamlList(given) ? await yamlItems(given) : given.split(/\r?\n/);
    return items.map((item) => (0,field_parsers/* plainText */.wh)(item, ITEM)).filter((item) => item !== '');
}
/**
 * What a piece of YAML 1.2 holds.
 * @throws {UserError} with the line and column of the first mistake; the text itself is not repeated.
 */
async function yaml_text_parseYaml(given, schema = 'core') {
    if (given.includes('\0'))
        throw new errors/* UserError */.y('accepted is YAML without NUL bytes');
    // Loaded on demand: most runs give no YAML, and it would be a tenth of their start-up time.
    const { LineCounter, parseDocument } = await __nccwpck_require__.e(/* import() */ 815).then(__nccwpck_require__.t.bind(__nccwpck_require__, 8815, 19));
    const lineCounter = new LineCounter();
    const document = parseDocument(given, { schema, prettyErrors: false, lineCounter });
    const [mistake] = document.errors;
    if (mistake) {
        const { line, col } = lineCounter.linePos(mistake.pos[0]);
        throw new errors/* UserError */.y(`the YAML has a mistake in line ${line}, column ${col}: ${mistake.message}`);
    }
    try {
        return document.toJS();
    }
    catch (error) {
        // An alias without its anchor, or so many aliases that they would fill the memory.
        throw new errors/* UserError */.y(`the YAML cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function isYamlList(given) {
    return /^\s*-(?:\s|$)/.test(given) || /^\s*\[[^]*\]\s*$/.test(given);
}
async function yamlItems(given) {
    const list = await yaml_text_parseYaml(given, 'failsafe');
    if (!Array.isArray(list) || !list.every((item) => typeof item === 'string'))
        throw new errors/* UserError */.y(`accepted is ${ITEM}`);
    return list;
}

;// CONCATENATED MODULE: ./build/shared/runner/fields.js






/** A line of text, or several with `multiline`; control characters are refused. Surrounding blanks are dropped. */
function fields_text(options) {
    const isMultiline = options.multiline === true;
    const accepts = options.accepts ?? (isMultiline ? 'text without control characters' : 'one line of text without control characters');
    return optional('text', accepts, options, (given) => (0,field_parsers/* plainText */.wh)(given, accepts, isMultiline));
}
/** A value that is masked before anything is printed, and reaches the code as a Secret. */
function secret(options) {
    return optional('secret', 'text without NUL bytes', options, field_parsers/* secretText */.yD);
}
/** One of a few words. */
function choice(options) {
    const accepts = `one of ${options.options.join(', ')}`;
    return optional('choice', accepts, options, (given) => (0,field_parsers/* choiceOf */.FH)(options.options, given, accepts));
}
/** A whole number in decimal digits. */
function integer(options) {
    const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
    const accepts = `a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}`;
    return optional('integer', accepts, options, (given) => (0,field_parsers/* integerIn */.wo)(min, max, given, accepts));
}
/** A percentage, as the number of percent. */
function percentage(options) {
    return optional('percentage', PERCENTAGE, options, parsePercentage);
}
/** A time span with its unit, as milliseconds. */
function fields_duration(options) {
    const accepts = `a duration with its unit, such as 90s or 5m${rangeOf(options)}`;
    const parse = (given) => (0,field_parsers/* withinRange */.R3)(duration/* parseDuration */.E, options, given, accepts);
    return optional('duration', accepts, options, parse);
}
/** A size with its unit, as bytes. */
function fields_size(options) {
    const accepts = `a size with its unit, such as 64KiB or 2GiB${rangeOf(options)}`;
    const parse = (given) => withinRange(parseSize, options, given, accepts);
    return optional('size', accepts, options, parse);
}
/** true or false; false when nothing is said. */
function flag(options) {
    return field('flag', 'true or false', options, (given) => (0,field_parsers/* flagOf */.iP)(given), false);
}
/** A YAML list, or one value a line; empty when nothing is said. */
function lines(options) {
    return field('lines', 'a YAML list, or one value per line', options, parseLines, []);
}
/** YAML that `parser` turns into a value; the parser throws UserError naming the place and what belongs there. */
function structure(options) {
    const parse = async (given) => options.parser(await parseYaml(given));
    return optional('structure', options.accepts ?? 'YAML', options, parse);
}
function optional(kind, accepts, options, parse) {
    return field(kind, accepts, options, parse, undefined);
}
function field(kind, accepts, options, parse, absent) {
    const { description, required = false, env, example, default: standIn } = options;
    const checked = async (given) => {
        const value = await parse(given);
        const complaint = await options.check?.(value);
        if (complaint !== undefined)
            throw new errors/* UserError */.y(complaint);
        return value;
    };
    return {
        kind, description, required, accepts, absent, parse: checked,
        ...(standIn !== undefined && { default: standIn }), ...(env !== undefined && { env }), ...(example !== undefined && { example }),
    };
}
function rangeOf({ min, max }) {
    if (min !== undefined && max !== undefined)
        return `, from ${min} to ${max}`;
    if (min !== undefined)
        return `, at least ${min}`;
    return max === undefined ? '' : `, at most ${max}`;
}


/***/ }),

/***/ 8502:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ neutralLines)
/* harmony export */ });
// The runner trims white space before it looks for a command, and compares texts in a way that does not see characters without width.
const UNSEEN = String.raw `[\s\u0085\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
const COMMAND = new RegExp(`^${UNSEEN}:${UNSEEN}:`, 'u');
const LEGACY_COMMAND = new RegExp(`#(?=${UNSEEN}#${UNSEEN}\\[)`, 'gu');
const COLOUR = /\u001B\[[0-9;]*m/g;
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;
/**
 * Text as lines that a log shows and the runner never obeys: `::command::` and `##[command]` are disarmed by a visible character,
 * a lone CR ends a line, colours stay, and other control characters are shown as symbols.
 */
function neutralLines(text) {
    return text.split(/\r\n|\n|\r/).map(neutralLine);
}
function neutralLine(line) {
    const colours = line.match(COLOUR) ?? [];
    const plain = line.split(COLOUR).map((part) => part.replace(CONTROL, symbolOf));
    // Colours between the characters of a command do not disarm it for every reader, so it is looked for without them.
    const bare = plain.join('');
    const disarmed = bare.replace(LEGACY_COMMAND, '# ').replace(COMMAND, (start) => `| ${start}`);
    if (disarmed !== bare)
        return disarmed;
    return plain.map((part, index) => part + (colours[index] ?? '')).join('');
}
function symbolOf(character) {
    const code = character.charCodeAt(0);
    if (code === 0x7F)
        return '\u2421';
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
}


/***/ }),

/***/ 825:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   K: () => (/* binding */ readInputs),
/* harmony export */   L: () => (/* binding */ inputVariable)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9115);
/* harmony import */ var _shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(1544);
/* harmony import */ var _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(4326);
/* harmony import */ var _action_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(8781);




const LONGEST_SHOWN = 80;
/**
 * The inputs of a step: from `INPUT_<NAME>`, else the field's DEPLOY_ variable, else its default; typed, checked and deeply frozen.
 * Secrets are masked before anything else happens.
 * @throws {UserError} that names every mistake at once.
 */
async function readInputs(action, environment, masks) {
    maskSecrets(action.inputs, environment, masks);
    const values = {};
    const mistakes = [];
    for (const [name, field] of Object.entries(action.inputs)) {
        try {
            values[(0,_action_js__WEBPACK_IMPORTED_MODULE_1__/* .camelCase */ .x)(name)] = await readField(name, field, environment);
        }
        catch (error) {
            if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y))
                throw error;
            mistakes.push(error.message);
        }
    }
    mistakes.push(...unknownInputs(action.inputs, environment));
    if (mistakes.length === 0)
        mistakes.push(...(action.check?.(values) ?? []));
    forgetSecrets(action.inputs, environment);
    if (mistakes.length > 0)
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(asOneMessage(action.name, mistakes));
    return deepFreeze(values);
}
/** The variable in which GitHub hands over an input: only blanks are replaced, hyphens stay. */
function inputVariable(name) {
    return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
async function readField(name, field, environment) {
    const source = [inputVariable(name), field.env].find((variable) => variable !== undefined && (environment[variable] ?? '').trim() !== '');
    const given = source === undefined ? field.default : environment[source];
    const place = source !== undefined && source === field.env ? `${name} (from ${source})` : name;
    if (given === undefined) {
        if (field.required)
            throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`${name} is missing${field.env ? `; give it under \`with:\`, or as ${field.env} in \`env:\`` : ''}`);
        return field.absent;
    }
    try {
        return await field.parse(given);
    }
    catch (error) {
        if (!(error instanceof _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y))
            throw error;
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .UserError */ .y(`${place}: ${(0,_shared_core_errors__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .b)(error)}; given was ${shown(field, given)}`);
    }
}
// A cut secret is one the runner no longer recognises and hides, so what is long or looks like a key shows little or nothing.
function shown(field, given) {
    if (field.kind === 'secret')
        return 'a secret (not shown)';
    if (field.kind === 'structure')
        return `${given.length} characters of YAML (not shown: it may hold secrets)`;
    if (/PRIVATE KEY-----/.test(given))
        return 'what looks like a private key (not shown)';
    if (given.length <= LONGEST_SHOWN)
        return JSON.stringify(given);
    return `${given.length} characters beginning with ${JSON.stringify(given.slice(0, 12))}`;
}
function maskSecrets(fields, environment, masks) {
    for (const variable of secretVariables(fields))
        masks.add(environment[variable] ?? '');
    for (const variable of Object.entries(fields).flatMap(variablesOf))
        passwordsIn(environment[variable] ?? '').forEach((password) => masks.add(password));
}
function forgetSecrets(fields, environment) {
    for (const variable of secretVariables(fields))
        delete environment[variable];
}
function secretVariables(fields) {
    return Object.entries(fields).filter(([, field]) => field.kind === 'secret').flatMap(variablesOf);
}
function variablesOf([name, field]) {
    return [inputVariable(name), ...(field.env === undefined ? [] : [field.env])];
}
// Addresses are no secrets, but one may hold the password of a protected site: https://user:password@staging.example.com
function passwordsIn(given) {
    return [...given.matchAll(/:\/\/[^\s/?#:@]*:([^\s/?#]+)@/g)].flatMap(([, password = '']) => [password, decoded(password)]);
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
// GitHub only warns about an input that an action does not have, and a typo would silently leave the default in force. What is like
// no input of ours may be somebody else's: act hands the inputs of a composite action down to its steps.
function unknownInputs(fields, environment) {
    const known = Object.keys(fields);
    const variables = new Set(known.map(inputVariable));
    return Object.keys(environment).filter((variable) => variable.startsWith('INPUT_') && !variables.has(variable.toUpperCase()))
        .map((variable) => variable.slice('INPUT_'.length).toLowerCase())
        .flatMap((name) => {
        const meant = (0,_shared_core_nearest__WEBPACK_IMPORTED_MODULE_3__/* .likelyMeant */ .S)(name, known);
        return meant === undefined ? [] : [`${name}: there is no such input; the nearest is ${meant}`];
    });
}
function asOneMessage(action, mistakes) {
    if (mistakes.length === 1)
        return `Input of ${action} to mend: ${mistakes[0]}.`;
    return [`${mistakes.length} inputs of ${action} to mend:`, ...mistakes.map((mistake) => `- ${mistake}.`)].join('\n');
}
function deepFreeze(value) {
    if (isContainer(value) && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(deepFreeze);
    }
    return value;
}
function isContainer(value) {
    if (typeof value !== 'object' || value === null || value instanceof _shared_core_secret__WEBPACK_IMPORTED_MODULE_0__/* .Secret */ .z)
        return false;
    const prototype = Object.getPrototypeOf(value);
    return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}


/***/ }),

/***/ 2094:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  C: () => (/* binding */ runAction)
});

// EXTERNAL MODULE: ./build/shared/core/duration.js
var duration = __nccwpck_require__(2520);
// EXTERNAL MODULE: ./build/shared/core/errors.js
var errors = __nccwpck_require__(9115);
// EXTERNAL MODULE: ./build/shared/core/cancelled.js
var cancelled = __nccwpck_require__(9809);
;// CONCATENATED MODULE: ./build/shared/runner/ending.js



// GitHub sends SIGINT, after 7.5 s SIGTERM, and kills 2.5 s after that: we are gone before each next blow.
const AFTER_SIGINT_MS = 7_000;
const AFTER_SIGTERM_MS = 2_000;
const AFTER_OTHERS_MS = 20_000;
// Long enough for open sockets to close by themselves and for the log to be written.
const LINGER_MS = 1_000;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 };
/** Takes over signals, stray failures and the exit of this process; `conclude` tells the outcome and is called once. */
function createEnding({ log, conclude }) {
    const stopping = new AbortController();
    let isOver = false;
    const finish = (failure) => {
        if (isOver)
            return;
        isOver = true;
        const reason = stopping.signal.reason;
        conclude(failure, reason);
        process.exitCode = exitCode(failure, reason);
        setTimeout(leave, LINGER_MS).unref();
    };
    const exitNow = (code) => {
        finish();
        process.exitCode = code;
        leave();
    };
    const stop = (reason) => {
        if (isOver || stopping.signal.aborted)
            return;
        const grace = graceOf(reason);
        setTimeout(() => {
            finish(new errors/* UserError */.y(`It did not wind down within ${(0,duration/* formatDuration */.a)(grace)}${whileDoing(log.current)}.`));
            leave();
        }, grace).unref();
        stopping.abort(reason);
    };
    const onSignal = (name) => {
        if (isOver || stopping.signal.reason instanceof cancelled/* Cancelled */.c)
            return exitNow(EXIT_CODES[name]);
        log.info(cancelNotice(name, log.current));
        if (stopping.signal.aborted)
            return exitNow(EXIT_CODES[name]);
        stop(new cancelled/* Cancelled */.c(name));
    };
    // A promise nobody waited for has failed: the story may be none the wiser, but the step must not pass.
    const onStray = (error) => {
        if (!isOver)
            return stop(error instanceof Error ? error : new Error(String(error)));
        process.exitCode = 1;
        conclude(error, undefined);
    };
    process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('unhandledRejection', onStray).on('uncaughtException', onStray);
    process.once('beforeExit', () => finish(stopping.signal.aborted ? undefined : new Error('Nothing was left to wait for, but the work was not finished')));
    return { signal: stopping.signal, stop, finish };
}
function exitCode(failure, reason) {
    if (reason instanceof cancelled/* Cancelled */.c)
        return EXIT_CODES[reason.by];
    return failure === undefined && reason === undefined ? 0 : 1;
}
function graceOf(reason) {
    if (!(reason instanceof cancelled/* Cancelled */.c))
        return AFTER_OTHERS_MS;
    return reason.by === 'SIGINT' ? AFTER_SIGINT_MS : AFTER_SIGTERM_MS;
}
function cancelNotice(name, current) {
    return `Cancelled (${name})${whileDoing(current)}. Winding down; what a server has begun, it goes on with or heals by itself.`;
}
function whileDoing(current) {
    return current.length > 0 ? ` while: ${current.join(' > ')}` : '';
}
// The only place that ends the process: a socket that hangs must not hold the job.
function leave() {
    process.stdout.write('', () => process.exit());
    setTimeout(() => process.exit(), LINGER_MS).unref();
}

;// CONCATENATED MODULE: ./build/shared/runner/failure.js


/**
 * What to tell about a failure, or undefined when there was none. A user's fault is its message; a bug also shows its stack, line by line.
 * `reason` is why the work was told to stop, if it was: what went wrong after that is told beneath it, unless it only repeats it.
 */
function describeFailure(action, failure, reason, showStack) {
    const faults = [reason, isEchoOf(reason, failure) ? undefined : failure].filter((fault) => fault !== undefined);
    if (faults.length === 0)
        return undefined;
    return faults.map((fault) => describe(action, fault, showStack)).join('\n');
}
function describe(action, fault, showStack) {
    if (fault instanceof errors/* UserError */.y || fault instanceof cancelled/* Cancelled */.c)
        return fault.message;
    stacksOf(fault).forEach(showStack);
    return `${(0,errors/* messageOf */.b)(fault)}\nThis is a bug in ${action}, not in your workflow: please report it with the stack from the log.`;
}
// Whatever was under way when the signal was aborted ends with the reason itself or with Node's AbortError.
function isEchoOf(reason, failure) {
    if (reason === undefined)
        return false;
    if (failure === reason)
        return true;
    return failure instanceof Error && (failure.name === 'AbortError' || failure.cause === reason);
}
function stacksOf(fault, depth = 0) {
    if (!(fault instanceof Error))
        return [String(fault)];
    const causes = fault instanceof AggregateError ? fault.errors : fault.cause === undefined ? [] : [fault.cause];
    return [fault.stack ?? fault.message, ...(depth < 5 ? causes.flatMap((cause) => stacksOf(cause, depth + 1)) : [])];
}

// EXTERNAL MODULE: ./build/shared/core/secret.js + 1 modules
var secret = __nccwpck_require__(4326);
// EXTERNAL MODULE: ./build/shared/runner/field-parsers.js
var field_parsers = __nccwpck_require__(382);
;// CONCATENATED MODULE: ./build/shared/runner/masks.js


// Shorter pieces would hide half of every log and protect nothing.
const SHORTEST_PIECE = 4;
// The end of an address that is long enough to be a secret and no word.
const SHORTEST_END = 16;
const HIDDEN = '***';
/** An empty set of masks; `tell` hands each form to the runner, which hides it in what others print. */
function createMasks(tell) {
    const forms = new Set();
    const add = (value) => {
        for (const form of formsOf(value).filter((candidate) => !forms.has(candidate))) {
            forms.add(form);
            tell(form);
        }
        return new secret/* Secret */.z((0,field_parsers/* normaliseSecret */.fd)(value));
    };
    const redact = (text) => [...forms].filter((form) => form.length >= SHORTEST_PIECE && text.includes(form)).sort((one, other) => other.length - one.length)
        .reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
    return { add, redact };
}
/** Every form of a secret that could turn up in a log: whole, line by line, base64, URL-encoded, JSON and shell quoted. */
function formsOf(value) {
    const whole = (0,field_parsers/* normaliseSecret */.fd)(value);
    if (whole.trim() === '')
        return [];
    const wellFormed = whole.toWellFormed();
    const forms = [
        value, whole, whole.trim(), ...whole.split('\n').map((line) => line.trim()).filter(isTelling),
        ...base64Forms(whole), encodeURIComponent(wellFormed), encodeURIComponent(wellFormed).replaceAll('%20', '+'),
        JSON.stringify(wellFormed).slice(1, -1), whole.replaceAll("'", String.raw `'\''`), ...addressForms(whole),
    ];
    return [...new Set(forms)].filter((form) => form === whole || form.length >= SHORTEST_PIECE);
}
/** What makes an address a secret, also alone: the end of a webhook's, the password in a database's. */
function addressForms(value) {
    const address = URL.parse(value.trim());
    if (address === null || !value.includes('://'))
        return [];
    const end = /^https?:$/.test(address.protocol) ? address.pathname.split('/').at(-1) ?? '' : '';
    return [address.password, decoded(address.password), ...(end.length >= SHORTEST_END ? [end] : [])];
}
function decoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return text;
    }
}
function isTelling(line) {
    return line.length >= SHORTEST_PIECE && /[\p{L}\p{N}]/u.test(line) && !/^-+ ?(?:BEGIN|END) [A-Z0-9 ]+-+$/.test(line);
}
/** The stable middle of the base64 of a value, wherever in a longer text it stands: the edge characters depend on its neighbours. */
function base64Forms(value) {
    const bytes = Buffer.from(value);
    const inner = [0, 1, 2].map((shift) => {
        const head = (3 - shift) % 3;
        const whole = bytes.subarray(head, head + Math.floor((bytes.length - head) / 3) * 3);
        return whole.toString('base64');
    });
    return [bytes.toString('base64'), ...inner].flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
        .filter((form) => form.length >= 2 * SHORTEST_PIECE);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(3024);
;// CONCATENATED MODULE: ./build/shared/runner/markdown.js
/** Inline text as GitHub markdown, everything special in it escaped, on one line. */
function inline(piece) {
    if (typeof piece === 'string')
        return escapeMarkdown(piece);
    const content = piece.code ? `<code>${escapeMarkdown(piece.text)}</code>` : escapeMarkdown(piece.text);
    return piece.href !== undefined && isLink(piece.href) ? `[${content}](<${linkTarget(piece.href)}>)` : content;
}
/** Text that reads in GitHub markdown as it was written; line breaks become `<br>`. */
function escapeMarkdown(text) {
    return visible(text)
        .replace(/[\\`*_[\]|~$#]/g, String.raw `\$&`)
        .replace(/[&<>@]/g, (character) => ENTITIES[character])
        .replace(/^([ \t]*)(?=[-+=])/gm, '$1\\')
        .replace(/^([ \t]*\d+)(?=[.)](?:\s|$))/gm, '$1\\')
        .replace(/\n/g, '<br>');
}
/** A code block whose fence is longer than any run of backticks inside. */
function codeBlock(text) {
    const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = '`'.repeat(longest + 1);
    return `${fence}text\n${visible(text).replace(/\n+$/, '')}\n${fence}`;
}
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;' };
function visible(text) {
    return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '\uFFFD');
}
function isLink(href) {
    return /^https?:\/\//.test(href);
}
function linkTarget(href) {
    return href.replace(/[\s<>\\]/g, encodeURIComponent);
}

;// CONCATENATED MODULE: ./build/shared/runner/summary.js

/** GitHub drops a summary of more than 1 MiB altogether; the rest is room for what the runner adds. */
const SUMMARY_LIMIT = 1_000_000;
// Tried in turn until everything fits: details go first, then table rows, then the length of texts.
const ALLOWANCES = [
    { detailCharacters: Infinity, rows: Infinity, characters: Infinity },
    ...[200_000, 50_000, 10_000, 2_000, 0].map((detailCharacters) => ({ detailCharacters, rows: Infinity, characters: Infinity })),
    ...[1_000, 100, 20].map((rows) => ({ detailCharacters: 0, rows, characters: Infinity })),
    ...[10_000, 1_000, 100].map((characters) => ({ detailCharacters: 0, rows: 20, characters })),
];
/** The sections as GitHub markdown of at most `limit` bytes; what had to be cut is said where it stood. */
function renderSummary(sections, limit = SUMMARY_LIMIT) {
    for (const allowance of ALLOWANCES) {
        const markdown = sections.map((section) => renderSection(section, allowance)).join('\n');
        if (Buffer.byteLength(markdown) <= limit)
            return markdown;
    }
    return firstThatFit(sections.map((section) => renderSection(section, ALLOWANCES.at(-1))), limit);
}
function firstThatFit(parts, limit) {
    const note = '\n_Further sections were left out: the summary is full._\n';
    let markdown = '';
    for (const part of parts) {
        if (Buffer.byteLength(markdown) + Buffer.byteLength(part) + Buffer.byteLength(note) + 1 > limit)
            break;
        markdown += `${part}\n`;
    }
    return markdown + note;
}
function renderSection(section, allowance) {
    const shorten = (piece) => shortened(piece, allowance.characters);
    const paragraphs = (section.paragraphs ?? []).map((paragraph) => [paragraph].flat().map((piece) => inline(shorten(piece))).join('').trim());
    return [
        `## ${inline(shorten(section.heading)).replaceAll('<br>', ' ').trim()}`,
        ...paragraphs,
        ...(section.table ? [renderTable(section.table, allowance)] : []),
        ...(section.details ?? []).map((detail) => renderDetail(detail, allowance.detailCharacters)),
    ].join('\n\n').concat('\n');
}
function renderTable({ columns, rows }, allowance) {
    const row = (cells) => `| ${cells.map((cell) => inline(shortened(cell, allowance.characters))).join(' | ')} |`;
    const shown = rows.slice(0, allowance.rows);
    const left = rows.length - shown.length;
    return [row(columns), `|${' --- |'.repeat(columns.length)}`, ...shown.map(row), ...(left > 0 ? ['', `_${left} more rows were left out._`] : [])].join('\n');
}
// The end of a log tells more than its beginning.
function renderDetail({ title, text }, characters) {
    const left = Math.max(0, text.length - characters);
    const note = left > 0 ? `_The first ${left} characters were left out._\n\n` : '';
    const kept = left < text.length ? `${codeBlock(text.slice(left))}\n\n` : '';
    return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${note}${kept}</details>`;
}
function shortened(piece, characters) {
    const text = typeof piece === 'string' ? piece : piece.text;
    if (text.length <= characters)
        return piece;
    const cut = `${text.slice(0, characters)}…`;
    return typeof piece === 'string' ? cut : { ...piece, text: cut };
}

;// CONCATENATED MODULE: ./build/shared/runner/outputs.js


/** Sets outputs, objects as JSON, with everything secret in them already masked and replaced; undefined sets nothing. */
function setOutputs(values, masks) {
    for (const [name, value] of Object.entries(values)) {
        if (value === undefined)
            continue;
        addOutput(name, masks.redact(typeof value === 'string' ? value : JSON.stringify(value)));
    }
}
// By hand, because @actions/core loads all of node:crypto for its delimiter: a quarter of the time in which Node starts.
function addOutput(name, value) {
    let delimiter = 'END';
    while (value.includes(delimiter))
        delimiter += '_';
    const file = process.env['GITHUB_OUTPUT'];
    if (file)
        (0,external_node_fs_.appendFileSync)(file, `${name}<<${delimiter}\n${value}\n${delimiter}\n`);
}
/** Appends the sections to the job summary; without GitHub's file for it (a run by hand) this does nothing. */
function writeSummary(sections, masks) {
    const file = process.env['GITHUB_STEP_SUMMARY'];
    if (file && sections.length > 0)
        (0,external_node_fs_.appendFileSync)(file, renderSummary(sections.map((section) => redactSection(section, masks))));
}
// Before rendering, because escaping would tear a secret apart.
function redactSection(section, masks) {
    return redactDeep(section, masks);
}
function redactDeep(value, masks) {
    if (typeof value === 'string')
        return masks.redact(value);
    if (Array.isArray(value))
        return value.map((item) => redactDeep(item, masks));
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactDeep(item, masks)]));
}

// EXTERNAL MODULE: ./build/shared/runner/read-inputs.js
var read_inputs = __nccwpck_require__(825);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./build/shared/runner/run-identity.js

const LONGEST = 300; // characters; GitHub's own are shorter, and every line of a ledger repeats them
/** The workflow run that this process belongs to; on a person's own machine, one made of the person and the shell it was started from. */
function runIdentity(given = process.env) {
    const environment = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value?.slice(0, LONGEST)]));
    const { GITHUB_RUN_ID: id, GITHUB_REPOSITORY: repository = '', GITHUB_SERVER_URL: server = 'https://github.com' } = environment;
    const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1) || 1;
    return {
        id: id ?? `local-${process.ppid}`,
        attempt,
        url: id && repository ? `${server}/${repository}/actions/runs/${id}/attempts/${attempt}` : '',
        actor: environment['GITHUB_TRIGGERING_ACTOR'] ?? environment['GITHUB_ACTOR'] ?? userName(),
        commit: environment['GITHUB_SHA'] ?? '',
        ref: environment['GITHUB_REF'] ?? '',
        repository,
        workflow: environment['GITHUB_WORKFLOW'] ?? '',
    };
}
// A container may run under a number that has no name.
function userName() {
    try {
        return (0,external_node_os_.userInfo)().username;
    }
    catch {
        return 'unknown';
    }
}

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
// EXTERNAL MODULE: external "path"
var external_path_ = __nccwpck_require__(6928);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(os.EOL);
    issueCommand('set-output', { name }, toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function debug(message) {
    issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return __awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return __awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
// EXTERNAL MODULE: ./build/shared/runner/neutral-text.js
var neutral_text = __nccwpck_require__(8502);
;// CONCATENATED MODULE: ./build/shared/runner/job-log.js


/** A log that prints for GitHub: groups fold, warnings become annotations, secrets and commands in texts are disarmed. */
function createJobLog(masks) {
    const current = [];
    // Secrets are replaced before the text is taken apart into lines: one with a line break in it would be torn otherwise.
    const print = (text) => (0,neutral_text/* neutralLines */.F)(masks.redact(text)).forEach((line) => info(line));
    return {
        current,
        info: print,
        output: print,
        warning: (message) => warning((0,neutral_text/* neutralLines */.F)(masks.redact(message)).join('\n')),
        group: async (title, task) => {
            // GitHub does not nest groups: an inner one would end the outer, so it is only a line.
            const isOutermost = current.length === 0;
            const shown = masks.redact(title).replace(/\s+/g, ' ');
            if (isOutermost)
                startGroup(shown);
            else
                print(`${shown} …`);
            current.push(title);
            try {
                return await task();
            }
            finally {
                current.splice(current.lastIndexOf(title), 1);
                if (isOutermost)
                    endGroup();
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/shared/runner/venue.js



const LEVELS = { error: error, warning: warning, notice: notice };
/** A step of a workflow: GitHub's runner reads what is printed. */
const workflowVenue = {
    hide: setSecret,
    createLog: createJobLog,
    annotate: ({ level, title, message, path, line, endLine }, { redact }) => {
        const place = path === undefined ? {} : { file: redact(path), ...(line !== undefined && { startLine: line, endLine: endLine ?? line }) };
        LEVELS[level]((0,neutral_text/* neutralLines */.F)(redact(message)).join('\n'), { title: (0,neutral_text/* neutralLines */.F)(redact(title)).join(' '), ...place });
    },
    fail: (message) => setFailed((0,neutral_text/* neutralLines */.F)(message).join('\n')),
    environment: (given) => given,
};

;// CONCATENATED MODULE: ./build/shared/runner/run-action.js









/**
 * Runs an action from its first line to its exit code: reads the inputs, tells the story, and decides here alone what a failure is.
 * Never rejects. Cancelling and the `timeout` input abort `job.signal`; outputs and summary are kept whatever happens.
 */
async function runAction(action, story) {
    const words = action.commandLine === undefined ? [] : process.argv.slice(2);
    const venue = words.length === 0 ? workflowVenue : (await __nccwpck_require__.e(/* import() */ 7).then(__nccwpck_require__.bind(__nccwpck_require__, 2007))).terminalVenue(action, words);
    const masks = createMasks(venue.hide);
    const log = venue.createLog(masks);
    const sections = [];
    const ending = createEnding({
        log,
        conclude: (failure, reason) => {
            const message = describeFailure(action.name, failure, reason, (text) => log.output(text));
            if (message !== undefined)
                venue.fail(masks.redact(message));
            writeSummary(sections, masks);
        },
    });
    try {
        const environment = venue.environment(process.env);
        if (environment === undefined)
            return ending.finish();
        const inputs = await (0,read_inputs/* readInputs */.K)(action, environment, masks);
        startTimeout(action, inputs, ending);
        await story(inputs, createJob(masks, { ...venue, log }, sections, ending));
        ending.finish();
    }
    catch (error) {
        ending.finish(error);
    }
}
function createJob(masks, { log, annotate }, sections, ending) {
    return {
        log,
        run: runIdentity(),
        signal: ending.signal,
        output: (values) => setOutputs(values, masks),
        summarise: (section) => void sections.push(section),
        annotate: (annotation) => annotate(annotation, masks),
        mask: masks.add,
        redact: masks.redact,
    };
}
function startTimeout(action, inputs, ending) {
    const { timeout } = inputs;
    if (action.inputs['timeout']?.kind !== 'duration' || typeof timeout !== 'number')
        return;
    const reason = new errors/* UserError */.y(`${action.name} did not finish within ${(0,duration/* formatDuration */.a)(timeout)}, the limit set by its input timeout. The log shows what it was doing; raise timeout if that may take longer.`);
    // Node fires a timer of more than 2^31 ms at once.
    setTimeout(() => ending.stop(reason), Math.min(timeout, 2 ** 31 - 1)).unref();
}


/***/ }),

/***/ 7857:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JA: () => (/* binding */ parseDefinition),
/* harmony export */   jq: () => (/* binding */ serviceKey),
/* harmony export */   zz: () => (/* binding */ ROUTERS)
/* harmony export */ });
/* harmony import */ var _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9115);

/** The routers there are. */
const ROUTERS = ['nginx-socket', 'haproxy', 'nginx', 'caddy', 'traefik', 'kamal-proxy'];
/** Reads a recorded definition. @throws {UserError} when a newer version of these actions wrote it. */
function parseDefinition(text) {
    const definition = JSON.parse(text);
    if (definition.format !== 1) {
        throw new _shared_core_errors__WEBPACK_IMPORTED_MODULE_0__/* .UserError */ .y(`The service definition on the server has format ${definition.format}, written by a newer version of these actions. Use that version here too.`);
    }
    return definition;
}
/** The name of a service on its server: `shop.staging`. */
function serviceKey(service, environment) {
    return `${service}.${environment}`;
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(6998);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
