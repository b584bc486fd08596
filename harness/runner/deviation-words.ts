// The name of a deviation in reports.
import type { Deviation } from '../formats/case.ts';

/** For example `the deviation 'answer: delay' of campaign-1#1`, with the number of the decision if it is not the first. */
export function deviationWords({ site, key, attempt, choice }: Deviation): string {
  return `the deviation '${site}: ${choice}' of ${key === '' ? 'the run' : key}${attempt === 0 ? '' : `, decision ${attempt + 1}`}`;
}
