// The summary of a job on GitHub, as Markdown: the verdict, why, and each counterexample with its picture as text.
import type { Counterexample } from '../harness/formats/counterexample.ts';
import type { Verdict } from '../harness/formats/decision.ts';
import { storyOf } from '../harness/history/story/story-of.ts';
import { baselineLines } from './baseline-lines.ts';
import { counterexampleHeadline } from './counterexample-words.ts';
import { describeReason } from './describe-reason.ts';
import { headline, metaLines } from './headline.ts';
import type { Report } from './html/report.ts';
import { renderPlainText } from './plain-text.ts';
import { countOf, printable } from './wrap-text.ts';

/** GitHub takes a mebibyte for a step; so many counterexamples are shown, and all others are named. */
const SHOWN_MAX = 10;
const NAMED_MAX = 100;
const REASONS_MAX = 20;

const SIGNS: Readonly<Partial<Record<Verdict, string>>> = { pass: '✅', violation: '❌' };

/** The parts of a report that a summary is made of. */
export type SummaryParts = Pick<Report, 'result' | 'counterexamples' | 'replayLine'>;

/** The Markdown. Nothing that a system says of itself can end up as markup. */
export function renderStepSummary({ result, counterexamples, replayLine }: SummaryParts): string {
  const { verdict, reasons, lanes, baseline } = result;
  const more = reasons.length - REASONS_MAX;
  const named = counterexamples.slice(SHOWN_MAX);
  const unnamed = named.length - NAMED_MAX;
  const lines = [
    `## ${SIGNS[verdict] ?? '⚠️'} Onesend: ${escaped(headline(result))}`,
    '',
    ...reasons.slice(0, REASONS_MAX).map((reason) => `- ${escaped(describeReason(reason))}`),
    ...(more > 0 ? [`- and ${countOf(more, 'more reason')}, see results.json`] : []),
    ...metaLines(lanes).map((line) => `- ${escaped(line)}`),
    ...(baseline === undefined ? [] : ['', ...fenced(baselineLines(baseline).map(printable).join('\n'))]),
    ...counterexamples
      .slice(0, SHOWN_MAX)
      .flatMap((each, index) => sectionOf(each, { replay: replayLine(each), isOpen: index === 0 })),
    ...(named.length === 0 ? [] : ['', '### Further counterexamples', '']),
    ...named.slice(0, NAMED_MAX).map((each) => `- ${escaped(each.id)}: ${escaped(headlineOf(each))}`),
    ...(unnamed > 0 ? [`- and ${unnamed} more, see results.json`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The first one is read at once; the others open at a click. */
function sectionOf(counterexample: Counterexample, { replay, isOpen }: { replay: string; isOpen: boolean }): string[] {
  const picture = fenced(renderPlainText(counterexample, { replay }));
  const words = escaped(headlineOf(counterexample));
  return isOpen
    ? ['', `### ${words}`, '', ...picture]
    : ['', `<details><summary>${words}</summary>`, '', ...picture, '', '</details>'];
}

function headlineOf(counterexample: Counterexample): string {
  return counterexampleHeadline(counterexample, storyOf(counterexample.history, counterexample));
}

/** A fence is longer than any row of backticks in what it holds. */
function fenced(text: string): string[] {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return [`${fence}text`, text, fence];
}

/** On one line, with every character that Markdown or HTML could read otherwise as an entity: no mention, no link, no element. */
function escaped(text: string): string {
  return printable(text).replace(
    /[^\p{L}\p{N} ,;.']|(?<=\w)\.(?=\w)/gu,
    (character) => `&#${character.codePointAt(0)};`,
  );
}
