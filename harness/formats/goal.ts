// The goals: situations that a search of the sim lane must have reached at least once.

import type { Readings } from '../../src/contract/readings.ts';

/** The goals, under the names that output prints. */
export const GOALS = [
  'breaker opened',
  'breaker probed',
  'fallback won',
  'fallback lost to a late acceptance',
  'claim recovered',
  'unknown surfaced',
  'duplicate answered',
  'mode flipped in flight',
  'legacy crashed in flight',
  'service crashed in flight',
  'terminated with grace',
  'entry refused for want of quota',
  'batch larger than the workers',
  'equal numbers',
  'second provider used',
  'two service instances',
  'clocks apart',
  'breaker opened by rehearsals alone',
  'recovered beside traffic',
  'reconciled beside traffic',
  'doubt resolved after surfacing',
  'uuid repeated with another payload',
] as const;

/** The name of a goal. */
export type Goal = (typeof GOALS)[number];

/** The readings with which no system can reach a goal. */
const OUT_OF_REACH: readonly { readonly goal: Goal; readonly reading: keyof Readings; readonly value: string }[] = [
  { goal: 'entry refused for want of quota', reading: 'negativeBalance', value: 'allowed' },
];

/**
 * The goals that a system cannot reach because of its readings. `because` is the reading and its value, as in `negativeBalance=allowed`.
 */
export function goalsOutOfReach(readings: Readonly<Record<string, string>>): { goal: Goal; because: string }[] {
  return OUT_OF_REACH.filter(({ reading, value }) => readings[reading] === value).map(({ goal, reading, value }) => ({
    goal,
    because: `${reading}=${value}`,
  }));
}
