// W08: recovery sends unfinished messages in the tenant's current mode, not in their pinned mode.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, RecoveryReport } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { dispatchingByFlag } from './dispatch-by-flag.ts';
import { sabotage } from './sabotage.ts';

function recover(context: Context): Promise<RecoveryReport> {
  return referenceParts.recover(dispatchingByFlag(context, 'W08'));
}

/** The properties that W08 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'W08',
  name: 'recovery-rereads-mode',
  breaks: ['S4', 'S16'],
  lanes: ['sim'],
};

/** The reference with its part `recover` replaced. */
export const system: System = sabotage({ recover }, { name: 'W08-recovery-rereads-mode', module: import.meta.url });
