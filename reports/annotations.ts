// The workflow commands by which a job on GitHub shows what it found beside its log: one line a fingerprint, ten at most.
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { storyOf } from '../harness/history/story/story-of.ts';
import { acceptancesOf, acceptedIn, acceptedWords } from './baseline-lines.ts';
import { counterexampleHeadline } from './counterexample-words.ts';
import { describeReason } from './describe-reason.ts';
import { headline } from './headline.ts';
import type { Report } from './html/report.ts';
import { countOf, printable } from './wrap-text.ts';

/** GitHub shows no more of a step. */
const ANNOTATIONS_MAX = 10;
const REASONS_MAX = 3;

/** The parts of a report that annotations are made of. */
export type AnnotationParts = Pick<Report, 'result' | 'counterexamples' | 'replayLine'>;

/** The lines. None for a pass. */
export function annotationLines({ result, counterexamples, replayLine }: AnnotationParts): string[] {
  const { verdict, reasons, baseline } = result;
  if (verdict === 'pass') return [];
  const lines = [...byFingerprint(counterexamples)].map(([fingerprint, [first, ...others]]) => {
    const isAccepted = acceptancesOf([fingerprint], baseline) !== undefined;
    const story = storyOf(first.history, first);
    const more = others.length === 0 ? '' : ` (and ${countOf(others.length, 'more run')})`;
    const message = `${counterexampleHeadline(first, story)}${more}\nReplay it: ${replayLine(first)}`;
    return command(isAccepted ? 'warning' : 'error', { title: `Onesend ${first.id}`, message });
  });
  if (verdict === 'accepted' && baseline !== undefined && lines.length === 0)
    return [command('warning', { title: 'Onesend', message: acceptedWords(acceptedIn(baseline)) })];
  const why = reasons.slice(0, REASONS_MAX).map(describeReason).join('\n');
  // Violations speak for themselves; every other verdict would go unseen.
  const own =
    (verdict === 'violation' || verdict === 'accepted') && lines.length > 0
      ? []
      : [command('error', { title: `Onesend: ${headline(result)}`, message: why })];
  return fitted([...own, ...lines]);
}

function byFingerprint(
  counterexamples: readonly Counterexample[],
): ReadonlyMap<string, readonly [Counterexample, ...Counterexample[]]> {
  const groups = new Map<string, [Counterexample, ...Counterexample[]]>();
  for (const each of counterexamples) {
    const group = groups.get(each.fingerprint);
    if (group === undefined) groups.set(each.fingerprint, [each]);
    else group.push(each);
  }
  return groups;
}

/** What does not fit is counted. */
function fitted(lines: readonly string[]): string[] {
  if (lines.length <= ANNOTATIONS_MAX) return [...lines];
  const shown = lines.slice(0, ANNOTATIONS_MAX - 1);
  const message = `and ${countOf(lines.length - shown.length, 'more counterexample')}, see the summary of the job`;
  return [...shown, command('error', { title: 'Onesend', message })];
}

/** Line breaks and per cents are escaped, and in a property what would end it. */
function command(level: 'error' | 'warning', { title, message }: { title: string; message: string }): string {
  const property = escaped(printable(title)).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property}::${escaped(message.split('\n').map(printable).join('\n'))}`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
