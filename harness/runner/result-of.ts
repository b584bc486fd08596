// Makes one result of the outcomes of the lanes: each lane keeps its own evidence, and the worst verdict counts.
import { decideResult } from '../evidence/decide.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { LaneResult } from '../formats/lane-result.ts';
import type { CounterexampleSummary, Result } from '../formats/result.ts';
import { scenarioSize } from './scenario-size.ts';

/** The outcome of the certification on one lane. */
export interface LaneCertification {
  readonly lane: LaneResult;
  /** The counterexamples of the lane, in the order in which they were kept. */
  readonly counterexamples: readonly Counterexample[];
}

/** What a result holds in addition to the outcomes of its lanes. */
export type ResultHeader = Pick<
  Result,
  | 'system'
  | 'unavailable'
  | 'versions'
  | 'seed'
  | 'startedAt'
  | 'timings'
  | 'vantages'
  | 'readings'
  | 'absent'
  | 'sabotage'
  | 'baseline'
>;

/** The result of a certification; the lanes are in the order in which they ran. */
export function resultOf(certifications: readonly LaneCertification[], header: ResultHeader): Result {
  const lanes = certifications.map(({ lane }) => lane);
  return {
    format: 'onesend.result/3',
    ...decideResult({ lanes, ...header }),
    ...header,
    lanes,
    durationMs: lanes.reduce((sum, { durationMs }) => sum + durationMs, 0),
    counterexamples: certifications.flatMap(({ counterexamples }) => counterexamples.map(counterexampleSummary)),
  };
}

/** Where a counterexample is saved, relative to the output folder. */
export function counterexampleFile(id: string): string {
  return `counterexamples/${id}.json`;
}

/** The summary of a counterexample in a result. A deviation counts as a fault. */
export function counterexampleSummary(counterexample: Counterexample): CounterexampleSummary {
  const { id, lane, findings, anomaly, token, fingerprint, after, confirmation } = counterexample;
  const { scenario, deviations } = counterexample.case;
  const { messages, faults } = scenarioSize(scenario);
  return {
    id,
    lane,
    file: counterexampleFile(id),
    findings,
    ...(anomaly === undefined ? {} : { anomaly }),
    fingerprint,
    ...(after === undefined ? {} : { after: { slot: after.slot, run: after.run } }),
    ...(confirmation === undefined ? {} : { confirmation }),
    messages,
    faults: faults + deviations.length,
    ...(token === undefined ? {} : { token }),
  };
}
