// The search on each lane: why it ended, what it explored, which goals it reached, and which faults took effect.
import type { FaultCounts } from '../../harness/formats/evidence.ts';
import { goalsOutOfReach } from '../../harness/formats/goal.ts';
import type { LaneResult } from '../../harness/formats/lane-result.ts';
import type { Result } from '../../harness/formats/result.ts';
import { palette } from '../colors.ts';
import { describeReason } from '../describe-reason.ts';
import { explorationLines } from '../exploration-lines.ts';
import { countOf, grouped } from '../../harness/history/counted-words.ts';
import { metaLines } from '../headline.ts';
import { notReachedLines } from '../not-reached-lines.ts';
import { type Markup, markup } from './markup.ts';
import type { Report } from './report.ts';

/** The section: what was not reached, then each lane. */
export function searchSection({ result }: Report): Markup {
  const all = [...notReachedLines(result), ...metaLines(result.lanes)];
  return markup`<ul>${all.map((line) => markup`<li>${line}</li>`)}</ul>${result.lanes.map((lane) => laneMarkup(lane, result))}`;
}

function laneMarkup(lane: LaneResult, result: Result): Markup {
  const { evidence, decision, infrastructure, durationMs } = lane;
  const { planned, completed, random, retried, discarded, compared } = evidence.runs;
  return markup`
<h3>Lane ${lane.lane}: ${decision.verdict.toUpperCase()}</h3>
<p>Why it ended: ${endWords(lane)}. ${grouped(completed)} of ${countOf(planned, 'planned run')} in ${(durationMs / 1_000).toFixed(1)} s: ${grouped(random)} of them
random, ${grouped(discarded)} discarded, ${grouped(retried)} repeated, ${grouped(compared)} made twice and compared.</p>
<h4>Reasons for the verdict</h4>
<ul class="columned">${decision.reasons.map((reason) => markup`<li>${describeReason(reason)}</li>`)}</ul>
${explorationList(lane, result)}
${goalList(lane, result)}
${faultTable(lane)}
<p class="quiet">Ran on: ${Object.entries(infrastructure)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}</p>`;
}

/** Why the search ended, according to the problems in its evidence. */
function endWords({ evidence: { problems, runs } }: LaneResult): string {
  if (problems.interrupted !== undefined) return 'it was interrupted';
  if (problems['inconclusive/time-ran-out'] !== undefined) return 'its time ran out';
  if (problems['inconclusive/runs-ran-out'] !== undefined) return 'its bound on the number of runs was reached';
  if (problems.infrastructure !== undefined) return 'the infrastructure failed';
  return runs.completed < runs.planned ? 'it had found enough violations' : 'everything planned had run';
}

function explorationList(lane: LaneResult, { readings }: Result): Markup | undefined {
  if (lane.lane !== 'sim') return undefined;
  const lines = explorationLines(
    { lanes: [lane], unavailable: [], readings },
    { paint: palette(false), columns: 10_000 },
  );
  return markup`<h4>What was explored</h4><ul>${lines.map((line) => markup`<li>${line.replace(/^sim: /u, '')}</li>`)}</ul>`;
}

function goalList({ evidence, demands }: LaneResult, { readings }: Result): Markup | undefined {
  if (demands.goals.length === 0) return undefined;
  const items = demands.goals.map((goal) => {
    const count = evidence.goals[goal] ?? 0;
    const state = count > 0 ? 'HIT' : 'MISSED';
    return markup`<li><span class="${state}">${state}</span> ${goal}${count > 0 && ` ${grouped(count)}`}</li>`;
  });
  const outOfReach = goalsOutOfReach(readings).map(
    ({ goal, because }) => markup`<li><span class="IMPOSSIBLE">IMPOSSIBLE</span> ${goal} (${because})</li>`,
  );
  return markup`<h4>Goals</h4><ul class="goals">${items}${outOfReach}</ul>`;
}

function faultTable({ lane, evidence, demands }: LaneResult): Markup | undefined {
  const faults = Object.entries(evidence.faults);
  if (faults.length === 0) return undefined;
  const rows = faults.map(([fault, counts]) => {
    const { planned, bit, idle, missing } = counts;
    const state = faultState(counts, demands.faultMinimum);
    return markup`<tr><th scope="row">${fault}</th><td><span class="${state}">${state}</span></td>${[planned, bit, idle, missing].map((count) => markup`<td>${grouped(count)}</td>`)}</tr>`;
  });
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="Faults on lane ${lane}"><table>
<caption>Faults on lane ${lane}</caption>
<thead><tr><th scope="col">Fault</th><th scope="col">State</th><th scope="col">Planned</th><th scope="col">In effect</th><th scope="col">Idle</th><th scope="col">No receipt</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function faultState({ planned, bit, missing }: FaultCounts, minimum: number): 'HIT' | 'MISSED' {
  return missing > 0 || bit < (planned > 0 ? minimum : 0) ? 'MISSED' : 'HIT';
}
