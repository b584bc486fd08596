// The first screen of the page: the verdict and its basis and, for a violation, what happened, where and when, and what to do.
import { PROPERTIES, PROPERTY_IDS } from '../../harness/formats/finding.ts';
import { catalogueStates } from '../../harness/formats/property-catalogue.ts';
import type { Result } from '../../harness/formats/result.ts';
import { PROPERTY_GUIDES } from '../../harness/guide/properties.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { describeReason } from '../describe-reason.ts';
import { baselineLines } from '../baseline-lines.ts';
import { besideAcceptedLines, coverageWords, metaLines, verdictText } from '../headline.ts';
import { notReachedLines } from '../not-reached-lines.ts';
import { countOf, grouped } from '../../harness/history/counted-words.ts';
import { circumstances } from '../counterexample-words.ts';
import { whereToLook } from './beside.ts';
import { commandLine } from './command-line.ts';
import { storyWithHeadline } from './counterexamples.ts';
import { type Markup, markup, type MarkupValue } from './markup.ts';
import type { Report } from './report.ts';
import { seenLines } from './seen-lines.ts';
import { lineText } from './story-lines.ts';

/** At most this many reasons are listed; the section on the search has all. */
const REASONS_MAX = 6;

/** The first screen. */
export function firstScreen(report: Report): Markup {
  const { result } = report;
  const more = reasonLines(result).length - REASONS_MAX;
  const kind = result.verdict === 'pass' ? 'good' : result.verdict === 'violation' ? 'bad' : 'doubtful';
  return markup`
<section class="first ${kind}" aria-labelledby="verdict">
<p class="verdict"><span class="badge">${verdictText(result)}</span> <span>${result.system.name}</span></p>
${happened(report) ?? markup`<h1 id="verdict">${sentenceOf(result)}</h1>`}
${result.verdict === 'pass' && markup`<p>No counterexample was found within the bounds below. This is no proof: <a href="#basis">what is claimed, and under which assumptions</a>.</p>`}
<h2>What the verdict rests on</h2>
<dl class="facts">${factsOf(result).map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
<ul>
${besideAcceptedLines(result).map((line) => markup`<li>${line}</li>`)}
${reasonLines(result)
  .slice(0, REASONS_MAX)
  .map((line) => markup`<li>${line}</li>`)}
${more > 0 && markup`<li><a href="#search">and ${countOf(more, 'more reason')}</a></li>`}
${isCutShort(result) && markup`<li>The search ended before all was tried: there may be other violations. <a href="#search">What was not tried</a></li>`}
${[...(result.verdict === 'violation' ? [] : metaLines(result.lanes)), ...baselineOf(result)].map((line) => markup`<li>${line}</li>`)}
</ul>
</section>
`;
}

/** The headline of a result without a counterexample: what a pass covers, or the first reason why it is not a pass. */
function sentenceOf(result: Result): string {
  const [reason] = result.reasons;
  if (result.verdict === 'pass' || reason === undefined) return coverageWords(result);
  const sentence = describeReason(reason);
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}

/** The first counterexample, in words for a reader who does not know the rig. */
function happened({ counterexamples, replayLine }: Report): Markup | undefined {
  const [first] = counterexamples;
  if (first === undefined) return undefined;
  const { story, headline: sentence } = storyWithHeadline(first);
  const [finding] = story.findings;
  const guide = finding === undefined ? undefined : PROPERTY_GUIDES[finding.property];
  return markup`
<h1 id="verdict">${sentence}</h1>
<dl class="answers">
${seenPart(story)}
${guide !== undefined && markup`<div><dt>What must hold</dt><dd>${guide.demand}</dd></div>`}
<div><dt>Circumstances</dt><dd>${circumstances(story)}</dd></div>
${guide !== undefined && markup`<div><dt>Where to look</dt><dd>${whereToLook(story)}</dd></div>`}
<div><dt>What to do</dt><dd><a href="#${first.id}">See it step by step</a>, repair it, and replay it: ${commandLine(replayLine(first))}</dd></div>
</dl>`;
}

/** The events that led to the violation, each with its time and its participants. */
function seenPart(story: Story): MarkupValue {
  const { lines, more } = seenLines(story);
  if (lines.length === 0) return null;
  return markup`<div><dt>What was seen</dt><dd><ol class="seen">${lines.map(
    (line) => markup`<li>${lineText(line, story)}</li>`,
  )}${more > 0 && markup`<li>and ${countOf(more, 'more event')}</li>`}</ol></dd></div>`;
}

/** The reasons of the verdict. All violated properties are one reason: the coverage has their numbers. */
function reasonLines({ reasons }: Result): string[] {
  const violated = reasons.filter(({ code }) => code === 'property-violated');
  const others = reasons.filter(({ code }) => code !== 'property-violated').map(describeReason);
  const ids = new Set(violated.map(({ subject }) => subject));
  const names = PROPERTY_IDS.filter((id) => ids.has(id)).map((id) => `${id} ${PROPERTIES[id]}`);
  return names.length === 0 ? others : [`Violated: ${names.join(', ')}`, ...others];
}

function isCutShort(result: Result): boolean {
  return notReachedLines(result).length > 0;
}

function baselineOf({ baseline }: Result): string[] {
  return baseline === undefined ? [] : baselineLines(baseline);
}

/** The name of the runs of each lane. */
const LANE_WORDS = { sim: 'Simulated runs', live: 'Runs on real processes' } as const;

function factsOf(result: Result): [string, string][] {
  const { lanes, vantages, durationMs, seed, counterexamples } = result;
  const states = catalogueStates(vantages, lanes).filter(({ state }) => state !== 'not-applicable');
  const judged = states.filter(({ state }) => state === 'judged').length;
  return [
    ...lanes.map(({ lane, evidence: { runs } }): [string, string] => [
      LANE_WORDS[lane],
      `${grouped(runs.completed)} of ${grouped(runs.planned)}`,
    ]),
    ['Properties judged', `${judged} of ${states.length}`],
    ['Counterexamples', String(counterexamples.length)],
    ['Time', `${(durationMs / 1_000).toFixed(1)} s`],
    ['Seed', String(seed)],
  ];
}
