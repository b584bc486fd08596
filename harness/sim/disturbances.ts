// How a decision that does harm is told in the history: as the fault of the catalogue that does the same, so that checkers, which know
// scenarios and faults only, judge the run by what really befell it.
import type { Role } from '../../src/contract/message.ts';
import type { Fault } from '../formats/fault.ts';

/** The kinds of harm a single decision can do, by what it amounts to for an onlooker. */
export type DisturbanceKind =
  | 'request-delayed'
  | 'request-lost'
  | 'request-reset'
  | 'refused'
  | 'answer-delayed'
  | 'answer-lost'
  | 'answer-reset'
  | 'answer-cut'
  | 'process-paused'
  | 'database'
  | 'clock'
  | 'provider-reject'
  | 'provider-slow'
  | 'provider-lose-reply'
  | 'provider-error-accepted'
  | 'provider-error';

/** When and where harm was done. */
export interface Disturbance {
  readonly kind: DisturbanceKind;
  readonly process: Role;
  readonly atMs: number;
  readonly lastsMs: number;
}

const LONGEST_MS = 10_000;

/** The fault of the catalogue that a disturbance equals, with a window that covers it. */
export function faultOf({ kind, process, atMs, lastsMs }: Disturbance): Fault {
  const fromMs = Math.floor(atMs);
  const window = { fromMs, untilMs: fromMs + Math.ceil(lastsMs) + 1 };
  const latencyMs = Math.min(LONGEST_MS, Math.max(1, Math.round(lastsMs)));
  const provider = (outcome: Extract<Fault, { kind: 'provider' }>['outcome'], delayMs = 0): Fault => ({
    kind: 'provider',
    system: process,
    outcome,
    delayMs,
    ...window,
  });
  switch (kind) {
    case 'request-delayed':
      return { kind: 'latency', stream: 'upstream', latencyMs, jitterMs: 0, ...window };
    case 'answer-delayed':
      return { kind: 'latency', stream: 'downstream', latencyMs, jitterMs: 0, ...window };
    case 'request-lost':
      return { kind: 'blackhole', stream: 'upstream', ...window };
    case 'request-reset':
      return { kind: 'reset', stream: 'upstream', ...window };
    case 'refused':
      return { kind: 'refuse', ...window };
    case 'answer-lost':
      return { kind: 'blackhole', stream: 'downstream', ...window };
    case 'answer-reset':
      return { kind: 'reset', stream: 'downstream', ...window };
    case 'answer-cut':
      return { kind: 'cut', stream: 'downstream', bytes: 1, ...window };
    case 'provider-reject':
      return provider('reject');
    case 'provider-slow':
      return provider('slow', latencyMs);
    case 'provider-lose-reply':
      return provider('accept-lose-reply');
    case 'provider-error-accepted':
      return provider('error-accepted');
    case 'provider-error':
      return provider('error-not-accepted');
    // Whatever makes a process or its database late or doubtful looks like late answers from outside, and leaves the same doubt.
    case 'process-paused':
    case 'database':
    case 'clock':
      return { kind: 'latency', stream: 'downstream', latencyMs, jitterMs: 0, heldUp: process, ...window };
  }
}
