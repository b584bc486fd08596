// Reads the tenant's mode. An entry reads it once and pins it to its messages; no later step reads it again.
import { MODES, type Mode } from '../contract/mode.ts';
import type { Context } from '../contract/parts.ts';
import type { Transaction } from '../contract/store.ts';
import { MODE_FEATURE } from '../contract/tables.ts';

/** The epoch of a tenant without a flag. */
const UNFLAGGED_EPOCH = 0;

/** A tenant without a flag has not been migrated: OFF. A flag that is not a mode counts as OFF, and is logged as an alarm. */
export async function readMode(
  context: Context,
  tx: Transaction,
  tenantId: number,
): Promise<{ mode: Mode; epoch: number }> {
  const [flag] = await tx.select('feature_flags', { tenant_id: tenantId, feature_name: MODE_FEATURE });
  if (flag === undefined) return { mode: 'OFF', epoch: UNFLAGGED_EPOCH };
  const mode = MODES.find((known) => known === flag.mode);
  if (mode === undefined) {
    context.env.log(`UNKNOWN_MODE_ACTS_AS_OFF: tenant_id=${tenantId} mode=${JSON.stringify(flag.mode)}`);
  }
  return { mode: mode ?? 'OFF', epoch: flag.epoch };
}
