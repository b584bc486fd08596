// S11 TruthfulDuplicate: the service calls a message a duplicate only after the provider has accepted it.
import type { Checker } from '../formats/finding.ts';
import { messagesOf } from '../history/messages.ts';
import { order } from '../history/ordering.ts';
import { liveResults } from '../history/results.ts';
import { acceptsByItem, sendsByItem } from '../history/sends.ts';
import { createReport } from './report.ts';

/** Compares each `duplicate` in a live answer with the provider's acceptances, by either system. */
export const truthfulDuplicate: Checker = {
  property: 'S11',
  vantages: ['wire', 'duplicates'],
  check(history) {
    const report = createReport('S11');
    for (const { messageUuid, status, answer } of liveResults(history)) {
      if (status !== 'duplicate') continue;
      const item = messagesOf(history).itemOf(messageUuid)?.item;
      if (item === undefined) {
        report.undecided(`which message a duplicate is: the uuid ${messageUuid} belongs to no item`);
        continue;
      }
      const orders = new Set((acceptsByItem(history).get(item) ?? []).map((accept) => order(accept, answer)));
      if (!orders.has('before') && orders.has('undecided')) {
        report.undecided(`whether ${item} had been accepted when the service called it a duplicate`);
        continue;
      }
      report.exercised();
      if (orders.has('before')) continue;
      const sends = sendsByItem(history).get(item) ?? [];
      report.found(`the service called ${item} a duplicate, and the provider had not accepted it`, {
        items: [item],
        by: [answer, ...sends.flatMap(({ attempt, accept, reject }) => [attempt, accept, reject])],
      });
    }
    return report.result();
  },
};
