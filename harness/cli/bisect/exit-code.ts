// Exit codes for `git bisect run`: 0 means good, 125 untestable, 128 and more ends the bisection, any other means bad. So only the same
// failure ends with 1, and trouble of the rig never ends with a code that means bad.
import { constants } from 'node:os';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { Replay } from '../../runner/replay.ts';
import { parseSwitch } from '../flag-values.ts';

/** The exit code of an untestable commit. */
const UNTESTABLE = 125;
const OF_SIGNALS = 128;

/** The exit code of a replay under `--bisect`: 0 if it is fixed, 1 if it is the same failure, by its fingerprint, and 125 otherwise. */
export function bisectCode({ outcome, verdict, isSame }: Pick<Replay, 'outcome' | 'verdict' | 'isSame'>): number {
  if (outcome === 'FIXED') return EXIT_CODES.pass;
  if (outcome === 'FAILED' && isSame === true) return EXIT_CODES.violation;
  return verdict === 'interrupted' ? EXIT_CODES.interrupted : UNTESTABLE;
}

/** Whether a command line, even one that cannot be parsed, is a replay for `git bisect run`. */
export function isForBisect([command, ...rest]: readonly string[], environment: NodeJS.ProcessEnv): boolean {
  return (
    command === 'replay' && (rest.includes('--bisect') || parseSwitch(environment['ONESEND_BISECT'] ?? '') === true)
  );
}

/** The exit code of a replay for `git bisect run`, from its ordinary exit code and the signal that stopped it, if any. */
export function codeForBisect(exitCode: number, signal: NodeJS.Signals | undefined): number {
  if (signal !== undefined) return OF_SIGNALS + constants.signals[signal];
  return exitCode === EXIT_CODES.pass || exitCode === EXIT_CODES.violation || exitCode > OF_SIGNALS
    ? exitCode
    : UNTESTABLE;
}
