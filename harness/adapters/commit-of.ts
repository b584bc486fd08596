// Finds the git commit of a system's files.
import { execFile } from 'node:child_process';

/** Git answers in milliseconds; with this limit a repository on a slow network drive does not delay a run. */
const TIME_MAX_MS = 5_000;

/** The commit of the repository that holds a folder, with `-dirty` if tracked files differ from it; undefined without git or a commit. */
export function commitOf(folder: string): Promise<string | undefined> {
  const question = ['-C', folder, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
  return new Promise((resolve) => {
    execFile('git', question, { timeout: TIME_MAX_MS }, (error, stdout) => {
      resolve(error === null ? stdout.trim() || undefined : undefined);
    });
  });
}
