import { describe, expect, test } from 'vitest';
import { PROPERTY_IDS } from '../formats/finding.ts';
import type { Fault } from '../formats/fault.ts';
import { checkersOracle } from './checkers-oracle.ts';
import { scriptedHistory, scriptedScenario } from '../runner/executor.fixture.ts';

const refuse: Fault = { kind: 'refuse', fromMs: 0, untilMs: 1_500 };

describe('the oracle of real runs', () => {
  test('the oracle of real runs judges every property the rig knows, in the order of the reports, and no checker fails', () => {
    const judged = checkersOracle.judge(scriptedHistory(scriptedScenario()));
    expect(judged.map(({ property }) => property)).toEqual(PROPERTY_IDS);
    expect(judged.filter(({ crashed }) => crashed !== undefined)).toEqual([]);
  });

  test('the oracle of real runs counts receipts under the same label as planned faults', () => {
    const receipts = checkersOracle.receipts(scriptedHistory(scriptedScenario({ faults: [refuse] })));
    expect(receipts.map(({ kind }) => kind)).toEqual([checkersOracle.label(refuse)]);
  });
});
