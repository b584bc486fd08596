import { expect, test } from 'vitest';
import type { Decision, Verdict } from '../formats/decision.ts';
import type { Evidence, ProblemCode } from '../formats/evidence.ts';
import type { PropertyId } from '../formats/finding.ts';
import type { SabotageOutcome } from '../formats/sabotage.ts';
import {
  decide,
  decideLanes,
  decideResult,
  GATE_DEMANDS,
  liveDemands,
  metaOf,
  SIM_DEMANDS,
  simDemands,
} from './decide.ts';
import { judgedRun, type RunScript } from './evidence.fixture.ts';
import { addProblem, emptyEvidence, foldGate, foldRun, propertyCounts } from './fold.ts';
import { addDepth } from './merge.ts';

const demands = liveDemands(20);

/** Evidence of one planned run that exercised a property, changed by a test. */
const evidenceOf = (script: RunScript = {}, change: (evidence: Evidence) => void = () => undefined): Evidence => {
  const evidence = emptyEvidence();
  evidence.runs.planned = 1;
  foldRun(evidence, judgedRun(script));
  change(evidence);
  return evidence;
};
const withProblem = (code: ProblemCode): Evidence => evidenceOf({}, (evidence) => addProblem(evidence, code, 'a run'));
const codes = (evidence: Evidence, of = demands): string[] => decide(evidence, of).reasons.map(({ code }) => code);

test('a run that exercised what it observed passes', () => {
  expect(decide(evidenceOf(), demands)).toEqual({
    verdict: 'pass',
    reasons: [{ code: 'all-held', subject: '', numbers: {} }],
  });
});

test('evidence without a run does not pass', () => {
  expect(decide(emptyEvidence(), demands)).toMatchObject({
    verdict: 'inconclusive',
    reasons: [{ code: 'nothing-ran' }, {}],
  });
});

test('a violated property is a violation with its count', () => {
  expect(decide(evidenceOf({ violated: ['S1'] }), demands)).toEqual({
    verdict: 'violation',
    reasons: [{ code: 'property-violated', subject: 'S1', numbers: { violations: 1 } }],
  });
});

test.each<[ProblemCode, Verdict]>([
  ['self-check/not-repeatable', 'self-check'],
  ['violation/livelock', 'violation'],
  ['interrupted', 'interrupted'],
  ['infrastructure', 'infrastructure'],
  ['inconclusive/time-ran-out', 'inconclusive'],
])('the problem %s makes the verdict %s and names its first example', (code, verdict) => {
  const decision = decide(withProblem(code), demands);
  expect(decision).toEqual({ verdict, reasons: [{ code, subject: 'a run', numbers: { count: 1 } }] });
});

test('a worse problem hides the reasons of a lesser one', () => {
  const order: ProblemCode[] = [
    'self-check/engine',
    'violation/deadlock',
    'interrupted',
    'infrastructure',
    'inconclusive/failed-boot',
  ];
  const verdicts: Verdict[] = ['self-check', 'violation', 'interrupted', 'infrastructure', 'inconclusive'];
  for (const [index, verdict] of verdicts.entries()) {
    const evidence = evidenceOf({}, (sum) => {
      for (const code of order.slice(index)) addProblem(sum, code, 'a run');
    });
    expect(decide(evidence, demands).verdict).toBe(verdict);
  }
});

test('an interrupted run keeps the violation that it found', () => {
  const evidence = evidenceOf({ violated: ['S9'] }, (sum) => addProblem(sum, 'interrupted', ''));
  expect(decide(evidence, demands).verdict).toBe('violation');
});

test.each(['interrupted', 'infrastructure'] as const)('%s beside a violation is a reason too, after it', (code) => {
  const evidence = evidenceOf({ violated: ['S9'] }, (sum) => addProblem(sum, code, '10 of 50 runs were made'));
  expect(codes(evidence)).toEqual(['property-violated', code]);
});

test.each<[string, Evidence]>([
  ['property-exercised-too-rarely', evidenceOf({ exercised: { S1: 0 } })],
  ['no-property-observed', evidenceOf({ exercised: {} })],
  ['fault-left-no-receipt', evidenceOf({ receipts: [{ kind: 'refuse', state: 'missing' }] })],
  [
    'fault-took-effect-too-rarely',
    evidenceOf(
      { receipts: [{ kind: 'refuse', state: 'idle' }] },
      ({ faults }) => (faults['refuse'] = { planned: 1, bit: 0, idle: 1, missing: 0 }),
    ),
  ],
  ['runs-missing', evidenceOf({}, ({ runs }) => (runs.planned = 2))],
  ['observers-disturbed', evidenceOf({ observerProblems: ['stalled'] })],
  ['gate-inconclusive', evidenceOf({}, (sum) => foldGate(sum, '1', 'inconclusive'))],
  ['gate-not-observed', evidenceOf({}, (sum) => foldGate(sum, '1', 'not-observed'))],
  [
    'depth-not-reached',
    evidenceOf({}, (sum) => addDepth(sum, { messages: 1, deviations: 1, planned: null, run: 0, pruned: 0 })),
  ],
  [
    'depth-incomplete',
    evidenceOf({}, (sum) => addDepth(sum, { messages: 1, deviations: 1, planned: 9, run: 8, pruned: 0 })),
  ],
  ['swarm-incomplete', evidenceOf({}, (sum) => (sum.swarm = { planned: 9, run: 8 }))],
])('%s makes the verdict inconclusive', (code, evidence) => {
  expect(decide(evidence, demands).verdict).toBe('inconclusive');
  expect(codes(evidence)).toContain(code);
});

test('a goal that was never reached is a reason only if it is demanded', () => {
  const evidence = evidenceOf({ exercised: { S1: 10 }, goals: SIM_DEMANDS.goals.slice(1) });
  expect(decide(evidence, SIM_DEMANDS).reasons).toEqual([
    { code: 'goal-not-reached', subject: SIM_DEMANDS.goals[0], numbers: {} },
  ]);
  expect(decide(evidence, demands).verdict).toBe('pass');
});

test('a property passes when at most one chance in ten is undecided, and with fewer than ten chances regardless of the share', () => {
  const withChances = (exercised: number, undecided: number): Evidence =>
    evidenceOf({}, ({ properties }) => {
      properties.S1 = { observed: true, scenarios: 1, exercised, undecided, violations: 0 };
    });
  expect(decide(withChances(9, 1), demands).verdict).toBe('pass');
  expect(decide(withChances(8, 1), demands).verdict).toBe('pass');
  expect(decide(withChances(89, 11), demands)).toMatchObject({
    verdict: 'inconclusive',
    reasons: [{ code: 'property-undecided', subject: 'S1', numbers: { undecided: 11, chances: 100 } }],
  });
  const known = withChances(89, 11);
  propertyCounts(known, 'S1').doubts = ['whether c#1 was sent', 'whether c#2 was sent'];
  expect(decide(known, demands).reasons).toMatchObject([
    { code: 'property-undecided', example: 'whether c#1 was sent' },
  ]);
  expect(metaOf(withChances(89, 11), demands).V1).toMatchObject([{ code: 'property-undecided' }]);
  expect(codes(withChances(0, 5))).toEqual(['property-exercised-too-rarely']);
});

test('a property that was required and not judged makes the run inconclusive, with the reason', () => {
  // S4 has counts and was not observed; S9 has no counts.
  const evidence = evidenceOf({}, (of) => propertyCounts(of, 'S4'));
  const requiring = (...required: PropertyId[]): Decision => decide(evidence, { ...demands, required });
  expect(requiring('S1').verdict).toBe('pass');
  expect(requiring('S4', 'S9')).toMatchObject({
    verdict: 'inconclusive',
    reasons: [
      { code: 'required-not-observed', subject: 'S4' },
      { code: 'required-not-observed', subject: 'S9' },
    ],
  });
});

test('requirements on the runs themselves are reported apart from the verdict', () => {
  const disturbed = evidenceOf({ violated: ['S1'], exercised: { S1: 1 }, observerProblems: ['stalled'] });
  expect(metaOf(disturbed, demands)).toMatchObject({ V2: [{ code: 'observers-disturbed' }] });
  expect(metaOf(evidenceOf({ exercised: { S1: 0 } }), demands)).toMatchObject({
    V1: [{ code: 'property-exercised-too-rarely' }],
    V2: [],
  });
});

test('evidence passes when the observers were disturbed in one run of twenty', () => {
  const evidence = evidenceOf({ observerProblems: ['stalled'] }, (sum) => {
    for (let index = 0; index < 19; index += 1) foldRun(sum, judgedRun());
    sum.runs.planned = 20;
  });
  expect(decide(evidence, demands).verdict).toBe('pass');
});

test('a gate that fails is a violation, and a gate that passes needs no exercised property', () => {
  const passed = evidenceOf({ exercised: { S1: 0 } }, (sum) => foldGate(sum, '1', 'pass'));
  expect(decide(passed, GATE_DEMANDS).verdict).toBe('pass');
  const failed = evidenceOf({ exercised: { S1: 0 } }, (sum) => foldGate(sum, '1', 'fail'));
  expect(decide(failed, GATE_DEMANDS)).toMatchObject({
    verdict: 'violation',
    reasons: [{ code: 'gate-failed', subject: '1' }],
  });
});

const decided = (verdict: Verdict): Decision => ({ verdict, reasons: [{ code: verdict, subject: '', numbers: {} }] });
const joined = (sim: Verdict, live: Verdict): Decision =>
  decideLanes([
    { lane: 'sim', decision: decided(sim) },
    { lane: 'live', decision: decided(live) },
  ]);

test.each<[Verdict, Verdict, Verdict]>([
  ['self-check', 'violation', 'self-check'],
  ['pass', 'violation', 'violation'],
  ['interrupted', 'infrastructure', 'interrupted'],
  ['inconclusive', 'infrastructure', 'infrastructure'],
  ['inconclusive', 'pass', 'inconclusive'],
  ['pass', 'pass', 'pass'],
])('the lanes %s and %s make the verdict %s, in either order', (sim, live, verdict) => {
  expect(joined(sim, live).verdict).toBe(verdict);
  expect(joined(live, sim).verdict).toBe(verdict);
});

test('the reasons of several lanes are those of the lanes that did not pass, with the lane', () => {
  expect(joined('inconclusive', 'violation').reasons).toMatchObject([
    { lane: 'sim', code: 'inconclusive' },
    { lane: 'live', code: 'violation' },
  ]);
  expect(joined('pass', 'inconclusive').reasons).toMatchObject([{ lane: 'live', code: 'inconclusive' }]);
});

test.each<{ lanes: Verdict; mutants: readonly SabotageOutcome[]; verdict: Verdict; reasons: readonly string[] }>([
  { lanes: 'pass', mutants: ['seen', 'surprise', 'not-applicable'], verdict: 'pass', reasons: ['pass '] },
  { lanes: 'pass', mutants: ['seen', 'blind'], verdict: 'self-check', reasons: ['sabotage-blind X1'] },
  {
    lanes: 'violation',
    mutants: ['blind', 'blind', 'not-reached'],
    verdict: 'self-check',
    reasons: ['sabotage-blind X0 X1'],
  },
  {
    lanes: 'pass',
    mutants: ['not-reached', 'broken-baseline'],
    verdict: 'inconclusive',
    reasons: ['sabotage-not-reached X0', 'sabotage-broken-baseline X1'],
  },
  { lanes: 'violation', mutants: ['not-reached'], verdict: 'violation', reasons: ['violation '] },
  {
    lanes: 'inconclusive',
    mutants: ['seen', 'not-reached'],
    verdict: 'inconclusive',
    reasons: ['inconclusive ', 'sabotage-not-reached X1'],
  },
])('lanes with $lanes and wire mutants with $mutants make the verdict $verdict', ({ lanes, mutants, ...expected }) => {
  const { verdict, reasons } = decideResult({
    lanes: [{ lane: 'live', decision: decided(lanes) }],
    sabotage: mutants.map((outcome, index) => ({ id: `X${index}`, outcome })),
  });
  expect({ verdict, reasons: reasons.map(({ code, subject }) => `${code} ${subject}`) }).toEqual(expected);
});

test('a result without a lane does not pass', () => {
  expect(decideLanes([]).verdict).toBe('inconclusive');
});

test('a goal is demanded unless no system with the readings can reach it', () => {
  const { goals } = SIM_DEMANDS;
  expect(simDemands({ negativeBalance: 'never', redelivery: 'resends' }).goals).toEqual(goals);
  const allowed = simDemands({ negativeBalance: 'allowed' });
  expect(allowed).toEqual({
    ...SIM_DEMANDS,
    goals: goals.filter((goal) => goal !== 'entry refused for want of quota'),
  });
  const evidence = evidenceOf({ exercised: { S1: 10 }, goals: allowed.goals });
  const missing = { code: 'goal-not-reached', subject: 'entry refused for want of quota', numbers: {} };
  expect(decide(evidence, SIM_DEMANDS).reasons).toContainEqual(missing);
  expect(decide(evidence, allowed).reasons).not.toContainEqual(missing);
});
