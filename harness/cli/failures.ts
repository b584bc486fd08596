// The failures of a project: every counterexample that its runs found, in `.onesend`, which git ignores.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { projectFolder } from '../adapters/find-config.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { Verdict } from '../formats/decision.ts';
import { readDocument, writeDocument } from '../formats/document.ts';
import { type LastFailed, lastFailedDocument } from '../formats/last-failed.ts';
import { UsageError } from '../platform/errors.ts';
import { messageOf } from '../platform/thrown.ts';
import { makeFolder } from '../platform/make-folder.ts';
import { writeWhole } from '../platform/write-whole.ts';
import type { CommandContext } from './command.ts';

/** What a run that keeps failures finds around it. */
type KeepingContext = Pick<CommandContext, 'folder' | 'screen'>;

/** The folder that holds the failures of the project that a command runs in. */
export function failuresFolder(from: string): string {
  return join(homeFolder(from), 'failures');
}

/**
 * Keeps what a run found, each under its id, and notes that these failed last. After a run that passed, nothing failed last; one without an
 * answer changes nothing. Returns the folder, if anything was kept there. A project that cannot be written to is worth a remark and no
 * more: the results name all that was found.
 */
export async function keepFailures(
  counterexamples: readonly Counterexample[],
  { verdict, context: { folder, screen } }: { readonly verdict: Verdict; readonly context: KeepingContext },
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
    for (const each of counterexamples) await writeDocument(join(home, 'failures', `${each.id}.json`), each);
    const last: LastFailed = { format: 'onesend.last-failed/1', ids: counterexamples.map(({ id }) => id) };
    await writeDocument(lastFailedFile(home), last);
  } catch (error) {
    screen.note(`warning: the failures were not kept in ${home}: ${messageOf(error)}`);
    return [];
  }
  return [relative(process.cwd(), failuresFolder(folder))];
}

/** The files of what failed last; throws a UsageError where nothing did. */
export async function lastFailed(from: string): Promise<string[]> {
  const home = homeFolder(from);
  const file = lastFailedFile(home);
  if (!existsSync(file)) {
    throw new UsageError('--last-failed: expected a run before this one that failed, found none', {
      hint: 'run without it',
    });
  }
  const { ids } = await readDocument(lastFailedDocument, file);
  return ids.map((id) => join(home, 'failures', `${id}.json`));
}

function homeFolder(from: string): string {
  return join(projectFolder(from), '.onesend');
}

function lastFailedFile(home: string): string {
  return join(home, 'last-failed.json');
}
