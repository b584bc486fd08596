// The command of docs/infrastructures.md that needs a Docker engine, as the page words it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whySkipContainers } from '../../live/containers/why-skip.ts';
import { shell } from '../environments/shell.fixture.ts';
import { expectAsDocumented } from './as-documented.fixture.ts';

const skipped = await whySkipContainers();

test.skipIf(skipped !== undefined)('the demo on containers prints what the demo prints', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-demo-'));
  context.onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const { exitCode, stdout, stderr } = await shell('onesend demo --infra containers', { cwd: folder });
  expect(stderr).toContain('starting PostgreSQL and the fault proxy (containers)');
  expectAsDocumented('onesend demo', stdout, 'live');
  expect(exitCode).toBe(0);
});
