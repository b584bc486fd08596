// Describes the origin of a run's counterexamples: versions, commit, seed and start.
import { dirname, resolve } from 'node:path';
import { commitOf } from '../adapters/commit-of.ts';
import type { Origin } from '../formats/counterexample.ts';
import { SYSTEMS } from './systems.ts';
import { versions } from './versions.ts';

/** The origin of the counterexamples of a system, given by name or file. The systems of Onesend have only its version, no commit. */
export async function originOf(system: string, run: Pick<Origin, 'seed' | 'startedAt'>): Promise<Origin> {
  const commit = Object.hasOwn(SYSTEMS, system) ? undefined : await commitOf(dirname(resolve(system)));
  return { versions: versions(), ...(commit === undefined ? {} : { commit }), ...run };
}
