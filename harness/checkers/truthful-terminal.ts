// S12 TruthfulTerminal: what any answer or log calls rejected is never accepted by the provider, what it calls accepted is, and it calls
// unknown only if something left the outcome in doubt.
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
    for (const [messageUuid, words] of groupBy(wordsOf(history), (word) => word.messageUuid)) {
      const item = messagesOf(history).itemOf(messageUuid)?.item;
      for (const status of TERMINALS) {
        const agreeing = words.filter((word) => word.status === status);
        if (agreeing.length === 0) continue;
        if (item !== undefined) judge(history, report, { item, messageUuid, status, words: agreeing });
        else if (showsUuids(history))
          report.undecided(`which message ended as ${status}: the uuid ${messageUuid} was given to no item`);
      }
    }
    return report.result();
  },
};

/** A message, and the words that agree on how it ended. */
interface Said extends NamedMessage {
  readonly status: Terminal;
  readonly words: readonly Word[];
}

function judge(history: History, report: CheckerReport, said: Said): void {
  if (said.status === 'unknown') judgeDoubt(history, report, said);
  else judgeEnd(history, report, said);
}

/** What is called accepted was accepted by the provider, and what is called rejected was not. */
function judgeEnd(history: History, report: CheckerReport, { item, status, words }: Said): void {
  const accepts = acceptsByItem(history).get(item) ?? [];
  const isTrue = accepts.length > 0 === (status === 'accepted');
  // What was not accepted yet may still be.
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
