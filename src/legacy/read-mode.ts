// The tenant's mode as flagged now. Read once an entry and pinned to its messages; nothing downstream reads it again.
import { MODES, type Mode } from '../contract/mode.ts';
import type { Context } from '../contract/parts.ts';
import type { Transaction } from '../contract/store.ts';
import { MODE_FEATURE } from '../contract/tables.ts';

/** The epoch of a tenant that was never flagged. */
const UNFLAGGED_EPOCH = 0;

/** A tenant without a flag has not been migrated: OFF. A flag that says something else acts as OFF and raises an alarm. */
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
