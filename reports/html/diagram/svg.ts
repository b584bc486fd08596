// Writes a laid-out diagram as SVG. The SVG has classes but no styles: the style sheet of the page sets colours for light, dark and print.
import type { StoryFault, StoryWait } from '../../../harness/history/story/story.ts';
import { markup, type Markup, type MarkupValue } from '../markup.ts';
import { type Gap, type Layout, yAt } from './layout.ts';
import type { Label } from './labels.ts';
import { BADGE, heightsOf, type PlacedRow } from './row.ts';
import type { PlacedSpell, TrackColumn } from './track-columns.ts';

/** The names of the lanes, which stay visible while the drawing is scrolled. */
export function headSvg({ columns, heads, headHeight }: Layout): Markup {
  const { width } = columns;
  return markup`<svg class="d d-head" width="${width}" height="${headHeight}" viewBox="0 0 ${width} ${headHeight}" aria-hidden="true">${heads.map(textOf)}</svg>`;
}

/** The drawing below the names. */
export function bodySvg(layout: Layout, title: string): Markup {
  const { columns, height, rows, gaps, labels, tracks } = layout;
  const { width } = columns;
  return markup`<svg class="d" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">${[
    gaps.map((gap) => stripeOf(gap, layout)),
    faultBands(layout),
    waitBands(layout),
    lifelines(layout),
    tracks.map(trackOf),
    dwells(layout),
    markup`<g class="d-in-gap">${labels.map(textOf)}</g>`,
    rows.map((row) => rowOf(row, layout)),
  ]}</svg>`;
}

function stripeOf({ top, bottom, fromMs, untilMs }: Gap, { columns }: Layout): Markup {
  return markup`<g><title>${untilMs - fromMs} ms pass</title><rect class="d-gap" x="0" y="${top + 4}" width="${columns.right}" height="${bottom - top - 8}"/></g>`;
}

/** The lifelines. They are dotted in gaps, and while their process is down. */
function lifelines({ columns, height, gaps, story, rows }: Layout): MarkupValue {
  const down = downSpans(story, rows, height);
  return [...columns.lanes].map(([lane, x]) => [
    markup`<line class="d-life" x1="${x}" y1="0" x2="${x}" y2="${height}"/>`,
    gaps.map(
      ({ top, bottom }) => markup`<line class="d-break" x1="${x}" y1="${top + 4}" x2="${x}" y2="${bottom - 4}"/>`,
    ),
    down
      .filter(({ at }) => at === lane)
      .map(({ from, to }) => markup`<line class="d-down" x1="${x}" y1="${round(from)}" x2="${x}" y2="${round(to)}"/>`),
  ]);
}

/** The heights between which a process was down: from its crash or exit to its restart, or to the end of the drawing. */
export function downSpans(
  { elements }: Layout['story'],
  rows: readonly PlacedRow[],
  height: number,
): { at: string; from: number; to: number }[] {
  const heights = heightsOf(rows);
  const heightOf = ([seq = -1]: readonly number[]): number | undefined => heights.get(seq);
  return elements.flatMap((element) => {
    if (element.kind !== 'point' || (element.what !== 'crash' && element.what !== 'exit')) return [];
    const next = elements.find(
      (other) =>
        other.kind === 'point' && other.what === 'restart' && other.at === element.at && other.place > element.place,
    );
    const from = heightOf(element.seqs);
    return from === undefined
      ? []
      : [{ at: element.at, from, to: (next === undefined ? undefined : heightOf(next.seqs)) ?? height }];
  });
}

/** A band for the window of each fault, beside the lane where the fault acts. */
function faultBands({ plan, rows, height }: Layout): MarkupValue {
  const axis = rows.map(({ step, y }) => [step.timeMs, y] as const);
  return plan.faults.map(({ fault, step }, index) => {
    const row = rows.find((placed) => placed.step === step);
    if (row === undefined) return null;
    const end =
      (fault.fault.kind === 'provider' ? lastShown(fault, rows) : undefined) ?? endOfWindow(fault, { axis, height });
    const x = row.to - 5 - (index % 3) * 4;
    return markup`<g data-seq="${step.seqs.join(' ')}"><title>${step.title}</title><rect class="d-fault d-${fault.state}" x="${x}" y="${round(row.y)}" width="10" height="${round(Math.max(end - row.y, 4))}"/></g>`;
  });
}

function endOfWindow(
  { endMs }: StoryFault,
  { axis, height }: { axis: Parameters<typeof yAt>[0]; height: number },
): number {
  return endMs === null ? height : Math.min(yAt(axis, endMs), height);
}

/** The height of the last event that a provider fault affected: its band ends there, even if the window was longer. */
function lastShown({ witnesses }: StoryFault, rows: readonly PlacedRow[]): number | undefined {
  const heights = rows.flatMap(({ step: { shape, seqs }, y }) =>
    (shape.kind !== 'point' || shape.mark !== 'fault') && seqs.some((seq) => witnesses.includes(seq)) ? [y] : [],
  );
  return heights.length === 0 ? undefined : Math.max(...heights);
}

/** A band for each wait of the legacy app. The part beyond the budget has another colour. */
function waitBands({ story, rows, columns, height }: Layout): MarkupValue {
  const x = columns.lanes.get('legacy app');
  if (x === undefined) return null;
  const axis = rows.map(({ step, y }) => [step.timeMs, y] as const);
  const heights = heightsOf(rows);
  return story.waits.map(({ seq, endSeq, startMs, endMs, budgetMs, end }, index) => {
    const from = heights.get(seq);
    if (from === undefined) return null;
    const left = x - 5 + 5 * overlapping(story.waits.slice(0, index), startMs);
    const to = heights.get(endSeq ?? -1) ?? (endMs === null ? height : Math.min(yAt(axis, endMs), height));
    const isOver = isOverBudget({ startMs, endMs, budgetMs });
    const limit = isOver ? Math.min(yAt(axis, startMs + budgetMs), to) : to;
    const title = `The legacy app waits, at most ${budgetMs} ms: ${WAIT_ENDS[end]}${endMs === null ? '' : ` after ${Math.round(endMs - startMs)} ms`}`;
    return markup`<g><title>${title}</title><rect class="d-wait" x="${left}" y="${round(from)}" width="10" height="${round(Math.max(limit - from, 2))}"/>${
      isOver &&
      markup`<rect class="d-over" x="${left}" y="${round(limit)}" width="10" height="${round(Math.max(to - limit, 2))}"/>`
    }</g>`;
  });
}

/** Whether a wait exceeded its budget by more than 10 %. */
export function isOverBudget({ startMs, endMs, budgetMs }: Pick<StoryWait, 'startMs' | 'endMs' | 'budgetMs'>): boolean {
  return (endMs ?? Number.POSITIVE_INFINITY) - startMs > budgetMs * 1.1;
}

/** How many earlier waits are still going on, modulo 3: overlapping waits are drawn beside each other. */
function overlapping(waits: readonly StoryWait[], startMs: number): number {
  return waits.filter(({ endMs }) => endMs === null || endMs > startMs).length % 3;
}

const WAIT_ENDS = {
  answered: 'answered',
  'given-up': 'given up',
  broken: 'the connection broke',
  open: 'still open',
} as const;

/** A line for each message that is held at the proxy, and for each decision of the provider that is pending. */
function dwells({ plan, rows, columns }: Layout): MarkupValue {
  return plan.dwells.map(({ at, from, to, isPast, title }) => {
    const [first, last] = [from, to].map((place) => rows.find(({ step }) => step.place === place)?.y);
    const x = columns.lanes.get(at);
    if (first === undefined || last === undefined || x === undefined) return null;
    return markup`<g><title>${title}</title><line class="d-dwell${isPast ? '' : ' d-faint'}" x1="${x}" y1="${round(first)}" x2="${x}" y2="${round(last)}"/></g>`;
  });
}

function trackOf({ track, spells }: TrackColumn): Markup {
  return markup`<g>${spells.map((spell) => spellOf(spell, track.kind))}</g>`;
}

function spellOf({ spell, left, top, right, bottom, label }: PlacedSpell, kind: string): Markup {
  const holder = spell.holder === 'legacy app' ? 'legacy' : spell.holder === 'service' ? 'service' : kind;
  const words = `${kind}${spell.holder === null ? '' : ` of the ${spell.holder}`}: ${spell.words}, from ${Math.round(spell.startMs)} ms`;
  return markup`<g${spell.seq !== null && markup` data-seq="${spell.seq}"`}><title>${words}</title><rect class="d-spell d-of-${holder}" x="${left}" y="${top}" width="${right - left}" height="${Math.max(bottom - top - 1, 1)}"/>${label && textOf(label)}</g>`;
}

function rowOf(row: PlacedRow, { columns, changed }: Layout): Markup {
  const { step, top, bottom, labels } = row;
  const classes = ['d-row', step.isPast ? `d-${step.tone}` : 'd-faint', step.witness !== null && 'd-witness'];
  return markup`<g class="${classes.filter(Boolean).join(' ')}" data-seq="${step.seqs.join(' ')}"><title>${step.title}</title><rect class="d-hit" x="0" y="${top - 2}" width="${columns.right}" height="${bottom - top}"/>${changed.has(step) && markup`<rect class="d-changed" x="0" y="${top - 2}" width="4" height="${bottom - top}"/>`}${shapeOf(row, columns)}${labels.map(textOf)}${badgeOf(row)}</g>`;
}

function shapeOf({ step, y, from, to }: PlacedRow, { left, right }: Layout['columns']): MarkupValue {
  const { shape } = step;
  if (shape.kind === 'line')
    return markup`<line class="d-flip" x1="${left}" y1="${y}" x2="${right}" y2="${y}"/><circle cx="${to}" cy="${y}" r="4"/>`;
  if (shape.kind === 'point') return markOf(shape.mark, to, y);
  const classes = `d-arrow${shape.isDashed ? ' d-dashed' : ''}${shape.isWrite ? ' d-write' : ''}`;
  const way = to > from ? 1 : -1;
  // The number of a witness is drawn where its arrow ends.
  const tip = step.witness === null ? to : to - way * BADGE;
  const line = markup`<line class="${classes}" x1="${from}" y1="${y}" x2="${round(tip - way * (shape.isLost ? 0 : 6))}" y2="${y}"/>`;
  if (shape.isLost) return [line, markOf('cross', to, y)];
  if (shape.isWrite) return [line, markup`<rect x="${to - 4}" y="${y - 4}" width="8" height="8" rx="2"/>`];
  return [line, markup`<path d="M${round(tip)} ${y}l${-way * 9} -4.5v9z"/>`];
}

function markOf(mark: 'dot' | 'cross' | 'start' | 'fault', x: number, y: number): Markup {
  if (mark === 'cross') return markup`<path class="d-cross" d="M${round(x - 5)} ${y - 5}l10 10m0 -10l-10 10"/>`;
  if (mark === 'start') return markup`<path d="M${x - 4} ${y - 5}l9 5l-9 5z"/>`;
  if (mark === 'fault') return markup`<path class="d-bolt" d="M${x + 2} ${y - 7}l-6 8h4l-2 6l6 -8h-4z"/>`;
  return markup`<circle cx="${x}" cy="${y}" r="4"/>`;
}

function badgeOf({ step, to, y }: PlacedRow): MarkupValue {
  if (step.witness === null) return null;
  return markup`<circle class="d-badge" cx="${round(to)}" cy="${y}" r="${BADGE}"/><text class="d-number" x="${round(to)}" y="${y + 3.7}">${step.witness}</text>`;
}

function textOf({ text, x, y, font, tone }: Label): Markup {
  const classes = `d-t-${tone}${font.isBold === true ? ' d-bold' : ''}`;
  return markup`<text class="${classes}" x="${round(x)}" y="${y}" font-size="${font.size}">${text}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
