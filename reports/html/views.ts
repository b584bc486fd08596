// The drawings of a counterexample, of which one is shown at a time: its own run, the run as it was found, and the nearest run that passes.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import type { Explanation } from '../../harness/formats/explanation.ts';
import type { Finding } from '../../harness/formats/finding.ts';
import type { History } from '../../harness/formats/history.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { type HistoryWithFindings, storyOf } from '../../harness/history/story/story-of.ts';
import { countOf } from '../../harness/history/counted-words.ts';
import { renderDiagram } from './diagram/diagram.ts';
import { type Markup, markup } from './markup.ts';
import { linesOf, lineText } from './story-lines.ts';

/** The widths of a drawing in pixels, on a screen and on a phone. */
const WIDE = 780;
const NARROW = 336;

/** A run other than the counterexample's own is drawn only if it has at most this many elements. */
const OTHER_ELEMENTS_MAX = 150;

/** A run to draw. The counterexample's own run has the id `own`, and no title above it. */
export interface View {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly story: Story;
  /** The run, for the renderers of text. */
  readonly run: HistoryWithFindings;
  /** The story that it is compared with: rows that are not in that story are marked. */
  readonly comparedWith?: Story;
}

/** The runs of a counterexample: its own, then the run as it was found and the nearest run that passes, if they are worth drawing. */
export function viewsOf(
  counterexample: Counterexample,
  { story, headline }: { story: Story; headline: string },
): readonly View[] {
  const own: View = { id: 'own', name: 'This run', title: headline, story, run: counterexample };
  return [own, ...otherViews(counterexample, story)];
}

/** The drawings of runs, with a button for each; the first is shown. */
export function drawingsPart(views: readonly View[]): Markup {
  return markup`
<div class="views">
${views.length > 1 && markup`<div class="tabs" role="group" aria-label="Which run is drawn">${views.map(({ id, name }, index) => markup`<button type="button" class="quiet" data-view="${id}" aria-pressed="${index === 0 ? 'true' : 'false'}">${name}</button>`)}</div>`}
${views.map((view, index) => drawing(view, index === 0))}
</div>`;
}

function drawing({ id, title, story, comparedWith }: View, isShown: boolean): Markup {
  const isOwn = id === 'own';
  const [wide, narrow] = [WIDE, NARROW].map((width) => renderDiagram(story, { width, title, comparedWith }));
  return markup`
<div class="view" data-scope="${id}"${!isShown && markup` hidden`}>
${!isOwn && markup`<p>${title}</p>`}
<div class="drawing wide" tabindex="0" role="group" aria-label="Diagram: ${title}. The arrow keys go from event to event.">${wide?.drawing}</div>
<div class="drawing narrow" tabindex="0" role="group" aria-label="Diagram: ${title}. The arrow keys go from event to event.">${narrow?.drawing}</div>
${wide?.legend}
</div>`;
}

function otherViews({ shrinking, explanation, findings }: Counterexample, own: Story): View[] {
  const found = shrinking.originalHistory;
  const passing = explanation?.nearestPassing;
  const views = [found && foundView(found, findings), passing && passingView(passing, { findings, own })];
  return views.flatMap((view) =>
    view === undefined || view.story.elements.length > OTHER_ELEMENTS_MAX || isSame(view.story, own) ? [] : [view],
  );
}

function foundView(history: History, findings: readonly Finding[]): View {
  const title = `The run as the search found it: ${countOf(history.items.length, 'message')}, ${countOf(history.scenario.faults.length, 'fault')}.`;
  const story = storyOf(history, { findings: withoutWitnesses(findings) });
  // The messages of the findings name ids of the other run.
  return { id: 'found', name: 'As found', title, story, run: { history, findings: [] } };
}

/** The nearest run that passes, drawn like the failing run, with the same messages and lanes, so that the two can be compared. */
function passingView(
  { words, history }: NonNullable<Explanation['nearestPassing']>,
  { findings, own }: { findings: readonly Finding[]; own: Story },
): View {
  return {
    id: 'passing',
    name: 'Nearest that passes',
    title: `It passes: ${words}`,
    story: storyOf(history, { findings: withoutWitnesses(findings) }),
    run: { history, findings: [] },
    comparedWith: own,
  };
}

/** The findings without witnesses, for another run: witnesses are events of the finding's own run. */
function withoutWitnesses(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, witnesses: [] }));
}

/** Whether two stories have the same lines and sizes. A run that could not be shrunk would otherwise be shown twice. */
function isSame(one: Story, other: Story): boolean {
  const [text, otherText] = [one, other].map((story) =>
    [story.sent.length, story.faults.length, ...linesOf(story).map((line) => lineText(line, story))].join('\n'),
  );
  return text === otherText;
}
