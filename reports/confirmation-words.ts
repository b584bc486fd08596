// How often the replays of a counterexample violated again, in words.
import type { Counterexample } from '../harness/formats/counterexample.ts';

/** How often a counterexample was replayed, and how often it violated again; undefined if it was not replayed. */
export type Confirmation = Counterexample['confirmation'];

/** For example `10 of 10 replays show it`, or `flaky: 3 of 5`; undefined if the counterexample was not replayed. */
export function confirmationWords(confirmation: Confirmation): string | undefined {
  if (confirmation === undefined) return undefined;
  const { tries, violated } = confirmation;
  return violated < tries ? `flaky: ${violated} of ${tries}` : `${violated} of ${tries} replays show it`;
}

/** `flaky: 3 of 5` if not every replay violated; undefined otherwise. */
export function flakyWords(confirmation: Confirmation): string | undefined {
  return confirmation !== undefined && confirmation.violated < confirmation.tries
    ? confirmationWords(confirmation)
    : undefined;
}
