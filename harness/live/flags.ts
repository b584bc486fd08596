// Sets the modes of tenants in a slot, and waits until the legacy app reports them: with a stale cache a run would stay in the old mode.
import { setTimeout as sleep } from 'node:timers/promises';
import { MODES } from '../../src/contract/mode.ts';
import { performAction } from './actions.ts';
import { runStatements } from './named-parameters.ts';
import type { Slot } from './slot.ts';

/** How long the rig waits for the legacy app to report a new mode after its caches were flushed, and how often it asks. */
const READ_WITHIN_MS = 2_000;
const ASK_EVERY_MS = 20;

interface Flag {
  readonly tenantId: number;
  readonly mode: string;
}

/** Writes the mode of a tenant. It is certainly in force only after `settleFlag` has returned true. */
export async function flagMode({ database, description }: Slot, { tenantId, mode }: Flag): Promise<void> {
  await runStatements(database, description.mode, { tenantId, mode });
}

/**
 * Flushes the caches of modes, and waits until the legacy app reports the mode; false if it does not within 2 s. Errors are ignored: a
 * legacy app that is down reads the mode when it starts again.
 */
export async function settleFlag(slot: Slot, { tenantId, mode }: Flag): Promise<boolean> {
  const { flush, flipRead } = slot.description;
  for (const action of flush) await performAction(slot, action, { tenantId, mode }).catch(() => undefined);
  if (flipRead === undefined || !MODES.some((known) => known === mode)) return true;
  const word = new RegExp(`\\b${mode}\\b`);
  for (const until = performance.now() + READ_WITHIN_MS; ; await sleep(ASK_EVERY_MS)) {
    const said = await performAction(slot, flipRead, { tenantId, mode }).catch(() => '');
    if (word.test(said)) return true;
    if (performance.now() >= until) return false;
  }
}
