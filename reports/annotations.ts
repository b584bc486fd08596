// Annotations of a job on GitHub, as workflow commands: one line per fingerprint, at most ten lines.
import type { CheckReport } from '../harness/formats/check.ts';
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { gateFingerprint, type GateOutcome } from '../harness/formats/gate.ts';
import type { ReplaysReport } from '../harness/formats/replays.ts';
import type { Result } from '../harness/formats/result.ts';
import { groupBy } from '../harness/history/group-by.ts';
import { storyOf } from '../harness/history/story/story-of.ts';
import { acceptancesOf, acceptedIn, acceptedWords } from './baseline-lines.ts';
import type { FoundParts } from './counterexample-sections.ts';
import { counterexampleHeadline } from './counterexample-words.ts';
import { certifiableWords } from './check.ts';
import { describeReason } from './describe-reason.ts';
import { explainCommand, explainCommandOf } from './explain-command.ts';
import { GATE_WORDS, receivedWords } from './gate-words.ts';
import { gatesHeadline, headline } from './headline.ts';
import type { GateParts, SummaryParts } from './step-summary.ts';
import { countOf } from '../harness/history/counted-words.ts';
import { printable } from './wrap-text.ts';

/** GitHub shows at most ten annotations per step. */
const ANNOTATIONS_MAX = 10;
const REASONS_MAX = 3;

/** The annotations of a certification; none for a pass. */
export function annotationLines({ result, ...found }: SummaryParts): string[] {
  return linesFor(result, { title: headline(result), lines: counterexampleLines(found, result.baseline) });
}

/**
 * The annotations of a gate report: one for each gate that failed its own demand, one per fingerprint of its runs, and a warning for each gate
 * without an answer.
 */
export function gateAnnotationLines({ report, ...found }: GateParts): string[] {
  const { gates, baseline } = report;
  const own = gates.filter(({ id, fingerprints = [] }) => fingerprints.includes(gateFingerprint(id)));
  const lines = [...own.map((gate) => gateLine(gate, baseline)), ...counterexampleLines(found, baseline)];
  const unanswered = gates.filter(({ outcome }) => outcome === 'not-observed' || outcome === 'inconclusive');
  return linesFor(report, { title: gatesHeadline(report), lines, doubts: unanswered.map(unansweredLine) });
}

/** The annotations of replays: an error for each that still violates, and a warning for each that has no answer. */
export function replayAnnotationLines({ replays }: ReplaysReport): string[] {
  return fitted(
    replays.flatMap(({ id, outcome, verdict, message }) => {
      if (outcome === 'FIXED') return [];
      const words = `${outcome}: ${message}\nReplay it: npx onesend replay ${id}`;
      return [command(verdict === 'violation' ? 'error' : 'warning', { title: `Onesend ${id}`, message: words })];
    }),
  );
}

/** The annotations of `check`: one for each step that FAILED, or one that says why the pair cannot be certified although none did. */
export function checkAnnotationLines(report: CheckReport): string[] {
  const failures = report.steps.flatMap(({ step, outcome, finding, hint }) => {
    if (outcome !== 'failed') return [];
    const message = `FAILED: ${finding}${hint === undefined ? '' : ` (${hint})`}`;
    return [command('error', { title: `Onesend check: ${step}`, message })];
  });
  if (report.isGood || failures.length > 0) return fitted(failures);
  return [command('error', { title: 'Onesend check', message: certifiableWords(report) })];
}

/** The annotation of a command that ended with an error. */
export function failureAnnotation(text: string): string {
  return command('error', { title: 'Onesend', message: text });
}

/** For violations, their lines alone; for any other verdict but a pass, also a line with the headline and the reasons. */
function linesFor(
  { verdict, reasons, baseline }: Pick<Result, 'verdict' | 'reasons' | 'baseline'>,
  { title, lines, doubts = [] }: { title: string; lines: readonly string[]; doubts?: readonly string[] },
): string[] {
  if (verdict === 'pass') return [];
  if (verdict === 'accepted' && baseline !== undefined && lines.length === 0)
    return [command('warning', { title: 'Onesend', message: acceptedWords(acceptedIn(baseline)) })];
  if ((verdict === 'violation' || verdict === 'accepted') && lines.length > 0) return fitted([...lines, ...doubts]);
  const why = reasons.slice(0, REASONS_MAX).map(describeReason).join('\n');
  return fitted([command('error', { title: `Onesend: ${title}`, message: why }), ...lines, ...doubts]);
}

/** The annotation of a gate that failed its own demand. What its runs violate has annotations of its own. */
function gateLine(gate: GateOutcome, baseline: Result['baseline']): string {
  const received = gate.received.filter(({ property }) => property === undefined);
  const lines = [
    `Expected: ${gate.expected}`,
    ...receivedWords({ ...gate, received }).map((line) => `Received: ${line}`),
  ];
  return gateCommand(levelOf(gateFingerprint(gate.id), baseline), gate, lines);
}

/** The annotation of a gate that is NOT OBSERVED or INCONCLUSIVE. It says first that nothing is violated. */
function unansweredLine(gate: GateOutcome): string {
  const why = gate.outcome === 'not-observed' ? 'this pair does not show it' : 'its runs could not decide it';
  const first = `This is no violation: the gate was not judged, because ${why}.`;
  return gateCommand('warning', gate, [first, ...receivedWords(gate).map((line) => `Why: ${line}`)]);
}

function gateCommand(level: 'error' | 'warning', gate: GateOutcome, lines: readonly string[]): string {
  const { id, title, outcome, nextActions, replay } = gate;
  const message = [
    `${GATE_WORDS[outcome]}: ${title}`,
    ...lines,
    ...nextActions.map((action) => `What to do: ${action}`),
    `Run it again: ${replay}`,
    `Explain it: ${explainCommandOf(`gate ${id}`)}`,
  ];
  return command(level, { title: `Onesend gate ${id}`, message: message.join('\n') });
}

function explained(counterexample: Counterexample): string {
  const explain = explainCommand(counterexample);
  return explain === undefined ? '' : `\nExplain it: ${explain}`;
}

/** One line per fingerprint. */
function counterexampleLines({ counterexamples, replayLine }: FoundParts, baseline: Result['baseline']): string[] {
  return [...groupBy(counterexamples, ({ fingerprint }) => fingerprint)].flatMap(
    ([fingerprint, [first, ...others]]) => {
      if (first === undefined) return [];
      const more = others.length === 0 ? '' : ` (and ${countOf(others.length, 'more run')})`;
      const words = counterexampleHeadline(first, storyOf(first.history, first));
      const message = `${words}${more}\nReplay it: ${replayLine(first)}${explained(first)}`;
      return [command(levelOf(fingerprint, baseline), { title: `Onesend ${first.id}`, message })];
    },
  );
}

function levelOf(fingerprint: string, baseline: Result['baseline']): 'error' | 'warning' {
  return acceptancesOf([fingerprint], baseline) === undefined ? 'error' : 'warning';
}

/** At most ten lines; the last one then counts the lines left out. */
function fitted(lines: readonly string[]): string[] {
  if (lines.length <= ANNOTATIONS_MAX) return [...lines];
  const shown = lines.slice(0, ANNOTATIONS_MAX - 1);
  const message = `and ${lines.length - shown.length} more: see the summary of the job`;
  return [...shown, command('error', { title: 'Onesend', message })];
}

/** A workflow command. Line breaks and per cent signs are escaped, and in the title also the characters that would end it. */
function command(level: 'error' | 'warning', { title, message }: { title: string; message: string }): string {
  const property = escaped(printable(title)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property}::${escaped(message.split('\n').map(printable).join('\n'))}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
