// What of a pair of systems can be seen: a property is judged where everything that it must see is.
import { z } from 'zod';
import type { System } from '../../src/contract/system.ts';

/**
 * What only the author of a description can know is there: the wire and the database, which are mandatory; an authority, breakers and log lines
 * in the forms of the reference; and `counts`, answers to the user that say how many messages were taken and refused.
 */
export const DECLARED_VANTAGES = ['wire', 'database', 'authority', 'breaker', 'log', 'counts'] as const;

/**
 * All that a property may be observed from. The others follow from the description: `identity`, the uuid of each message is known, and `entry`,
 * when it was made;
 * `admission`, the user's answer comes after the entries; `results`, an answer names each message of its request;
 * `duplicates`, it has a word for one that was sent before; `payload`, a request holds numbers and texts; `reconciliation`, there is such a command.
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

/** A vantage. */
export type Vantage = (typeof VANTAGES)[number];

/** The schema of the vantages of one system. */
export const vantagesSchema = z.array(z.enum(VANTAGES));

/** What a pair of systems made of parts lets be seen: everything that it has. */
export function vantagesOf({ withoutAuthority }: Pick<System, 'withoutAuthority'>): Vantage[] {
  return VANTAGES.filter((vantage) => vantage !== 'authority' || withoutAuthority !== true);
}
