// The table of wire mutants: whether the rig notices when this pair is made to look broken from outside.
import { countSabotage, type SabotageRow } from '../../harness/formats/sabotage.ts';
import { type Markup, markup } from './markup.ts';
import type { Report } from './report.ts';
import { grouped } from '../../harness/history/counted-words.ts';

/** The table; undefined if no wire mutants were run. */
export function sabotageSection({ result: { sabotage } }: Report): Markup | undefined {
  if (sabotage === undefined) return undefined;
  const { seen, applicable } = countSabotage(sabotage);
  return markup`<p class="lead">Seen: ${seen} of ${applicable}. Each wire mutant makes the same pair look broken from outside. BLIND: it took effect, but no property was violated.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Wire mutants"><table>
<caption class="unseen">Wire mutants</caption>
<thead><tr><th scope="col">Id</th><th scope="col">What is done</th><th scope="col">At</th><th scope="col">Outcome</th><th scope="col">Named by</th><th scope="col">Runs</th><th scope="col">Note</th></tr></thead>
<tbody>${sabotage.map(rowMarkup)}</tbody></table></div>`;
}

/** The class of each outcome, for its colour: those of the cells of the coverage. */
const CLASSES: Readonly<Record<SabotageRow['outcome'], string>> = {
  seen: 'HIT',
  surprise: 'HIT',
  blind: 'VIOLATED',
  'not-reached': 'MISSED',
  'broken-baseline': 'MISSED',
  'not-applicable': 'IMPOSSIBLE',
};

function rowMarkup({ id, name, does, at, outcome, namedBy, runs, note }: SabotageRow): Markup {
  const words = outcome.toUpperCase().replaceAll('-', ' ');
  return markup`<tr><th scope="row">${id} <span class="quiet">${name}</span></th><td>${does}</td><td>${at}</td>
<td><span class="${CLASSES[outcome]}">${words}</span></td><td>${namedBy.join(' ')}</td><td>${grouped(runs)}</td><td>${note}</td></tr>`;
}
