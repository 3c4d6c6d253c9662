import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { execFileSync } from 'node:child_process';

/** What stands for the placeholders of the files under examples/. */
export interface ExampleNames {
  readonly service: string;
  /** The service's folder, in the examples /srv/SERVICE. */
  readonly path: string;
  /** In the examples /run/slipway/SERVICE. */
  readonly runtimeDir: string;
  readonly deployUser?: string;
  readonly webGroup?: string;
  /** What nginx's public `listen` is given. */
  readonly publicPort?: string;
  /** The same for proxies that want a whole address; `:80` if not given. */
  readonly publicAddress?: string;
  readonly serverName?: string;
  readonly bluePort?: number;
  readonly greenPort?: number;
  /** Of the second app in slipway-bridge-apps.conf. */
  readonly blueAi?: number;
  readonly greenAi?: number;
}

/** The text of a file under examples/ as a user would fill it in. User and group are those of this process unless given. */
export function renderExample(file: string, names: ExampleNames): string {
  const values: Readonly<Record<string, string>> = {
    DEPLOY_USER: names.deployUser ?? userInfo().username,
    WEB_GROUP: names.webGroup ?? ownGroup(),
    PUBLIC_PORT: names.publicPort ?? '80',
    PUBLIC_ADDRESS: names.publicAddress ?? ':80',
    SERVER_NAME: names.serverName ?? '_',
    BLUE_PORT: String(names.bluePort ?? 3001),
    GREEN_PORT: String(names.greenPort ?? 3002),
    BLUE_AI: String(names.blueAi ?? 4001),
    GREEN_AI: String(names.greenAi ?? 4002),
    SERVICE: names.service,
  };
  const text = readFileSync(new URL(`../../examples/${file}`, import.meta.url), 'utf8').replaceAll('/run/slipway/SERVICE', names.runtimeDir).replaceAll('/srv/SERVICE', names.path);
  return text.replace(/\b[A-Z]+(?:_[A-Z]+)?\b/g, (word) => values[word] ?? word);
}

function ownGroup(): string {
  return execFileSync('id', ['-gn'], { encoding: 'utf8' }).trim();
}
