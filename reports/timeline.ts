// A story as a sequence diagram in plain text, which shows a person how the violation came about.
import { PROPERTIES } from '../harness/formats/finding.ts';
import type { Story } from '../harness/history/story/story.ts';
import { type HistoryWithFindings, storyOf } from '../harness/history/story/story-of.ts';
import { columnsOf, palette, type RenderOptions } from './colors.ts';
import { drawHead, drawRow, geometryOf } from './timeline/draw.ts';
import { rowsOf } from './timeline/rows.ts';
import { countOf, timesOf } from '../harness/history/counted-words.ts';
import { wrapText } from './wrap-text.ts';

/** The maximum number of lines of a timeline. */
export const TIMELINE_LINES_MAX = 20;

/** Lines besides rows and title: the names of the lifelines, the count of rows left out, and two lines for the finding. */
const LINES_AROUND_ROWS = 4;

/** A timeline of at most 20 lines that ends with the message of the finding. `subject` can be a counterexample. */
export function renderTimeline(subject: HistoryWithFindings, options: RenderOptions): string {
  const story = storyOf(subject.history, subject);
  const columns = columnsOf(options);
  const paint = palette(options.color);
  const title = wrapText(titleOf(story), { columns, lines: 2 });
  const { rows, dropped } = rowsOf(story, TIMELINE_LINES_MAX - LINES_AROUND_ROWS - title.length);
  const geometry = geometryOf(rows, columns);
  return [
    ...title.map(paint.strong),
    drawHead(geometry, paint),
    ...rows.map((row) => drawRow(row, { geometry, paint })),
    ...(dropped > 0 ? [paint.quiet(`        ... ${countOf(dropped, 'less important row')} not shown`)] : []),
    ...wrapText(findingSentence(story), { columns, lines: 2 }).map(
      story.findings.length === 0 ? paint.good : paint.bad,
    ),
  ].join('\n');
}

/** How often each message was sent, counted by what the provider accepted. */
export function sendSentence({ sent }: Pick<Story, 'sent'>): string {
  const times = sent.map((message) => message.times);
  const most = Math.max(...times, 0);
  const least = Math.min(...times, most);
  const each = times.length > 1 && most > 0 ? ' each' : '';
  return `${countOf(times.length, 'message')}, ${least === most ? timesWords(most) : `sent ${least} to ${most} times`}${each}`;
}

function timesWords(times: number): string {
  if (times === 0) return 'never sent';
  return `sent ${times === 1 ? timesOf(times) : timesOf(times).toUpperCase()}`;
}

function titleOf({ system, scenario, items, sent, faults }: Story): string {
  const words = faults.map((fault) => fault.words).join('; ') || 'none';
  const others = items.length < sent.length ? `${items.length} of ` : '';
  return `${system}, ${originOf(scenario)}: ${others}${countOf(sent.length, 'message')}; faults: ${words}`;
}

/** A stratum is named after the fault that it demands, and the counterexample that was found in it may have another one. */
function originOf(scenario: string): string {
  return scenario.replace(/^(stratum \S+): (.*)$/, 'found in $1 ($2)');
}

function findingSentence(story: Story): string {
  const [finding] = story.findings;
  return finding === undefined
    ? sendSentence(story)
    : `${finding.property} ${PROPERTIES[finding.property]}: ${finding.message}`;
}
