// Counterexamples: violating runs as they are kept.
import type { Case } from '../formats/case.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import { replayToken } from '../formats/replay-token.ts';
import { canonicalJson, sha256 } from '../platform/canonical-json.ts';
import type { CaseRun } from './run-case.ts';

/** What a counterexample says beside its run. */
export interface CounterexampleAbout {
  readonly system: string;
  readonly lane: 'live' | 'sim';
  /** What it is kept for: a property, or the kind of an anomaly. */
  readonly broken: string;
  readonly shrinking: Counterexample['shrinking'];
}

/** The SHA-256 of the canonical JSON of a case, in hexadecimal. */
export function caseHash({ scenario, deviations }: Case): string {
  return sha256(canonicalJson({ scenario, deviations }));
}

/** The counterexample that a violating run is. */
export function counterexampleOf(run: CaseRun, about: CounterexampleAbout): Counterexample {
  const { system, lane, broken, shrinking } = about;
  const { judgement, anomalies } = run;
  const anomaly = anomalies.find(({ kind }) => kind === broken);
  return {
    format: 'onesend.counterexample/2',
    id: `${broken}-${caseHash(run.case).slice(0, 8)}`,
    system,
    lane,
    case: plain(run.case),
    findings: [...judgement.findings],
    ...(anomaly === undefined ? {} : { anomaly }),
    history: judgement.history,
    ...(lane === 'sim' ? { token: replayToken(system, run.case) } : {}),
    shrinking,
  };
}

/** What shrinking says of a case that is kept as it was found. */
export function notShrunk(found: Case): Counterexample['shrinking'] {
  return { tried: 0, kept: 0, stopped: 'not-run', original: plain(found) };
}

/** A case as a document holds it, with lists of its own. */
export function plain({ scenario, deviations }: Case): Counterexample['case'] {
  return { scenario, deviations: [...deviations] };
}
