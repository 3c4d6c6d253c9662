import { expect, test } from '@jest/globals';
import { alignIds } from './module-ids.ts';

const chunk = (id: number, more = ''): string => `export const id = 5;\nexport const modules = {\n/***/ ${id}:\n(a, b, __webpack_require__) => {\n/***/ 7:\n__webpack_require__(${id});${more} }`;
const entry = (id: number, text = ''): string => `/***/ 9:\n${text} __nccwpck_require__.e(5).then(__nccwpck_require__.bind(__nccwpck_require__, ${id}));`;
const texts = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> => Object.fromEntries(alignIds(Object.entries(files).map(([path, text]) => ({ path, text }))).map(({ path, text }) => [path, text]));

test('parts that differ in a number only get the same one, wherever their bundle mentions it', () => {
  const aligned = texts({ 'a/5.index.js': chunk(1276), 'a/index.js': entry(1276), 'b/5.index.js': chunk(8895), 'b/index.js': entry(8895, '/***/ 1276:') });
  expect(aligned).toEqual({ 'a/5.index.js': chunk(8895), 'a/index.js': entry(8895), 'b/5.index.js': chunk(8895), 'b/index.js': entry(8895, '/***/ 1276:') });
});

test.each([
  ["that is a part's, too", { 'a/5.index.js': chunk(1276), 'a/index.js': entry(1276, '__nccwpck_require__.e(1276)'), 'b/5.index.js': chunk(8895), 'b/index.js': entry(8895, '/***/ 1276:') }],
  ['that stands for something else, too', { 'a/5.index.js': chunk(1276), 'a/index.js': entry(1276, 'port = 1276;'), 'b/5.index.js': chunk(8895), 'b/index.js': entry(8895, '/***/ 1276:') }],
  ['whose place is taken on both sides', { 'a/5.index.js': chunk(1276), 'a/index.js': entry(1276, '/***/ 8895:'), 'b/5.index.js': chunk(8895), 'b/index.js': entry(8895, '/***/ 1276:') }],
  ['of parts that differ in more', { 'a/5.index.js': chunk(1276, 'one'), 'a/index.js': entry(1276), 'b/5.index.js': chunk(8895, 'two'), 'b/index.js': entry(8895) }],
])('a number %s stays', (_name, files) => {
  expect(texts(files)).toEqual(files);
});
