// Shows results in a job on GitHub beside its log: the summary of the step, and annotations. Outside of GitHub it does nothing.
import { appendFile } from 'node:fs/promises';
import { messageOf } from '../platform/thrown.ts';
import { visible } from '../platform/visible.ts';
import type { CommandContext } from './command.ts';

/** What to show; each part is made only when it is shown. */
export interface ShownOnGithub {
  /** Markdown. */
  summary(): string;
  annotations(): readonly string[];
}

/** Appends to the summary, and prints the annotations on stderr, where GitHub reads them too. A failure to append is only a note. */
export async function showOnGithub(
  shown: ShownOnGithub,
  { environment, screen }: Pick<CommandContext, 'environment' | 'screen'>,
): Promise<void> {
  const file = environment['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') {
    await appendFile(file, visible(shown.summary())).catch((error: unknown) => {
      screen.note(`the summary of the job could not be written: ${messageOf(error)}`);
    });
  }
  if (environment['GITHUB_ACTIONS'] === 'true') for (const line of shown.annotations()) screen.note(line);
}
