// The reference under another reading: a fallback in ON is free, as Invariant 4 says if it is read alone.
import type { System } from '../../src/contract/system.ts';
import { assemble, referenceParts } from '../../src/reference.ts';

export const system: System = assemble(referenceParts, {
  name: 'fallback-is-free',
  module: import.meta.url,
  readings: { fallbackBilling: 'free' },
});
