// How long things take in the simulated world when nothing disturbs them, and how much a disturbance of a single message amounts to.
import type { EngineBounds } from './engine.ts';

/** One way between the two systems, or from a user to the legacy app. */
export const HOP_MICROS = 200;

/** One way between a system and the provider. */
export const PROVIDER_HOP_MICROS = 300;

/** A request that is overtaken by a later one waits this long. */
export const REORDER_MICROS = 5_000;

/** A dripping answer comes in pieces this far apart, and is whole after `DRIP_TOTAL_MS`. */
export const DRIP_GAP_MS = 100;

/** How long a dripping answer takes. */
export const DRIP_TOTAL_MS = 900;

/** How much later than the caller's budget a delayed message arrives. */
export const DELAY_PAST_BUDGET_MS = 200;

/** How much later than the caller's patience the provider accepts a message it is slow with. */
export const SLOW_PAST_TIMEOUT_MS = 200;

/** How soon a process that was crashed by a decision is started again. */
export const RESTART_AFTER_MS = 200;

/** How long a flip takes, UPDATE, INSERT, COMMIT and its answer, unless another transaction holds the row of the flag. */
export const FLIP_MICROS = 200;

/** How much longer than the lease a process is paused. */
export const PAUSE_PAST_LEASE_MS = 100;

/** When a clock steps, after the start of its process. */
export const CLOCK_STEP_AFTER_MS = 250;

/** How long after an attempt a client repeats its uuid, if not at once: the send is over by then. */
export const REPEAT_AFTER_MS = 700;

/** The bounds of a run unless it is given others. A run of eight messages takes some thousand events and ten seconds. */
export const DEFAULT_BOUNDS: EngineBounds = { events: 200_000, virtualMicros: 600_000_000 };
