// What a job on GitHub is shown beside its log: the summary of the step, and annotations. Elsewhere nothing happens.
import { appendFile } from 'node:fs/promises';
import { annotationLines } from '../../reports/annotations.ts';
import { renderStepSummary, type SummaryParts } from '../../reports/step-summary.ts';
import { messageOf } from '../platform/thrown.ts';
import { visible } from '../platform/visible.ts';
import type { CommandContext } from './command.ts';

/** Appends to the summary and prints the annotations on stderr, where a job reads them too. What cannot be appended is a remark. */
export async function showOnGithub(
  parts: SummaryParts,
  { environment, screen }: Pick<CommandContext, 'environment' | 'screen'>,
): Promise<void> {
  const file = environment['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') {
    await appendFile(file, visible(renderStepSummary(parts))).catch((error: unknown) => {
      screen.note(`the summary of the job could not be written: ${messageOf(error)}`);
    });
  }
  if (environment['GITHUB_ACTIONS'] === 'true') for (const line of annotationLines(parts)) screen.note(line);
}
