// M72: the legacy app never falls back: safe, and dead when the service is.
import type { System } from '../../src/contract/system.ts';
import { sabotage } from './sabotage.ts';

function decideFallback(): undefined {
  return undefined;
}

/** The mutant. */
export const system: System = sabotage({ decideFallback }, { name: 'M72-never-fallback', module: import.meta.url });
