// Starts the command in this process: connects its streams, sets its exit code, and handles errors that no command caught.
import { codeForBisect, isForBisect } from './bisect/exit-code.ts';
import { failureOf } from './error-line.ts';
import { openOnDesktop } from './desktop.ts';
import { runIsolated } from './isolation.ts';
import { type Questioner, questionerOn } from './questioner.ts';
import { runCli } from './run-cli.ts';
import { outliveReaders } from './streams.ts';
import { EXIT_CODES } from '../formats/decision.ts';
import { isNetworkCut } from '../platform/network-cut.ts';

/** A finished command exits after this time even if a handle was not closed. */
const EXIT_AFTER_MS = 5_000;

/** Node's exit code when a top-level await never settles. */
const UNSETTLED = 13;

/** Runs the command line of this process, whose exit code it sets. */
export async function start(): Promise<void> {
  const { stdout, stderr, env } = process;
  const { lost } = outliveReaders();
  const isBisected = isForBisect(process.argv.slice(2), env);
  const codeFor = (code: number): number => (isBisected ? codeForBisect(code, undefined) : code);
  // The guard ends the processes and servers that were started.
  const end = (error: unknown): void => {
    const { text, exitCode } = failureOf(error);
    stderr.write(`${text}\n`);
    process.exit(codeFor(exitCode));
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  process.on('exit', (code) => {
    if (code === UNSETTLED) process.exitCode = codeFor(EXIT_CODES['self-check']);
  });
  const openQuestioner = (): Questioner | undefined => questionerOn(process);
  process.exitCode = await runCli(process.argv.slice(2), {
    stdout,
    stderr,
    environment: env,
    lost,
    openQuestioner,
    openOnDesktop: (path) => openOnDesktop(path, process),
    runIsolated: (commandArguments) => (isNetworkCut() ? undefined : runIsolated(commandArguments)),
  });
  setTimeout(() => process.exit(), EXIT_AFTER_MS).unref();
}
