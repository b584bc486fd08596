// S3 Fenced: a system asks the provider to send a message only while it holds the message, not after the other system took it over.
import type { Checker } from '../formats/finding.ts';
import { type AuthorityRow, authorityRowsOf } from '../history/authority-rows.ts';
import type { EventOf } from '../formats/event.ts';
import { eventsOf } from '../history/events-of.ts';
import { messagesOf } from '../history/messages.ts';
import { mayPrecede, order } from '../history/ordering.ts';
import { createReport, nameOf, type CheckerReport } from './report.ts';

/** Checks for each attempt which system held the message when it began. S20 judges when the permission was committed. */
export const fenced: Checker = {
  property: 'S3',
  vantages: ['wire', 'database', 'authority'],
  check(history) {
    const report = createReport('S3');
    const { byItem } = messagesOf(history);
    for (const attempt of eventsOf(history, 'attempt')) {
      const message = byItem.get(attempt.item ?? '');
      if (message?.entry === undefined) continue;
      judge(report, { attempt, item: message.item, rows: authorityRowsOf(history, message.entry.messageUuid) });
    }
    return report.result();
  },
};

interface HeldAttempt {
  readonly attempt: EventOf<'attempt'>;
  readonly item: string;
  readonly rows: readonly AuthorityRow[];
}

function judge(report: CheckerReport, { attempt, item, rows }: HeldAttempt): void {
  const sent = `${nameOf(attempt.system)} asked the provider to send ${item}`;
  const isOwn = ({ holder }: AuthorityRow): boolean => holder === attempt.system;
  const own = rows.findLastIndex((row) => isOwn(row) && mayPrecede(row.row, attempt));
  const later = rows.slice(own + 1);
  if (!rows.some(isOwn)) {
    report.exercised();
    report.found(`${sent}, which it never held`, { items: [item], by: [attempt, ...later.map(({ row }) => row)] });
    return;
  }
  const taken = later.find(({ row }) => order(row, attempt) === 'before');
  if (taken === undefined && own !== -1 && later.some(({ row }) => mayPrecede(row, attempt))) {
    report.undecided(`whether the other system held ${item} when ${nameOf(attempt.system)} sent it`);
    return;
  }
  report.exercised();
  if (taken === undefined) return;
  report.found(`${sent}, which the other system held by then`, {
    items: [item],
    by: [attempt, rows[own]?.row, taken.row],
  });
}
