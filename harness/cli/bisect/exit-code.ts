// What `git bisect run` makes of exit codes: 0 is good, 125 cannot be tested, 128 and more ends the bisection, and anything else is bad.
// So nothing but the same failure may end with 1, and no trouble of the rig with a code that means bad.
import { constants } from 'node:os';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { Replay } from '../../runner/replay.ts';
import { parseSwitch } from '../flag-values.ts';

/** The code for what cannot be tested. */
const UNTESTABLE = 125;
const OF_SIGNALS = 128;

/** The exit code of a replay under `--bisect`: 0 if it is fixed, 1 if it is the same failure, by its fingerprint, and 125 otherwise. */
export function bisectCode({ outcome, verdict, isSame }: Pick<Replay, 'outcome' | 'verdict' | 'isSame'>): number {
  if (outcome === 'FIXED') return EXIT_CODES.pass;
  if (outcome === 'FAILED' && isSame === true) return EXIT_CODES.violation;
  return verdict === 'interrupted' ? EXIT_CODES.interrupted : UNTESTABLE;
}

/** Whether a command line asks for exit codes of that kind, also one that cannot be parsed. */
export function isForBisect([command, ...rest]: readonly string[], environment: NodeJS.ProcessEnv): boolean {
  return (
    command === 'replay' && (rest.includes('--bisect') || parseSwitch(environment['ONESEND_BISECT'] ?? '') === true)
  );
}

/** The exit code of a command line of that kind, however it ended. */
export function codeForBisect(exitCode: number, signal: NodeJS.Signals | undefined): number {
  if (signal !== undefined) return OF_SIGNALS + constants.signals[signal];
  return exitCode === EXIT_CODES.pass || exitCode === EXIT_CODES.violation || exitCode > OF_SIGNALS
    ? exitCode
    : UNTESTABLE;
}
