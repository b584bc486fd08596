// S16 ModePinning: a message keeps the mode that was flagged when it entered, over redelivery, recovery and flips.
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from '../history/events-of.ts';
import { groupBy } from '../history/group-by.ts';
import { type EnteredMessage, modesFlaggedFor, messagesOf, readMode } from '../history/messages.ts';
import { modeSigns } from '../history/mode-signs.ts';
import { order } from '../history/ordering.ts';
import { perHistory } from '../history/per-history.ts';
import { textIn } from '../history/row-values.ts';
import { type Row, systemRowsOf } from '../history/rows.ts';
import { createReport, type CheckerReport } from './report.ts';

/**
 * The mode that a system pins to a message was flagged at its entry and never changes, and the message is handled in that mode only. If the
 * last flip of a tenant leads out of ON, the service begins no send for it after quiescence.
 */
export const modePinning: Checker = {
  property: 'S16',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S16');
    for (const message of messagesOf(history).entered) judge(history, report, message);
    checkDrained(history, report);
    return report.result();
  },
};

function judge(history: History, report: CheckerReport, message: EnteredMessage): void {
  const { item, entry } = message;
  const signs = modeSigns(history, message);
  const pinned = entry.mode === '' ? undefined : readMode(entry.mode);
  if (pinned === undefined && signs.length === 0) return;
  report.exercised();
  const flagged = modesFlaggedFor(entry);
  if (pinned !== undefined && !flagged.includes(pinned)) {
    report.found(`${item} was pinned to ${pinned}, and ${flagged.join(' or ')} was flagged when it entered`, {
      items: [item],
      by: [...eventsOf(history, 'flip').filter(({ tenant }) => tenant === message.tenant), entry],
    });
    return;
  }
  const changed = pinChanges(history).get(entry.messageUuid) ?? [];
  if (changed.length > 0) {
    report.found(`the mode that ${item} was pinned to was changed`, { items: [item], by: [entry, ...changed] });
  }
  // Where no mode is pinned, the first sign decides the mode.
  const own = pinned ?? signs[0]?.mode;
  const strange = signs.filter(({ mode }) => mode !== own);
  const [first] = strange;
  if (own === undefined || first === undefined) return;
  report.found(`${item} was handled in ${first.mode} too, and it had entered in ${own}`, {
    items: [item],
    by: [entry, ...(pinned === undefined ? signs : strange).map(({ event }) => event)],
  });
}

/** The rows that change a pinned mode, by uuid. */
const pinChanges = perHistory((history) =>
  groupBy(systemRowsOf(history, 'campaign_sms'), (row) =>
    changesPin(row) ? textIn(row.after, 'message_uuid') : undefined,
  ),
);

function changesPin({ before, after }: Row): boolean {
  const [was, is] = [textIn(before, 'mode'), textIn(after, 'mode')];
  return was !== '' && was !== is && textIn(before, 'message_uuid') !== '';
}

/** After the cut, the service has nothing left to send for a tenant that left ON. */
function checkDrained(history: History, report: CheckerReport): void {
  const [cut] = eventsOf(history, 'quiescent');
  if (cut === undefined) return;
  const { byItem } = messagesOf(history);
  const late = groupBy(
    eventsOf(history, 'attempt').filter((event) => event.system === 'service' && order(event, cut) !== 'before'),
    ({ item }) => byItem.get(item ?? '')?.tenant,
  );
  for (const [tenant, flips] of groupBy(eventsOf(history, 'flip'), (flip) => flip.tenant)) {
    if (!hasLeftOn(flips)) continue;
    const certain = (late.get(tenant) ?? []).filter((event) => order(event, cut) === 'after');
    if (certain.length === 0 && late.has(tenant)) {
      report.undecided(`whether the service still tried messages of ${tenant} at quiescence`);
      continue;
    }
    report.exercised();
    if (certain.length === 0) continue;
    report.found(`the service tried messages of ${tenant}, which had left ON, after quiescence`, {
      items: certain.map(({ item }) => item),
      by: [...flips, cut, ...certain],
    });
  }
}

/** Whether the last flip of a tenant, and each flip that may have come after it, leads to another mode than ON. */
function hasLeftOn(flips: readonly EventOf<'flip'>[]): boolean {
  const last = Math.max(...flips.map(({ earliest }) => earliest));
  return flips.every(({ latest, mode }) => latest < last || readMode(mode) !== 'ON');
}
