// Places one row of a diagram: the height of its line, and its labels above, beside and below it.
import type { Columns } from './columns.ts';
import type { Lane } from './lanes.ts';
import { fits, areOverlapping, type Label, labelAt, labelsAt, LINE, type Wish } from './labels.ts';
import type { Step } from './step.ts';

/** A row with its place. */
export interface PlacedRow {
  readonly step: Step;
  readonly top: number;
  readonly bottom: number;
  /** The height of its arrow or mark. */
  readonly y: number;
  /** The x positions where its arrow begins and ends; both are the position of its mark. */
  readonly from: number;
  readonly to: number;
  readonly labels: readonly Label[];
}

/** The radius of the number of a witness. */
export const BADGE = 8;
/** The space between the labels of a row and the next row. */
const SPACING = 5;
/** The part of the way after which the arrow of a lost message ends. */
const LOST_AT = 0.82;

const FONT = { size: 11.5 };
const STRONG = { size: 11.5, isBold: true };
const TIME = { size: 10.5 };

/** The top of a row, the columns of the drawing, and whether the row shows its time. */
interface Place {
  readonly top: number;
  readonly columns: Columns;
  readonly isTimed: boolean;
}

/** Places a row. */
export function placeRow(step: Step, place: Place): PlacedRow {
  return step.shape.kind === 'arrow' ? placeArrow(step, place) : placePoint(step, place);
}

function placeArrow(step: Step, { top, columns, isTimed }: Place): PlacedRow {
  const { shape, label, note, witness } = step;
  if (shape.kind !== 'arrow') throw new TypeError('no arrow');
  const [from, end] = [xOf(shape.from, columns), xOf(shape.to, columns)];
  const to = shape.isLost ? from + (end - from) * LOST_AT : end;
  const isRight = end > from;
  const font = witness === null ? FONT : STRONG;
  const above =
    label === ''
      ? []
      : labelsAt(top, { text: label, x: (from + end) / 2, align: 'middle', font, tone: step.tone }, columns);
  const y = top + (label === '' ? LINE / 2 : above.length * LINE + (witness === null ? 4 : BADGE));
  const distance = witness === null ? 8 : BADGE + 5;
  const wish: Wish = {
    text: note?.text ?? '',
    x: to + (isRight ? distance : -distance),
    align: isRight ? 'start' : 'end',
    font: note?.tone === 'bad' ? STRONG : FONT,
    tone: note?.tone ?? 'plain',
  };
  const beside = besideOrBelow(wish, { y, columns, clearance: witness === null ? 5 : BADGE, above });
  return complete(step, { top, y, from, to, columns, isTimed, labels: [...above, ...beside] });
}

function placePoint(step: Step, { top, columns, isTimed }: Place): PlacedRow {
  const { shape, label, note, witness, tone } = step;
  const x = xOf('at' in shape ? shape.at : 'proxy', columns);
  const isLine = shape.kind === 'line';
  const y = top + (isLine ? LINE + 3 : LINE / 2);
  const distance = witness === null ? 9 : BADGE + 5;
  const text = [label, note?.text ?? ''].filter((words) => words !== '').join(' ');
  const font = witness === null ? FONT : STRONG;
  const wish: Wish = { text, x: x + distance, align: 'start', font, tone: note?.tone ?? tone };
  const isRoomRight = fits(wish, columns);
  const other: Wish = isRoomRight ? wish : { ...wish, x: x - distance, align: 'end' };
  // A line across all lanes has its label above it.
  const labels = isLine
    ? labelsAt(top, other, columns)
    : besideOrBelow(other, { y, columns, clearance: witness === null ? 7 : BADGE + 1, above: [] });
  return complete(step, { top, y, from: x, to: x, columns, isTimed, labels });
}

/** The space for a label beside an arrow or mark at the height `y`. */
interface Beside {
  readonly y: number;
  readonly columns: Columns;
  /** How far below `y` a label no longer overlaps the arrow or mark. */
  readonly clearance: number;
  readonly above: readonly Label[];
}

/** A label at the height of the arrow or mark; below it if there is no space, or if it would overlap the labels above. */
function besideOrBelow(wish: Wish, { y, columns, clearance, above }: Beside): Label[] {
  if (wish.text === '') return [];
  const beside = labelAt(y - LINE / 2, wish, columns);
  const isFree = fits(wish, columns) && !above.some((label) => areOverlapping(label, beside));
  return isFree ? [beside] : labelsAt(y + clearance, wish, columns);
}

function complete(
  step: Step,
  placed: Omit<PlacedRow, 'step' | 'bottom'> & { columns: Columns; isTimed: boolean },
): PlacedRow {
  const { top, y, from, to, columns, isTimed } = placed;
  const wish: Wish = { text: String(step.timeMs), x: columns.left - 8, align: 'end', font: TIME, tone: 'quiet' };
  const time = isTimed ? [labelAt(y - LINE / 2, wish, { left: 0, right: columns.left })] : [];
  const labels = [...placed.labels, ...time];
  const shape = y + (step.witness === null ? 5 : BADGE);
  const bottom = Math.round(Math.max(shape, ...labels.map((label) => label.bottom)) + SPACING);
  return { step, top, y, from, to, labels, bottom };
}

function xOf(lane: Lane, { lanes }: Columns): number {
  return lanes.get(lane) ?? 0;
}

/** The height of each event, by its `seq`. Rows of faults are skipped: the events that they name have their own rows. */
export function heightsOf(rows: readonly PlacedRow[]): ReadonlyMap<number, number> {
  const heights = new Map<number, number>();
  for (const { step, y } of rows) {
    if (step.shape.kind === 'point' && step.shape.mark === 'fault') continue;
    for (const seq of step.seqs) if (!heights.has(seq)) heights.set(seq, y);
  }
  return heights;
}
