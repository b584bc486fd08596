// L7 ClaimsEnd: a claim on a message ends, by a send or because another attempt takes it over.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from '../history/events-of.ts';
import { aftermathMicros } from '../history/excuse-windows.ts';
import { groupBy } from '../history/group-by.ts';
import { messagesOf } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { imageOf, type Row, rowsOf } from '../history/rows.ts';
import { textIn } from '../history/row-values.ts';
import { createReport } from './report.ts';

/** The states in which a system holds a message exclusively, and the outcome of its send is not recorded yet. */
const HELD: ReadonlySet<string> = new Set(['CLAIMED', 'SENDING']);

/** At quiescence no claim is older than the longest wait of a system: by then its holder has finished or is dead. */
export const claimsEnd: Checker = {
  property: 'L7',
  vantages: ['database', 'authority'],
  check(history) {
    const report = createReport('L7');
    const [quiescent] = eventsOf(history, 'quiescent');
    for (const [messageUuid, rows] of changesByUuid(history)) {
      const last = rows.findLast((row) => quiescent === undefined || row.earliest <= quiescent.latest);
      if (last === undefined) continue;
      const item = messagesOf(history).itemOf(messageUuid)?.item ?? messageUuid;
      const state = textIn(last.after, 'state');
      if (!HELD.has(state)) {
        report.exercised();
        continue;
      }
      const limitMicros = aftermathMicros(history);
      if (quiescent === undefined || quiescent.earliest - last.latest <= limitMicros) {
        report.undecided(`whether the claim on ${item} ends: the run ended before it had to`);
        continue;
      }
      report.exercised();
      const seconds = (quiescent.earliest - last.latest) / 1_000_000;
      report.found(
        `${item} was still ${state} ${seconds.toFixed(1)} s after it was claimed, and neither system could send it`,
        {
          items: [item],
          by: [...rows, quiescent],
        },
      );
    }
    return report.result();
  },
};

/** The changes of the authority of each message, in order. */
const changesByUuid: (history: History) => ReadonlyMap<string, readonly Row[]> = perHistory((history) =>
  groupBy(rowsOf(history, 'send_authority'), (row) => textIn(imageOf(row), 'message_uuid')),
);
