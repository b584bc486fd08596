// Gives each row of a diagram its height and its words their places. Time flows down: rows that follow each other closely stand closely, and a
// longer wait is a gap that says how long it is.
import type { Story, StoryWait } from '../../../harness/history/story/story.ts';
import { type Columns, columnsOf } from './columns.ts';
import { LANES } from './lanes.ts';
import { fits, type Label, labelAt, type Wish } from './labels.ts';
import { type PlacedRow, placeRow } from './row.ts';
import type { Step } from './step.ts';
import { type Steps, stepsOf } from './steps.ts';
import { type TrackColumn, trackColumns, tracksWidth } from './track-columns.ts';

/** How wide a diagram may be. */
export interface DiagramOptions {
  /** In pixels; a screen of a phone has 360. */
  readonly width: number;
  /** The story of another run: rows that are not in it are marked. */
  readonly comparedWith?: Story | undefined;
}

/** A wait that is shown shorter than it was. */
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
  /** The words beside waits and gaps; those of a row are in it. */
  readonly labels: readonly Label[];
  readonly tracks: readonly TrackColumn[];
  readonly heads: readonly Label[];
  readonly headHeight: number;
  readonly height: number;
  /** The rows that the other run does not have. */
  readonly changed: ReadonlySet<Step>;
}

/** From here on a wait is a gap of its own. */
const GAP_FROM_MS = 40;
const GAP_HEIGHT = 34;
/** Less than that adds so many pixels for each of its milliseconds, up to so many. */
const PIXELS_PER_MS = 0.6;
const PIXELS_MAX = 14;
const TOP = 8;
const BOTTOM = 18;

/** The places of everything in the diagram of a story. */
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

/** Rows are compared by what is drawn and written, not by their times. */
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

/** What is written into gaps: how much time passes, and what is waited for. */
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

/** The fullest wording first. */
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

/** The names of the lanes and tracks. Where lanes stand closely, every other name is a line higher. */
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

/** Where a time stands: the rows are the marks of the axis. */
type Axis = readonly (readonly [timeMs: number, y: number])[];

function axisOf(rows: readonly PlacedRow[]): Axis {
  return rows.map(({ step, y }) => [step.timeMs, y] as const);
}

/** The height of a time between two marks. What comes after the last one is below the drawing. */
export function yAt(axis: Axis, timeMs: number): number {
  const next = axis.findIndex(([ms]) => ms >= timeMs);
  if (next < 0) return Number.POSITIVE_INFINITY;
  const [after, before] = [axis[next], axis[next - 1]];
  if (after === undefined || before === undefined) return after?.[1] ?? 0;
  const [[fromMs, from], [untilMs, until]] = [before, after];
  return from + ((timeMs - fromMs) / Math.max(untilMs - fromMs, 1)) * (until - from);
}
