// Which messages race with those of a finding: two transactions of different messages wrote the same row, and their spans overlap.
import type { Finding } from '../../formats/finding.ts';
import type { History } from '../../formats/history.ts';
import { groupBy } from '../group-by.ts';
import { type Messages, messagesOf } from '../messages.ts';
import { textIn } from '../row-values.ts';
import { imageOf, type Row, systemRowsOf } from '../rows.ts';
import { eventsOf } from '../events-of.ts';

/** The races around a finding. */
export interface Races {
  /** The items that raced with those of the finding. */
  readonly rivals: ReadonlySet<string>;
  /** The contested rows by their `seq`, each with the items whose transaction wrote it. */
  readonly contested: ReadonlyMap<number, readonly string[]>;
}

/** The rows of one transaction, with their items, and the time from its first statement to its commit. */
interface WrittenTogether {
  readonly rows: readonly Row[];
  readonly items: readonly string[];
  readonly earliest: number;
  readonly latest: number;
}

const NO_RACES: Races = { rivals: new Set(), contested: new Map() };

/** The races of the transactions that witness a finding. Other transactions may overlap too, but they explain nothing. */
export function racesOf(history: History, finding: Finding | undefined): Races {
  if (finding === undefined) return NO_RACES;
  const witnesses = new Set(finding.witnesses);
  const transactions = transactionsOf(history);
  const rivals = new Set<string>();
  const contested = new Map<number, readonly string[]>();
  for (const own of transactions) {
    if (!own.rows.some(({ seq }) => witnesses.has(seq))) continue;
    for (const other of transactions) {
      if (!isRival(own, other)) continue;
      const shared = sharedRows(own, other);
      if (shared.length > 0) for (const item of other.items) rivals.add(item);
      for (const [row, items] of shared) contested.set(row.seq, items);
    }
  }
  return { rivals, contested };
}

function transactionsOf(history: History): WrittenTogether[] {
  const messages = messagesOf(history);
  const rows = eventsOf(history, 'row').filter((row) => systemRowsOf(history, row.table).includes(row));
  return [...groupBy(rows, ({ transaction }) => transaction).values()].map((written) => ({
    rows: written,
    items: itemsOf(messages, written),
    earliest: Math.min(...written.map(({ statementEarliest }) => statementEarliest)),
    latest: Math.max(...written.map(({ latest }) => latest)),
  }));
}

function itemsOf(messages: Messages, rows: readonly Row[]): string[] {
  const uuids = rows.map((row) => textIn(imageOf(row), 'message_uuid'));
  return [...new Set(uuids.flatMap((messageUuid) => messages.itemOf(messageUuid)?.item ?? []))];
}

function isRival(own: WrittenTogether, other: WrittenTogether): boolean {
  const isOverlapping = own.earliest <= other.latest && other.earliest <= own.latest;
  return own !== other && isOverlapping && !own.items.some((item) => other.items.includes(item));
}

/** The changes of rows that both transactions wrote, each with the items of its transaction. */
function sharedRows(own: WrittenTogether, other: WrittenTogether): [Row, readonly string[]][] {
  const isSame = (left: Row, right: Row): boolean => left.table === right.table && left.key === right.key;
  const inBoth = (mine: WrittenTogether, theirs: WrittenTogether): [Row, readonly string[]][] =>
    mine.rows.filter((row) => theirs.rows.some((candidate) => isSame(row, candidate))).map((row) => [row, mine.items]);
  return [...inBoth(own, other), ...inBoth(other, own)];
}
