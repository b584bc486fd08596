// The wire mutants, in the order of every report.
import { CLIENT_MUTANTS } from './client-mutants.ts';
import { DATABASE_MUTANTS } from './database-mutants.ts';
import { PROVIDER_MUTANTS } from './provider-mutants.ts';
import { SERVICE_MUTANTS } from './service-mutants.ts';
import type { WireMutant } from './wire-mutant.ts';

/** All wire mutants, sorted by id. */
export const WIRE_MUTANTS: readonly WireMutant[] = [
  ...CLIENT_MUTANTS,
  ...SERVICE_MUTANTS,
  ...PROVIDER_MUTANTS,
  ...DATABASE_MUTANTS,
];

/** The wire mutant with this id. Throws a RangeError when there is none. */
export function wireMutant(id: string): WireMutant {
  const found = WIRE_MUTANTS.find((mutant) => mutant.id === id);
  if (found === undefined) throw new RangeError(`no wire mutant ${id}`);
  return found;
}
