// Runs the compiled onesend in a line of shell, and skips tests that this machine cannot run.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { TestContext } from 'vitest';
import { compiledModule } from '../../platform/compiled-module.ts';

const COMMAND = `'${process.execPath}' '${compiledModule(import.meta.url, '../main.ts')}'`;

/** After this time a line of shell is killed, and has no exit code, so that the test fails before vitest ends it. */
const HANGS_AFTER_MS = 290_000;

/** The working directory of a line of shell, and variables in addition to those of the tests. */
export interface ShellOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The exit code and the output of a line of shell. */
export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line of shell in which `onesend` is replaced by the command: `unshare` and the like could not run it as a shell function. */
export async function shell(line: string, options: ShellOptions = {}): Promise<Ended> {
  const { exitCode, stdout, stderr } = await execa('sh', ['-c', withCommand(line)], {
    reject: false,
    stdin: 'ignore',
    env: { NO_COLOR: '1', ...options.environment },
    timeout: HANGS_AFTER_MS,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  return { exitCode, stdout, stderr };
}

/** A line of shell with the word `onesend` replaced by the command. */
export function withCommand(line: string): string {
  return line.replace(/\bonesend (?=[a-z-])/g, `${COMMAND} `);
}

/** Makes a temporary folder that is removed after the test. It needs the context, because tests run concurrently. */
export async function folderOf({ onTestFinished }: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'onesend-environment-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Skips the test, with the reason, if `line` does not succeed. In CI no test is skipped, so it fails there. */
export async function needs(context: TestContext, line: string): Promise<void> {
  if (process.env['CI'] === 'true') return;
  const { exitCode, stderr } = await shell(line);
  if (exitCode !== 0) context.skip(`this machine cannot: ${line}: ${stderr}`);
}

/** The lines of errors on stderr: one for an operating error, and several, with a stack, for a mistake of the rig. */
export function errorLines({ stderr }: Ended): string[] {
  return stderr.split('\n').filter((line) => /^ONESEND_|^Onesend made|^\s+at /.test(line));
}
