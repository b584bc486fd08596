// How far the sim lane explores in a certification.
import { DEFAULT_RUNGS, FULL_RUNGS, PAIR_RUNGS, type Rung } from '../sim/explore/bounded-search.ts';

/** What is explored, and how long it may take unless --max-time says otherwise. */
export interface Profile {
  readonly rungs: readonly Rung[];
  /** Random runs after the ladder. */
  readonly swarm: number;
  readonly maxTimeMs: number | undefined;
}

/** The profiles by name. */
export const PROFILES: Readonly<Record<string, Profile>> = {
  default: { rungs: DEFAULT_RUNGS, swarm: 2_000, maxTimeMs: 60_000 },
  pairs: { rungs: PAIR_RUNGS, swarm: 10_000, maxTimeMs: undefined },
  full: { rungs: FULL_RUNGS, swarm: 100_000, maxTimeMs: undefined },
};
