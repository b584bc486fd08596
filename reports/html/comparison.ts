// Compares the result with that of the previous run in the same folder.
import { compareResults } from '../compare-results.ts';
import type { CounterexampleSummary } from '../../harness/formats/result.ts';
import { countOf } from '../../harness/history/counted-words.ts';
import { type Markup, markup } from './markup.ts';
import type { Report } from './report.ts';

/** The comparison; undefined for the first run of a folder. */
export function comparisonSection({ result, previous }: Report): Markup | undefined {
  if (previous === undefined) return undefined;
  const { differences, found, notFound, foundAgain } = compareResults(previous, result);
  const rows = differences.map(
    ({ what, before, now }) => markup`<tr><th scope="row">${what}</th><td>${before}</td><td>${now}</td></tr>`,
  );
  return markup`
<p class="lead">Compared with the run of <time>${previous.startedAt}</time>. A violation that was not found again may still be there: a run with
another seed tries other scenarios. To find out, run <code>onesend replay</code> on its file.</p>
<ul>
${bugList('New', found)}
${bugList('Found again', foundAgain)}
${bugList('Not found again', notFound)}
</ul>
${
  rows.length === 0
    ? markup`<p>Nothing else differs.</p>`
    : markup`<div class="scroll" tabindex="0" role="region" aria-label="Differences"><table><caption class="unseen">What differs</caption>
<thead><tr><th scope="col">What</th><th scope="col">Before</th><th scope="col">Now</th></tr></thead><tbody>${rows}</tbody></table></div>`
}`;
}

function bugList(title: string, bugs: readonly CounterexampleSummary[]): Markup {
  const names = bugs.map(({ id, findings, anomaly }) => {
    const words = findings[0]?.message ?? anomaly?.message ?? '';
    return markup`<li><b>${id}</b> ${words}</li>`;
  });
  return markup`<li>${title}: ${countOf(bugs.length, 'counterexample')}${names.length > 0 && markup`<ul>${names}</ul>`}</li>`;
}
