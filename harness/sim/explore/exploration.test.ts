import { beforeAll, describe, expect, test } from 'vitest';
import type { Env } from '../../../src/contract/env.ts';
import { parseDocument } from '../../formats/document.ts';
import { counterexampleDocument } from '../../formats/result.ts';
import { makeSimStore } from '../store/sim-store.ts';
import { openSimLane, type SimLaneOptions } from '../lane.ts';
import { toySystem } from '../toy-system.fixture.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { scriptedOracle } from '../../runner/executor.fixture.ts';
import { certifySim } from '../../runner/certify-sim.ts';
import { type Exploration, explore, type ExploreOptions, swarmUnits } from './explore.ts';
import { Ladder, type Rung } from './bounded-search.ts';
import { replayRun } from './replay-run.ts';
import { localCrew } from './inline-pool.ts';
import { openSim } from './open-sim.ts';
import { makeOn } from './made-run.ts';
import { requestOf } from './task-runner.ts';
import { decodeReplay } from '../replay-token.ts';
import { childrenOf } from './placements.ts';
import type { Node, Unit } from './task.ts';

const UNDISTURBED: readonly Rung[] = [{ messages: 1, deviations: 0 }];
const UP_TO_ONE: readonly Rung[] = [...UNDISTURBED, { messages: 1, deviations: 1 }];
const nobodyFindsAnything = scriptedOracle();

async function exploreToy(
  atEntry: (env: Env) => Promise<void> | void,
  options: Partial<ExploreOptions> = {},
  lane: Partial<SimLaneOptions> = {},
): Promise<Exploration> {
  const sim = await openSimLane({ system: toySystem({ atEntry }), store: makeSimStore, ...lane });
  const crew = localCrew(sim, nobodyFindsAnything);
  return explore({ crew, seed: 1, rungs: UNDISTURBED, swarm: 0, ...options });
}

const nothing = (): void => undefined;

describe('an exploration', () => {
  test('tries every placement, says how many there were, and comes to the same again', async () => {
    const found = await exploreToy(nothing, { rungs: UP_TO_ONE });
    expect(found.rungs[0]).toMatchObject({ planned: 3, run: 3 });
    expect(found.rungs[1]?.run).toBe(found.rungs[1]?.planned);
    expect(found.rungs[1]?.run).toBeGreaterThan(100);
    expect(found).toMatchObject({ end: 'finished', selfCheck: [], doubts: [], violations: [] });
    expect(found.compared).toBeGreaterThan(0);
    expect(await exploreToy(nothing, { rungs: UP_TO_ONE })).toEqual(found);
  });

  test('a bound leaves a rung open, and the rungs above it unknown', async () => {
    const rungs = [...UP_TO_ONE, { messages: 1, deviations: 2 }];
    const { rungs: outcomes, end } = await exploreToy(nothing, { rungs, maxRuns: 50 });
    expect(end).toBe('runs');
    expect(outcomes[1]?.run).toBeLessThan(outcomes[1]?.planned ?? 0);
    expect(outcomes[2]).toMatchObject({ planned: null, run: 0 });
  });

  test('a signal stops it before anything ran', async () => {
    const found = await exploreToy(nothing, { signal: AbortSignal.abort() });
    expect(found).toMatchObject({ end: 'interrupted', tally: { runs: 0 } });
  });

  test('the swarm is a function of its seed', async () => {
    const swarm = { rungs: [], swarm: 20 };
    const found = await exploreToy(nothing, swarm);
    expect(found.swarm).toEqual({ planned: 20, run: 20 });
    expect(Object.keys(found.tally.choices).length).toBeGreaterThan(3);
    expect((await exploreToy(nothing, swarm)).digest).toBe(found.digest);
    expect((await exploreToy(nothing, { ...swarm, seed: 2 })).digest).not.toBe(found.digest);
  });
});

test('swarms of neighbouring seeds share no unit', () => {
  const seeds = [1, 2, 3].flatMap((seed) => [...swarmUnits(seed, 100_000)].map((unit) => unit.seed));
  expect(new Set(seeds).size).toBe(seeds.length);
});

describe('the honesty of an exploration', () => {
  test('a run that depends on more than its input is a failed self-check', async () => {
    let entries = 0;
    const { selfCheck } = await exploreToy((env) => env.log(`entry ${(entries += 1)} of this process`));
    expect(selfCheck[0]).toMatch(/^a run came out differently when it was made again: sim:v1:/);
  });

  test('a deviation that does not come up where it was met is a failed self-check', async () => {
    let runs = 0;
    const fickle = async (env: Env): Promise<void> => {
      runs += 1;
      // The undisturbed runs, and the parents, which are recorded, ask the database once more than later ones.
      if (runs <= 8) await env.store.transaction((tx) => tx.select('sms_logs', {}));
    };
    const { selfCheck } = await exploreToy(fickle, { rungs: UP_TO_ONE });
    expect(selfCheck.join('\n')).toMatch(/a run met 0 of its 1 deviations: sim:v1:/);
  });

  test('a call to the real world is a failed self-check', async () => {
    const { selfCheck } = await exploreToy(() => void Date.now());
    expect(selfCheck[0]).toMatch(/^forbidden-call: Date.now was called/);
  });

  test.each([
    ['deadlock', () => new Promise<void>(() => {})],
    ['unhandled-rejection', () => void Promise.reject(new Error('nobody listens'))],
  ])('%s is a finding with the line that replays it', async (kind, atEntry) => {
    const { anomalies, violations, end } = await exploreToy(atEntry);
    expect(end).toBe('violation');
    expect(anomalies[0]).toMatch(new RegExp(`^${kind}: .*\\(sim:v1:`));
    expect(violations[0]).toMatchObject({ ordinal: 1, anomaly: { kind } });
  });

  test.each([
    ['out-of-events', { events: 12, virtualMicros: 60_000_000 }],
    ['out-of-time', { events: 10_000, virtualMicros: 500_000 }],
  ])('%s is a doubt and never a pass', async (kind, bounds) => {
    const { doubts, tally, violations } = await exploreToy(nothing, {}, { bounds });
    expect(doubts[0]).toContain(`${kind}: `);
    expect([tally.runs, violations]).toEqual([0, []]);
  });
});

test('a run of a unit can be asked for without being made', async () => {
  const lane = await openSim(toySystem());
  const [unit] = [...new Ladder(UP_TO_ONE, 1).units({ messages: 1, deviations: 0 })];
  if (unit?.kind !== 'run') throw new Error('expected a run');
  const children: Unit = { ...unit, kind: 'children', from: 2, until: 9, isLeaf: true };
  const parent = await lane.simulate(unit.scenario, { isRecording: true });
  expect(await requestOf(children, 3, lane)).toMatchObject({ deviations: [childrenOf(parent)[5]] });
  await expect(requestOf(children, 7, lane)).rejects.toThrow('no run number 7');
});

describe('the ladder', () => {
  const rung = { messages: 1, deviations: 1 };
  const node = (trace: string, lastDeviation: number, ...told: string[]): Node => {
    return { deviations: [], trace, told, children: 3, lastDeviation };
  };
  const climb = (...nodes: Node[]): { pruned: number; planned: number } => {
    const ladder = new Ladder([rung, { messages: 1, deviations: 2 }], 1);
    const units = [...ladder.units({ messages: 1, deviations: 0 })] as Extract<Unit, { kind: 'run' }>[];
    const scenario = units[0]?.scenario;
    if (scenario === undefined) throw new Error('expected a scenario');
    const pruned = ladder.climb(rung, new Map([[scenario, nodes]]));
    return { pruned, planned: ladder.planned({ messages: 1, deviations: 2 }) };
  };

  test('a run whose trace is known is not deviated from further', () => {
    expect(climb(node('a', 4), node('b', 5), node('a', 6))).toEqual({ pruned: 1, planned: 6 });
  });

  test('unless more points come after its deviation than after that of the one that stands for it', () => {
    expect(climb(node('a', 4), node('a', 2))).toEqual({ pruned: 0, planned: 6 });
  });

  test('unless the one that would stand for it is told a fault that may excuse what it itself must answer for', () => {
    expect(climb(node('a', 4, 'late'), node('a', 4, 'lost'))).toEqual({ pruned: 0, planned: 6 });
    expect(climb(node('a', 4, 'late'), node('a', 5))).toEqual({ pruned: 0, planned: 6 });
    expect(climb(node('a', 4), node('a', 5, 'late'))).toEqual({ pruned: 1, planned: 3 });
    expect(climb(node('a', 4, 'late'), node('a', 5, 'lost'), node('a', 6, 'late', 'slow'))).toEqual({
      pruned: 1,
      planned: 6,
    });
  });
});

describe('a certification on the sim lane', () => {
  const certifyToy = async (oracle = checkersOracle, atEntry: (env: Env) => Promise<void> | void = nothing) => {
    const lane = await openSim(toySystem({ atEntry }));
    const crew = localCrew(lane, oracle);
    const about = { system: { name: 'toy', sha256: '', files: {} }, readings: {}, timings: {}, infrastructure: {} };
    return certifySim({ ...about, versions: {}, crew, oracle, seed: 1, rungs: UP_TO_ONE, swarm: 0 });
  };
  let refused: Awaited<ReturnType<typeof certifyToy>>;
  beforeAll(async () => {
    refused = await certifyToy();
  });

  test('a careless system is refused with a token that stands for the whole run', () => {
    expect(refused.decision.verdict).toBe('violation');
    expect(refused.result.counterexamples[0]?.replay).toMatch(/^sim:v1:/);
    expect(refused.counterexamples[0]).toMatchObject({ lane: 'sim', shrinking: { stopped: 'minimal' } });
  });

  test('a goal that no run reaches makes it inconclusive and is named', async () => {
    const { decision } = await certifyToy(nobodyFindsAnything);
    expect(decision.verdict).toBe('inconclusive');
    expect(decision.reasons).toContain('never reached: breaker opened');
  });

  test.each([
    ['deadlock', () => new Promise<void>(() => {})],
    ['unhandled-rejection', () => void Promise.reject(new Error('nobody listens'))],
  ])('%s alone is a violation, and its run is saved as any other counterexample', async (kind, atEntry) => {
    const { decision, counterexamples, result } = await certifyToy(nobodyFindsAnything, atEntry);
    expect(decision).toMatchObject({
      verdict: 'violation',
      reasons: [expect.stringMatching(new RegExp(`^${kind}: `))],
    });
    expect(result.counterexamples).toMatchObject([{ id: expect.stringContaining(`${kind}-`), anomaly: { kind } }]);
    const [saved] = counterexamples;
    const stored = parseDocument(counterexampleDocument, JSON.stringify(saved), 'saved.json');
    expect(stored).toMatchObject({ findings: [], anomaly: { kind }, shrinking: { stopped: 'minimal' } });
    const make = makeOn(await openSim(toySystem({ atEntry })));
    const again = { make, oracle: nobodyFindsAnything, recipe: decodeReplay(stored.replay?.token ?? '') };
    expect(await replayRun({ ...again, expected: kind })).toMatchObject({ outcome: 'FAILED', verdict: 'violation' });
    const healthy = { ...again, make: makeOn(await openSim(toySystem())) };
    expect(await replayRun({ ...healthy, expected: kind })).toMatchObject({ outcome: 'FIXED' });
  });

  test('an anomaly that does not come up again is no evidence against the system', async () => {
    let entries = 0;
    const once = (): Promise<void> | undefined => ((entries += 1) === 1 ? new Promise<void>(() => {}) : undefined);
    const { decision } = await certifyToy(nobodyFindsAnything, once);
    expect(decision.verdict).toBe('self-check');
    expect(decision.reasons).toContainEqual(expect.stringMatching(/^deadlock did not come up again: sim:v1:/));
  });
});
