// A smoke test of the whole rig on real processes, a real PostgreSQL and real TCP faults: the two runs of the demo, and gate 1.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { compiledModule } from '../platform/compiled-module.ts';
import { expectAsDocumented } from './documented/as-documented.fixture.ts';

const main = compiledModule(import.meta.url, './main.ts');

async function onesend({ folder = process.cwd() }, ...commandArguments: string[]) {
  return execa(process.execPath, [main, ...commandArguments], { reject: false, cwd: folder, env: { NO_COLOR: '1' } });
}

test('the demo shows that the runbook as written sends twice and the reference once, and draws both on a page', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-demo-'));
  context.onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { exitCode, stdout, stderr } = await onesend({ folder }, 'demo');
  expect(stderr).not.toContain('ONESEND_');
  expectAsDocumented('onesend demo', stdout, 'live');
  const html = await readFile(join(folder, 'reports', 'out', 'demo.html'), 'utf8');
  expect(html).toContain('the repaired protocol: 1 message, sent once');
  expect(html).toMatch(/<h3>the runbook as written: Message \S+ was sent twice: by the service at /);
  expect(exitCode).toBe(0);
});

test('the reference passes gate 1 on a single slot', async () => {
  const flags = ['--system', 'reference', '--slots', '1', '--json'];
  const { exitCode, stdout, stderr } = await onesend({}, 'gate', '1', ...flags);
  expect(stderr).not.toContain('ONESEND_');
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', gates: [{ id: '1', outcome: 'pass' }] });
  expect(exitCode).toBe(0);
});
