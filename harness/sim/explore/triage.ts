// What one simulated run says: findings, anomalies that are findings of no property, doubts, and reasons not to trust the rig.
import { judgeRun } from '../../runner/judged-run.ts';
import type { Oracle, PropertyResult } from '../../evidence/oracle.ts';
import type { MadeRun } from './made-run.ts';
import { BOUND_ANOMALIES, type AnomalyKind } from '../anomaly.ts';

/** A run, sorted. */
export interface Triage {
  readonly properties: readonly PropertyResult[];
  /** The properties that are violated, or the kind of anomaly that no healthy system is in. */
  readonly broken: readonly string[];
  /** That anomaly in a sentence. */
  readonly anomaly: string | undefined;
  /** The run was too short, or could not start: it shows nothing. */
  readonly doubts: readonly string[];
  /** The run cannot be trusted: it looked at the real world, the simulator failed, or a checker did. */
  readonly selfCheck: readonly string[];
}

/** Troubles that say that the run depends on more than its input, or that the simulator is broken. */
const SELF_CHECK: ReadonlySet<AnomalyKind> = new Set<AnomalyKind>(['forbidden-call', 'engine']);
const DOUBTS: ReadonlySet<AnomalyKind> = new Set<AnomalyKind>([...BOUND_ANOMALIES, 'failed-boot']);

/** Sorts a run. In the sim a decision that was taken has struck, so no receipts are asked for. */
export function triage(run: MadeRun, oracle: Oracle): Triage {
  const { properties, findings, crashes } = judgeRun(run.history, { ...oracle, receipts: () => [] });
  const of = (kinds: (kind: AnomalyKind) => boolean): string[] =>
    run.anomalies.filter(({ kind }) => kinds(kind)).map(({ kind, message }) => `${kind}: ${message} (${run.token()})`);
  const selfCheck = [...crashes.map((crash) => `${crash} (${run.token()})`), ...of((kind) => SELF_CHECK.has(kind))];
  const doubts = of((kind) => DOUBTS.has(kind));
  const isVoid = selfCheck.length > 0 || doubts.length > 0;
  const anomaly = isVoid ? undefined : run.anomalies[0];
  const broken = anomaly === undefined ? [...new Set(findings.map(({ property }) => property))] : [anomaly.kind];
  return {
    properties,
    broken,
    anomaly: anomaly && `${anomaly.kind}: ${anomaly.message} (${run.token()})`,
    doubts,
    selfCheck,
  };
}
