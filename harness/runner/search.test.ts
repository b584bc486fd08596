import { describe, expect, test } from 'vitest';
import { emptyEvidence } from '../evidence/fold.ts';
import type { SearchSpace, Stage, TaskResult, TaskRunner } from '../execution/search-space.ts';
import { planScenarios } from '../generators/plan.ts';
import { scriptedExecutor, scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';
import { plannedRunner, plannedSpace } from './planned-search.ts';
import { type Progress, search } from './search.ts';

/** Tasks are the times that they take; one that takes 7 turns violates. */
const turns = async (count: number): Promise<void> => {
  for (let left = count; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
};

interface Script {
  readonly stages: readonly (readonly number[])[];
  readonly violationsMax?: number;
  readonly isDeterministic?: boolean;
  readonly capacity?: number;
  readonly isCut?: (task: number) => boolean;
}

function scripted(script: Script) {
  const { stages, violationsMax = Infinity, isDeterministic = true, capacity = 3, isCut = () => false } = script;
  const seen = { began: [] as number[], delivered: [] as number[], ended: 0, stops: 0 };
  const space: SearchSpace<number, TaskResult> = {
    *stages() {
      for (const tasks of stages) {
        const stage: Stage<number, TaskResult> = {
          planned: tasks.length,
          violationsMax,
          tasks: () => tasks,
          onResult: (_, task) => void seen.delivered.push(task),
          onEnd: () => (seen.ended += 1),
        };
        yield stage;
      }
    },
    coverage() {
      const evidence = emptyEvidence();
      evidence.runs.planned = stages.flat().length;
      return evidence;
    },
  };
  const runner: TaskRunner<number, TaskResult> = {
    lane: isDeterministic ? 'sim' : 'live',
    capacity,
    isDeterministic,
    async run(task) {
      seen.began.push(task);
      await turns(task);
      const evidence = emptyEvidence();
      evidence.runs.completed = 1;
      const violations = task === 7 ? [{ case: { scenario: scriptedScenario(), deviations: [] }, broken: ['S1'] }] : [];
      return { runs: 1, evidence, violations, isCut: isCut(task), digest: String(task) };
    },
    stop: () => void (seen.stops += 1),
  };
  return { space, runner, seen };
}

describe('a search', () => {
  test('goes through all stages, and says what was planned', async () => {
    const { space, runner, seen } = scripted({ stages: [[2, 1], [3], [1, 1]] });
    const found = await search({ space, runner });
    expect(found).toMatchObject({ end: 'finished', violations: [], evidence: { runs: { planned: 5, completed: 5 } } });
    expect([seen.delivered, seen.ended]).toEqual([[2, 1, 3, 1, 1], 3]);
  });

  test('comes to the same on any number of workers, also when a violation ends it', async () => {
    const script = { stages: [[1, 9, 2, 7, 1, 1, 1, 1, 1], [1]], violationsMax: 1 };
    const results = [];
    for (const capacity of [1, 2, 5]) {
      const { space, runner } = scripted({ ...script, capacity });
      results.push(await search({ space, runner }));
    }
    expect(results[0]).toMatchObject({ end: 'violation', evidence: { runs: { completed: 4 } } });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test('finishes a stage whose violations are all wanted, and begins no other', async () => {
    const { space, runner, seen } = scripted({ stages: [[7, 1, 7], [1]] });
    const { end, violations } = await search({ space, runner });
    expect([end, violations.length, seen.delivered, seen.ended]).toEqual(['violation', 2, [7, 1, 7], 1]);
  });

  test('keeps what was begun before it had enough violations on a lane that cannot repeat it', async () => {
    const script = { stages: [[7, 8, 9, 1]], violationsMax: 1, isDeterministic: false };
    const { space, runner, seen } = scripted(script);
    await search({ space, runner });
    expect(seen.delivered).toEqual([7, 8, 9]);
  });

  test('begins nothing once its time is over or its signal came, and says so', async () => {
    for (const [bound, end] of [
      [{ maxTimeMs: 0 }, 'time'],
      [{ signal: AbortSignal.abort() }, 'interrupted'],
    ] as const) {
      const { space, runner, seen } = scripted({ stages: [[1, 1], [1]] });
      expect(await search({ space, runner, ...bound })).toMatchObject({ end, evidence: { runs: { completed: 0 } } });
      expect([seen.began, seen.stops]).toEqual([[], 1]);
    }
  });

  test('takes a bound of more time than a timer can wait', async () => {
    const { space, runner } = scripted({ stages: [[1, 1]] });
    expect((await search({ space, runner, maxTimeMs: 100 * 86_400_000 })).end).toBe('finished');
  });

  test('stops after so many runs, which makes its evidence inconclusive', async () => {
    const { space, runner } = scripted({ stages: [[1, 1, 1, 1]], capacity: 1 });
    const { end, evidence } = await search({ space, runner, maxRuns: 2 });
    expect([end, evidence.runs.completed, evidence.problems['inconclusive/runs-ran-out']?.examples]).toEqual([
      'runs',
      2,
      ['2 of 4 runs were made'],
    ]);
  });

  test('ends at a task of a deterministic lane that was cut although none was stopped', async () => {
    const { space, runner, seen } = scripted({ stages: [[1, 2, 1, 1], [1]], capacity: 1, isCut: (task) => task === 2 });
    expect((await search({ space, runner })).end).toBe('violation');
    expect(seen.began).toEqual([1, 2]);
  });

  test('reports its progress with each result', async () => {
    const progress: Progress[] = [];
    const { space, runner } = scripted({ stages: [[1], [7, 1]] });
    await search({ space, runner, onProgress: (each) => progress.push(each) });
    expect(progress).toMatchObject([
      { phase: 'search', lane: 'sim', done: 1, planned: 1, violations: 0 },
      { done: 2, planned: 3, violations: 1 },
      { done: 3, planned: 3, violations: 1 },
    ]);
  });
});

describe('the search through a plan', () => {
  test('runs as many scenarios at once as the lane has slots, and no more', async () => {
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), { capacity: 6 });
    const oracle = scriptedOracle();
    const plan = planScenarios({ seed: 7, count: 20 });
    await search({ space: plannedSpace(plan, oracle), runner: plannedRunner({ executor, oracle }) });
    expect([executor.ran.length, executor.overlapMax]).toEqual([20, 6]);
  });

  test('ends after three violating scenarios, or after as many as are asked for', async () => {
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S9' });
    const plan = planScenarios({ seed: 7, count: 20 });
    const ran = async (violationsMax?: number): Promise<number> => {
      const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), { capacity: 1 });
      const space = plannedSpace(plan, { ...oracle, violationsMax });
      await search({ space, runner: plannedRunner({ executor, oracle }) });
      return executor.ran.length;
    };
    expect([await ran(), await ran(1), await ran(Infinity)]).toEqual([3, 1, 20]);
  });
});
