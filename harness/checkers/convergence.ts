// L5 Convergence: once all faults are healed, every sent message is logged and charged, and the two logs agree.
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from '../history/events-of.ts';
import { messagesOf } from '../history/messages.ts';
import { finalLogs, rowsOf } from '../history/rows.ts';
import { acceptsByItem } from '../history/sends.ts';
import { type Charge, chargesByTenant } from './charges.ts';
import { mayBeCharged } from './decrements.ts';
import { loggedUuids, logRowsOf, possibleDifferences } from './log-differences.ts';
import { createReport, type CheckerReport } from './report.ts';

/** Judges at quiescence only. A message that ended as unknown is left to a person. */
export const convergence: Checker = {
  property: 'L5',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('L5');
    const [quiescent] = eventsOf(history, 'quiescent');
    if (quiescent === undefined) return report.result();
    for (const { key, tenantId } of history.tenants) {
      for (const charge of chargesByTenant(history).get(key) ?? []) checkSent(history, report, { charge, tenantId });
    }
    checkLogs(history, report, quiescent);
    return report.result();
  },
};

/** A sent message must have its final log row and, where the readings charge it, must have cost its unit. */
function checkSent(
  history: History,
  report: CheckerReport,
  { charge, tenantId }: { charge: Charge; tenantId: number },
): void {
  const { item, entry } = charge.message;
  const accepts = acceptsByItem(history).get(item) ?? [];
  if (entry === undefined || accepts.length === 0) return;
  const log = finalLogs(history).get(entry.messageUuid);
  if (log?.status === 'unknown') return;
  const isCharged = charge.least === 0 || mayBeCharged(history, tenantId, entry.messageUuid);
  const lack = log === undefined ? 'logged' : isCharged ? undefined : 'charged';
  report.exercised();
  if (lack === undefined) return;
  report.found(`${item} was sent, and never ${lack}`, { items: [item], by: [entry, ...accepts, log?.row] });
}

/** The two logs must agree about each message, except those that the rig will tamper with. */
function checkLogs(history: History, report: CheckerReport, quiescent: EventOf<'quiescent'>): void {
  if (rowsOf(history, 'go_sms_logs').length === 0) return;
  const tampered = new Set(history.scenario.faults.flatMap((fault) => (fault.kind === 'tamper' ? [fault.item] : [])));
  for (const messageUuid of loggedUuids(history)) {
    const item = messagesOf(history).itemOf(messageUuid)?.item ?? null;
    if (item !== null && tampered.has(item)) continue;
    const possible = possibleDifferences(history, messageUuid, quiescent);
    const differing = possible.filter((difference) => difference.length > 0);
    if (differing.length > 0 && differing.length < possible.length) {
      report.undecided(`whether the two logs agreed about ${item ?? messageUuid} at quiescence`);
      continue;
    }
    report.exercised();
    if (differing.length === 0) continue;
    report.found(`the two logs still differ about ${item ?? messageUuid}: ${differing[0]?.join(', ') ?? ''}`, {
      items: [item],
      by: [quiescent, ...logRowsOf(history, messageUuid)],
    });
  }
}
