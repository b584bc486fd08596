// The outcomes of gates in the words of the runbook: PASS: ..., FAIL: ..., with details for a gate that did not pass.
import type { GateOutcome, GateReport } from '../harness/formats/gate.ts';
import { printable } from './wrap-text.ts';
import { acceptancesOf, acceptedIn, acceptedWords, baselineLines } from './baseline-lines.ts';
import { columnsOf, type Palette, palette, type RenderOptions } from './colors.ts';
import { explainCommandOf } from './explain-command.ts';
import { readingLines } from './reading-lines.ts';

const words = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
  'not-observed': 'NOT OBSERVED',
} as const;

/** One line per gate, with details below a gate that did not pass; then the readings by which all gates were judged. */
export function renderGateLines(report: GateReport, options: RenderOptions): string {
  const paint = palette(options.color);
  const readings = readingLines(report.readings, { paint, columns: columnsOf(options) });
  const { baseline } = report;
  const accepted = baseline === undefined ? [] : baselineLines(baseline);
  const last = report.verdict === 'accepted' && baseline !== undefined ? [acceptedWords(acceptedIn(baseline))] : [];
  const gates = report.gates.flatMap((gate) => gateLines(gate, { paint, baseline }));
  return [...accepted, ...gates, ...readings, ...last.map(paint.doubtful)].join('\n');
}

function gateLine({ outcome, title, measured }: GateOutcome): string {
  const times = measured.map(({ what, ms }) => `${printable(what)} ${ms} ms`).join('; ');
  return `${words[outcome]}: ${printable(title)}${times === '' ? '' : ` (${times})`}`;
}

function gateLines(
  gate: GateOutcome,
  { paint, baseline }: { readonly paint: Palette; readonly baseline: GateReport['baseline'] },
): string[] {
  const line = gateLine(gate);
  if (gate.outcome === 'pass') return [`${paint.good(words.pass)}${line.slice(words.pass.length)}`];
  const accepted = acceptancesOf(gate.fingerprints ?? [], baseline);
  const painter = gate.outcome === 'fail' && accepted === undefined ? paint.bad : paint.doubtful;
  const details = {
    ...(accepted === undefined ? {} : { accepted: acceptedWords(accepted) }),
    expected: gate.expected,
    received: gate.received,
    runbook: `${gate.section}${gate.source === 'onesend' ? ' (a gate of Onesend)' : ''}`,
    next: gate.nextAction,
    replay: gate.replay,
    explain: explainCommandOf(`gate ${gate.id}`),
  };
  return [
    painter(line),
    ...Object.entries(details).map(([name, text]) => `  ${paint.quiet(`${name}:`.padEnd(9))} ${printable(text)}`),
  ];
}
