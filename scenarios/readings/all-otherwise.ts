// The reference under other readings: OFF and fallbacks are free, and SHADOW is charged.
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';

export const system: System = assemble(referenceParts, {
  name: 'all-otherwise',
  module: import.meta.url,
  readings: { shadowBilling: 'legacy', offBilling: 'free', fallbackBilling: 'free' },
});
