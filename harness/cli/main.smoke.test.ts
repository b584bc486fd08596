// The least that shows the whole rig on real processes, a real PostgreSQL and real faults of TCP: the demo's two runs, and gate 1.
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { compiledModule } from '../platform/compiled-module.ts';

const main = compiledModule(import.meta.url, './main.ts');

async function onesend(...commandArguments: string[]) {
  return execa(process.execPath, [main, ...commandArguments, '--json'], { reject: false, env: { NO_COLOR: '1' } });
}

test('demo shows that the runbook as written sends twice and the reference once', async () => {
  const { exitCode, stdout, stderr } = await onesend('demo');
  expect(stderr).not.toContain('ONESEND_');
  expect(JSON.parse(stdout)).toMatchObject({ isShown: true, sends: { asWritten: 2, reference: 1 } });
  expect(exitCode).toBe(0);
});

test('the reference passes gate 1 on a single slot', async () => {
  const { exitCode, stdout, stderr } = await onesend('gate', '1', '--slots', '1');
  expect(stderr).not.toContain('ONESEND_');
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', gates: [{ id: '1', outcome: 'pass' }] });
  expect(exitCode).toBe(0);
});
