import { join } from 'node:path';
import { quote } from '#shared/core/quote';
import { renderExample, type ExampleNames } from './examples.ts';
import type { Inputs } from './pipeline.ts';
import { freePort } from './ports.ts';
import { makeRelease } from './site.ts';
import type { Machine } from './systemd-machine.ts';

/** How a service is set up on a machine. */
export interface Setup {
  readonly service: string;
  /** Whose units: root's, or the deploy user's own, who must linger. */
  readonly units: 'system' | 'user';
  /** For an app on TCP ports, behind nginx's bridges. */
  readonly ports?: { readonly blue: number; readonly green: number };
}

/** A service that is ready for its first deployment. */
export interface SystemdService {
  readonly url: string;
  readonly inputs: Inputs;
  /** Lets the deploy user restart the slots by sudo or by polkit, and not by the other; returns the inputs for it. */
  grant(rights: 'sudo' | 'polkit'): Inputs;
  /** Installs the drop-in that lets nginx start over the sockets of its own bridges. */
  protectNginx(): void;
  makeRelease(version: string, fault?: string): string;
}

/** Sets a machine up for a service with the files under examples/, as their comments say, and with nothing else. */
export async function installService(machine: Machine, { service, units, ports }: Setup): Promise<SystemdService> {
  const port = await freePort();
  const names: ExampleNames = {
    service, path: `/srv/${service}`, runtimeDir: `/run/slipway/${service}`, deployUser: machine.user, webGroup: 'www-data', publicPort: `127.0.0.1:${port}`,
    ...(ports && { bluePort: ports.blue, greenPort: ports.green }),
  };
  machine.asRoot(`install -d -o ${machine.user} /srv/${service}`);
  installRuntimeDir(machine, names);
  if (units === 'system') installSystemUnits(machine, names, ports);
  else await installUserUnits(machine, names);
  installSite(machine, names, ports !== undefined);
  return {
    url: `http://127.0.0.1:${port}`,
    inputs: {
      ...machine.connection, service, path: names.path, url: `http://127.0.0.1:${port}`, health: '/health', ...commands(service, units === 'user' ? 'systemctl --user' : 'systemctl'),
      ...(ports && { 'blue-port': String(ports.blue), 'green-port': String(ports.green) }),
    },
    grant: (rights) => grant(machine, names, rights),
    protectNginx: () => {
      machine.put(`/etc/systemd/system/nginx.service.d/slipway-${service}.conf`, renderExample('systemd/nginx-slipway.conf', names));
      machine.asRoot('systemctl daemon-reload');
    },
    makeRelease: (version, fault) => makeRelease(join(machine.disk, 'var', 'tmp', 'builds', version), version, fault),
  };
}

function grant(machine: Machine, names: ExampleNames, rights: 'sudo' | 'polkit'): Inputs {
  const [sudoers, rules] = [`/etc/sudoers.d/slipway-${names.service}`, `/etc/polkit-1/rules.d/50-slipway-${names.service}.rules`];
  machine.asRoot(`rm -f ${sudoers} ${rules}`);
  if (rights === 'polkit') {
    machine.put(rules, renderExample('systemd/slipway-polkit.rules', names));
    return commands(names.service, 'systemctl');
  }
  machine.put(sudoers, renderExample('systemd/slipway-sudoers', names), 0o440);
  machine.asRoot('visudo -c');
  return commands(names.service, 'sudo systemctl');
}

function commands(service: string, systemctl: string): Inputs {
  return { start: `${systemctl} restart "${service}@$SLOT"`, stop: `${systemctl} stop "${service}@$SLOT"` };
}

function installRuntimeDir(machine: Machine, names: ExampleNames): void {
  const file = `slipway-${names.service}.conf`;
  machine.put(`/etc/tmpfiles.d/${file}`, renderExample('tmpfiles.d/slipway.conf', names));
  machine.asRoot(`systemd-tmpfiles --create ${file}`);
}

function installSystemUnits(machine: Machine, names: ExampleNames, ports: Setup['ports']): void {
  const { service } = names;
  const unit = renderExample('systemd/service@.service', names);
  machine.put(`/etc/systemd/system/${service}@.service`, ports === undefined ? unit : unit.replace(/^(?:Environment=SOCKET|ExecStartPre)=.*\n/gm, ''));
  for (const [slot, port] of Object.entries(ports ?? {})) machine.put(`/etc/${service}/${slot}.env`, `PORT=${port}\n`);
  machine.asRoot(`systemctl daemon-reload && systemctl enable ${service}@blue ${service}@green`);
}

async function installUserUnits(machine: Machine, names: ExampleNames): Promise<void> {
  const { service } = names;
  const unit = renderExample('systemd/user-service@.service', names);
  await machine.asDeployer(`mkdir -p ~/.config/systemd/user && printf %s ${quote(unit)} >~/.config/systemd/user/${service}@.service`);
  machine.asRoot(`loginctl enable-linger ${machine.user}`);
  await machine.asDeployer(`systemctl --user daemon-reload && systemctl --user enable ${service}@blue ${service}@green`);
}

function installSite(machine: Machine, names: ExampleNames, hasBridges: boolean): void {
  const { service } = names;
  machine.put(`/etc/nginx/conf.d/slipway-${service}.conf`, renderExample('nginx/slipway-service.conf', names));
  if (hasBridges) machine.put(`/etc/nginx/conf.d/slipway-${service}-bridge.conf`, renderExample('nginx/slipway-bridge.conf', names));
  machine.asRoot('nginx -t && systemctl reload nginx');
}
