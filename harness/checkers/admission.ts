// S23 Admission: each message of a triggered campaign enters, unless its account has no unit left or a fault prevents it.
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { countBelow, countUpTo } from '../history/bisect.ts';
import { blankCampaigns, type Campaign, campaignsOf, type CampaignDelivery } from '../history/campaigns.ts';
import { isQuiescent } from '../history/events-of.ts';
import { unwellWindows } from '../history/excuse-windows.ts';
import { groupBy } from '../history/group-by.ts';
import { messagesOf, type TrackedMessage } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { mayRejectTenant } from '../history/rejected-flags.ts';
import { tenantIdIn, textIn } from '../history/row-values.ts';
import { systemRowsOf } from '../history/rows.ts';
import type { Span } from '../history/window.ts';
import { isFreeMode } from './charges.ts';
import { decrementsByTenant } from './decrements.ts';
import { createReport, type CheckerReport } from './report.ts';

/** Each delivery must admit the messages that have not entered yet. A message that never enters is lost, even if the user got an error. */
export const admission: Checker = {
  property: 'S23',
  vantages: ['wire', 'database', 'identity', 'admission'],
  check(history) {
    const report = createReport('S23');
    for (const campaign of campaignsOf(history)) {
      if (blankCampaigns(history).has(campaign.campaign) || mayRejectTenant(history, campaign.tenant)) continue;
      for (const message of campaign.messages) judge(history, report, { campaign, message });
    }
    return report.result();
  },
};

interface Judged {
  readonly campaign: Campaign;
  readonly message: TrackedMessage;
}

/** Judges the deliveries up to the one by which the message entered. */
function judge(history: History, report: CheckerReport, { campaign, message }: Judged): void {
  const { item, entry } = message;
  for (const [place, delivery] of campaign.deliveries.entries()) {
    const next = campaign.deliveries[place + 1];
    if (entry !== undefined && (next === undefined || entry.earliest <= endOf(delivery, next))) {
      report.exercised();
      return;
    }
    if (unwellWindows(history).someMayOverlap(delivery.span)) continue;
    if (mayLackUnit(history, campaign.tenant, delivery.span)) continue;
    if (!isQuiescent(history)) {
      report.undecided(`whether ${item} will still enter`);
      return;
    }
    report.exercised();
    const when = entry === undefined ? 'did not enter' : 'entered only when its campaign was triggered again';
    report.found(`${item} ${when}, and neither a fault nor an empty account explains it`, {
      items: [item],
      by: [delivery.trigger, delivery.response, entry],
    });
    return;
  }
}

/** The time until which an entry can belong to a delivery that another one follows. */
function endOf({ span }: CampaignDelivery, next: CampaignDelivery): number {
  return Math.max(span.latest, next.trigger.earliest);
}

/** Whether the account may have had no unit left at some time of the span: all were taken, or reserved by messages that had entered. */
function mayLackUnit(history: History, tenant: string, { earliest, latest }: Span): boolean {
  const quota = history.tenants.find(({ key }) => key === tenant)?.quota ?? 0;
  const { reserved, released, taken, sums } = accountsOf(history).get(tenant) ?? NO_ACCOUNT;
  const held = countUpTo(reserved, latest) - countBelow(released, earliest);
  const spent = sums[countUpTo(taken, latest) - 1] ?? 0;
  return quota - Math.max(held, spent) < 1;
}

/** The earliest times at which units of an account were reserved or taken, and the latest at which they were released; all sorted. */
interface Account {
  readonly reserved: readonly number[];
  readonly released: readonly number[];
  readonly taken: readonly number[];
  /** How many units had been taken after each time of `taken`. */
  readonly sums: readonly number[];
}

const NO_ACCOUNT: Account = { reserved: [], released: [], taken: [], sums: [] };

/** The accounts by the keys of their tenants. */
const accountsOf = perHistory((history): ReadonlyMap<string, Account> => {
  const entered = groupBy(messagesOf(history).entered, ({ tenant }) => tenant);
  const released = groupBy(systemRowsOf(history, 'quota_ledger'), (row) =>
    textIn(row.after, 'state') === 'released' ? tenantIdIn(row.after) : undefined,
  );
  const accounts = history.tenants.map(({ key, tenantId }): [string, Account] => {
    const messages = (entered.get(key) ?? []).filter(({ mode }) => !isFreeMode(history, mode));
    const decrements = decrementsByTenant(history).get(tenantId) ?? [];
    const inTime = decrements.toSorted((a, b) => a.row.earliest - b.row.earliest);
    let sum = 0;
    return [
      key,
      {
        reserved: inOrder(messages.map(({ entry }) => entry.earliest)),
        released: inOrder((released.get(tenantId) ?? []).map(({ latest }) => latest)),
        taken: inTime.map(({ row }) => row.earliest),
        sums: inTime.map(({ units }) => (sum += units)),
      },
    ];
  });
  return new Map(accounts);
});

function inOrder(numbers: readonly number[]): readonly number[] {
  return numbers.toSorted((a, b) => a - b);
}
