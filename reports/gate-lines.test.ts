import { expect, test } from 'vitest';
import { renderGateLines } from './gate-lines.ts';
import { gateReport } from './result.fixture.ts';

test('the line of a gate contains its measured times, and says if the gate could not be observed', () => {
  const [first] = gateReport.gates;
  if (first === undefined) throw new Error('a gate expected');
  const measured = [{ what: 'late answer: given up after', ms: 503 }];
  const gates = [
    { ...first, measured },
    { ...first, outcome: 'not-observed' as const, received: 'the system shows no breaker' },
  ];
  const [passed, notObserved] = renderGateLines({ ...gateReport, gates }, { color: false }).split('\n');
  expect(passed).toBe('PASS: every cell of the mode table is as the runbook says (late answer: given up after 503 ms)');
  expect(notObserved).toBe('NOT OBSERVED: every cell of the mode table is as the runbook says');
});

test('a gate that passed has one line; any other says what was expected, what was received and what to do', () => {
  expect(renderGateLines(gateReport, { color: false })).toMatchInlineSnapshot(`
    "PASS: every cell of the mode table is as the runbook says
    FAIL: timeout triggered
      expected: 1 send
      received: 2 sends of spring#1
      runbook:  Fallback
      next:     fence the fallback by the authority
      replay:   npx onesend gate 1 --system as-written
      explain:  npx onesend explain gate 1
    INCONCLUSIVE: an open breaker keeps requests away
      expected: no request
      received: the breaker was never open
      runbook:  Circuit breaker (a gate of Onesend)
      next:     run the gate again
      replay:   npx onesend gate 3 --system as-written
      explain:  npx onesend explain gate 3
    readings:   shadowBilling=none fallbackBilling=charged offBilling=charged unknownMode=OFF
                redelivery=idempotent fallbackLog=message negativeBalance=never
                shadowReconciliation=exclude-dry-runs timeout=compete-for-authority"
  `);
});
