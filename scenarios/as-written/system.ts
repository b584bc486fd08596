// The runbook, literally: the reference with only those parts replaced that the runbook states. The entry, the mode switch, the client with
// its breaker, the dry-run guard, the provider call, the schema and the grants are the reference's, so every violation comes from what the
// runbook says.
import type { Parts } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';
import { admit } from './admit.ts';
import { classifyDelivery } from './classify-delivery.ts';
import { deliver } from './deliver.ts';
import { legacySend } from './legacy-send.ts';
import { receiveBatch } from './receive-batch.ts';
import { reconcileLiterally } from './reconcile.ts';
import { recordDelivery } from './record-delivery.ts';
import { recover } from './recover.ts';
import { settle } from './settle.ts';
import { shadowSend } from './shadow-send.ts';

const parts: Parts = {
  ...referenceParts,
  legacySend,
  shadowSend,
  settle,
  recover,
  receiveBatch,
  deliver,
  admit,
  recordDelivery,
  classifyDelivery,
};

/** The runbook as it is written. */
export const system: System = assemble(parts, {
  name: 'as-written',
  module: import.meta.url,
  withoutAuthority: true,
  procedures: { reconcile: reconcileLiterally },
});
