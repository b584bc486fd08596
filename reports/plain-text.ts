// A counterexample as plain text, for programs, for terminals without colours, and for pasting into an issue: at most 60 lines of at most
// 100 ASCII characters.
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { PROPERTIES } from '../harness/formats/finding.ts';
import type { Story } from '../harness/history/story/story.ts';
import { type HistoryWithFindings, storyOf } from '../harness/history/story/story-of.ts';
import { confirmationWords } from './confirmation-words.ts';
import { counterexampleHeadline } from './counterexample-words.ts';
import { explainCommand } from './explain-command.ts';
import { type ExplanationRow, explanationRows } from './explanation-words.ts';
import { PROPERTY_GUIDES } from '../harness/guide/properties.ts';
import type { TimelineRow } from './timeline/row.ts';
import { rowsOf } from './timeline/rows.ts';
import { countOf } from '../harness/history/counted-words.ts';
import { asciiOf, fitLine, wrapText } from './wrap-text.ts';

/** The maximum number of lines of a text. */
export const PLAIN_TEXT_LINES_MAX = 60;

const COLUMNS = 100;
/** The width of the column of terms. */
const TERM_COLUMNS = 15;
/** At most this many findings, and this many rows of one term of the explanation, are shown. */
const ROWS_MAX = 2;
/** The list of events has at least this many lines. */
const EVENTS_MIN = 6;
/** The width of `legacy app -> provider`. */
const PLACE_COLUMNS = 22;

/** The subject of the text: a counterexample, or a replayed run. */
export type PlainTextSubject = HistoryWithFindings &
  Pick<Counterexample, 'id' | 'system' | 'lane'> &
  Partial<Pick<Counterexample, 'anomaly' | 'confirmation' | 'explanation'>>;

/** What the text says in addition to its subject. */
export interface PlainTextOptions {
  /** The command line that replays the run. It is never cut off: a long one is continued with backslashes. */
  readonly replay: string;
  /** The outcome of the replay, if the run was replayed. */
  readonly outcome?: string;
}

/** Renders the text. */
export function renderPlainText(subject: PlainTextSubject, { replay, outcome }: PlainTextOptions): string {
  const story = storyOf(subject.history, subject);
  const headline = counterexampleHeadline(subject, story);
  const before = [
    ...wrapText(asciiOf(`${headline}.`), { columns: COLUMNS, lines: 3 }),
    '',
    ...(outcome === undefined ? [] : termLines({ term: 'replayed', text: outcome })),
    ...factsOf(subject, story).flatMap(termLines),
    '',
  ];
  const { explanation } = subject;
  const explained = explanation === undefined ? [] : shortened(explanationRows(explanation)).flatMap(termLines);
  const after = [
    ...(explained.length === 0 ? [] : ['', ...explained]),
    '',
    ...replayLines(replay),
    ...explainLines(subject),
  ];
  // Two lines are for the head of the list and for the count of events left out.
  const room = PLAIN_TEXT_LINES_MAX - before.length - after.length - 2;
  return [...before, ...eventLines(story, Math.max(room, EVENTS_MIN)), ...after]
    .map((line) => line.trimEnd())
    .join('\n');
}

/** A term and its text. */
interface Fact {
  readonly term: string;
  readonly text: string;
}

function factsOf(subject: PlainTextSubject, story: Story): Fact[] {
  const { id, lane, system, anomaly } = subject;
  const { findings, faults, sent } = story;
  const confirmation = confirmationWords(subject.confirmation);
  const [first] = findings;
  const guide = first === undefined ? undefined : PROPERTY_GUIDES[first.property];
  const more = findings.length - ROWS_MAX;
  return [
    { term: 'counterexample', text: `${id}, system ${system}, lane ${lane}, ${countOf(sent.length, 'message')}` },
    ...(confirmation === undefined ? [] : [{ term: 'confirmation', text: confirmation }]),
    { term: 'faults', text: faults.map(({ words }) => words).join('; ') || 'none planned' },
    ...(guide === undefined ? [] : [{ term: 'expected', text: guide.demand }]),
    ...findings.slice(0, ROWS_MAX).map(({ property, message }) => ({
      term: 'seen',
      text: `${property} ${PROPERTIES[property]}: ${message}`,
    })),
    ...(more > 0 ? [{ term: 'seen', text: `and ${countOf(more, 'more finding')}` }] : []),
    ...(anomaly === undefined ? [] : [{ term: 'seen', text: `${anomaly.kind}: ${anomaly.message}` }]),
    ...(guide === undefined ? [] : [{ term: 'look at', text: guide.look }]),
  ];
}

/** Leaves out what the violation does not need, and limits the rows of each term. */
function shortened(rows: readonly ExplanationRow[]): ExplanationRow[] {
  const counts = new Map<ExplanationRow['term'], number>();
  return rows.filter(({ term }) => {
    const count = (counts.get(term) ?? 0) + 1;
    counts.set(term, count);
    return term !== 'does not need' && count <= ROWS_MAX;
  });
}

function termLines({ term, text }: Fact): string[] {
  const columns = COLUMNS - TERM_COLUMNS - 1;
  return wrapText(asciiOf(text), { columns, lines: 2 }).map(
    (line, index) => `${(index === 0 ? term : '').padEnd(TERM_COLUMNS)} ${line}`,
  );
}

/** The events of the story. A `>` marks the witnesses of the violation. */
function eventLines(story: Story, linesMax: number): string[] {
  const { rows, dropped } = rowsOf(story, linesMax);
  return [
    `      ms  ${'where'.padEnd(PLACE_COLUMNS)}  what (> shows it)`,
    ...rows.map(eventLine),
    ...(dropped === 0 ? [] : [`          ... ${countOf(dropped, 'less important line')} not shown`]),
  ];
}

function eventLine(row: TimelineRow): string {
  const { timeMs, isWitness, from, to, isLost, labels, note } = row;
  const place = to === undefined ? from : `${from} ${isLost === true ? '-x' : '->'} ${to}`;
  const head = `${isWitness ? '>' : ' '} ${String(timeMs).padStart(6)}  ${place.padEnd(PLACE_COLUMNS)}  `;
  const what = [labels[0], note?.texts[0] ?? ''].filter((part) => part !== '').join(': ');
  return head + fitLine(asciiOf(what), COLUMNS - head.length);
}

function explainLines(subject: PlainTextSubject): string[] {
  const command = explainCommand(subject);
  return command === undefined ? [] : ['explain it:', `    ${command}`];
}

/** The command, broken into lines that end in a backslash, which the shell joins again. */
function replayLines(replay: string): string[] {
  const indented = '    ';
  const columns = COLUMNS - indented.length;
  if (replay.length <= columns) return ['replay it:', indented + replay];
  const parts = replay.match(new RegExp(`.{1,${COLUMNS - 1}}`, 'gsu')) ?? [];
  return ['replay it:', ...parts.map((part, index) => (index === parts.length - 1 ? part : `${part}\\`))];
}
