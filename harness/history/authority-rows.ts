// What the rows of send_authority say of each message, in the order of their commits: who held it, and how far the send was.
import type { History } from '../formats/history.ts';
import { groupBy } from './group-by.ts';
import { perHistory } from './per-history.ts';
import { textIn } from './row-values.ts';
import { type Row, systemRowsOf } from './rows.ts';

/** One change of the authority over one message. */
export interface AuthorityRow {
  readonly row: Row;
  readonly messageUuid: string;
  /** A role, or another value that the system wrote. */
  readonly holder: string;
  readonly state: string;
}

/** The changes of the authority over one message; a row that was deleted is none. */
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
