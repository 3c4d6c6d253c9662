import { quote } from '#shared/core/quote';
import { asRoot, ok, problem, unknown, warning, type Diagnosis, type Judge, type Subject } from './diagnosis.ts';
import type { Examination } from './examination.ts';
import { webGroup } from './web-user.ts';

const VOLATILE = new Set(['tmpfs', 'ramfs']);

/** The service's folder: it, or the nearest parent that is there, must be writable; and it must outlive a boot. */
export const judgePath: Judge = (examination, { definition: { path } }) => {
  const { path: place, user, state } = examination;
  if (place.nearest === path && !place.isFolder) return problem('path', `${path} is not a folder`, asRoot(examination, `mv ${path} ${path}.old`));
  const make = asRoot(examination, `install -d -o ${user} ${path}`);
  if (!place.isFolder) return problem('path', `${user} may not create ${path}: ${place.nearest} is not a folder`, `${asRoot(examination, `mv ${place.nearest} ${place.nearest}.old`)} && ${make}`);
  if (!place.isWritable && place.nearest === path) return problem('path', `${user} may not write in ${path}`, asRoot(examination, `chown ${user} ${path}`));
  if (!place.isWritable) return problem('path', `${user} may not create ${path}: ${place.nearest} is not writable`, make);
  if (state !== undefined && !state.isWritable) return problem('path', `${state.nearest} belongs to another user`, asRoot(examination, `chown -R ${user} ${state.nearest}`));
  if (VOLATILE.has(place.fileSystem)) return warning('path', `${path} is on ${place.fileSystem}, which a boot empties: releases would be gone`, 'path: /srv/… on a disk, in the inputs of the deployment');
  return ok('path', place.nearest === path ? `${user} may write in ${path}` : `${path} is not there yet; ${user} may create it`);
};

/** The record of services in the user's home, by which later actions find this one. */
export const judgeRecord: Judge = (examination, { definition: { path } }) => {
  const { home, user, registered } = examination;
  if (!home.isFolder || !home.isWritable) return problem('record', `${user} may not write in ${home.nearest}, where ~/.slipway records the services`, asRoot(examination, `chown ${user} ${home.nearest}`));
  if (registered === undefined) return ok('record', 'the service is not recorded yet: its first deployment does that');
  if (registered === `${path}/.slipway`) return ok('record', `the service is recorded at ${path}`);
  return warning('record', `the service is recorded at ${registered.replace(/\/\.slipway$/, '')}, not at ${path}: a deployment with this path would begin anew there`, `path: ${registered.replace(/\/\.slipway$/, '')}`);
};

/** The folder of the sockets must be there, or be creatable. */
export const judgeRuntime: Judge = (examination, { definition }) => {
  const { runtime, user } = examination;
  const { runtimeDir } = definition;
  if (runtime === undefined) return undefined;
  if (runtime.isFolder && runtime.isWritable) return ok('runtime-dir', runtime.nearest === runtimeDir ? `${user} may write in ${runtimeDir}` : `${runtimeDir} is not there yet; ${user} may create it`);
  if (runtime.nearest !== runtimeDir) return problem('runtime-dir', `${runtimeDir} is not there, and ${user} may not create it in ${runtime.nearest}`, makeRuntime(examination, definition));
  return runtime.isFolder
    ? problem('runtime-dir', `${user} may not write in ${runtimeDir}`, asRoot(examination, `chown ${user} ${runtimeDir}`))
    : problem('runtime-dir', `${runtimeDir} is not a folder`, asRoot(examination, `rm ${runtimeDir}`));
};

/** What is made at boot: the folder of the sockets, and the link of traffic to what was confirmed last. */
export const judgeBoot: Judge = (examination, { definition }) => {
  const { runtime, tmpfiles, hasSystemd } = examination;
  const { runtimeDir, path, service } = definition;
  if (runtime === undefined) return undefined;
  if (!VOLATILE.has(runtime.fileSystem)) return outlives(runtimeDir, runtime.fileSystem, service);
  const mend = makeRuntime(examination, definition);
  const folder = tmpfiles.find((line) => line.path === runtimeDir && /^[dDqv]/.test(line.type));
  const live = tmpfiles.find((line) => line.path !== runtimeDir && line.type.startsWith('L'));
  if (folder === undefined && !hasSystemd) return unknown('boot', `what makes ${runtimeDir} at boot cannot be told: there is no systemd-tmpfiles`, makeByHand(examination, definition));
  if (folder === undefined) return warning('boot', `no line of tmpfiles.d makes ${runtimeDir} at boot: after one, the slots would have no place for their sockets`, mend);
  if (live === undefined) return warning('boot', `${folder.file} makes no live.sock: after a boot users would reach nothing until the next switch`, mend);
  if (live.type.includes('+')) return warning('boot', `${live.file} makes live.sock by "${live.type}", which would also move traffic whenever systemd-tmpfiles runs`, asRoot(examination, `sed -i 's|^L+|L|' ${live.file}`));
  if (live.target !== `${path}/confirmed.sock`) return warning('boot', `${live.file} points live.sock to ${live.target}, not to ${path}/confirmed.sock`, mend);
  return ok('boot', `${folder.file} makes ${runtimeDir} and live.sock`);
};

/** What deployments rename must be links, or not be there. */
export const judgeLinks: Judge = ({ links }) => {
  const wrong = [...links].filter(([, { kind }]) => kind === 'folder' || kind === 'file');
  return wrong.map(([path, { kind }]) => problem('links', `${path} is a real ${kind}, where deployments make a link`, `mv ${path} ${path}.old`));
};

/** The link that nginx follows, the one a boot follows, and the socket behind them. */
export const judgeSockets: Judge = (examination, subject) => {
  const { definition: { runtimeDir, path, start }, isDeployed, live } = subject;
  if (examination.runtime === undefined) return undefined;
  const isLink = (name: string): boolean => examination.links.get(name)?.kind === 'link';
  if (live === undefined) return ok('live.sock', `is made by the first switch of traffic${isDeployed ? '; so far users reach no release' : ''}`);
  if (!isLink(`${runtimeDir}/live.sock`)) return problem('live.sock', `${runtimeDir}/live.sock is gone: users reach nothing`, `ln -s ${path}/confirmed.sock ${runtimeDir}/live.sock`);
  const confirmed = isLink(`${path}/confirmed.sock`)
    ? ok('confirmed.sock', `a boot leads to ${baseName(examination.links.get(`${path}/confirmed.sock`)?.target)}`)
    : warning('confirmed.sock', `${path}/confirmed.sock is not there: the switch is not confirmed, and after a boot users would reach nothing`, '- uses: …/blue-green-switch@v1\n  with: { operation: confirm }');
  return [isAnswered(examination, subject, start), confirmed];
};

function isAnswered(examination: Examination, { definition: { runtimeDir }, live }: Subject, start: string): Diagnosis {
  const socket = `${runtimeDir}/${live}.sock`;
  if (examination.sockets.some(({ path }) => path === socket)) return ok('live.sock', `leads to slot ${live}`);
  return problem('live.sock', `leads to slot ${live}, and ${socket} is not there: its app does not run`, `SLOT=${live} SOCKET=${socket} sh -e -c ${quote(start)}`);
}

function outlives(runtimeDir: string, fileSystem: string, service: string): Diagnosis {
  if (fileSystem === 'unknown') return unknown('boot', `the file system of ${runtimeDir} cannot be told; a boot should empty it`, `df ${runtimeDir}`);
  return warning('boot', `${runtimeDir} is on ${fileSystem}, which a boot does not empty: users might then reach a slot that was not confirmed, through a stale socket`, `runtime-dir: /run/slipway/${service}`);
}

// As examples/tmpfiles.d/slipway.conf has it.
function makeRuntime(examination: Examination, { runtimeDir, path, service }: Subject['definition']): string {
  if (!examination.hasSystemd) return makeByHand(examination, { runtimeDir, path });
  const [owner, file] = [`${examination.user} ${webGroup(examination)}`, `slipway-${service}.conf`];
  return `printf '%s\\n' 'd ${runtimeDir} 2755 ${owner} -' 'L ${runtimeDir}/live.sock - ${owner} - ${path}/confirmed.sock' | ${asRoot(examination, `tee /etc/tmpfiles.d/${file}`)} && ${asRoot(examination, `systemd-tmpfiles --create ${file}`)}`;
}

function makeByHand(examination: Examination, { runtimeDir, path }: Pick<Subject['definition'], 'runtimeDir' | 'path'>): string {
  return `${asRoot(examination, `install -d -m 2755 -o ${examination.user} -g ${webGroup(examination)} ${runtimeDir}`)} && ln -s ${path}/confirmed.sock ${runtimeDir}/live.sock    # at each boot`;
}

function baseName(path = ''): string {
  return path.split('/').at(-1) ?? '';
}
