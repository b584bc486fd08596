// What two mutants share: they read the flag again when they dispatch, instead of using the pinned mode.
import { mustCommit } from '../../src/authority/retry-once.ts';
import type { Context, DispatchBatch } from '../../src/contract/parts.ts';
import { tookEffect } from './took-effect.ts';

/** The context with a `dispatch` that uses the tenant's current mode; `id` is the mutant's. */
export function dispatchingByFlag(context: Context, id: string): Context {
  const { parts } = context;
  const dispatch = async (own: Context, batch: DispatchBatch): Promise<void> => {
    const { mode } = await mustCommit(own.env.store, (tx) => parts.readMode(own, tx, batch.tenantId));
    if (mode !== batch.mode) tookEffect(own, id);
    await parts.dispatch(own, { ...batch, mode });
  };
  return { ...context, parts: { ...parts, dispatch } };
}
