// The drawings of one run, or of one counterexample: its own run, the run as it was found, and the nearest run that passes. One is shown at a time.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import type { History } from '../../harness/formats/history.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { storyOf } from '../../harness/history/story/story-of.ts';
import { countOf } from '../wrap-text.ts';
import { renderDiagram } from './diagram/diagram.ts';
import { type Markup, markup } from './markup.ts';

/** The widths of a drawing, on a screen and on a phone. */
const WIDE = 780;
const NARROW = 336;

/** Another run than the counterexample's own is drawn up to this size. */
const OTHER_ELEMENTS_MAX = 150;

/** A run as it is drawn: its own run has the id `own`, and no title above it. */
export interface View {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly story: Story;
}

/** The drawings with the buttons that choose among them. */
export function viewsOf(
  counterexample: Counterexample,
  { story, headline }: { story: Story; headline: string },
): Markup {
  return drawingsPart([{ id: 'own', name: 'This run', title: headline, story }, ...otherViews(counterexample)]);
}

/** Drawings of runs; the first is shown. */
export function drawingsPart(views: readonly View[]): Markup {
  return markup`
<div class="views">
${views.length > 1 && markup`<div class="tabs" role="group" aria-label="Which run is drawn">${views.map(({ id, name }, index) => markup`<button type="button" class="quiet" data-view="${id}" aria-pressed="${index === 0 ? 'true' : 'false'}">${name}</button>`)}</div>`}
${views.map((view, index) => drawing(view, index === 0))}
</div>`;
}

function drawing({ id, title, story }: View, isShown: boolean): Markup {
  const isOwn = id === 'own';
  const [wide, narrow] = [WIDE, NARROW].map((width) => renderDiagram(story, { width, title }));
  return markup`
<div class="view" data-scope="${id}"${!isShown && markup` hidden`}>
${!isOwn && markup`<p>${title}</p>`}
<div class="drawing wide" tabindex="0" role="group" aria-label="Diagram: ${title}. The arrow keys go from event to event.">${wide?.drawing}</div>
<div class="drawing narrow" tabindex="0" role="group" aria-label="Diagram: ${title}. The arrow keys go from event to event.">${narrow?.drawing}</div>
${wide?.legend}
</div>`;
}

function otherViews({ shrinking, explanation, findings }: Counterexample): View[] {
  const found = shrinking.originalHistory;
  const passing = explanation?.nearestPassing;
  return [
    ...(found === undefined
      ? []
      : [viewOf('found', 'As found', { history: found, findings, title: foundWords(found) })]),
    ...(passing === undefined
      ? []
      : [
          viewOf('passing', 'Nearest that passes', {
            history: passing.history,
            findings: [],
            title: `It passes: ${passing.words}`,
          }),
        ]),
  ].filter(({ story }) => story.elements.length <= OTHER_ELEMENTS_MAX);
}

/** The witnesses of a finding are events of its own run only. */
function viewOf(
  id: string,
  name: string,
  { history, findings, title }: { history: History; findings: Counterexample['findings']; title: string },
): View {
  const unseen = findings.map((finding) => ({ ...finding, witnesses: [] }));
  return { id, name, title, story: storyOf(history, { findings: unseen }) };
}

function foundWords({ items, scenario }: History): string {
  return `The run as the search found it: ${countOf(items.length, 'message')}, ${countOf(scenario.faults.length, 'fault')}.`;
}
