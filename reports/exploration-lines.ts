// What the sim lane explored, for the terminal: how many of the placements of each rung, the random runs, and the goals reached.
import type { ExplorationResult } from '../harness/formats/result.ts';
import { countOf, wrapText } from './wrap-text.ts';
import type { Palette } from './colors.ts';

/** The lines; none where the sim lane was not asked for. */
export function explorationLines(
  exploration: ExplorationResult | undefined,
  { paint, columns }: { paint: Palette; columns: number },
): string[] {
  if (exploration === undefined) return [];
  if (exploration.notAvailable !== undefined) {
    return wrapText(`sim lane NOT AVAILABLE: ${exploration.notAvailable}`, { columns, lines: 3 }).map(paint.doubtful);
  }
  const { swarm, goals, compared, durationMs } = exploration;
  const missed = goals.filter(({ reached }) => reached === 0).map(({ goal }) => goal);
  const reached = `${goals.length - missed.length} of ${countOf(goals.length, 'goal')} reached`;
  return [
    ...exploration.rungs.map((rung) => rungLine(rung, paint)),
    swarm.run < swarm.planned
      ? paint.doubtful(`sim: ${swarm.run} of ${countOf(swarm.planned, 'random run')}, cut short`)
      : `sim: ${swarm.run} of ${countOf(swarm.planned, 'random run')}`,
    ...wrapText(`sim: ${reached}${missed.length > 0 ? `; never: ${missed.join(', ')}` : ''}`, { columns, lines: 3 }),
    paint.quiet(`sim: ${countOf(compared, 'run')} made twice and compared, ${(durationMs / 1_000).toFixed(1)} s`),
  ];
}

function rungLine({ messages, deviations, planned, run, pruned }: ExplorationResult['rungs'][number], paint: Palette) {
  const what = `${countOf(messages, 'message')}, ${countOf(deviations, 'deviation')}`;
  if (planned === null) return paint.doubtful(`sim: ${what}: not reached`);
  const alike = pruned > 0 ? `, ${pruned} of them nothing new` : '';
  const line = `sim: ${what}: ${run} of ${countOf(planned, 'placement')}`;
  return run < planned ? paint.doubtful(`${line}, cut short`) : `${line}${alike}`;
}
