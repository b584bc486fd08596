// The user's repository: its commits, and a working tree of them in a temporary folder. The user's own checkout is only read.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Commit } from '../../formats/bisect.ts';
import { UsageError } from '../../platform/errors.ts';

/** What would lead git to another repository, as in a hook. */
const GIT_PLACES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_COMMON_DIR'];

const environment = { ...Object.fromEntries(GIT_PLACES.map((name) => [name, undefined])), LC_ALL: 'C' };

/** No hook of the user's may run because of a bisection. */
const WITHOUT_HOOKS = ['-c', 'core.hooksPath=/dev/null'];

/** Asks git, and answers with what it printed; a UsageError in the words of git. */
async function git(folder: string, words: readonly string[]): Promise<string> {
  const options = { cwd: folder, env: environment, reject: false, stdin: 'ignore' } as const;
  const { exitCode, stdout, stderr, shortMessage } = await execa('git', [...WITHOUT_HOOKS, ...words], options);
  if (exitCode === 0) return stdout;
  const line = stderr.split('\n').find((each) => each !== '');
  throw new UsageError(`git ${words[0] ?? ''}: ${line ?? shortMessage ?? 'could not be run'}`);
}

/** The commits of a repository. */
export interface Repository {
  /** Its uppermost folder. */
  readonly root: string;
  /** The whole hash of a commit; a UsageError that names the flag if there is no such commit. */
  resolve(name: string, flag: string): Promise<string>;
  isAncestor(older: string, newer: string): Promise<boolean>;
  describe(commit: string): Promise<Commit>;
  /** The commits that a bad one has and the good ones have not, the one that halves them best first. */
  between(good: readonly string[], bad: string): Promise<string[]>;
  /** Lends a working tree outside of the user's checkout to `work`, and removes it in any case. */
  withTree<T>(work: (tree: Tree) => Promise<T>): Promise<T>;
}

/** A working tree. */
export interface Tree {
  readonly folder: string;
  /** Makes it that commit and nothing else: what a build of another commit left would be run as this one. */
  checkOut(commit: string): Promise<void>;
}

/** Opens the repository that a folder lies in. */
export async function openRepository(folder: string): Promise<Repository> {
  const root = (await git(folder, ['rev-parse', '--show-toplevel'])).trim();
  return {
    root,
    resolve: (name, flag) =>
      git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]).then(
        (text) => text.trim(),
        (cause: unknown) => {
          throw new UsageError(`${flag} ${name}: expected a commit of ${root}`, { cause });
        },
      ),
    isAncestor: async (older, newer) => (await git(root, ['merge-base', older, newer])).trim() === older,
    async describe(commit) {
      const text = await git(root, ['show', '-s', '--format=%an <%ae>%n%aI%n%s', commit]);
      const [author = '', date = '', subject = ''] = text.split('\n');
      return { commit, author, date, subject };
    },
    async between(good, bad) {
      const text = await git(root, ['rev-list', '--bisect-all', bad, '--not', ...good]);
      return text.split('\n').flatMap((line) => line.split(' ')[0] || []);
    },
    withTree: (work) => withTree(root, work),
  };
}

async function withTree<T>(root: string, work: (tree: Tree) => Promise<T>): Promise<T> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'onesend-bisect-')));
  const folder = join(parent, 'tree');
  // A second Ctrl-C ends the process at once.
  const removeAtExit = (): void => {
    rmSync(parent, { recursive: true, force: true });
    spawnSync('git', ['worktree', 'prune'], { cwd: root, env: { ...process.env, ...environment } });
  };
  process.on('exit', removeAtExit);
  try {
    await git(root, ['worktree', 'add', '--detach', '--no-checkout', folder, 'HEAD']);
    return await work({
      folder,
      async checkOut(commit) {
        await git(folder, ['checkout', '--quiet', '--force', '--detach', commit]);
        await git(folder, ['clean', '--quiet', '-ffdx']);
      },
    });
  } finally {
    await rm(parent, { recursive: true, force: true });
    await git(root, ['worktree', 'prune']);
    process.off('exit', removeAtExit);
  }
}
