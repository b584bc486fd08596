// The lanes of a diagram from left to right.
import type { Lifeline } from '../../../harness/history/story/story.ts';

/** The lanes from left to right. The proxy is between the two systems; rows are written at PostgreSQL. */
export const LANES = ['user', 'legacy app', 'proxy', 'service', 'provider', 'PostgreSQL'] as const;

/** The name of a lane. */
export type Lane = (typeof LANES)[number];

/** The lane of a lifeline of the story. Actions of the rig are drawn at the proxy. */
export function laneOf(lifeline: Lifeline): Lane {
  return lifeline === 'rig' ? 'proxy' : lifeline;
}
