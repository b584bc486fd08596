// S10 Conservation: what a tenant's account lost is what was sent, no more at any commit, and the account never goes below zero.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { eventsOf, isQuiescent } from '../history/events-of.ts';
import { messagesOf } from '../history/messages.ts';
import { mayPrecede, order } from '../history/ordering.ts';
import { type Send, sendsOf } from '../history/sends.ts';
import { chargesOf, isFreeMode } from './charges.ts';
import { type Decrement, decrementsOf } from './decrements.ts';
import { createReport, type Report } from './report.ts';

type Tenant = History['tenants'][number];

/** Follows every account from commit to commit, and balances it when all is at rest. */
export const conservation: Checker = {
  property: 'S10',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S10');
    const decrements = decrementsOf(history);
    for (const tenant of history.tenants) {
      const own = decrements.filter((decrement) => decrement.tenantId === tenant.tenantId);
      checkCommits(history, report, { tenant, decrements: own });
      checkBalance(history, report, { tenant, decrements: own });
    }
    return report.result();
  },
};

interface Account {
  readonly tenant: Tenant;
  readonly decrements: readonly Decrement[];
}

/** The first commit that broke an account says enough: all later ones are broken with it. */
function checkCommits(history: History, report: Report, { tenant, decrements }: Account): void {
  const chargeable = chargeableSends(history, tenant);
  let taken = 0;
  for (const { row, units, balance } of decrements) {
    taken += units;
    const sent = chargeable.filter((send) => mayPrecede(send.attempt, row));
    const possible = itemsOf(sent).size;
    const trouble = troubleAt({ taken, balance, possible });
    if (trouble === undefined) {
      const certain = itemsOf(sent.filter((send) => order(send.attempt, row) === 'before')).size;
      if (taken <= certain) report.exercised();
      else report.undecided(`whether ${tenant.key} lost ${taken} units before so many messages were tried`);
      continue;
    }
    report.exercised();
    report.found(`${tenant.key} ${trouble}`, {
      items: sent.map((send) => send.attempt.item),
      by: [row, ...sent.map((send) => send.attempt)],
    });
    return;
  }
}

function itemsOf(sends: readonly Send[]): ReadonlySet<string | null> {
  return new Set(sends.map((send) => send.attempt.item));
}

function troubleAt(commit: { taken: number; balance: number; possible: number }): string | undefined {
  const { taken, balance, possible } = commit;
  if (balance < 0) return `has ${balance} units left`;
  if (taken < 0) return `has ${-taken} units more than it began with`;
  if (taken <= possible) return undefined;
  const messages = possible === 1 ? 'one message' : `${possible} messages`;
  return `had lost ${taken} units when at most ${messages} could have been accepted`;
}

/** Attempts for which a unit may be taken at all. */
function chargeableSends(history: History, tenant: Tenant): Send[] {
  const { byItem } = messagesOf(history);
  return sendsOf(history).filter((send) => {
    const message = byItem.get(send.attempt.item ?? '');
    if (!send.possiblyAccepted || message?.tenant !== tenant.key) return false;
    return message.mode === undefined || !isFreeMode(history, message.mode);
  });
}

function checkBalance(history: History, report: Report, { tenant, decrements }: Account): void {
  if (!isQuiescent(history)) return;
  const charges = chargesOf(history).filter((charge) => charge.message.tenant === tenant.key);
  const least = charges.reduce((sum, charge) => sum + charge.least, 0);
  const most = charges.reduce((sum, charge) => sum + charge.most, 0);
  const sample = eventsOf(history, 'balance').findLast((event) => event.tenant === tenant.key);
  const balance = sample?.units ?? decrements.at(-1)?.balance ?? tenant.quota;
  const lost = tenant.quota - balance;
  const hasTraffic = charges.length > 0 || decrements.length > 0;
  if (hasTraffic) report.exercised();
  const shown = {
    items: charges.map((charge) => charge.message.item),
    by: [...decrements.map((each) => each.row), sample],
  };
  if (balance < 0 && decrements.every((each) => each.balance >= 0)) {
    report.found(`${tenant.key} has ${balance} units left`, shown);
  }
  if (lost < least || lost > most) {
    const due = least === most ? `${least}` : `${least} to ${most}`;
    report.found(`${tenant.key} lost ${lost} units where ${due} had to be charged`, shown);
  }
}
