import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { runWorkflow } from '#shared/testing/act';
import { needs } from '#shared/testing/equipment';
import { output } from '../script/src/process.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const shop = createServer((_, response) => response.setHeader('X-Version', 'v2').end('welcome'));
const tree = mkdtempSync(join(tmpdir(), 'slipway-shipped-'));

// What people get, as they use it: the release tree of this repository with the bundles in dist/ (script/build makes them).
beforeAll(async () => {
  await new Promise<void>((resolve) => void shop.listen(0, '127.0.0.1', resolve));
  await output(process.execPath, [join(root, 'script/src/release-tree.ts'), tree], { cwd: root });
});

afterAll(async () => {
  rmSync(tree, { recursive: true, force: true });
  await new Promise((resolve) => void shop.close(resolve));
});

function workflow(version: string): string {
  return `
    on: workflow_dispatch
    env:
      DEPLOY_URL: http://127.0.0.1:${(shop.address() as AddressInfo).port}
    jobs:
      check:
        runs-on: ubuntu-latest
        steps:
          - id: smoke
            uses: org/actions/smoke-test@v1
            with: { expect-text: welcome, expect-version: ${version}, version-header: X-Version, timeout: 1s }
          - run: echo "verdict=\${{ steps.smoke.outputs.verdict }} version=\${{ steps.smoke.outputs.version }}"
          - if: failure()
            run: echo "failed with verdict=\${{ steps.smoke.outputs.verdict }}"
  `;
}

describe('org/actions/smoke-test@v1', () => {
  needs('act')('passes when the deployed version answers', async () => {
    const { code, log } = await runWorkflow({ yaml: workflow('v2'), releaseTree: tree });
    expect(log).toContain('verdict=pass version=v2');
    expect(code).toBe(0);
  });

  needs('act')('fails the job when another version answers, and says so in its outputs', async () => {
    const { code, log } = await runWorkflow({ yaml: workflow('v3'), releaseTree: tree });
    expect(log).toContain('failed with verdict=fail');
    expect(log).not.toContain('verdict=pass');
    expect(code).toBe(1);
  });
});
