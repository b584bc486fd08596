// The least that shows the whole rig on real processes, a real PostgreSQL and real faults of TCP: the demo's two runs, and gate 1.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { demoDocument } from '../formats/demo.ts';
import { parseDocument } from '../formats/document.ts';
import { compiledModule } from '../platform/compiled-module.ts';

const main = compiledModule(import.meta.url, './main.ts');

async function onesend(...commandArguments: string[]) {
  return execa(process.execPath, [main, ...commandArguments, '--json'], { reject: false, env: { NO_COLOR: '1' } });
}

test('demo shows that the runbook as written sends twice and the reference once, and draws both on a page', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-demo-'));
  context.onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { exitCode, stdout, stderr } = await onesend('demo', '--out', folder);
  expect(stderr).not.toContain('ONESEND_');
  const page = join(folder, 'demo.html');
  const report = parseDocument(demoDocument, stdout, 'stdout');
  expect(report).toMatchObject({ isShown: true, sends: { asWritten: 2, reference: 1 }, page });
  const html = await readFile(page, 'utf8');
  expect(html).toContain('the repaired protocol: 1 message, sent once');
  expect(html).toMatch(/<h3>the runbook as written: Message \S+ was sent twice: by the service at /);
  expect(exitCode).toBe(0);
});

test('the reference passes gate 1 on a single slot', async () => {
  const { exitCode, stdout, stderr } = await onesend('gate', '1', '--system', 'reference', '--slots', '1');
  expect(stderr).not.toContain('ONESEND_');
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', gates: [{ id: '1', outcome: 'pass' }] });
  expect(exitCode).toBe(0);
});
