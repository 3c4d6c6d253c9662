import { describe, expect, test } from '@jest/globals';
import type { ServiceDefinition } from '#shared/server/definition';
import { dockerFacts } from './containers.ts';
import type { Diagnosis, Subject } from './diagnosis.ts';
import { examineCommand, parseExamination, type Examination } from './examination.ts';
import { judge } from './judgement.ts';
import { judgeClock } from './machine.ts';
import { judgeUrl } from './nginx.ts';
import { conclusion, diagnosesTable, faultOf } from './report.ts';
import { installation, neededTools } from './tools.ts';

const DEFINITION: ServiceDefinition = {
  format: 1, service: 'shop', environment: 'production', path: '/srv/shop', strategy: 'slots', runtimeDir: '/run/slipway/shop',
  router: { name: 'nginx-socket', entry: '', config: '/etc/nginx', control: '', test: '', reload: '' }, start: 'systemctl --user restart shop@$SLOT', stop: '', restart: '', health: { path: '/health', command: '', timeout: 1 }, url: '', keep: 5,
};
const SUBJECT: Subject = { definition: DEFINITION, isDeployed: true, live: 'blue' };
const BRIDGED: Subject = { ...SUBJECT, definition: { ...DEFINITION, ports: { blue: 3001, green: 3002 } } };
const FOLDER = { isFolder: true, isWritable: true, fileSystem: 'ext2/ext3' };
const WORKER = { pid: 8, isWorker: true, uid: 33, groups: [33], groupName: 'www-data' };

const SOUND: Examination = {
  clock: 1, user: 'deploy', hostName: 'web1', system: 'Debian', missingTools: [], packageManager: 'apt-get',
  path: { ...FOLDER, nearest: '/srv/shop' }, runtime: { ...FOLDER, nearest: '/run/slipway/shop', fileSystem: 'tmpfs' },
  home: { ...FOLDER, nearest: '/home/deploy/.slipway' }, state: { ...FOLDER, nearest: '/srv/shop/.slipway' }, registered: '/srv/shop/.slipway',
  ways: [{ path: '/srv/shop', mode: 'drwxr-xr-x', uid: 1000, gid: 1000 }, { path: '/run/slipway/shop', mode: 'drwxr-sr-x', uid: 1000, gid: 33 }],
  links: new Map([
    ['/srv/shop/slots/blue', { kind: 'link', target: '../releases/r1' }], ['/srv/shop/slots/green', { kind: 'none', target: '' }],
    ['/srv/shop/confirmed.sock', { kind: 'link', target: '/run/slipway/shop/blue.sock' }], ['/run/slipway/shop/live.sock', { kind: 'link', target: '/srv/shop/confirmed.sock' }],
  ]),
  sockets: [{ path: '/run/slipway/shop/blue.sock', mode: 'srwxrwxr-x', uid: 1000, gid: 33 }],
  disk: { free: 5e10, total: 1e11 }, inodes: { free: 5e6, total: 1e7 },
  tmpfiles: [
    { type: 'd', path: '/run/slipway/shop', target: '-', file: '/etc/tmpfiles.d/s.conf' },
    { type: 'L', path: '/run/slipway/shop/live.sock', target: '/srv/shop/confirmed.sock', file: '/etc/tmpfiles.d/s.conf' },
  ],
  hasSystemd: true, isLingering: true, logind: ['/etc/systemd/logind.conf:#KillUserProcesses=no'], docker: undefined, containers: { isRotating: false }, processes: new Map([[1, 'systemd']]), webServers: [WORKER],
  nginxConfig: { access: 'open', closed: [], naming: ['proxy_pass http://unix:/run/slipway/shop/live.sock:;'] },
  router: '', plans: [], lock: { isHeld: false, holders: [], running: undefined }, ports: [],
};

const IN_CONTAINERS: Subject = { ...SUBJECT, definition: { ...DEFINITION, strategy: 'compose', start: '', compose: { files: ['compose.yaml'], envFile: '', project: 'shop-production', preStop: '', stopTimeout: 1 } } };
const ENGINE = { engine: { version: '24.0.7', logging: 'local', folder: '/var/lib/docker' }, compose: '2.24.1', disk: { free: 5e10, total: 1e11 }, isRotating: false, boot: 'enabled' };
const shut = { ...FOLDER, isWritable: false };
const file = { isFolder: false, isWritable: true, fileSystem: 'ext2/ext3' };
const logind = (...settings: readonly string[]): Partial<Examination> => ({ logind: settings.map((setting) => `/etc/systemd/logind.conf:${setting}`) });

// The line's name, what differs from a sound server, and what verdict, detail and mend are then.
const FAULTS: readonly (readonly [name: string, changes: Partial<Examination>, verdict: Diagnosis['verdict'], detail: string, mend: string, subject?: Subject])[] = [
  ['tools', { missingTools: ['curl', 'flock'] }, 'problem', 'curl, flock are not on the PATH', 'sudo apt-get install -y curl util-linux'],
  ['tools', { missingTools: ['xargs'], packageManager: 'apk', user: 'root' }, 'problem', 'xargs is not', 'apk add findutils'],
  ['path', { path: { ...shut, nearest: '/srv' } }, 'problem', 'deploy may not create /srv/shop: /srv is not writable', 'sudo install -d -o deploy /srv/shop'],
  ['path', { path: { ...shut, nearest: '/srv/shop' } }, 'problem', 'may not write in /srv/shop', 'sudo chown deploy /srv/shop'],
  ['path', { path: { ...file, nearest: '/srv/shop' } }, 'problem', '/srv/shop is not a folder', 'sudo mv /srv/shop /srv/shop.old'],
  ['path', { state: { ...shut, nearest: '/srv/shop/.slipway' } }, 'problem', 'belongs to another user', 'sudo chown -R deploy /srv/shop/.slipway'],
  ['path', { path: { ...FOLDER, nearest: '/srv/shop', fileSystem: 'tmpfs' } }, 'warning', 'which a boot empties', 'path:'],
  ['path', { path: { ...FOLDER, nearest: '/srv' } }, 'ok', '/srv/shop is not there yet; deploy may create it', ''],
  ['record', { home: { ...shut, nearest: '/home/deploy' } }, 'problem', '/home/deploy', 'sudo chown deploy /home/deploy'],
  ['record', { registered: '/opt/shop/.slipway' }, 'warning', 'recorded at /opt/shop, not at /srv/shop', 'path: /opt/shop'],
  ['record', { registered: undefined }, 'ok', 'not recorded yet', ''],
  ['disk', { disk: { free: 199e6, total: 1e9 } }, 'problem', '199 MB of 1 GB free', 'du -xsh /srv/shop/*'],
  ['disk', { disk: { free: 999e6, total: 5e9 } }, 'warning', '999 MB', 'du -xsh'],
  ['disk', { disk: { free: 49e9, total: 1e12 } }, 'warning', '49 GB of 1 TB', 'du -xsh'],
  ['disk', { disk: undefined }, 'unknown', 'cannot be told', 'df -Pk /srv/shop'],
  ['inodes', { inodes: { free: 900, total: 1e6 } }, 'problem', '900 of 1000000 free', 'du -x --inodes /srv/shop'],
  ['runtime-dir', { runtime: { ...shut, nearest: '/run', fileSystem: 'tmpfs' } }, 'problem', '/run/slipway/shop is not there, and deploy may not create it in /run',
    "printf '%s\\n' 'd /run/slipway/shop 2755 deploy www-data -' 'L /run/slipway/shop/live.sock - deploy www-data - /srv/shop/confirmed.sock' | sudo tee /etc/tmpfiles.d/slipway-shop.conf && sudo systemd-tmpfiles --create slipway-shop.conf"],
  ['runtime-dir', { runtime: { ...shut, nearest: '/run', fileSystem: 'tmpfs' }, hasSystemd: false }, 'problem', 'is not there', 'sudo install -d -m 2755 -o deploy -g www-data /run/slipway/shop'],
  ['runtime-dir', { runtime: { ...shut, nearest: '/run/slipway/shop' } }, 'problem', 'may not write', 'sudo chown deploy /run/slipway/shop'],
  ['boot', { runtime: { ...FOLDER, nearest: '/run/slipway/shop' } }, 'warning', 'which a boot does not empty', 'runtime-dir: /run/slipway/shop'],
  ['boot', { tmpfiles: [] }, 'warning', 'no line of tmpfiles.d', 'sudo systemd-tmpfiles --create slipway-shop.conf'],
  ['boot', { tmpfiles: SOUND.tmpfiles.slice(0, 1) }, 'warning', 'makes no live.sock', 'systemd-tmpfiles'],
  ['boot', { tmpfiles: [SOUND.tmpfiles[0]!, { ...SOUND.tmpfiles[1]!, type: 'L+' }] }, 'warning', 'would also move traffic', "sudo sed -i 's|^L+|L|' /etc/tmpfiles.d/s.conf"],
  ['boot', { tmpfiles: [SOUND.tmpfiles[0]!, { ...SOUND.tmpfiles[1]!, target: '/srv/old/confirmed.sock' }] }, 'warning', 'points live.sock to /srv/old/confirmed.sock', 'tee'],
  ['boot', { tmpfiles: [], hasSystemd: false }, 'unknown', 'cannot be told', '# at each boot'],
  ['links', { links: new Map([['/srv/shop/slots/green', { kind: 'folder', target: '' }]]) }, 'problem', '/srv/shop/slots/green is a real folder', 'mv /srv/shop/slots/green /srv/shop/slots/green.old', { ...SUBJECT, live: undefined }],
  ['live.sock', { links: new Map() }, 'problem', 'users reach nothing', 'ln -s /srv/shop/confirmed.sock /run/slipway/shop/live.sock'],
  ['live.sock', { sockets: [] }, 'problem', 'its app does not run', "SLOT=blue SOCKET=/run/slipway/shop/blue.sock sh -e -c 'systemctl --user restart shop@$SLOT'"],
  ['live.sock', { links: new Map(), sockets: [] }, 'ok', 'made by the first switch', '', { ...SUBJECT, isDeployed: false, live: undefined }],
  ['confirmed.sock', { links: new Map([['/run/slipway/shop/live.sock', { kind: 'link', target: '' }]]) }, 'warning', 'not confirmed', 'operation: confirm'],
  ['supervisor', { hasSystemd: false }, 'problem', 'systemd does not run here', 'ps -o comm= -p 1'],
  ['docker', { containers: ENGINE }, 'ok', 'the engine answers deploy (version 24.0.7)', '', IN_CONTAINERS],
  ['docker', { containers: { isRotating: false, silent: 'permission denied while trying to connect to the Docker daemon socket' } }, 'problem', 'deploy may not talk to the engine', 'sudo usermod -aG docker deploy', IN_CONTAINERS],
  ['docker', { containers: { isRotating: false, silent: 'Cannot connect to the Docker daemon' } }, 'problem', 'does not answer: Cannot connect', 'sudo systemctl enable --now docker', IN_CONTAINERS],
  ['docker compose', { containers: ENGINE }, 'ok', 'version 2.24.1', '', IN_CONTAINERS],
  ['docker compose', { containers: dockerFacts(['engine 20.10.24 json-file /var/lib/docker', 'old 1.29.2']) }, 'problem', 'docker-compose 1.29.2 is the old Compose v1, which is not supported', 'docker-compose-plugin', IN_CONTAINERS],
  ['docker compose', { containers: dockerFacts(['engine 20.10.24 json-file /var/lib/docker']) }, 'problem', 'the plugin is not there', 'sudo apt-get install', IN_CONTAINERS],
  ['docker disk', { containers: { ...ENGINE, disk: { free: 9e8, total: 1e11 } } }, 'problem', '900 MB of 100 GB free', 'docker system df', IN_CONTAINERS],
  ['docker disk', { containers: dockerFacts(['engine 24.0.7 local /var/lib/docker', 'disk /dev/vda1 102400000 61440000 40960000 60% /']) }, 'ok', '41.9 GB of 105 GB free', '', IN_CONTAINERS],
  ['docker logs', { containers: { ...ENGINE, engine: { ...ENGINE.engine, logging: 'json-file' } } }, 'warning', 'driver json-file keeps what containers print for ever', 'log-driver', IN_CONTAINERS],
  ['docker logs', { containers: { ...ENGINE, engine: { ...ENGINE.engine, logging: 'json-file' }, isRotating: true } }, 'ok', 'with max-size', '', IN_CONTAINERS],
  ['docker boot', { containers: { ...ENGINE, boot: 'disabled' } }, 'problem', 'a boot does not start the engine', 'sudo systemctl enable docker', IN_CONTAINERS],
  ['supervisor', { docker: 'closed' }, 'problem', 'may not talk to Docker', 'sudo usermod -aG docker deploy', { ...SUBJECT, definition: { ...DEFINITION, start: 'docker compose up -d' } }],
  ['supervisor', { hasSystemd: false }, 'warning', 'none was found', 'runit', { ...SUBJECT, definition: { ...DEFINITION, start: './start' } }],
  ['supervisor', { hasSystemd: false, processes: new Map() }, 'unknown', 'cannot be told', '/proc/1', { ...SUBJECT, definition: { ...DEFINITION, start: './start' } }],
  ['lingering', { isLingering: false }, 'problem', 'ends with the last login', 'sudo loginctl enable-linger deploy'],
  ['logind', logind('KillUserProcesses=yes'), 'problem', 'killed when the line drops', 'KillExcludeUsers=root deploy'],
  ['logind', logind('#KillUserProcesses=yes'), 'problem', 'killed', 'logind.conf.d'],
  ['logind', { logind: ['/etc/systemd/logind.conf:KillUserProcesses=yes', '/usr/lib/systemd/logind.conf.d/a.conf:KillUserProcesses=no'] }, 'ok', 'leaves alone', ''],
  ['logind', { logind: ['/etc/systemd/logind.conf.d/a.conf:KillUserProcesses=yes', '/usr/lib/systemd/logind.conf.d/a.conf:KillUserProcesses=no'] }, 'problem', 'killed', 'tee'],
  ['logind', logind('KillUserProcesses=yes', 'KillExcludeUsers=root deploy'), 'ok', 'leaves alone', ''],
  ['logind', logind('KillUserProcesses=yes', 'KillOnlyUsers=guest'), 'ok', 'leaves alone', ''],
  ['logind', { ...logind('KillUserProcesses=yes'), user: 'root' }, 'ok', 'leaves alone', ''],
  ['sudo', {}, 'unknown', 'not tried here', 'sudo -n -l', { ...SUBJECT, definition: { ...DEFINITION, start: 'sudo systemctl restart shop@$SLOT' } }],
  ['nginx', { webServers: [] }, 'problem', 'does not run', 'sudo systemctl enable --now nginx'],
  ['nginx', { webServers: [], processes: new Map() }, 'unknown', 'hidden', 'pgrep'],
  ['nginx config', { nginxConfig: { access: 'open', closed: [], naming: [] } }, 'problem', 'no file in /etc/nginx names /run/slipway/shop/live.sock', 'proxy_pass http://unix:/run/slipway/shop/live.sock:;'],
  ['nginx config', { nginxConfig: { access: 'open', closed: ['/etc/nginx/x'], naming: [] } }, 'unknown', '1 files are closed', 'proxy_pass'],
  ['nginx config', { nginxConfig: { access: 'closed', closed: [], naming: [] } }, 'unknown', 'may not read', 'sudo chmod o+rx /etc/nginx'],
  ['nginx config', { nginxConfig: { access: 'missing', closed: [], naming: [] } }, 'unknown', 'is not there', 'nginx -V'],
  ['nginx config', { nginxConfig: { access: 'open', closed: [], naming: ['server unix:/run/slipway/shop/live.sock;'] } }, 'warning', 'through an upstream', 'proxy_pass'],
  ['nginx config', { nginxConfig: { access: 'open', closed: [], naming: [...SOUND.nginxConfig.naming, 'listen unix:/run/slipway/shop/blue.sock;'] } }, 'problem', 'no bridge listens on /run/slipway/shop/green.sock', 'http://127.0.0.1:3002', BRIDGED],
  ['nginx keepalive', { router: '/etc/nginx/x keeps connections alive.' }, 'problem', '/etc/nginx/x keeps connections alive', 'proxy_pass http://unix:/run/slipway/shop/live.sock:;'],
  ['nginx rights', { ways: [{ path: '/srv/shop', mode: 'drwxr-x---', uid: 1000, gid: 1000 }] }, 'problem', 'may not pass through /srv/shop', 'sudo chmod o+x /srv/shop'],
  ['nginx rights', { ways: [{ path: '/srv/shop', mode: 'drwxr-x---', uid: 1000, gid: 33 }] }, 'ok', 'may reach', ''],
  ['nginx rights', { ways: [{ path: '/srv/shop', mode: 'drwxr-x---+', uid: 1000, gid: 0 }] }, 'ok', 'may reach', ''],
  ['nginx rights', { ways: [{ path: '/srv/shop', mode: 'drwxr-x---', uid: 1000, gid: 33 }], webServers: [] }, 'warning', 'may not pass', 'chmod o+x'],
  ['nginx rights', { sockets: [{ path: '/run/slipway/shop/blue.sock', mode: 'srwxr-xr-x', uid: 1000, gid: 33 }] }, 'problem', 'may not connect to /run/slipway/shop/blue.sock', 'chmod g+w /run/slipway/shop/blue.sock'],
  ['port 3001', {}, 'warning', 'nobody listens, though slot blue holds a release', "ss -ltn 'sport = :3001'", BRIDGED],
  ['port 3001', { ports: [{ port: 3001, owner: 'deploy', process: '' }] }, 'ok', 'slot blue listens (deploy)', '', BRIDGED],
  ['port 3002', { ports: [{ port: 3002, owner: 'www-data', process: 'process 7 (node x)' }] }, 'problem', 'is taken by www-data, process 7 (node x), though slot green is empty', "sudo ss -ltnp 'sport = :3002'", BRIDGED],
  ['lock', { lock: { isHeld: true, holders: [], running: { plan: 'p1', pid: 9 } } }, 'warning', 'plan p1 is running (process 9)', 'tail -f'],
  ['lock', { lock: { isHeld: true, holders: [{ pid: 5, isOfStep: true, command: 'npm ci' }], running: undefined } }, 'warning', 'process 5 (npm ci), which a killed plan left', 'deploy again'],
  ['lock', { lock: { isHeld: true, holders: [{ pid: 5, isOfStep: false, command: 'node a' }], running: undefined } }, 'problem', 'process 5 (node a), which no plan looks after', 'kill 5'],
  ['plans', { plans: [{ plan: 'p1', heading: 'slipway-journal 2', last: '1 act' }] }, 'problem', 'plan p1 has the journal format "slipway-journal 2"', 'the version that wrote it'],
  ['plans', { plans: [{ plan: 'p1', heading: 'slipway-journal 1', last: '1 begin assemble' }] }, 'warning', 'plan p1 did not end (begin assemble)', 'deploy again'],
  ['plans', { plans: [{ plan: 'p1', heading: 'slipway-journal 1', last: '1 verified' }] }, 'warning', 'waits to be confirmed', 'operation: confirm'],
  ['plans', { plans: [{ plan: 'p1', heading: 'slipway-journal 1', last: '1 begin x' }], lock: { isHeld: true, holders: [], running: { plan: 'p1', pid: 9 } } }, 'ok', 'none is left', ''],
];

describe('judging a server', () => {
  test('finds nothing to mend on a sound one', () => {
    expect(judge(SOUND, SUBJECT).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  });

  test.each(FAULTS.map((fault) => [`${fault[0]}: ${fault[3]}`, fault] as const))('%s', (_title, [name, changes, verdict, detail, mend, subject = SUBJECT]) => {
    const line = judge({ ...SOUND, ...changes }, subject).find((each) => each.name === name && (each.verdict === verdict || verdict === 'ok'));
    expect(line).toMatchObject({ verdict, detail: expect.stringContaining(detail), mend: expect.stringContaining(mend) });
  });

  test('every line that is not ok carries its mend', () => {
    const lines = FAULTS.flatMap(([, changes, , , , subject = SUBJECT]) => judge({ ...SOUND, ...changes }, subject));
    expect(lines.filter(({ verdict, mend }) => (verdict === 'ok') !== (mend === ''))).toEqual([]);
  });

  test('leaves slots, sockets and nginx out in place', () => {
    const names = judge({ ...SOUND, runtime: undefined, router: 'x', nginxConfig: { access: 'missing', closed: [], naming: [] } }, { ...SUBJECT, definition: { ...DEFINITION, strategy: 'in-place', start: '' }, live: undefined }).map(({ name }) => name);
    expect(names.filter((name) => /nginx|sock|runtime|boot|port/.test(name))).toEqual([]);
  });

  test.each([[undefined, 'unknown'], [0, 'ok'], [-5.2, 'ok'], [6, 'warning'], [-90, 'warning']] as const)('a clock off by %s s is %s', (skew, verdict) => {
    expect(judgeClock(skew, 'deploy')).toMatchObject({ verdict });
  });

  test.each([
    [{ status: 302 }, true, 'ok'], [{ status: 404 }, true, 'ok'], [{ status: 502 }, false, 'ok'], [{ status: 502 }, true, 'problem'],
    [{ error: 'refused' }, true, 'problem'], [{ error: 'refused' }, false, 'warning'],
  ] as const)('a public answer %j, with a release: %s, is %s', (answer, hasRelease, verdict) => {
    expect(judgeUrl('https://shop.example', answer, hasRelease)).toMatchObject({ verdict });
  });
});

describe('the report', () => {
  const diagnoses = judge({ ...SOUND, missingTools: ['curl'], disk: { free: 5e8, total: 1e9 } }, SUBJECT);

  test('names every problem with its mend, and no warning', () => {
    expect(faultOf('web1', diagnoses)).toBe('web1 is not ready:\n  ✗ tools: curl is not on the PATH of a login without a terminal\n      sudo apt-get install -y curl');
    expect(faultOf('web1', judge(SOUND, SUBJECT))).toBeUndefined();
  });

  test('counts, and shows what is not ok first', () => {
    expect(conclusion(diagnoses)).toBe('1 problem, 1 warning');
    expect(conclusion(judge(SOUND, SUBJECT))).toBe('ready');
    expect(diagnosesTable('web1', 'shop', diagnoses).table?.rows.slice(0, 2).map((row) => row.slice(0, 2))).toEqual([['✗', 'tools'], ['!', 'disk']]);
  });
});

describe('tools', () => {
  test('are what plans and the service\'s commands call', () => {
    const tools = neededTools({ ...DEFINITION, start: 'cd x && sudo systemctl restart a', stop: 'docker stop a; echo mysudo' });
    expect(tools).toEqual(expect.arrayContaining(['flock', 'curl', 'sudo', 'systemctl', 'docker']));
    expect(neededTools({ ...DEFINITION, health: { path: '', command: 'true', timeout: 1 } })).not.toContain('curl');
  });

  test.each([
    ['nginx-socket', {}, ['awk']],
    ['haproxy', {}, ['awk', 'socat']],
    ['nginx', { test: 'sudo nginx -t', reload: 'sudo systemctl reload nginx' }, ['awk', 'cksum', 'sudo', 'systemctl']],
    ['caddy', { control: 'http://localhost:2019' }, ['awk', 'cksum', 'curl']],
    ['traefik', {}, ['awk', 'cksum', 'curl']],
    ['kamal-proxy', { control: 'docker exec kamal-proxy kamal-proxy' }, ['awk', 'docker']],
  ] as const)('of the router %s are among them', (name, commands, expected) => {
    const bare = { ...DEFINITION, start: '', stop: '', restart: '', health: { path: '', command: 'true', timeout: 1 } };
    const tools = neededTools({ ...bare, router: { ...DEFINITION.router, test: '', reload: '', control: '', ...commands, name } });
    expect(tools).toEqual(expect.arrayContaining([...expected]));
    expect(tools.includes('socat')).toBe(name === 'haproxy');
    expect(neededTools({ ...bare, strategy: 'in-place', router: { ...DEFINITION.router, ...commands, name } }).includes('cksum')).toBe(false);
  });

  test('are installed by whatever the server has', () => {
    expect(installation(['cut', 'wc'], 'dnf')).toBe('dnf install -y coreutils');
    expect(installation(['socat', 'cksum'], 'apt-get')).toBe('apt-get install -y socat coreutils');
  });
});

describe('the answer of a server', () => {
  test('that was cut short is no examination', () => {
    expect(() => parseExamination('\u001em clock\n1\n', 'm')).toThrow('cut short');
  });

  test('is asked for with every value quoted', () => {
    expect(examineCommand({ ...DEFINITION, start: '', path: "/srv/it's" }, 'a b', 'm')).toContain(`slipway m 'a b' '/srv/it'\\''s' /run/slipway/shop /etc/nginx ''`);
  });
});
