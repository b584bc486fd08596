// After healing: recovery rounds until there is nothing left to do, and the reconciliation command at the cut.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { RunRecorder } from './run-recorder.ts';
import type { Slot } from './slot.ts';

/** A system that has not converged by then is judged as it is. */
const MOST_ROUNDS = 5;

const reportSchema = z.record(z.string(), z.number());

const mismatchesSchema = z.array(z.object({ kind: z.string(), messageUuid: z.string() }));

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
  let isDone = false;
  while (!isDone && round < MOST_ROUNDS) {
    round += 1;
    const answer = await slot.user.call(recover, {});
    const report = readJson(reportSchema, answer.body);
    recorder.note(
      { observer: 'rig', kind: 'recover', round, report: answer.status === 200 ? report : null },
      { earliest: answer.startedMicros, latest: answer.endedMicros },
    );
    isDone = report !== null && Object.values(report).every((count) => count === 0);
    // What is pending waits for a lease to lapse or for a send to be old enough to be surfaced.
    if ((report?.['pending'] ?? 0) > 0) await sleep(Math.max(timings.leaseMs, timings.surfaceAfterMs));
  }
  if (round > 1) await sleep(timings.budgetMs + MARGIN_MS);
}

/** Runs the reconciliation command and notes what it found. */
export async function reconcile(slot: Slot, recorder: RunRecorder): Promise<void> {
  const { reconcile: endpoint } = slot.description;
  if (endpoint === undefined) return;
  const answer = await slot.user.call(endpoint, {});
  const mismatches = answer.status === 200 ? readJson(mismatchesSchema, answer.body) : null;
  recorder.note(
    {
      observer: 'rig',
      kind: 'reconciliation',
      mismatches: mismatches?.map(({ kind, messageUuid }) => ({ kind, messageUuid })) ?? null,
    },
    { earliest: answer.startedMicros, latest: answer.endedMicros },
  );
}

function readJson<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
