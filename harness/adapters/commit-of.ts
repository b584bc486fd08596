// The commit that a system is at, where its files lie in a repository of git.
import { execFile } from 'node:child_process';

/** Asking git takes milliseconds; a repository on a network drive must not hold up a run. */
const TIME_MAX_MS = 5_000;

/** The commit of the repository that a folder lies in, with `-dirty` where files differ from it; undefined without git or a commit. */
export function commitOf(folder: string): Promise<string | undefined> {
  const question = ['-C', folder, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'];
  return new Promise((resolve) => {
    execFile('git', question, { timeout: TIME_MAX_MS }, (error, stdout) => {
      resolve(error === null ? stdout.trim() || undefined : undefined);
    });
  });
}
