// Counterexamples in the summary of a job on GitHub, as Markdown: each as plain text, with the line that replays it.
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { storyOf } from '../harness/history/story/story-of.ts';
import { counterexampleHeadline } from './counterexample-words.ts';
import type { Report } from './html/report.ts';
import { escapedMarkdown, fencedText } from './markdown-safe.ts';
import { renderPlainText } from './plain-text.ts';

/** GitHub accepts one mebibyte per step: at most this many counterexamples are shown, and NAMED_MAX further ones are listed by name. */
const SHOWN_MAX = 10;
const NAMED_MAX = 100;

/** The counterexamples of a report. */
export type FoundParts = Pick<Report, 'counterexamples' | 'replayLine'>;

/** The lines. Counterexamples that are neither shown nor named are in `file`. */
export function counterexampleSections({ counterexamples, replayLine }: FoundParts, file: string): string[] {
  const named = counterexamples.slice(SHOWN_MAX);
  const unnamed = named.length - NAMED_MAX;
  return [
    ...counterexamples
      .slice(0, SHOWN_MAX)
      .flatMap((each, index) => sectionOf(each, { replay: replayLine(each), isOpen: index === 0 })),
    ...(named.length === 0 ? [] : ['', '### Further counterexamples', '']),
    ...named.slice(0, NAMED_MAX).map((each) => `- ${escapedMarkdown(each.id)}: ${headlineOf(each)}`),
    ...(unnamed > 0 ? [`- and ${unnamed} more, see ${file}`] : []),
  ];
}

/** The first counterexample is open; the others open with a click. */
function sectionOf(counterexample: Counterexample, { replay, isOpen }: { replay: string; isOpen: boolean }): string[] {
  const picture = fencedText(renderPlainText(counterexample, { replay }));
  const words = headlineOf(counterexample);
  return isOpen
    ? ['', `### ${words}`, '', ...picture]
    : ['', `<details><summary>${words}</summary>`, '', ...picture, '', '</details>'];
}

function headlineOf(counterexample: Counterexample): string {
  return escapedMarkdown(counterexampleHeadline(counterexample, storyOf(counterexample.history, counterexample)));
}
