// S17 ReconciliationIsTrue: the reconciliation reports exactly the differences between the two logs.
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from '../history/events-of.ts';
import { groupBy } from '../history/group-by.ts';
import { messagesOf } from '../history/messages.ts';
import { order } from '../history/ordering.ts';
import { perHistory } from '../history/per-history.ts';
import { textIn } from '../history/row-values.ts';
import { imageOf, type Row, rowsOf } from '../history/rows.ts';
import { type LogDifference, loggedUuids, logRowsOf, possibleDifferences, unsettledUuids } from './log-differences.ts';
import { createReport, listed, type CheckerReport } from './report.ts';

/** Compares each report with the rows that were committed when it was made. A row that was just being written allows both answers. */
export const reconciliationIsTrue: Checker = {
  property: 'S17',
  vantages: ['wire', 'database', 'reconciliation'],
  check(history) {
    const report = createReport('S17');
    const answers = eventsOf(history, 'reconciliation');
    for (const answer of answers) {
      // For one answer, it is cheaper to check every message than to sort the messages.
      const unsettled = answers.length === 1 ? loggedUuids(history) : unsettledUuids(history, answer);
      checkAnswer(history, report, { answer, unsettled });
    }
    return report.result();
  },
};

type Answer = EventOf<'reconciliation'>;

/** An answer, and the messages about which the logs may differ. */
interface Asked {
  readonly answer: Answer;
  readonly unsettled: Iterable<string>;
}

function checkAnswer(history: History, report: CheckerReport, { answer, unsettled }: Asked): void {
  if (answer.mismatches === null) {
    // Before quiescence a fault may have prevented the answer.
    if (!isAfterQuiescence(history, answer)) return;
    report.exercised();
    report.found('the reconciliation did not answer', { items: [], by: [answer] });
    return;
  }
  const said = groupBy(answer.mismatches, ({ messageUuid }) => messageUuid);
  const logged = loggedUuids(history);
  let rightlyOmitted = logged.size;
  for (const messageUuid of new Set([...unsettled, ...said.keys()])) {
    if (logged.has(messageUuid)) rightlyOmitted -= 1;
    if (foreignUuids(history).has(messageUuid)) continue;
    const kinds = (said.get(messageUuid) ?? []).map(({ kind }) => kind).toSorted();
    checkMessage(history, report, { answer, messageUuid, kinds });
  }
  report.exercised(rightlyOmitted);
}

function checkMessage(
  history: History,
  report: CheckerReport,
  { answer, messageUuid, kinds }: { answer: Answer; messageUuid: string; kinds: LogDifference },
): void {
  const possible = possibleDifferences(history, messageUuid, answer);
  const item = messagesOf(history).itemOf(messageUuid)?.item ?? null;
  const isTrue = possible.some((difference) => difference.join() === kinds.join());
  if (isTrue && possible.length > 1) {
    report.undecided(`what the logs said about ${item ?? messageUuid} when they were reconciled`);
    return;
  }
  report.exercised();
  if (isTrue) return;
  const due = possible.map(wordsOf).join(' or ');
  report.found(`the reconciliation reports ${wordsOf(kinds)} for ${item ?? messageUuid}, and the logs show ${due}`, {
    items: [item],
    by: [answer, ...logRowsOf(history, messageUuid)],
  });
}

function wordsOf(kinds: LogDifference): string {
  return kinds.length === 0 ? 'no mismatch' : listed(kinds);
}

function isAfterQuiescence(history: History, answer: Answer): boolean {
  return eventsOf(history, 'quiescent').some((quiescent) => order(quiescent, answer) === 'before');
}

const LOGS: readonly string[] = ['sms_logs', 'go_sms_logs'];

/** The uuids in late rows of other runs. */
const foreignUuids = perHistory((history) => {
  const uuidsIn = (rows: readonly Row[]): string[] => rows.map((row) => textIn(imageOf(row), 'message_uuid'));
  const own = new Set(LOGS.flatMap((table) => uuidsIn(rowsOf(history, table))));
  const all = uuidsIn(eventsOf(history, 'row').filter(({ table }) => LOGS.includes(table)));
  return new Set(all.filter((messageUuid) => !own.has(messageUuid)));
});
