import { expect, test } from 'vitest';
import { renderGateLines } from './gate-lines.ts';
import { gateReport } from './result.fixture.ts';

test('a gate that passed has one line, one that did not says what was expected, received and what to do', () => {
  expect(renderGateLines(gateReport, { color: false })).toMatchInlineSnapshot(`
    "PASS: every cell of the mode table is as the runbook says
    FAIL: timeout triggered
      expected: 1 send
      received: 2 sends of spring#1
      runbook:  Fallback
      next:     fence the fallback by the authority
      replay:   npx onesend gate 1 --system as-written
    INCONCLUSIVE: an open breaker keeps requests away
      expected: no request
      received: the breaker was never open
      runbook:  Circuit breaker (a gate of Onesend)
      next:     run the gate again
      replay:   npx onesend gate 3 --system as-written"
  `);
});
