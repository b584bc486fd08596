// S9 QuotaOnce: a message is charged once if the readings say so, and never otherwise.
import type { HistoryEvent } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { countOf, timesOf } from '../history/counted-words.ts';
import { isQuiescent } from '../history/events-of.ts';
import { type Messages, messagesOf, showsUuids } from '../history/messages.ts';
import { finalLogs } from '../history/rows.ts';
import { acceptsByItem } from '../history/sends.ts';
import { type Charge, chargesByTenant } from './charges.ts';
import { type Decrement, decrementsByTenant } from './decrements.ts';
import { createReport, type CheckerReport } from './report.ts';

/**
 * Counts the units taken for each message. If a decrement does not name its messages, the tenant's total is judged: more units than
 * messages to charge means that some message was charged too often.
 */
export const quotaOnce: Checker = {
  property: 'S9',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S9');
    const charges = chargesByTenant(history);
    const decrements = decrementsByTenant(history);
    for (const { key, tenantId } of history.tenants) {
      const own = decrements.get(tenantId) ?? [];
      const due = charges.get(key) ?? [];
      const attributed = attribute(own, due, messagesOf(history));
      if (attributed === undefined) judgeTotal(history, report, { tenant: key, decrements: own, charges: due });
      else
        for (const charge of due) judgeMessage(history, report, { charge, taken: attributed.get(charge) ?? NOTHING });
    }
    return report.result();
  },
};

interface Taken {
  readonly units: number;
  readonly rows: readonly HistoryEvent[];
}

const NOTHING: Taken = { units: 0, rows: [] };

/** The units of each message; undefined when a decrement does not show whose units they are. */
function attribute(
  decrements: readonly Decrement[],
  charges: readonly Charge[],
  messages: Messages,
): Map<Charge, Taken> | undefined {
  const byItem = new Map(charges.map((charge) => [charge.message.item, charge]));
  const result = new Map<Charge, Taken>();
  const only = charges.length === 1 ? charges : [];
  for (const { row, units, uuids } of decrements) {
    const named = uuids.map((messageUuid) => byItem.get(messages.itemOf(messageUuid)?.item ?? ''));
    const owners = named.length === 0 ? only : named;
    const share = units / owners.length;
    if (owners.length === 0 || (owners.length > 1 && share !== 1)) return undefined;
    for (const owner of owners) {
      if (owner === undefined) return undefined;
      const taken = result.get(owner) ?? NOTHING;
      result.set(owner, { units: taken.units + share, rows: [...taken.rows, row] });
    }
  }
  return result;
}

function judgeMessage(history: History, report: CheckerReport, judged: { charge: Charge; taken: Taken }): void {
  const { charge, taken } = judged;
  const { item, entry } = charge.message;
  const accepts = acceptsByItem(history).get(item) ?? [];
  const log = finalLogs(history).get(entry?.messageUuid ?? '')?.row;
  const trouble = troubleWith(charge, taken.units);
  if (trouble !== undefined) {
    report.exercised();
    report.found(`${item} was ${trouble}`, { items: [item], by: [entry, ...accepts, ...taken.rows, log] });
    return;
  }
  // A message whose outcome is unknown is allowed to cost a unit or none.
  if (charge.isUnknown || (taken.units === 0 && accepts.length === 0)) return;
  const mayYetBeCharged = charge.least !== charge.most && taken.units !== charge.most && !isQuiescent(history);
  if (mayYetBeCharged) report.undecided(`whether ${item} will still be charged`);
  else report.exercised();
}

function troubleWith({ least, most, why }: Charge, units: number): string | undefined {
  if (units < 0) return `credited ${countOf(-units, 'unit')}`;
  if (units > 1) return `charged ${timesOf(units)}`;
  if (units > most) return `charged although ${why}`;
  return units < least ? `not charged although ${why}` : undefined;
}

function judgeTotal(
  history: History,
  report: CheckerReport,
  judged: { tenant: string; decrements: readonly Decrement[]; charges: readonly Charge[] },
): void {
  const { tenant, decrements, charges } = judged;
  const taken = decrements.reduce((sum, decrement) => sum + decrement.units, 0);
  const least = charges.reduce((sum, charge) => sum + charge.least, 0);
  const most = charges.reduce((sum, charge) => sum + charge.most, 0);
  if (taken >= least && taken <= most) {
    if (!showsUuids(history)) return;
    report.undecided(`for which messages of ${tenant} ${countOf(taken, 'unit')} had been taken`);
    return;
  }
  report.exercised();
  const accepts = [...acceptsByItem(history).values()].flat();
  const items = charges.map((charge) => charge.message.item);
  const count = taken > most ? `at most ${countOf(most, 'chargeable message')}` : countOf(least, 'chargeable message');
  report.found(`${tenant} was charged ${countOf(taken, 'unit')} for ${count}`, {
    items,
    by: [...accepts, ...decrements.map((decrement) => decrement.row)],
  });
}
