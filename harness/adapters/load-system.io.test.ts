import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SystemDescriptionError } from '../platform/errors.ts';
import { findConfig } from './find-config.ts';
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

test('an assembly is loaded from its own file, and from one that re-exports it', async () => {
  expect((await loadSystem(own, {})).assembly?.name).toBe('mine');
  const other = await fileWith('passed-on.mjs', "export { system } from './own.mjs';");
  expect((await loadSystem(other, {})).assembly?.name).toBe('mine');
});

test.each([
  ['does not exist', "'file:///elsewhere.mjs'"],
  ['exports another', "new URL('own.mjs', import.meta.url).href"],
])(
  'an assembly is refused if the module that it names %s: threads and processes would load that',
  async (_, module) => {
    const refused = loadSystem(await fileWith(`${module.length}.mjs`, assemblyOf(module)), {});
    await expect(refused).rejects.toThrow(SystemDescriptionError);
    await expect(refused).rejects.toThrow("expected the module of 'mine' to export it as 'system', received file:///");
  },
);

const described = JSON.stringify({
  name: 'pair',
  processes: { legacy: { command: ['node', 'legacy.js'] }, service: { command: ['node', 'service.js'] } },
  database: { setup: 'schema.sql' },
  seed: { tenant: 'SELECT 1', item: 'SELECT 2' },
  mode: 'SELECT 3',
  trigger: { path: '/send' },
});

test.each([
  ['onesend.config.js', `export default { system: ${described} };`],
  ['onesend.config.mjs', `export default { system: ${described} };`],
  ['onesend.config.ts', `const system: object = ${described}; export default { system };`],
  ['onesend.config.json', `{ "system": ${described} }`],
])('%s is found in a parent folder, and the files that it names are hashed with it', async (name, text) => {
  const project = join(folder, `of ${name}`);
  const below = join(project, 'src/deep');
  await mkdir(below, { recursive: true });
  await writeFile(join(project, 'package.json'), '{ "type": "module" }');
  for (const file of ['schema.sql', 'legacy.js', 'service.js']) await writeFile(join(project, file), `-- ${file}`);
  await writeFile(join(project, name), text);
  expect(findConfig(below)).toBe(join(project, name));
  const { description, assembly, files, sha256 } = await loadSystem(join(project, name), {});
  expect(assembly).toBeUndefined();
  expect(description.database.setup).toEqual(['-- schema.sql']);
  expect(Object.keys(files).toSorted()).toEqual(['legacy.js', name, 'schema.sql', 'service.js'].toSorted());
  await writeFile(join(project, 'legacy.js'), '-- changed');
  expect((await loadSystem(join(project, name), {})).sha256).not.toBe(sha256);
});

test('the hash of a system does not depend on where it lies', async () => {
  const hashes = ['here', 'there'].map(async (place) => {
    await mkdir(join(folder, place));
    for (const file of ['schema.sql', 'legacy.js', 'service.js']) await writeFile(join(folder, place, file), file);
    await writeFile(join(folder, place, 'pair.json'), described);
    return (await loadSystem(join(folder, place, 'pair.json'), {})).sha256;
  });
  expect(new Set(await Promise.all(hashes)).size).toBe(1);
});

test('two configurations in one folder are refused', async () => {
  const project = join(folder, 'two');
  await mkdir(project);
  for (const name of ['onesend.config.js', 'onesend.config.json']) await writeFile(join(project, name), '');
  expect(() => findConfig(project)).toThrow('expected one configuration');
});

test('a missing SQL file is reported with the field that names it', async () => {
  const lacking = loadSystem(await fileWith('lacking.json', described), {});
  await expect(lacking).rejects.toThrow(/database\.setup: expected a readable file at .*schema\.sql/);
});
