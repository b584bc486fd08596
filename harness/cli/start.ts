// Starts the command in this process: its streams, its end, and what happens to errors that no command caught.
import { codeForBisect, isForBisect } from './bisect/exit-code.ts';
import { failureOf } from './error-line.ts';
import { openOnDesktop } from './desktop.ts';
import { runIsolated } from './isolation.ts';
import { type Questioner, questionerOn } from './questioner.ts';
import { runCli } from './run-cli.ts';
import { outliveReaders } from './streams.ts';
import { EXIT_CODES } from '../formats/decision.ts';
import { isNetworkCut } from '../platform/network-cut.ts';

/** A handle that someone forgot to close must not keep a finished command alive. */
const LINGER_MS = 5_000;

/** Node's exit code when nothing is left that could settle what is awaited. */
const UNSETTLED = 13;

/** Runs the command line of this process, whose exit code it sets. */
export async function start(): Promise<void> {
  const { stdout, stderr, env } = process;
  const { lost } = outliveReaders();
  const isBisected = isForBisect(process.argv.slice(2), env);
  const codeFor = (code: number): number => (isBisected ? codeForBisect(code, undefined) : code);
  // The guard ends everything that was started.
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
  setTimeout(() => process.exit(), LINGER_MS).unref();
}
