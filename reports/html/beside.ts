// What is beside the drawing of a counterexample, what was expected and what was seen, and why it happens; and below it what the run left,
// its log, its events as a list that can be searched.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import { type Finding, PROPERTIES } from '../../harness/formats/finding.ts';
import { PROPERTY_GUIDES } from '../../harness/guide/properties.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { explanationRows } from '../explanation-words.ts';
import { countOf } from '../wrap-text.ts';
import { activityOf } from './actors.ts';
import { type Markup, markup, type MarkupValue } from './markup.ts';
import { linesOf, lineText } from './story-lines.ts';

/** A list holds no more than this. */
const ROWS_MAX = 250;

/** Expected against actual: of the finding that the story is about, and of the others behind it. */
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

/** The last step that the finding rests on, with the system and the activity that took it, and what to ask there. */
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
  'Each part of the run was left out or changed, several times over. "0 of 11 violate" says that of 11 runs without it none violates: it is needed.';

/** Why it happens, as far as that was tried. */
export function explanationPart({ explanation, confirmation }: Counterexample): MarkupValue {
  const again =
    confirmation !== undefined &&
    markup`<p>Run again ${countOf(confirmation.tries, 'time')}: violated ${confirmation.violated} of ${confirmation.tries}${confirmation.violated < confirmation.tries && markup` (<strong>flaky</strong>)`}.</p>`;
  if (explanation === undefined) return again;
  const rows = explanationRows(explanation).map(({ term, text }) => markup`<dt>${term}</dt><dd>${text}</dd>`);
  const tried = explanation.ingredients.length > 0 && markup`<p>${TRIED}</p>`;
  return markup`<h4>Why</h4>${tried}<dl class="why">${rows}</dl>${again}`;
}

/** The rows that are left in the tables, and what was printed. */
export function remainsPart({ tables, elements }: Story): MarkupValue {
  const lines = elements.filter((element) => element.kind === 'point' && element.what === 'log').slice(0, ROWS_MAX);
  return [
    tables.length > 0 &&
      markup`<details><summary>Rows at the end</summary><div class="tables">${tables.map(({ table, rows }) => markup`<div><h5>${table}</h5>${rows.map(({ seq, cells }) => markup`<dl class="row" data-seq="${seq}">${cells.map(([column, value]) => markup`<dt>${column}</dt><dd>${shortened(value)}</dd>`)}</dl>`)}</div>`)}</div></details>`,
    lines.length > 0 &&
      markup`<details><summary>Log lines</summary><ol class="lines">${lines.map(({ seq, timeMs, labels }) => markup`<li data-seq="${seq}"><code>${timeMs} ms ${shortened(labels[0].replace(/^prints /u, ''))}</code></li>`)}</ol></details>`,
  ];
}

/** All that the drawing shows, as a list: for search, for keys, and for who cannot see the drawing. */
export function eventsPart(story: Story, id: string): Markup {
  const shown = linesOf(story).slice(0, ROWS_MAX);
  return markup`
<details class="events"><summary>Events as a list</summary>
<label>Search <input type="search" data-search="${id}" autocomplete="off"></label> <output aria-live="polite"></output>
<ol>${shown.map((line) => markup`<li><button type="button" data-seq="${line.seqs.join(' ')}"${line.isWitness && markup` class="witness"`}>${lineText(line, story)}</button></li>`)}</ol>
</details>`;
}

/** A value of a system may have any length. */
function shortened(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}... (${text.length} characters)`;
}
