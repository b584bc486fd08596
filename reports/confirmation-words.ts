// How often a counterexample came out again, in words.
import type { Counterexample } from '../harness/formats/counterexample.ts';

/** How often a counterexample came out again. */
export type Confirmation = Counterexample['confirmation'];

/** For example `10 of 10 replays show it`, or `flaky: 3 of 5`; undefined where it was not made again. */
export function confirmationWords(confirmation: Confirmation): string | undefined {
  if (confirmation === undefined) return undefined;
  const { tries, violated } = confirmation;
  return violated < tries ? `flaky: ${violated} of ${tries}` : `${violated} of ${tries} replays show it`;
}

/** Only what makes a counterexample less sure: `flaky: 3 of 5`; undefined otherwise. */
export function flakyWords(confirmation: Confirmation): string | undefined {
  return confirmation !== undefined && confirmation.violated < confirmation.tries
    ? confirmationWords(confirmation)
    : undefined;
}
