// S5 DryRunPurity: a rehearsal has no effect: nothing is sent or logged as sent for it. S9 judges what a message in SHADOW costs.
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { requestsWith } from '../history/calls.ts';
import { timesOf } from '../history/counted-words.ts';
import { isQuiescent } from '../history/events-of.ts';
import { mayHaveDisturbed } from '../history/excuse-windows.ts';
import { groupBy } from '../history/group-by.ts';
import { type EnteredMessage, messagesOf, type TrackedMessage } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { textIn } from '../history/row-values.ts';
import { finalLogs, systemRowsOf } from '../history/rows.ts';
import { acceptsByItem, sendsByItem } from '../history/sends.ts';
import { twinsOf } from '../history/twins.ts';
import { createReport, type CheckerReport } from './report.ts';

/** Judges each message that the service was asked only to rehearse, and compares the outcomes of twins, of which one is rehearsed. */
export const dryRunPurity: Checker = {
  property: 'S5',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S5');
    for (const message of messagesOf(history).entered) {
      const requests = requestsWith(history, message.entry.messageUuid);
      if (requests.length > 0 && requests.every(({ dryRun }) => dryRun === true))
        judge(history, report, { message, requests });
    }
    if (isQuiescent(history)) checkTwins(history, report);
    return report.result();
  },
};

interface Rehearsed {
  readonly message: EnteredMessage;
  readonly requests: readonly EventOf<'request'>[];
}

function judge(history: History, report: CheckerReport, { message, requests }: Rehearsed): void {
  const { item, entry } = message;
  report.exercised();
  const attempts = (sendsByItem(history).get(item) ?? []).flatMap(({ attempt }) =>
    attempt.system === 'service' ? [attempt] : [],
  );
  if (attempts.length > 0) {
    report.found(`${item} was requested only as a rehearsal, and the service tried to send it`, {
      items: [item],
      by: [...requests, ...attempts],
    });
  }
  const rows = rowsOfEffect(history).get(entry.messageUuid) ?? [];
  if (rows.length > 0) {
    report.found(`${item} was requested only as a rehearsal, and sms_logs has a row by the service`, {
      items: [item],
      by: [...requests, ...rows],
    });
  }
}

/** Rows of sms_logs that say that the service handled a message, by its uuid. */
const rowsOfEffect = perHistory((history) =>
  groupBy(systemRowsOf(history, 'sms_logs'), ({ after }) =>
    textIn(after, 'source') === 'go' ? textIn(after, 'message_uuid') : undefined,
  ),
);

/** A message in SHADOW must have the same outcome as its twin in OFF, if no fault was near either of them. */
function checkTwins(history: History, report: CheckerReport): void {
  for (const { off, shadow } of twinsOf(history)) {
    for (const [place, own] of off.messages.entries()) {
      const twin = shadow.messages[place];
      if (twin === undefined || [own, twin].some((message) => isDisturbed(history, message))) continue;
      report.exercised();
      const [outcome, mirror] = [outcomeOf(history, own), outcomeOf(history, twin)];
      if (outcome === mirror) continue;
      report.found(`${twin.item} was ${mirror} in SHADOW, and ${own.item}, its twin in OFF, was ${outcome}`, {
        items: [own.item, twin.item],
        by: [own, twin].flatMap(({ item, entry }) => [entry, ...(acceptsByItem(history).get(item) ?? [])]),
      });
    }
  }
}

function isDisturbed(history: History, { entry }: TrackedMessage): boolean {
  if (entry === undefined) return true;
  const latest = entry.latest + history.tolerances.livenessMs * 1_000;
  return mayHaveDisturbed(history, { earliest: entry.statementEarliest, latest });
}

/** The outcome of a message in words: how often it was sent, and its status in sms_logs. */
function outcomeOf(history: History, { item, entry }: TrackedMessage): string {
  const sent = acceptsByItem(history).get(item)?.length ?? 0;
  const status = finalLogs(history).get(entry?.messageUuid ?? '')?.status ?? 'not logged';
  return `sent ${timesOf(sent)} and ${status}`;
}
