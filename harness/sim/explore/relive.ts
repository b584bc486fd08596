// Repeats on a fresh simulator what another simulator ran: whole tasks, to learn their batches, or a single run after given batches. The
// state that a system keeps in its modules from run to run is then the same as it was in the other simulator.
import { historyHash } from '../../formats/history.ts';
import type { Case } from '../../formats/case.ts';
import type { RunsBefore } from '../../formats/runs-before.ts';
import type { SimLane } from '../lane.ts';
import type { SimCase, SimRun, SimRunOptions } from '../run.ts';
import { runTask, type TaskSurroundings } from './task-runner.ts';
import type { Task } from './task.ts';

/** A task, and whether the worker made its runs one at a time. */
export interface RanTask {
  readonly task: Task;
  readonly isAlone: boolean;
}

/** The result of repeated tasks, with details of the last one. */
export interface Relived {
  /** The runs of all tasks in batches, oldest first. */
  readonly batches: readonly (readonly Case[])[];
  /** The index of the last task's first run among all runs. */
  readonly first: number;
  /** The hashes of the histories of the last task's runs. */
  readonly hashes: readonly string[];
}

/** Repeats tasks in their order. */
export async function reliveTasks(tasks: readonly RanTask[], around: TaskSurroundings): Promise<Relived> {
  const batches: Case[][] = [];
  let hashes: string[] = [];
  let first = 0;
  const lane = recording(around.lane, batches, (run) => hashes.push(historyHash(run.history)));
  for (const { task, isAlone } of tasks) {
    first += hashes.length;
    hashes = [];
    await runTask(task, { ...around, lane, isAlone });
  }
  return { batches, first, hashes };
}

type Around = Pick<TaskSurroundings, 'lane' | 'beforeRun'>;

/** Makes the batches of runs that came before, and then one run in its batch. */
export async function runAfter(
  tried: Case,
  { batches, beside, place }: RunsBefore,
  { livelockAt, untilMicros, ...around }: Around & Pick<SimRunOptions, 'livelockAt' | 'untilMicros'>,
): Promise<SimRun> {
  for (const batch of batches) await runBatchOf(batch, around);
  const stop = {
    ...(livelockAt === undefined ? {} : { livelockAt }),
    ...(untilMicros === undefined ? {} : { untilMicros }),
  };
  const own: SimCase[] = beside.toSpliced(place, 0, tried).map((each) => ({ ...each, ...stop }));
  const runs = await runBatchOf(own, around);
  const run = runs[place];
  if (run === undefined) throw new Error('the run did not end');
  return run;
}

async function runBatchOf(batch: readonly SimCase[], { lane, beforeRun }: Around): Promise<SimRun[]> {
  const waiting = [...batch];
  const runs: SimRun[] = [];
  await lane.explore(
    () => {
      const next = waiting.shift();
      if (next !== undefined) beforeRun(0);
      return next;
    },
    (run) => runs.push(run),
    batch.length,
  );
  return runs;
}

/** The same lane, which also records its batches: a batch is the runs that are requested before its first run is reported. */
function recording(lane: SimLane, batches: Case[][], onRun: (run: SimRun) => void): SimLane {
  const note = (run: SimRun, isFirst: boolean): void => {
    const { scenario, deviations } = run;
    const taken = { scenario, deviations: deviations.map((each) => ({ ...each })) };
    if (isFirst) batches.push([taken]);
    else batches.at(-1)?.push(taken);
    onRun(run);
  };
  return {
    ...lane,
    async simulate(scenario, options) {
      const run = await lane.simulate(scenario, options);
      note(run, true);
      return run;
    },
    explore(next, report, together) {
      let isFirst = true;
      return lane.explore(
        () => {
          isFirst = true;
          return next();
        },
        (run) => {
          note(run, isFirst);
          isFirst = false;
          report(run);
        },
        together,
      );
    },
  };
}
