// The command line that runs one gate again.
import { pasteLine } from './paste-line.ts';

/** What was run: the system as it was named, if it was, and the lane, which is the live one unless named. */
export interface GateLineOptions {
  readonly system?: string | undefined;
  readonly lane: string;
}

/** The line by which the same gate asks the same system on the same lane. */
export function gateLine(id: string, { system, lane }: GateLineOptions): string {
  const systemFlag = system === undefined ? [] : ['--system', system];
  const laneFlag = lane === 'live' ? [] : ['--lane', lane];
  return pasteLine(['gate', id, ...systemFlag, ...laneFlag]);
}
