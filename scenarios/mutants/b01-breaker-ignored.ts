// B01: the breaker counts and opens, and nobody asks it before a call.
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';

function breakerAdmits(): Promise<boolean> {
  return Promise.resolve(true);
}

/** The mutant. */
export const system: System = sabotage({ breakerAdmits }, { name: 'B01-breaker-ignored', module: import.meta.url });
