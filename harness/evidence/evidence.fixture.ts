// Judged runs as a test writes them: the outcome of each property, fault and observer, without running a system.
import type { Deviation } from '../formats/case.ts';
import type { PropertyId } from '../formats/finding.ts';
import type { Goal } from '../formats/goal.ts';
import { historyOf } from '../history/history.fixture.ts';
import type { JudgedRun } from './fold.ts';
import type { Problem } from './judge.ts';
import type { FaultReceipt, PropertyResult } from './oracle.ts';

/** The outcome of a scripted run; defaults are those of a sound run of one message in ON without faults. */
export interface RunScript {
  readonly mode?: string | null;
  readonly exercised?: Partial<Record<PropertyId, number>>;
  /** What is not known in each undecided chance of a property that the script exercises. */
  readonly undecided?: Partial<Record<PropertyId, readonly string[]>>;
  readonly violated?: readonly PropertyId[];
  readonly receipts?: readonly FaultReceipt[];
  readonly goals?: readonly Goal[];
  readonly problems?: readonly Problem[];
  readonly observerProblems?: readonly string[];
  readonly deviations?: readonly Deviation[];
  readonly isRandom?: boolean;
  readonly isRetried?: boolean;
  readonly name?: string;
}

/** The judged run that a script describes. */
export function judgedRun(script: RunScript = {}): JudgedRun {
  const { violated = [], exercised = { S1: 1 }, receipts = [], deviations = [], name = 'a run' } = script;
  const history = historyOf({ mode: script.mode === undefined ? 'ON' : script.mode }, []);
  const findings = violated.map((property) => ({ property, message: 'is violated', items: ['c1#1'], witnesses: [] }));
  const properties = Object.entries(exercised).map(([property, count]): PropertyResult => ({
    property: property as PropertyId,
    observed: true,
    exercised: count,
    undecided: script.undecided?.[property as PropertyId] ?? [],
    findings: findings.filter((finding) => finding.property === property),
  }));
  return {
    judgement: {
      history,
      properties,
      findings,
      receipts,
      missingReceipts: receipts.filter(({ state }) => state === 'missing').map(({ kind }) => kind),
      goals: new Set(script.goals),
      observerProblems: script.observerProblems ?? [],
      problems: script.problems ?? [],
      broken: violated,
    },
    deviations,
    isRandom: script.isRandom ?? true,
    isRetried: script.isRetried ?? false,
    where: () => name,
  };
}
