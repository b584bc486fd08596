// The calls from the legacy app to the service, as messages of a story. Two taps saw each call, one on either side of the network faults;
// data that only one of them saw was lost between them.
import type { EventOf } from '../../formats/event.ts';
import { answerOf, type Call, isDeliveryOf, pairCalls, unpairedArrivals } from '../calls.ts';
import { type Draft, type MessageDraft, msOf, placeOf, type PointDraft, pointAt } from './draft.ts';
import { concerns, itemsOf, type Subject } from './subject.ts';

/** A message is late when it took at least this long from one tap to the other: taps and proxy forward within a few milliseconds. */
const LATE_FROM_MS = 50;

/** One call as both taps saw it. */
interface SeenCall {
  readonly front: Call | undefined;
  /** Its arrivals at the back tap, in order: none if it was lost, several if the network repeated it. */
  readonly backs: readonly Call[];
  readonly about: Pick<Draft, 'items' | 'importance'>;
}

/** The requests, the answers, and the ends of calls that got no answer. */
export function callElements(subject: Subject): Draft[] {
  return callsSeen(subject).flatMap((call) =>
    [...requestsOf(call), ...answersOf(call), endOf(call)].filter((element) => element !== undefined),
  );
}

function callsSeen(subject: Subject): SeenCall[] {
  const { history } = subject;
  const unpaired = new Set(unpairedArrivals(history));
  const calls = pairCalls(history).map(({ front, back }): SeenCall => {
    const again = [...unpaired].filter((other) => isDeliveryOf(front, other));
    for (const other of again) unpaired.delete(other);
    return { front, backs: back === undefined ? again : [back, ...again], about: aboutOf(subject, front) };
  });
  const unknown = [...unpaired].map((back) => ({ front: undefined, backs: [back], about: aboutOf(subject, back) }));
  return [...calls, ...unknown];
}

/** A call without a whole request may be about any message, so it is context. */
function aboutOf(subject: Subject, call: Call): SeenCall['about'] {
  const items = itemsOf(subject, call.uuids);
  if (concerns(subject, items)) return { items, importance: 'call' };
  return { items, importance: call.request === undefined ? 'context' : 'background' };
}

/** A request is placed where it was sent; one that the network repeated, where it arrived again. */
function requestsOf({ front, backs, about }: SeenCall): MessageDraft[] {
  const sent = front?.request;
  const [first, ...again] = backs.flatMap(({ request }) => request ?? []);
  const seen = sent ?? first;
  if (seen === undefined) return [];
  const what = seen.dryRun === true ? 'dry run' : 'request';
  const size = seen.uuids.length > 1 ? ` of ${seen.uuids.length}` : '';
  const common = { kind: 'message', what: 'request', ...about, from: 'legacy app', to: 'service' } as const;
  const labels = [`${what}${size}`, what] as const;
  return [
    { ...common, labels, ...placeOf(seen, [first]), ...passage(seen, first) },
    ...again.map((arrived): MessageDraft => {
      const outcome = { state: 'arrived-again', words: 'delivered again' } as const;
      return { ...common, labels, ...placeOf(arrived), startMs: msOf(seen), endMs: msOf(arrived), outcome };
    }),
  ];
}

/** An answer is placed where it arrived or, if it never did, where it was sent. */
function answersOf({ front, backs, about }: SeenCall): MessageDraft[] {
  const arrived = answerOf(front);
  const sent = backs.flatMap((back) => answerOf(back) ?? []);
  // The service answers each delivery; only the first of its answers can be the one that arrived.
  const own = sent
    .filter((answer) => arrived === undefined || answer.earliest <= arrived.latest)
    .toSorted((a, b) => a.seq - b.seq)[0];
  const unread = sent.filter((answer) => arrived === undefined || answer !== own);
  const common = { kind: 'message', what: 'answer', ...about, from: 'service', to: 'legacy app' } as const;
  const lost = unread.map((answer): MessageDraft => {
    const outcome = hasLeft(front, answer)
      ? ({ state: 'too-late', words: 'too late' } as const)
      : ({ state: 'lost', words: 'never arrived' } as const);
    return { ...common, labels: answerLabels(answer), ...placeOf(answer), startMs: msOf(answer), endMs: null, outcome };
  });
  if (arrived === undefined) return lost;
  const read = { ...common, labels: answerLabels(arrived), ...placeOf(arrived, [own]) };
  return [{ ...read, ...passage(own ?? arrived, arrived) }, ...lost];
}

/** Whether the caller had given up or already had an answer: it does not read a later one. */
function hasLeft(front: Call | undefined, answer: EventOf<'answer'>): boolean {
  const end = front?.end;
  return end?.kind === 'call-failed' ? end.by === 'client' : end !== undefined && end.seq < answer.seq;
}

function passage(
  sent: EventOf<'request' | 'answer'>,
  arrived: EventOf<'request' | 'answer'> | undefined,
): Pick<MessageDraft, 'startMs' | 'endMs' | 'outcome'> {
  const startMs = msOf(sent);
  if (arrived === undefined) return { startMs, endMs: null, outcome: { state: 'lost', words: 'never arrived' } };
  const endMs = msOf(arrived);
  const tookMs = Math.round(endMs - startMs);
  if (tookMs < LATE_FROM_MS) return { startMs, endMs, outcome: { state: 'arrived', words: '' } };
  return { startMs, endMs, outcome: { state: 'late', words: `${tookMs} ms on its way` } };
}

function answerLabels({ status, results }: EventOf<'answer'>): [string, ...string[]] {
  const words = [...new Set(results.map((result) => result.status))];
  const [word = String(status)] = words;
  return words.length > 1 ? [`answer: ${words.join(', ')}`, 'answer'] : [`answer: ${word}`, word, 'answer'];
}

/** The end, at the legacy app, of a call that got no whole answer. */
function endOf({ front, backs, about }: SeenCall): PointDraft | undefined {
  const end = front?.end;
  if (end?.kind !== 'call-failed') return undefined;
  const behind = backs.map((back) => (back.end?.kind === 'call-failed' ? back.end : undefined));
  const point = pointAt(end, { what: 'call-ended', at: 'legacy app', labels: endLabels(end), ...about });
  return { ...point, ...placeOf(end, behind) };
}

function endLabels({ by, how, answerBytes, elapsedMs }: EventOf<'call-failed'>): [string, ...string[]] {
  if (by === 'client') return [`no answer in ${Math.round(elapsedMs)} ms`, 'timeout'];
  const broken = how === 'rst' ? 'reset' : 'closed';
  return [answerBytes > 0 ? `${broken} after ${answerBytes} B` : `connection ${broken}`, broken];
}
