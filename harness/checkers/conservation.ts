// S10 Conservation: a tenant's account loses what its messages cost, never more than were tried by then, and never falls below zero.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { countOf } from '../history/counted-words.ts';
import { eventsOf, isQuiescent } from '../history/events-of.ts';
import { groupBy } from '../history/group-by.ts';
import { messagesOf } from '../history/messages.ts';
import { mayPrecede } from '../history/ordering.ts';
import { perHistory } from '../history/per-history.ts';
import { Precedence } from '../history/precedence.ts';
import { sendsOf } from '../history/sends.ts';
import { chargesByTenant, isFreeMode } from './charges.ts';
import { type Decrement, decrementsByTenant } from './decrements.ts';
import { createReport, type CheckerReport } from './report.ts';

type Tenant = History['tenants'][number];

/** Follows every account from commit to commit, and checks its balance at quiescence. */
export const conservation: Checker = {
  property: 'S10',
  vantages: ['wire', 'database'],
  check(history) {
    const report = createReport('S10');
    const decrements = decrementsByTenant(history);
    for (const tenant of history.tenants) {
      const own = decrements.get(tenant.tenantId) ?? [];
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

/** Reports only the first wrong commit of an account, because all later balances are wrong with it. */
function checkCommits(history: History, report: CheckerReport, { tenant, decrements }: Account): void {
  if (decrements.length === 0) return;
  const attempts = chargeableAttempts(history).get(tenant.key) ?? [];
  const tried = new Precedence(attempts, ({ item }) => item);
  let taken = 0;
  for (const { row, units, balance } of decrements) {
    taken += units;
    const trouble = troubleAt({
      taken,
      isOverdrawn: balance < 0 && mustStayAbove(history),
      balance,
      possible: tried.possible(row),
    });
    if (trouble === undefined) {
      if (taken <= tried.certain(row)) report.exercised();
      else report.undecided(`whether ${tenant.key} lost ${countOf(taken, 'unit')} before as many messages were tried`);
      continue;
    }
    report.exercised();
    const sent = attempts.filter((attempt) => mayPrecede(attempt, row));
    report.found(`${tenant.key} ${trouble}`, { items: sent.map(({ item }) => item), by: [row, ...sent] });
    return;
  }
}

/** Some readings allow a balance below zero. */
function mustStayAbove({ readings }: History): boolean {
  return readings.negativeBalance === 'never';
}

function troubleAt(commit: {
  taken: number;
  isOverdrawn: boolean;
  balance: number;
  possible: number;
}): string | undefined {
  const { taken, isOverdrawn, balance, possible } = commit;
  if (isOverdrawn) return `has ${countOf(balance, 'unit')} left`;
  if (taken < 0) return `has ${countOf(-taken, 'unit')} more than it began with`;
  if (taken <= possible) return undefined;
  return `had lost ${countOf(taken, 'unit')} when at most ${countOf(possible, 'message')} could have been accepted`;
}

/** The attempts that may cost a unit, by the tenants of their messages. */
const chargeableAttempts = perHistory((history) => {
  const { byItem } = messagesOf(history);
  const possible = sendsOf(history).filter((send) => send.possiblyAccepted);
  const attempts = possible.map(({ attempt }) => attempt);
  return groupBy(attempts, ({ item }) => {
    const message = byItem.get(item ?? '');
    const isFree = message?.mode !== undefined && isFreeMode(history, message.mode);
    return isFree ? undefined : message?.tenant;
  });
});

function checkBalance(history: History, report: CheckerReport, { tenant, decrements }: Account): void {
  if (!isQuiescent(history)) return;
  const charges = chargesByTenant(history).get(tenant.key) ?? [];
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
  if (balance < 0 && mustStayAbove(history) && decrements.every((each) => each.balance >= 0)) {
    report.found(`${tenant.key} has ${countOf(balance, 'unit')} left`, shown);
  }
  if (lost < least || lost > most) {
    const due = least === most ? `${least}` : `${least} to ${most}`;
    report.found(`${tenant.key} lost ${countOf(lost, 'unit')} where ${due} had to be charged`, shown);
  }
}
