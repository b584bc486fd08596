// The summary of a certification on a terminal: the verdict and its reasons, the evidence, the readings, and the first counterexample.
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { type Demands, isTooOftenUndecided } from '../harness/formats/decision.ts';
import type { Evidence, PropertyCounts } from '../harness/formats/evidence.ts';
import { PROPERTIES, PROPERTY_IDS, type PropertyId } from '../harness/formats/finding.ts';
import type { LaneResult } from '../harness/formats/lane-result.ts';
import { REPLAY_TOKEN } from '../harness/formats/replay-token.ts';
import type { Result } from '../harness/formats/result.ts';
import { absentFaults } from './absent-faults.ts';
import { baselineLines } from './baseline-lines.ts';
import { columnsOf, type Palette, palette, type RenderOptions } from './colors.ts';
import { confirmationWords } from './confirmation-words.ts';
import { corpusSummary } from './corpus.ts';
import { describeReason } from './describe-reason.ts';
import { explainCommand } from './explain-command.ts';
import { explanationLines } from './explanation-lines.ts';
import { besideAcceptedLines, headline, metaLines } from './headline.ts';
import { explorationLines } from './exploration-lines.ts';
import { sabotageSummary } from './sabotage.ts';
import { notReachedLines } from './not-reached-lines.ts';
import { readingLines } from './reading-lines.ts';
import { type TableCell, renderTable } from './table.ts';
import { renderTimeline } from './timeline.ts';
import { countOf, grouped } from '../harness/history/counted-words.ts';
import { fitLine, wrapText } from './wrap-text.ts';

/** Options of the summary. */
export interface SummaryOptions extends RenderOptions {
  /** The command line that replays the counterexample, ready to paste. */
  readonly replay?: string;
}

const REASONS_MAX = 6;

/** The summary of a result, with the timeline of a counterexample if one is given. */
export function renderSummary(
  result: Result,
  counterexample: Counterexample | undefined,
  options: SummaryOptions,
): string {
  const paint = palette(options.color);
  const columns = columnsOf(options);
  const main = mainLane(result);
  const sections = [
    verdictLines(result, { paint, columns }),
    baselineSection(result, columns),
    explorationLines(result, { paint, columns }),
    propertyLines(main, paint),
    // On the sim lane a decision always takes effect; on the live lane each fault must leave a receipt.
    main.lane === 'sim' ? [] : faultLines(main, paint),
    corpusSummary(result, options),
    result.sabotage === undefined ? [] : sabotageSummary(result.sabotage, { paint, columns }),
    [...readingLines(result.readings, { paint, columns }), ...absentLines(result, { paint, columns })],
    counterexample === undefined ? [] : counterexampleLines(result, { counterexample, options }),
    [
      ...(options.replay === undefined ? [] : [`replay it: ${paint.strong(options.replay)}`]),
      ...explainLine(counterexample),
    ],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** The lane whose tables are printed: the live one if anything ran there. */
function mainLane(result: Result): LaneResult {
  const main = lanesThatRan(result).find(({ lane }) => lane === 'live') ?? result.lanes[0];
  if (main === undefined) throw new RangeError('a result has at least one lane');
  return main;
}

function lanesThatRan({ lanes }: Result): LaneResult[] {
  return lanes.filter(({ evidence }) => evidence.runs.completed > 0);
}

interface Canvas {
  readonly paint: Palette;
  readonly columns: number;
}

function verdictLines(result: Result, { paint, columns }: Canvas): string[] {
  const { durationMs, seed, lanes, verdict, system } = result;
  const { planned, completed, discarded } = mainLane(result).evidence.runs;
  const painter = verdict === 'pass' ? paint.good : verdict === 'violation' ? paint.bad : paint.doubtful;
  const left = discarded > 0 ? ` (${grouped(discarded)} discarded)` : '';
  const ran = `${grouped(completed)} of ${countOf(planned, 'scenario')}${left}`;
  const lane = lanesThatRan(result).length > 1 ? 'lanes sim and live' : `lane ${mainLane(result).lane}`;
  const reasons = result.reasons
    .slice(0, REASONS_MAX)
    .flatMap((reason) => reasonLines(describeReason(reason), columns - 2));
  const more = result.reasons.length - REASONS_MAX;
  return [
    ...wrapText(headline(result), { columns, lines: 6 }).map((line, index) =>
      painter(index === 0 ? line : `  ${line}`),
    ),
    ...[...besideAcceptedLines(result), ...notReachedLines(result)].flatMap((line) =>
      wrapText(line, { columns: columns - 2, lines: 3 }).map((each) => `  ${each}`),
    ),
    ...reasons.map((reason) => `  ${reason}`),
    ...(more > 0 ? [`  and ${countOf(more, 'more reason')}, see results.json`] : []),
    ...metaLines(lanes)
      .flatMap((line) => reasonLines(line, columns - 2))
      .map((line) => `  ${line}`),
    paint.quiet(
      `  ${ran} of ${fitLine(system.name, 40)} on ${lane} in ${(durationMs / 1_000).toFixed(1)} s, seed ${seed}`,
    ),
  ];
}

/** The line with the command that explains the counterexample; none without one. */
function explainLine(counterexample: Counterexample | undefined): string[] {
  const command = explainCommand(counterexample ?? {});
  return command === undefined ? [] : [`explain it: ${command}`];
}

/** A reason, wrapped. Its replay token becomes a command line, which is neither cut nor wrapped, so that it can be pasted. */
function reasonLines(reason: string, columns: number): string[] {
  const token = REPLAY_TOKEN.exec(reason)?.[0];
  if (token === undefined) return wrapText(reason, { columns, lines: 2 });
  return [
    ...wrapText(reason.replace(` (${token})`, ''), { columns, lines: 2 }),
    `replay it: npx onesend replay ${token}`,
  ];
}

/** The accepted violations. They come before the tables, so that the result is not mistaken for a pass. */
function baselineSection({ baseline }: Result, columns: number): string[] {
  if (baseline === undefined) return [];
  return baselineLines(baseline).flatMap((line) =>
    wrapText(line, { columns, lines: 3 }).map((each, index) => (index === 0 ? each : `    ${each}`)),
  );
}

const MAIN_MODES = ['OFF', 'SHADOW', 'ON'];

/** One row per property: how often it was exercised and violated in each mode. */
function propertyLines({ evidence, demands }: LaneResult, paint: Palette): string[] {
  const hasOthers = Object.keys(evidence.cells).some((mode) => !MAIN_MODES.includes(mode));
  const columns = hasOthers ? [...MAIN_MODES, 'other'] : MAIN_MODES;
  const minimum = demands.propertyMinimum;
  const rows = PROPERTY_IDS.map((property) => {
    const name = `${property.padEnd(3)} ${PROPERTIES[property]}`;
    const counts = evidence.properties[property];
    if (counts?.observed !== true)
      return [name, ...columns.map(() => '-'), { text: 'NOT OBSERVED', painter: paint.doubtful }, '', ''];
    const cells = columns.map((mode) => countsCell(modeCounts(evidence, property, mode), paint));
    const isRare = counts.exercised < minimum;
    const undecided = undecidedCell(counts, { demands, paint });
    const needed: TableCell = isRare ? { text: grouped(minimum), painter: paint.doubtful } : grouped(minimum);
    return [name, ...cells, countsCell(counts, paint), undecided, needed];
  });
  return [
    ...renderTable({ head: ['exercised/violations', ...columns, 'in all', 'undecided', 'needed'], rows }, paint),
    // Explains why the columns do not add up to the total.
    paint.quiet('  a scenario counts in each of its modes, and once for each fault that took effect'),
  ];
}

/** Adds up the cells of a mode over the faults that took effect. */
function modeCounts(
  { cells }: Evidence,
  property: PropertyId,
  mode: string,
): { exercised: number; violations: number } {
  const sum = { exercised: 0, violations: 0 };
  for (const [name, rows] of Object.entries(cells)) {
    if (mode === 'other' ? MAIN_MODES.includes(name) : name !== mode) continue;
    for (const row of Object.values(rows)) {
      sum.exercised += row[property]?.exercised ?? 0;
      sum.violations += row[property]?.violations ?? 0;
    }
  }
  return sum;
}

function undecidedCell(
  counts: PropertyCounts,
  { demands, paint }: { readonly demands: Demands; readonly paint: Palette },
): TableCell {
  if (counts.undecided === 0) return { text: '-', painter: paint.quiet };
  const text = grouped(counts.undecided);
  return isTooOftenUndecided(counts, demands) ? { text, painter: paint.doubtful } : text;
}

function countsCell({ exercised, violations }: { exercised: number; violations: number }, paint: Palette): TableCell {
  if (exercised === 0 && violations === 0) return { text: '-', painter: paint.quiet };
  const text = `${grouped(exercised)}/${grouped(violations)}`;
  return violations > 0 ? { text, painter: paint.bad } : text;
}

function faultLines({ evidence, demands }: LaneResult, paint: Palette): string[] {
  const faults = Object.entries(evidence.faults);
  if (faults.length === 0) return [];
  const rows = faults.map(([fault, { planned, bit, idle, missing }]) => {
    const minimum = planned > 0 ? demands.faultMinimum : 0;
    return [
      fault,
      grouped(planned),
      bit < minimum ? { text: grouped(bit), painter: paint.doubtful } : grouped(bit),
      grouped(idle),
      missing > 0 ? { text: grouped(missing), painter: paint.bad } : grouped(missing),
      grouped(minimum),
    ];
  });
  return renderTable({ head: ['fault', 'planned', 'in effect', 'idle', 'no receipt', 'needed'], rows }, paint);
}

function absentLines(result: Result, { paint, columns }: Canvas): string[] {
  const absent = absentFaults(result);
  if (absent.length === 0) return [];
  const lines = wrapText(absent.join(', '), { columns: columns - 12, lines: 4 });
  return lines.map((line, index) => `${index === 0 ? paint.quiet('absent:    ') : '           '} ${line}`);
}

function counterexampleLines(
  result: Result,
  { counterexample, options }: { counterexample: Counterexample; options: SummaryOptions },
): string[] {
  const { shrinking, id, anomaly, deviations, scenario } = { ...counterexample, ...counterexample.case };
  const messages = scenario.steps.reduce((total, step) => total + (step.kind === 'entry' ? step.messages : 0), 0);
  const faults = scenario.faults.length + deviations.length;
  const size = `${countOf(messages, 'message')}, ${countOf(faults, 'fault')}`;
  const others = result.counterexamples.length - 1;
  const more = others > 0 ? `; ${grouped(others)} more saved` : '';
  const confirmed = confirmationWords(counterexample.confirmation);
  const again = confirmed === undefined ? '' : `; ${confirmed}`;
  const head = `counterexample ${id}: ${size}, ${shrinkingWords(shrinking)}${again}${more}`;
  const { after } = counterexample;
  const label =
    after === undefined ? [] : [`not shown by a fresh process, only after run ${after.run} in slot ${after.slot}`];
  const columns = columnsOf(options);
  const anomalyLines =
    anomaly === undefined ? [] : wrapText(`${anomaly.kind}: ${anomaly.message}`, { columns, lines: 2 });
  const { explanation } = counterexample;
  const explained =
    explanation === undefined ? [] : ['', ...explanationLines(explanation, { paint: palette(options.color), columns })];
  return [
    ...wrapText(head, { columns, lines: 2 }),
    ...label,
    ...anomalyLines,
    renderTimeline(counterexample, options),
    ...explained,
  ];
}

function shrinkingWords({ stopped, tried, kept }: Counterexample['shrinking']): string {
  if (stopped === 'not-run') return 'not shrunk';
  const reason =
    stopped === 'minimal'
      ? 'nothing smaller violates'
      : `stopped by ${stopped === 'time' ? 'its time limit' : 'an interrupt'}`;
  return `shrunk ${countOf(kept, 'time')} in ${countOf(tried, 'try', 'tries')}, ${reason}`;
}
