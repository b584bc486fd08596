// A live lane on the PostgreSQL server that the suites share.
import type { SystemDescription } from '../formats/system-description.ts';
import { type LiveLane, openLiveLane } from './lane.ts';
import { openSharedInfrastructure } from './shared-server.fixture.ts';

/** The system of the lane, and how many scenarios run at once. */
export interface SharedLaneOptions {
  readonly description: SystemDescription;
  readonly slots: number;
}

/** Opens a lane, which closes its infrastructure when it is closed. */
export async function openSharedLane(options: SharedLaneOptions): Promise<LiveLane> {
  const infrastructure = await openSharedInfrastructure();
  try {
    const lane = await openLiveLane({ ...options, infrastructure });
    const close = async (): Promise<void> => {
      await lane.close();
      await infrastructure.close();
    };
    return { ...lane, close };
  } catch (error) {
    await infrastructure.close();
    throw error;
  }
}

/** Opens a lane, lends it to `work`, and closes it even if `work` fails. */
export async function onSharedLane<T>(options: SharedLaneOptions, work: (lane: LiveLane) => Promise<T>): Promise<T> {
  const lane = await openSharedLane(options);
  try {
    return await work(lane);
  } finally {
    await lane.close();
  }
}
