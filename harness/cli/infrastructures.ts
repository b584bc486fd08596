// The infrastructures and lanes that a command line may name, and how each opens a lane.
import type { Lane } from '../execution/executor.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { INFRASTRUCTURES as NAMES, type InfrastructureName } from '../live/infrastructure.ts';

/** What is needed to open a lane. */
interface LaneRequest {
  readonly description: SystemDescription;
  readonly slots: number | 'auto';
  readonly signal: AbortSignal;
  onProgress(line: string): void;
}

type OpenLane = (request: LaneRequest) => Promise<Lane>;

/** How to open the live lane on each infrastructure. The lane is loaded when one is opened, not to parse flags. */
export const INFRASTRUCTURES: Readonly<Record<string, OpenLane>> = Object.fromEntries(
  NAMES.map((infrastructure) => [infrastructure, (request: LaneRequest) => openOn(infrastructure, request)]),
);

async function openOn(infrastructure: InfrastructureName, request: LaneRequest): Promise<Lane> {
  const { openLiveLane } = await import('../live/lane.ts');
  return openLiveLane({ ...request, infrastructure });
}

/** The lanes: whether each is there yet. */
export const LANES: Readonly<Record<string, true | null>> = { live: true, sim: true, both: true };
