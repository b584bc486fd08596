// How a message ended, as far as it is known: from the provider's answers, or from what the system wrote.
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { authorityRowsOf } from './authority-rows.ts';
import { groupBy } from './group-by.ts';
import { perHistory } from './per-history.ts';
import { textIn } from './row-values.ts';
import { type Row, systemRowsOf } from './rows.ts';
import { acceptsByItem, sendsByItem } from './sends.ts';

/** A message by its item and its uuid. */
export interface NamedMessage {
  readonly item: string;
  readonly messageUuid: string;
}

/** How a message ended, with the events that show it. */
export interface KnownEnd {
  /** The last clause of a sentence, such as `the provider had accepted it`. */
  readonly words: string;
  readonly by: readonly HistoryEvent[];
}

/** The end of a message; undefined while neither the provider nor the authority nor the ledger shows it. */
export function knownEndOf(history: History, { item, messageUuid }: NamedMessage): KnownEnd | undefined {
  const accepts = acceptsByItem(history).get(item) ?? [];
  if (accepts.length > 0) return { words: 'the provider had accepted it', by: accepts };
  const sends = sendsByItem(history).get(item) ?? [];
  if (sends.length > 0 && sends.every(({ possiblyAccepted }) => !possiblyAccepted)) {
    return { words: 'the provider had refused it', by: sends.flatMap(({ reject }) => reject ?? []) };
  }
  const settled = authorityRowsOf(history, messageUuid).find(({ state }) => SETTLED.has(state));
  if (settled !== undefined) return { words: `send_authority says ${settled.state}`, by: [settled.row] };
  const [ended] = endsInLedger(history).get(messageUuid) ?? [];
  return ended && { words: `quota_ledger says ${textIn(ended.after, 'state')}`, by: [ended] };
}

const SETTLED: ReadonlySet<string> = new Set(['SENT', 'NOT_SENT']);

const endsInLedger: (history: History) => ReadonlyMap<string, readonly Row[]> = perHistory((history) =>
  groupBy(
    systemRowsOf(history, 'quota_ledger').filter(({ after }) => ENDED.has(textIn(after, 'state'))),
    ({ after }) => textIn(after, 'message_uuid'),
  ),
);

const ENDED: ReadonlySet<string> = new Set(['charged', 'released']);
