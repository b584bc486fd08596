import { describe, expect, test } from 'vitest';
import { CHECKERS } from '../checkers/all-checkers.ts';
import { PROPERTY_IDS } from '../formats/finding.ts';
import { VANTAGES } from '../formats/vantages.ts';
import { CATALOGUE, catalogueStates } from '../formats/property-catalogue.ts';
import { judgedRun } from './evidence.fixture.ts';
import { emptyEvidence, foldRun } from './fold.ts';

describe('the catalogue of properties', () => {
  test('the catalogue of properties numbers the safety properties without a gap, and after them the liveness properties', () => {
    const numbered = (letter: string): string[] =>
      PROPERTY_IDS.filter((id) => id.startsWith(letter)).map((_, index) => `${letter}${index + 1}`);
    expect(PROPERTY_IDS).toEqual([...numbered('S'), ...numbered('L')]);
  });

  test('the catalogue of properties lists each property with the vantages of its checker', () => {
    for (const { property, vantages } of CHECKERS) expect(CATALOGUE[property].vantages).toEqual(vantages);
    expect(PROPERTY_IDS).toEqual(CHECKERS.map(({ property }) => property));
  });
});

describe('the outcome of the properties of the catalogue', () => {
  const evidence = emptyEvidence();
  foldRun(evidence, judgedRun({ exercised: { S1: 1, S2: 1 } }));
  const stateOf = (id: string, vantages = [...VANTAGES], lanes = [{ evidence }]): string | undefined =>
    catalogueStates(vantages, lanes).find((each) => each.id === id)?.state;

  test('a property counts as judged only where every lane judged it', () => {
    expect([stateOf('S1'), stateOf('S9')]).toEqual(['judged', 'not-observed']);
    expect(stateOf('S1', [...VANTAGES], [{ evidence }, { evidence: emptyEvidence() }])).toBe('not-observed');
  });

  test('a property does not apply to a system without the part that it is about', () => {
    expect([stateOf('S3'), stateOf('S3', ['wire'])]).toEqual(['not-observed', 'not-applicable']);
  });
});
