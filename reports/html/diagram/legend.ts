// The legend of a drawing. It explains only signs that the drawing contains.
import { markup, type Markup } from '../markup.ts';
import type { Layout } from './layout.ts';
import { downSpans, isOverBudget } from './svg.ts';

/** A sign: its CSS class, its content, and its meaning. */
type Sign = readonly [kind: string, content: string, words: string];

/** The legend as a list. */
export function legendOf(layout: Layout): Markup {
  const signs = signsOf(layout);
  const isFaint = layout.rows.some(({ step }) => !step.isPast);
  return markup`<ul class="legend">${signs.map(([kind, content, words]) => markup`<li><span class="${kind}">${content}</span> ${words}</li>`)}${isFaint && markup`<li>faint: not known to have led to the finding</li>`}</ul>`;
}

function signsOf({ story, rows, plan, columns, height, changed }: Layout): Sign[] {
  const arrows = rows.flatMap(({ step: { shape } }) => (shape.kind === 'arrow' ? [shape] : []));
  const waits = columns.lanes.has('legacy app') ? story.waits : [];
  const signs: readonly (readonly [isThere: boolean, sign: Sign])[] = [
    [rows.some(({ step }) => step.witness !== null), ['l-witness', '1', 'the finding rests on it']],
    [waits.length > 0, ['l-wait', '', 'the legacy app waits']],
    [waits.some(isOverBudget), ['l-over', '', 'beyond its budget']],
    [plan.faults.length > 0, ['l-fault', '', 'a fault is in force']],
    [downSpans(story, rows, height).length > 0, ['l-down', '', 'the process is down']],
    [arrows.some(({ isDashed }) => isDashed), ['l-dashed', '', 'late or lost']],
    [arrows.some(({ isWrite }) => isWrite), ['l-write', '', 'written to the database']],
    [changed.size > 0, ['l-changed', '', 'not in the run that fails']],
  ];
  return signs.flatMap(([isThere, sign]) => (isThere ? [sign] : []));
}
