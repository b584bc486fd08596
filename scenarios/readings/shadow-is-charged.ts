// The reference under another reading: SHADOW is charged, because the runbook leaves the legacy sender unchanged.
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';

export const system: System = assemble(referenceParts, {
  name: 'shadow-is-charged',
  module: import.meta.url,
  readings: { shadowBilling: 'legacy' },
});
