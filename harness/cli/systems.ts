// The systems that have a name of their own. They are loaded only when asked for, and come in by the same door as anyone's.
import type { SystemRegistry } from '../adapters/load-system.ts';

/** The names that `--system` takes beside files. */
export const SYSTEMS: SystemRegistry = {
  reference: async () => (await import('../../src/reference.ts')).system,
  'as-written': async () => (await import('../../scenarios/as-written/system.ts')).system,
};
