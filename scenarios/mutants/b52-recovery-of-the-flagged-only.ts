// B52: recovery skips messages whose pinned mode differs from the tenant's current mode.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import { mustCommit } from '../../src/authority/retry-once.ts';
import type { Context, DispatchBatch, RecoveryReport } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

function recover(context: Context): Promise<RecoveryReport> {
  const { parts } = context;
  const dispatch = async (own: Context, batch: DispatchBatch): Promise<void> => {
    const { mode } = await mustCommit(own.env.store, (tx) => parts.readMode(own, tx, batch.tenantId));
    if (mode === batch.mode) await parts.dispatch(own, batch);
    else tookEffect(own, 'B52');
  };
  return referenceParts.recover({ ...context, parts: { ...parts, dispatch } });
}

/** The properties that B52 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B52',
  name: 'recovery-of-the-flagged-only',
  breaks: ['L1', 'L8'],
  lanes: ['sim'],
};

/** The reference with its part `recover` replaced. */
export const system: System = sabotage(
  { recover },
  { name: 'B52-recovery-of-the-flagged-only', module: import.meta.url },
);
