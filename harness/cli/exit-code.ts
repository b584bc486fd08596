// The exit code of a command that reached a verdict but could not write all of its output.
import { EXIT_CODES } from '../formats/decision.ts';

/** Exit codes that matter more than a failure to write. */
const WORSE: ReadonlySet<number> = new Set([EXIT_CODES['self-check'], EXIT_CODES.violation, EXIT_CODES.interrupted]);

/** The worse of the verdict's exit code and `failure`, the code of the error after it: a violation stays 1 even if its files are lost. */
export function exitCodeAfterFailure(exitCode: number, failure: number): number {
  return WORSE.has(exitCode) ? exitCode : failure;
}
