import { asRoot, ok, problem, warning, type Diagnosis, type Judge } from './diagnosis.ts';
import { space, type Fill } from './facts.ts';
import { judgeFill } from './machine.ts';
import { formatSize } from '#shared/core/size';

const NO_SPACE = 1_000_000_000;
const LITTLE_SPACE = 5_000_000_000;
const ROTATING = ['local', 'journald', 'syslog', 'none', 'fluentd', 'gelf', 'awslogs', 'splunk', 'gcplogs', 'etwlogs'];

/** What the server says of Docker; a text is undefined where there is no such thing. */
export interface DockerFacts {
  readonly engine?: { readonly version: string; readonly logging: string; readonly folder: string };
  /** Why the engine does not answer. */
  readonly silent?: string;
  readonly compose?: string;
  /** The version of the old docker-compose. */
  readonly old?: string;
  readonly disk?: Fill;
  readonly isRotating: boolean;
  /** What systemd says of its start at boot. */
  readonly boot?: string;
}

/** Reads what engine.sh printed. */
export function dockerFacts(lines: readonly string[]): DockerFacts {
  const said = new Map(lines.map((line) => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1).trim()] as const));
  const [version = '', logging = '', ...folder] = (said.get('engine') ?? '').split(' ');
  const given = (name: 'silent' | 'compose' | 'old' | 'boot'): Partial<Record<typeof name, string>> => (said.get(name) ? { [name]: said.get(name) ?? '' } : {});
  const disk = space(said.get('disk'));
  return { ...(version !== '' && { engine: { version, logging, folder: folder.join(' ') } }), ...given('silent'), ...given('compose'), ...given('old'), ...given('boot'), ...(disk && { disk }), isRotating: said.has('rotation') };
}

/** Whether containers can be run, and go on running: the engine, compose, room for images, logs with an end, the start at boot. */
export const judgeDocker: Judge = (examination, { definition }) => {
  if (definition.compose === undefined || examination.missingTools.includes('docker')) return undefined;
  const { engine, disk } = examination.containers;
  const reached = judgeEngine(examination);
  if (engine === undefined) return [reached, judgeCompose(examination)];
  const room = judgeFill('docker disk', disk, { shown: formatSize, none: NO_SPACE, little: LITTLE_SPACE, mend: 'docker system df    # then docker image prune, docker builder prune', missing: asRoot(examination, `df -h ${engine.folder}`) });
  return [reached, judgeCompose(examination), room, judgeLogs(examination), ...judgeStart(examination)];
};

type Examined = Parameters<Judge>[0];

function judgeEngine(examination: Examined): Diagnosis {
  const { user, hasSystemd, containers: { engine, silent = '' } } = examination;
  if (engine !== undefined) return ok('docker', `the engine answers ${user} (version ${engine.version})`);
  if (/permission denied/i.test(silent)) return problem('docker', `${user} may not talk to the engine`, `${asRoot(examination, `usermod -aG docker ${user}`)}    # then a new login; the group is as good as root`);
  return problem('docker', `the engine does not answer: ${silent}`, asRoot(examination, hasSystemd ? 'systemctl enable --now docker' : 'service docker start'));
}

function judgeCompose(examination: Examined): Diagnosis {
  const { compose, old } = examination.containers;
  if (compose !== undefined) return ok('docker compose', `version ${compose}`);
  const detail = old === undefined ? 'the plugin is not there' : `the plugin is not there; docker-compose ${old} is the old Compose v1, which is not supported`;
  return problem('docker compose', detail, asRoot(examination, 'apt-get install -y docker-compose-plugin    # of Docker\'s own packages; docker-compose-v2 of Ubuntu\'s'));
}

function judgeLogs(examination: Examined): Diagnosis {
  const { engine, isRotating } = examination.containers;
  const driver = engine?.logging ?? '';
  if (isRotating || ROTATING.includes(driver)) return ok('docker logs', `driver ${driver}${isRotating ? ', with max-size' : ''}`);
  return warning('docker logs', `driver ${driver} keeps what containers print for ever, until the disk is full`, `${asRoot(examination, 'tee /etc/docker/daemon.json')} <<<'{"log-driver":"local"}'    # merge it with what is there; counts for new containers once docker is restarted`);
}

function judgeStart(examination: Examined): Diagnosis[] {
  const { boot } = examination.containers;
  if (boot !== 'disabled') return [];
  return [problem('docker boot', 'a boot does not start the engine, so nothing would start the containers', asRoot(examination, 'systemctl enable docker'))];
}
