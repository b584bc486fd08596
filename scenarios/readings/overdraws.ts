// The reference under another reading: units may go below zero, so that no message is refused for want of one.
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';
import { isFreeMode } from '../../src/legacy/free-of-charge.ts';

/** The pair. */
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
