// The demo on a terminal: two systems under the same fault, side by side, with one line of verdict for each.
import { sendsMax } from '../harness/history/sends.ts';
import type { Story } from '../harness/history/story/story.ts';
import { type HistoryWithFindings, storyOf } from '../harness/history/story/story-of.ts';
import { type Palette, palette, type RenderOptions } from './colors.ts';
import { sendSentence } from './timeline.ts';
import { drawHead, drawRow, geometryOf } from './timeline/draw.ts';
import { rowsOf } from './timeline/rows.ts';
import { fitLine } from './wrap-text.ts';

/** One of the two systems: its title, history and findings. */
export interface DemoSide extends HistoryWithFindings {
  readonly title: string;
}

/** The content of the demo. */
export interface DemoDocument {
  /** The line above both drawings: the situation that both systems were in. */
  readonly headline: string;
  readonly sides: readonly [DemoSide, DemoSide];
}

const SEPARATOR = '  ';
const ROWS_MAX = 14;
/** Two drawings side by side need this many columns. A narrower terminal wraps the lines. */
const COLUMNS_MIN = 90;

/** About 20 lines: both systems side by side, and below them how often each sent the message. */
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

/** A line as printed, and the same line without colours, which gives its width. */
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

/** The story without faults and witnesses: the headline names the fault for both sides, and each side is drawn completely. */
function withoutMarks({ history }: DemoSide): Story {
  const story = storyOf(history, { findings: [] });
  const elements = story.elements.filter((element) => element.kind === 'message' || element.what !== 'fault');
  return { ...story, elements: elements.map((element) => ({ ...element, faults: [] })) };
}

/** Whether a system sent no message twice and has no finding. */
export function isGoodSide({ history, findings }: DemoSide): boolean {
  return sendsMax(history) <= 1 && findings.length === 0;
}

function verdictLine(side: DemoSide, paint: Palette): string {
  const { title, history, findings } = side;
  const sentence = fitLine(`${title}: ${sendSentence(storyOf(history, { findings }))}.`, 100);
  return isGoodSide(side) ? paint.good(sentence) : paint.bad(sentence);
}
