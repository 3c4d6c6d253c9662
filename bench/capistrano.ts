import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSshd } from '#shared/testing/sshd';
import { output } from '../script/src/process.ts';
import { elapsed } from './benchmark.ts';

/** A service on loopback that Capistrano deploys. */
export interface Capistrano extends AsyncDisposable {
  /** The port of its sshd. */
  readonly port: number;
  /** Milliseconds that `cap production deploy:rollback` takes through this port. Two releases are laid down anew first. @throws when it did not roll back. */
  rollback(port: number): Promise<number>;
}

// Its plugin for git would ask the repository on each rollback, too; nobody need wait for that.
const CAPFILE = `require 'capistrano/setup'
require 'capistrano/deploy'
require 'capistrano/scm/plugin'
class NoRepository < Capistrano::SCM::Plugin; end
install_plugin NoRepository
`;
const DEPLOY = `lock '>= 3.0'
set :application, 'shop'
set :repo_url, 'none'
set :deploy_to, ENV.fetch('SHOP')
set :log_level, :info
server '127.0.0.1', user: ENV.fetch('SHOP_USER'), port: ENV.fetch('SHOP_PORT').to_i, roles: %w[app web],
  ssh_options: { keys: [ENV.fetch('SHOP_KEY')], keys_only: true, config: false, verify_host_key: :never, forward_agent: false }
`;

/** Starts an sshd and writes the least configuration that Capistrano takes. */
export async function startCapistrano(): Promise<Capistrano> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-cap-'));
  const [project, shop] = [join(folder, 'project'), join(folder, 'shop')];
  const sshd = await startSshd();
  mkdirSync(join(project, 'config', 'deploy'), { recursive: true });
  writeFileSync(join(project, 'Capfile'), CAPFILE);
  writeFileSync(join(project, 'config', 'deploy.rb'), DEPLOY);
  writeFileSync(join(project, 'config', 'deploy', 'production.rb'), '');
  return {
    port: sshd.port,
    async rollback(port) {
      const [before, after] = layDown(shop);
      const env = { HOME: folder, SHOP: shop, SHOP_USER: sshd.user, SHOP_PORT: String(port), SHOP_KEY: sshd.key.file };
      const took = await elapsed(() => output('cap', ['production', 'deploy:rollback'], { cwd: project, env }));
      const current = readlinkSync(join(shop, 'current'));
      if (current !== before) throw new Error(`Capistrano went back from ${after} to ${current}.`);
      return took;
    },
    async [Symbol.asyncDispose]() {
      await sshd.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Two releases as deployed by Capistrano, the second one live; their paths. */
function layDown(shop: string): readonly [string, string] {
  rmSync(shop, { recursive: true, force: true });
  const releases = ['20260101000000', '20260102000000'].map((name) => join(shop, 'releases', name));
  for (const [index, release] of releases.entries()) {
    mkdirSync(release, { recursive: true });
    writeFileSync(join(release, 'REVISION'), '0123456\n');
    utimesSync(release, index + 1, index + 1); // by which it finds the one before
  }
  const [before = '', after = ''] = releases;
  symlinkSync(after, join(shop, 'current'));
  return [before, after];
}
