// From arguments to exit code: parses, runs the chosen command, and words whatever goes wrong.
import { type Failure, failureOf } from './error-line.ts';
import { undelivered } from './exit-code.ts';
import { listenForInterruption } from './interruption.ts';
import { buildProgram, type RunChosen } from './program.ts';
import { createScreen, type OutputStream } from './screen.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { messageOf } from '../platform/thrown.ts';

/** What a run of the command line is connected to. */
export interface Surroundings {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: NodeJS.ProcessEnv;
  /** Why stdout did not take something; undefined when it took everything. */
  lost?(): Promise<Error | undefined>;
}

const SAVING = 'stopping: what was found is saved; a second Ctrl-C ends at once';

/** Runs one command line and gives back its exit code. It never throws. */
export async function runCli(commandArguments: readonly string[], surroundings: Surroundings): Promise<number> {
  let exitCode = 0;
  const runChosen: RunChosen = async (flags, run, whenInterrupted = SAVING) => {
    const screen = createScreen({ ...surroundings, flags });
    const interruption = listenForInterruption(() => screen.note(whenInterrupted));
    try {
      exitCode = await run({ screen, signal: interruption.signal });
      const lost = await surroundings.lost?.();
      if (lost !== undefined) exitCode = undelivered(exitCode, reportFailure(lostResult(lost), surroundings.stderr));
    } finally {
      screen.clearStatus();
      interruption.release();
    }
  };
  try {
    await buildProgram({ ...surroundings, runChosen }).parseAsync(commandArguments, { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportFailure(failureOf(error), surroundings.stderr);
  }
}

/** A result that stdout did not take. */
function lostResult(cause: unknown): Failure {
  return failureOf(new InfrastructureError(`stdout could not be written: ${messageOf(cause)}`, { cause }));
}

function reportFailure({ text, exitCode }: Failure, stderr: OutputStream): number {
  if (text !== '') stderr.write(`${text}\n`);
  return exitCode;
}
