// The calls from the legacy app to the service as each tap saw them, and which call at one tap is which at the other.
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { groupBy, groupByEach } from './group-by.ts';
import { messagesOf } from './messages.ts';
import { perHistory } from './per-history.ts';
import { isTenantOf } from './tenants.ts';

/** The two places a call is watched from: before and behind the faults of the network. */
export type TapName = 'front' | 'back';

/** One call at one tap. */
export interface Call {
  readonly tap: TapName;
  readonly call: string;
  /** Undefined when no whole request passed: then the content of the call is unknown. */
  readonly request: EventOf<'request'> | undefined;
  /** Undefined while the call is open. */
  readonly end: EventOf<'answer'> | EventOf<'call-failed'> | undefined;
  /** The uuids it carried; '' stands for an absent one. */
  readonly uuids: readonly string[];
  readonly dryRun: boolean | null;
  /** When it began, as far as the tap can tell, and when it ended; infinite while it is open. */
  readonly startMicros: number;
  readonly endMicros: number;
}

/** A call at the front tap with the same call at the back tap. */
export interface CallPair {
  readonly front: Call;
  /** Undefined when no whole request arrived behind the network. */
  readonly back: Call | undefined;
  /** False when another call with the same content could be meant as well. */
  readonly certain: boolean;
}

/** The calls seen at one tap, in order of their beginning. Calls for a tenant of another run are left out. */
export function callsAt(history: History, tap: TapName): readonly Call[] {
  return tapped(history)[tap];
}

/** The calls at one tap that carried a uuid, in order of their beginning. */
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

/** What was seen of one call. */
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

/** A call of another run: neither its tenant nor a message of it is known here. */
function isForeign(history: History, request: Call['request']): boolean {
  if (request === undefined || request.tenantId === null || isTenantOf(history, request.tenantId)) return false;
  const { itemOf } = messagesOf(history);
  return !request.uuids.some((messageUuid) => itemOf(messageUuid) !== undefined);
}

/** Whether the call brought a whole answer. */
export function answerOf(call: Call | undefined): EventOf<'answer'> | undefined {
  return call?.end?.kind === 'answer' ? call.end : undefined;
}

/** The events of a call, for witnesses. */
export function eventsOfCall(call: Call | undefined): HistoryEvent[] {
  return [call?.request, call?.end].filter((event) => event !== undefined);
}

/** Pairs the calls of the two taps by their content and their order: the taps know nothing of each other's names. */
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
    // As many behind as before: each is its own. Fewer: one of several was lost, and it is unknown which.
    return { front, back, certain: rivals.length === 1 || rivals.length === alike.length };
  });
});

/** Whether a call had its answer before the arrival, which another call with the same content awaited: a gateway can answer by itself. */
function isOfLaterCall(back: Call, front: Call, rivals: readonly Call[]): boolean {
  const isOver = (call: Call): boolean => call.endMicros < back.startMicros;
  return (
    answerOf(front) !== undefined &&
    isOver(front) &&
    rivals.some((other) => other !== front && !isOver(other) && isLater(back.request, other.request))
  );
}

/** The calls behind the network that no call of the legacy app is paired with: a network can deliver one request twice. */
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

/** The calls of which a whole request is known, by what they carried. */
function byContent(calls: readonly Call[]): ReadonlyMap<string, readonly Call[]> {
  return groupBy(calls, (call) => (call.request === undefined ? undefined : contentOf(call)));
}

function contentOf(call: Call): string {
  return JSON.stringify([call.request?.tenantId, call.dryRun, call.uuids.toSorted()]);
}

function isLater(candidate: EventOf<'request'> | undefined, request: EventOf<'request'> | undefined): boolean {
  return candidate !== undefined && request !== undefined && candidate.latest >= request.earliest;
}
