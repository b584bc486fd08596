// Keeps the failures of a project: every counterexample that its runs found, in `.onesend`, which git ignores.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { projectFolder } from '../adapters/find-config.ts';
import type { Acceptances } from '../formats/baseline.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { Verdict } from '../formats/decision.ts';
import { readDocument, writeDocument } from '../formats/document.ts';
import { type LastFailed, lastFailedDocument } from '../formats/last-failed.ts';
import { UsageError } from '../platform/errors.ts';
import { messageOf } from '../platform/thrown.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { writeWhole } from '../platform/write-whole.ts';
import { isWhollyAccepted } from './baselines.ts';
import type { CommandContext } from './command.ts';

/** The part of the context that keeping failures needs. */
type KeepingContext = Pick<CommandContext, 'folder' | 'screen'>;

const HOME = '.onesend';

/** The folder of the failures, relative to that of the project. */
export const FAILURES = join(HOME, 'failures');

/** The folder of the failures of the project in which a command runs. */
export function failuresFolder(from: string): string {
  return join(projectFolder(from), FAILURES);
}

function failureFile(home: string, id: string): string {
  return join(home, 'failures', `${id}.json`);
}

/** The end of a run: its verdict, and the baseline that decided it. */
interface End {
  readonly verdict: Verdict;
  readonly baseline?: Acceptances | undefined;
  readonly context: KeepingContext;
}

/**
 * Keeps the counterexamples of a run, each under its id, and records those that no baseline accepts as the last failures. A run that passed
 * clears that record; a run without counterexamples that did not pass changes nothing. Returns the paths of the files from the current
 * folder. A project that cannot be written to causes only a warning, because the results name all counterexamples too.
 */
export async function keepFailures(
  counterexamples: readonly Counterexample[],
  { verdict, baseline, context: { folder, screen } }: End,
): Promise<string[]> {
  const home = homeFolder(folder);
  if (counterexamples.length === 0 && verdict !== 'pass') return [];
  try {
    if (counterexamples.length === 0) {
      await rm(lastFailedFile(home), { force: true });
      return [];
    }
    await makeFolder(home);
    await writeWhole(join(home, '.gitignore'), '*\n');
    for (const each of counterexamples) await writeDocument(failureFile(home, each.id), each);
    const failed = counterexamples.filter((each) => !isWhollyAccepted(each, baseline));
    const last: LastFailed = { format: 'onesend.last-failed/1', ids: failed.map(({ id }) => id) };
    if (failed.length === 0) await rm(lastFailedFile(home), { force: true });
    else await writeDocument(lastFailedFile(home), last);
    const files = counterexamples.map(({ id }) => failureFile(home, id));
    return [...files, ...(failed.length === 0 ? [] : [lastFailedFile(home)])].map((file) => relative('', file));
  } catch (error) {
    screen.note(`warning: the failures were not kept in ${home}: ${messageOf(error)}`);
    return [];
  }
}

/** The files of the last failures. Throws a UsageError if there are none. */
export async function lastFailed(from: string): Promise<string[]> {
  const home = homeFolder(from);
  const file = lastFailedFile(home);
  if (!existsSync(file)) {
    throw new UsageError(`--last-failed: expected an earlier run that failed, found none in ${home}`, {
      hint: 'run without --last-failed',
    });
  }
  const { ids } = await readDocument(lastFailedDocument, file);
  return ids.map((id) => failureFile(home, id));
}

function homeFolder(from: string): string {
  return join(projectFolder(from), HOME);
}

function lastFailedFile(home: string): string {
  return join(home, 'last-failed.json');
}
