import { describe, expect, test } from 'vitest';
import { PROPERTY_IDS } from '../harness/formats/finding.ts';
import { headline, metaLines } from './headline.ts';
import { passingLane, passingResult, violatingResult } from './result.fixture.ts';

describe('the headline', () => {
  test('the headline of a pass says how many properties were judged, and which were not and why', () => {
    expect(headline(passingResult)).toBe(
      `PASS, ${PROPERTY_IDS.length - 1} of ${PROPERTY_IDS.length} properties judged; NOT OBSERVED: S21 (needs wire, database, log)`,
    );
  });

  test('the headline of a pass counts only the properties that apply to the system', () => {
    const wire = Object.fromEntries(
      (['S1', 'S2', 'S14', 'S22'] as const).map((id) => [id, passingLane.evidence.properties.S1]),
    );
    const evidence = { ...passingLane.evidence, properties: wire };
    const result = { ...passingResult, vantages: ['wire' as const], lanes: [{ ...passingLane, evidence }] };
    const applicable = PROPERTY_IDS.length - ['S3', 'S20', 'L7'].length;
    expect(headline(result)).toContain(
      `PASS, 4 of ${applicable} properties judged; NOT OBSERVED: S4 (needs wire, database), `,
    );
  });

  test('the headline of any other verdict names the system', () => {
    expect(headline(violatingResult)).toBe('VIOLATION: as-written');
  });
});

test('the checks of the runs are reported separately, with the reason if one is not shown', () => {
  expect(metaLines([passingLane])).toEqual(['V1 non-vacuity: held', 'V2 soundness of the observers: held']);
  const rare = { code: 'property-exercised-too-rarely', subject: 'S9', numbers: { exercised: 1, minimum: 10 } };
  const meta = { V1: [rare, { ...rare, subject: 'L3' }], V2: [] };
  expect(metaLines([{ ...passingLane, meta }])[0]).toBe(
    'V1 non-vacuity: not shown: live: S9 QuotaOnce was exercised 1 time, at least 10 are needed, and 1 more reason',
  );
});
