// What a job on GitHub is shown beside its log: the summary of the step, and annotations. Elsewhere nothing happens.
import { appendFile } from 'node:fs/promises';
import { messageOf } from '../platform/thrown.ts';
import { visible } from '../platform/visible.ts';
import type { CommandContext } from './command.ts';

/** What a job is shown, made where it is one. */
export interface ShownOnGithub {
  /** Markdown. */
  summary(): string;
  annotations(): readonly string[];
}

/** Appends to the summary and prints the annotations on stderr, where a job reads them too. What cannot be appended is a remark. */
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
