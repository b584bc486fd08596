// M71: every provider call ends as unknown. Nothing is ever sent twice, and nobody ever knows whether anything was sent.
import type { Delivery } from '../../src/contract/message.ts';
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';

function classifyDelivery(): Delivery {
  return { kind: 'unknown', reason: 'given up' };
}

/** The mutant. */
export const system: System = sabotage({ classifyDelivery }, { name: 'M71-all-unknown', module: import.meta.url });
