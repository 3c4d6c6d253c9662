import { stripTypeScriptTypes } from 'node:module';

// Node 24 erases the types itself; jest only needs to be told so.
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source, { mode: 'strip' }) }),
};
