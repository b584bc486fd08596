// What one simulated run says: findings, troubles that are findings of no property, doubts, and reasons not to trust the rig.
import { judgeRun } from '../judge.ts';
import type { Oracle, PropertyJudgement } from '../oracle.ts';
import type { MadeRun } from './made-run.ts';
import { BOUND_TROUBLES, type TroubleKind } from '../../sim/trouble.ts';

/** A run, sorted. */
export interface Triage {
  readonly properties: readonly PropertyJudgement[];
  /** The properties that are violated, or the kind of trouble that no healthy system is in. */
  readonly broken: readonly string[];
  /** That trouble in a sentence. */
  readonly trouble: string | undefined;
  /** The run was too short, or could not start: it shows nothing. */
  readonly doubts: readonly string[];
  /** The run cannot be trusted: it looked at the real world, the simulator failed, or a checker did. */
  readonly selfCheck: readonly string[];
}

/** Troubles that say that the run depends on more than its input, or that the simulator is broken. */
const SELF_CHECK: ReadonlySet<TroubleKind> = new Set<TroubleKind>(['poisoned-call', 'engine']);
const DOUBTS: ReadonlySet<TroubleKind> = new Set<TroubleKind>([...BOUND_TROUBLES, 'failed-boot']);

/** Sorts a run. In the sim a decision that was taken has struck, so no receipts are asked for. */
export function triage(run: MadeRun, oracle: Oracle): Triage {
  const { properties, findings, crashes } = judgeRun(run.history, { ...oracle, receipts: () => [] });
  const of = (kinds: (kind: TroubleKind) => boolean): string[] =>
    run.troubles.filter(({ kind }) => kinds(kind)).map(({ kind, message }) => `${kind}: ${message} (${run.token()})`);
  const selfCheck = [...crashes.map((crash) => `${crash} (${run.token()})`), ...of((kind) => SELF_CHECK.has(kind))];
  const doubts = of((kind) => DOUBTS.has(kind));
  const isVoid = selfCheck.length > 0 || doubts.length > 0;
  const trouble = isVoid ? undefined : run.troubles[0];
  const broken = trouble === undefined ? [...new Set(findings.map(({ property }) => property))] : [trouble.kind];
  return {
    properties,
    broken,
    trouble: trouble && `${trouble.kind}: ${trouble.message} (${run.token()})`,
    doubts,
    selfCheck,
  };
}
