// The exit code of a command that reached a verdict, and could not write all of it.
import { EXIT_CODES } from '../formats/decision.ts';

/** What says more than that a file or stdout could not be written. */
const WORSE: ReadonlySet<number> = new Set([EXIT_CODES['self-check'], EXIT_CODES.violation, EXIT_CODES.interrupted]);

/** `failure` is the code of what went wrong after the verdict; a violation remains one also when its report is lost. */
export function undelivered(exitCode: number, failure: number): number {
  return WORSE.has(exitCode) ? exitCode : failure;
}
