// The effect of a fault on the reference, in terms that both lanes have: how the calls ended for the client and at the taps, which system
// sent, what the log and the user got.
import type { History } from '../../../harness/formats/history.ts';
import { callsAt } from '../../../harness/history/calls.ts';
import { eventsOf } from '../../../harness/history/events-of.ts';
import { finalLogs } from '../../../harness/history/rows.ts';
import { CALL_LINE } from './call-logging-system.fixture.ts';

/** The effect of a fault, read from one history. */
export interface Classes {
  /** The outcome of each call to the service, as the legacy app logged it. */
  readonly outcomes: readonly string[];
  /** How many complete requests reached the service. `ends` has how each call ended for the caller. */
  readonly arrived: number;
  readonly ends: readonly string[];
  readonly accepts: readonly string[];
  readonly logs: readonly string[];
  readonly users: readonly (number | null)[];
}

/** Reads the effect from a history. */
export function classesOf(history: History): Classes {
  const lines = eventsOf(history, 'log').flatMap(({ line }) => (line.includes(CALL_LINE) ? [line] : []));
  return {
    outcomes: lines.map((line) => line.slice(line.indexOf(CALL_LINE) + CALL_LINE.length)),
    arrived: callsAt(history, 'back').filter(({ request }) => request !== undefined).length,
    ends: callsAt(history, 'front').map(({ end }) => {
      if (end === undefined) return 'open';
      return end.kind === 'answer' ? `answer ${end.status}` : `${end.how} by the ${end.by}`;
    }),
    accepts: eventsOf(history, 'accept').map(({ system }) => system),
    logs: [...finalLogs(history).values()].map(({ status, source }) => `${status} by ${source}`),
    users: eventsOf(history, 'user-response').map(({ status }) => status),
  };
}
