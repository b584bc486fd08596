// What reports call a deviation.
import type { Deviation } from '../formats/case.ts';

/** For example `the deviation 'answer: delay' of campaign-1#1`; with the number of the decision, where the first ones came out as usual. */
export function deviationWords({ site, key, attempt, choice }: Deviation): string {
  return `the deviation '${site}: ${choice}' of ${key === '' ? 'the run' : key}${attempt === 0 ? '' : `, decision ${attempt + 1}`}`;
}
