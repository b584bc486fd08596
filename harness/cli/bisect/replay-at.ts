// Replays a counterexample at one commit: the current rig, in its own process, runs the system of that commit.
import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { execa } from 'execa';
import type { BisectStep } from '../../formats/bisect.ts';
import { parseDocument } from '../../formats/document.ts';
import { type ReplayReport, replayDocument } from '../../formats/replay.ts';
import { compiledModule } from '../../platform/compiled-module.ts';
import { InterruptedError } from '../../platform/errors.ts';

/** What to replay, and the working tree of the commit. */
export interface ReplayAtOptions {
  /** The absolute path of the counterexample. */
  readonly file: string;
  /** The file of the system, relative to the repository. */
  readonly system: string;
  /** The working directory, relative to the repository. */
  readonly directory: string;
  /** Further flags of the replay. */
  readonly flags: readonly string[];
  /** The command that makes the commit ready to run. */
  readonly prepare?: string | undefined;
  /** The absolute path of the user's checkout. */
  readonly root: string;
  /** The absolute path of the working tree, in which the commit is checked out. */
  readonly tree: string;
  readonly signal: AbortSignal;
}

/** The outcome of a replay at one commit; `report` is undefined if the replay did not end with one. */
export interface ReplayedAt extends Pick<BisectStep, 'outcome' | 'message'> {
  readonly report?: ReplayReport | undefined;
}

const OUTCOMES: Readonly<Record<number, BisectStep['outcome']>> = { 0: 'good', 1: 'bad' };

/**
 * Replays the counterexample. A commit whose system does not exist, or cannot be made ready, loaded or run, is `skipped`, not an error.
 * Throws InterruptedError after a signal.
 */
export async function replayAt(options: ReplayAtOptions): Promise<ReplayedAt> {
  const { file, system, directory, flags, tree, signal } = options;
  const unready = await makeReady(options);
  if (signal.aborted) throw new InterruptedError('interrupted during the bisection');
  if (unready !== undefined) return skipped(unready);
  if (!existsSync(join(tree, system))) return skipped(`it has no ${system}`);
  const main = compiledModule(import.meta.url, '../main.ts');
  const words = ['replay', file, '--bisect', '--json', '--quiet', '--system', join(tree, system), ...flags];
  const cwd = join(tree, directory);
  const ended = await execa(process.execPath, [...process.execArgv, main, ...words], {
    cwd: existsSync(cwd) ? cwd : tree,
    reject: false,
    stdin: 'ignore',
    cancelSignal: signal,
  });
  if (signal.aborted) throw new InterruptedError('interrupted during the bisection');
  const outcome = OUTCOMES[ended.exitCode ?? -1] ?? 'skipped';
  const report = reportIn(ended.stdout);
  if (report !== undefined) return { outcome, message: `${report.outcome}: ${report.message}`, report };
  return skipped(errorIn(ended.stderr) ?? `the replay ended with exit code ${ended.exitCode ?? 'none'}`);
}

function skipped(message: string): ReplayedAt {
  return { outcome: 'skipped', message };
}

/** Makes the commit ready to run; returns why that failed, undefined if it did not. */
async function makeReady({
  prepare,
  root,
  tree,
  system,
  directory,
  signal,
}: ReplayAtOptions): Promise<string | undefined> {
  if (prepare === undefined) {
    await linkPackages({ root, tree, system });
    return undefined;
  }
  const cwd = join(tree, directory);
  const options = {
    cwd: existsSync(cwd) ? cwd : tree,
    shell: true,
    all: true,
    reject: false,
    stdin: 'ignore',
  } as const;
  const { failed, exitCode, all } = await execa(prepare, { ...options, cancelSignal: signal });
  if (!failed) return undefined;
  const last = all.split('\n').findLast((line) => line.trim() !== '');
  return `--prepare ended with exit code ${exitCode ?? 'none'}${last === undefined ? '' : `: ${last.trim()}`}`;
}

/** Links the packages of the user's checkout into the working tree, for the system's folder and those above it. */
async function linkPackages({ root, tree, system }: Pick<ReplayAtOptions, 'root' | 'tree' | 'system'>): Promise<void> {
  for (let folder = dirname(join(root, system)); ; folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    const twin = join(tree, relative(root, packages));
    if (existsSync(packages) && existsSync(dirname(twin)) && !existsSync(twin)) await symlink(packages, twin);
    if (folder === root || folder === dirname(folder)) return;
  }
}

function reportIn(stdout: string): ReplayReport | undefined {
  return stdout.trim() === '' ? undefined : parseDocument(replayDocument, stdout, 'the replay');
}

/** The line of an operating error, else the first line that is not blank. */
function errorIn(stderr: string): string | undefined {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => line.startsWith('ONESEND_')) ?? lines[0];
}
