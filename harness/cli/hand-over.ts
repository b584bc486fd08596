// Hands a result over to the user: it is printed first, then its files are written, and a failure to write does not hide a violation.
import { renderFiles } from '../../reports/written-files.ts';
import type { CommandContext } from './command.ts';
import { failureOf } from './error-line.ts';
import { exitCodeAfterFailure } from './exit-code.ts';

/** Writes the files of a result that is already printed, and returns the exit code of both. `write` returns the paths of the files. */
export async function handOver(
  exitCode: number,
  { screen }: CommandContext,
  write: () => Promise<readonly string[]>,
): Promise<number> {
  try {
    const files = await write();
    screen.more(() => `\n${renderFiles(files, screen.render)}`);
    return exitCode;
  } catch (error) {
    const failure = failureOf(error);
    screen.note(failure.text);
    return exitCodeAfterFailure(exitCode, failure.exitCode);
  }
}
