// Opens a sim lane for a system that can be loaded into this very process.
import { pathToFileURL } from 'node:url';
import type { System } from '../../../src/contract/system.ts';
import { openSimLane, type SimLane, type SimLaneOptions } from '../lane.ts';
import { makeSimStore } from '../store/sim-store.ts';

/** What a sim lane may be given beside its system. */
export type SimOptions = Pick<SimLaneOptions, 'drain' | 'serviceInstances' | 'bounds'>;

/** The same for a lane that somebody watches over. */
type WatchedSimOptions = SimOptions & Pick<SimLaneOptions, 'pulse'>;

/** A sim lane over the simulated database. */
export function openSim(system: System, options: WatchedSimOptions = {}): Promise<SimLane> {
  return openSimLane({ ...options, system, store: makeSimStore });
}

/** Loads the system that a module exports as `system`, and opens a lane for it. */
export async function openSimOf(module: string, options: WatchedSimOptions = {}): Promise<SimLane> {
  const { system } = (await import(pathToFileURL(module).href)) as { system: System };
  return openSim(system, options);
}
