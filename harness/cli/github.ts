// Shows results in a job on GitHub beside its log: the summary of the step, and annotations. Outside of GitHub it does nothing.
import { appendFile } from 'node:fs/promises';
import { renderArtifactReplay } from '../../reports/artifact-lines.ts';
import { messageOf } from '../platform/thrown.ts';
import { visible } from '../platform/visible.ts';
import type { CommandContext } from './command.ts';
import { shellLine } from './paste-line.ts';

/** What to show; each part is made only when it is shown. */
export interface ShownOnGithub {
  /** Markdown. */
  summary(): string;
  annotations(): readonly string[];
  /** The line that replays the first counterexample from the artifact of the job, unpacked into this folder; undefined without one. */
  readonly replayFrom?: ((folder: string) => string) | undefined;
}

/** Appends to the summary, and prints the annotations on stderr, where GitHub reads them too. A failure to append is only a note. */
export async function showOnGithub(
  shown: ShownOnGithub,
  { environment, screen }: Pick<CommandContext, 'environment' | 'screen'>,
): Promise<void> {
  const file = environment['GITHUB_STEP_SUMMARY'] ?? '';
  if (file !== '') {
    await appendFile(file, visible(`${shown.summary()}${artifactPart(shown, environment)}`)).catch((error: unknown) => {
      screen.note(`the summary of the job could not be written: ${messageOf(error)}`);
    });
  }
  if (environment['GITHUB_ACTIONS'] === 'true') for (const line of shown.annotations()) screen.note(line);
}

/** The folder in the lines of a job that does not say what its artifact is called. */
const UNNAMED = 'artifact';

/** The end of the summary: how to replay the first counterexample from the artifact; empty without one. */
function artifactPart({ replayFrom }: ShownOnGithub, environment: CommandContext['environment']): string {
  if (replayFrom === undefined) return '';
  const { ONESEND_ARTIFACT: name = '', GITHUB_RUN_ID: run = '', GITHUB_REPOSITORY: repository = '' } = environment;
  if ([name, run, repository].includes(''))
    return renderArtifactReplay({ folder: UNNAMED, replay: replayFrom(UNNAMED) });
  const download = shellLine(['gh', 'run', 'download', run, '--repo', repository, '--name', name, '--dir', name]);
  return renderArtifactReplay({ folder: name, download, replay: replayFrom(name) });
}
