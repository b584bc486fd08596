// Flags the modes of tenants in a slot, and sees that the legacy app has read them: a flag that stays in a cache takes coverage away.
import { setTimeout as sleep } from 'node:timers/promises';
import { MODES } from '../../src/contract/mode.ts';
import { performAction } from './actions.ts';
import { runStatements } from './named-parameters.ts';
import type { Slot } from './slot.ts';

/** How long the legacy app may take to read a flag once its caches are empty, and how often it is asked. */
const READ_WITHIN_MS = 2_000;
const ASK_EVERY_MS = 20;

/** A tenant's mode. */
interface Flag {
  readonly tenantId: number;
  readonly mode: string;
}

/** Flags a mode. It counts once `settleFlag` has resolved. */
export async function flagMode({ database, description }: Slot, { tenantId, mode }: Flag): Promise<void> {
  await runStatements(database, description.mode, { tenantId, mode });
}

/** Empties what caches modes, and waits until the flag was read; false if it was not. A legacy app that is down reads it when it is back. */
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
