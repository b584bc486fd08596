// Translates a decision that does harm into the fault of the catalogue with the same effect, which the history shows. Checkers know only
// scenarios and faults, so this is how they learn what happened to the run.
import type { Role } from '../../src/contract/message.ts';
import type { Decided } from '../faults/catalogue.ts';
import type { Fault } from '../formats/fault.ts';

type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

/** A fault without its window and its delay, which are known only at the moment of the decision. */
export type FaultShape =
  | Pick<FaultOf<'latency'>, 'kind' | 'stream' | 'heldUp'>
  | Pick<FaultOf<'blackhole'>, 'kind' | 'stream'>
  | Pick<FaultOf<'reset'>, 'kind' | 'stream'>
  | Pick<FaultOf<'cut'>, 'kind' | 'stream' | 'bytes'>
  | Pick<FaultOf<'refuse'>, 'kind'>
  | Pick<FaultOf<'provider'>, 'kind' | 'system' | 'outcome'>;

/** The harm of a decision: the fault with the same effect, and the words that reports use instead of the fault's own. */
export interface Harm {
  readonly equals: FaultShape;
  readonly decided: Decided;
}

/** When the harm begins, since the start of the run, and how long it lasts. */
export interface HarmSpan {
  readonly atMs: number;
  readonly lastsMs: number;
}

/** The largest latency that the format of faults allows. */
const LATENCY_MS_MAX = 10_000;

/**
 * The harm of a decision that delays a process or its database, or makes its clock wrong; `what` describes it for reports. To an observer
 * outside it looks like late answers, and the same things become uncertain, so it equals a latency that names the process.
 */
export function holdUpOf(process: Role, what: string): Harm {
  return { equals: { kind: 'latency', stream: 'downstream', heldUp: process }, decided: { of: process, what } };
}

/** The fault that a harm equals, with a window that covers the harm. */
export function equalFault({ equals, decided }: Harm, { atMs, lastsMs }: HarmSpan): Fault {
  const fromMs = Math.floor(atMs);
  const window = { decided, fromMs, untilMs: fromMs + Math.ceil(lastsMs) + 1 };
  const latencyMs = Math.min(LATENCY_MS_MAX, Math.max(1, Math.round(lastsMs)));
  switch (equals.kind) {
    case 'latency': {
      const { kind, stream, heldUp } = equals;
      return { kind, stream, latencyMs, jitterMs: 0, ...(heldUp === undefined ? {} : { heldUp }), ...window };
    }
    case 'provider':
      return { ...equals, delayMs: equals.outcome === 'slow' ? latencyMs : 0, ...window };
    default:
      return { ...equals, ...window };
  }
}
