// Some findings show only in a process that has made other runs before, because the system keeps state from run to run. This finds out
// which runs are needed. If the same runs lead to the same finding again, the system causes it; if not, the rig is at fault.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Doubt, ProcessLife, TaskRunner } from '../execution/search-space.ts';
import type { Case } from '../formats/case.ts';
import { type CameAfter, FRESH, type RunsBefore } from '../formats/runs-before.ts';
import { historyHash } from '../formats/history.ts';
import { type CaseRun, runOnce, type RunContext } from './run-case.ts';

/** Where a run was made: the task, and the number of the run in it, from 0. */
interface Origin<Task> {
  readonly task: Task;
  readonly ordinal: number;
}

/** A run that shows a finding, and the runs that it needs before it. */
export interface LaterRun {
  readonly run: CaseRun;
  readonly after: CameAfter;
}

/** Repeats tasks. */
export type Reliving<Task> = Pick<TaskRunner<Task, never>, 'relive'>;

/** Runs the case in a process that has made only the runs of `after`. Undefined if this run does not show the fingerprint. */
export async function showsAfter(
  context: RunContext,
  shown: { readonly case: Case; readonly fingerprint: string },
  after?: RunsBefore,
): Promise<CaseRun | undefined> {
  // Also after an interruption: a violation that was found is kept in any case.
  const outcome = await runOnce({ ...context, signal: undefined, after }, shown.case);
  const isShown = outcome.kind === 'judged' && fingerprintsOf(outcome.judgement).includes(shown.fingerprint);
  return isShown ? outcome : undefined;
}

/**
 * Looks for as few runs as possible after which the finding shows again: first among the runs of its task, then among all runs of the
 * process. Undefined if the finding does not show even after all of them.
 */
export async function findRunsBefore<Task>(
  context: RunContext & { readonly runner: Reliving<Task> },
  shown: { readonly case: Case; readonly fingerprint: string },
  { task, ordinal }: Origin<Task>,
): Promise<LaterRun | undefined> {
  for (const isWhole of [false, true]) {
    const life = await context.runner.relive?.(task, isWhole);
    if (life === undefined) return undefined;
    const all = runsBefore(life, life.first + ordinal);
    const run = await showsAfter(context, shown, all);
    if (run === undefined) continue;
    const shows = (after: RunsBefore): Promise<CaseRun | undefined> => showsAfter(context, shown, after);
    const least = await fewest(all, run, shows);
    const made = life.runsBefore + life.first + ordinal;
    return { run: least.run, after: { slot: life.slot, run: made, ...least.after } };
  }
  return undefined;
}

/** Whether a system that keeps state explains a doubt: then the same sequence of runs has the same results again. */
export async function isStateOfSystem<Task>(
  context: RunContext & { readonly runner: Reliving<Task> },
  { case: tried, seen, code }: Doubt,
  task: Task,
): Promise<boolean> {
  for (const isWhole of [false, true]) {
    const life = await context.runner.relive?.(task, isWhole);
    if (life === undefined) return false;
    if (!seen.every(({ ordinal, hash }) => life.hashes[ordinal] === hash)) continue;
    if (code === 'self-check/not-repeatable') return true;
    // A deviation that a fresh process does not reach either was placed wrongly, with any runs before it.
    const alone = await runOnce({ ...context, signal: undefined, after: FRESH }, tried);
    return alone.kind === 'judged' && historyHash(alone.judgement.history) !== seen[0]?.hash;
  }
  return false;
}

/** The runs before run number `index` of a process, and those beside it. */
function runsBefore({ batches }: ProcessLife, index: number): RunsBefore {
  let begun = 0;
  for (const [position, batch] of batches.entries()) {
    const place = index - begun;
    if (place < batch.length) {
      return {
        batches: batches.slice(0, position),
        beside: batch.toSpliced(place, 1),
        place,
      };
    }
    begun += batch.length;
  }
  throw new RangeError(`the process made fewer than ${index + 1} runs`);
}

interface Shown {
  readonly run: CaseRun;
  readonly after: RunsBefore;
}

type Shows = (after: RunsBefore) => Promise<CaseRun | undefined>;

/** How many tries are made to leave out runs: each try starts a new process. */
const THINNING_TRIES = 24;

/** Leaves out first the early batches, then runs of the same batch, as long as the finding still shows. */
async function fewest(all: RunsBefore, run: CaseRun, shows: Shows): Promise<Shown> {
  const last = await lastBatches({ run, after: all }, shows);
  return withFewerBeside(last, shows);
}

async function lastBatches(whole: Shown, shows: Shows): Promise<Shown> {
  const { batches } = whole.after;
  for (let count = 0; count < batches.length; count = count === 0 ? 1 : 2 * count) {
    const after = { ...whole.after, batches: count === 0 ? [] : batches.slice(-count) };
    const run = await shows(after);
    if (run !== undefined) return { run, after };
  }
  return whole;
}

/** Leaves out smaller and smaller parts of the runs beside it. */
async function withFewerBeside(shown: Shown, shows: Shows): Promise<Shown> {
  let best = shown;
  let tries = 0;
  for (let size = best.after.beside.length; size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < best.after.beside.length && tries < THINNING_TRIES; tries += 1) {
      const after = without(best.after, from, size);
      const run = await shows(after);
      if (run === undefined) from += size;
      else best = { run, after };
    }
  }
  return best;
}

function without({ batches, beside, place }: RunsBefore, from: number, size: number): RunsBefore {
  const gone = Math.max(0, Math.min(place, from + size) - from);
  return { batches, beside: beside.toSpliced(from, size), place: place - gone };
}
