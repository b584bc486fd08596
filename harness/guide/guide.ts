// All entries of the guide, and the search for an entry by an id or a word that the output printed.
import { DECISION_ENTRIES } from './decisions.ts';
import { SYMBOL_ENTRIES } from './drawing.ts';
import type { GuideEntry, GuideKind } from './entry.ts';
import { ERROR_CODE_ENTRIES } from './error-codes.ts';
import { FAULT_ENTRIES } from './faults.ts';
import { NAME_ENTRIES, OUTPUT_ENTRIES } from './glossary.ts';
import { GOAL_ENTRIES } from './goals.ts';
import { PROPERTY_ENTRIES } from './properties.ts';
import { READING_ENTRIES, VANTAGE_ENTRIES } from './readings.ts';
import { REASON_ENTRIES } from './reasons.ts';
import { VALUE_ENTRIES } from './values.ts';
import { EXIT_CODE_ENTRIES, WORD_ENTRIES } from './verdicts.ts';

/** Every entry, in the order of the pages. */
export const GUIDE: readonly GuideEntry[] = [
  ...PROPERTY_ENTRIES,
  ...FAULT_ENTRIES,
  ...DECISION_ENTRIES,
  ...GOAL_ENTRIES,
  ...SYMBOL_ENTRIES,
  ...EXIT_CODE_ENTRIES,
  ...ERROR_CODE_ENTRIES,
  ...REASON_ENTRIES,
  ...WORD_ENTRIES,
  ...NAME_ENTRIES,
  ...OUTPUT_ENTRIES,
  ...READING_ENTRIES,
  ...VANTAGE_ENTRIES,
  ...VALUE_ENTRIES,
];

/**
 * The entries that a text names, by id or title: `s9`, `QuotaOnce`, `crash` (of each system), `not-reached` for `not reached`, and
 * `livelock` for the reason `violation/livelock`. A field of a description is found by the end of its path too: `tables`, or
 * `database.tables`. A field of another document is found without its document if nothing else has that name.
 */
export function explain(text: string, entries: readonly GuideEntry[] = GUIDE): readonly GuideEntry[] {
  const wanted = plain(text.trim());
  if (wanted === '') return [];
  const isFieldOf = ({ id, kind }: GuideEntry, wantedKind: GuideKind): boolean =>
    kind === wantedKind && plain(id).endsWith(`.${wanted}`);
  const named = entries.filter((entry) => {
    const { id, kind, title } = entry;
    if (isFieldOf(entry, 'description field')) return true;
    const isPart = id.toLowerCase().startsWith(`${wanted} `) || (kind === 'reason' && plain(id).endsWith(`/${wanted}`));
    return isPart || [id, title].some((name) => plain(name) === wanted);
  });
  return named.length > 0 ? named : entries.filter((entry) => isFieldOf(entry, 'field'));
}

/** Makes a search ignore upper and lower case, and the difference between a space and a hyphen. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll('-', ' ');
}
