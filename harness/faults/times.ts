// The times of a fault that can decide the outcome of a run: its delay or length, and its moment. Windows are not among them: a window
// is wide enough to cover all the traffic.
import { definitionOf, type Fault } from './catalogue.ts';

/** One time of a fault, in milliseconds. */
export interface FaultTime {
  /** The name of the time, for example `the delay of answers`. */
  readonly words: string;
  readonly atMs: number;
  /** The same fault with this time set to `ms`. */
  at(ms: number): Fault;
}

/** The times of a fault; empty if it has no time but its window. */
export function timesOf(fault: Fault): FaultTime[] {
  switch (fault.kind) {
    case 'latency':
      // If a process was held up, its caller sees late answers, but the delay is not one of the answers.
      if (fault.heldUp !== undefined) return [];
      return [
        {
          words: `the delay of ${fault.stream === 'downstream' ? 'answers' : 'requests'}`,
          atMs: fault.latencyMs,
          at: (latencyMs) => ({ ...fault, latencyMs }),
        },
      ];
    case 'provider':
      if (fault.outcome !== 'slow') return [];
      return [
        {
          words: `the delay of the provider for ${fault.system}`,
          atMs: fault.delayMs,
          at: (delayMs) => ({ ...fault, delayMs }),
        },
      ];
    case 'pause':
      return [
        {
          words: `the length of the pause of ${fault.process}`,
          atMs: fault.lastsMs,
          at: (lastsMs) => ({ ...fault, lastsMs }),
        },
      ];
    case 'crash':
    case 'terminate':
    case 'redelivery':
      return [
        {
          words: `the moment of the ${definitionOf(fault).words(fault)}`,
          atMs: fault.atMs,
          at: (atMs) => ({ ...fault, atMs }),
        },
      ];
    default:
      return [];
  }
}
