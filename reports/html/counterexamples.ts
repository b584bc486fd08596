// All counterexamples of a result: a list that can be searched and filtered; each entry opens to show its section.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import type { CounterexampleSummary, Result } from '../../harness/formats/result.ts';
import { storyOf } from '../../harness/history/story/story-of.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { acceptancesOf, acceptedWords } from '../baseline-lines.ts';
import { circumstances, counterexampleHeadline } from '../counterexample-words.ts';
import { countOf } from '../../harness/history/counted-words.ts';
import { counterexampleSection } from './counterexample.ts';
import { type Markup, markup } from './markup.ts';
import type { Report } from './report.ts';

/** The story of a counterexample and its headline. */
export interface HeadlinedStory {
  readonly story: Story;
  readonly headline: string;
}

/** The story and the headline of a counterexample. */
export function storyWithHeadline(counterexample: Counterexample): HeadlinedStory {
  const story = storyOf(counterexample.history, counterexample);
  return { story, headline: counterexampleHeadline(counterexample, story) };
}

/** The list; undefined if there are no counterexamples. */
export function counterexamplesSection(report: Report): Markup | undefined {
  const { result, counterexamples } = report;
  if (result.counterexamples.length === 0) return undefined;
  const stored = new Map(counterexamples.map((each) => [each.id, each]));
  return markup`
${result.counterexamples.length > 1 && filters(result)}
<div data-rows="counterexamples">
${result.counterexamples.map((summary, index) => entry(summary, { report, counterexample: stored.get(summary.id), isOpen: index === 0 }))}
</div>`;
}

function filters({ counterexamples }: Result): Markup {
  const properties = [...new Set(counterexamples.flatMap(brokenBy))];
  const lanes = [...new Set(counterexamples.map(({ lane }) => lane))];
  return markup`
<form class="filters" data-filters="counterexamples" role="search" aria-label="Filter the counterexamples">
<label>Text <input type="search" name="text" placeholder="headline, id or fault" autocomplete="off"></label>
<label>Breaks <select name="property"><option value="">any</option>${properties.map((id) => markup`<option>${id}</option>`)}</select></label>
<label>Mode <select name="mode"><option value="">any</option>${['OFF', 'SHADOW', 'ON'].map((mode) => markup`<option>${mode}</option>`)}</select></label>
<label>Lane <select name="lane"><option value="">any</option>${lanes.map((lane) => markup`<option>${lane}</option>`)}</select></label>
<button type="button" class="quiet" data-action="open-all">Open all</button>
<button type="button" class="quiet" data-action="close-all">Close all</button>
<output aria-live="polite"></output>
</form>`;
}

function brokenBy({ findings, anomaly }: CounterexampleSummary): string[] {
  return anomaly === undefined ? [...new Set(findings.map(({ property }) => property))] : [anomaly.kind];
}

interface EntryParts {
  readonly report: Report;
  readonly counterexample: Counterexample | undefined;
  readonly isOpen: boolean;
}

function entry(summary: CounterexampleSummary, { report, counterexample, isOpen }: EntryParts): Markup {
  const { id, lane, file, fingerprint = '' } = summary;
  const broken = brokenBy(summary);
  const accepted = acceptancesOf(fingerprint === '' ? [] : [fingerprint], report.result.baseline);
  const shown = counterexample === undefined ? undefined : storyWithHeadline(counterexample);
  const modes = counterexample === undefined ? [] : modesOf(counterexample);
  const words = shown?.headline ?? summary.findings[0]?.message ?? id;
  return markup`
<details class="counterexample" id="${id}" data-property="${broken.join('|')}" data-mode="${modes.join('|')}" data-lane="${lane}"${isOpen && markup` open`}>
<summary><h3>${words}</h3>
<p class="chips"><span>${broken.join(' ')}</span><span>${modes.join(' ')}</span><span>lane ${lane}</span><span>${shown === undefined ? counts(summary) : circumstances(shown.story)}</span>
<code>${id}</code>${accepted !== undefined && markup`<span>${acceptedWords(accepted)}</span>`}<span class="unseen">${fingerprint}</span></p></summary>
${
  counterexample === undefined || shown === undefined
    ? markup`<p>Its file ${file} could not be read, so there is no more to show.</p>`
    : counterexampleSection(counterexample, {
        ...shown,
        replay: report.replayLine(counterexample),
        bisect: report.bisectLine(counterexample),
      })
}
</details>`;
}

function counts({ messages, faults }: CounterexampleSummary): string {
  return `${countOf(messages, 'message')}; ${countOf(faults, 'fault')}`;
}

/** The modes in which its tenants start, and those that flips change them to. */
function modesOf({ case: { scenario } }: Counterexample): string[] {
  const flips = scenario.steps.flatMap((step) => (step.kind === 'flip' ? [step.mode] : []));
  return [...new Set([...scenario.tenants.map(({ mode }) => mode ?? 'no flag'), ...flips])];
}
