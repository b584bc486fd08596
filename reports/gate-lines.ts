// The outcomes of gates in the words of the runbook: PASS: ..., FAIL: ..., with details for a gate that did not pass.
import { PROPERTY_IDS } from '../harness/formats/finding.ts';
import type { GateOutcome, GateReport } from '../harness/formats/gate.ts';
import { groupBy } from '../harness/history/group-by.ts';
import { acceptancesOf, acceptedIn, acceptedWords, baselineLines } from './baseline-lines.ts';
import { columnsOf, type Palette, palette, type RenderOptions } from './colors.ts';
import { explainCommandOf } from './explain-command.ts';
import { GATE_WORDS, runWords, seenWords } from './gate-words.ts';
import { readingLines } from './reading-lines.ts';
import { printable, wrapWhole } from './wrap-text.ts';

/** One line per gate, with details below a gate that did not pass; then the readings by which all gates were judged. */
export function renderGateLines(report: GateReport, options: RenderOptions): string {
  const canvas = { paint: palette(options.color), columns: columnsOf(options) };
  const { baseline } = report;
  const accepted = baseline === undefined ? [] : baselineLines(baseline);
  const last = report.verdict === 'accepted' && baseline !== undefined ? [acceptedWords(acceptedIn(baseline))] : [];
  const gates = report.gates.flatMap((gate) => gateLines(gate, { ...canvas, baseline }));
  return [...accepted, ...gates, ...readingLines(report.readings, canvas), ...last.map(canvas.paint.doubtful)].join(
    '\n',
  );
}

function gateLines(
  gate: GateOutcome,
  { baseline, ...canvas }: Canvas & { readonly baseline: GateReport['baseline'] },
): string[] {
  const { id, outcome, title, measured } = gate;
  const facts = [`gate ${id}`, ...measured.map(({ what, ms }) => `${printable(what)} ${ms} ms`)].join('; ');
  const line = `${printable(title)} (${facts})`;
  const accepted = acceptancesOf(gate.fingerprints ?? [], baseline);
  const { good, bad, doubtful } = canvas.paint;
  const paint = outcome === 'pass' ? good : outcome === 'fail' && accepted === undefined ? bad : doubtful;
  const first = `${paint(GATE_WORDS[outcome])}: ${outcome === 'pass' ? line : paint(line)}`;
  return outcome === 'pass' ? [first] : [first, ...detailLines(gate, { ...canvas, accepted })];
}

/** Where lines are drawn. */
interface Canvas {
  readonly paint: Palette;
  readonly columns: number;
}

/** Lines with a name each. Text is wrapped, and a command stays on its line, so that it can be pasted. */
function detailLines(
  gate: GateOutcome,
  { paint, columns, accepted }: Canvas & { readonly accepted: ReturnType<typeof acceptancesOf> },
): string[] {
  const width = columns - NAME_WIDTH;
  const wrapped = (text: string): string[] => hanging(wrapWhole(text, width - INDENT.length));
  const broken = PROPERTY_IDS.filter((id) => gate.received.some(({ property }) => property === id));
  const details: Readonly<Record<string, readonly string[]>> = {
    accepted: accepted === undefined ? [] : wrapped(acceptedWords(accepted)),
    expected: wrapped(gate.expected),
    received: receivedLines(gate, width),
    runbook: wrapped(`${gate.section}${gate.source === 'onesend' ? ' (a gate of Onesend)' : ''}`),
    next: gate.nextActions.flatMap(wrapped),
    draw: gate.draw === undefined ? [] : [printable(gate.draw)],
    replay: [printable(gate.replay)],
    explain: [`gate ${gate.id}`, ...broken].map(explainCommandOf),
  };
  return Object.entries(details).flatMap(([name, lines]) =>
    lines.map((line, index) => {
      const label = (index === 0 ? `${name}:` : '').padEnd(NAME_WIDTH - INDENT.length - 1);
      return `${INDENT}${index === 0 ? paint.quiet(label) : label} ${line}`;
    }),
  );
}

/** What a gate received: the name of each run, and below it what was seen there. */
function receivedLines({ runs, received }: GateOutcome, width: number): string[] {
  return [...groupBy(received, ({ run = 0 }) => run)].flatMap(([run, seen]) => [
    ...(run === 0 ? [] : hanging(wrapWhole(`${runWords(run, runs)}:`, width - INDENT.length))),
    ...seen.flatMap((each) => indented(hanging(wrapWhole(seenWords(each), width - 2 * INDENT.length)))),
  ]);
}

/** The columns of a name and the space around it. */
const NAME_WIDTH = 12;
const INDENT = '  ';

/** The lines of one sentence. All but the first are indented, so that the next sentence stands out. */
function hanging([first, ...others]: readonly string[]): string[] {
  return first === undefined ? [] : [first, ...indented(others)];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `${INDENT}${line}`);
}
