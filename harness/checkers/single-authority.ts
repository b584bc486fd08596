// S2 SingleAuthority: for each message, the attempts that the provider may have accepted are those of one system.
import { ROLES } from '../../src/contract/message.ts';
import type { Checker } from '../formats/finding.ts';
import { isQuiescent } from '../history/events-of.ts';
import { sendsByItem } from '../history/sends.ts';
import { createReport } from './report.ts';

/** Looks for items with possibly accepted attempts of both systems. After a definite refusal the other system is allowed to try. */
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
      // The provider may still refuse all attempts of one system; then only those of the other one count.
      if (!isQuiescent(history) && bySystem.some((group) => group.every((send) => send.open))) {
        report.undecided(`${item} was tried by both systems, and the provider has not answered one of them`);
        continue;
      }
      report.exercised();
      report.found(`${item} was tried by both systems, and the provider definitely refused neither`, {
        items: [item],
        by: possible.flatMap((send) => [send.attempt, send.accept, send.reject]),
      });
    }
    return report.result();
  },
};
