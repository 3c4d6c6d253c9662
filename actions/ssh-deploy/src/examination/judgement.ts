import { judgeDocker } from './containers.ts';
import type { Diagnosis, Judge, Subject } from './diagnosis.ts';
import type { Examination } from './examination.ts';
import { judgeBoot, judgeLinks, judgePath, judgeRecord, judgeRuntime, judgeSockets } from './folders.ts';
import { judgeDisk, judgeInodes, judgeLogin, judgeTools } from './machine.ts';
import { judgeRouter, judgeNginxConfig, judgeNginxProcess, judgeNginxRights } from './nginx.ts';
import { judgeLock, judgePlans, judgePorts } from './plans.ts';
import { judgeLingering, judgeLogind, judgeSudo, judgeSupervisor } from './supervision.ts';

const JUDGES: readonly Judge[] = [
  judgeLogin, judgeTools, judgePath, judgeRecord, judgeDisk, judgeInodes, judgeRuntime, judgeBoot, judgeLinks, judgeSockets,
  judgeDocker, judgeSupervisor, judgeLingering, judgeLogind, judgeSudo, judgeNginxProcess, judgeNginxConfig, judgeRouter, judgeNginxRights,
  judgePorts, judgeLock, judgePlans,
];

/** What the facts mean for the service, one line a matter, in the order in which a person would look. */
export function judge(examination: Examination, subject: Subject): readonly Diagnosis[] {
  return JUDGES.flatMap((each) => each(examination, subject) ?? []);
}
