// The simulated lane of one system in this thread, as tests of the scenarios use it.
import type { Executor } from '../harness/execution/executor.ts';
import { inlineExecutor } from '../harness/sim/explore/inline-pool.ts';
import { openSimLane } from '../harness/sim/lane.ts';
import type { System } from '../src/contract/system.ts';

/** Opens it. */
export async function openSimExecutor(system: System): Promise<Executor> {
  return inlineExecutor(await openSimLane(system));
}
