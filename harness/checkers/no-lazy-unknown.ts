// L4 NoLazyUnknown: a message ends as unknown only if something that can leave doubt happened while it was being sent.
import type { HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { authorityRowsOf } from '../history/authority-rows.ts';
import { isQuiescent } from '../history/events-of.ts';
import { mayHaveLeftDoubt, wasAnsweredLate } from '../history/excuse-windows.ts';
import { groupBy } from '../history/group-by.ts';
import { type EnteredMessage, messagesOf } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { textIn } from '../history/row-values.ts';
import { finalLogs, type Row, statusOf, systemRowsOf } from '../history/rows.ts';
import { sendsByItem } from '../history/sends.ts';
import type { Span } from '../history/window.ts';
import { createReport } from './report.ts';

/** Looks for doubt without a cause. A message that something may have left in doubt does not exercise the property. */
export const noLazyUnknown: Checker = {
  property: 'L4',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('L4');
    if (!isQuiescent(history)) return report.result();
    for (const message of messagesOf(history).entered) {
      const [first] = unknownRows(history).get(message.entry.messageUuid) ?? [];
      const span = sendingOf(history, message, first);
      if (span === undefined || mayHaveLeftDoubt(history, span) || wasAnsweredLate(history, message.item)) continue;
      report.exercised();
      if (first === undefined) continue;
      const sends = sendsByItem(history).get(message.item) ?? [];
      const by: (HistoryEvent | undefined)[] = sends.flatMap(({ attempt, accept, reject }) => [
        attempt,
        accept,
        reject,
      ]);
      report.found(`${message.item} ended as unknown in ${first.table}, and nothing had left it in doubt`, {
        items: [message.item],
        by: [first, ...by],
      });
    }
    return report.result();
  },
};

/** The rows that call a message unknown, in either log or in the authority. */
const unknownRows: (history: History) => ReadonlyMap<string, readonly Row[]> = perHistory((history) =>
  groupBy(
    [
      ...systemRowsOf(history, 'send_authority').filter(({ after }) => textIn(after, 'state') === 'UNKNOWN'),
      ...systemRowsOf(history, 'go_sms_logs').filter(({ after }) => statusOf(after) === 'unknown'),
      ...systemRowsOf(history, 'sms_logs').filter(({ after }) => statusOf(after) === 'unknown'),
    ],
    ({ after }) => textIn(after, 'message_uuid'),
  ),
);

/** From the commit, or the attempt, that begins the send to its outcome; undefined for a message that was neither sent nor unknown. */
function sendingOf(history: History, { item, entry }: EnteredMessage, unknown: Row | undefined): Span | undefined {
  const rows = authorityRowsOf(history, entry.messageUuid);
  const begun = rows.findIndex(({ state }) => state === 'SENDING');
  const [first] = sendsByItem(history).get(item) ?? [];
  // A system that does not show its authority may have begun to send as soon as the message had entered.
  const isHidden = unknown !== undefined && !history.vantages.includes('authority');
  const earliest = isHidden
    ? entry.statementEarliest
    : (rows[begun]?.row.statementEarliest ?? first?.attempt.earliest ?? unknown?.statementEarliest);
  if (earliest === undefined) return undefined;
  const ended = rows.slice(begun + 1).find(({ state }) => begun !== -1 && state !== 'SENDING')?.row;
  const end = ended ?? unknown ?? finalLogs(history).get(entry.messageUuid)?.row;
  return { earliest, latest: end?.latest ?? Number.POSITIVE_INFINITY };
}
