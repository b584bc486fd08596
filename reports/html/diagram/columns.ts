// The horizontal layout of a diagram: the column of times, the lanes, and the tracks.
import { type Lane, LANES } from './lanes.ts';
import type { Step } from './step.ts';

/** The horizontal positions in a drawing, in pixels. */
export interface Columns {
  readonly width: number;
  /** Where the column of times ends and the space for labels begins. */
  readonly left: number;
  /** Where the space for labels ends and the tracks begin. */
  readonly right: number;
  readonly lanes: ReadonlyMap<Lane, number>;
}

/** Space for a time such as `12345`, for half of a lane's name at either side, and for the notes beside the last lane. */
const TIME_COLUMN = 58;
const FIRST_LANE = 34;
const LAST_LANE = 44;
const PROVIDER_NOTES = 96;
const TIGHT = 520;

/** Spreads the lanes that the steps use over the width that the tracks leave. */
export function columnsOf(
  steps: readonly Step[],
  { width, trackWidth }: { width: number; trackWidth: number },
): Columns {
  const used = new Set(steps.flatMap(({ shape }) => ('to' in shape ? [shape.from, shape.to] : [shape.at])));
  const shown = LANES.filter((lane) => used.has(lane));
  const right = width - trackWidth;
  const after = shown.at(-1) === 'provider' && width > TIGHT ? PROVIDER_NOTES : LAST_LANE;
  const first = TIME_COLUMN + FIRST_LANE;
  const gap = shown.length < 2 ? 0 : (right - after - first) / (shown.length - 1);
  return {
    width,
    left: TIME_COLUMN,
    right: right - 4,
    lanes: new Map(shown.map((lane, index) => [lane, Math.round(first + index * gap)])),
  };
}
