// Places the rows and labels of a diagram. Time runs from top to bottom: the distance of rows grows with the time between them, and a
// longer wait becomes a gap of fixed height that names its length.
import type { Story, StoryWait } from '../../../harness/history/story/story.ts';
import { type Columns, columnsOf } from './columns.ts';
import { LANES } from './lanes.ts';
import { fits, type Label, labelAt, type Wish } from './labels.ts';
import { type PlacedRow, placeRow } from './row.ts';
import type { Step } from './step.ts';
import { type Steps, stepsOf } from './steps.ts';
import { type TrackColumn, trackColumns, tracksWidth } from './track-columns.ts';

/** Options of a diagram. */
export interface DiagramOptions {
  /** The width in pixels; the screen of a phone has 360. */
  readonly width: number;
  /** The story of another run: rows that it does not have are marked. */
  readonly comparedWith?: Story | undefined;
}

/** A wait that is drawn at a fixed height instead of its length. */
export interface Gap {
  readonly top: number;
  readonly bottom: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A drawing with all its places, before it is written as SVG. */
export interface Layout {
  readonly story: Story;
  readonly plan: Steps;
  readonly columns: Columns;
  readonly rows: readonly PlacedRow[];
  readonly gaps: readonly Gap[];
  /** The labels in gaps. The labels of a row are in the row. */
  readonly labels: readonly Label[];
  readonly tracks: readonly TrackColumn[];
  readonly heads: readonly Label[];
  readonly headHeight: number;
  readonly height: number;
  /** The rows that the other run does not have. */
  readonly changed: ReadonlySet<Step>;
}

/** From this length on, in milliseconds, a wait is drawn as a gap. */
const GAP_FROM_MS = 40;
const GAP_HEIGHT = 34;
/** A shorter wait adds PIXELS_PER_MS for each millisecond, at most PIXELS_MAX. */
const PIXELS_PER_MS = 0.6;
const PIXELS_MAX = 14;
const TOP = 8;
const BOTTOM = 18;

/** Places everything in the diagram of a story. */
export function layOut(story: Story, { width, comparedWith }: DiagramOptions): Layout {
  const plan = stepsOf(story);
  const columns = columnsOf(plan.steps, { width, trackWidth: tracksWidth(story, width) });
  const { rows, gaps, bottom } = stack(plan, columns);
  const height = bottom + BOTTOM;
  const axis = axisOf(rows);
  const tracks = trackColumns(story, { columns, rows, height, yAt: (ms) => Math.min(yAt(axis, ms), height) });
  const { heads, headHeight } = headsOf(columns, tracks);
  return {
    story,
    plan,
    columns,
    rows,
    gaps,
    labels: besideGaps(story, { gaps, columns }),
    tracks,
    heads,
    headHeight,
    height,
    changed: comparedWith === undefined ? new Set() : stepsNotIn(comparedWith, plan),
  };
}

/** The steps that the other story does not have. They are compared by shape and text, not by time. */
function stepsNotIn(other: Story, { steps }: Steps): ReadonlySet<Step> {
  const keyOf = ({ label, note, shape }: Step): string => JSON.stringify([label, note?.text, shape]);
  const there = new Set(stepsOf(other).steps.map(keyOf));
  return new Set(steps.filter((step) => !there.has(keyOf(step))));
}

function stack({ steps }: Steps, columns: Columns): { rows: PlacedRow[]; gaps: Gap[]; bottom: number } {
  const rows: PlacedRow[] = [];
  const gaps: Gap[] = [];
  let top = TOP;
  for (const [index, step] of steps.entries()) {
    const before = steps[index - 1];
    const passedMs = before === undefined ? 0 : step.timeMs - before.timeMs;
    if (passedMs >= GAP_FROM_MS) {
      gaps.push({ top, bottom: top + GAP_HEIGHT, fromMs: step.timeMs - passedMs, untilMs: step.timeMs });
      top += GAP_HEIGHT;
    } else top += Math.min(Math.max(passedMs, 0) * PIXELS_PER_MS, PIXELS_MAX);
    const isTimed = before === undefined || passedMs > 0;
    const row = placeRow(step, { top: Math.round(top), columns, isTimed });
    rows.push(row);
    top = row.bottom;
  }
  return { rows, gaps, bottom: Math.round(top) };
}

/** The labels in gaps: how much time passes, and that the legacy app waits, if it does. */
function besideGaps(story: Story, { gaps, columns }: { gaps: readonly Gap[]; columns: Columns }): Label[] {
  const bounds = { left: 0, right: columns.right };
  return gaps.map((gap) => {
    const wait = story.waits.find((each) => lasts(each, gap));
    const wishOf = (text: string): Wish => ({ text, x: 8, align: 'start', font: { size: 10.5 }, tone: 'quiet' });
    const words = gapWords(gap, wait);
    const text = words.find((each) => fits(wishOf(each), bounds)) ?? words[0];
    return labelAt(gap.top + 9, wishOf(text), bounds);
  });
}

/** Wordings of the label of a gap, the longest first. */
function gapWords({ fromMs, untilMs }: Gap, wait: StoryWait | undefined): [string, ...string[]] {
  const passes = `${untilMs - fromMs} ms pass`;
  if (wait === undefined) return [passes];
  return [
    `${passes}: the legacy app waits for an answer, ${wait.budgetMs} ms at most`,
    `${passes}: waits for an answer, ${wait.budgetMs} ms at most`,
    passes,
  ];
}

function lasts({ startMs, endMs }: StoryWait, { fromMs, untilMs }: Gap): boolean {
  return Math.round(startMs) <= fromMs && (endMs === null || Math.round(endMs) >= untilMs);
}

/** The names of the lanes and tracks. If lanes are close together, every other name is one line higher. */
function headsOf(columns: Columns, tracks: readonly TrackColumn[]): { heads: Label[]; headHeight: number } {
  const font = { size: 12, isBold: true };
  const bounds = { left: 0, right: columns.width };
  const lanes = LANES.flatMap((lane) => {
    const x = columns.lanes.get(lane);
    return x === undefined ? [] : [{ lane, x }];
  });
  const on = (top: number, { lane, x }: { lane: string; x: number }): Label =>
    labelAt(
      top,
      {
        text: lane,
        x,
        align: 'middle',
        font,
        tone: lane === 'legacy app' ? 'legacy' : lane === 'service' ? 'service' : 'plain',
      },
      bounds,
    );
  const inOneLine = lanes.map((each) => on(6, each));
  const isTight = inOneLine.some(
    (label, index) => label.right + 10 > (inOneLine[index + 1]?.left ?? Number.POSITIVE_INFINITY),
  );
  const heads = isTight ? lanes.map((each, index) => on(index % 2 === 0 ? 22 : 5, each)) : inOneLine;
  const ms = labelAt(6, { text: 'ms', x: columns.left - 8, align: 'end', font: { size: 11 }, tone: 'quiet' }, bounds);
  const all = [ms, ...heads, ...tracks.flatMap((track) => track.heads)];
  const isTwoLined = tracks.some((track) => track.heads.length > 1);
  return { heads: all, headHeight: isTight ? 42 : isTwoLined ? 36 : 27 };
}

/** The time axis: the time and the height of each row. */
type Axis = readonly (readonly [timeMs: number, y: number])[];

function axisOf(rows: readonly PlacedRow[]): Axis {
  return rows.map(({ step, y }) => [step.timeMs, y] as const);
}

/** The height of a time, interpolated between two rows; infinite after the last row. */
export function yAt(axis: Axis, timeMs: number): number {
  const next = axis.findIndex(([ms]) => ms >= timeMs);
  if (next < 0) return Number.POSITIVE_INFINITY;
  const [after, before] = [axis[next], axis[next - 1]];
  if (after === undefined || before === undefined) return after?.[1] ?? 0;
  const [[fromMs, from], [untilMs, until]] = [before, after];
  return from + ((timeMs - fromMs) / Math.max(untilMs - fromMs, 1)) * (until - from);
}
