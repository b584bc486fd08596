// Finds the folder of a project's corpus: the counterexamples that every certification replays first.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findConfig, projectFolder } from '../adapters/find-config.ts';
import { corpusNamedBy } from '../adapters/load-system.ts';
import type { CommandContext } from './command.ts';
import { failuresFolder } from './failures.ts';
import { SYSTEMS } from './systems.ts';

/** The folder into which certifications write their counterexamples by default. */
const RESULTS = join('reports', 'out', 'counterexamples');

/** The folder of the corpus: the one that the configuration names, else `scenarios/corpus` in the folder of the project. */
export async function corpusFolder(
  system: string | undefined,
  { folder }: Pick<CommandContext, 'folder'>,
): Promise<string> {
  const isFile = system !== undefined && !Object.hasOwn(SYSTEMS, system) && existsSync(system);
  const config = isFile ? system : system === undefined ? findConfig(folder) : undefined;
  const named = config === undefined ? undefined : await corpusNamedBy(config);
  return named ?? join(projectFolder(folder), 'scenarios', 'corpus');
}

/** The folders in which to look for an id, in order: failures, corpus, and the results of the last certification. */
export async function storedFolders(
  system: string | undefined,
  context: Pick<CommandContext, 'folder'>,
): Promise<string[]> {
  const { folder } = context;
  return [failuresFolder(folder), await corpusFolder(system, context), join(folder, RESULTS)];
}
