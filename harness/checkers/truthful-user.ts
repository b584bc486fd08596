// S24 TruthfulUser: the answer to the user about a campaign agrees with what had been committed by then.
import { isAcceptedStatus } from '../formats/accepted-statuses.ts';
import type { EventOf } from '../formats/event.ts';
import type { Checker } from '../formats/finding.ts';
import type { History } from '../formats/history.ts';
import { countBelow, countUpTo } from '../history/bisect.ts';
import { blankCampaigns, type Campaign, campaignsOf, type CampaignDelivery } from '../history/campaigns.ts';
import { countOf } from '../history/counted-words.ts';
import { unwellWindows } from '../history/excuse-windows.ts';
import { groupBy } from '../history/group-by.ts';
import { messagesOf } from '../history/messages.ts';
import { perHistory } from '../history/per-history.ts';
import { mayRejectTenant } from '../history/rejected-flags.ts';
import { textIn } from '../history/row-values.ts';
import { type Row, systemRowsOf } from '../history/rows.ts';
import { createReport, type CheckerReport } from './report.ts';

/**
 * An answer with counts says how many messages entered and how many were refused: together all messages of the campaign, except those that
 * had ended before. An error says that the campaign was not accepted. Other answers say nothing that could be false.
 */
export const truthfulUser: Checker = {
  property: 'S24',
  vantages: ['wire', 'database', 'entry', 'admission', 'counts'],
  check(history) {
    const report = createReport('S24');
    for (const campaign of campaignsOf(history)) {
      if (mayRejectTenant(history, campaign.tenant)) continue;
      for (const delivery of campaign.deliveries) judge(history, report, { campaign, delivery });
    }
    return report.result();
  },
};

interface Judged {
  readonly campaign: Campaign;
  readonly delivery: CampaignDelivery;
}

/** The same with the answer that the user got. */
interface Answered extends Judged {
  readonly response: EventOf<'user-response'>;
}

/** The counts in an answer: the messages that entered, and the refused ones. */
interface Counting {
  readonly messages: number;
  readonly refused: number;
}

function judge(history: History, report: CheckerReport, judged: Judged): void {
  const { response } = judged.delivery;
  if (response === undefined || response.status === null) return;
  const isTaken = isAcceptedStatus(history.accepted, response.status);
  if (!isTaken) judgeError(history, report, { ...judged, response });
  const counting = isTaken && response.status === 200 ? countingIn(response.body) : undefined;
  if (counting !== undefined) judgeCounts(history, report, { ...judged, response, counting });
}

function countingIn(body: string): Counting | undefined {
  try {
    const { messages, refused } = (JSON.parse(body) ?? {}) as Partial<Record<keyof Counting, unknown>>;
    return isCount(messages) && isCount(refused) ? { messages, refused } : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** An error is false if all messages had entered before it, some by this delivery, and nothing disturbed the legacy app. */
function judgeError(history: History, report: CheckerReport, { campaign, delivery, response }: Answered): void {
  if (blankCampaigns(history).has(campaign.campaign) || !isAlone(campaign, delivery)) return;
  if (unwellWindows(history).someMayOverlap(delivery.span)) return;
  const entries = campaign.messages.map(({ entry }) => entry);
  const took = entries.filter((entry) => entry !== undefined && entry.statementEarliest >= delivery.span.earliest);
  report.exercised();
  if (took.length === 0 || entries.some((entry) => entry === undefined || entry.latest >= response.earliest)) return;
  report.found(
    `the user was answered ${String(response.status)}, and all messages of ${campaign.campaign} had entered`,
    {
      items: campaign.messages.map(({ item }) => item),
      by: [delivery.trigger, ...took, response],
    },
  );
}

function judgeCounts(history: History, report: CheckerReport, judged: Answered & { counting: Counting }): void {
  const { campaign, delivery, response, counting } = judged;
  const truth = truthOf(history, judged);
  const { messages, refused } = counting;
  const isTrue =
    isWithin(messages, truth.messages) && isWithin(refused, truth.refused) && isWithin(messages + refused, truth.total);
  if (isTrue && messages > truth.messagesKnown) {
    report.undecided(
      `whether ${countOf(messages, 'message')} of ${campaign.campaign} had entered when the user got that answer`,
    );
    return;
  }
  report.exercised();
  if (isTrue) return;
  const counts = `${countOf(messages, 'message')} and ${refused} refused`;
  const were = `${inWords(truth.messages)} and ${inWords(truth.refused)}`;
  report.found(`the user’s answer for ${campaign.campaign} counts ${counts}, where ${were} are true`, {
    items: campaign.messages.map(({ item }) => item),
    by: [delivery.trigger, ...campaign.messages.map(({ entry }) => entry), response],
  });
}

/** A range, with both ends. */
interface Range {
  readonly least: number;
  readonly most: number;
}

/** The counts that are true at some moment from a trigger to its answer: messages that entered, refused ones, and both together. */
interface Truth {
  readonly messages: Range;
  /** The most messages that had certainly entered by the answer. */
  readonly messagesKnown: number;
  readonly refused: Range;
  readonly total: Range;
}

function truthOf(history: History, { campaign, delivery, response }: Answered): Truth {
  const all = campaign.messages.length;
  const { earliest: sinceMicros } = delivery.span;
  const alone = isAlone(campaign, delivery);
  const entered = entriesOf(history).get(campaign) ?? NO_ENTRIES;
  // If another delivery overlaps, a message that entered after the trigger may have entered by the other one and been refused by this one.
  const enteredLeast = countBelow(entered.latest, alone ? response.earliest : sinceMicros);
  const enteredMost = countUpTo(entered.earliest, response.latest);
  const enteredBefore = alone ? countUpTo(entered.earliest, delivery.trigger.latest) : enteredMost;
  const settled = settledRows(history);
  const ended = campaign.messages.map(({ item }) => settled.rows.get(item)?.[0]);
  const endedLeast = ended.filter((row) => row !== undefined && row.latest < sinceMicros).length;
  const endedSoFar = ended.filter((row) => row !== undefined && row.earliest <= response.latest).length;
  const endedMost = Math.min(enteredBefore, settled.isShown ? endedSoFar : all);
  return {
    messages: { least: enteredLeast - endedMost, most: enteredMost - endedLeast },
    messagesKnown: countBelow(entered.latest, response.earliest) - endedLeast,
    refused: { least: all - enteredMost, most: all - enteredLeast },
    total: { least: all - endedMost, most: all - endedLeast },
  };
}

/** Whether no other delivery of the campaign was under way at the same time. */
function isAlone({ deliveries }: Campaign, { trigger, span }: CampaignDelivery): boolean {
  return deliveries.every(
    (other) => other.trigger === trigger || other.span.latest < span.earliest || other.span.earliest > span.latest,
  );
}

/** The times of the entries of a campaign, in order. */
interface Entries {
  readonly earliest: readonly number[];
  readonly latest: readonly number[];
}

const NO_ENTRIES: Entries = { earliest: [], latest: [] };

const entriesOf = perHistory(
  (history): ReadonlyMap<Campaign, Entries> =>
    new Map(
      campaignsOf(history).map((campaign) => {
        const entries = campaign.messages.flatMap(({ entry }) => entry ?? []);
        const times = (of: 'earliest' | 'latest'): number[] =>
          entries.map((entry) => entry[of]).toSorted((a, b) => a - b);
        return [campaign, { earliest: times('earliest'), latest: times('latest') }];
      }),
    ),
);

/** The rows that say that a message has ended, by item, and whether the system shows them at all. */
const settledRows = perHistory((history): { rows: ReadonlyMap<string, readonly Row[]>; isShown: boolean } => {
  const rows = systemRowsOf(history, 'campaign_sms');
  const { itemOf } = messagesOf(history);
  return {
    isShown: rows.some(({ after }) => after !== null && 'settled' in after),
    rows: groupBy(rows, ({ after }) =>
      after?.['settled'] === true ? itemOf(textIn(after, 'message_uuid'))?.item : undefined,
    ),
  };
});

function isWithin(count: number, { least, most }: Range): boolean {
  return count >= least && count <= most;
}

function inWords({ least, most }: Range): string {
  return least === most ? String(least) : `${Math.max(0, least)} to ${most}`;
}
