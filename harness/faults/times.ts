// The times of a fault that may decide the outcome of a run: how long it lasts, and when it strikes. Windows are not among them: they are
// wide, so that the fault meets its traffic.
import { definitionOf, type Fault } from './catalogue.ts';

/** One time of a fault, in milliseconds. */
export interface FaultTime {
  /** What it is of, for example `the delay of answers`. */
  readonly words: string;
  readonly atMs: number;
  /** The same fault with another time. */
  at(ms: number): Fault;
}

/** The times of a fault; none where it has only a window. */
export function timesOf(fault: Fault): FaultTime[] {
  switch (fault.kind) {
    case 'latency':
      // Of a process that is held up the caller sees late answers, but it is not the answers that are late.
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
