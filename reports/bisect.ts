// A bisection as text: the first bad commit as `git show` prints it, the commits that could not be tested, and the timeline of the run.
import type { BisectReport, BisectStep, Commit } from '../harness/formats/bisect.ts';
import { palette, type RenderOptions } from './colors.ts';
import { explainCommand } from './explain-command.ts';
import { renderTimeline } from './timeline.ts';
import { countOf } from '../harness/history/counted-words.ts';
import { fitLine } from './wrap-text.ts';

/** The length of a shortened commit hash. */
const SHORT = 10;
/** The text lists at most this many skipped commits. */
const SKIPPED_MAX = 8;
const LINE_MAX = 160;

/** One line for the replay at one commit. */
export function bisectStepLine({ commit, subject, outcome, message }: BisectStep): string {
  return fitLine(`${commit.slice(0, SHORT)} ${outcome.padEnd(7)} ${subject}: ${message}`, LINE_MAX);
}

/** The text of a bisection. */
export function renderBisect(report: BisectReport, options: RenderOptions): string {
  const { outcome, message, candidates, steps, findings, history } = report;
  const paint = palette(options.color);
  const painter = outcome === 'found' ? paint.bad : paint.doubtful;
  const [first] = candidates;
  const commits = outcome === 'found' && first !== undefined ? commitLines(first) : candidates.map(shortLine);
  const explain = explainCommand({ findings });
  const skipped = steps.filter((step) => step.outcome === 'skipped');
  const sections = [
    [painter(message), ...commits],
    skipped.slice(0, SKIPPED_MAX).map((step) => paint.quiet(bisectStepLine(step))),
    skipped.length > SKIPPED_MAX
      ? [`and ${countOf(skipped.length - SKIPPED_MAX, 'more commit')} that could not be tested`]
      : [],
    history === undefined || findings === undefined ? [] : [renderTimeline({ history, findings }, options)],
    explain === undefined ? [] : [`explain it: ${explain}`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The commit as `git show` prints it. */
function commitLines({ commit, author, date, subject }: Commit): string[] {
  return [`commit ${commit}`, `Author: ${author}`, `Date:   ${date}`, '', `    ${subject}`];
}

function shortLine({ commit, author, date, subject }: Commit): string {
  return fitLine(`  ${commit.slice(0, SHORT)} ${date.slice(0, 10)} ${author}: ${subject}`, LINE_MAX);
}
