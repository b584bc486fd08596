// What the sim lane explored, on a terminal: the placements of each depth, the random runs, and the goals reached.
import type { DepthCounts } from '../harness/formats/evidence.ts';
import { goalsOutOfReach } from '../harness/formats/goal.ts';
import type { LaneResult } from '../harness/formats/lane-result.ts';
import type { Result } from '../harness/formats/result.ts';
import type { Palette } from './colors.ts';
import { countOf, grouped } from '../harness/history/counted-words.ts';
import { wrapText } from './wrap-text.ts';

interface Canvas {
  readonly paint: Palette;
  readonly columns: number;
}

/** The lines; none if the sim lane was not requested. */
export function explorationLines(
  { lanes, unavailable, readings }: Pick<Result, 'lanes' | 'unavailable' | 'readings'>,
  canvas: Canvas,
): string[] {
  const sim = lanes.find(({ lane }) => lane === 'sim');
  if (sim !== undefined) return linesOf(sim, readings, canvas);
  const { paint, columns } = canvas;
  return unavailable
    .filter(({ lane }) => lane === 'sim')
    .flatMap(() =>
      wrapText('sim lane NOT AVAILABLE: this system is only described, so it cannot be loaded', { columns, lines: 3 }),
    )
    .map(paint.doubtful);
}

function linesOf(
  { evidence, demands, durationMs }: LaneResult,
  readings: Result['readings'],
  { paint, columns }: Canvas,
): string[] {
  const { swarm, goals, runs, depths } = evidence;
  const missed = demands.goals.filter((goal) => (goals[goal] ?? 0) === 0);
  const reached = `${demands.goals.length - missed.length} of ${countOf(demands.goals.length, 'goal')} reached`;
  return [
    ...depths.map((depth) => depthLine(depth, paint)),
    swarm.run < swarm.planned
      ? paint.doubtful(`sim: ${grouped(swarm.run)} of ${countOf(swarm.planned, 'random run')}, cut short`)
      : `sim: ${grouped(swarm.run)} of ${countOf(swarm.planned, 'random run')}`,
    ...wrapText(`sim: ${reached}${missed.length > 0 ? `; never: ${missed.join(', ')}` : ''}`, { columns, lines: 3 }),
    ...goalsOutOfReach(readings).flatMap(({ goal, because }) =>
      wrapText(`sim: not demanded (${because}): ${goal}`, { columns, lines: 3 }),
    ),
    paint.quiet(`sim: ${countOf(runs.compared, 'run')} made twice and compared, ${(durationMs / 1_000).toFixed(1)} s`),
  ];
}

function depthLine({ messages, deviations, planned, run, pruned }: DepthCounts, paint: Palette): string {
  const what = `${countOf(messages, 'message')}, ${countOf(deviations, 'deviation')}`;
  if (planned === null) return paint.doubtful(`sim: ${what}: not reached`);
  const alike = pruned > 0 ? `, ${grouped(pruned)} of them equal to other runs` : '';
  const line = `sim: ${what}: ${grouped(run)} of ${countOf(planned, 'placement')}`;
  return run < planned ? paint.doubtful(`${line}, cut short`) : `${line}${alike}`;
}
