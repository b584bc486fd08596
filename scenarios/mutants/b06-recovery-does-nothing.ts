// B06: recovery finds nothing to do, whatever was left behind.
import type { RecoveryReport } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';

function recover(): Promise<RecoveryReport> {
  return Promise.resolve({ surfaced: 0, settled: 0, reentered: 0, pending: 0 });
}

/** The mutant. */
export const system: System = sabotage({ recover }, { name: 'B06-recovery-does-nothing', module: import.meta.url });
