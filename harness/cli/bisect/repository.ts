// The user's git repository: its commits, and a working tree in a temporary folder. The user's own checkout is only read.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Commit } from '../../formats/bisect.ts';
import { UsageError } from '../../platform/errors.ts';

/** Variables that direct git to another repository; git sets them in a hook. */
const GIT_PLACES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_OBJECT_DIRECTORY', 'GIT_COMMON_DIR'];

const environment = { ...Object.fromEntries(GIT_PLACES.map((name) => [name, undefined])), LC_ALL: 'C' };

/** A bisection must not run the user's hooks. */
const WITHOUT_HOOKS = ['-c', 'core.hooksPath=/dev/null'];

/** Runs git, and returns its output. Throws a UsageError with git's own message. */
async function git(folder: string, words: readonly string[]): Promise<string> {
  const options = { cwd: folder, env: environment, reject: false, stdin: 'ignore' } as const;
  const { exitCode, stdout, stderr, shortMessage } = await execa('git', [...WITHOUT_HOOKS, ...words], options);
  if (exitCode === 0) return stdout;
  const line = stderr.split('\n').find((each) => each !== '');
  throw new UsageError(`git ${words[0] ?? ''}: ${line ?? shortMessage ?? 'could not be run'}`);
}

/** The commits of a repository. */
export interface Repository {
  /** The absolute path of its top folder. */
  readonly root: string;
  /** The whole hash of a commit. Throws a UsageError that names the flag if the commit does not exist. */
  resolve(name: string, flag: string): Promise<string>;
  isAncestor(older: string, newer: string): Promise<boolean>;
  describe(commit: string): Promise<Commit>;
  /** A bad commit and its ancestors, without the good ones and theirs; the one that halves them best is first. */
  between(good: readonly string[], bad: string): Promise<string[]>;
  /** Makes a working tree outside of the user's checkout for `work`, and removes it even if `work` fails. */
  withTree<T>(work: (tree: Tree) => Promise<T>): Promise<T>;
}

/** A temporary working tree of the repository. */
export interface Tree {
  readonly folder: string;
  /** Checks a commit out and removes all other files, so that files that the build of another commit left are not run. */
  checkOut(commit: string): Promise<void>;
}

/** Opens the repository that holds a folder. Throws a UsageError if there is none. */
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
  // Also removes the tree when a second Ctrl-C ends the process at once.
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
