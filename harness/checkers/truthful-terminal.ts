// S12 TruthfulTerminal: the provider never accepts a message that an answer or a log calls rejected, it accepts one that they call
// accepted, and they call a message unknown only if something left its outcome in doubt.
import type { HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { authorityRowsOf } from '../history/authority-rows.ts';
import { isQuiescent } from '../history/events-of.ts';
import { mayHaveLeftDoubt, wasAnsweredLate } from '../history/excuse-windows.ts';
import { groupBy } from '../history/group-by.ts';
import { knownEndOf, type NamedMessage } from '../history/known-end.ts';
import { messagesOf, showsUuids } from '../history/messages.ts';
import { liveResults } from '../history/results.ts';
import { textIn } from '../history/row-values.ts';
import { statusOf, systemRowsOf } from '../history/rows.ts';
import { acceptsByItem, sendsByItem } from '../history/sends.ts';
import { createReport, listed, type CheckerReport } from './report.ts';

const TERMINALS = ['accepted', 'rejected', 'unknown'] as const;

type Terminal = (typeof TERMINALS)[number];

/** The terminal status of one message in one place, such as an answer or a log. */
interface Word {
  readonly messageUuid: string;
  readonly status: Terminal;
  readonly place: string;
  readonly event: HistoryEvent;
}

/** Compares the terminal statuses in live answers and in both logs with the provider's acceptances. Rehearsals are left out. */
export const truthfulTerminal: Checker = {
  property: 'S12',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S12');
    for (const [messageUuid, words] of groupBy(wordsOf(history), (word) => word.messageUuid)) {
      const item = messagesOf(history).itemOf(messageUuid)?.item;
      for (const status of TERMINALS) {
        const agreeing = words.filter((word) => word.status === status);
        if (agreeing.length === 0) continue;
        if (item !== undefined) judge(history, report, { item, messageUuid, status, words: agreeing });
        else if (showsUuids(history))
          report.undecided(`which message ended as ${status}: the uuid ${messageUuid} belongs to no item`);
      }
    }
    return report.result();
  },
};

/** A message, and the places that agree on its terminal status. */
interface Said extends NamedMessage {
  readonly status: Terminal;
  readonly words: readonly Word[];
}

function judge(history: History, report: CheckerReport, said: Said): void {
  if (said.status === 'unknown') judgeDoubt(history, report, said);
  else judgeEnd(history, report, said);
}

/** The provider must have accepted a message that is called accepted, and must not have accepted one that is called rejected. */
function judgeEnd(history: History, report: CheckerReport, { item, status, words }: Said): void {
  const accepts = acceptsByItem(history).get(item) ?? [];
  const isTrue = accepts.length > 0 === (status === 'accepted');
  // The provider may still accept the message.
  if (accepts.length === 0 && !isQuiescent(history)) {
    report.undecided(`whether ${item}, which ended as ${status}, will be accepted by the provider`);
    return;
  }
  report.exercised();
  if (isTrue) return;
  const truth = status === 'accepted' ? 'the provider never accepted it' : 'the provider had accepted it';
  report.found(`${item} is ${status} in ${placesOf(words)}, and ${truth}`, {
    items: [item],
    by: [...words.map(({ event }) => event), ...accepts],
  });
}

/** A message that something may have left in doubt is rightly called unknown, and does not exercise the property. */
function judgeDoubt(history: History, report: CheckerReport, said: Said): void {
  const { item, words } = said;
  if (!isQuiescent(history)) {
    report.undecided(`whether anything has left ${item} in doubt, which ended as unknown`);
    return;
  }
  const latest = Math.max(...words.map(({ event }) => event.latest));
  const span = { earliest: beginningOf(history, said), latest };
  if (mayHaveLeftDoubt(history, span) || wasAnsweredLate(history, item)) return;
  const end = knownEndOf(history, said);
  if (end === undefined) return;
  report.exercised();
  report.found(`${item} is unknown in ${placesOf(words)}, ${end.words}, and nothing had left it in doubt`, {
    items: [item],
    by: [...words.map(({ event }) => event), ...end.by],
  });
}

/** The earliest time at which the send began; 0 for a message that was never sent. */
function beginningOf(history: History, { item, messageUuid }: NamedMessage): number {
  const begun = authorityRowsOf(history, messageUuid).find(({ state }) => state === 'SENDING');
  const [first] = sendsByItem(history).get(item) ?? [];
  return begun?.row.statementEarliest ?? first?.attempt.earliest ?? 0;
}

function placesOf(words: readonly Word[]): string {
  return listed([...new Set(words.map(({ place }) => place))]);
}

function wordsOf(history: History): Word[] {
  const words: Word[] = [];
  const add = (messageUuid: string, status: string, said: Pick<Word, 'place' | 'event'>): void => {
    const terminal = TERMINALS.find((candidate) => candidate === status);
    if (terminal !== undefined) words.push({ messageUuid, status: terminal, ...said });
  };
  for (const { messageUuid, status, answer } of liveResults(history)) {
    add(messageUuid, status, { place: 'an answer', event: answer });
  }
  for (const table of ['sms_logs', 'go_sms_logs']) {
    for (const row of systemRowsOf(history, table)) {
      if (textIn(row.after, 'dry_run') === 'true') continue;
      add(textIn(row.after, 'message_uuid'), statusOf(row.after), { place: table, event: row });
    }
  }
  return words;
}
