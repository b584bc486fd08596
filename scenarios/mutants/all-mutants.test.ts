// What every mutant must be: one sabotage of the reference under its own name, started from its own module.
import { expect, test } from 'vitest';
import { PROPERTY_IDS } from '../../harness/formats/finding.ts';
import { system as reference } from '../../src/reference.ts';
import { MUTANTS } from './all-mutants.ts';
import { rewriteSql } from './sabotage.ts';

test('every property has a mutant that breaks it', () => {
  expect(new Set(MUTANTS.flatMap(({ breaks }) => breaks))).toEqual(new Set(PROPERTY_IDS));
});

test('no two mutants share an id', () => {
  expect(new Set(MUTANTS.map(({ id }) => id)).size).toBe(MUTANTS.length);
});

for (const { id, name, load } of MUTANTS) {
  test(`${id} ${name} differs from the reference in one thing`, async () => {
    const system = await load();
    expect(system.name).toBe(`${id}-${name}`);
    expect(system.module.toLowerCase()).toContain(`/scenarios/mutants/${id}-`.toLowerCase());
    const parts = differences(reference.parts, system.parts);
    const procedures = differences(reference.procedures, system.procedures);
    expect([...parts, ...procedures]).toHaveLength(1);
    expect(system.grants === reference.grants || parts.length === 1).toBe(true);
    expect(system.migrations).toBe(reference.migrations);
  });
}

test('SQL without the text that is to be rewritten makes no mutant', () => {
  expect(rewriteSql('SELECT a <> a', '<>', '=')).toBe('SELECT a = a');
  expect(() => rewriteSql('SELECT a', '<>', '=')).toThrow(/expected the SQL to contain: <>/);
});

function differences(original: object, sabotaged: object): string[] {
  return Object.keys(original).filter((key) => Reflect.get(original, key) !== Reflect.get(sabotaged, key));
}
