// Makes git repositories for the tests of bisections, all commits in one `git fast-import`.
import { mkdir } from 'node:fs/promises';
import { execa } from 'execa';

/** The files of a commit by path; a file that is left out stays as in the commit before. */
export type CommitFiles = Readonly<Record<string, string>>;

/** The subject of a commit by its number, from 1 on. */
export function subjectOf(number: number): string {
  return `change ${number}`;
}

/** Makes a repository with these commits in a line, the oldest first, and returns their hashes. */
export async function makeRepository(folder: string, commits: readonly CommitFiles[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const git = (...words: string[]) => execa('git', words, { cwd: folder });
  await git('init', '--quiet', '--initial-branch=main');
  const stream = commits.flatMap((files, index) => [
    'commit refs/heads/main',
    `committer Jane Doe <jane@example.org> ${1_700_000_000 + index} +0000`,
    data(subjectOf(index + 1)),
    ...Object.entries(files).flatMap(([path, text]) => [`M 100644 inline ${path}`, data(text)]),
  ]);
  await execa('git', ['fast-import', '--quiet'], { cwd: folder, input: `${stream.join('\n')}\n` });
  await git('reset', '--quiet', '--hard');
  const { stdout } = await git('rev-list', '--reverse', 'main');
  return stdout.split('\n');
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
}
