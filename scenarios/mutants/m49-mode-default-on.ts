// M49: a missing or unknown flag counts as ON.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Transaction } from '../../src/contract/store.ts';
import { MODES } from '../../src/contract/mode.ts';
import type { Context } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { MODE_FEATURE } from '../../src/contract/tables.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

async function readMode(
  context: Context,
  tx: Transaction,
  tenantId: number,
): ReturnType<typeof referenceParts.readMode> {
  const known = await referenceParts.readMode(context, tx, tenantId);
  const [flag] = await tx.select('feature_flags', { tenant_id: tenantId, feature_name: MODE_FEATURE });
  if (MODES.some((mode) => mode === flag?.mode)) return known;
  tookEffect(context, 'M49');
  return { ...known, mode: 'ON' };
}

/** The properties that M49 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M49',
  name: 'mode-default-on',
  breaks: ['S4'],
  lanes: ['sim', 'live'],
};

/** The reference with its part `readMode` replaced. */
export const system: System = sabotage({ readMode }, { name: 'M49-mode-default-on', module: import.meta.url });
