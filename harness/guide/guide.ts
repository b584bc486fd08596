// All that the guide explains, and how a reader finds an entry by what the output printed.
import { DECISION_ENTRIES } from './decisions.ts';
import { SYMBOL_ENTRIES } from './drawing.ts';
import type { GuideEntry } from './entry.ts';
import { FAULT_ENTRIES } from './faults.ts';
import { GOAL_ENTRIES } from './goals.ts';
import { PROPERTY_ENTRIES } from './properties.ts';
import { READING_ENTRIES, VANTAGE_ENTRIES } from './readings.ts';
import { REASON_ENTRIES } from './reasons.ts';
import { EXIT_CODE_ENTRIES, WORD_ENTRIES } from './verdicts.ts';

/** Every entry, in the order of the pages. */
export const GUIDE: readonly GuideEntry[] = [
  ...PROPERTY_ENTRIES,
  ...FAULT_ENTRIES,
  ...DECISION_ENTRIES,
  ...GOAL_ENTRIES,
  ...SYMBOL_ENTRIES,
  ...EXIT_CODE_ENTRIES,
  ...REASON_ENTRIES,
  ...WORD_ENTRIES,
  ...READING_ENTRIES,
  ...VANTAGE_ENTRIES,
];

/** The entries that a text names, by id or title, upper and lower case alike: `s9`, `QuotaOnce` and `crash` (of each system). */
export function explain(text: string): readonly GuideEntry[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const exact = GUIDE.filter(({ id, title }) => [id, title].some((name) => name.toLowerCase() === wanted));
  return exact.length > 0 ? exact : GUIDE.filter(({ id }) => beginsOrEnds(id.toLowerCase(), wanted));
}

/** `crash` names that of each system, and `livelock` the reason `violation/livelock`. */
function beginsOrEnds(id: string, wanted: string): boolean {
  return id.startsWith(`${wanted} `) || id.endsWith(`/${wanted}`);
}
