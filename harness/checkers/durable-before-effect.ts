// S20 DurableBeforeEffect: what permits a send is committed before the provider is asked.
import type { Checker } from '../formats/finding.ts';
import { authorityRowsOf } from '../history/authority-rows.ts';
import { eventsOf } from '../history/events-of.ts';
import { messagesOf } from '../history/messages.ts';
import { order } from '../history/ordering.ts';
import { createReport, nameOf } from './report.ts';

/** Asks of each attempt whether a commit that lets its system send came first. When it was granted is judged here, whose it was by S3. */
export const durableBeforeEffect: Checker = {
  property: 'S20',
  vantages: ['wire', 'database', 'authority'],
  check(history) {
    const report = createReport('S20');
    const { byItem } = messagesOf(history);
    for (const attempt of eventsOf(history, 'attempt')) {
      const message = byItem.get(attempt.item ?? '');
      if (message?.entry === undefined) continue;
      const permits = authorityRowsOf(history, message.entry.messageUuid).filter(
        ({ state, holder }) => state === 'SENDING' && holder === attempt.system,
      );
      const orders = new Set(permits.map(({ row }) => order(row, attempt)));
      // A send follows its permission within a millisecond, and two observers may not tell them apart: then it was no chance.
      if (!orders.has('before') && orders.has('undecided')) continue;
      report.exercised();
      if (orders.has('before')) continue;
      const when = permits.length === 0 ? 'without a committed permission' : 'before its permission was committed';
      report.found(`${nameOf(attempt.system)} asked the provider to send ${message.item} ${when}`, {
        items: [message.item],
        by: [attempt, ...permits.map(({ row }) => row)],
      });
    }
    return report.result();
  },
};
