// S12 TruthfulTerminal: what any answer or log calls rejected is never accepted by the provider, and what it calls accepted is.
import type { HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { isQuiescent } from '../history/events-of.ts';
import { groupBy } from '../history/group-by.ts';
import { messagesOf } from '../history/messages.ts';
import { liveResults } from '../history/results.ts';
import { textIn } from '../history/row-values.ts';
import { statusOf, systemRowsOf } from '../history/rows.ts';
import { acceptsByItem } from '../history/sends.ts';
import { createReport, listed, type Report } from './report.ts';

const TERMINALS = ['accepted', 'rejected'] as const;

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
        judge(history, report, agreeing);
      }
    }
    return report.result();
  },
};

/** Judges the words of one message that agree. */
function judge(history: History, report: Report, words: readonly Word[]): void {
  const [first] = words;
  if (first === undefined) return;
  const message = messagesOf(history).itemOf(first.messageUuid);
  if (message === undefined) {
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
  const places = listed([...new Set(words.map(({ place }) => place))]);
  const truth = first.status === 'accepted' ? 'the provider never accepted it' : 'the provider had accepted it';
  report.found(`${item} is ${first.status} in ${places}, and ${truth}`, {
    items: [item],
    by: [...words.map(({ event }) => event), ...accepts],
  });
}

function wordsOf(history: History): Word[] {
  const words: Word[] = [];
  const hear = (messageUuid: string, status: string, said: Pick<Word, 'place' | 'event'>): void => {
    if (status === 'accepted' || status === 'rejected') words.push({ messageUuid, status, ...said });
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
