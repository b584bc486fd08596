// Correct pairs unlike the reference: the rig reports no false violation, and names what it cannot judge.
import { expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { liveDemands } from '../../harness/evidence/decide.ts';
import { catalogueStates } from '../../harness/formats/property-catalogue.ts';
import type { SystemDescription } from '../../harness/formats/system-description.ts';
import { STRATA } from '../../harness/generators/strata.ts';
import { planScenarios } from '../../harness/generators/plan.ts';
import { describedRefusal } from '../../harness/live/refusal.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { certify } from '../../harness/runner/certify.ts';
import { plannedRunner, plannedSpace } from '../../harness/runner/planned-search.ts';
import type { LaneCertification } from '../../harness/runner/result-of.ts';
import { describePair } from './pair.fixture.ts';
import type { ShapeName } from './shapes.fixture.ts';

/** How many scenarios each pair runs. Without `ONESEND_PAIR_RUNS` it runs a part of the strata once. */
const RUNS = process.env['ONESEND_PAIR_RUNS'];
const SLOTS = 16;

/** Properties that no pair here shows: of breakers, log lines, counts for the user, and reconciliation. */
const NONE_SHOWS = ['S15', 'S17', 'S21', 'S24', 'L6'];

/** Every stratum whose index modulo `every` is `from`. */
interface Part {
  readonly from: number;
  readonly every: number;
}

async function certifyPair(description: SystemDescription, { from, every }: Part): Promise<LaneCertification> {
  const strata = RUNS === undefined ? STRATA.filter((_, index) => index % every === from) : STRATA;
  const count = RUNS === undefined ? strata.length : Number(RUNS);
  const plan = planScenarios({
    seed: count,
    count,
    strata,
    admits: (scenario) => describedRefusal(description, { scenario, deviations: [] }) === undefined,
  });
  return onSharedLane({ description, slots: SLOTS }, (executor) => {
    const running = { executor, oracle: checkersOracle };
    const demands = liveDemands(plan.length);
    // Under a smaller part some properties cannot be violated.
    if (RUNS === undefined && every > 2) demands.propertyMinimum = 0;
    return certify({
      ...running,
      space: plannedSpace(plan, { oracle: checkersOracle, demands }),
      runner: plannedRunner(running),
      demands,
      system: description.name,
    });
  });
}

interface Shaped {
  readonly shape: ShapeName;
  readonly part: Part;
  readonly what: string;
  readonly notShown: readonly string[];
}

test.each<Shaped>([
  {
    shape: 'items',
    part: { from: 1, every: 2 },
    what: 'batches with other names, nested in other objects',
    notShown: [],
  },
  {
    shape: 'single',
    part: { from: 0, every: 2 },
    what: 'one message per request, its uuid in a header and in a table of uuids',
    notShown: ['S6', 'S19'],
  },
  {
    shape: 'later',
    part: { from: 1, every: 2 },
    what: 'a service that answers 202 and sends later, and a cache of modes',
    notShown: ['S11', 'S19'],
  },
  {
    shape: 'derived',
    part: { from: 0, every: 2 },
    what: 'a uuid that only requests show',
    notShown: ['L3', 'S6', 'S23'],
  },
  { shape: 'queued', part: { from: 1, every: 8 }, what: 'a legacy app that sends from a queue', notShown: ['S23'] },
])('the pair $shape passes its part of the strata: $what', async ({ shape, part, notShown }) => {
  const description = describePair(shape);
  const { lane, counterexamples } = await certifyPair(description, part);
  expect(counterexamples.flatMap(({ findings }) => findings)).toEqual([]);
  expect(lane.decision).toEqual({ verdict: 'pass', reasons: [{ code: 'all-held', subject: '', numbers: {} }] });
  const open = catalogueStates(description.vantages, [lane]).filter(({ state }) => state === 'not-observed');
  expect(open.map(({ id }) => id).toSorted()).toEqual([...NONE_SHOWS, ...notShown].toSorted());
});
