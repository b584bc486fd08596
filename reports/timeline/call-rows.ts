// The rows of the calls from the legacy app to the service. Two taps saw each call, one on either side of the faults; what only one
// of them saw is what got lost.
import type { EventKind, EventOf } from '../../harness/formats/event.ts';
import { IMPORTANCE, type Row } from './row.ts';
import { eventsOf, type Subject, timeMsOf } from './subject.ts';

/** An answer is called late when it took longer than this from one tap to the other. */
const lateFromMs = 50;

/** What the two taps saw of one call. */
interface Call {
  readonly request: EventOf<'request'>;
  /** The same request on the side of the service. */
  readonly arrived: EventOf<'request'> | undefined;
  readonly sentAnswer: EventOf<'answer'> | undefined;
  readonly answer: EventOf<'answer'> | undefined;
  readonly failure: EventOf<'call-failed'> | undefined;
}

/** The rows of all calls that carry a uuid of the subject or are witnesses. */
export function callRows(subject: Subject): Row[] {
  return callsOf(subject).flatMap((call) => {
    const rows = [requestRow(call), ...answerRows(call), ...failureRows(call)];
    const events = [call.request, call.arrived, call.sentAnswer, call.answer, call.failure];
    const seen = events.some((event) => event !== undefined && subject.witnesses.has(event.seq));
    const concerned = call.request.uuids.some((uuid) => subject.uuids.has(uuid));
    if (!seen && !concerned) return [];
    return rows.map((row) => Object.assign(row, { witness: isWitness(row, { subject, events }) }));
  });
}

/** A row stands for an event at one tap, and for its twin at the other. */
function isWitness(row: Row, { subject, events }: { subject: Subject; events: Call[keyof Call][] }): boolean {
  const own = events.find((event) => event?.seq === row.seq);
  return events.some((event) => event !== undefined && event.kind === own?.kind && subject.witnesses.has(event.seq));
}

function callsOf({ history }: Subject): Call[] {
  const requests = eventsOf(history, 'request');
  const behind = requests.filter(({ tap }) => tap === 'back');
  const taken = new Set<EventOf<'request'>>();
  return requests
    .filter(({ tap }) => tap === 'front')
    .map((request) => {
      const key = identity(request);
      const arrived = behind.find(
        (other) => !taken.has(other) && identity(other) === key && other.latest >= request.earliest,
      );
      if (arrived !== undefined) taken.add(arrived);
      return {
        request,
        arrived,
        sentAnswer: arrived && sameCall(eventsOf(history, 'answer'), arrived),
        answer: sameCall(eventsOf(history, 'answer'), request),
        failure: sameCall(eventsOf(history, 'call-failed'), request),
      };
    });
}

function identity({ path, uuids, dryRun }: EventOf<'request'>): string {
  return JSON.stringify([path, uuids, dryRun]);
}

function sameCall<K extends EventKind, E extends EventOf<K> & { readonly tap: string; readonly call: string }>(
  events: readonly E[],
  { tap, call }: EventOf<'request'>,
): E | undefined {
  return events.find((event) => event.tap === tap && event.call === call);
}

function requestRow({ request, arrived }: Call): Row {
  const what = request.dryRun === true ? 'dry run' : 'request';
  const size = request.uuids.length > 1 ? ` of ${request.uuids.length}` : '';
  return {
    ...at(request),
    from: 'legacy app',
    to: 'service',
    lost: arrived === undefined,
    labels: [`${what}${size}`, what],
    site: 'request',
    ...(arrived === undefined && { note: { text: 'never arrived', tone: 'doubtful' } as const }),
  };
}

function answerRows({ sentAnswer, answer, failure }: Call): Row[] {
  const shown = answer ?? sentAnswer;
  if (shown === undefined) return [];
  const way = { from: 'service', to: 'legacy app', labels: answerLabels(shown), site: 'answer' } as const;
  if (answer === undefined) {
    const note = { text: failure?.by === 'client' ? 'too late' : 'never arrived', tone: 'doubtful' } as const;
    return [{ ...at(shown), ...way, lost: true, note }];
  }
  const travelledMs = sentAnswer === undefined ? 0 : timeMsOf(answer) - timeMsOf(sentAnswer);
  if (travelledMs < lateFromMs) return [{ ...at(answer), ...way }];
  return [{ ...at(answer), ...way, note: { text: `${travelledMs} ms on its way`, tone: 'doubtful' } }];
}

function answerLabels({ status, results }: EventOf<'answer'>): [string, ...string[]] {
  const words = [...new Set(results.map((result) => result.status))];
  const [word = String(status)] = words;
  return words.length > 1 ? [`answer: ${words.join(', ')}`, 'answer'] : [`answer: ${word}`, word, 'answer'];
}

function failureRows({ failure }: Call): Row[] {
  if (failure === undefined) return [];
  const elapsedMs = Math.round(failure.elapsedMs);
  if (failure.by === 'client') {
    return [{ ...at(failure), from: 'legacy app', mark: 'x', labels: [`no answer in ${elapsedMs} ms`, 'timeout'] }];
  }
  const how = failure.how === 'rst' ? 'reset' : 'closed';
  const after = failure.answerBytes > 0 ? `${how} after ${failure.answerBytes} bytes` : `connection ${how}`;
  return [{ ...at(failure), from: 'legacy app', mark: 'x', labels: [after, how], site: 'answer' }];
}

function at(
  event: EventOf<'request' | 'answer' | 'call-failed'>,
): Pick<Row, 'timeMs' | 'seq' | 'witness' | 'importance'> {
  return { timeMs: timeMsOf(event), seq: event.seq, witness: false, importance: IMPORTANCE.call };
}
