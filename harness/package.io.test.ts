// Checks the files of the npm package: the command, the modules that it starts, and those that users name; none for tests or benchmarks.
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from './platform/compiled-module.ts';

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
  readonly peerDependencies: Record<string, string>;
}

const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as Manifest;
const installed = new Set(
  Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies }),
);

let folder: string;
let files: ReadonlySet<string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onesend-package-'));
  // Builds into a temporary folder: dist can be older than the sources, and a test must not change it.
  for (const project of ['tsconfig.build.json', 'tsconfig.types.json']) {
    await execa('npx', ['tsc', '-p', project, '--outDir', folder], { cwd: packageRoot });
  }
  files = new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name))),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

test('no test, fixture or benchmark is packed', () => {
  const supports = [...files].filter((file) =>
    /\.(test|fixture|workload|setup)\.|^harness\/bench\/|testing/.test(file),
  );
  expect(supports).toEqual([]);
  expect(files.size).toBeGreaterThan(300);
});

test('every import of a packed file is packed too, or a dependency that is installed with the package', () => {
  const missing = [...files].flatMap((file) =>
    [...textOf(file).matchAll(/(?<!')(?:\bfrom|\bimport)\s*\(?\s*'([^'$]+)'/g)].flatMap(([, target = '']) => {
      if (target.startsWith('node:') || builtinModules.includes(target)) return [];
      if (!target.startsWith('.')) return installed.has(packageOf(target)) ? [] : [`${file}: ${target}`];
      const path = relative(folder, resolve(folder, dirname(file), target));
      const isThere = files.has(file.endsWith('.d.ts') ? path.replace(/\.ts$/, '.d.ts') : path);
      return isThere || path.endsWith('package.json') ? [] : [`${file}: ${target}`];
    }),
  );
  expect(missing).toEqual([]);
});

test('every module that packed code starts as a thread or a process is packed', () => {
  const started = [...files].flatMap((file) =>
    [...textOf(file).matchAll(/compiledModule\(import\.meta\.url, '([^']+)'\)/g)].map(([, target = '']) =>
      join(dirname(file), target).replace(/\.ts$/, '.js'),
    ),
  );
  expect(started.length).toBeGreaterThan(3);
  expect(started.filter((file) => !files.has(file))).toEqual([]);
});

test('the mutants are packed, because a user can certify one by its file', () => {
  expect([...files].filter((file) => /^scenarios\/mutants\/[bmn]\d\d-/.test(file)).length).toBeGreaterThan(20);
});

test('the types that programs import are packed, and no others', () => {
  expect(files.has('harness/index.d.ts')).toBe(true);
  const rooms = [...files]
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => file.split('/').slice(0, 2).join('/'));
  expect(new Set(rooms.filter((room) => !room.endsWith('.d.ts')))).toEqual(
    new Set(['harness/faults', 'harness/formats', 'harness/platform', 'src/contract']),
  );
});

function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}
