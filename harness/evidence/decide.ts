// The verdict: one function decides, for a test, a gate, a replay, a re-check, a merge and a certificate alike.
import type { Acceptances } from '../formats/baseline.ts';
import {
  type Decision,
  type Demands,
  isCutShort,
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

/** The demands that those of lanes and gates start from. */
const DEMANDS: Demands = {
  propertyMinimum: 0,
  undecidedShareMax: 0.1,
  faultMinimum: 1,
  discardedShareMax: 0,
  required: [],
  goals: [],
};

/** The demands of the live lane on a plan of `planned` scenarios. A property needs a chance per 20 scenarios, from 1 up to 10 chances. */
export function liveDemands(planned: number): Demands {
  const propertyMinimum = Math.max(1, Math.min(10, Math.floor(planned / 20)));
  return { ...DEMANDS, propertyMinimum, discardedShareMax: 0.05 };
}

/** The demands of the sim lane. */
export const SIM_DEMANDS: Demands = {
  ...DEMANDS,
  propertyMinimum: 10,
  goals: [...GOALS],
};

/** The demands of the sim lane on a system with these readings, without the goals that no system with such readings can reach. */
export function simDemands(readings: Readonly<Record<string, string>>): Demands {
  const outOfReach = new Set(goalsOutOfReach(readings).map(({ goal }) => goal));
  return { ...SIM_DEMANDS, goals: SIM_DEMANDS.goals.filter((goal) => !outOfReach.has(goal)) };
}

/** The demands on a few chosen scenarios, such as those of a gate: they must run, and need not exercise everything. */
export const GATE_DEMANDS: Demands = {
  ...DEMANDS,
  undecidedShareMax: 1,
  faultMinimum: 0,
};

/**
 * Decides by the first verdict in this order that has a reason: self-check, violation, interrupted, infrastructure, inconclusive, accepted;
 * pass if none has. A violation precedes an interruption, so Ctrl-C never hides a double send. What cut the run short is then a reason too,
 * because a reader must know that not everything was tried. Acceptances are last: a run with accepted violations must still meet every
 * demand of a pass.
 */
export function decide(evidence: Evidence, demands: Demands, baseline?: Acceptances): Decision {
  const cutShort = problemReasons(evidence, (code) => isCutShort({ code }));
  const rules: readonly (readonly [Verdict, readonly Reason[]])[] = [
    ['self-check', problemReasons(evidence, (code) => code.startsWith('self-check/'))],
    ['violation', violationReasons(evidence, baseline)],
    ['interrupted', problemReasons(evidence, (code) => code === 'interrupted')],
    ['infrastructure', problemReasons(evidence, (code) => code === 'infrastructure')],
    ['inconclusive', inconclusiveReasons(evidence, demands)],
    ['accepted', acceptedReasons(evidence, baseline)],
  ];
  for (const [verdict, reasons] of rules) {
    if (reasons.length === 0) continue;
    const known = new Set(reasons.map(({ code }) => code));
    return { verdict, reasons: [...reasons, ...cutShort.filter(({ code }) => !known.has(code))] };
  }
  return { verdict: 'pass', reasons: [reason('all-held')] };
}

/** All verdicts from the worst to the best, in the order of the rules of `decide`. */
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

/** The worst of several verdicts; a pass for an empty list. */
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

/** The verdict over lanes and wire mutants: the worse of the two, with the reasons of both when they are equally bad. */
export function decideResult({ lanes, sabotage = [] }: DecidedResult): Decision {
  const [ofLanes, ofSabotage] = [decideLanes(lanes), decideSabotage(sabotage)];
  const [first, second] = [ofLanes, ofSabotage].map(({ verdict }) => WORST_FIRST.indexOf(verdict));
  if (first === second && ofLanes.verdict !== 'pass')
    return { ...ofLanes, reasons: [...ofLanes.reasons, ...ofSabotage.reasons] };
  return (second ?? 0) < (first ?? 0) ? ofSabotage : ofLanes;
}

/** What the verdict of a result depends on. */
export interface DecidedResult {
  readonly lanes: Parameters<typeof decideLanes>[0];
  readonly sabotage?: readonly Pick<SabotageRow, 'id' | 'outcome'>[];
}

/** The outcomes of wire mutants that do not pass, the worst first. */
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

/** One reason for each problem of the chosen codes, with its count and first example. */
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

/** What is violated and accepted. The rule for violations precedes this one, so everything violated is accepted here. */
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

/** Reasons against the runs themselves: V1, what they exercised too rarely; V2, which of their observers were disturbed or lost. */
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

/** Reasons for missing runs and for discarded runs. */
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
    const { exercised = 0, undecided = 0, doubts = [] } = properties[property] ?? {};
    const isUndecided = isTooOftenUndecided({ exercised, undecided }, demands);
    const [example] = doubts;
    const tooOften = reason('property-undecided', property, { undecided, chances: exercised + undecided });
    return [
      ...(exercised < minimum ? [reason('property-exercised-too-rarely', property, { exercised, minimum })] : []),
      ...(isUndecided ? [{ ...tooOften, ...(example === undefined ? {} : { example }) }] : []),
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

/** The order of names in merged evidence depends on the order of merging, so reasons are sorted by name. */
function sortedEntries<T>(record: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
