// S12 TruthfulTerminal: what any answer or log calls rejected is never accepted by the provider, what it calls accepted is, and it calls
// unknown only what something left in doubt or nobody knows.
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
import { createReport, listed, type Report } from './report.ts';

const TERMINALS = ['accepted', 'rejected', 'unknown'] as const;

type Terminal = (typeof TERMINALS)[number];

/** What one place says of the end of one message. */
interface Word {
  readonly messageUuid: string;
  readonly status: Terminal;
  readonly place: string;
  readonly event: HistoryEvent;
}

/** Holds the terminal words of live answers and of both logs against the provider's acceptances. Rehearsals are left out. */
export const truthfulTerminal: Checker = {
  property: 'S12',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S12');
    for (const words of groupBy(wordsOf(history), ({ messageUuid }) => messageUuid).values()) {
      for (const terminal of TERMINALS) {
        const agreeing = words.filter(({ status }) => status === terminal);
        if (terminal === 'unknown') judgeDoubt(history, report, agreeing);
        else judge(history, report, agreeing);
      }
    }
    return report.result();
  },
};

/** Judges the words of one message that agree on how it ended. */
function judge(history: History, report: Report, words: readonly Word[]): void {
  const [first] = words;
  if (first === undefined) return;
  const message = messagesOf(history).itemOf(first.messageUuid);
  if (message === undefined) {
    if (!showsUuids(history)) return;
    report.undecided(`which message ended as ${first.status}: the uuid ${first.messageUuid} was given to no item`);
    return;
  }
  const { item } = message;
  const accepts = acceptsByItem(history).get(item) ?? [];
  const isTrue = accepts.length > 0 === (first.status === 'accepted');
  // What was not accepted yet may still be.
  if (accepts.length === 0 && !isQuiescent(history)) {
    report.undecided(`whether ${item}, which ended as ${first.status}, will be accepted by the provider`);
    return;
  }
  report.exercised();
  if (isTrue) return;
  const truth = first.status === 'accepted' ? 'the provider never accepted it' : 'the provider had accepted it';
  report.found(`${item} is ${first.status} in ${placesOf(words)}, and ${truth}`, {
    items: [item],
    by: [...words.map(({ event }) => event), ...accepts],
  });
}

/** Judges the words of one message that call it unknown. What something may have left in doubt, or what nobody knows, is no chance. */
function judgeDoubt(history: History, report: Report, words: readonly Word[]): void {
  const [first] = words;
  if (first === undefined) return;
  const message = messagesOf(history).itemOf(first.messageUuid);
  if (message === undefined) {
    if (!showsUuids(history)) return;
    report.undecided(`which message ended as unknown: the uuid ${first.messageUuid} was given to no item`);
    return;
  }
  const subject = { item: message.item, messageUuid: first.messageUuid };
  const { item } = subject;
  if (!isQuiescent(history)) {
    report.undecided(`whether anything has left ${item} in doubt, which ended as unknown`);
    return;
  }
  const latest = Math.max(...words.map(({ event }) => event.latest));
  const span = { earliest: beginningOf(history, subject), latest };
  if (mayHaveLeftDoubt(history, span) || wasAnsweredLate(history, item)) return;
  const end = knownEndOf(history, subject);
  if (end === undefined) return;
  report.exercised();
  report.found(`${item} is unknown in ${placesOf(words)}, ${end.words}, and nothing had left it in doubt`, {
    items: [item],
    by: [...words.map(({ event }) => event), ...end.by],
  });
}

/** When the message began to be sent, at the earliest; that it was never sent leaves no doubt at any time. */
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
  const hear = (messageUuid: string, status: string, said: Pick<Word, 'place' | 'event'>): void => {
    const terminal = TERMINALS.find((candidate) => candidate === status);
    if (terminal !== undefined) words.push({ messageUuid, status: terminal, ...said });
  };
  for (const { messageUuid, status, answer } of liveResults(history)) {
    hear(messageUuid, status, { place: 'an answer', event: answer });
  }
  for (const table of ['sms_logs', 'go_sms_logs']) {
    for (const row of systemRowsOf(history, table)) {
      if (textIn(row.after, 'dry_run') === 'true') continue;
      hear(textIn(row.after, 'message_uuid'), statusOf(row.after), { place: table, event: row });
    }
  }
  return words;
}
