// The reference under another reading: a fallback is logged once per batch, in a line that names no message.
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';

export const system: System = assemble(
  {
    ...referenceParts,
    async legacySend(context, messages, cause) {
      if (cause !== undefined) context.env.log(`LEGACY_SEND_FALLBACK_ON_MODE: a batch, cause=${cause}`);
      await referenceParts.legacySend(context, messages);
    },
  },
  { name: 'logs-batches', module: import.meta.url, readings: { fallbackLog: 'batch' } },
);
