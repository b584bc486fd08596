// The exit code of a command that reached a verdict but could not write all of its output.
import { EXIT_CODES } from '../formats/decision.ts';

/** Exit codes that matter more than a failure to write. */
const WORSE: ReadonlySet<number> = new Set([EXIT_CODES['self-check'], EXIT_CODES.violation, EXIT_CODES.interrupted]);

/** `failure` is the exit code of the error after the verdict. A violation keeps its own code even if its report is lost. */
export function exitCodeAfterFailure(exitCode: number, failure: number): number {
  return WORSE.has(exitCode) ? exitCode : failure;
}
