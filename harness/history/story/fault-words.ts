// A fault of a scenario in the few words by which drawings name it.
import type { Fault } from '../../formats/fault.ts';

/** For example `latency downstream 700 ms`, `service crash`, `breaker live OPEN`. */
export function faultWords(fault: Fault): string {
  switch (fault.kind) {
    case 'latency':
      if (fault.heldUp !== undefined) return `${fault.heldUp} held up ${fault.latencyMs} ms`;
      return `latency ${fault.stream} ${fault.latencyMs} ms${fault.jitterMs > 0 ? ` +-${fault.jitterMs}` : ''}`;
    case 'blackhole':
    case 'reset':
      return `${fault.kind} ${fault.stream}`;
    case 'cut':
      return `cut ${fault.stream} after ${fault.bytes} B`;
    case 'refuse':
      return 'connections refused';
    case 'breaker-open':
      return `breaker ${fault.breaker} OPEN`;
    case 'provider':
      return `provider ${fault.outcome}${fault.outcome === 'slow' ? ` ${fault.delayMs} ms` : ''} for ${fault.system}`;
    case 'crash':
      return `${fault.process} crash`;
    case 'redelivery':
      return `redelivery of ${fault.campaign}`;
    case 'missing-uuid':
      return `blank uuid of ${fault.item}`;
    default:
      return `tampered logs: ${fault.mismatch} of ${fault.item}`;
  }
}
