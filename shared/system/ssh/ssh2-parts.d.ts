// The files of ssh2 that a client needs; its types are told for the whole package only.
declare module 'ssh2/lib/client.js' {
  export { Client as default } from 'ssh2';
}
declare module 'ssh2/lib/agent.js' {
  export { createAgent } from 'ssh2';
}
declare module 'ssh2/lib/protocol/keyParser.js' {
  import { utils } from 'ssh2';
  const parts: Pick<typeof utils, 'parseKey'>;
  export default parts;
}
