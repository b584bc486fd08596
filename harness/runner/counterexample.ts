// Makes counterexamples, the documents in which violating runs are kept.
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Case } from '../formats/case.ts';
import { type Counterexample, counterexampleId } from '../formats/counterexample.ts';
import { brokenBy } from '../formats/finding.ts';
import { historyHash } from '../formats/history.ts';
import type { CameAfter } from '../formats/runs-before.ts';
import { replayToken } from '../formats/replay-token.ts';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import type { CaseRun } from './run-case.ts';

/** What a counterexample needs in addition to its run. */
export interface CounterexampleAbout {
  readonly system: string;
  readonly lane: 'live' | 'sim';
  /** The fingerprint for which it is kept; the run can show further ones. */
  readonly fingerprint: string;
  readonly shrinking: Counterexample['shrinking'];
  /** The runs that the same process had made before, if a fresh process does not show the violation. */
  readonly after?: CameAfter | undefined;
}

/** The SHA-256 of the canonical JSON of a case, in hexadecimal. */
export function caseHash({ scenario, deviations }: Case): string {
  return sha256(canonicalJson({ scenario, deviations }));
}

/** Makes the counterexample of a violating run. */
export function counterexampleOf(run: CaseRun, about: CounterexampleAbout): Counterexample {
  const { system, lane, fingerprint, shrinking, after } = about;
  const { judgement, anomalies } = run;
  const anomaly = anomalies.find(({ kind }) => kind === brokenBy(fingerprint));
  return {
    format: 'onesend.counterexample/3',
    id: counterexampleId({ system, lane, case: run.case, fingerprint }),
    fingerprint,
    system,
    lane,
    case: plain(run.case),
    findings: [...judgement.findings],
    ...(anomaly === undefined ? {} : { anomaly }),
    judged: judgedIn(judgement),
    history: judgement.history,
    historyHash: historyHash(judgement.history),
    ...(after === undefined ? {} : { after: plainAfter(after) }),
    // A token holds the case alone, which is not enough if the violation needs earlier runs.
    ...(lane === 'sim' && after === undefined ? { token: replayToken(system, run.case) } : {}),
    shrinking,
  };
}

/** Makes one counterexample, without shrinking, for each fingerprint that a run shows. */
export function counterexamplesOf(run: CaseRun, about: Pick<CounterexampleAbout, 'system' | 'lane'>): Counterexample[] {
  return fingerprintsOf(run.judgement).map((fingerprint) =>
    counterexampleOf(run, { ...about, fingerprint, shrinking: notShrunk(run.case) }),
  );
}

function judgedIn({ properties }: CaseRun['judgement']): NonNullable<Counterexample['judged']> {
  const chances = properties.map(({ property, exercised, undecided }) => {
    return [property, { exercised, undecided: undecided.length }] as const;
  });
  return Object.fromEntries(chances.filter(([, { exercised, undecided }]) => exercised + undecided > 0));
}

/** The field `shrinking` for the run with which shrinking began. It holds the history of that run only if shrinking changed the case. */
export function shrinkingOf(
  { case: found, judgement }: CaseRun,
  { tried, kept, stopped }: Pick<Counterexample['shrinking'], 'tried' | 'kept' | 'stopped'>,
): Counterexample['shrinking'] {
  const how = { tried, kept, stopped, original: plain(found) };
  return kept === 0 ? how : { ...how, originalHistory: judgement.history };
}

/** The field `shrinking` for a case that was not shrunk. */
export function notShrunk(found: Case): Counterexample['shrinking'] {
  return { tried: 0, kept: 0, stopped: 'not-run', original: plain(found) };
}

/** A copy of a case in the form of a document, with lists that can be changed. */
export function plain({ scenario, deviations }: Case): Counterexample['case'] {
  return { scenario, deviations: [...deviations] };
}

/** A copy of the earlier runs in the form of a document. */
function plainAfter({ batches, beside, ...where }: CameAfter): NonNullable<Counterexample['after']> {
  return { ...where, batches: batches.map((batch) => batch.map(plain)), beside: beside.map(plain) };
}
