// One row of a diagram with its place: the height of its line, and its words above, beside and below it.
import type { Columns } from './columns.ts';
import type { Lane } from './lanes.ts';
import { fits, isMeeting, type Label, labelAt, labelsAt, LINE, type Wish } from './labels.ts';
import type { Step } from './step.ts';

/** A row that has its place. */
export interface PlacedRow {
  readonly step: Step;
  readonly top: number;
  readonly bottom: number;
  /** The height of its arrow or mark. */
  readonly y: number;
  /** Where its arrow begins and ends, or where its mark is. */
  readonly from: number;
  readonly to: number;
  readonly labels: readonly Label[];
}

/** The radius of the number of a witness. */
export const BADGE = 8;
/** Between the words of a row and the next row. */
const SPACING = 5;
/** How far a lost message comes. */
const LOST_AT = 0.82;

const FONT = { size: 11.5 };
const STRONG = { size: 11.5, isBold: true };
const TIME = { size: 10.5 };

/** Where a row may stand, and whether its time is written. */
interface Place {
  readonly top: number;
  readonly columns: Columns;
  readonly isTimed: boolean;
}

/** Gives a row its place. */
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
  // A line across all lanes has its words above it.
  const labels = isLine
    ? labelsAt(top, other, columns)
    : besideOrBelow(other, { y, columns, clearance: witness === null ? 7 : BADGE + 1, above: [] });
  return complete(step, { top, y, from: x, to: x, columns, isTimed, labels });
}

/** Where words may be beside something at a height. */
interface Beside {
  readonly y: number;
  readonly columns: Columns;
  /** How far below that height the words are free of it. */
  readonly clearance: number;
  readonly above: readonly Label[];
}

/** A label at the height of the arrow or mark; below it where there is no room, or where it would meet the words above. */
function besideOrBelow(wish: Wish, { y, columns, clearance, above }: Beside): Label[] {
  if (wish.text === '') return [];
  const beside = labelAt(y - LINE / 2, wish, columns);
  const isFree = fits(wish, columns) && !above.some((label) => isMeeting(label, beside));
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

/** The height at which each event is drawn. A fault names the events that show it, and they have rows of their own. */
export function heightsOf(rows: readonly PlacedRow[]): ReadonlyMap<number, number> {
  const heights = new Map<number, number>();
  for (const { step, y } of rows) {
    if (step.shape.kind === 'point' && step.shape.mark === 'fault') continue;
    for (const seq of step.seqs) if (!heights.has(seq)) heights.set(seq, y);
  }
  return heights;
}
