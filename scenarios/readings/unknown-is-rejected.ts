// The reference under another reading: an unknown flag refuses every message.
import { MODES } from '../../src/contract/mode.ts';
import type { System } from '../../src/contract/system.ts';
import { MODE_FEATURE } from '../../src/contract/tables.ts';
import { assemble, referenceParts } from '../../src/reference.ts';

export const system: System = assemble(
  {
    ...referenceParts,
    async readMode(context, tx, tenantId) {
      const [flag] = await tx.select('feature_flags', { tenant_id: tenantId, feature_name: MODE_FEATURE });
      if (flag !== undefined && !MODES.some((mode) => mode === flag.mode))
        throw new Error(`no such mode: ${flag.mode}`);
      return referenceParts.readMode(context, tx, tenantId);
    },
  },
  { name: 'unknown-is-rejected', module: import.meta.url, readings: { unknownMode: 'reject' } },
);
