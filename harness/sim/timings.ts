// How long things take in the simulated world when nothing disturbs them, and the sizes of disturbances.
import type { EngineBounds } from './engine.ts';

/** The time of one way between the two systems, or between a user and the legacy app. */
export const HOP_MICROS = 200;

/** The time of one way between a system and the provider. */
export const PROVIDER_HOP_MICROS = 300;

/** How long the decision `reorder` holds a request back, so that a later one overtakes it. */
export const REORDER_MICROS = 5_000;

/** The time between two parts of a dripping answer. */
export const DRIP_GAP_MS = 100;

/** How long a dripping answer takes until it is complete. */
export const DRIP_TOTAL_MS = 900;

/** How much later than the caller's budget a delayed message arrives. */
export const DELAY_PAST_BUDGET_MS = 200;

/** How much later than the caller's timeout a slow provider accepts a message. */
export const SLOW_PAST_TIMEOUT_MS = 200;

/** How soon a process that a decision crashed is started again. */
export const RESTART_AFTER_MS = 200;

/** How long a flip takes (UPDATE, INSERT, COMMIT and its answer) unless another transaction holds the row of the flag. */
export const FLIP_MICROS = 200;

/** How much longer than the lease a process is paused. */
export const PAUSE_PAST_LEASE_MS = 100;

/** How long after the start of its process a stepping clock steps. */
export const CLOCK_STEP_AFTER_MS = 250;

/** How long after an attempt a client repeats its uuid, if not at once: the send is over by then. */
export const REPEAT_AFTER_MS = 700;

/** The default bounds of a run. A run of eight messages takes some thousand events and ten seconds of virtual time. */
export const DEFAULT_BOUNDS: EngineBounds = { events: 200_000, virtualMicros: 600_000_000 };
