// S1 AtMostOnce: the provider accepts a message at most once, over both systems, all retries and the whole run.
import type { Checker } from '../formats/finding.ts';
import { timesOf } from '../history/counted-words.ts';
import { isQuiescent } from '../history/events-of.ts';
import { acceptsByItem, sendsByItem } from '../history/sends.ts';
import { createReport, listed, nameOf } from './report.ts';

/** Counts the provider's acceptances of each item. The recipient identifies the item, since the systems may have changed its uuid. */
export const atMostOnce: Checker = {
  property: 'S1',
  vantages: ['wire'],
  check(history) {
    const report = createReport('S1');
    const sends = sendsByItem(history);
    for (const [item, accepts] of acceptsByItem(history)) {
      const open = (sends.get(item) ?? []).filter((send) => send.open);
      if (accepts.length > 1) {
        report.exercised();
        const by = accepts.map((accept) => `by ${nameOf(accept.system)} (${accept.providerMessageId})`);
        report.found(`${item} was accepted ${timesOf(accepts.length)}: ${listed(by)}`, { items: [item], by: accepts });
      } else if (open.length > 0 && !isQuiescent(history)) {
        report.undecided(`${item} was accepted once, and the provider has not answered another attempt`);
      } else report.exercised();
    }
    return report.result();
  },
};
