// The simulated lane of one system as an executor in this thread, for tests of scenarios.
import type { Executor } from '../harness/execution/executor.ts';
import { inlineExecutor } from '../harness/sim/explore/inline-pool.ts';
import { openSimLane } from '../harness/sim/lane.ts';
import type { System } from '../src/contract/system.ts';

/** Opens the lane of a system. */
export async function openSimExecutor(system: System): Promise<Executor> {
  return inlineExecutor(await openSimLane(system));
}
