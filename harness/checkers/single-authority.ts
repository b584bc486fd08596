// S2 SingleAuthority: only one system ever makes an attempt for a message that the provider may have accepted.
import { ROLES } from '../../src/contract/message.ts';
import type { Checker } from '../formats/finding.ts';
import { isQuiescent } from '../history/events-of.ts';
import { sendsByItem } from '../history/sends.ts';
import { createReport } from './report.ts';

/** Looks for items with possibly accepted attempts of both systems. A definite refusal leaves the way free for the other one. */
export const singleAuthority: Checker = {
  property: 'S2',
  vantages: ['wire'],
  check(history) {
    const report = createReport('S2');
    for (const [item, sends] of sendsByItem(history)) {
      const possible = sends.filter((send) => send.possiblyAccepted);
      if (possible.length === 0) continue;
      const bySystem = ROLES.map((system) => possible.filter((send) => send.attempt.system === system));
      if (bySystem.some((group) => group.length === 0)) {
        report.exercised();
        continue;
      }
      // While the provider may still refuse all attempts of one system, the other one may yet prove to be alone.
      if (!isQuiescent(history) && bySystem.some((group) => group.every((send) => send.open))) {
        report.undecided(`${item} was tried by both systems, and the provider has not answered one of them`);
        continue;
      }
      report.exercised();
      report.found(`${item} was tried by both systems, and the provider refused neither for certain`, {
        items: [item],
        by: possible.flatMap((send) => [send.attempt, send.accept, send.reject]),
      });
    }
    return report.result();
  },
};
