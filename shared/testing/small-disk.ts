import { execFileSync } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, rmSync, statSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const PAGE = 4096;

/** A small file system of its own, mounted on a folder; only root can have one. */
export interface SmallDisk {
  /** Takes every byte that is left. */
  fill(): void;
  /** Takes every inode that is left. */
  fillInodes(): void;
  /** Gives back what was taken. */
  makeRoom(): void;
  unmount(): void;
}

/** Mounts a tmpfs, such as `size=16m,nr_inodes=500`, on a folder, whose content is hidden from then on. */
export function mountSmallDisk(folder: string, options: string): SmallDisk {
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  const ballast = join(folder, 'ballast');
  mkdirSync(ballast);
  return {
    fill: () => writeUntilFull(join(ballast, 'bytes'), folder),
    fillInodes: () => {
      for (let number = 0; statfsSync(folder).ffree > 0; number += 1) writeFileSync(join(ballast, `inode${number}`), '');
    },
    makeRoom: () => {
      rmSync(ballast, { recursive: true });
      mkdirSync(ballast);
    },
    unmount: () => void execFileSync('umount', ['--lazy', folder]),
  };
}

/** Appends a line made by `line` from some padding so that the file's last page is full: the next append needs a new one. */
export function fillLastPage(file: string, line: (padding: string) => string): void {
  const left = PAGE - (statSync(file).size % PAGE);
  const shortest = line('').length + 1;
  const length = left >= shortest ? left : left + PAGE;
  appendFileSync(file, `${line('x'.repeat(length - shortest))}\n`);
}

function writeUntilFull(file: string, folder: string): void {
  const descriptor = openSync(file, 'a');
  try {
    for (let free = statfsSync(folder).bavail; free > 0; free = statfsSync(folder).bavail) writeSync(descriptor, Buffer.alloc(Math.min(free, 256) * PAGE, 'b'));
  } finally {
    closeSync(descriptor);
  }
}
