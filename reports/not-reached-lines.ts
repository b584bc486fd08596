// What a search planned but did not run, for the first lines of a summary: after a violation there may be more to find.
import type { LaneResult } from '../harness/formats/lane-result.ts';
import type { Result } from '../harness/formats/result.ts';
import { countOf, grouped } from '../harness/history/counted-words.ts';

/** One line for each lane whose search stopped early at a violation; none for a lane that ran everything planned. */
export function notReachedLines({ verdict, lanes }: Pick<Result, 'verdict' | 'lanes'>): string[] {
  if (verdict !== 'violation') return [];
  return lanes.flatMap((lane) => {
    const parts = lane.lane === 'sim' ? simParts(lane) : liveParts(lane);
    return parts.length === 0
      ? []
      : [`not reached on lane ${lane.lane}${causeOf(lane)}: ${parts.join(', ')}; there may be other violations`];
  });
}

function causeOf({ evidence: { problems } }: LaneResult): string {
  return problems.interrupted === undefined ? '' : ', because the run was interrupted';
}

function liveParts({ evidence: { runs } }: LaneResult): string[] {
  const left = runs.planned - runs.completed;
  return left > 0 ? [`${grouped(left)} of ${countOf(runs.planned, 'scenario')}`] : [];
}

function simParts({ evidence: { depths, swarm } }: LaneResult): string[] {
  const open = depths.flatMap(({ messages, deviations, planned, run }) => {
    if (planned !== null && run >= planned) return [];
    const name = `${countOf(deviations, 'deviation')} of ${countOf(messages, 'message')}`;
    return [planned === null || run === 0 ? name : `${countOf(planned - run, 'placement')} of ${name}`];
  });
  const left = swarm.planned - swarm.run;
  return left > 0 ? [...open, `${grouped(left)} of ${countOf(swarm.planned, 'random run')}`] : open;
}
