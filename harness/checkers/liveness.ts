// L1 Terminal: every message ends. L2 NoFaultNoDoubt: a message without a fault nearby is sent once and never ends as unknown.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { callsWith } from '../history/calls.ts';
import { timesOf } from '../history/counted-words.ts';
import { eventsOf, isQuiescent } from '../history/events-of.ts';
import { mayHaveDisturbed, wasAnsweredLate } from '../history/excuse-windows.ts';
import { type EnteredMessage, messagesOf } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { mayBeRejected } from '../history/rejected-flags.ts';
import { type FinalLog, finalLogs } from '../history/rows.ts';
import { acceptsByItem, type Send, sendsByItem } from '../history/sends.ts';
import type { Span } from '../history/window.ts';
import { createReport } from './report.ts';

/** At quiescence every message is sent, not sent or unknown, and the log agrees with the provider. A message without any record is lost. */
export const terminal: Checker = {
  property: 'L1',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('L1');
    const entered = owed(history);
    if (!isQuiescent(history)) {
      for (const { item } of entered) report.undecided(`what happens to ${item}: the run did not reach quiescence`);
      return report.result();
    }
    const [logs, accepts, sends] = [finalLogs(history), acceptsByItem(history), sendsByItem(history)];
    for (const message of entered) {
      const log = logs.get(message.entry.messageUuid);
      const own = accepts.get(message.item) ?? [];
      const trouble = contradiction(log, own.length > 0);
      if (trouble === undefined) {
        report.exercised();
        continue;
      }
      if (own.length === 0 && (sends.get(message.item) ?? []).some((send: Send) => send.open)) {
        report.undecided(`what happened to ${message.item}: the provider has not answered an attempt`);
        continue;
      }
      report.exercised();
      report.found(`${message.item} ${trouble}`, { items: [message.item], by: [message.entry, ...own, log?.row] });
    }
    return report.result();
  },
};

function contradiction(log: FinalLog | undefined, isSent: boolean): string | undefined {
  if (log === undefined)
    return isSent ? 'was sent and has no final row in sms_logs' : 'is lost: it was not sent, and no record says so';
  if (log.status === 'unknown') return undefined;
  if (log.status === 'rejected') return isSent ? 'was sent, and sms_logs says it was rejected' : undefined;
  return isSent ? undefined : `is lost: sms_logs says it was ${log.status}, and it was never sent`;
}

/** A message that no fault was near is sent exactly once, and sms_logs does not call it unknown. */
export const noFaultNoDoubt: Checker = {
  property: 'L2',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('L2');
    if (!isQuiescent(history)) return report.result();
    const [logs, accepts] = [finalLogs(history), acceptsByItem(history)];
    const undisturbed = owed(history).filter(
      (message) =>
        !wasAnsweredLate(history, message.item) &&
        !mayHaveDisturbed(history, activity(history, message, logs.get(message.entry.messageUuid))),
    );
    for (const message of undisturbed) {
      report.exercised();
      const own = accepts.get(message.item) ?? [];
      const log = logs.get(message.entry.messageUuid);
      const shown = { items: [message.item], by: [message.entry, ...own, log?.row] };
      if (own.length !== 1) {
        report.found(
          `no fault touched ${message.item}, and it was ${own.length === 0 ? 'never sent' : `sent ${timesOf(own.length)}`}`,
          shown,
        );
      } else if (log?.status === 'unknown') {
        report.found(`no fault touched ${message.item}, and it ended as unknown`, shown);
      }
    }
    return report.result();
  },
};

/** The entered messages, without those that the system is allowed to reject because of their flag. */
function owed(history: History): readonly EnteredMessage[] {
  return messagesOf(history).entered.filter((message) => !mayBeRejected(history, message));
}

const ITEM_EVENTS = ['entry', 'attempt', 'accept', 'reject'] as const;

/** The latest time of the events that name each item. */
const lastSeen = perHistory((history) => {
  const times = new Map<string | null, number>();
  for (const kind of ITEM_EVENTS) {
    for (const { item, latest } of eventsOf(history, kind)) {
      times.set(item, Math.max(times.get(item) ?? Number.NEGATIVE_INFINITY, latest));
    }
  }
  return times;
});

/** From the entry of a message to its last event. Without a final log row it has no end: a fault may have affected it at any time since. */
function activity(history: History, message: EnteredMessage, log: FinalLog | undefined): Span {
  const { entry, item } = message;
  const endOfLog = log?.row.latest ?? Number.POSITIVE_INFINITY;
  let latest = Math.max(entry.latest, endOfLog, lastSeen(history).get(item) ?? entry.latest);
  for (const tap of ['front', 'back'] as const) {
    for (const call of callsWith(history, tap, entry.messageUuid)) latest = Math.max(latest, call.endMicros);
  }
  return { earliest: entry.statementEarliest, latest };
}
