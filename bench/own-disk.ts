import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A folder that is an ext4 file system of its own, in memory: with a journal, and without what others write to their disks. Only root can have one. */
export function mountOwnDisk(gibibytes: number): Disposable & { readonly folder: string } {
  const root = mkdtempSync('/dev/shm/slipway-disk-');
  const [image, folder] = [join(root, 'image'), join(root, 'disk')];
  mkdirSync(folder);
  execFileSync('truncate', ['-s', `${gibibytes}G`, image]);
  execFileSync('mkfs.ext4', ['-q', '-F', '-N', '2000000', image]);
  execFileSync('mount', ['-o', 'loop', image, folder]);
  return {
    folder,
    [Symbol.dispose]() {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(root, { recursive: true, force: true });
    },
  };
}
