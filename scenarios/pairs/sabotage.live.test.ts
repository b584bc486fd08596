// Wire mutants that these pairs show in another place, or at another time, than the reference.
import { expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { WIRE_MUTANTS } from '../../harness/live/sabotage/all-wire-mutants.ts';
import { wireMarkerOf } from '../../harness/live/sabotage/wire-mutant.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { SabotageJudge } from '../../harness/runner/judge-sabotage.ts';
import { describePair } from './pair.fixture.ts';

test.concurrent.each([
  // The uuid of a message is visible only in requests.
  ['X47', 'derived'],
  // A recovery writes the rows.
  ['X63', 'later'],
] as const)('%s is seen on the pair %s', async (id, shape) => {
  const description = describePair(shape);
  const mutant = WIRE_MUTANTS.find((each) => each.id === id);
  if (mutant === undefined) throw new Error(`expected a wire mutant ${id}`);
  const { scenario, breaks } = mutant;
  const judged = { scenario, breaks: [...breaks], marker: wireMarkerOf(id), absence: mutant.absence?.(description) };
  const row = await onSharedLane({ description, slots: 1 }, (lane) =>
    new SabotageJudge({ oracle: checkersOracle, vantages: description.vantages, pair: lane }).judge(
      judged,
      lane.sabotagedBy(mutant),
    ),
  );
  expect(row).toMatchObject({ outcome: 'seen' });
});
