// The reference under another reading: SHADOW is charged, as the runbook's unchanged legacy sender charges it.
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';

/** The pair. */
export const system: System = assemble(referenceParts, {
  name: 'shadow-is-charged',
  module: import.meta.url,
  readings: { shadowBilling: 'legacy' },
});
