// Every mutant sabotages one thing of the reference, and has its own name and file.
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { liveRefusal } from '../../harness/live/refusal.ts';
import { nearestFaults } from '../../harness/sim/nearest-faults.ts';
import { DEFAULT_TIMINGS } from '../../src/contract/settings.ts';
import { system as reference } from '../../src/reference.ts';
import { loadMutants, mutantOf } from './all-mutants.ts';
import { CATALOGUE_MUTANTS } from './catalogue.fixture.ts';
import { rewriteSql } from './sabotage.ts';

/** Files of the folder that are neither mutants nor tests. */
const MACHINERY = new Set([
  'all-mutants.ts',
  'catalogue.fixture.ts',
  'charge-by.ts',
  'deliver-unless-known.ts',
  'dispatch-by-flag.ts',
  'entry-rows.ts',
  'intercept.ts',
  'killing-cases',
  'mutants-page.fixture.ts',
  'shrinking.fixture.ts',
  'sabotage.ts',
  'took-effect.ts',
  'unfenced.ts',
]);

const MUTANTS = await loadMutants();

test('each other file of the folder is a mutant and has its name', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !MACHINERY.has(file) && !file.endsWith('.test.ts'));
  expect(MUTANTS.map(({ system }) => basename(new URL(system.module).pathname)).toSorted()).toEqual(files.toSorted());
});

test('each mutant of the catalogue has a file', () => {
  const own = MUTANTS.map(({ id }) => id).filter((id) => !id.startsWith('B'));
  expect(own.toSorted()).toEqual([...CATALOGUE_MUTANTS.keys()].toSorted());
});

test('no two mutants share an id', () => {
  expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
});

test('a mutant is found by its id, and an unknown id is an error', async () => {
  expect((await mutantOf('M01')).name).toBe('fallback-without-fence');
  await expect(mutantOf('M00')).rejects.toThrow(RangeError);
});

for (const { id, name, breaks, gate, lanes, shownBy, equivalent, otherwise, killingCase, system } of MUTANTS) {
  test(`${id} ${name} differs from the reference in one thing`, () => {
    expect(system.name).toBe(`${id}-${name}`);
    expect(system.module.toLowerCase()).toContain(
      `/scenarios/mutants/${id}-${name.replaceAll('_', '-')}.`.toLowerCase(),
    );
    const parts = differences(reference.parts, system.parts);
    const procedures = differences(reference.procedures, system.procedures);
    expect([...parts, ...procedures]).toHaveLength(1);
    expect(system.grants === reference.grants || parts.length === 1).toBe(true);
    expect(system.migrations).toBe(reference.migrations);
  });

  test(`${id} ${name} names what finds it, and on which lanes`, () => {
    const finders = [
      ...breaks,
      ...(gate === undefined ? [] : [gate]),
      ...(equivalent === undefined ? [] : [equivalent]),
    ];
    expect(finders).not.toEqual([]);
    expect(lanes.length === 0).toBe(shownBy !== undefined);
    expect(breaks).toEqual(expect.arrayContaining([...(killingCase?.namedBy ?? [])]));
  });

  test(`${id} ${name} is killed by a property that the catalogue names for it, or says why not`, () => {
    const known = CATALOGUE_MUTANTS.get(id);
    const isKilledSo = (killingCase?.namedBy ?? breaks).some((property) => known?.includes(property));
    const isToBeSo = known !== undefined && equivalent === undefined && otherwise === undefined;
    expect(isKilledSo).toBe(isToBeSo);
  });
}

test('a mutant that shows on the live lane has a case that the live lane can play', () => {
  const unplayable = MUTANTS.filter(({ killingCase, lanes }) => {
    if (killingCase === undefined || !lanes.includes('live')) return false;
    const nearest = nearestFaults(killingCase, DEFAULT_TIMINGS);
    return nearest.kind === 'none' || liveRefusal(nearest.case, []) !== undefined;
  });
  expect(unplayable.map(({ id }) => id)).toEqual([]);
});

test('rewriting SQL fails if the text to replace is missing', () => {
  expect(rewriteSql('SELECT a <> a', '<>', '=')).toBe('SELECT a = a');
  expect(() => rewriteSql('SELECT a', '<>', '=')).toThrow(/expected the SQL to contain: <>/);
});

function differences(original: object, sabotaged: object): string[] {
  return Object.keys(original).filter((key) => Reflect.get(original, key) !== Reflect.get(sabotaged, key));
}
