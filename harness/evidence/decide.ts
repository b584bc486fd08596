// The verdict: one function decides, for a test, a gate, a replay, a re-check, a merge and a certificate alike.
import type { Acceptances } from '../formats/baseline.ts';
import {
  type Decision,
  type Demands,
  isTooOftenUndecided,
  type Meta,
  type Reason,
  type Verdict,
} from '../formats/decision.ts';
import { type Evidence, PROBLEM_CODES, type ProblemCode } from '../formats/evidence.ts';
import { PROPERTY_IDS } from '../formats/finding.ts';
import { GOALS, goalsOutOfReach } from '../formats/goal.ts';
import { type SabotageOutcome, type SabotageRow, sabotageVerdict } from '../formats/sabotage.ts';
import { acceptancesMet, isAcceptedIn, isGateAccepted } from './acceptance.ts';

/** What every certification demands, beside what its lane does. */
const DEMANDS: Demands = {
  propertyMinimum: 0,
  undecidedShareMax: 0.1,
  faultMinimum: 1,
  discardedShareMax: 0,
  required: [],
  goals: [],
};

/** What a certification on the live lane demands of a plan of this size. Each property needs 10 chances from 200 scenarios on. */
export function liveDemands(planned: number): Demands {
  const propertyMinimum = Math.max(1, Math.min(10, Math.floor(planned / 20)));
  return { ...DEMANDS, propertyMinimum, discardedShareMax: 0.05 };
}

/** What an exploration of the sim lane demands. */
export const SIM_DEMANDS: Demands = {
  ...DEMANDS,
  propertyMinimum: 10,
  goals: [...GOALS],
};

/** The same of a system with these readings: a goal that they keep every system from is not demanded. */
export function simDemands(readings: Readonly<Record<string, string>>): Demands {
  const outOfReach = new Set(goalsOutOfReach(readings).map(({ goal }) => goal));
  return { ...SIM_DEMANDS, goals: SIM_DEMANDS.goals.filter((goal) => !outOfReach.has(goal)) };
}

/** What a few chosen scenarios demand, as those of a gate: that they ran, not that they exercise everything. */
export const GATE_DEMANDS: Demands = {
  ...DEMANDS,
  undecidedShareMax: 1,
  faultMinimum: 0,
};

/**
 * Decides: self-check before violation, before interrupted, before infrastructure, before inconclusive, before accepted, before pass. An
 * interrupted run keeps the violation it found, so that Ctrl-C never turns a double send into a mere stop. A violation that the baseline
 * accepts hides nothing: the run must have shown all that a pass demands.
 */
export function decide(evidence: Evidence, demands: Demands, baseline?: Acceptances): Decision {
  const rules: readonly (readonly [Verdict, readonly Reason[]])[] = [
    ['self-check', problemReasons(evidence, (code) => code.startsWith('self-check/'))],
    ['violation', violationReasons(evidence, baseline)],
    ['interrupted', problemReasons(evidence, (code) => code === 'interrupted')],
    ['infrastructure', problemReasons(evidence, (code) => code === 'infrastructure')],
    ['inconclusive', inconclusiveReasons(evidence, demands)],
    ['accepted', acceptedReasons(evidence, baseline)],
  ];
  for (const [verdict, reasons] of rules) if (reasons.length > 0) return { verdict, reasons: [...reasons] };
  return { verdict: 'pass', reasons: [reason('all-held')] };
}

/** From the worst to the best; the order of the rules of `decide`. */
const WORST_FIRST: readonly Verdict[] = [
  'self-check',
  'violation',
  'usage',
  'interrupted',
  'infrastructure',
  'inconclusive',
  'accepted',
  'pass',
];

/** The worst of several verdicts, and a pass where there are none. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return WORST_FIRST.find((each) => verdicts.includes(each)) ?? 'pass';
}

/** The verdict over several lanes: the worst of theirs, with the reasons of every lane that did not pass. */
export function decideLanes(
  lanes: readonly { readonly lane: 'live' | 'sim'; readonly decision: Decision }[],
): Decision {
  const [first] = lanes;
  if (first === undefined) return { verdict: 'inconclusive', reasons: [reason('nothing-ran')] };
  if (lanes.length === 1) return first.decision;
  const verdict = WORST_FIRST.find((each) => lanes.some(({ decision }) => decision.verdict === each)) ?? 'self-check';
  if (verdict === 'pass') return first.decision;
  const reasons = lanes.flatMap(({ lane, decision }) =>
    decision.verdict === 'pass' ? [] : decision.reasons.map((each) => ({ ...each, lane })),
  );
  return { verdict, reasons };
}

/** What is demanded of a certification beside its lanes: that the rig sees the pair when it is made to look broken, where that was tried. */
export function decideResult({ lanes, sabotage = [] }: DecidedResult): Decision {
  const [ofLanes, ofSabotage] = [decideLanes(lanes), decideSabotage(sabotage)];
  const [first, second] = [ofLanes, ofSabotage].map(({ verdict }) => WORST_FIRST.indexOf(verdict));
  if (first === second && ofLanes.verdict !== 'pass')
    return { ...ofLanes, reasons: [...ofLanes.reasons, ...ofSabotage.reasons] };
  return (second ?? 0) < (first ?? 0) ? ofSabotage : ofLanes;
}

/** What a result is decided by. */
export interface DecidedResult {
  readonly lanes: Parameters<typeof decideLanes>[0];
  readonly sabotage?: readonly Pick<SabotageRow, 'id' | 'outcome'>[];
}

/** The outcomes of wire mutants that are no pass. */
const UNSEEN: readonly SabotageOutcome[] = ['blind', 'not-reached', 'broken-baseline'];

function decideSabotage(rows: readonly Pick<SabotageRow, 'id' | 'outcome'>[]): Decision {
  const verdict = sabotageVerdict(rows);
  const wanted = verdict === 'self-check' ? UNSEEN.slice(0, 1) : UNSEEN;
  const reasons = wanted.flatMap((outcome) => {
    const ids = rows.flatMap((row) => (row.outcome === outcome ? [row.id] : []));
    return ids.length === 0 ? [] : [reason(`sabotage-${outcome}`, ids.join(' '), { count: ids.length })];
  });
  return { verdict, reasons };
}

function reason(code: string, subject = '', numbers: Readonly<Record<string, number>> = {}): Reason {
  return { code, subject, numbers: { ...numbers } };
}

/** One reason for each problem of the chosen codes, about its first example. */
function problemReasons({ problems }: Evidence, isChosen: (code: ProblemCode) => boolean): Reason[] {
  return PROBLEM_CODES.flatMap((code) => {
    const problem = isChosen(code) ? problems[code] : undefined;
    return problem === undefined ? [] : [reason(code, problem.examples[0] ?? '', { count: problem.count })];
  });
}

/** What is violated and not accepted. */
function violationReasons(evidence: Evidence, baseline: Acceptances | undefined): Reason[] {
  const broken = PROPERTY_IDS.flatMap((property) => {
    const violations = evidence.properties[property]?.violations ?? 0;
    if (violations === 0 || isAcceptedIn(evidence, property, baseline)) return [];
    return [reason('property-violated', property, { violations })];
  });
  const failed = sortedEntries(evidence.gates).flatMap(([id, { fail }]) =>
    fail > 0 && !isGateAccepted(evidence, id, baseline) ? [reason('gate-failed', id, { count: fail })] : [],
  );
  const anomalies = problemReasons(evidence, (code) => {
    const [meaning, kind = ''] = code.split('/');
    return meaning === 'violation' && !isAcceptedIn(evidence, kind, baseline);
  });
  const expired = acceptancesMet(evidence, baseline).expired.map((each) => reason('acceptance-expired', each));
  return [...broken, ...failed, ...anomalies, ...expired];
}

/** What is violated and accepted; the violation reasons come first, so that all of it is. */
function acceptedReasons(evidence: Evidence, baseline: Acceptances | undefined): Reason[] {
  return acceptancesMet(evidence, baseline).accepted.map((each) =>
    reason('violation-accepted', each, { runs: evidence.fingerprints?.[each] ?? 0 }),
  );
}

function inconclusiveReasons(evidence: Evidence, demands: Demands): Reason[] {
  return [
    ...runReasons(evidence, demands),
    ...problemReasons(evidence, (code) => code.startsWith('inconclusive/')),
    ...depthReasons(evidence),
    ...gateReasons(evidence),
    ...goalReasons(evidence, demands),
    ...requiredReasons(evidence, demands),
    ...propertyReasons(evidence, demands),
    ...faultReasons(evidence, demands),
  ];
}

/** What there is to be said against the runs themselves. */
export function metaOf(evidence: Evidence, demands: Demands): Meta {
  const lost = problemReasons(evidence, (code) => code === 'inconclusive/observer-lost');
  return {
    V1: [...goalReasons(evidence, demands), ...propertyReasons(evidence, demands), ...faultReasons(evidence, demands)],
    V2: [...discardedReasons(evidence, demands), ...lost],
  };
}

function goalReasons({ goals }: Evidence, demands: Demands): Reason[] {
  return demands.goals.flatMap((goal) => ((goals[goal] ?? 0) === 0 ? [reason('goal-not-reached', goal)] : []));
}

function requiredReasons({ properties }: Evidence, { required }: Demands): Reason[] {
  return required.flatMap((id) => (properties[id]?.observed === true ? [] : [reason('required-not-observed', id)]));
}

function gateReasons({ gates }: Evidence): Reason[] {
  return sortedEntries(gates).flatMap(([id, { inconclusive, 'not-observed': notObserved }]) => [
    ...(inconclusive > 0 ? [reason('gate-inconclusive', id, { count: inconclusive })] : []),
    ...(notObserved > 0 ? [reason('gate-not-observed', id, { count: notObserved })] : []),
  ]);
}

/** Runs that are missing, and runs that count for nothing. */
function runReasons(evidence: Evidence, demands: Demands): Reason[] {
  const { runs, depths, swarm, gates } = evidence;
  const { planned, completed } = runs;
  if (completed === 0 && Object.keys(gates).length === 0) return [reason('nothing-ran')];
  const isExploration = depths.length > 0 || swarm.planned > 0;
  return [
    ...(completed < planned && !isExploration ? [reason('runs-missing', '', { completed, planned })] : []),
    ...discardedReasons(evidence, demands),
  ];
}

function discardedReasons({ runs }: Evidence, { discardedShareMax }: Demands): Reason[] {
  const { planned, discarded } = runs;
  const spared = Math.floor(planned * discardedShareMax);
  return discarded > spared ? [reason('observers-disturbed', '', { discarded, planned, spared })] : [];
}

/** Which parts of an exploration were left out. */
function depthReasons({ depths, swarm }: Evidence): Reason[] {
  const open = depths.flatMap(({ messages, deviations, planned, run }) => {
    if (planned === null) return [reason('depth-not-reached', '', { messages, deviations })];
    return run < planned ? [reason('depth-incomplete', '', { messages, deviations, planned, run })] : [];
  });
  return swarm.run < swarm.planned ? [...open, reason('swarm-incomplete', '', { ...swarm })] : open;
}

function propertyReasons({ properties }: Evidence, demands: Demands): Reason[] {
  const { propertyMinimum: minimum } = demands;
  const observed = PROPERTY_IDS.filter((property) => properties[property]?.observed === true);
  const reasons = observed.flatMap((property) => {
    const { exercised, undecided } = properties[property] ?? { exercised: 0, undecided: 0 };
    const isUndecided = isTooOftenUndecided({ exercised, undecided }, demands);
    return [
      ...(exercised < minimum ? [reason('property-exercised-too-rarely', property, { exercised, minimum })] : []),
      ...(isUndecided ? [reason('property-undecided', property, { undecided, chances: exercised + undecided })] : []),
    ];
  });
  return observed.length === 0 ? [...reasons, reason('no-property-observed')] : reasons;
}

function faultReasons({ faults }: Evidence, { faultMinimum: minimum }: Demands): Reason[] {
  return sortedEntries(faults).flatMap(([fault, { planned, bit, missing }]) => [
    ...(missing > 0 ? [reason('fault-left-no-receipt', fault, { missing })] : []),
    ...(planned > 0 && bit < minimum ? [reason('fault-took-effect-too-rarely', fault, { bit, minimum })] : []),
  ]);
}

/** Merging keeps no order among names, so reasons take that of the names themselves. */
function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
