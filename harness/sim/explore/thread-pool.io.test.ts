// The pool of worker threads, with compiled systems as in a certification.
import { afterEach, describe, expect, test } from 'vitest';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { SIM_DEMANDS } from '../../evidence/decide.ts';
import { FRESH } from '../../formats/runs-before.ts';
import { readReplayToken } from '../../formats/replay-token.ts';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import { certify } from '../../runner/certify.ts';
import { replay } from '../../runner/replay.ts';
import { search, type SearchResult } from '../../runner/search.ts';
import { openSimLaneOf } from '../lane.ts';
import { toyScenario } from '../toy-scenario.fixture.ts';
import { plainScenario } from './bounded-search.ts';
import { explorationSpace } from './exploration.ts';
import { childrenOf } from './placements.ts';
import type { Task } from './task.ts';
import { openWorkerPool } from './thread-pool.ts';
import type { WorkerPool } from './worker-pool.ts';

const module = (path: string): { module: string } => ({ module: new URL(path, import.meta.url).href });
const REFERENCE = module('../../../src/reference.ts');
const AS_WRITTEN = module('../../../scenarios/as-written/system.ts');
const REMEMBERING = module('../remembering-system.fixture.ts');
const ENDLESS = module('../endless-system.fixture.ts');
const SLOW_TO_LOAD = module('../slow-to-load-system.fixture.ts');
const STUBBORN = module('../stubborn-system.fixture.ts');

const depths = [
  { messages: 1, deviations: 0 },
  { messages: 1, deviations: 1 },
];

let pool: WorkerPool | undefined;
afterEach(() => pool?.close());

async function exploreOn(system: { module: string }, workers: number): Promise<SearchResult> {
  pool = await openWorkerPool(system, { workers });
  const found = await search({ space: explorationSpace({ seed: 5, depths, swarm: 250 }), runner: pool });
  await pool.close();
  return found;
}

test('one, two and three workers give the same results', async () => {
  const alone = await exploreOn(REFERENCE, 1);
  expect(alone).toMatchObject({ end: 'finished', found: [], evidence: { problems: {} } });
  expect(alone.evidence.depths.every(({ planned, run }) => run === planned)).toBe(true);
  expect(await exploreOn(REFERENCE, 2)).toEqual(alone);
  expect(await exploreOn(REFERENCE, 3)).toEqual(alone);
});

test('the runbook as written is refused within fifty runs and with one deviation, on any number of workers', async () => {
  const alone = await exploreOn(AS_WRITTEN, 1);
  const first = alone.found[0]?.violation;
  expect(first?.broken).toContain('S1');
  expect(first?.case.scenario.name).toBe('one message in ON');
  expect(first?.case.deviations).toHaveLength(1);
  // The first runs are three undisturbed ones, then the placements around the first of these in their order.
  const lane = await openSimLaneOf(compiledModule(AS_WRITTEN.module, AS_WRITTEN.module));
  const undisturbed = await lane.simulate(plainScenario({ mode: 'ON', messages: 1, seed: 5 }), {
    isRecording: true,
  });
  expect(childrenOf(undisturbed).slice(0, 47)).toContainEqual(first?.case.deviations[0]);
  expect(await exploreOn(AS_WRITTEN, 3)).toEqual(alone);
});

describe('a run that blocks its thread', () => {
  const pause = { site: 'legacy', key: 'legacy-1', attempt: 0, choice: 'pause' };
  const scenario = plainScenario({ mode: 'ON', messages: 1, seed: 5 });

  /** A pool that runs only this task: the undisturbed toy already violates properties, which would end the search earlier. */
  const openOn = async (system: { module: string }, task: Task): Promise<WorkerPool> => {
    const threads = await openWorkerPool(system, { workers: 1, patienceMs: 2_000 });
    pool = threads;
    return { ...threads, run: () => threads.run(task) };
  };
  const space = () => explorationSpace({ seed: 5, depths: depths.slice(0, 1), swarm: 0 });

  test('a run that blocks its thread is found in its batch, named by its token, shrunk, saved, and confirmed', async () => {
    const parent = { scenario, deviations: [] };
    const runner = await openOn(ENDLESS, { kind: 'children', parent, from: 0, until: 256, isLeaf: true });
    const { lane, counterexamples } = await certify({
      space: space(),
      runner,
      executor: runner.asExecutor(),
      oracle: checkersOracle,
      demands: SIM_DEMANDS,
      system: 'toy',
    });
    expect(lane.decision.verdict).toBe('violation');
    // There are other reasons too: shrinking also reaches the violations of the undisturbed toy.
    const livelock = lane.decision.reasons.find(({ code }) => code === 'violation/livelock');
    const token = /^livelock: .*\((sim:v2:[\w-]+)\)$/.exec(livelock?.subject ?? '')?.[1];
    expect(readReplayToken(token ?? '')).toEqual({ system: 'toy', case: { scenario, deviations: [pause] } });
    const [saved] = counterexamples;
    expect(saved).toMatchObject({ anomaly: { kind: 'livelock' }, findings: [], shrinking: { stopped: 'minimal' } });
    expect(saved?.case.deviations).toEqual([pause]);
    // The history holds the events before the livelock, so that it can be drawn.
    expect(saved?.history.events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['trigger', 'observer-problem']),
    );
  });

  test('a run of a swarm that blocks its thread is named with the deviations before it', async () => {
    const runner = await openOn(STUBBORN, { kind: 'swarm', seed: 3, count: 250 });
    const { end, found } = await search({ space: space(), runner });
    expect(end).toBe('violation');
    const livelock = found.find(({ fingerprint }) => fingerprint === 'livelock');
    expect(livelock?.violation.case.deviations.length).toBeGreaterThan(0);
  });

  test('a run of a single case that blocks its thread ends as a livelock, and the lane runs the next case', async () => {
    pool = await openWorkerPool(ENDLESS, { workers: 1, patienceMs: 2_000 });
    const executor = pool.asExecutor();
    const entry = { kind: 'entry', campaign: 'c', tenant: 't', messages: 1, atMs: 1_000 } as const;
    const hung = await executor.run({ scenario: { ...toyScenario(), steps: [entry] }, deviations: [] });
    expect(hung).toMatchObject({ kind: 'history', anomalies: [{ kind: 'livelock' }] });
    const kinds = hung.kind === 'history' ? hung.history.events.map(({ kind }) => kind) : [];
    expect(kinds).toContain('observer-problem');
    expect(kinds).not.toContain('quiescent');
    const next = await executor.run({ scenario: toyScenario(), deviations: [] });
    expect(next).toMatchObject({ kind: 'history', deviations: [], anomalies: [] });
  });

  test('a run that blocks its thread can be dumped at the event in which it hangs, and at any time before', async () => {
    pool = await openWorkerPool(ENDLESS, { workers: 1, patienceMs: 2_000 });
    const entry = { kind: 'entry', campaign: 'c', tenant: 't', messages: 1, atMs: 1_000 } as const;
    const hanging = { scenario: { ...toyScenario(), steps: [entry] }, deviations: [] };
    const look = { case: hanging, after: FRESH };
    expect(await pool.look({ ...look, untilMicros: 500_000 })).toMatchObject({ lastMs: 0, isOver: false });
    const world = await pool.look({ ...look, untilMicros: 2_000_000 });
    expect(world.lastMs).toBeGreaterThanOrEqual(1_000);
    expect(world.lastMs).toBeLessThan(1_001);
    expect(world.processes[0]?.waitsFor.join()).toMatch(/^a request/);
  });
});

test('a violation that only a used thread shows is stored with the runs that the thread had made before', async () => {
  pool = await openWorkerPool(REMEMBERING, { workers: 1 });
  const context = { executor: pool.asExecutor(), oracle: checkersOracle };
  const { lane, counterexamples } = await certify({
    ...context,
    space: explorationSpace({ seed: 5, depths: depths.slice(0, 1), swarm: 0 }),
    runner: pool,
    demands: SIM_DEMANDS,
    system: 'toy',
  });
  expect(lane.decision.verdict).toBe('violation');
  const doubleSend = counterexamples.find(({ fingerprint }) => fingerprint.startsWith('S1:'));
  expect(doubleSend?.after?.batches.flat()).toHaveLength(2);
  if (doubleSend === undefined) throw new Error('expected a double send');
  const again = { ...context, case: doubleSend.case, expected: 'S1' };
  expect(await replay({ ...again, after: doubleSend.after })).toMatchObject({ outcome: 'FAILED' });
  const alone = await replay({ ...again, after: FRESH });
  expect(alone.run?.judgement.broken).not.toContain('S1');
});

describe('the pool as a lane', () => {
  test('the pool as a lane runs one case at a time on each worker, and a case with an aborted signal is not awaited', async () => {
    pool = await openWorkerPool(REFERENCE, { workers: 2 });
    const executor = pool.asExecutor();
    expect([executor.capacity, executor.isDeterministic]).toEqual([2, true]);
    expect(executor.describe()).toMatchObject({ workers: '2' });
    const tried = { scenario: plainScenario({ mode: 'ON', messages: 1, seed: 5 }), deviations: [] };
    const [first, second] = await Promise.all([executor.run(tried), executor.run(tried)]);
    expect(first).toMatchObject({ kind: 'history' });
    expect(second).toEqual(first);
    expect(await executor.run(tried, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'infrastructure' });
  });
});

test('a thread that cannot load its system makes the exploration fail with an error', async () => {
  await expect(exploreOn(module('./absent.ts'), 1)).rejects.toThrow('absent.js');
});

describe('a thread that takes long to load its system', () => {
  const tried = { scenario: toyScenario(), deviations: [] };

  test('a thread that takes longer to load its system than a run may take is not mistaken for a livelock', async () => {
    pool = await openWorkerPool(SLOW_TO_LOAD, { workers: 1, patienceMs: 1_000 });
    expect(await pool.asExecutor().run(tried)).toMatchObject({ kind: 'history', anomalies: [] });
  });

  test('a thread that does not load its system in time is an error of the infrastructure', async () => {
    pool = await openWorkerPool(SLOW_TO_LOAD, { workers: 1, loadingMs: 1 });
    const run = pool.asExecutor().run(tried);
    await expect(run).rejects.toThrow(InfrastructureError);
    await expect(run).rejects.toThrow('a thread did not load the system within 0.001 s');
  });
});
