// The reference under another reading: a balance can fall below zero, so no message is refused for lack of units.
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';
import { isFreeMode } from '../../src/legacy/free-of-charge.ts';

export const system: System = assemble(
  {
    ...referenceParts,
    async reserveQuota({ readings }, tx, { messageUuid, tenantId, mode }) {
      if (isFreeMode(readings, mode)) return true;
      await tx.insert('quota_ledger', { message_uuid: messageUuid, tenant_id: tenantId, state: 'reserved' });
      return true;
    },
  },
  { name: 'overdraws', module: import.meta.url, readings: { negativeBalance: 'allowed' } },
);
