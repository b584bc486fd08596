// Evidence of the parts of a real run, merged in any order and grouping, equals the evidence of the whole run and gives the same decision:
// for an exploration, for a plan as the live lane runs it, and for gates. Shards and worker threads rely on this.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { decide, GATE_DEMANDS, liveDemands, SIM_DEMANDS } from '../../harness/evidence/decide.ts';
import { emptyEvidence } from '../../harness/evidence/fold.ts';
import { mergedEvidence } from '../../harness/evidence/merge.ts';
import type { Demands } from '../../harness/formats/decision.ts';
import type { Evidence } from '../../harness/formats/evidence.ts';
import { planScenarios } from '../../harness/generators/plan.ts';
import { plannedRunner } from '../../harness/runner/planned-search.ts';
import { runTask } from '../../harness/sim/explore/task-runner.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { GATES } from '../gates/all-gates.ts';
import { reportOn } from '../gates/run-gates.fixture.ts';
import { openSimExecutor } from '../sim-executor.fixture.ts';

const SYSTEMS = [reference, asWritten];
const SEED = 12;
const SCENARIOS = 30;
const TASKS = 6;
const RUNS_EACH = 20;

/** Parts of one run with the demands of its lane. */
interface Parts {
  readonly evidence: readonly Evidence[];
  readonly demands: Demands;
}

const parts: Parts[] = [];
let gatesTogether: Evidence;
let gatesApart: Evidence[];

beforeAll(async () => {
  for (const system of SYSTEMS) {
    const lane = await openSimLane(system);
    const explored: Evidence[] = [];
    for (let seed = SEED; seed < SEED + TASKS; seed += 1) {
      const task = { kind: 'swarm', seed, count: RUNS_EACH } as const;
      explored.push((await runTask(task, { lane, oracle: checkersOracle, beforeRun: () => true })).evidence);
    }
    const runner = plannedRunner({ executor: await openSimExecutor(system), oracle: checkersOracle });
    const planned: Evidence[] = [];
    for (const scenario of planScenarios({ seed: SEED, count: SCENARIOS })) {
      planned.push((await runner.run(scenario)).evidence);
    }
    parts.push({ evidence: explored, demands: SIM_DEMANDS }, { evidence: planned, demands: liveDemands(SCENARIOS) });
  }
  const executor = await openSimExecutor(asWritten);
  gatesTogether = (await reportOn(executor, GATES)).evidence;
  gatesApart = [];
  for (const gate of GATES) gatesApart.push((await reportOn(executor, [gate])).evidence);
  parts.push({ evidence: gatesApart, demands: GATE_DEMANDS });
});

test('evidence of the parts of a run, merged in any order and grouping, is that of the whole run and decides the same', () => {
  for (const { evidence, demands } of parts) {
    const whole = mergedEvidence(emptyEvidence(), ...evidence);
    expect(whole.runs.completed).toBeGreaterThan(evidence.length - 1);
    fc.assert(
      fc.property(fc.shuffledSubarray([...evidence], { minLength: evidence.length }), fc.nat(), (shuffled, cut) => {
        const place = cut % (shuffled.length + 1);
        const [left, right] = [shuffled.slice(0, place), shuffled.slice(place)].map((half) =>
          mergedEvidence(emptyEvidence(), ...half),
        );
        const merged = mergedEvidence(left ?? emptyEvidence(), right ?? emptyEvidence());
        expect(merged).toEqual(whole);
        expect(decide(merged, demands)).toEqual(decide(whole, demands));
      }),
      { numRuns: 30 },
    );
  }
});

test('the gates give the same evidence when they run one by one and together', () => {
  expect(mergedEvidence(emptyEvidence(), ...gatesApart)).toEqual(gatesTogether);
});
