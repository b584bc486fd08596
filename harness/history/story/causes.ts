// Which events cause which by the protocol: a drawing must not show an effect above its cause. If two observers saw the two events and
// their order is undecided, the cause comes first. An event that certainly came later is not a cause, and that may be the finding.
import type { Role } from '../../../src/contract/message.ts';
import type { HistoryEvent } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import { answerOf, type Call, callsAt, isDeliveryOf, pairCalls, unpairedArrivals } from '../calls.ts';
import { eventsOf } from '../events-of.ts';
import { messagesOf, type TrackedMessage } from '../messages.ts';
import { order } from '../ordering.ts';
import { textIn } from '../row-values.ts';
import { imageOf, type Row, systemRowsOf } from '../rows.ts';
import { type Send, sendsByItem } from '../sends.ts';
import { authorityReadFor } from './authority-read.ts';

/** An event, and an event that it caused. */
export interface Causation {
  readonly cause: HistoryEvent;
  readonly effect: HistoryEvent;
}

/** All causes and effects in a history, as far as the order of the events allows. */
export function causationsOf(history: History): Causation[] {
  const found: Causation[] = [...causationsOfCalls(history)];
  for (const message of messagesOf(history).all) found.push(...causationsOfMessage(history, message));
  for (const response of eventsOf(history, 'user-response')) {
    const { campaign, delivery } = response;
    const asked = eventsOf(history, 'trigger').filter((each) => each.campaign === campaign);
    found.push(
      ...all(
        asked.filter((each) => each.delivery === delivery),
        [response],
      ),
    );
  }
  return found;
}

function causationsOfMessage(history: History, message: TrackedMessage): Causation[] {
  const { item, campaign, entry, mode } = message;
  const calls = callsOf(history, entry?.messageUuid);
  const sends = sendsByItem(history).get(item) ?? [];
  const attemptsOf = (system: Role): HistoryEvent[] =>
    sends.flatMap(({ attempt }) => (attempt.system === system ? [attempt] : []));
  const entries = entry === undefined ? [] : [entry];
  const requests = requestsIn(calls);
  const ends = calls.flatMap(({ tap, end }) => (tap === 'front' && end !== undefined ? [end] : []));
  const [byLegacy, byService] = [attemptsOf('legacy'), attemptsOf('service')];
  const isFallback = mode === 'ON';
  return [
    ...oneOf(
      eventsOf(history, 'trigger').filter((trigger) => trigger.campaign === campaign),
      entries,
    ),
    ...all(entries, [...requests, ...byLegacy, ...byService]),
    ...oneOf(requests, byService),
    ...(isFallback ? oneOf(ends, byLegacy) : []),
    ...oneOf([...ends, ...sends.flatMap(endsOf)], logRowsOf(history, entry?.messageUuid)),
    ...logRowsOf(history, entry?.messageUuid).flatMap((row) => all(authorityOf(history, row), [row])),
    ...answersTo(calls).flatMap((answer) => all(sends.filter(isOfService).flatMap(momentsOf), [answer])),
  ];
}

/** A request causes its arrivals, its answers and its end. */
function causationsOfCalls(history: History): Causation[] {
  const again = unpairedArrivals(history);
  return pairCalls(history).flatMap(({ front, back }) => {
    if (front.request === undefined) return [];
    const arrivals = [...(back === undefined ? [] : [back]), ...again.filter((other) => isDeliveryOf(front, other))];
    const effects = arrivals.flatMap(({ request, end }) => [request, end]);
    return all(
      [front.request],
      [...effects, front.end].filter((event) => event !== undefined),
    );
  });
}

function callsOf(history: History, messageUuid: string | undefined): Call[] {
  if (messageUuid === undefined) return [];
  return [...callsAt(history, 'front'), ...callsAt(history, 'back')].filter(({ uuids }) => uuids.includes(messageUuid));
}

/** The possible causes of a send: a dry run is one only if there is no other call. */
function requestsIn(calls: readonly Call[]): HistoryEvent[] {
  const live = calls.filter(({ dryRun }) => dryRun !== true);
  return (live.length > 0 ? live : calls).flatMap(({ request }) => request ?? []);
}

function answersTo(calls: readonly Call[]): HistoryEvent[] {
  return calls.flatMap((call) => answerOf(call) ?? []);
}

function isOfService({ attempt }: Send): boolean {
  return attempt.system === 'service';
}

function endsOf({ attempt, accept, reject }: Send): HistoryEvent[] {
  const end = accept ?? reject;
  return end === undefined || attempt.system !== 'legacy' ? [] : [end];
}

function momentsOf({ attempt, accept, reject }: Send): HistoryEvent[] {
  return [attempt, accept ?? reject].filter((event) => event !== undefined);
}

function authorityOf(history: History, logRow: Row): HistoryEvent[] {
  const read = authorityReadFor(history, logRow);
  return read === undefined ? [] : [read.row];
}

function logRowsOf(history: History, messageUuid: string | undefined): Row[] {
  if (messageUuid === undefined) return [];
  return systemRowsOf(history, 'sms_logs').filter((row) => textIn(imageOf(row), 'message_uuid') === messageUuid);
}

/** Each of the causes led to each of the effects, unless it certainly came later. */
function all(causes: readonly HistoryEvent[], effects: readonly HistoryEvent[]): Causation[] {
  return effects.flatMap((effect) =>
    causes.flatMap((cause) => (order(cause, effect) === 'after' ? [] : [{ cause, effect }])),
  );
}

/** One of the causes led to each effect: the last that certainly came before it or, without one, the first that may have. */
function oneOf(causes: readonly HistoryEvent[], effects: readonly HistoryEvent[]): Causation[] {
  return effects.flatMap((effect) => {
    const cause =
      causes.findLast((each) => order(each, effect) === 'before') ??
      causes.find((each) => order(each, effect) === 'undecided');
    return cause === undefined ? [] : [{ cause, effect }];
  });
}
