// Runs onesend, as it is compiled, by a line of shell, and tells what this machine cannot do.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { TestContext } from 'vitest';
import { compiledModule } from '../../platform/compiled-module.ts';

const COMMAND = `'${process.execPath}' '${compiledModule(import.meta.url, '../main.ts')}'`;

/** Where a line of shell runs, and with which variables beside those of the tests. */
export interface ShellOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A line is ended, and has no exit code, after this time. */
  readonly timeoutMs?: number;
}

/** How a line of shell ended. */
export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line of shell in which the word `onesend` stands for the command; also after sudo-like commands, which know no functions. */
export async function shell(line: string, options: ShellOptions = {}): Promise<Ended> {
  const { exitCode, stdout, stderr } = await execa('sh', ['-c', withCommand(line)], {
    reject: false,
    stdin: 'ignore',
    env: { NO_COLOR: '1', ...options.environment },
    timeout: options.timeoutMs ?? 50_000,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  return { exitCode, stdout, stderr };
}

/** A line in which the word `onesend` stands for the command, with it. */
export function withCommand(line: string): string {
  return line.replace(/\bonesend (?=[a-z-])/g, `${COMMAND} `);
}

/** A folder of the test's own. Tests run side by side, so that vitest must know which one it is. */
export async function folderOf({ onTestFinished }: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-environment-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Skips the test, with the reason, where `line` does not succeed. In CI nothing is skipped: a machine that cannot do it fails. */
export async function needs(context: TestContext, line: string): Promise<void> {
  if (process.env['CI'] === 'true') return;
  const { exitCode, stderr } = await shell(line);
  if (exitCode !== 0) context.skip(`this machine cannot: ${line}: ${stderr}`);
}

/** The lines of an operating error; a mistake of the rig has a stack and none of them. */
export function errorLines({ stderr }: Ended): string[] {
  return stderr.split('\n').filter((line) => /^ONESEND_|^Onesend made|^\s+at /.test(line));
}
