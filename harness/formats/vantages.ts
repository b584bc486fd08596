// The vantages: what the rig can observe of a pair of systems. A property is judged only if the pair has every vantage that the property
// needs.
import { z } from 'zod';
import type { System } from '../../src/contract/system.ts';

/**
 * The vantages that the author of a description declares: `wire` and `database`, which are mandatory; `authority`, `breaker` and `log`, if
 * the pair has them in the form of the reference; and `counts`: answers to the user say how many messages were accepted and refused.
 */
export const DECLARED_VANTAGES = ['wire', 'database', 'authority', 'breaker', 'log', 'counts'] as const;

/**
 * All vantages. Those that are not declared follow from the description:
 * - `identity`: the uuid of each message is known; `entry`: also when it was created.
 * - `admission`: the user is answered after the messages have entered.
 * - `results`: an answer of the service names each message of its request; `duplicates`: it has a word for a message that was sent before.
 * - `payload`: a request holds numbers and texts.
 * - `reconciliation`: the pair has a reconciliation.
 */
export const VANTAGES = [
  ...DECLARED_VANTAGES,
  'identity',
  'entry',
  'admission',
  'results',
  'duplicates',
  'payload',
  'reconciliation',
] as const;

/** The name of a vantage. */
export type Vantage = (typeof VANTAGES)[number];

/** The schema of the vantages of one system. */
export const vantagesSchema = z.array(z.enum(VANTAGES));

/** The vantages of a pair that is assembled from parts: all, except `authority` if it has no authority. */
export function vantagesOf({ withoutAuthority }: Pick<System, 'withoutAuthority'>): Vantage[] {
  return VANTAGES.filter((vantage) => vantage !== 'authority' || withoutAuthority !== true);
}
