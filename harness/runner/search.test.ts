import { describe, expect, test } from 'vitest';
import { emptyEvidence } from '../evidence/fold.ts';
import { GATE_DEMANDS } from '../evidence/decide.ts';
import type { SearchSpace, SearchStage, TaskResult, TaskRunner } from '../execution/search-space.ts';
import { planScenarios } from '../generators/plan.ts';
import { scriptedExecutor, scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';
import { plannedRunner, plannedSpace } from './planned-search.ts';
import { type Progress, search } from './search.ts';

/** Waits for this number of turns of the event loop. A task is a number, and its last digit is how many turns it takes. */
const turns = async (count: number): Promise<void> => {
  for (let left = count; left > 0; left -= 1) await new Promise((resolve) => setImmediate(resolve));
};

/** The tasks that violate, with their fingerprints. */
const FINGERPRINTS: Readonly<Record<number, readonly string[]>> = { 7: ['S1: accept service'], 17: ['S9'] };

interface Script {
  readonly stages: readonly (readonly number[])[];
  readonly isDeterministic?: boolean;
  readonly capacity?: number;
  readonly isCut?: (task: number) => boolean;
}

function scripted(script: Script) {
  const { stages, isDeterministic = true, capacity = 3, isCut = () => false } = script;
  const seen = { began: [] as number[], delivered: [] as number[], ended: 0, stops: 0 };
  const space: SearchSpace<number, TaskResult> = {
    *stages() {
      for (const tasks of stages) {
        const stage: SearchStage<number, TaskResult> = {
          planned: tasks.length,
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
      await turns(task % 10);
      const evidence = emptyEvidence();
      evidence.runs.completed = 1;
      const fingerprints = FINGERPRINTS[task] ?? [];
      const scenario = scriptedScenario({ name: `task ${task}` });
      const broken = fingerprints.map((each) => each.slice(0, 2));
      const violations = broken.length === 0 ? [] : [{ case: { scenario, deviations: [] }, broken, fingerprints }];
      return { runs: 1, evidence, violations, isCut: isCut(task), digest: String(task) };
    },
    stop: () => void (seen.stops += 1),
  };
  return { space, runner, seen };
}

describe('a search', () => {
  test('a search runs all stages, and reports how many runs were planned', async () => {
    const { space, runner, seen } = scripted({ stages: [[2, 1], [3], [1, 1]] });
    const found = await search({ space, runner });
    expect(found).toMatchObject({ end: 'finished', found: [], evidence: { runs: { planned: 5, completed: 5 } } });
    expect([seen.delivered, seen.ended]).toEqual([[2, 1, 3, 1, 1], 3]);
  });

  test('a search that the first finding ends has the same result on any number of workers', async () => {
    const script = { stages: [[1, 9, 2, 7, 1, 1, 1, 1, 1], [1]] };
    const results = [];
    for (const capacity of [1, 2, 5]) {
      const { space, runner } = scripted({ ...script, capacity });
      results.push(await search({ space, runner, stopsAtFirst: true }));
    }
    expect(results[0]).toMatchObject({ end: 'violation', evidence: { runs: { completed: 4 } } });
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  test('a search continues with all stages after a finding, and keeps one violating case for each fingerprint', async () => {
    const { space, runner, seen } = scripted({
      stages: [
        [7, 1, 7],
        [1, 17, 7],
      ],
    });
    const noted: (readonly string[])[] = [];
    const { end, found } = await search({ space, runner, onFinding: (_, fingerprints) => noted.push(fingerprints) });
    expect([end, seen.delivered, seen.ended]).toEqual(['finished', [7, 1, 7, 1, 17, 7], 2]);
    expect(found.map(({ fingerprint, task }) => [fingerprint, task])).toEqual([
      ['S1: accept service', 7],
      ['S9', 17],
    ]);
    expect(noted).toEqual([['S1: accept service'], ['S9']]);
  });

  test('a search that stops at the first finding begins no task after it', async () => {
    const { space, runner, seen } = scripted({ stages: [[1, 7, 1, 17], [1]], capacity: 1 });
    const { end, evidence } = await search({ space, runner, stopsAtFirst: true });
    expect([end, seen.began, evidence.runs]).toMatchObject(['violation', [1, 7], { planned: 5, completed: 2 }]);
  });

  test('a search that stops at the first finding continues after an accepted finding', async () => {
    const { space, runner, seen } = scripted({ stages: [[1, 7, 1, 17, 1]], capacity: 1 });
    const [first = ''] = FINGERPRINTS[7] ?? [];
    const isAccepted = (each: string): boolean => each === first;
    expect(await search({ space, runner, stopsAtFirst: true, isAccepted })).toMatchObject({ end: 'violation' });
    expect(seen.began).toEqual([1, 7, 1, 17]);
  });

  test('a search that stops at the first finding keeps the results of tasks in flight on a lane of real processes', async () => {
    const { space, runner, seen } = scripted({ stages: [[7, 8, 9, 1]], isDeterministic: false });
    await search({ space, runner, stopsAtFirst: true });
    expect(seen.delivered).toEqual([7, 8, 9]);
  });

  test('a search begins no task once its time is over or its signal is aborted, and reports which', async () => {
    for (const [bound, end] of [
      [{ maxTimeMs: 0 }, 'time'],
      [{ signal: AbortSignal.abort() }, 'interrupted'],
    ] as const) {
      const { space, runner, seen } = scripted({ stages: [[1, 1], [1]] });
      expect(await search({ space, runner, ...bound })).toMatchObject({ end, evidence: { runs: { completed: 0 } } });
      expect([seen.began, seen.stops]).toEqual([[], 1]);
    }
  });

  test('a search accepts a time limit that is longer than a timer can wait', async () => {
    const { space, runner } = scripted({ stages: [[1, 1]] });
    expect((await search({ space, runner, maxTimeMs: 100 * 86_400_000 })).end).toBe('finished');
  });

  test('a search stops after a given number of runs, and its evidence is then inconclusive', async () => {
    const { space, runner } = scripted({ stages: [[1, 1, 1, 1]], capacity: 1 });
    const { end, evidence } = await search({ space, runner, maxRuns: 2 });
    expect([end, evidence.runs.completed, evidence.problems['inconclusive/runs-ran-out']?.examples]).toEqual([
      'runs',
      2,
      ['2 of 4 runs were made'],
    ]);
  });

  test('a search of a deterministic lane ends at a task that was cut although the search stopped no task', async () => {
    const { space, runner, seen } = scripted({ stages: [[1, 2, 1, 1], [1]], capacity: 1, isCut: (task) => task === 2 });
    expect((await search({ space, runner })).end).toBe('violation');
    expect(seen.began).toEqual([1, 2]);
  });

  test('a search reports its progress with each result', async () => {
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
  test('the search through a plan runs as many scenarios at once as the lane has slots, and no more', async () => {
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), { capacity: 6 });
    const oracle = scriptedOracle();
    const plan = planScenarios({ seed: 7, count: 20 });
    await search({
      space: plannedSpace(plan, { oracle, demands: GATE_DEMANDS }),
      runner: plannedRunner({ executor, oracle }),
    });
    expect([executor.ran.length, executor.overlapMax]).toEqual([20, 6]);
  });

  test('the search through a plan ends at the first finding if that is requested, and otherwise runs the whole plan', async () => {
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S9' });
    const plan = planScenarios({ seed: 7, count: 20 });
    const ran = async (stopsAtFirst?: boolean): Promise<number> => {
      const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), { capacity: 1 });
      await search({
        space: plannedSpace(plan, { oracle, demands: GATE_DEMANDS }),
        runner: plannedRunner({ executor, oracle }),
        stopsAtFirst,
      });
      return executor.ran.length;
    };
    expect([await ran(), await ran(true)]).toEqual([20, 1]);
  });
});
