// Two systems under the same fault, side by side, with a verdict of one line each.
import { sendsMax } from '../harness/history/sends.ts';
import type { Story } from '../harness/history/story/story.ts';
import { type HistoryWithFindings, storyOf } from '../harness/history/story/story-of.ts';
import { type Palette, palette, type RenderOptions } from './colors.ts';
import { sendSentence } from './timeline.ts';
import { drawHead, drawRow, geometryOf } from './timeline/draw.ts';
import { rowsOf } from './timeline/rows.ts';
import { fitLine } from './wrap-text.ts';

/** One of the two systems: what to call it, and what happened to it. */
export interface DemoSide extends HistoryWithFindings {
  readonly title: string;
}

/** What the demo shows. */
export interface DemoDocument {
  /** The one line above both: what both systems had to live through. */
  readonly headline: string;
  readonly sides: readonly [DemoSide, DemoSide];
}

const SEPARATOR = '  ';
const ROWS_MAX = 14;
/** Two drawings side by side need this much; a terminal that has less wraps them in any case. */
const COLUMNS_MIN = 90;

/** About 20 lines that show both systems under the same fault, and what happened to the message. */
export function renderDemo(demo: DemoDocument, options: RenderOptions): string {
  const paint = palette(options.color);
  const columns = Math.max(Math.min(options.width ?? 100, 100), COLUMNS_MIN);
  const sideColumns = Math.floor((columns - SEPARATOR.length) / 2);
  const canvas = { columns: sideColumns, paint };
  const [left, right] = [sideLines(demo.sides[0], canvas), sideLines(demo.sides[1], canvas)];
  const height = Math.max(left.length, right.length);
  const lines = Array.from({ length: height }, (_, index) => {
    const { text = '', plain = '' } = left[index] ?? {};
    return `${text}${' '.repeat(sideColumns - plain.length)}${SEPARATOR}${right[index]?.text ?? ''}`.trimEnd();
  });
  const verdicts = demo.sides.map((side) => verdictLine(side, paint));
  return [paint.strong(fitLine(demo.headline, columns)), '', ...lines, '', ...verdicts].join('\n');
}

/** A line with its form without colours, from which its width is known. */
interface Line {
  readonly text: string;
  readonly plain: string;
}

function sideLines(side: DemoSide, { columns, paint }: { columns: number; paint: Palette }): Line[] {
  const { rows } = rowsOf(withoutMarks(side), ROWS_MAX);
  const geometry = geometryOf(rows, columns);
  const draw = (painter: Palette): string[] => [
    painter.strong(fitLine(side.title, columns)),
    drawHead(geometry, painter),
    ...rows.map((row) => drawRow(row, { geometry, paint: painter })),
  ];
  const plain = draw(palette(false));
  return draw(paint).map((text, index) => ({ text, plain: plain[index] ?? '' }));
}

/** The fault is in the headline, once for both; nor are witnesses marked, because each side is shown whole. */
function withoutMarks({ history }: DemoSide): Story {
  const story = storyOf(history, { findings: [] });
  const elements = story.elements.filter((element) => element.kind === 'message' || element.what !== 'fault');
  return { ...story, elements: elements.map((element) => ({ ...element, faults: [] })) };
}

/** Whether a side did what it must. */
export function isGoodSide({ history, findings }: DemoSide): boolean {
  return sendsMax(history) <= 1 && findings.length === 0;
}

function verdictLine(side: DemoSide, paint: Palette): string {
  const { title, history, findings } = side;
  const sentence = fitLine(`${title}: ${sendSentence(storyOf(history, { findings }))}.`, 100);
  return isGoodSide(side) ? paint.good(sentence) : paint.bad(sentence);
}
