// B30: reconciliation has no grace period: it reports messages that are still under way.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Mismatch } from '../../src/contract/authority.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { mustCommit } from '../../src/authority/retry-once.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function reconcile(context: Context): Promise<readonly Mismatch[]> {
  const { store, settings } = context.env;
  const [found, ripe] = await mustCommit(store, async (tx) => [
    await tx.call('reconcile', { graceMs: 0 }),
    await tx.call('reconcile', { graceMs: settings.reconcileGraceMs }),
  ]);
  if (found.length > ripe.length) tookEffect(context, 'B30');
  return found;
}

/** The properties that B30 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'B30',
  name: 'recon-without-grace',
  breaks: ['S17'],
  kind: 'grace period',
  // From outside the database, the age of a young row cannot be measured on a busy machine.
  lanes: ['sim'],
};

/** The reference with its part `reconcile` replaced. */
export const system: System = sabotage({ reconcile }, { name: 'B30-recon-without-grace', module: import.meta.url });
