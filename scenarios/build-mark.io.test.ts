import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { packageRoot } from '../harness/platform/compiled-module.ts';

/** The build is current, because this project makes it before the first file. */
const MARK = join(packageRoot, 'build', '.sources');

test('a build that the set-up of the tests did not make is marked too, so that no project repeats it', async () => {
  const marked = await readFile(MARK, 'utf8');
  const { scripts } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    scripts: { 'build:tests': string };
  };
  const last = scripts['build:tests'].split(' && ').at(-1) ?? '';
  await writeFile(MARK, 'of other sources');
  await execa(last, { shell: true, cwd: packageRoot });
  expect(await readFile(MARK, 'utf8')).toBe(marked);
});
