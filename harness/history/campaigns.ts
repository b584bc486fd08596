// The campaigns of a history: their messages, and each delivery with the answer that the user got.
import type { EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';
import { groupBy } from './group-by.ts';
import { messagesOf, type TrackedMessage } from './messages.ts';
import { triggersOf } from './occasions.ts';
import { perHistory } from './per-history.ts';
import type { Span } from './window.ts';

/** One trigger of a campaign, and the answer to it. */
export interface CampaignDelivery {
  readonly trigger: EventOf<'trigger'>;
  /** Undefined when the run ended before the user got an answer. */
  readonly response: EventOf<'user-response'> | undefined;
  /** From the trigger until the user got an answer or gave up; the end is infinite when the run ended before. */
  readonly span: Span;
}

/** A campaign that was triggered. */
export interface Campaign {
  readonly campaign: string;
  readonly tenant: string;
  readonly messages: readonly TrackedMessage[];
  /** In the order of their triggers. */
  readonly deliveries: readonly CampaignDelivery[];
}

/** The campaigns that were triggered. */
export const campaignsOf: (history: History) => readonly Campaign[] = perHistory((history) => {
  const responses = new Map(
    eventsOf(history, 'user-response').map((response) => [nameOf(response.campaign, response.delivery), response]),
  );
  const deliveryOf = (trigger: EventOf<'trigger'>): CampaignDelivery => {
    const response = responses.get(nameOf(trigger.campaign, trigger.delivery));
    const latest = response?.latest ?? Number.POSITIVE_INFINITY;
    return { trigger, response, span: { earliest: trigger.earliest, latest } };
  };
  const byCampaign = groupBy(messagesOf(history).all, ({ campaign }) => campaign);
  return [...byCampaign].flatMap(([campaign, messages]) => {
    const deliveries = triggersOf(history, campaign).map(deliveryOf);
    const tenant = messages[0]?.tenant ?? '';
    return deliveries.length === 0 ? [] : [{ campaign, tenant, messages, deliveries }];
  });
});

/** The campaigns with an item whose uuid arrives blank: a system must reject that item, and is allowed to reject the whole campaign. */
export const blankCampaigns: (history: History) => ReadonlySet<string> = perHistory((history) => {
  const blank = new Set(
    history.scenario.faults.flatMap((fault) => (fault.kind === 'missing-uuid' ? [fault.item] : [])),
  );
  return new Set(history.items.filter(({ item }) => blank.has(item)).map(({ campaign }) => campaign));
});

function nameOf(campaign: string, delivery: number): string {
  return `${delivery} ${campaign}`;
}
