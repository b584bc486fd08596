// Where the counterexamples of a run come from.
import { dirname, resolve } from 'node:path';
import { commitOf } from '../adapters/commit-of.ts';
import type { Origin } from '../formats/counterexample.ts';
import { SYSTEMS } from './systems.ts';
import { versions } from './versions.ts';

/** The origin of what is found in a system, named or in a file. The systems of Onesend itself have its version and no commit of their own. */
export async function originOf(system: string, run: Pick<Origin, 'seed' | 'startedAt'>): Promise<Origin> {
  const commit = Object.hasOwn(SYSTEMS, system) ? undefined : await commitOf(dirname(resolve(system)));
  return { versions: versions(), ...(commit === undefined ? {} : { commit }), ...run };
}
