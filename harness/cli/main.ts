#!/usr/bin/env node
// The command onesend.
import { outliveReaders } from './closed-pipe.ts';
import { failureOf } from './error-line.ts';
import { runCli } from './run-cli.ts';

/** What no command caught is a mistake of the rig. The guard ends whatever was started. */
function endOnMistake(error: unknown): void {
  const { text, exitCode } = failureOf(error);
  process.stderr.write(`${text}\n`);
  process.exit(exitCode);
}

/** A handle that someone forgot to close must not keep a finished command alive. */
const LINGER_MS = 5_000;

outliveReaders();
process.on('uncaughtException', endOnMistake);
process.on('unhandledRejection', endOnMistake);

const { stdout, stderr, env } = process;
process.exitCode = await runCli(process.argv.slice(2), { stdout, stderr, environment: env });
setTimeout(() => process.exit(), LINGER_MS).unref();
