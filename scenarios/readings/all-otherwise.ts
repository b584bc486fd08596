// The reference under another reading: every reading that can be taken otherwise is.
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';

/** The pair. */
export const system: System = assemble(referenceParts, {
  name: 'all-otherwise',
  module: import.meta.url,
  readings: { shadowBilling: 'legacy', offBilling: 'free', fallbackBilling: 'free' },
});
