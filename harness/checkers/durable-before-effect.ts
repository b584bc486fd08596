// S20 DurableBeforeEffect: the permission for a send is committed before the provider is asked.
import type { Checker } from '../formats/finding.ts';
import { authorityRowsOf } from '../history/authority-rows.ts';
import { eventsOf } from '../history/events-of.ts';
import { messagesOf } from '../history/messages.ts';
import { order } from '../history/ordering.ts';
import { createReport, nameOf } from './report.ts';

/** Checks for each attempt that its system's permission was committed before. S3 judges which system held the message. */
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
      // A send can follow its permission within a millisecond. An attempt that two observers cannot order does not exercise the property.
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
