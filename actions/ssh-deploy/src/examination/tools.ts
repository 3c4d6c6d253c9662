import { routerTools } from '#shared/traffic/router';
import { hasSlots, type ServiceDefinition } from '#shared/server/definition';

const ALWAYS = ['awk', 'cmp', 'cut', 'date', 'df', 'find', 'flock', 'grep', 'head', 'ln', 'mkdir', 'mv', 'readlink', 'sed', 'setsid', 'sha256sum', 'sort', 'tail', 'tar', 'tr', 'wc', 'xargs'];
const OF_COMMANDS = /(?<=^|[\s;&|(])(?:sudo|systemctl|docker|podman|sv|supervisorctl|rc-service)(?=$|\s)/gm;

/** The programs that deployments of the service call on the server, as far as its commands show them. */
export function neededTools(definition: ServiceDefinition): readonly string[] {
  const { health, router } = definition;
  const ofRouter = hasSlots(definition) ? [...routerTools(definition), ...programsIn([router.test, router.reload, router.control])] : [];
  const ofContainers = definition.compose === undefined ? [] : ['docker'];
  return [...new Set([...ALWAYS, ...ofRouter, ...ofContainers, ...(health.command === '' ? ['curl'] : []), ...commandTools(definition)])];
}

/** The programs for supervision and rights that the service's own commands call. */
export function commandTools({ start, stop, restart }: Pick<ServiceDefinition, 'start' | 'stop' | 'restart'>): readonly string[] {
  return programsIn([start, stop, restart]);
}

function programsIn(commands: readonly string[]): readonly string[] {
  return [...new Set(commands.join('\n').match(OF_COMMANDS) ?? [])];
}

/** The command that installs programs with the server's package manager, without sudo. */
export function installation(tools: readonly string[], packageManager: string | undefined): string {
  const packages = [...new Set(tools.map((tool) => PACKAGES[tool] ?? 'coreutils'))];
  return `${INSTALL[packageManager ?? ''] ?? 'apt-get install -y'} ${packages.join(' ')}`;
}

const INSTALL: Readonly<Record<string, string>> = {
  'apt-get': 'apt-get install -y', dnf: 'dnf install -y', yum: 'yum install -y', apk: 'apk add', zypper: 'zypper install -y', pacman: 'pacman -S --noconfirm',
};

const PACKAGES: Readonly<Record<string, string>> = {
  awk: 'gawk', cmp: 'diffutils', find: 'findutils', xargs: 'findutils', flock: 'util-linux', setsid: 'util-linux', grep: 'grep', sed: 'sed', tar: 'tar', curl: 'curl', socat: 'socat',
  sudo: 'sudo', systemctl: 'systemd', docker: 'docker.io', podman: 'podman', sv: 'runit', supervisorctl: 'supervisor', 'rc-service': 'openrc',
};
