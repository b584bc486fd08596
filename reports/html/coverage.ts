// The coverage of the runs: each property under each mode and, in a row that opens, under each fault.
import { PROPERTIES, PROPERTY_IDS, type PropertyId } from '../../harness/formats/finding.ts';
import { PROPERTY_GUIDES } from '../../harness/guide/properties.ts';
import {
  CELL_STATES,
  coverageCell,
  type CoverageCell,
  faultsOf,
  type LaneOfResult,
  modesOf,
} from '../coverage-cell.ts';
import { type Markup, markup } from './markup.ts';
import type { Report } from './report.ts';
import { grouped } from '../../harness/history/counted-words.ts';

/** The tables of all lanes, with a filter. */
export function coverageSection({ result }: Report): Markup {
  const lanes = result.lanes.map((lane): LaneOfResult => ({ lane, result }));
  return markup`
<p class="lead">How often each property was exercised in each mode. Open a row to see its faults. In each of its modes a scenario counts once for
each fault that took effect; under "In all" it counts once, so a mode can show more than the total. Violated properties come first.</p>
<form class="filters" data-filters="coverage" role="search" aria-label="Filter the coverage">
<label>Text <input type="search" name="text" placeholder="S1, AtMostOnce" autocomplete="off"></label>
<label>State <select name="state"><option value="">any</option>${CELL_STATES.map((state) => markup`<option>${state}</option>`)}</select></label>
<output aria-live="polite"></output>
</form>
<ul class="states" aria-label="States">
<li><span class="VIOLATED">VIOLATED</span> 3 / 9: it was violated in 3 of 9 exercises</li>
<li><span class="HIT">HIT</span> 9: it was exercised 9 times and held</li>
<li><span class="MISSED">MISSED</span> it could have been exercised and was not</li>
<li><span class="IMPOSSIBLE">IMPOSSIBLE</span> this system has no such property, mode or fault</li>
<li><span class="NOT-OBSERVED">NOT OBSERVED</span> the system does not show enough to judge it</li>
</ul>
${lanes.map(laneTable)}`;
}

function laneTable(of: LaneOfResult): Markup {
  const { lane } = of;
  const modes = modesOf(lane);
  return markup`
<div class="scroll" tabindex="0" role="region" aria-label="Coverage on lane ${lane.lane}"><table class="coverage" data-rows="coverage">
<caption>Lane ${lane.lane}, ${grouped(lane.evidence.runs.completed)} runs; at least ${grouped(lane.demands.propertyMinimum)} exercises of each property are needed</caption>
<thead><tr><th scope="col">Property</th>${modes.map((mode) => markup`<th scope="col">${mode}</th>`)}<th scope="col">In all</th><th scope="col">Undecided</th></tr></thead>
<tbody>${violatedFirst(of).map((property) => propertyRows(property, { of, modes }))}</tbody>
</table></div>`;
}

function violatedFirst(of: LaneOfResult): PropertyId[] {
  const isViolated = (property: PropertyId): boolean => coverageCell(of, { property }).state === 'VIOLATED';
  return [...PROPERTY_IDS.filter(isViolated), ...PROPERTY_IDS.filter((property) => !isViolated(property))];
}

function propertyRows(property: PropertyId, { of, modes }: { of: LaneOfResult; modes: readonly string[] }): Markup {
  const { lane } = of;
  const id = `faults-${lane.lane}-${property}`;
  const cells = modes.map((mode) => coverageCell(of, { property, mode }));
  const total = coverageCell(of, { property });
  const states = [...new Set([...cells, total].map(({ state }) => state))];
  return markup`
<tr data-state="${states.join('|')}"><th scope="row"><button type="button" class="opens" aria-expanded="false" aria-controls="${id}"><b>${property}</b> ${PROPERTIES[property]}</button></th>
${cells.map(cellMarkup)}${cellMarkup(total)}<td>${grouped(lane.evidence.properties[property]?.undecided ?? 0)}</td></tr>
<tr id="${id}" class="inner" hidden><td colspan="${modes.length + 3}"><p>${PROPERTY_GUIDES[property].demand}</p>${faultTable(property, { of, modes })}</td></tr>`;
}

function faultTable(property: PropertyId, { of, modes }: { of: LaneOfResult; modes: readonly string[] }): Markup {
  const rows = faultsOf(of).map((fault) => {
    const cells = modes.map((mode) => cellMarkup(coverageCell(of, { property, mode, fault })));
    return markup`<tr><th scope="row">${fault === 'none' ? 'no fault' : fault}</th>${cells}</tr>`;
  });
  return markup`<table><caption class="unseen">${property} by fault and mode</caption>
<thead><tr><th scope="col">Fault</th>${modes.map((mode) => markup`<th scope="col">${mode}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}

function cellMarkup({ state, exercised, violations }: CoverageCell): Markup {
  const counts =
    state === 'VIOLATED'
      ? ` ${grouped(violations)} / ${grouped(exercised)}`
      : state === 'HIT' && ` ${grouped(exercised)}`;
  return markup`<td class="counted"><span class="${state.replace(' ', '-')}">${state}</span>${counts}</td>`;
}
