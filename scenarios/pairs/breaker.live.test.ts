// Breakers that the rig opens with failed calls before the scenario begins: one that cannot be seen from outside, and those of the
// reference, whose rows are audited.
import { expect, test } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import type { Judgement } from '../../harness/evidence/judge.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import type { SystemDescription } from '../../harness/formats/system-description.ts';
import { campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { runCase } from '../../harness/runner/run-case.ts';
import { DEFAULT_TIMINGS } from '../../src/contract/settings.ts';
import { system as reference } from '../../src/reference.ts';
import { describePair } from './pair.fixture.ts';

/** Judges a campaign of two messages that enters while a breaker is OPEN. */
async function withBreakerOpen(
  description: SystemDescription,
  breaker: Extract<Fault, { kind: 'breaker-open' }>['breaker'],
): Promise<Judgement> {
  const mode = breaker === 'live' ? 'ON' : 'SHADOW';
  const scenario = campaignScenario({ mode, messages: 2, faults: [{ kind: 'breaker-open', breaker, fromMs: 0 }] });
  const run = await onSharedLane({ description, slots: 1 }, (executor) =>
    runCase({ executor, oracle: checkersOracle }, { scenario, deviations: [] }),
  );
  if (run.kind !== 'judged') throw new Error(run.kind);
  return run.judgement;
}

const failing: SystemDescription = {
  ...describeAssembly(reference),
  openBreaker: { failures: DEFAULT_TIMINGS.breakerFailures },
};

test.concurrent.each([
  ['the invisible breaker of a pair', 'live', describePair('items')],
  ['the live breaker of the reference', 'live', failing],
  ['the rehearsal breaker of the reference', 'dry', failing],
] as const)('failed calls open %s, and are not in the history', async (_, breaker, description) => {
  const { history, receipts, findings } = await withBreakerOpen(description, breaker);
  expect(findings).toEqual([]);
  expect(receipts).toEqual([expect.objectContaining({ kind: `breaker OPEN (${breaker})`, state: 'bit' })]);
  expect(eventsOf(history, 'request')).toEqual([]);
  const sent = eventsOf(history, 'attempt').map(({ system, item }) => [system, item !== null]);
  expect(sent).toEqual([
    ['legacy', true],
    ['legacy', true],
  ]);
});

test.concurrent('too few failed calls open no breaker, and there is no receipt', async () => {
  const { receipts, findings } = await withBreakerOpen(describePair('items', { openBreaker: { failures: 2 } }), 'live');
  expect(receipts.map(({ state }) => state)).not.toContain('bit');
  expect(findings).toEqual([]);
});
