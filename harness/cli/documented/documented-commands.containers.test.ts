// The command of docs/infrastructures.md that needs a Docker engine, as the page words it.
import { expect, test } from 'vitest';
import { whySkipContainers } from '../../live/containers/why-skip.ts';
import { folderOf, shell } from '../environments/shell.fixture.ts';
import { expectAsDocumented } from './as-documented.fixture.ts';

const skipped = await whySkipContainers();

test.skipIf(skipped !== undefined)('the demo on containers prints what the demo prints', async (context) => {
  const cwd = await folderOf(context);
  const { exitCode, stdout, stderr } = await shell('onesend demo --infra containers', { cwd });
  expect(stderr).toContain('starting PostgreSQL and the fault proxy (containers)');
  expectAsDocumented('onesend demo', stdout, 'live');
  expect(exitCode).toBe(0);
});
