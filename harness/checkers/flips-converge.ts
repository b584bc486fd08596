// L8 FlipsConverge: messages that enter after a flip are handled in the new mode, and those that entered before it end.
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { eventsOf, isQuiescent } from '../history/events-of.ts';
import { groupBy } from '../history/group-by.ts';
import { type EnteredMessage, flaggedMode, messagesOf, readMode } from '../history/messages.ts';
import { modeSigns } from '../history/mode-signs.ts';
import { mayBeRejected } from '../history/rejected-flags.ts';
import { finalLogs } from '../history/rows.ts';
import { sendsByItem } from '../history/sends.ts';
import { createReport, type CheckerReport } from './report.ts';

/** At quiescence, judges the messages of each tenant with flips by its last flip. */
export const flipsConverge: Checker = {
  property: 'L8',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('L8');
    if (!isQuiescent(history)) return report.result();
    const entered = groupBy(messagesOf(history).entered, ({ tenant }) => tenant);
    for (const [tenant, flips] of groupBy(eventsOf(history, 'flip'), (flip) => flip.tenant)) {
      const last = flips.at(-1);
      if (last === undefined) continue;
      for (const message of entered.get(tenant) ?? []) judge(history, report, { message, last });
    }
    return report.result();
  },
};

interface Judged {
  readonly message: EnteredMessage;
  readonly last: EventOf<'flip'>;
}

function judge(history: History, report: CheckerReport, judged: Judged): void {
  const { message, last } = judged;
  const stalenessMicros = history.timings.flagStalenessMs * 1_000;
  if (message.entry.statementEarliest < last.latest + stalenessMicros) judgeEnd(history, report, judged);
  else if (flaggedMode(message.entry) === readMode(last.mode)) judgeMode(history, report, judged);
}

/** A message that entered before the flip must still end. */
function judgeEnd(history: History, report: CheckerReport, { message, last }: Judged): void {
  const { item, entry } = message;
  if (mayBeRejected(history, message)) return;
  const hasEnded = finalLogs(history).has(entry.messageUuid);
  if (!hasEnded && (sendsByItem(history).get(item) ?? []).some(({ open }) => open)) {
    report.undecided(`what happened to ${item}: the provider has not answered an attempt`);
    return;
  }
  report.exercised();
  if (hasEnded) return;
  report.found(`${item} entered before ${message.tenant} was flagged ${last.mode}, and never ended`, {
    items: [item],
    by: [entry, last],
  });
}

/** A message that enters when the flip is in force must be pinned to its mode or, where the system pins nothing, handled in it. */
function judgeMode(history: History, report: CheckerReport, { message, last }: Judged): void {
  const { item, entry } = message;
  const signs = modeSigns(history, message);
  const modes = entry.mode === '' ? signs.map(({ mode }) => mode) : [readMode(entry.mode)];
  if (modes.length === 0) return;
  report.exercised();
  const old = modes.find((mode) => mode !== readMode(last.mode));
  if (old === undefined) return;
  report.found(`${item} entered in ${old} after ${message.tenant} had been flagged ${last.mode}`, {
    items: [item],
    by: [last, entry, ...(entry.mode === '' ? signs.map(({ event }) => event) : [])],
  });
}
