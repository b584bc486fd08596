// The lanes of a diagram from left to right.
import type { Lifeline } from '../../../harness/history/story/story.ts';

/** Who has a lane. The proxy stands between the two systems, and PostgreSQL is where rows are written. */
export const LANES = ['user', 'legacy app', 'proxy', 'service', 'provider', 'PostgreSQL'] as const;

/** One of them. */
export type Lane = (typeof LANES)[number];

/** Where a lifeline of the story is drawn: what the rig does between the systems is done at the proxy. */
export function laneOf(lifeline: Lifeline): Lane {
  return lifeline === 'rig' ? 'proxy' : lifeline;
}
