// Tests the gates in a user's own test suite: with vitest and with node:test, each started as a user starts it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { doubleSend } from '../../reports/history.fixture.ts';
import { findingsOf } from '../gate-cases.ts';
import { writeFiles } from './init/projects.fixture.ts';
import { compiledModule, packageRoot } from '../platform/compiled-module.ts';

const index = compiledModule(import.meta.url, '../index.ts');

const suite = (imports: string): string => `${imports}
import { gateCases } from ${JSON.stringify(index)};

for await (const { title, run } of gateCases(process.env.SYSTEM, { lane: 'sim', gates: [1] })) test(title, run);
`;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-suite-test-'));
  await writeFiles(folder, {
    'package.json': '{ "type": "module" }',
    'node.test.js': suite("import { test } from 'node:test';"),
    'vitest.test.js': suite(
      `import { test } from ${JSON.stringify(join(packageRoot, 'node_modules/vitest/dist/index.js'))};`,
    ),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const vitest = join(packageRoot, 'node_modules/vitest/vitest.mjs');

test.each([
  ['node:test', ['--test', 'node.test.js']],
  ['vitest', [vitest, 'run', '--root', '.', 'vitest.test.js']],
])('%s passes the reference, and fails the runbook as written with the expectation of the gate', async (_, command) => {
  const run = (system: string) =>
    execa(process.execPath, command, { cwd: folder, reject: false, all: true, env: { SYSTEM: system, NO_COLOR: '1' } });
  const passed = await run('reference');
  expect(passed).toMatchObject({ exitCode: 0 });
  const failed = await run('as-written');
  expect(failed.exitCode).toBe(1);
  expect(failed.all).toContain('VIOLATION: gate 1: expected ');
  expect(failed.all).toContain('npx onesend gate 1 --system as-written --lane sim');
});

test('the findings of a history are those of the checkers', async () => {
  expect((await findingsOf(doubleSend)).map(({ property }) => property)).toContain('S1');
});
