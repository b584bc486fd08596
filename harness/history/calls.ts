// The calls from the legacy app to the service as each tap saw them, and which calls at the two taps are the same call.
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { groupBy, groupByEach } from './group-by.ts';
import { messagesOf } from './messages.ts';
import { perHistory } from './per-history.ts';
import { isTenantOf } from './tenants.ts';

/** Where a call is observed: `front` is between the legacy app and the network faults, `back` between them and the service. */
export type TapName = 'front' | 'back';

/** One call at one tap. */
export interface Call {
  readonly tap: TapName;
  readonly call: string;
  /** Undefined when no whole request passed: then the content of the call is unknown. */
  readonly request: EventOf<'request'> | undefined;
  /** Undefined while the call is open. */
  readonly end: EventOf<'answer'> | EventOf<'call-failed'> | undefined;
  /** The uuids of its messages; '' for a message without one. */
  readonly uuids: readonly string[];
  readonly dryRun: boolean | null;
  /** The earliest begin and the earliest end that the tap can tell, in microseconds; the end is infinite while the call is open. */
  readonly startMicros: number;
  readonly endMicros: number;
}

/** A call at the front tap with the same call at the back tap. */
export interface CallPair {
  readonly front: Call;
  /** Undefined when the back tap saw no whole request of this call. */
  readonly back: Call | undefined;
  /** False when calls with the same content make it unknown which of them is `back`. */
  readonly certain: boolean;
}

/** The calls seen at one tap, by start time. Late calls of another run are left out. */
export function callsAt(history: History, tap: TapName): readonly Call[] {
  return tapped(history)[tap];
}

/** The calls at one tap that carried a uuid, by start time. */
export function callsWith(history: History, tap: TapName, messageUuid: string): readonly Call[] {
  return callsByUuid[tap](history).get(messageUuid) ?? NO_CALLS;
}

/** The whole requests that carried a uuid past either tap, those at the front first. */
export function requestsWith(history: History, messageUuid: string): readonly EventOf<'request'>[] {
  return requestsByUuid(history).get(messageUuid) ?? NO_REQUESTS;
}

const NO_REQUESTS: readonly EventOf<'request'>[] = [];

const requestsByUuid = perHistory((history) => {
  const calls = [...callsAt(history, 'front'), ...callsAt(history, 'back')];
  const requests = calls.map(({ request }) => request).filter((request) => request !== undefined);
  return groupByEach(requests, ({ uuids }) => uuids);
});

const callsByUuid = {
  front: perHistory((history) => groupByEach(callsAt(history, 'front'), ({ uuids }) => uuids)),
  back: perHistory((history) => groupByEach(callsAt(history, 'back'), ({ uuids }) => uuids)),
};

/** The events of one call seen so far. */
interface TappedCall {
  request: Call['request'];
  end: Call['end'];
}

const tapped = perHistory((history) => {
  const seen = { front: new Map<string, TappedCall>(), back: new Map<string, TappedCall>() };
  for (const event of history.events) {
    if (event.kind !== 'request' && event.kind !== 'answer' && event.kind !== 'call-failed') continue;
    const calls = seen[event.tap];
    let seenCall = calls.get(event.call);
    if (seenCall === undefined) {
      seenCall = { request: undefined, end: undefined };
      calls.set(event.call, seenCall);
    }
    if (event.kind === 'request') seenCall.request = event;
    else seenCall.end ??= event;
  }
  return { front: inOrder(history, 'front', seen.front), back: inOrder(history, 'back', seen.back) };
});

function inOrder(history: History, tap: TapName, seen: ReadonlyMap<string, TappedCall>): readonly Call[] {
  if (seen.size === 0) return NO_CALLS;
  const calls: Call[] = [];
  for (const [call, { request, end }] of seen) {
    if (!isForeign(history, request)) calls.push(callOf({ tap, call, request, end }));
  }
  return calls.toSorted((a, b) => a.startMicros - b.startMicros);
}

const NO_CALLS: readonly Call[] = [];

/** Whether a call belongs to another run: this run has neither its tenant nor any of its messages. */
function isForeign(history: History, request: Call['request']): boolean {
  if (request === undefined || request.tenantId === null || isTenantOf(history, request.tenantId)) return false;
  const { itemOf } = messagesOf(history);
  return !request.uuids.some((messageUuid) => itemOf(messageUuid) !== undefined);
}

/** The whole answer that the call got; undefined when it got none. */
export function answerOf(call: Call | undefined): EventOf<'answer'> | undefined {
  return call?.end?.kind === 'answer' ? call.end : undefined;
}

/** The events of a call, for witnesses. */
export function eventsOfCall(call: Call | undefined): HistoryEvent[] {
  return [call?.request, call?.end].filter((event) => event !== undefined);
}

/** Pairs the calls of the two taps by content and order, because each tap names calls in its own way. */
export const pairCalls: (history: History) => readonly CallPair[] = perHistory((history) => {
  const fronts = callsAt(history, 'front');
  const [asked, arrived] = [byContent(fronts), byContent(callsAt(history, 'back'))];
  const taken = new Set<Call>();
  return fronts.map((front) => {
    const { request } = front;
    if (request === undefined) return { front, back: undefined, certain: true };
    const content = contentOf(front);
    const alike = arrived.get(content) ?? [];
    const rivals = asked.get(content) ?? [];
    const back = alike.find(
      (candidate) =>
        !taken.has(candidate) && isLater(candidate.request, request) && !isOfLaterCall(candidate, front, rivals),
    );
    if (back !== undefined) taken.add(back);
    // With as many equal calls at the back as at the front, each one arrived. With fewer, it is unknown which of them was lost.
    return { front, back, certain: rivals.length === 1 || rivals.length === alike.length };
  });
});

/**
 * Whether the call at the back belongs to a later call with the same content: `front` had already been answered, as a gateway can do by
 * itself, and the other call was still waiting.
 */
function isOfLaterCall(back: Call, front: Call, rivals: readonly Call[]): boolean {
  const isOver = (call: Call): boolean => call.endMicros < back.startMicros;
  return (
    answerOf(front) !== undefined &&
    isOver(front) &&
    rivals.some((other) => other !== front && !isOver(other) && isLater(back.request, other.request))
  );
}

/** The calls at the back tap that are paired with no call at the front: a network can deliver one request twice. */
export function unpairedArrivals(history: History): readonly Call[] {
  const paired = new Set(pairCalls(history).map(({ back }) => back));
  return callsAt(history, 'back').filter((back) => !paired.has(back));
}

/** Whether both calls carry the same content and the first can have caused the second. */
export function isDeliveryOf(front: Call, back: Call): boolean {
  if (front.request === undefined || back.request === undefined) return false;
  return contentOf(front) === contentOf(back) && isLater(back.request, front.request);
}

function callOf({ tap, call, request, end }: Pick<Call, 'tap' | 'call' | 'request' | 'end'>): Call {
  const begun = end === undefined ? Number.POSITIVE_INFINITY : end.latest - end.elapsedMs * 1_000;
  return {
    tap,
    call,
    request,
    end,
    uuids: request?.uuids ?? [],
    dryRun: request?.dryRun ?? null,
    startMicros: Math.min(request?.earliest ?? Number.POSITIVE_INFINITY, begun),
    endMicros: end?.earliest ?? Number.POSITIVE_INFINITY,
  };
}

/** The calls with a whole request, grouped by their content. */
function byContent(calls: readonly Call[]): ReadonlyMap<string, readonly Call[]> {
  return groupBy(calls, (call) => (call.request === undefined ? undefined : contentOf(call)));
}

function contentOf(call: Call): string {
  return JSON.stringify([call.request?.tenantId, call.dryRun, call.uuids.toSorted()]);
}

function isLater(candidate: EventOf<'request'> | undefined, request: EventOf<'request'> | undefined): boolean {
  return candidate !== undefined && request !== undefined && candidate.latest >= request.earliest;
}
