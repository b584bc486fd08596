// From arguments to exit code: parses, runs the chosen command, and describes any error.
import { failureAnnotation } from '../../reports/annotations.ts';
import { codeForBisect, isForBisect } from './bisect/exit-code.ts';
import { type Failure, failureOf } from './error-line.ts';
import { undelivered } from './exit-code.ts';
import type { PlaceFlags } from './flags.ts';
import { listenForInterruption } from './interruption.ts';
import { buildProgram, type RunChosen } from './program.ts';
import type { Questioner } from './questioner.ts';
import { createScreen, type OutputStream } from './screen.ts';
import { InfrastructureError, UsageError } from '../platform/errors.ts';
import { messageOf } from '../platform/thrown.ts';
import { visible } from '../platform/visible.ts';

/** What a run of the command line is connected to. */
export interface Surroundings {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: NodeJS.ProcessEnv;
  /** The folder that the command runs in; that of the process unless given. */
  readonly folder?: string;
  /** Opens the terminal for questions; undefined without an interactive terminal. */
  openQuestioner?(): Questioner | undefined;
  /** Shows a file to the person at the terminal, and answers whether that could be done. */
  openOnDesktop?(path: string): Promise<boolean>;
  /** Runs the same command line with the network cut, and gives back its exit code; undefined where it is cut. */
  runIsolated?(commandArguments: readonly string[]): Promise<number> | undefined;
  /** Why stdout did not take something; undefined when it took everything. */
  lost?(): Promise<Error | undefined>;
}

const SAVING = 'stopping: what was found is saved; a second Ctrl-C ends at once';

/** Runs one command line and gives back its exit code. It never throws. */
export async function runCli(commandArguments: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  let stoppedBy: NodeJS.Signals | undefined;
  const ended = (code: number): number =>
    isForBisect(commandArguments, surroundings.environment) ? codeForBisect(code, stoppedBy) : code;
  const runChosen: RunChosen = async (flags, run, whenInterrupted = SAVING) => {
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
      if (lost !== undefined) exitCode = undelivered(exitCode, reportFailure(lostResult(lost), surroundings));
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

/** Servers of others and containers stand outside of what is isolated. */
function runIsolated({ infra }: PlaceFlags, run: () => Promise<number> | undefined): Promise<number> | undefined {
  if (infra !== undefined && infra !== 'embedded')
    throw new UsageError(`--isolate: the servers of --infra ${infra} could not be reached`);
  return run();
}

/** The real Toxiproxy server is started with Go's flags, which have one dash: `proxy -port 8474 -config=FILE`. */
function withTwoDashes(commandArguments: readonly string[]): string[] {
  const isProxy = commandArguments[0] === 'proxy';
  return commandArguments.map((each) => (isProxy && /^-[a-z][a-z-]/.test(each) ? `-${each}` : each));
}

/** A result that stdout did not take. */
function lostResult(cause: unknown): Failure {
  return failureOf(new InfrastructureError(`stdout could not be written: ${messageOf(cause)}`, { cause }));
}

/** A job on GitHub shows the failure beside the change too. */
function reportFailure({ text, exitCode }: Failure, { stderr, environment }: Surroundings): number {
  if (text === '') return exitCode;
  stderr.write(`${visible(text)}\n`);
  if (environment['GITHUB_ACTIONS'] === 'true') stderr.write(`${visible(failureAnnotation(text))}\n`);
  return exitCode;
}
