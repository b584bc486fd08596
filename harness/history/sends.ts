// The provider's side: every attempt with its outcome. Only an acceptance proves that a message was sent.
import type { Role } from '../../src/contract/message.ts';
import type { EventOf } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';
import { groupBy } from './group-by.ts';
import { perHistory } from './per-history.ts';

/** One attempt to send. */
export interface Send {
  readonly attempt: EventOf<'attempt'>;
  readonly accept: EventOf<'accept'> | undefined;
  readonly reject: EventOf<'reject'> | undefined;
  /** True unless the provider definitely refused. */
  readonly possiblyAccepted: boolean;
  /** True when the provider did not answer within the run. */
  readonly open: boolean;
}

/** All attempts in order. */
export const sendsOf: (history: History) => readonly Send[] = perHistory((history) => {
  const accepts = new Map(eventsOf(history, 'accept').map((accept) => [accept.attempt, accept]));
  const rejects = new Map(eventsOf(history, 'reject').map((reject) => [reject.attempt, reject]));
  return eventsOf(history, 'attempt').map((attempt) => {
    const accept = accepts.get(attempt.attempt);
    const reject = accept === undefined ? rejects.get(attempt.attempt) : undefined;
    return {
      attempt,
      accept,
      reject,
      possiblyAccepted: reject?.definite !== true,
      open: accept === undefined && reject === undefined,
    };
  });
});

/** The attempts of each item; an item without any is absent. */
export const sendsByItem: (history: History) => ReadonlyMap<string, readonly Send[]> = perHistory((history) =>
  groupBy(sendsOf(history), (send) => send.attempt.item ?? undefined),
);

/** The acceptances of each item, in order; an item without any is absent. */
export const acceptsByItem: (history: History) => ReadonlyMap<string, readonly EventOf<'accept'>[]> = perHistory(
  (history) => groupBy(eventsOf(history, 'accept'), (accept) => accept.item ?? undefined),
);

/** The acceptances of an item by one system, in order. */
export function acceptsBy(history: History, system: Role, item: string): EventOf<'accept'>[] {
  return (acceptsByItem(history).get(item) ?? []).filter((accept) => accept.system === system);
}

/** The largest number of acceptances of one item. */
export function sendsMax(history: History): number {
  return Math.max(0, ...[...acceptsByItem(history).values()].map((accepts) => accepts.length));
}
