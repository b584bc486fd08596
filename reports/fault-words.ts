// A fault of a scenario in the few words under which reports name it.
import type { Fault } from '../harness/formats/fault.ts';
import { printable } from './wrap-text.ts';

/** For example `latency downstream 700 ms`, `service crash`, `breaker live OPEN`. */
export function faultWords(fault: Fault): string {
  switch (fault.kind) {
    case 'latency':
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
      return `redelivery of ${printable(fault.campaign)}`;
    case 'missing-uuid':
      return `blank uuid of ${printable(fault.item)}`;
    default:
      return `tampered logs: ${fault.mismatch} of ${printable(fault.item)}`;
  }
}
