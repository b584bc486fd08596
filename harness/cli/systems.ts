// The systems that come with Onesend. They are loaded on demand, in the same way as the systems of users.
import type { SystemRegistry } from '../adapters/load-system.ts';

/** The systems by the names that `--system` accepts besides files. */
export const SYSTEMS: SystemRegistry = {
  reference: async () => (await import('../../src/reference.ts')).system,
  'as-written': async () => (await import('../../scenarios/as-written/system.ts')).system,
};
