// What each choice about a message on the link between the two systems does to it, and which fault of the catalogue it equals.
import type { HttpResponse } from '../../src/contract/http.ts';
import { microsOf } from './clock.ts';
import type { FaultShape } from './equal-fault.ts';
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

/** What happens to one message. `equals` is missing only where nothing does harm. */
export type DecisionEffect =
  /** It arrives, once for each delay. Between its parts, if it comes in parts, lie so many milliseconds. */
  | {
      readonly kind: 'deliver';
      readonly deliveries: readonly Delay[];
      readonly partEveryMs?: number;
      readonly equals?: FaultShape;
    }
  /** The connection ends instead. */
  | { readonly kind: 'break'; readonly end: CallEnd; readonly equals: FaultShape }
  /** Something between the two systems answers the caller instead. */
  | { readonly kind: 'answer'; readonly answer: HttpResponse; readonly equals: FaultShape }
  /** It vanishes, and the connection stands until all faults end. */
  | { readonly kind: 'lose'; readonly equals: FaultShape };

/** There is no connection that a request could travel on. */
export interface Refusal {
  readonly kind: 'refuse';
  readonly equals: FaultShape;
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

const lateRequest = { kind: 'latency', stream: 'upstream' } as const;
const resetRequest = { kind: 'reset', stream: 'upstream' } as const;
const lateAnswer = { kind: 'latency', stream: 'downstream' } as const;
const resetAnswer = { kind: 'reset', stream: 'downstream' } as const;
const cutAnswer = { kind: 'cut', stream: 'downstream', bytes: 1 } as const;

/** By choice about a request. */
export const REQUEST_EFFECTS: Readonly<Record<(typeof REQUEST_SITE.choices)[number], DecisionEffect | Refusal>> = {
  deliver: { kind: 'deliver', deliveries: [inTime] },
  delay: { kind: 'deliver', deliveries: [pastBudget], equals: lateRequest },
  drop: { kind: 'lose', equals: { kind: 'blackhole', stream: 'upstream' } },
  reset: { kind: 'break', end: RESET, equals: resetRequest },
  refuse: { kind: 'refuse', equals: { kind: 'refuse' } },
  duplicate: { kind: 'deliver', deliveries: [inTime, inTime], equals: lateRequest },
  'duplicate-late': { kind: 'deliver', deliveries: [inTime, pastBudget], equals: lateRequest },
  reorder: { kind: 'deliver', deliveries: [() => REORDER_MICROS], equals: lateRequest },
  'gateway-error': { kind: 'answer', answer: { status: 503, body: GATEWAY_BODY }, equals: resetRequest },
};

/** By choice about an answer. */
export const ANSWER_EFFECTS: Readonly<Record<(typeof ANSWER_SITE.choices)[number], DecisionEffect>> = {
  deliver: { kind: 'deliver', deliveries: [inTime] },
  delay: { kind: 'deliver', deliveries: [fromBudget(DELAY_PAST_BUDGET_MS)], equals: lateAnswer },
  drop: { kind: 'lose', equals: { kind: 'blackhole', stream: 'downstream' } },
  reset: { kind: 'break', end: RESET, equals: resetAnswer },
  cut: { kind: 'break', end: { by: 'server', how: 'fin', answerBytes: 1 }, equals: cutAnswer },
  drip: {
    kind: 'deliver',
    deliveries: [() => microsOf(DRIP_TOTAL_MS)],
    partEveryMs: DRIP_GAP_MS,
    equals: lateAnswer,
  },
  'just-before-budget': { kind: 'deliver', deliveries: [fromBudget(-1)], equals: lateAnswer },
  'at-budget': { kind: 'deliver', deliveries: [fromBudget(0)], equals: lateAnswer },
  'just-after-budget': { kind: 'deliver', deliveries: [fromBudget(1)], equals: lateAnswer },
  'gateway-error': { kind: 'answer', answer: { status: 504, body: GATEWAY_BODY }, equals: resetAnswer },
  garbage: { kind: 'answer', answer: { status: 200, body: '<html>' }, equals: cutAnswer },
};
