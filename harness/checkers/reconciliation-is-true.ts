// S17 ReconciliationIsTrue: what the reconciliation reports is how the two logs differ, no more and no less.
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

/** Holds each report against the rows that were committed when it was made. A row that was just being written allows both answers. */
export const reconciliationIsTrue: Checker = {
  property: 'S17',
  vantages: ['wire', 'database', 'reconciliation'],
  check(history) {
    const report = createReport('S17');
    const answers = eventsOf(history, 'reconciliation');
    for (const answer of answers) {
      // To sort the messages costs more than to hold one answer against each of them.
      const unsettled = answers.length === 1 ? loggedUuids(history) : unsettledUuids(history, answer);
      checkAnswer(history, report, { answer, unsettled });
    }
    return report.result();
  },
};

type Answer = EventOf<'reconciliation'>;

/** An answer, and the messages of which it may rightly say something. */
interface Asked {
  readonly answer: Answer;
  readonly unsettled: Iterable<string>;
}

function checkAnswer(history: History, report: CheckerReport, { answer, unsettled }: Asked): void {
  if (answer.mismatches === null) {
    // Beside traffic a fault may have kept the answer away.
    if (!isAtRest(history, answer)) return;
    report.exercised();
    report.found('the reconciliation did not answer', { items: [], by: [answer] });
    return;
  }
  const said = groupBy(answer.mismatches, ({ messageUuid }) => messageUuid);
  const logged = loggedUuids(history);
  let rightlyUnsaid = logged.size;
  for (const messageUuid of new Set([...unsettled, ...said.keys()])) {
    if (logged.has(messageUuid)) rightlyUnsaid -= 1;
    if (foreignUuids(history).has(messageUuid)) continue;
    const kinds = (said.get(messageUuid) ?? []).map(({ kind }) => kind).toSorted();
    checkMessage(history, report, { answer, messageUuid, kinds });
  }
  report.exercised(rightlyUnsaid);
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
    report.undecided(`what the logs said of ${item ?? messageUuid} when they were reconciled`);
    return;
  }
  report.exercised();
  if (isTrue) return;
  const due = possible.map(wordsOf).join(' or ');
  report.found(`the reconciliation reports ${wordsOf(kinds)} of ${item ?? messageUuid}, and ${due} was true`, {
    items: [item],
    by: [answer, ...logRowsOf(history, messageUuid)],
  });
}

function wordsOf(kinds: LogDifference): string {
  return kinds.length === 0 ? 'nothing' : listed(kinds);
}

function isAtRest(history: History, answer: Answer): boolean {
  return eventsOf(history, 'quiescent').some((quiescent) => order(quiescent, answer) === 'before');
}

const LOGS: readonly string[] = ['sms_logs', 'go_sms_logs'];

/** The uuids of late remains of other runs. */
const foreignUuids = perHistory((history) => {
  const uuidsIn = (rows: readonly Row[]): string[] => rows.map((row) => textIn(imageOf(row), 'message_uuid'));
  const own = new Set(LOGS.flatMap((table) => uuidsIn(rowsOf(history, table))));
  const all = uuidsIn(eventsOf(history, 'row').filter(({ table }) => LOGS.includes(table)));
  return new Set(all.filter((messageUuid) => !own.has(messageUuid)));
});
