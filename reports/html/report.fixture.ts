// Reports for the tests of the page: counterexamples with any number of events, and the largest expected report.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import type { HistoryEvent, Observation } from '../../harness/formats/event.ts';
import type { History } from '../../harness/formats/history.ts';
import type { LaneResult } from '../../harness/formats/lane-result.ts';
import { PROPERTY_IDS } from '../../harness/formats/finding.ts';
import {
  accept,
  answer,
  at,
  attempt,
  callFailed,
  entry,
  historyOf,
  log,
  logRow,
  request,
  trigger,
} from '../../harness/history/history.fixture.ts';
import { doubleSendCounterexample } from '../history.fixture.ts';
import { seenSabotage, violatingResult } from '../result.fixture.ts';
import type { Report } from './report.ts';

/** The maximum number of messages of a campaign. */
const MESSAGES_MAX = 40;

/** The events of a message that both systems send, from a moment on. */
function sentTwice(which: number, startMs: number): Observation[] {
  const item = `c1#${which}`;
  const uuid = `u${which}`;
  return [
    at(startMs, entry(item, uuid)),
    at(startMs + 4, request('front', `f${which}`, { uuids: [uuid] })),
    at(startMs + 5, request('back', `b${which}`, { uuids: [uuid] })),
    at(startMs + 18, attempt('service', item, `a${which}`)),
    at(startMs + 27, accept('service', item, `a${which}`)),
    at(startMs + 40, answer('back', `b${which}`, { elapsedMs: 35, uuids: [uuid] })),
    at(startMs + 505, callFailed('front', `f${which}`, { by: 'client', elapsedMs: 501 })),
    at(startMs + 507, log('legacy', `LEGACY_SEND_FALLBACK_ON_MODE ${uuid}`)),
    at(startMs + 512, attempt('legacy', item, `l${which}`)),
    at(startMs + 520, accept('legacy', item, `l${which}`)),
    at(startMs + 531, logRow(uuid, { status: 'accepted', source: 'legacy' })),
  ];
}

/** A history of `count` events, five or more, in which the first message is sent twice. */
function historyOfEvents(count: number): History {
  const messages = Math.min(Math.ceil(count / 11), MESSAGES_MAX);
  const sends = Array.from({ length: messages }, (_, index) => sentTwice(index + 1, 1 + index * 41));
  const observations = [at(0, trigger()), ...sends.flat()].toSorted((left, right) => left.earliest - right.earliest);
  const history = historyOf({ messages }, observations);
  const [needed, others] = [true, false].map((wanted) => history.events.filter((event) => isNeeded(event) === wanted));
  const kept = [...(needed ?? []), ...(others ?? []).slice(0, count - (needed ?? []).length)];
  const events = kept.toSorted((left, right) => left.seq - right.seq).map((event, seq) => ({ ...event, seq }));
  return { ...history, events };
}

/** The events without which the first message is not sent twice. */
function isNeeded(event: HistoryEvent): boolean {
  return ['entry', 'attempt', 'accept'].includes(event.kind) && 'item' in event && event.item === 'c1#1';
}

/** Options of a counterexample. */
export interface CounterexampleParts {
  readonly id: string;
  readonly events: number;
  /** Replaces the message of the finding. */
  readonly message?: string;
}

/** A counterexample of a double send, with the run as it was found and the nearest run that passes. */
export function counterexampleOf({
  id,
  events,
  message = 'c1#1 was accepted twice',
}: CounterexampleParts): Counterexample {
  const history = historyOfEvents(events);
  const { scenario } = history;
  const witnesses = history.events.flatMap((event) =>
    event.kind === 'accept' && event.item === 'c1#1' ? [event.seq] : [],
  );
  const original = { scenario, deviations: [] };
  const passing: History = {
    ...history,
    events: history.events.filter((event) => !('attempt' in event && event.system === 'legacy')),
  };
  return {
    ...doubleSendCounterexample,
    id,
    fingerprint: `S1: accept service ON; accept legacy ON ${id}`,
    system: history.system,
    lane: 'live',
    case: original,
    findings: [{ property: 'S1', message, items: ['c1#1'], witnesses }],
    history,
    shrinking: { tried: 40, kept: 6, stopped: 'minimal', original, originalHistory: historyOfEvents(events + 60) },
    explanation: {
      ingredients: [{ kind: 'message', words: 'the message c1#1', state: 'necessary', tries: 5, violated: 0 }],
      boundaries: [],
      nearestPassing: { words: 'without the late answer', case: original, history: passing },
    },
  };
}

/** A report of these counterexamples. */
export function reportOf(counterexamples: readonly Counterexample[]): Report {
  const summaries = counterexamples.map(({ id, findings, fingerprint }) => ({
    id,
    lane: 'live' as const,
    file: `counterexamples/${id}.json`,
    findings,
    fingerprint,
    messages: 1,
    faults: 1,
  }));
  return {
    result: { ...violatingResult, counterexamples: summaries, sabotage: [seenSabotage] },
    previous: violatingResult,
    counterexamples,
    replayLine: ({ id }) => `npx onesend replay ${id}`,
    bisectLine: ({ id }) => `npx onesend bisect --good REV --bad REV ${id}`,
  };
}

const FAULTS = Array.from({ length: 45 }, (_, index) => `fault number ${index + 1}`);
const MODES = ['OFF', 'SHADOW', 'ON', 'unknown'];

/** A lane in which each property was exercised under each fault in each mode. */
function fullLane(lane: LaneResult['lane']): LaneResult {
  const [base] = violatingResult.lanes;
  if (base === undefined) throw new RangeError('a result has a lane');
  const cells = Object.fromEntries(PROPERTY_IDS.map((id) => [id, { exercised: 123_456, violations: 0 }]));
  const counts = { observed: true, scenarios: 900_000, exercised: 5_000_000, undecided: 12, violations: 3 };
  return {
    ...base,
    lane,
    evidence: {
      ...base.evidence,
      runs: { planned: 1_000_000, completed: 1_000_000, random: 990_000, retried: 0, discarded: 10, compared: 90_000 },
      properties: Object.fromEntries(PROPERTY_IDS.map((id) => [id, counts])),
      faults: Object.fromEntries(
        FAULTS.map((fault) => [fault, { planned: 20_000, bit: 19_000, idle: 1_000, missing: 0 }]),
      ),
      cells: Object.fromEntries(
        MODES.map((mode) => [mode, Object.fromEntries(['none', ...FAULTS].map((fault) => [fault, cells]))]),
      ),
    },
  };
}

/** The largest expected report: a million runs on each lane, and 50 counterexamples, most of them small. */
export function largestReport(): Report {
  const sizes = [200, 60, 60, 30, 12];
  const counterexamples = Array.from({ length: 50 }, (_, index) =>
    counterexampleOf({ id: `S1-${String(index).padStart(8, '0')}`, events: sizes[index % sizes.length] ?? 12 }),
  );
  const report = reportOf(counterexamples);
  return { ...report, result: { ...report.result, lanes: [fullLane('sim'), fullLane('live')] } };
}
