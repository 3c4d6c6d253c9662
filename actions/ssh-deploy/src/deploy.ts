import { formatDuration, inSeconds } from '#shared/core/duration';
import { NoRoom, UserError } from '#shared/core/errors';
import { recordEntries } from '#shared/containers/rolling/record';
import { isRolling } from '#shared/containers/rolling/rolling';
import type { Log } from '#shared/core/log';
import { formatSize } from '#shared/core/size';
import { isCompressible } from '#shared/release/compressible';
import { delta } from '#shared/release/delta';
import { excluding, readExcludeFile } from '#shared/release/exclude';
import { incomingEntries } from '#shared/release/incoming';
import { withoutShared } from '#shared/release/link-shared';
import { manifestLines, manifestReader } from '#shared/release/manifest';
import { defaultReleaseId } from '#shared/release/release-id';
import { scanTree } from '#shared/release/scan';
import { RELEASE_DIFFERS } from '#shared/release/script';
import { parseSharedPaths } from '#shared/release/shared-paths';
import { uploadProgress } from '#shared/release/upload-progress';
import type { Job } from '#shared/runner/action';
import { carryOutForGood, PlanFailed, type Follow } from '#shared/server/carry-out';
import { hasSlots, type ServiceDefinition } from '#shared/server/definition';
import { claimMembers } from '#shared/server/ledger';
import type { PacketEntry } from '#shared/server/packet';
import { describePlan } from '#shared/server/plan';
import type { Server } from '#shared/server/server';
import { heal, readState } from '#shared/server/service';
import { liveRelease, type ServerState, type Slot } from '#shared/server/state';
import type { Together } from '#shared/server/together';
import { slotUrl } from '#shared/traffic/slot';
import { bringReleaseImages, readServices } from './containers.ts';
import { definitionFrom } from './definition.ts';
import { planDeployment, roomFault, type Deployment, type DeployPlan } from './deploy-plan.ts';
import type { action, Inputs } from './inputs.ts';
import { inRoom } from './make-room.ts';

/** Puts a release on the server beside the old one and waits until it is healthy; where there are no slots, publishes it. */
export async function deploy(inputs: Inputs, job: Job<typeof action>, server: Server, reading: Promise<Source>, together?: Together): Promise<void> {
  const began = performance.now();
  const wanted = await decide(inputs, job, server, reading, together);
  job.log.info(`${wanted.release}: ${sentLine(wanted)} of ${wanted.tree.files.length} to send.`);
  if (inputs.dryRun) return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(describePlan(planDeployment(wanted).plan)));
  const deployment = await inRoom(job, server, wanted, async (asFound) => {
    const fault = roomFault(asFound);
    if (fault !== undefined) throw new NoRoom(`${fault} Nothing was sent.`);
    return { ...asFound, images: await bringReleaseImages(inputs, job, server, asFound) };
  });
  const decided = planDeployment(deployment);
  const done = await send(server, deployment, decided, inputs.source, { log: job.log, signal: job.signal, service: inputs.service, ...(together && { together }) });
  report(job, done, decided.slot, performance.now() - began);
}

/** What is to be released: all of the source that is not excluded, and the paths that are shared instead. @throws {UserError} when it cannot be. */
export async function readSource(inputs: Inputs, signal: AbortSignal): Promise<Source> {
  const shared = parseSharedPaths(inputs.shared);
  const more = inputs.excludeFile === undefined ? [] : await readExcludeFile(inputs.excludeFile);
  return { tree: await scanTree(inputs.source, excluding([...inputs.exclude, ...more]), shared, signal), shared };
}

type Source = Pick<Deployment, 'tree' | 'shared'>;

async function decide(inputs: Inputs, job: Job<typeof action>, server: Server, reading: Promise<Source>, together?: Together): Promise<Deployment> {
  const definition = definitionFrom(inputs);
  const { tree, shared } = await job.log.group(`Reading ${inputs.source}`, () => reading);
  const claim = inputs.dryRun ? '' : claimMembers(job.run, 'deploy');
  const runtimeDir = hasSlots(definition) ? definition.runtimeDir : '';
  let base = manifestReader();
  const beginBase = (): typeof base.read => (base = manifestReader()).read;
  const taken = await readState(server, { ...definition, runtimeDir }, claim, beginBase);
  together?.serves(liveRelease(taken)); // as it is found: healing may change it
  const generation = taken.claimed ?? 0;
  const isHealed = !inputs.dryRun && (await heal(server, taken, generation, { ...job, service: inputs.service }));
  const state: ServerState = isHealed ? await readState(server, definition, '', beginBase) : taken;
  refuseLeftBehind(definition, state);
  const release = inputs.release ?? defaultReleaseId(new Date(), job.run.commit);
  const services = await readServices(server, { definition, release, source: inputs.source, tree, shared });
  return {
    definition, state, generation, run: job.run, tree, shared, changes: delta(tree, base.tree()), reuse: inputs.reuse, lasting: inputs.lasting, services, images: [],
    release, prepare: inputs.prepare, prepareTimeout: inputs.prepareTimeout,
  };
}

// What runs under another strategy or project is neither replaced nor stopped by this one.
function refuseLeftBehind({ service, strategy, compose }: ServiceDefinition, { definition: before, live }: ServerState): void {
  if (live !== undefined && !hasSlots({ strategy })) {
    throw new UserError(`${service} runs in slots here, and its router sends users to slot ${live}: with strategy ${strategy} they would stay there. Keep the strategy, or take Slipway off that server first, as the README shows.`);
  }
  if (before?.strategy === 'compose-rolling' && strategy !== before.strategy) {
    throw new UserError(`${service} runs in containers that strategy compose-rolling replaces: with strategy ${strategy} they would run on, workers beside the new ones. Keep the strategy, or take Slipway off that server first, as the README shows.`);
  }
  if (compose !== undefined && before?.compose !== undefined && compose.project !== before.compose.project) {
    throw new UserError(`The compose project of ${service} is ${before.compose.project} here. As ${compose.project} its workers would run twice, and what lasts would begin anew, without its data. Give project: ${before.compose.project}.`);
  }
}

// Files of the last release may have been changed on the server since; then everything is sent, once.
async function send(server: Server, deployment: Deployment, decided: DeployPlan, source: string, follow: Follow): Promise<Deployment> {
  try {
    const unpackers = isCompressible(source, deployment.changes) ? deployment.state.unpackers : [];
    await carryOutForGood(server, decided.plan, { entries: () => packetFiles(deployment, source, follow.log), unpackers }, follow);
    return deployment;
  } catch (error) {
    const isBaseSpoilt = error instanceof PlanFailed && error.outcome.exitCode === RELEASE_DIFFERS && deployment.changes.keep.length > 0;
    if (!isBaseSpoilt) throw error;
    follow.log.info('Files of the last release were changed on the server, so all files are sent.');
    const whole = { ...deployment, changes: delta(deployment.tree, undefined) };
    return send(server, whole, planDeployment(whole), source, follow);
  }
}

function* packetFiles({ definition, tree, shared, changes, ...made }: Deployment, source: string, log: Log): Generator<PacketEntry> {
  yield { kind: 'text', path: 'definition', mode: 0o600, text: JSON.stringify(definition) };
  const recorded = withoutShared(tree, shared);
  yield { kind: 'lines', path: 'manifest', mode: 0o600, lines: () => manifestLines(recorded) };
  if (isRolling(definition)) yield* recordEntries({ definition, ...made });
  yield* incomingEntries(source, tree, changes, uploadProgress({ files: changes.send.length, bytes: changes.bytesToSend }, log.info));
}

function report(job: Job<typeof action>, deployment: Deployment, slot: Slot | undefined, took: number): void {
  const { release, definition, state, generation, changes, images } = deployment;
  const before = liveRelease(state);
  job.output({
    release, 'previous-release': before ?? '', slot: slot ?? '', 'slot-url': slot === undefined ? '' : slotUrl(definition, slot),
    'files-changed': changes.send.length, 'bytes-sent': changes.bytesToSend, duration: inSeconds(took), generation,
  });
  const place = slot === undefined ? 'is live and healthy' : `runs in slot ${slot}, healthy`;
  const next = slot === undefined ? '' : ` Users still reach ${before ?? 'what they did before'}; blue-green-switch moves them.`;
  job.log.info(`${release} ${place} (${formatDuration(took)}).${next}`);
  job.summarise({
    heading: `${definition.service}: ${release} deployed`,
    table: {
      columns: ['', ''],
      rows: [
        ['Environment', definition.environment],
        ['Slot', slot ?? 'none (in place)'],
        ...images.map(({ reference, id, digest }) => ['Image', `${reference} (${digest ?? id})`]),
        ['Release before', before ?? 'none'],
        ['Sent', sentLine(deployment)],
        ['Took', formatDuration(took)],
        ['Generation', String(generation)],
      ],
    },
  });
}

function sentLine({ changes }: Deployment): string {
  const { length } = changes.send;
  return `${length} ${length === 1 ? 'file' : 'files'} (${formatSize(changes.bytesToSend)})`;
}
