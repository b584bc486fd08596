// Makes again, on a simulator that has run nothing yet, what another one ran: whole tasks, to learn their batches, and single runs after
// given batches. The state that a system keeps in its modules from run to run is then the same as it was there.
import { historyHash } from '../../formats/history.ts';
import type { Case } from '../../formats/case.ts';
import type { RunsBefore } from '../../formats/runs-before.ts';
import type { SimLane } from '../lane.ts';
import type { SimCase, SimRun, SimRunOptions } from '../run.ts';
import { runTask, type TaskSurroundings } from './task-runner.ts';
import type { Task } from './task.ts';

/** A task as a worker ran it. */
export interface RanTask {
  readonly task: Task;
  readonly isAlone: boolean;
}

/** What came of tasks that were made again, the last of them in detail. */
export interface Relived {
  readonly batches: readonly (readonly Case[])[];
  /** The number, among all runs, of the first run of the last task. */
  readonly first: number;
  /** The hashes of the histories of the last task's runs. */
  readonly hashes: readonly string[];
}

/** Makes tasks again, in their order. */
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

/** Makes one run after others. */
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

/** The same lane, which notes its batches: those runs that are asked for before the first of them is reported. */
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
