// What each choice of a decision does to a message on the link between the two systems, and which fault of the catalogue it equals.
import type { HttpResponse } from '../../src/contract/http.ts';
import { microsOf } from './clock.ts';
import type { FaultShape, Harm } from './equal-fault.ts';
import type { ANSWER_SITE, REQUEST_SITE } from './sites.ts';
import type { CallEnd } from './taps.ts';
import { DELAY_PAST_BUDGET_MS, DRIP_GAP_MS, DRIP_TOTAL_MS, HOP_MICROS, REORDER_MICROS } from './timings.ts';

/** The times of the caller from which delays are computed. */
export interface CallerTimes {
  readonly nowMicros: number;
  /** When the call began. */
  readonly startedMicros: number;
  /** How long the caller waits. */
  readonly budgetMs: number;
}

/** How many microseconds later than an undisturbed message a message arrives. */
type Delay = (times: CallerTimes) => number;

/** What a decision does to one message. `harm` is missing only if the message is not disturbed. */
export type DecisionEffect =
  /** It arrives, once for each delay. If it arrives in parts, one part comes every `partEveryMs`. */
  | {
      readonly kind: 'deliver';
      readonly deliveries: readonly Delay[];
      readonly partEveryMs?: number;
      readonly harm?: Harm;
    }
  /** The connection ends instead. */
  | { readonly kind: 'break'; readonly end: CallEnd; readonly harm: Harm }
  /** A gateway between the two systems answers the caller instead. */
  | { readonly kind: 'answer'; readonly answer: HttpResponse; readonly harm: Harm }
  /** It is lost, and the connection stays open until all faults end. */
  | { readonly kind: 'lose'; readonly harm: Harm };

/** The connection is refused, so the request is not sent. */
export interface RefusedRequest {
  readonly kind: 'refuse';
  readonly harm: Harm;
}

const inTime: Delay = () => 0;

const pastBudget: Delay = ({ budgetMs }) => microsOf(budgetMs + DELAY_PAST_BUDGET_MS);

/** The delay with which an answer reaches the caller at the end of its budget plus an offset, which can be negative. */
function fromBudget(offsetMs: number): Delay {
  return ({ startedMicros, budgetMs, nowMicros }) =>
    Math.max(0, startedMicros + microsOf(budgetMs + offsetMs) - nowMicros - HOP_MICROS);
}

const RESET: CallEnd = { by: 'server', how: 'rst' };
const GATEWAY_BODY = '{"error":"bad gateway"}';

const upstream = { stream: 'upstream' } as const;
const downstream = { stream: 'downstream' } as const;

/** The harm of a decision: reports print `of` and `what`, such as 'answer' and 'lost'. */
function harmTo(of: string, what: string, equals: FaultShape): Harm {
  return { equals, decided: { of, what } };
}

const lateAnswer = harmTo('answer', 'late', { kind: 'latency', ...downstream });
const twice = harmTo('request', 'delivered twice', { kind: 'latency', ...upstream });

/** The effect of each choice about a request. */
export const REQUEST_EFFECTS: Readonly<Record<(typeof REQUEST_SITE.choices)[number], DecisionEffect | RefusedRequest>> =
  {
    deliver: { kind: 'deliver', deliveries: [inTime] },
    delay: {
      kind: 'deliver',
      deliveries: [pastBudget],
      harm: harmTo('request', 'late', { kind: 'latency', ...upstream }),
    },
    drop: { kind: 'lose', harm: harmTo('request', 'lost', { kind: 'blackhole', ...upstream }) },
    reset: { kind: 'break', end: RESET, harm: harmTo('connection', 'reset', { kind: 'reset', ...upstream }) },
    refuse: { kind: 'refuse', harm: harmTo('connection', 'refused', { kind: 'refuse' }) },
    duplicate: { kind: 'deliver', deliveries: [inTime, inTime], harm: twice },
    'duplicate-late': { kind: 'deliver', deliveries: [inTime, pastBudget], harm: twice },
    reorder: {
      kind: 'deliver',
      deliveries: [() => REORDER_MICROS],
      harm: harmTo('request', 'held back', { kind: 'latency', ...upstream }),
    },
    'gateway-error': {
      kind: 'answer',
      answer: { status: 503, body: GATEWAY_BODY },
      harm: harmTo('gateway', 'answers 503', { kind: 'reset', ...upstream }),
    },
  };

/** The effect of each choice about an answer. */
export const ANSWER_EFFECTS: Readonly<Record<(typeof ANSWER_SITE.choices)[number], DecisionEffect>> = {
  deliver: { kind: 'deliver', deliveries: [inTime] },
  delay: { kind: 'deliver', deliveries: [fromBudget(DELAY_PAST_BUDGET_MS)], harm: lateAnswer },
  drop: { kind: 'lose', harm: harmTo('answer', 'lost', { kind: 'blackhole', ...downstream }) },
  reset: { kind: 'break', end: RESET, harm: harmTo('connection', 'reset', { kind: 'reset', ...downstream }) },
  cut: {
    kind: 'break',
    end: { by: 'server', how: 'fin', answerBytes: 1 },
    harm: harmTo('answer', 'cut after 1 B', { kind: 'cut', ...downstream, bytes: 1 }),
  },
  drip: {
    kind: 'deliver',
    deliveries: [() => microsOf(DRIP_TOTAL_MS)],
    partEveryMs: DRIP_GAP_MS,
    harm: harmTo('answer', 'dripping', { kind: 'latency', ...downstream }),
  },
  'just-before-budget': { kind: 'deliver', deliveries: [fromBudget(-1)], harm: lateAnswer },
  'at-budget': { kind: 'deliver', deliveries: [fromBudget(0)], harm: lateAnswer },
  'just-after-budget': { kind: 'deliver', deliveries: [fromBudget(1)], harm: lateAnswer },
  'gateway-error': {
    kind: 'answer',
    answer: { status: 504, body: GATEWAY_BODY },
    harm: harmTo('gateway', 'answers 504', { kind: 'reset', ...downstream }),
  },
  garbage: {
    kind: 'answer',
    answer: { status: 200, body: '<html>' },
    harm: harmTo('gateway', 'answers in HTML', { kind: 'cut', ...downstream, bytes: 1 }),
  },
};
