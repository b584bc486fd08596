import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SystemDescriptionError } from '../platform/errors.ts';
import { loadSystem } from './load-system.ts';

let folder: string;
let own: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-load-test-'));
  own = await fileWith('own.mjs', assemblyOf('import.meta.url'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function fileWith(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const assemblyOf = (module: string): string =>
  `export const system = { name: 'mine', parts: {}, boot() {}, procedures: {}, grants: [], migrations: [], module: ${module} };`;

test('an assembly is loaded from its own file, and from one that passes it on', async () => {
  expect((await loadSystem(own, {})).assembly?.name).toBe('mine');
  const other = await fileWith('passed-on.mjs', "export { system } from './own.mjs';");
  expect((await loadSystem(other, {})).assembly?.name).toBe('mine');
});

test.each([
  ['nobody has', "'file:///elsewhere.mjs'"],
  ['exports another', "new URL('own.mjs', import.meta.url).href"],
])('one is refused that names a module that %s: threads and processes would load that', async (_, module) => {
  const refused = loadSystem(await fileWith(`${module.length}.mjs`, assemblyOf(module)), {});
  await expect(refused).rejects.toThrow(SystemDescriptionError);
  await expect(refused).rejects.toThrow("expected the module of 'mine' to export it as 'system', received file:///");
});
