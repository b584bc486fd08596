// Runs one command line: parses it, runs the chosen command, and prints any error as text.
import { failureAnnotation } from '../../reports/annotations.ts';
import { codeForBisect, isForBisect } from './bisect/exit-code.ts';
import { type Failure, failureOf } from './error-line.ts';
import { exitCodeAfterFailure } from './exit-code.ts';
import type { PlaceFlags } from './flags.ts';
import { listenForInterruption } from './interruption.ts';
import { buildProgram, type RunChosen } from './program.ts';
import type { Questioner } from './questioner.ts';
import { createScreen, type OutputStream } from './screen.ts';
import { InfrastructureError, UsageError } from '../platform/errors.ts';
import { messageOf } from '../platform/thrown.ts';
import { visible } from '../platform/visible.ts';

/** What a command line gets from its process, or from a test. */
export interface Surroundings {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder in which the command runs; by default that of the process. */
  readonly folder?: string;
  /** Opens the terminal for questions; undefined without an interactive terminal. */
  openQuestioner?(): Questioner | undefined;
  /** Opens a file with the program of the desktop, and returns whether that could be done. */
  openOnDesktop?(path: string): Promise<boolean>;
  /** Runs the same command line again with the network cut, and returns its exit code; undefined if the network is already cut. */
  runIsolated?(commandArguments: readonly string[]): Promise<number> | undefined;
  /** The error of a write to stdout that failed; undefined if all succeeded. */
  lost?(): Promise<Error | undefined>;
}

/** Printed at the first Ctrl-C by a command that writes nothing then. */
const STOPPING = 'stopping; a second Ctrl-C ends at once';

/** Runs one command line and returns its exit code. It never throws. */
export async function runCli(commandArguments: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  let stoppedBy: NodeJS.Signals | undefined;
  const ended = (code: number): number =>
    isForBisect(commandArguments, surroundings.environment) ? codeForBisect(code, stoppedBy) : code;
  const runChosen: RunChosen = async (flags, run, whenInterrupted = STOPPING) => {
    if (flags.isolate === true) {
      const isolated = runIsolated(flags, () => surroundings.runIsolated?.(commandArguments));
      if (isolated !== undefined) {
        exitCode = await isolated;
        return;
      }
    }
    const screen = createScreen({ ...surroundings, flags });
    const { stdout, stderr } = surroundings;
    const printsOnTerminal = stdout.isTTY === true || stderr.isTTY === true;
    const interruption = listenForInterruption(() => screen.note(whenInterrupted), printsOnTerminal);
    try {
      exitCode = await run({
        screen,
        folder: surroundings.folder ?? process.cwd(),
        signal: interruption.signal,
        environment: surroundings.environment,
        openQuestioner: () => surroundings.openQuestioner?.(),
        openOnDesktop: async (path) => (await surroundings.openOnDesktop?.(path)) ?? false,
      });
      const lost = await surroundings.lost?.();
      if (lost !== undefined) exitCode = exitCodeAfterFailure(exitCode, reportFailure(lostResult(lost), surroundings));
    } finally {
      stoppedBy = interruption.name();
      screen.clearStatus();
      interruption.release();
    }
  };
  try {
    await buildProgram({ ...surroundings, runChosen }).parseAsync(withTwoDashes(commandArguments), { from: 'user' });
    return ended(exitCode);
  } catch (error) {
    return ended(reportFailure(failureOf(error), surroundings));
  }
}

/** Throws a UsageError for external servers and for containers, which a process with a cut network cannot reach. */
function runIsolated({ infra }: PlaceFlags, run: () => Promise<number> | undefined): Promise<number> | undefined {
  if (infra !== undefined && infra !== 'embedded')
    throw new UsageError(`--isolate: the servers of --infra ${infra} could not be reached`);
  return run();
}

/** Accepts the flags of the real Toxiproxy server, which have one dash as usual in Go: `proxy -port 8474 -config=FILE`. */
function withTwoDashes(commandArguments: readonly string[]): string[] {
  const isProxy = commandArguments[0] === 'proxy';
  return commandArguments.map((each) => (isProxy && /^-[a-z][a-z-]/.test(each) ? `-${each}` : each));
}

/** The failure of a result that could not be written to stdout. */
function lostResult(cause: unknown): Failure {
  return failureOf(new InfrastructureError(`stdout could not be written: ${messageOf(cause)}`, { cause }));
}

/** Prints a failure; in a job on GitHub also as an annotation of the change. */
function reportFailure({ text, exitCode }: Failure, { stderr, environment }: Surroundings): number {
  if (text === '') return exitCode;
  stderr.write(`${visible(text)}\n`);
  if (environment['GITHUB_ACTIONS'] === 'true') stderr.write(`${visible(failureAnnotation(text))}\n`);
  return exitCode;
}
