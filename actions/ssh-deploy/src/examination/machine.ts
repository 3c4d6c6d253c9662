import { formatSize } from '#shared/core/size';
import { asRoot, ok, problem, unknown, warning, type Diagnosis, type Judge } from './diagnosis.ts';
import type { Fill } from './facts.ts';
import { installation } from './tools.ts';

const LITTLE_SPACE = 1_000_000_000;
const NO_SPACE = 200_000_000;
const FEW_INODES = 1_000;
const LITTLE_PART = 0.05;
const SKEW_LIMIT = 5; // seconds

/** That the login works is shown by the facts being there. */
export const judgeLogin: Judge = ({ user, hostName, system }) => ok('login', `${user} on ${hostName} (${system}); the key is accepted`);

/** The programs that deployments call. */
export const judgeTools: Judge = (examination) => {
  const { missingTools, packageManager } = examination;
  if (missingTools.length === 0) return ok('tools', 'every program that deployments call is there');
  const are = missingTools.length === 1 ? 'is' : 'are';
  return problem('tools', `${missingTools.join(', ')} ${are} not on the PATH of a login without a terminal`, asRoot(examination, installation(missingTools, packageManager)));
};

/** Bytes that are free where releases go. */
export const judgeDisk: Judge = ({ disk, path }) => judgeFill('disk', disk, {
  shown: formatSize, none: NO_SPACE, little: LITTLE_SPACE,
  mend: `du -xsh ${path.nearest}/* | sort -h | tail    # remove what is not needed, or lower keep`,
  missing: `df -Pk ${path.nearest}`,
});

/** Inodes that are free where releases go; a file system such as btrfs counts none. */
export const judgeInodes: Judge = ({ inodes, path }) => (inodes === undefined ? undefined : judgeFill('inodes', inodes, {
  shown: String, none: FEW_INODES, little: 10 * FEW_INODES,
  mend: `du -x --inodes ${path.nearest} | sort -n | tail    # remove folders of many small files`,
  missing: '',
}));

/** Seconds that the server's clock is ahead of the runner's, negative when behind; undefined where it has none. */
export function judgeClock(skew: number | undefined, user: string): Diagnosis {
  const mend = asRoot({ user }, 'timedatectl set-ntp true');
  if (skew === undefined) return unknown('clock', 'the server did not tell its time', 'date');
  const size = Math.abs(Math.round(skew));
  if (size <= SKEW_LIMIT) return ok('clock', 'agrees with the runner\'s');
  return warning('clock', `is ${size} s ${skew > 0 ? 'ahead of' : 'behind'} the runner's: times in the ledger will mislead`, mend);
}

interface Measure {
  readonly shown: (amount: number) => string;
  readonly none: number;
  readonly little: number;
  readonly mend: string;
  readonly missing: string;
}

/** How full something is: a problem below `none`, a warning below `little` or a twentieth. */
export function judgeFill(name: string, fill: Fill | undefined, { shown, none, little, mend, missing }: Measure): Diagnosis {
  if (fill === undefined) return unknown(name, 'what is free cannot be told', missing);
  const detail = `${shown(fill.free)} of ${shown(fill.total)} free`;
  if (fill.free < none) return problem(name, detail, mend);
  return fill.free < little || fill.free < LITTLE_PART * fill.total ? warning(name, detail, mend) : ok(name, detail);
}
