import { isAbsolute } from 'node:path/posix';
import { parseUrl } from '#shared/checks/texts';
import { defineAction, type Values } from '#shared/runner/action';
import { fleetFields, fleetMistakes, fleetOutputs } from '#shared/runner/fleet-inputs';
import { mistakeOf } from '#shared/runner/field-parsers';
import { choice, duration, flag, integer, lines, text, type Field } from '#shared/runner/fields';
import { ROUTERS } from '#shared/server/definition';
import { checkReleaseId } from '#shared/release/release-id';
import { parseSharedPaths } from '#shared/release/shared-paths';
import { appFields, appMistakes } from './app-inputs.ts';
import { composeFields } from './compose-inputs.ts';
import { configFields, hookFields } from './hook-inputs.ts';
import { rollingFields, rollingMistakes } from './rolling-inputs.ts';
import { scriptFields, scriptMistakes } from './script-inputs.ts';

const FOLDER = 'an absolute folder such as /srv/shop: letters, digits and . _ - + @ /, without "..", 200 at most';
const COOKIE = 'a name of letters, digits, - and _, 64 at most';
const LONGEST_FOLDER = 200; // what is made below it must fit into a path, too
const LONGEST_PATH = 1_000; // bytes

const fields = {
  ...fleetFields,
  service: {
    ...fleetFields.service, required: false, absent: '',
    description: `${fleetFields.service.description} Scripts of one service run one after the other; for strategy \`script\` it may be left out.`,
  } as Field<string>,
  operation: choice({
    options: ['deploy', 'check', 'status'], default: 'deploy',
    description: '`deploy` releases. `check` looks the server over, each line with its mend, and touches nothing. `status` tells what runs where.',
  }),
  source: text({ description: 'Folder on the runner whose content is the release: what your build made.', default: '.', example: 'build', check: checkLength }),
  exclude: lines({ description: 'What is not to be released, as in a .gitignore. `.git` never is.', example: 'node_modules/', check: mistakeOf(async (patterns) => (await import('#shared/release/exclude')).excluding(patterns)) }),
  'exclude-file': text({ description: 'File with more such patterns, such as .gitignore itself.', example: '.deployignore', check: checkLength }),
  path: text({ description: 'The service\'s folder on the server. Needed to deploy; later actions know it from there.', env: 'DEPLOY_PATH', example: '/srv/shop', accepts: FOLDER, check: checkFolder }),
  release: text({ description: 'Name of the release. Made of time and commit if left out.', example: 'v1.4.0', check: mistakeOf(checkReleaseId) }),
  strategy: choice({
    options: ['slots', 'compose', 'compose-rolling', 'in-place', 'script'], default: 'slots',
    description: '`slots` starts the release beside the one users reach; `blue-green-switch` then moves traffic to it. `compose` does the same with a Docker Compose project a slot. `in-place` publishes at once: `current` is renamed to the release, and the service restarted. `compose-rolling` starts new containers of one compose project beside the old ones, and has these finish once the new ones are healthy. `script` runs commands of yours, without a release.',
  }),
  ...composeFields,
  shared: lines({ description: 'Paths that all releases share, kept below `shared` on the server; a folder ends with a slash.', example: 'storage/', check: mistakeOf(parseSharedPaths) }),
  prepare: text({ description: 'Command that makes the release ready to start, in its folder: install, compile, warm caches. It is not run again in a release that is live.', multiline: true, example: 'npm ci --omit=dev' }),
  'prepare-timeout': duration({ description: 'How long `prepare` may take.', default: '15m', min: '1s', max: '6h' }),
  start: text({
    description: 'Command that has a supervisor start the slot `$SLOT`, and returns. Your app listens on `$SOCKET`, or on the slot\'s port. A process started here directly is for tries only: nothing starts it again.',
    multiline: true, example: 'sudo systemctl restart shop@$SLOT',
  }),
  stop: text({ description: 'Command that stops the slot `$SLOT`.', multiline: true, example: 'sudo systemctl stop shop@$SLOT' }),
  restart: text({ description: 'Command that restarts the service, with strategy `in-place`.', multiline: true, example: 'sudo systemctl restart shop' }),
  health: text({
    description: 'What the server asks to learn that the release is healthy: a path, asked through the slot\'s socket, or with strategy `in-place` an address. A status of 2xx is healthy.',
    example: '/health', accepts: 'a path such as /health, or an http address', check: checkHealth,
  }),
  'health-command': text({ description: 'Command that succeeds when the release is healthy, instead of `health`. Strategy `compose` needs neither where a service has a health check of Docker\'s own.', multiline: true, example: './bin/is-healthy "$SOCKET"' }),
  'health-timeout': duration({ description: 'How long a release may take to become healthy.', default: '60s', min: '1s', max: '1h' }),
  'blue-port': integer({ description: 'TCP port of the app in slot blue, if it does not listen on `$SOCKET`; the command `start`, or a compose file, finds it as `$PORT`.', min: 1, max: 65_535, env: 'DEPLOY_BLUE_PORT' }),
  'green-port': integer({ description: 'The same for slot green.', min: 1, max: 65_535, env: 'DEPLOY_GREEN_PORT' }),
  ...appFields,
  'runtime-dir': text({
    description: 'Folder of the sockets on the server, one for each service and environment, on a file system that a boot empties. `/run/slipway/<service>` if left out.',
    env: 'DEPLOY_RUNTIME_DIR', accepts: FOLDER, check: checkFolder,
  }),
  router: choice({
    options: ROUTERS, default: 'nginx-socket',
    description: 'What moves users between the slots; [docs/routers.md](../../docs/routers.md) compares them and shows how each is set up.',
  }),
  'router-entry': text({ description: 'Where the router takes users\' requests on the server, asked there after each switch. `http://127.0.0.1` if left out; `nginx-socket` is then asked at its live socket.', example: 'http://127.0.0.1:8080', accepts: 'an http address', check: mistakeOf(parseUrl) }),
  'router-config': text({ description: 'The router\'s configuration on the server: looked through for what would break a switch, and for Caddy handed over at each. `/etc/nginx`, `/etc/haproxy`, `/etc/caddy/Caddyfile` if left out.', accepts: FOLDER, check: checkFolder }),
  'router-control': text({ description: 'How the router is spoken to: HAProxy\'s stats socket, the address of the API of Caddy or Traefik, the command of kamal-proxy. As in the examples if left out.', example: '/run/haproxy/shop.sock' }),
  'router-test': text({ description: 'Command that tests the configuration of the router `nginx`; `sudo nginx -t` if left out.', multiline: true, example: 'sudo nginx -t' }),
  'router-reload': text({ description: 'Command that has the router read its configuration again; for kamal-proxy the one that deploys to `$TARGET`. `sudo systemctl reload nginx` if left out.', multiline: true, example: 'sudo systemctl reload nginx' }),
  'router-cookie': text({ description: 'Name of a cookie by which Traefik keeps clients with their slot. The other routers are told so in their own configuration.', example: 'shop-slot', accepts: COOKIE, check: (name) => (/^[\w-]{1,64}$/.test(name) ? undefined : `accepted is ${COOKIE}`) }),
  ...hookFields,
  ...configFields,
  url: text({ description: 'Public address of the service. Later actions prove from outside that it answers.', env: 'DEPLOY_URL', example: 'https://shop.example.com', accepts: 'an http address', check: mistakeOf(parseUrl) }),
  keep: integer({ description: 'How many verified releases stay on the server. What is live, on standby or last verified is never deleted.', default: '5', min: 2, max: 100 }),
  reuse: choice({
    options: ['copy', 'hard-link'], default: 'copy',
    description: 'How unchanged files are taken from the last release: `copy` (by reflink where the file system can), or `hard-link`, which is smaller, but an app that writes into its files then changes the release you would roll back to.',
  }),
  timeout: duration({ description: 'How long all of it may take. What the server has not shown to users by then, it clears away.', default: '30m', min: '10s', max: '6h' }),
  ...rollingFields,
  ...scriptFields,
  'dry-run': flag({ description: 'Print the plan step by step, and change nothing.' }),
};

/** What the story gets. */
export type Inputs = Values<typeof fields>;

/** The contract of ssh-deploy. */
export const action = defineAction({
  name: 'ssh-deploy',
  title: 'Slipway deploy over SSH',
  description: 'Puts a release on your server beside the old one, prepares and starts it, and waits until it is healthy; users notice nothing. Cancel it or pull the plug at any moment: the next run heals.',
  branding: { icon: 'upload-cloud', color: 'blue' },
  inputs: fields,
  outputs: {
    release: 'Name of the release.',
    'previous-release': 'The release users reached before; empty at the first.',
    slot: '`blue` or `green`: where the release runs now. Empty where there are no slots.',
    'slot-url': 'Where that slot is reached on the server: `unix:/…` or `http://127.0.0.1:…`.',
    'files-changed': 'Number of files that were sent.',
    'bytes-sent': 'Bytes of content that were sent.',
    duration: 'Seconds it took, as a decimal number.',
    'exit-code': 'What the script of strategy `script` ended with, as the server saw it.',
    stdout: 'What it printed on standard output, without the last line end, where `capture` asks for it; 256 KiB at most.',
    generation: 'The generation this deployment took; a later one supersedes it.',
    status: 'JSON of what runs where, after `operation: status`.',
    ...fleetOutputs,
    checks: 'JSON list of what `operation: check` found: name, verdict (`ok`, `warning`, `problem` or `unknown`), detail, mend.',
  },
  check: (inputs) => [...fleetMistakes(inputs), ...mistakesOf(inputs)],
});

function mistakesOf(inputs: Inputs): string[] {
  const { operation, strategy, service } = inputs;
  if (operation === 'deploy' && strategy === 'script') return scriptMistakes(inputs);
  const nameless = service === '' ? ['service is missing; give it under `with:`, or as DEPLOY_SERVICE in `env:`'] : [];
  return [...nameless, ...(operation === 'deploy' ? deployMistakes(inputs) : [])];
}

function deployMistakes(inputs: Inputs): string[] {
  const { path, strategy } = inputs;
  return [
    ...(path === undefined ? ['path is missing: say in which folder of the server the service lives'] : []),
    ...appMistakes(inputs),
    ...(strategy === 'compose-rolling' ? rollingMistakes(inputs) : placeMistakes(inputs)),
  ];
}

// What starts in a slot, or is restarted in its place.
function placeMistakes({ strategy, start, health, healthCommand, bluePort, greenPort, service, runtimeDir, composeFiles, router, routerCookie }: Inputs): string[] {
  const socket = `${runtimeDir ?? `/run/slipway/${service}`}/green.sock`;
  const isSlotted = strategy === 'slots' || strategy === 'compose';
  return [
    ...(strategy === 'slots' && start === undefined ? ['start is missing: strategy slots needs to know how the slot $SLOT is started'] : []),
    ...(strategy === 'compose' && bluePort === undefined ? ['blue-port and green-port are missing: compose publishes $PORT, which is one of them'] : []),
    ...(strategy === 'compose' && composeFiles.some((file) => file.includes(':') || file.startsWith('/') || file.split('/').includes('..')) ? ['compose-files must be inside of source, and have no ":" in their names'] : []),
    ...((strategy === 'compose' ? health !== undefined && healthCommand !== undefined : (health === undefined) === (healthCommand === undefined)) ? ['give exactly one of health and health-command: without a health check there is no evidence, and that is never a pass'] : []),
    ...(strategy === 'in-place' && health?.startsWith('/') ? ['health must be an address such as http://127.0.0.1:3000/health with strategy in-place'] : []),
    ...(isSlotted && health !== undefined && !health.startsWith('/') ? ['health must be a path such as /health with slots: it is asked through the slot\'s socket'] : []),
    ...((bluePort === undefined) !== (greenPort === undefined) ? ['blue-port and green-port go together'] : []),
    ...(bluePort !== undefined && bluePort === greenPort ? ['blue-port and green-port must differ: both slots run at the same time'] : []),
    ...(routerCookie !== undefined && router !== 'traefik' ? [`router-cookie is for router: traefik; docs/routers.md says how clients stay with their slot behind ${router}`] : []),
    ...(isSlotted && socket.length > 107 ? [`runtime-dir is too long: a socket's path has 107 bytes at most, ${socket} has ${socket.length}`] : []),
  ];
}

function checkFolder(path: string): string | undefined {
  const isPlain = path.length <= LONGEST_FOLDER && isAbsolute(path) && /^\/[\w.@+/-]*\w[\w.@+/-]*$/.test(path) && !path.split('/').includes('..');
  return isPlain ? undefined : `accepted is ${FOLDER}`;
}

function checkLength(path: string): string | undefined {
  return Buffer.byteLength(path) <= LONGEST_PATH ? undefined : `accepted is a path of at most ${LONGEST_PATH} bytes`;
}

function checkHealth(health: string): string | undefined {
  return health.length <= LONGEST_PATH && /^(https?:\/\/[^\s"'\\]+|\/[^\s"'\\]*)$/.test(health) ? undefined : 'accepted is a path such as /health, or an http address';
}
