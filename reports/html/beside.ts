// The parts beside the drawing of a counterexample: expected and actual, and why it happens. The parts below it: final rows, log lines, and
// the events as a list that can be searched.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import { type Finding, PROPERTIES } from '../../harness/formats/finding.ts';
import { PROPERTY_GUIDES } from '../../harness/guide/properties.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { explanationRows } from '../explanation-words.ts';
import { countOf, grouped } from '../../harness/history/counted-words.ts';
import { activityOf } from './actors.ts';
import { type Markup, markup, type MarkupValue } from './markup.ts';
import { linesOf, lineText } from './story-lines.ts';

/** The maximum number of rows of a list. */
const ROWS_MAX = 250;

/** Expected and actual of the first finding; the other findings are behind a summary that opens. */
export function findingsPart(story: Story): MarkupValue {
  const { findings } = story;
  const [first, ...others] = findings;
  if (first === undefined) return null;
  const more = markup`<details><summary>${countOf(others.length, 'more finding')} of this run</summary>${others.map(findingPart)}</details>`;
  return [
    findingPart(first),
    markup`<dl class="against"><dt>Where to look</dt><dd>${whereToLook(story)}</dd></dl>`,
    others.length > 0 && more,
  ];
}

/** The last witness of the first finding, with the system and the activity that caused it, and what to check there. */
export function whereToLook(story: Story): MarkupValue {
  const [finding] = story.findings;
  if (finding === undefined) return null;
  const line = linesOf(story).findLast(({ isWitness }) => isWitness);
  const activity = line === undefined ? undefined : activityOf(line.elements[0], story);
  const { look } = PROPERTY_GUIDES[finding.property];
  if (line === undefined || activity === undefined) return look;
  return markup`<strong>${activity.charAt(0).toUpperCase()}${activity.slice(1)}</strong>, at ${line.timeMs} ms: ${line.words}. ${look}`;
}

function findingPart({ property, message, witnesses }: Finding): Markup {
  return markup`
<div class="finding">
<h4>${property} ${PROPERTIES[property]}</h4>
<dl class="against"><dt>Expected</dt><dd>${PROPERTY_GUIDES[property].demand}</dd><dt>Actual</dt><dd>${message}.</dd></dl>
${witnesses.length > 0 && markup`<p><button type="button" class="quiet" data-seq="${witnesses.join(' ')}">Show in the diagram</button></p>`}
</div>`;
}

const TRIED =
  'The rig left out or changed each part of the run several times. "0 of 11 violate": of 11 runs without the part none violates, so it is needed.';

/** The explanation of a counterexample, and how often its replays violated; nothing if neither was tried. */
export function explanationPart({ explanation, confirmation }: Counterexample): MarkupValue {
  const again =
    confirmation !== undefined &&
    markup`<p>Run again ${countOf(confirmation.tries, 'time')}: violated ${confirmation.violated} of ${confirmation.tries}${confirmation.violated < confirmation.tries && markup` (<strong>flaky</strong>)`}.</p>`;
  if (explanation === undefined) return again;
  const rows = explanationRows(explanation).map(({ term, text }) => markup`<dt>${term}</dt><dd>${text}</dd>`);
  const tried = explanation.ingredients.length > 0 && markup`<p>${TRIED}</p>`;
  return markup`<h4>Why</h4>${tried}<dl class="why">${rows}</dl>${again}`;
}

/** The rows in the tables at the end of the run, and the log lines. */
export function remainsPart({ tables, elements }: Story): MarkupValue {
  const lines = elements.filter((element) => element.kind === 'point' && element.what === 'log').slice(0, ROWS_MAX);
  return [
    tables.length > 0 &&
      markup`<details><summary>Rows at the end</summary><div class="tables">${tables.map(({ table, rows }) => markup`<div><h5>${table}</h5>${rows.map(({ seq, cells }) => markup`<dl class="row" data-seq="${seq}">${cells.map(([column, value]) => markup`<dt>${column}</dt><dd>${shortened(value)}</dd>`)}</dl>`)}</div>`)}</div></details>`,
    lines.length > 0 &&
      markup`<details><summary>Log lines</summary><p>Each time is the earliest at which the line can have been printed.</p><ol class="lines">${lines.map(({ seq, timeMs, labels }) => markup`<li data-seq="${seq}"><code>${timeMs} ms ${shortened(labels[0].replace(/^prints /u, ''))}</code></li>`)}</ol></details>`,
  ];
}

/** The events of the drawing as a list: for search, for the keyboard, and for readers who cannot see the drawing. */
export function eventsPart(story: Story, id: string): Markup {
  const shown = linesOf(story).slice(0, ROWS_MAX);
  return markup`
<details class="events"><summary>Events as a list</summary>
<label>Search <input type="search" data-search="${id}" autocomplete="off"></label> <output aria-live="polite"></output>
<ol>${shown.map((line) => markup`<li><button type="button" data-seq="${line.seqs.join(' ')}"${line.isWitness && markup` class="witness"`}>${lineText(line, story)}</button></li>`)}</ol>
</details>`;
}

/** Cuts off a long value from a system, and names its length. */
function shortened(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}... (${grouped(text.length)} characters)`;
}
