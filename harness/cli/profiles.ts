// The profiles of --profile: how much the sim lane explores in a certification.
import { DEFAULT_DEPTHS, type Depth, FULL_DEPTHS, PAIR_DEPTHS } from '../sim/explore/bounded-search.ts';

/** The names of the profiles, the least exploration first. */
export const PROFILE_NAMES = ['default', 'pairs', 'full'] as const;

/** A value of --profile. */
export type ProfileName = (typeof PROFILE_NAMES)[number];

/** The depths of the bounded search, the number of random runs, and the time limit; undefined: none. --max-time overrides it. */
export interface Profile {
  readonly depths: readonly Depth[];
  /** The number of random runs after the bounded search. */
  readonly swarm: number;
  readonly maxTimeMs: number | undefined;
}

/** The profiles by name. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  default: { depths: DEFAULT_DEPTHS, swarm: 2_000, maxTimeMs: 60_000 },
  pairs: { depths: PAIR_DEPTHS, swarm: 10_000, maxTimeMs: undefined },
  full: { depths: FULL_DEPTHS, swarm: 100_000, maxTimeMs: undefined },
};
