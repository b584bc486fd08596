// How the history shows a harmful decision: as the fault of the catalogue that does the same. Checkers know scenarios and faults only, so
// they judge the run by what really happened to it.
import type { Role } from '../../src/contract/message.ts';
import type { Decided } from '../faults/catalogue.ts';
import type { Fault } from '../formats/fault.ts';

type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>;

/** A fault without its window and its delay, which only the moment of the decision gives. */
export type FaultShape =
  | Pick<FaultOf<'latency'>, 'kind' | 'stream' | 'heldUp'>
  | Pick<FaultOf<'blackhole'>, 'kind' | 'stream'>
  | Pick<FaultOf<'reset'>, 'kind' | 'stream'>
  | Pick<FaultOf<'cut'>, 'kind' | 'stream' | 'bytes'>
  | Pick<FaultOf<'refuse'>, 'kind'>
  | Pick<FaultOf<'provider'>, 'kind' | 'system' | 'outcome'>;

/** What a decision does: the fault of the catalogue that does the same, and what reports say instead of its words. */
export interface Harm {
  readonly equals: FaultShape;
  readonly decided: Decided;
}

/** From when the harm lasts, and how long. */
export interface HarmSpan {
  readonly atMs: number;
  readonly lastsMs: number;
}

/** The largest latency that a fault may have. */
const LATENCY_MS_MAX = 10_000;

/**
 * What makes a process, its database or its clock late or doubtful; `what` says which. From outside that looks like late answers, and leaves
 * the same doubt; the fault names the process.
 */
export function holdUpOf(process: Role, what: string): Harm {
  return { equals: { kind: 'latency', stream: 'downstream', heldUp: process }, decided: { of: process, what } };
}

/** The whole fault, with a window that covers the harm. */
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
