// Makes the command line that runs one gate again.
import { pasteLine } from './paste-line.ts';

/** The system as the user named it, undefined for the default, and the lane. */
export interface GateLineOptions {
  readonly system?: string | undefined;
  readonly lane: string;
}

/** The line that runs this gate on the same system and lane. */
export function gateLine(id: string, { system, lane }: GateLineOptions): string {
  const systemFlag = system === undefined ? [] : ['--system', system];
  const laneFlag = lane === 'live' ? [] : ['--lane', lane];
  return pasteLine(['gate', id, ...systemFlag, ...laneFlag]);
}
