// Baselines on the command line: reads the one that decides a run, and adds the violations of a run to one.
import { existsSync } from 'node:fs';
import { everyFingerprintOf } from '../evidence/fingerprint.ts';
import {
  type Acceptance,
  type Baseline,
  baselineDocument,
  type Acceptances,
  dayAfter,
  dayOf,
  isAccepted,
  TEMPLATE_WORDS,
  unfinishedBaselineDocument,
} from '../formats/baseline.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { readDocument, writeDocument } from '../formats/document.ts';
import type { Evidence } from '../formats/evidence.ts';
import { brokenBy } from '../formats/finding.ts';
import { UsageError } from '../platform/errors.ts';
import { type HeadlineSources, type Violated, withHeadlines } from './baseline-headlines.ts';
import type { CommandContext } from './command.ts';

/** A baseline with its file, and the day of the run, which decides which acceptances have expired. */
export interface ReadBaseline extends Baseline {
  readonly file: string;
  readonly day: string;
}

/** How many days a template proposes. */
const DAYS = 30;

/**
 * Reads the baseline that the flags name, and notes it on the screen; undefined if they name none. Throws UsageError for a baseline of
 * another system.
 */
export async function baselineOf(
  file: string | undefined,
  { system, startedAt, context: { screen } }: BaselineRequest,
): Promise<ReadBaseline | undefined> {
  if (file === undefined) return undefined;
  const baseline = await readDocument(baselineDocument, file);
  assertSystem(baseline, { system, file });
  const day = dayOf(startedAt);
  const expired = baseline.accepted.filter(({ until }) => until < day).length;
  screen.note(
    `baseline: ${file}, ${baseline.accepted.length} accepted${expired > 0 ? `, ${expired} of them expired` : ''}`,
  );
  return { ...baseline, file, day };
}

interface BaselineRequest {
  readonly system: string;
  readonly startedAt: string;
  readonly context: Pick<CommandContext, 'screen'>;
}

/** Whether a baseline accepts everything that the run of a counterexample violates: its anomaly, else all its findings. */
export function isWhollyAccepted(
  { fingerprint, findings, history, anomaly }: Counterexample,
  baseline: Acceptances | undefined,
): boolean {
  const others = anomaly === undefined ? everyFingerprintOf({ findings, history, broken: [] }) : [];
  return [fingerprint, ...others].every((each) => isAccepted(each, baseline));
}

/** The fingerprints of all violations, each once, sorted. */
export function violatedIn(evidence: readonly Evidence[]): string[] {
  return [...new Set(evidence.flatMap(({ fingerprints = {} }) => Object.keys(fingerprints)))].toSorted();
}

/** What a run found: its evidence, and what explains its fingerprints to people. */
interface Found extends HeadlineSources {
  readonly system: string;
  readonly evidence: readonly Evidence[];
}

/** The fields of an acceptance that a person fills in. */
export type AcceptanceWords = Pick<Acceptance, 'reason' | 'ticket' | 'until' | 'by'>;

/** The placeholders of a template, which a person has to replace. */
export function templateWords(now: Date): AcceptanceWords {
  return { ...TEMPLATE_WORDS, until: dayAfter(now, DAYS) };
}

/**
 * Adds the violations to the file with the placeholders of the template, and notes it on the screen. They are accepted only after a person
 * has replaced the placeholders. Returns the files written.
 */
export async function writeTemplate(
  file: string | undefined,
  { system, evidence, ...sources }: Found,
  screen: CommandContext['screen'],
): Promise<string[]> {
  if (file === undefined) return [];
  const words = templateWords(new Date());
  const violations = withHeadlines(violatedIn(evidence), sources);
  const { added } = await addToBaseline(file, { system, violations, words, isRenewing: false });
  screen.note(`baseline: ${added} added to ${file}; write in it why, until when, and who accepts them`);
  return [file];
}

/** The numbers of new and renewed entries, and the baseline after the addition. */
export interface Addition {
  readonly added: number;
  readonly renewed: number;
  readonly baseline: Baseline;
}

/** Adds acceptances to the file, or creates it, as of today. An existing entry keeps its words unless `isRenewing`. */
export async function addToBaseline(
  file: string,
  addition: {
    readonly system: string;
    readonly violations: readonly Violated[];
    readonly words: AcceptanceWords;
    readonly isRenewing: boolean;
  },
): Promise<Addition> {
  const { system, violations, words, isRenewing } = addition;
  const known = existsSync(file) ? await readDocument(unfinishedBaselineDocument, file) : undefined;
  if (known !== undefined) assertSystem(known, { system, file });
  const standing = known?.accepted ?? [];
  const isStanding = (fingerprint: string): boolean => standing.some((each) => each.fingerprint === fingerprint);
  const since = dayOf(new Date().toISOString());
  const fresh = violations.map(({ fingerprint, headline }): Acceptance => {
    const { reason, ticket, until, by } = words;
    return { fingerprint, property: brokenBy(fingerprint), headline, reason, ticket, since, until, by };
  });
  const renewed = isRenewing ? fresh.filter(({ fingerprint }) => isStanding(fingerprint)) : [];
  const added = fresh.filter(({ fingerprint }) => !isStanding(fingerprint));
  const kept = standing.map((each) => renewed.find(({ fingerprint }) => fingerprint === each.fingerprint) ?? each);
  const baseline: Baseline = { format: 'onesend.baseline/1', system, accepted: [...kept, ...added] };
  await writeDocument(file, baseline);
  return { added: added.length, renewed: renewed.length, baseline };
}

function assertSystem(baseline: Pick<Baseline, 'system'>, { system, file }: { system: string; file: string }): void {
  if (baseline.system === system) return;
  throw new UsageError(`${file}: system: expected '${system}', found '${baseline.system}'`, {
    hint: 'a baseline accepts violations of one system only',
  });
}
