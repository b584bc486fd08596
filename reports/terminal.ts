// The summary of a certification on a terminal: the verdict and why, the evidence, the readings, the bug if there is one.
import { PROPERTIES } from '../harness/formats/finding.ts';
import type { Counterexample, Result } from '../harness/formats/result.ts';
import type { Verdict } from '../harness/formats/verdict.ts';
import { explorationLines } from './exploration-lines.ts';
import { countOf, fitLine, wrapText } from './wrap-text.ts';
import { columnsOf, type Palette, palette, type RenderOptions } from './colors.ts';
import { type Cell, renderTable } from './table.ts';
import { renderTimeline } from './timeline.ts';

/** What the summary says beyond the result itself. */
export interface SummaryOptions extends RenderOptions {
  /** A command line that replays the counterexample, ready to be pasted. */
  readonly replay?: string;
  /** The files that were written. */
  readonly files?: readonly string[];
}

/** How each verdict is called out. */
const verdictWords: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  violation: 'VIOLATION',
  usage: 'USAGE',
  inconclusive: 'INCONCLUSIVE',
  infrastructure: 'INFRASTRUCTURE',
  'self-check': 'SELF-CHECK FAILED: do not trust this run',
  interrupted: 'INTERRUPTED',
};

const reasonsMax = 6;

/** The summary of a result, with the timeline of its first counterexample when that is given. */
export function renderSummary(
  result: Result,
  counterexample: Counterexample | undefined,
  options: SummaryOptions,
): string {
  const paint = palette(options.color);
  const columns = columnsOf(options);
  const sections = [
    verdictLines(result, { paint, columns }),
    explorationLines(result.exploration, { paint, columns }),
    propertyLines(result, paint),
    // Each choice of the sim lane is there by construction; of the live lane each fault must have bitten.
    result.lane === 'sim' ? [] : faultLines(result, paint),
    readingLines(result, { paint, columns }),
    counterexample === undefined ? [] : counterexampleLines(result, { counterexample, options }),
    options.replay === undefined ? [] : [`replay it: ${paint.strong(options.replay)}`],
    options.files === undefined || options.files.length === 0 ? [] : fileLines(options.files, { paint, columns }),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

interface Canvas {
  readonly paint: Palette;
  readonly columns: number;
}

function verdictLines(result: Result, { paint, columns }: Canvas): string[] {
  const { scenarios, durationMs, seed, lane } = result;
  const painter = result.verdict === 'pass' ? paint.good : result.verdict === 'violation' ? paint.bad : paint.doubtful;
  const discarded = scenarios.discarded > 0 ? ` (${scenarios.discarded} discarded)` : '';
  const ran = `${scenarios.completed} of ${countOf(scenarios.planned, 'scenario')}${discarded}`;
  const reasons = result.reasons.slice(0, reasonsMax).flatMap((reason) => reasonLines(reason, columns - 2));
  const more = result.reasons.length - reasonsMax;
  return [
    painter(fitLine(`${verdictWords[result.verdict]}: ${result.system.name}`, columns)),
    ...reasons.map((reason) => `  ${reason}`),
    ...(more > 0 ? [`  and ${countOf(more, 'more reason')}, see results.json`] : []),
    paint.quiet(`  ${ran} on lane ${lane} in ${(durationMs / 1_000).toFixed(1)} s, seed ${seed}`),
  ];
}

/** A line to be pasted is never cut or wrapped. */
function reasonLines(reason: string, columns: number): string[] {
  const token = /sim:v1:[\w-]+/.exec(reason)?.[0];
  if (token === undefined) return wrapText(reason, { columns, lines: 2 });
  return [
    ...wrapText(reason.replace(` (${token})`, ''), { columns, lines: 2 }),
    `replay it: npx onesend replay ${token}`,
  ];
}

const mainModes = ['OFF', 'SHADOW', 'ON'];

/** One row a property: how often it was put to the test in each mode, and how often it was violated there. */
function propertyLines(result: Result, paint: Palette): string[] {
  const hasOthers = result.cells.some(({ mode }) => !mainModes.includes(mode));
  const columns = hasOthers ? [...mainModes, 'other'] : mainModes;
  const rows = result.properties.map((evidence) => {
    const name = `${evidence.property.padEnd(3)} ${PROPERTIES[evidence.property]}`;
    if (!evidence.observed)
      return [name, ...columns.map(() => '-'), { text: 'NOT OBSERVED', painter: paint.doubtful }, ''];
    const cells = columns.map((mode) => modeCell(result, { property: evidence.property, mode, paint }));
    const isThin = evidence.exercised < evidence.minimum;
    const total = countsCell(evidence, paint);
    const needed: Cell = isThin
      ? { text: String(evidence.minimum), painter: paint.doubtful }
      : String(evidence.minimum);
    return [name, ...cells, total, needed];
  });
  return [
    ...renderTable({ head: ['exercised/violations', ...columns, 'in all', 'needed'], rows }, paint),
    // Without this line the columns would seem to add up wrongly.
    paint.quiet('  a scenario counts in each of its modes, and once for each fault that bit'),
  ];
}

/** Adds up the cells of a mode over the faults that bit. */
function modeCell(result: Result, { property, mode, paint }: { property: string; mode: string; paint: Palette }): Cell {
  const cells = result.cells.filter(
    (cell) => cell.property === property && (mode === 'other' ? !mainModes.includes(cell.mode) : cell.mode === mode),
  );
  const sum = (count: 'exercised' | 'violations'): number => cells.reduce((total, cell) => total + cell[count], 0);
  return countsCell({ exercised: sum('exercised'), violations: sum('violations') }, paint);
}

function countsCell({ exercised, violations }: { exercised: number; violations: number }, paint: Palette): Cell {
  if (exercised === 0 && violations === 0) return { text: '-', painter: paint.quiet };
  const text = `${exercised}/${violations}`;
  return violations > 0 ? { text, painter: paint.bad } : text;
}

function faultLines(result: Result, paint: Palette): string[] {
  if (result.faults.length === 0) return [];
  const rows = result.faults.map(({ fault, planned, bit, idle, missing, minimum }) => [
    fault,
    String(planned),
    bit < minimum ? { text: String(bit), painter: paint.doubtful } : String(bit),
    String(idle),
    missing > 0 ? { text: String(missing), painter: paint.bad } : String(missing),
    String(minimum),
  ]);
  return renderTable({ head: ['fault', 'planned', 'bit', 'idle', 'missing', 'needed'], rows }, paint);
}

function readingLines({ readings }: Result, { paint, columns }: Canvas): string[] {
  const words = Object.entries(readings).map(([name, value]) => `${name}=${value}`);
  if (words.length === 0) return [];
  const lines = wrapText(words.join(' '), { columns: columns - 12, lines: 4 });
  return lines.map((line, index) => `${index === 0 ? paint.quiet('readings:  ') : '           '} ${line}`);
}

function counterexampleLines(
  result: Result,
  { counterexample, options }: { counterexample: Counterexample; options: SummaryOptions },
): string[] {
  const { shrinking, scenario, id, anomaly } = counterexample;
  const messages = scenario.steps.reduce((total, step) => total + (step.kind === 'entry' ? step.messages : 0), 0);
  const faults = scenario.faults.length + (counterexample.replay?.deviations ?? 0);
  const size = `${countOf(messages, 'message')}, ${countOf(faults, 'fault')}`;
  const others = result.counterexamples.length - 1;
  const more = others > 0 ? `; ${others} more saved` : '';
  const head = `counterexample ${id}: ${size}, ${shrinkingWords(shrinking)}${more}`;
  const columns = columnsOf(options);
  const told = anomaly === undefined ? [] : wrapText(`${anomaly.kind}: ${anomaly.message}`, { columns, lines: 2 });
  return [...wrapText(head, { columns, lines: 2 }), ...told, renderTimeline(counterexample, options)];
}

function shrinkingWords({ stopped, tried, kept }: Counterexample['shrinking']): string {
  if (stopped === 'not-run') return 'not shrunk';
  const reason =
    stopped === 'minimal'
      ? 'nothing smaller violates'
      : `stopped by ${stopped === 'time' ? 'its time limit' : 'an interrupt'}`;
  return `shrunk ${countOf(kept, 'time')} in ${countOf(tried, 'try', 'tries')}, ${reason}`;
}

function fileLines(files: readonly string[], { paint, columns }: Canvas): string[] {
  return files.map(
    (file, index) =>
      `${index === 0 ? paint.quiet('written:') : '        '} ${fitLine(file, Math.max(columns - 9, 60))}`,
  );
}
