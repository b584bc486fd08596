import { beforeAll, describe, expect, test } from 'vitest';
import type { Env } from '../../../src/contract/env.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { SIM_DEMANDS } from '../../evidence/decide.ts';
import type { ProblemCode } from '../../formats/evidence.ts';
import { counterexampleDocument } from '../../formats/counterexample.ts';
import { parseDocument } from '../../formats/document.ts';
import { readReplayToken } from '../../formats/replay-token.ts';
import { certify } from '../../runner/certify.ts';
import { caseHash } from '../../runner/counterexample.ts';
import { scriptedOracle } from '../../runner/executor.fixture.ts';
import { replay } from '../../runner/replay.ts';
import type { LaneCertification } from '../../runner/result-of.ts';
import { search, type SearchOptions, type SearchResult } from '../../runner/search.ts';
import { openSimLane, type SimLaneOptions } from '../lane.ts';
import { toySystem } from '../toy-system.fixture.ts';
import { BoundedSearch, type Depth } from './bounded-search.ts';
import { explorationSpace, type ExplorationOptions } from './exploration.ts';
import { inlineExecutor, inlinePool } from './inline-pool.ts';
import { childrenOf } from './placements.ts';
import { swarmTasks } from './swarm.ts';
import { simCaseOf } from './task-runner.ts';
import type { ExplorationResult, Node, Task } from './task.ts';

const UNDISTURBED: readonly Depth[] = [{ messages: 1, deviations: 0 }];
const UP_TO_ONE: readonly Depth[] = [...UNDISTURBED, { messages: 1, deviations: 1 }];
const findsNothing = scriptedOracle();

type AtEntry = (env: Env) => Promise<void> | void;
const nothing: AtEntry = () => undefined;

type Bounds = Pick<SearchOptions<Task, ExplorationResult>, 'maxRuns' | 'signal'>;

interface Explored extends Partial<ExplorationOptions> {
  readonly atEntry?: AtEntry;
  readonly lane?: SimLaneOptions;
  readonly bounds?: Bounds;
}

async function exploreToy({ atEntry = nothing, lane, bounds, ...options }: Explored = {}): Promise<SearchResult> {
  const pool = inlinePool(await openSimLane(toySystem({ atEntry }), lane), findsNothing);
  const space = explorationSpace({ seed: 1, depths: UNDISTURBED, swarm: 0, ...options });
  return search({ space, runner: pool, ...bounds });
}

async function examplesOf(code: ProblemCode, explored: Explored): Promise<string[]> {
  return (await exploreToy(explored)).evidence.problems[code]?.examples ?? [];
}

describe('an exploration', () => {
  test('an exploration runs every placement, counts them, and gives the same result when it is repeated', async () => {
    const found = await exploreToy({ depths: UP_TO_ONE });
    const [undisturbed, deviated] = found.evidence.depths;
    expect(undisturbed).toMatchObject({ planned: 3, run: 3 });
    expect(deviated?.run).toBe(deviated?.planned);
    expect(deviated?.run).toBeGreaterThan(100);
    expect(found).toMatchObject({ end: 'finished', found: [], evidence: { problems: {} } });
    expect(found.evidence.runs.compared).toBeGreaterThan(0);
    expect(await exploreToy({ depths: UP_TO_ONE })).toEqual(found);
  });

  test('an exploration with a bound on runs leaves a depth incomplete, and does not count the placements of later depths', async () => {
    const depths = [...UP_TO_ONE, { messages: 1, deviations: 2 }];
    const { evidence, end } = await exploreToy({ depths, bounds: { maxRuns: 50 } });
    expect(end).toBe('runs');
    const [, open, unknown] = evidence.depths;
    expect(open?.run).toBeLessThan(open?.planned ?? 0);
    expect(unknown).toMatchObject({ planned: null, run: 0 });
  });

  test('an exploration with an aborted signal ends before its first run', async () => {
    const found = await exploreToy({ bounds: { signal: AbortSignal.abort() } });
    expect(found).toMatchObject({ end: 'interrupted', evidence: { runs: { completed: 0 } } });
  });

  test('an exploration ends with a swarm whose result depends on its seed alone', async () => {
    const swarm = { depths: [], swarm: 20 };
    const found = await exploreToy(swarm);
    expect(found.evidence.swarm).toEqual({ planned: 20, run: 20 });
    expect(found.evidence.runs.random).toBe(20);
    expect(Object.keys(found.evidence.choices).length).toBeGreaterThan(3);
    expect((await exploreToy(swarm)).digest).toBe(found.digest);
    expect((await exploreToy({ ...swarm, seed: 2 })).digest).not.toBe(found.digest);
  });
});

test('swarms of neighbouring seeds share no task', () => {
  const seeds = [1, 2, 3].flatMap((seed) => [...swarmTasks(seed, 100_000)].map((task) => task.seed));
  expect(new Set(seeds).size).toBe(seeds.length);
});

describe('self-checks of an exploration', () => {
  test('a run that depends on more than its input is a failed self-check', async () => {
    let entries = 0;
    const atEntry: AtEntry = (env) => env.log(`entry ${(entries += 1)} of this process`);
    const [example] = await examplesOf('self-check/not-repeatable', { atEntry });
    expect(example).toMatch(/^a run gave another history when it was repeated: sim:v2:/);
  });

  test('a deviation whose decision does not come up again is a failed self-check', async () => {
    let runs = 0;
    const fickle: AtEntry = async (env) => {
      runs += 1;
      // The undisturbed runs and the recorded parents make one more transaction than later runs.
      if (runs <= 8) await env.store.transaction((tx) => tx.select('sms_logs', {}));
    };
    const examples = await examplesOf('self-check/deviation-not-met', { atEntry: fickle, depths: UP_TO_ONE });
    expect(examples.join('\n')).toMatch(/a run met 0 of its 1 deviations: sim:v2:/);
  });

  test('a call to the real world is a failed self-check', async () => {
    const [example] = await examplesOf('self-check/forbidden-call', { atEntry: () => void Date.now() });
    expect(example).toMatch(/^forbidden-call: Date.now was called/);
  });

  test.each([
    ['deadlock', (): Promise<void> => new Promise(() => {})],
    ['unhandled-rejection', (): void => void Promise.reject(new Error('no listener'))],
  ] as const)('%s is a violation, with the line that replays it', async (kind, atEntry) => {
    const { evidence, found } = await exploreToy({ atEntry });
    expect(evidence.problems[`violation/${kind}`]?.examples[0]).toMatch(new RegExp(`^${kind}: .*\\(sim:v2:`));
    expect(found).toMatchObject([{ fingerprint: kind, violation: { broken: [kind], case: { deviations: [] } } }]);
  });

  test.each([
    ['out-of-events', { events: 12, virtualMicros: 60_000_000 }],
    ['out-of-time', { events: 10_000, virtualMicros: 500_000 }],
  ] as const)('%s makes an exploration inconclusive, and its runs are discarded', async (kind, bounds) => {
    const { evidence, found } = await exploreToy({ lane: { bounds } });
    expect(evidence.problems[`inconclusive/${kind}`]?.examples[0]).toContain(`${kind}: `);
    expect([evidence.runs.discarded, evidence.properties, found]).toEqual([3, {}, []]);
  });
});

test('a run of a task can be described by its number without being made', async () => {
  const lane = await openSimLane(toySystem());
  const [task] = [...new BoundedSearch(UP_TO_ONE, 1).tasks({ messages: 1, deviations: 0 })];
  if (task?.kind !== 'run') throw new Error('expected a run');
  const children: Task = { kind: 'children', parent: task.case, from: 2, until: 9, isLeaf: true };
  const parent = await lane.simulate(task.case.scenario, { isRecording: true });
  expect(await simCaseOf(children, 3, lane)).toMatchObject({ deviations: [childrenOf(parent)[5]] });
  await expect(simCaseOf(children, 7, lane)).rejects.toThrow('no run number 7');
});

describe('the bounded search', () => {
  const depth = { messages: 1, deviations: 1 };
  const node = (trace: string, lastDeviation: number, ...reportedFaults: string[]): Node => {
    return { deviations: [], trace, reportedFaults, children: 3, lastDeviation };
  };
  const advanced = (...nodes: Node[]): { pruned: number; planned: number } => {
    const bounded = new BoundedSearch([depth, { messages: 1, deviations: 2 }], 1);
    const [task] = [...bounded.tasks({ messages: 1, deviations: 0 })];
    if (task?.kind !== 'run') throw new Error('expected a run');
    const pruned = bounded.advance(depth, new Map([[task.case.scenario, nodes]]));
    return { pruned, planned: bounded.planned({ messages: 1, deviations: 2 }) };
  };

  test('the bounded search prunes a run whose trace is known', () => {
    expect(advanced(node('a', 4), node('b', 5), node('a', 6))).toEqual({ pruned: 1, planned: 6 });
  });

  test('the bounded search keeps a run if more points come after its deviation than in the run with the same trace', () => {
    expect(advanced(node('a', 4), node('a', 2))).toEqual({ pruned: 0, planned: 6 });
  });

  test('the bounded search keeps a run if the kept run with the same trace reports a fault that this run does not report', () => {
    expect(advanced(node('a', 4, 'late'), node('a', 4, 'lost'))).toEqual({ pruned: 0, planned: 6 });
    expect(advanced(node('a', 4, 'late'), node('a', 5))).toEqual({ pruned: 0, planned: 6 });
    expect(advanced(node('a', 4), node('a', 5, 'late'))).toEqual({ pruned: 1, planned: 3 });
    expect(advanced(node('a', 4, 'late'), node('a', 5, 'lost'), node('a', 6, 'late', 'slow'))).toEqual({
      pruned: 1,
      planned: 6,
    });
  });
});

describe('a certification on the sim lane', () => {
  const certifyToy = async (oracle = checkersOracle, atEntry = nothing): Promise<LaneCertification> => {
    const pool = inlinePool(await openSimLane(toySystem({ atEntry })), oracle);
    return certify({
      space: explorationSpace({ seed: 1, depths: UP_TO_ONE, swarm: 0 }),
      runner: pool,
      executor: pool.asExecutor(),
      oracle,
      demands: SIM_DEMANDS,
      system: 'toy',
    });
  };
  let refused: LaneCertification;
  beforeAll(async () => {
    refused = await certifyToy();
  });

  test('a certification on the sim lane refuses an unprotected system with a token that replays the whole run', () => {
    expect(refused.lane.decision.verdict).toBe('violation');
    const [first] = refused.counterexamples;
    expect(first).toMatchObject({ lane: 'sim', shrinking: { stopped: 'minimal' } });
    expect(readReplayToken(first?.token ?? '')).toEqual({ system: 'toy', case: first?.case });
  });

  test('a certification on the sim lane keeps a confirmed counterexample for each case with a new violation', () => {
    const { counterexamples, lane } = refused;
    expect(new Set(counterexamples.map(({ id }) => id)).size).toBe(counterexamples.length);
    const hashes = Object.values(lane.evidence.violations).map(({ hash }) => hash);
    expect(counterexamples.map((each) => caseHash(each.case))).toEqual(expect.arrayContaining([...new Set(hashes)]));
    expect(lane.evidence.problems).toEqual({});
  });

  test('a certification on the sim lane in which no run reached a goal is inconclusive, and names the goal', async () => {
    const { decision } = (await certifyToy(findsNothing)).lane;
    expect(decision.verdict).toBe('inconclusive');
    expect(decision.reasons).toContainEqual({ code: 'goal-not-reached', subject: 'breaker opened', numbers: {} });
  });

  test.each([
    ['deadlock', (): Promise<void> => new Promise(() => {})],
    ['unhandled-rejection', (): void => void Promise.reject(new Error('no listener'))],
  ] as const)(
    'a certification on the sim lane counts the anomaly %s alone as a violation, and saves its run as a counterexample',
    async (kind, atEntry) => {
      const { lane, counterexamples } = await certifyToy(findsNothing, atEntry);
      expect(lane.decision).toMatchObject({ verdict: 'violation', reasons: [{ code: `violation/${kind}` }] });
      const [saved] = counterexamples;
      const stored = parseDocument(counterexampleDocument, JSON.stringify(saved), 'saved.json');
      expect(stored).toMatchObject({
        id: expect.stringContaining(`${kind}-`),
        findings: [],
        anomaly: { kind },
        shrinking: { stopped: 'minimal' },
      });
      const again = { case: readReplayToken(stored.token ?? '').case, oracle: findsNothing, expected: kind };
      const same = inlineExecutor(await openSimLane(toySystem({ atEntry })));
      expect(await replay({ ...again, executor: same })).toMatchObject({ outcome: 'FAILED', verdict: 'violation' });
      const healthy = inlineExecutor(await openSimLane(toySystem()));
      expect(await replay({ ...again, executor: healthy })).toMatchObject({ outcome: 'FIXED' });
    },
  );

  test('a certification on the sim lane reports an anomaly that does not come up again as a failed self-check', async () => {
    let entries = 0;
    const once: AtEntry = () => ((entries += 1) === 1 ? new Promise<void>(() => {}) : undefined);
    const { decision } = (await certifyToy(findsNothing, once)).lane;
    expect(decision.verdict).toBe('self-check');
    expect(decision.reasons).toContainEqual(
      expect.objectContaining({
        code: 'self-check/not-confirmed',
        subject: expect.stringMatching(/^deadlock did not come up again: sim:v2:/),
      }),
    );
  });
});
