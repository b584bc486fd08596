import { expect, test } from 'vitest';
import type { CheckReport, CheckStep } from '../harness/formats/check.ts';
import { PROPERTY_IDS } from '../harness/formats/finding.ts';
import { hiddenProperties } from '../harness/formats/property-catalogue.ts';
import { VANTAGES } from '../harness/formats/vantages.ts';
import { checkLines, checkVerdict } from './check.ts';

const render = { color: false };

test('a step is one line, and a step that failed says what to change, with details', () => {
  expect(checkLines({ step: 'rows', outcome: 'ok', finding: '4 rows', details: [] }, render)).toEqual([
    'rows            ok: 4 rows',
  ]);
  const failed = { step: 'trigger ON', outcome: 'failed', finding: 'status 500', hint: 'see the log' } as const;
  expect(checkLines({ ...failed, details: ['last lines'] }, render)).toEqual([
    'trigger ON      FAILED: status 500 (see the log)',
    '    last lines',
  ]);
  expect(checkLines({ step: 'flush', outcome: 'not-applicable', finding: 'none', details: [] }, render)).toEqual([
    'flush           not applicable: none',
  ]);
});

test('the readings, what can be judged, and whether the pair can be certified are below the steps', () => {
  const visible = VANTAGES.filter((vantage) => vantage !== 'authority' && vantage !== 'reconciliation');
  const readings = { redelivery: 'resends', fallbackLog: 'batch' };
  const report = {
    format: 'onesend.check/1',
    system: 'pair',
    isGood: true,
    readings,
    steps: [],
    hidden: [],
  } satisfies CheckReport;
  expect(checkVerdict({ ...report, steps: [], hidden: hiddenProperties(visible) }, render).split('\n')).toEqual([
    'readings:   redelivery=resends fallbackLog=batch',
    `can be judged: ${PROPERTY_IDS.length - 4} of ${PROPERTY_IDS.length - 3} properties; not S17 (reconciliation); S3 S20 L7 do not apply (authority)`,
    'pair can be certified: onesend certify',
  ]);
  expect(checkVerdict(report, render)).toContain(
    `can be judged: ${PROPERTY_IDS.length} of ${PROPERTY_IDS.length} properties\n`,
  );
  const failed = { step: 'rows', outcome: 'failed', finding: 'none', details: [] } satisfies CheckStep;
  expect(checkVerdict({ ...report, isGood: false, steps: [failed] }, render)).toContain(
    'pair cannot be certified yet: 1 step FAILED.',
  );
  expect(checkVerdict({ ...report, isGood: false, hidden: hiddenProperties(['log']) }, render)).toMatch(
    /pair cannot be certified yet: no property can be judged: `vantages` replaces its default/,
  );
});
