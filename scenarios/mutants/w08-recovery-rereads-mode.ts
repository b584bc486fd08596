// W08: recovery sends what is open by the flag of now, not by the pinned mode.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, RecoveryReport } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { dispatchingByFlag } from './dispatch-by-flag.ts';
import { sabotage } from './sabotage.ts';

function recover(context: Context): Promise<RecoveryReport> {
  return referenceParts.recover(dispatchingByFlag(context, 'W08'));
}

/** What it is. */
export const mutant: MutantDescription = {
  id: 'W08',
  name: 'recovery-rereads-mode',
  breaks: ['S4', 'S16'],
  lanes: ['sim'],
};

/** The mutant. */
export const system: System = sabotage({ recover }, { name: 'W08-recovery-rereads-mode', module: import.meta.url });
