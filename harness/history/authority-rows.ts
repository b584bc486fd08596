// The rows of send_authority for each message, in commit order: who held the message, and the state of its send.
import type { History } from '../formats/history.ts';
import { groupBy } from './group-by.ts';
import { perHistory } from './per-history.ts';
import { textIn } from './row-values.ts';
import { type Row, systemRowsOf } from './rows.ts';

/** One insert or update of a message's row of send_authority. */
export interface AuthorityRow {
  readonly row: Row;
  readonly messageUuid: string;
  /** A role, unless the system wrote another value. */
  readonly holder: string;
  readonly state: string;
}

/** The inserts and updates of the message's row; deletions are left out. */
export function authorityRowsOf(history: History, messageUuid: string): readonly AuthorityRow[] {
  return byUuid(history).get(messageUuid) ?? NONE;
}

const NONE: readonly AuthorityRow[] = [];

const byUuid: (history: History) => ReadonlyMap<string, readonly AuthorityRow[]> = perHistory((history) =>
  groupBy(
    systemRowsOf(history, 'send_authority')
      .filter(({ after }) => after !== null)
      .map((row) => ({
        row,
        messageUuid: textIn(row.after, 'message_uuid'),
        holder: textIn(row.after, 'holder'),
        state: textIn(row.after, 'state'),
      })),
    ({ messageUuid }) => messageUuid,
  ),
);
