import { expect, test } from 'vitest';
import { renderGateLines } from './gate-lines.ts';
import { gateReport } from './result.fixture.ts';

test('the line of a gate contains its measured times, and says if the gate could not be observed', () => {
  const [first] = gateReport.gates;
  if (first === undefined) throw new Error('a gate expected');
  const measured = [{ what: 'late answer: given up after', ms: 503 }];
  const gates = [
    { ...first, measured },
    { ...first, outcome: 'not-observed' as const, received: [{ run: 1, seen: 'the system shows no breaker' }] },
  ];
  const [passed, notObserved] = renderGateLines({ ...gateReport, gates }, { color: false }).split('\n');
  expect(passed).toBe(
    'PASS: every cell of the mode table is as the runbook says (gate 0; late answer: given up after 503 ms)',
  );
  expect(notObserved).toBe('NOT OBSERVED: every cell of the mode table is as the runbook says (gate 0)');
});

test('a gate that passed has one line; any other says what was expected, what was received and what to do', () => {
  expect(renderGateLines(gateReport, { color: false })).toMatchInlineSnapshot(`
    "PASS: every cell of the mode table is as the runbook says (gate 0)
    FAIL: timeout triggered (gate 1)
      expected: 1 send
      received: run 2 of 2 (ON, a late answer):
                  2 sends of spring#1
                  S1 AtMostOnce is violated: spring#1 was accepted twice
      runbook:  Fallback
      next:     fence the fallback by the authority
                replay the run that violates S1 AtMostOnce
      draw:     npx onesend replay S1-c07f5485
      replay:   npx onesend gate 1 --system as-written
      explain:  npx onesend explain gate 1
                npx onesend explain S1
    INCONCLUSIVE: an open breaker keeps requests away (gate 3)
      expected: no request
      received: run 1 of 1 (ON, breaker OPEN):
                  the breaker was never open
      runbook:  Circuit breaker (a gate of Onesend)
      next:     run the gate again
      replay:   npx onesend gate 3 --system as-written
      explain:  npx onesend explain gate 3
    readings:   shadowBilling=none fallbackBilling=charged offBilling=charged unknownMode=OFF
                redelivery=idempotent fallbackLog=message negativeBalance=never
                shadowReconciliation=exclude-dry-runs timeout=compete-for-authority"
  `);
});

test('what a gate received is wrapped below its run; a long path is not cut off, and what is about no run has no heading', () => {
  const path = `/srv/${'deep/'.repeat(30)}socket`;
  const gates = gateReport.gates.slice(1, 2).map((gate) => ({
    ...gate,
    received: [
      { seen: 'nothing was demanded' },
      { run: 1, seen: `no database answers at ${path}, ${'again '.repeat(30)}` },
    ],
  }));
  const lines = renderGateLines({ ...gateReport, gates }, { color: false, width: 80 }).split('\n');
  const from = lines.findIndex((line) => line.startsWith('  received: '));
  expect(lines.slice(from, from + 4)).toEqual([
    '  received:   nothing was demanded',
    '            run 1 of 2 (ON, a late request):',
    '              no database answers at',
    `                ${path},`,
  ]);
  const long = lines.filter((line) => line.length > 80);
  expect(long).toEqual([`                ${path},`]);
});
