// Checks the imports of the code against the table of rooms, and that they form no cycle, imports of types included.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageRoot } from './platform/compiled-module.ts';
import { ROOMS } from './rooms.ts';

/** One import found in a file. */
interface Import {
  readonly file: string;
  readonly target: string;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?([^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

const files = ['src', 'harness', 'scenarios', 'reports']
  .flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  .filter((name) => name.endsWith('.ts') && !name.startsWith('reports/out'));
const imports = files.flatMap(importsOf);

describe('the import table', () => {
  test('every file belongs to a room', () => {
    expect(files.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  test('no file imports a room that the table does not allow', () => {
    const forbidden = imports
      .filter(({ target }) => target.startsWith('.'))
      .map((found) => ({
        ...found,
        path: relative(packageRoot, resolve(packageRoot, dirname(found.file), found.target)),
      }))
      .filter(({ file, path }) => !mayImport(file, path))
      .map(({ file, path }) => `${file} imports ${path}`);
    expect(forbidden).toEqual([]);
  });

  test('the contract imports no package', () => {
    const packaged = imports.filter(
      ({ file, target }) => !target.startsWith('.') && ROOMS[roomOf(file) ?? '']?.packages === false,
    );
    expect(packaged.filter(({ file }) => !file.endsWith('.test.ts'))).toEqual([]);
  });

  test('imports form no cycle, imports of types included', () => {
    expect(findCycle(importGraph())).toBeUndefined();
  });

  test('a forbidden import and a cycle are detected', () => {
    expect(mayImport('harness/checkers/at-most-once.ts', 'src/legacy/settle.ts')).toBe(false);
    expect(mayImport('harness/checkers/at-most-once.ts', 'src/contract/mode.ts')).toBe(true);
    expect(mayImport('harness/checkers/at-most-once.ts', 'harness/generators/plan.ts')).toBe(false);
    expect(mayImport('harness/checkers/at-most-once.test.ts', 'harness/generators/plan.ts')).toBe(true);
    expect(mayImport('harness/runner/search.ts', 'harness/sim/lane.ts')).toBe(false);
    expect(mayImport('harness/runner/search.ts', 'harness/live/lane.ts')).toBe(false);
    expect(mayImport('harness/sim/explore/exploration.ts', 'harness/runner/search.ts')).toBe(false);
    expect(mayImport('harness/sim/explore/exploration.test.ts', 'harness/runner/search.ts')).toBe(true);
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      ),
    ).toEqual(['a', 'b', 'c', 'a']);
    expect(imports.length).toBeGreaterThan(files.length);
  });
});

function importsOf(file: string): Import[] {
  const text = readFileSync(join(packageRoot, file), 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => ({
    file,
    target: match[3] ?? match[4] ?? '',
  }));
}

function roomOf(file: string): string | undefined {
  return Object.keys(ROOMS)
    .filter((room) => file.startsWith(`${room}/`))
    .toSorted((a, b) => b.length - a.length)[0];
}

function mayImport(file: string, target: string): boolean {
  const own = roomOf(file);
  const other = roomOf(target);
  if (own === undefined || other === undefined) return false;
  if (own === other) return true;
  // Nothing depends on a test, so a property-based test is allowed to import the generators of its values.
  if (file.endsWith('.test.ts') && other === 'harness/generators') return true;
  const { may = [], tests = [] } = ROOMS[own] ?? {};
  // For the same reason a test is allowed to import the room that uses its own room in production.
  const allowed = file.endsWith('.test.ts') ? [...may, ...tests] : may;
  return allowed.some((room) => other === room || other.startsWith(`${room}/`));
}

function importGraph(): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const { file, target } of imports) {
    if (!target.startsWith('.')) continue;
    const path = relative(packageRoot, resolve(packageRoot, dirname(file), target));
    graph.set(file, [...(graph.get(file) ?? []), path]);
  }
  return graph;
}

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    done.add(node);
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle !== undefined) return cycle;
    }
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
