// The infrastructures and lanes that a command line may name, and how each opens a lane.
import type { Lane } from '../formats/run.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** What is needed to open a lane. */
interface LaneRequest {
  readonly description: SystemDescription;
  readonly slots: number | 'auto';
  readonly signal: AbortSignal;
  onProgress(line: string): void;
}

type OpenLane = (request: LaneRequest) => Promise<Lane>;

/** How to open the live lane on each infrastructure; null for one that is planned and not yet there. */
export const INFRASTRUCTURES: Readonly<Record<string, OpenLane | null>> = {
  embedded: async (request) => {
    const { openLiveLane } = await import('../live/lane.ts');
    return openLiveLane({ ...request, infrastructure: 'embedded' });
  },
  containers: null,
  external: null,
};

/** The lanes: whether each is there yet. */
export const LANES: Readonly<Record<string, true | null>> = { live: true, sim: null, both: null };
