// The slots of a lane as a pool. Each run has a slot for itself, and the congestion window says how many runs there are at once.
import type { RunOutcome } from '../execution/executor.ts';
import { CongestionWindow } from './congestion-window.ts';
import { isDisturbed } from './disturbed.ts';
import { rigMicros } from './observers/clock.ts';
import { resourcePool } from './resource-pool.ts';

/** Waits for a free slot and makes a run in it. */
type InFreeSlot<Slot> = (run: (slot: Slot) => Promise<RunOutcome>) => Promise<RunOutcome>;

/** The pool of these slots. Their first runs begin `rampMs` apart: otherwise all would be busy, and idle, at the same times. */
export function slotPool<Slot>(slots: readonly Slot[], rampMs: number): InFreeSlot<Slot> {
  const window = new CongestionWindow(slots.length);
  const pool = resourcePool(slots, { rampMs, atOnce: () => window.size });
  return (run) =>
    pool.use(async (slot) => {
      const beganMicros = rigMicros();
      const outcome = await run(slot);
      if (outcome.kind === 'history') {
        window.note({ beganMicros, endedMicros: rigMicros(), isDisturbed: isDisturbed(outcome.history) });
      }
      return outcome;
    });
}
