// What each choice about a message on the link between the two systems does to it, and which fault of the catalogue it equals.
import type { HttpResponse } from '../../src/contract/http.ts';
import { microsOf } from './clock.ts';
import type { FaultShape, Harm } from './equal-fault.ts';
import type { ANSWER_SITE, REQUEST_SITE } from './sites.ts';
import type { CallEnd } from './taps.ts';
import { DELAY_PAST_BUDGET_MS, DRIP_GAP_MS, DRIP_TOTAL_MS, HOP_MICROS, REORDER_MICROS } from './timings.ts';

/** The times of the caller that a delay may depend on. */
export interface CallerTimes {
  readonly nowMicros: number;
  /** When the call began. */
  readonly startedMicros: number;
  /** How long the caller waits. */
  readonly budgetMs: number;
}

/** How many microseconds later than its way takes a message arrives. */
type Delay = (times: CallerTimes) => number;

/** What happens to one message. `harm` is missing only where nothing does harm; a delay is named with its length. */
export type DecisionEffect =
  /** It arrives, once for each delay. Between its parts, if it comes in parts, lie so many milliseconds. */
  | {
      readonly kind: 'deliver';
      readonly deliveries: readonly Delay[];
      readonly partEveryMs?: number;
      readonly harm?: Harm;
    }
  /** The connection ends instead. */
  | { readonly kind: 'break'; readonly end: CallEnd; readonly harm: Harm }
  /** Something between the two systems answers the caller instead. */
  | { readonly kind: 'answer'; readonly answer: HttpResponse; readonly harm: Harm }
  /** It vanishes, and the connection stands until all faults end. */
  | { readonly kind: 'lose'; readonly harm: Harm };

/** There is no connection that a request could travel on. */
export interface RefusedRequest {
  readonly kind: 'refuse';
  readonly harm: Harm;
}

const inTime: Delay = () => 0;

const pastBudget: Delay = ({ budgetMs }) => microsOf(budgetMs + DELAY_PAST_BUDGET_MS);

/** So that an answer meets the caller this long after the end of its budget, or before it. */
function fromBudget(offsetMs: number): Delay {
  return ({ startedMicros, budgetMs, nowMicros }) =>
    Math.max(0, startedMicros + microsOf(budgetMs + offsetMs) - nowMicros - HOP_MICROS);
}

const RESET: CallEnd = { by: 'server', how: 'rst' };
const GATEWAY_BODY = '{"error":"bad gateway"}';

const upstream = { stream: 'upstream' } as const;
const downstream = { stream: 'downstream' } as const;

/** What happens to a message, in the words of reports. */
function harmTo(of: string, what: string, equals: FaultShape): Harm {
  return { equals, decided: { of, what } };
}

const lateAnswer = harmTo('answer', 'late', { kind: 'latency', ...downstream });
const twice = harmTo('request', 'delivered twice', { kind: 'latency', ...upstream });

/** By choice about a request. */
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

/** By choice about an answer. */
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
