import { asRoot, ok, problem, unknown, warning, type Diagnosis, type Judge } from './diagnosis.ts';
import type { Rights, WebServer } from './facts.ts';
import { may, webGroup, webWorkers } from './web-user.ts';

/** nginx must run. */
export const judgeNginxProcess: Judge = (examination, { definition }) => {
  const { runtime, webServers, processes } = examination;
  if (runtime === undefined || !definition.router.name.startsWith('nginx')) return undefined;
  if (webServers.length > 0) return ok('nginx', `runs (${webServers.length} processes)`);
  const start = asRoot(examination, examination.hasSystemd ? 'systemctl enable --now nginx' : 'nginx');
  return processes.has(1) ? problem('nginx', 'does not run: users reach nothing', start) : unknown('nginx', 'other users\' processes are hidden, so whether it runs cannot be told', asRoot(examination, 'pgrep -a nginx'));
};

/** nginx must come through every folder on the way to the sockets, and may connect to them. */
export const judgeNginxRights: Judge = (examination, { definition }) => {
  const workers = webWorkers(examination);
  const { runtime, ways, sockets } = examination;
  if (runtime === undefined || !definition.router.name.startsWith('nginx')) return undefined;
  const shutTo = (worker: WebServer): readonly Rights[] => ways.filter((folder) => !may(worker, 'x', folder));
  const deafTo = (worker: WebServer): readonly Rights[] => sockets.filter((socket) => !may(worker, 'w', socket));
  // A container's nginx shows among the processes too, so one that may is enough.
  if (workers.some((worker) => shutTo(worker).length + deafTo(worker).length === 0)) return ok('nginx rights', 'nginx may reach the sockets');
  const [shut, deaf] = [shutTo(workers[0] ?? SOMEBODY), deafTo(workers[0] ?? SOMEBODY)];
  if (shut.length > 0) return judged(workers.length > 0, `nginx may not pass through ${listed(shut)} to the sockets`, asRoot(examination, `chmod o+x ${words(shut)}`));
  if (deaf.length > 0) return judged(workers.length > 0, `nginx may not connect to ${listed(deaf)}`, `${asRoot(examination, `chgrp ${webGroup(examination)} ${words(deaf)}`)} && ${asRoot(examination, `chmod g+w ${words(deaf)}`)}    # and UMask=0002 in the unit of the app`);
  return ok('nginx rights', 'everybody may reach the sockets');
};

/** A file of the configuration must lead to the live socket, straight and not through an upstream. */
export const judgeNginxConfig: Judge = (examination, { definition }) => {
  const { runtimeDir, router, ports } = definition;
  const { config } = router;
  const { access, closed, naming } = examination.nginxConfig;
  if (examination.runtime === undefined || router.name !== 'nginx-socket') return undefined;
  if (access === 'missing') return unknown(CONFIG, `${config} is not there, so nothing can be looked through for what would break a switch`, 'nginx -V 2>&1 | tr " " "\\n" | grep conf-path    # then give router-config');
  if (access === 'closed') return unknown(CONFIG, `${examination.user} may not read ${config}`, asRoot(examination, `chmod o+rx ${config}`));
  const live = naming.filter((line) => line.includes(`${runtimeDir}/live.sock`) || line.includes(`${runtimeDir}/live/`));
  const unread = closed.length === 0 ? '' : ` in what ${examination.user} may read; ${closed.length} files are closed`;
  const missing = closed.length === 0 ? problem : unknown;
  if (live.length === 0) return missing(CONFIG, `no file in ${config} names ${runtimeDir}/live.sock${unread}`, useLive(examination, runtimeDir));
  const bridged = (['blue', 'green'] as const).filter((slot) => !naming.some((line) => line.startsWith('listen') && line.includes(`${runtimeDir}/${slot}.sock`)));
  if (ports !== undefined && bridged.length > 0) {
    return missing(CONFIG, `no bridge listens on ${bridged.map((slot) => `${runtimeDir}/${slot}.sock`).join(' and ')}${unread}`,
      `server { listen unix:${runtimeDir}/${bridged[0]}.sock; location / { proxy_pass http://127.0.0.1:${ports[bridged[0]!]}; proxy_set_header Host $http_host; } }    # whole: examples/nginx/slipway-bridge.conf`);
  }
  if (examination.router === '' && live.some((line) => line.startsWith('server ') || /[\s{;]server\s+unix:/.test(line))) {
    return warning(CONFIG, 'live.sock is reached through an upstream, where newer versions of nginx keep connections to the old slot', useLive(examination, runtimeDir));
  }
  return ok(CONFIG, `${config} leads to ${runtimeDir}/live.sock`);
};

/** The router must be fit for a switch; with nginx-socket, an upstream that keeps connections would answer from the old slot after one. */
export const judgeRouter: Judge = (examination, { definition: { runtimeDir, router } }) => {
  const complaint = examination.router.replace(/\.$/, '');
  if (examination.runtime === undefined || (complaint === '' && router.name === 'nginx-socket')) return undefined;
  if (router.name === 'nginx-socket') return problem('nginx keepalive', complaint, useLive(examination, runtimeDir));
  return complaint === '' ? ok('router', `${router.name} is fit for a switch`) : problem('router', complaint, 'set it up as docs/routers.md says');
};

/** What the public address answered to the runner. */
export function judgeUrl(url: string, answer: { readonly status?: number; readonly error?: string }, hasRelease: boolean): Diagnosis {
  const mend = `curl -v ${url}`;
  if (answer.status === undefined) return (hasRelease ? problem : warning)('url', `${url} does not answer the runner: ${answer.error}`, mend);
  if (answer.status < 500) return ok('url', `${url} answers the runner with status ${answer.status}`);
  if (!hasRelease) return ok('url', `${url} answers the runner with status ${answer.status}, as it must before the first release`);
  return problem('url', `${url} answers the runner with status ${answer.status}`, mend);
}

const CONFIG = 'nginx config';
// Whoever nginx works as where it does not run: neither owner nor of the group.
const SOMEBODY: WebServer = { pid: 0, isWorker: true, uid: -1, groups: [], groupName: '' };

function judged(isKnown: boolean, detail: string, mend: string): Diagnosis {
  return isKnown ? problem('nginx rights', detail, mend) : warning('nginx rights', `${detail}, unless as their owner or group`, mend);
}

function useLive(examination: Parameters<typeof asRoot>[0], runtimeDir: string): string {
  return `location / { proxy_pass http://unix:${runtimeDir}/live.sock:; proxy_http_version 1.1; proxy_set_header Host $http_host; }    # in the server block, then: ${asRoot(examination, 'nginx -t')} && ${asRoot(examination, 'nginx -s reload')}`;
}

function listed(things: readonly { readonly path: string }[]): string {
  return things.map(({ path }) => path).join(', ');
}

function words(things: readonly { readonly path: string }[]): string {
  return things.map(({ path }) => path).join(' ');
}
