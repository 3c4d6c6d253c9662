import { parse } from 'node:path/posix';
import { asRoot, ok, problem, unknown, warning, type Judge } from './diagnosis.ts';
import type { Examination } from './examination.ts';
import { commandTools } from './tools.ts';

const SUPERVISORS: Readonly<Record<string, string>> = {
  runsvdir: 'runit', supervisord: 'supervisord', 's6-svscan': 's6', dockerd: 'Docker',
};

/** Something must start the app again after a crash and at boot. */
export const judgeSupervisor: Judge = (examination, { definition }) => {
  const { hasSystemd, docker, processes, user } = examination;
  const tools = commandTools(definition);
  const found = [...(hasSystemd ? ['systemd'] : []), ...new Set([...processes.values()].flatMap((name) => SUPERVISORS[name] ?? []))];
  if (tools.includes('systemctl') && !hasSystemd) return problem('supervisor', 'the service\'s commands call systemctl, and systemd does not run here', `ps -o comm= -p 1    # tells what does; change start, stop and restart`);
  if (tools.includes('docker') && docker === 'closed') return problem('supervisor', `${user} may not talk to Docker`, asRoot(examination, `usermod -aG docker ${user}`));
  if (found.length > 0) return ok('supervisor', `${found.join(', ')} ${found.length === 1 ? 'runs' : 'run'}`);
  const mend = asRoot(examination, 'apt-get install -y runit    # or another supervisor, for which start and stop are written');
  return processes.has(1) ? warning('supervisor', 'none was found: nothing would start the app again after a crash or a boot', mend) : unknown('supervisor', 'other users\' processes are hidden, so it cannot be told', 'cat /proc/1/comm');
};

/** A user's own systemd ends with the last login, unless the user lingers. */
export const judgeLingering: Judge = (examination, { definition: { start, restart } }) => {
  const { hasSystemd, isLingering, user } = examination;
  if (!hasSystemd || !/systemctl\s(.*\s)?--user\b/.test(`${start}\n${restart}`)) return undefined;
  if (isLingering) return ok('lingering', `what ${user} starts outlives the login, and starts at boot`);
  return problem('lingering', `${user}'s systemd ends with the last login, and the app with it`, asRoot(examination, `loginctl enable-linger ${user}`));
};

/**
 * logind must leave alone what a login started, or a plan would die with the line. Lingering does not change that: it keeps the
 * user's systemd, and so the timers of a switch, but not what runs in the session of the login.
 */
export const judgeLogind: Judge = (examination) => {
  const { hasSystemd, isLingering, user } = examination;
  if (!hasSystemd) return undefined;
  const settings = logindSettings(examination);
  const excluded = words(settings.get('KillExcludeUsers') ?? 'root');
  const only = words(settings.get('KillOnlyUsers'));
  const kills = isYes(settings.get('KillUserProcesses')) && !excluded.includes(user) && (only.length === 0 || only.includes(user));
  if (!kills) return ok('logind', 'leaves alone what a login started');
  const timers = isLingering ? '' : ', and a switch that nobody confirms would not go back by itself, because its timer ends with the login';
  return problem('logind', `KillUserProcesses=yes: a plan would be killed when the line drops${timers}`,
    `${asRoot(examination, 'mkdir -p /etc/systemd/logind.conf.d')} && printf '[Login]\\nKillExcludeUsers=root ${user}\\n' | ${asRoot(examination, 'tee /etc/systemd/logind.conf.d/slipway.conf')} && ${asRoot(examination, 'systemctl restart systemd-logind')}`);
};

/** Whether sudo asks for a password cannot be told without asking it, which it may report to the administrator. */
export const judgeSudo: Judge = ({ user, missingTools }, { definition }) => {
  if (user === 'root' || missingTools.includes('sudo') || !commandTools(definition).includes('sudo')) return undefined;
  return unknown('sudo', `the service's commands call sudo; whether it lets ${user} without a password is not tried here`, 'sudo -n -l    # as that user: must list the commands with NOPASSWD');
};

// A drop-in goes before the main file, the last by name first, and /etc before /run before /usr/lib. A comment tells what is built in.
function logindSettings({ logind }: Examination): ReadonlyMap<string, string> {
  const settings = logind.flatMap((line) => {
    const [, file = '', comment, name = '', value = ''] = /^(.*?):\s*([#;]?)\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    return name === '' ? [] : [{ name, value, order: orderOf(file, comment !== '') }];
  });
  return new Map(settings.sort((one, other) => (one.order < other.order ? -1 : 1)).map(({ name, value }) => [name, value]));
}

function orderOf(file: string, isComment: boolean): string {
  const { dir: folder, base: name } = parse(file);
  const place = ['/usr/lib/', '/run/', '/etc/'].findIndex((root) => folder.includes(root));
  return `${isComment ? 0 : folder.endsWith('.d') ? 2 : 1} ${name} ${place}`;
}

function isYes(value = 'no'): boolean {
  return /^(yes|true|on|1)$/i.test(value);
}

function words(text = ''): readonly string[] {
  return text.split(/\s+/).filter(Boolean);
}
