// After healing: recovery rounds until there is nothing left to do, and the reconciliation command at the cut.
import { setTimeout as sleep } from 'node:timers/promises';
import { isDone, MOST_ROUNDS, pauseMs, recoveryReport, reportedMismatches } from '../execution/rig-answers.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { Slot } from './slot.ts';

/** Faults are healed by then, so what follows an answer, such as a rehearsal, is over soon after its own budget. */
const MARGIN_MS = 500;

/**
 * Calls recovery until it reports that nothing was done and nothing is pending, at most five times, and waits until what it has set off
 * is over: the legacy app rehearses after its answer.
 */
export async function recoverUntilDone(slot: Slot, recorder: RunRecorder): Promise<void> {
  const { recover, timings } = slot.description;
  if (recover === undefined) return;
  let round = 0;
  let isOver = false;
  while (!isOver && round < MOST_ROUNDS) {
    round += 1;
    const answer = await slot.user.call(recover, {});
    const report = recoveryReport(answer);
    recorder.note(
      { observer: 'rig', kind: 'recover', round, report },
      { earliest: answer.startedMicros, latest: answer.endedMicros },
    );
    isOver = isDone(report);
    await sleep(pauseMs(report, timings));
  }
  if (round > 1) await sleep(timings.budgetMs + MARGIN_MS);
}

/** Runs the reconciliation command and notes what it found. */
export async function reconcile(slot: Slot, recorder: RunRecorder): Promise<void> {
  const { reconcile: endpoint } = slot.description;
  if (endpoint === undefined) return;
  const answer = await slot.user.call(endpoint, {});
  recorder.note(
    { observer: 'rig', kind: 'reconciliation', mismatches: reportedMismatches(answer) },
    { earliest: answer.startedMicros, latest: answer.endedMicros },
  );
}
