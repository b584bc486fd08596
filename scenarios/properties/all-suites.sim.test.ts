// Each suite on the simulated lane: the reference violates none of its properties, and every property is exercised.
import { beforeAll, describe, expect, test } from 'vitest';
import { PROPERTY_IDS } from '../../harness/formats/finding.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { system as reference } from '../../src/reference.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';
import { SUITES } from './all-suites.ts';
import { runSuite, scenariosOf, type SuiteReport, suiteSeed } from './property-suite.ts';

/**
 * A mutant that a twentieth of the scenarios expose escapes 150 of them in about one of two thousand seeds; most are found by the first
 * few.
 */
const COUNT = 150;

const seed = suiteSeed();

describe.each(SUITES)('the suite $name', (suite) => {
  let scenarios: readonly Scenario[];
  let ofReference: SuiteReport;
  beforeAll(async () => {
    scenarios = scenariosOf(suite, COUNT);
    ofReference = await runSuite(suite, { lane: await openSimExecutor(reference), scenarios });
  });

  test('the suite finds nothing on the reference', () => {
    expect(ofReference, `ONESEND_SEED=${seed}`).toMatchObject({ findings: [], problems: [] });
  });

  test('the suite exercises each of its properties', () => {
    expect(ofReference.unexercised, `ONESEND_SEED=${seed}`).toEqual([]);
  });
});

test('the suites together contain every property', () => {
  const looked = SUITES.flatMap(({ checkers }) => checkers.map(({ property }) => property));
  expect(looked.toSorted()).toEqual([...PROPERTY_IDS].toSorted());
});
