// The sim lane for scenarios as they are: its runs are made on a thread, so that one that never comes back does not take the command along.
import type { System } from '../../../src/contract/system.ts';
import type { Lane } from '../../execution/executor.ts';
import { describeSimLane } from '../lane.ts';
import { openThreadsFor } from './thread-pool.ts';

/** Opens the lane. The history of a run that hangs says where it was given up, so that nothing is concluded from it. */
export async function openWatchedLane(system: System): Promise<Lane> {
  const crew = openThreadsFor(system, 1);
  const description = await describeSimLane();
  return {
    name: 'sim',
    capacity: 1,
    async run(scenario, options) {
      options?.signal?.throwIfAborted();
      return { kind: 'history', history: (await crew.make({ scenario, deviations: [] })).history };
    },
    describe: () => description,
    close: () => crew.close(),
  };
}
