// Handmade results and gate reports for the tests of the renderers.
import type { AppliedBaseline } from '../harness/formats/baseline.ts';
import type { Demands } from '../harness/formats/decision.ts';
import type { Evidence } from '../harness/formats/evidence.ts';
import { VANTAGES } from '../harness/formats/vantages.ts';
import { PROPERTY_IDS, type PropertyId } from '../harness/formats/finding.ts';
import type { GateReport } from '../harness/formats/gate.ts';
import type { LaneResult } from '../harness/formats/lane-result.ts';
import type { Result } from '../harness/formats/result.ts';
import type { SabotageRow } from '../harness/formats/sabotage.ts';
import { DEFAULT_READINGS } from '../src/contract/readings.ts';
import { doubleSendFinding } from './history.fixture.ts';

const observed = PROPERTY_IDS.filter((property) => property !== 'S21');

/** The same value for each property that the handmade runs observe. */
function forObserved<T>(value: T): Partial<Record<PropertyId, T>> {
  return Object.fromEntries(observed.map((property) => [property, value]));
}

const demands: Demands = {
  propertyMinimum: 10,
  undecidedShareMax: 0.1,
  faultMinimum: 1,
  discardedShareMax: 0.05,
  required: [],
  goals: [],
};

const noEvidence: Evidence = {
  format: 'onesend.evidence/1',
  runs: { planned: 0, completed: 0, random: 0, retried: 0, discarded: 0, compared: 0 },
  properties: {},
  faults: {},
  choices: {},
  cells: {},
  goals: {},
  gates: {},
  depths: [],
  swarm: { planned: 0, run: 0 },
  problems: {},
  violations: {},
};

const passingEvidence: Evidence = {
  ...noEvidence,
  runs: { planned: 240, completed: 240, random: 180, retried: 1, discarded: 0, compared: 0 },
  properties: forObserved({ observed: true, scenarios: 240, exercised: 480, undecided: 0, violations: 0 }),
  faults: {
    'latency downstream': { planned: 40, bit: 36, idle: 4, missing: 0 },
    'service crash': { planned: 20, bit: 20, idle: 0, missing: 0 },
  },
  cells: Object.fromEntries(
    ['OFF', 'SHADOW', 'ON'].map((mode) => [mode, { none: forObserved({ exercised: 160, violations: 0 }) }]),
  ),
};

/** A wire mutant that was seen. */
export const seenSabotage: SabotageRow = {
  id: 'X04',
  name: 'deliver-twice',
  does: 'a call is repeated',
  at: 'client',
  breaks: ['S14'],
  outcome: 'seen',
  namedBy: ['S14'],
  runs: 1,
  durationMs: 2_345,
  note: '',
};

/** The live lane of a run in which everything held. */
export const passingLane: LaneResult = {
  lane: 'live',
  decision: { verdict: 'pass', reasons: [{ code: 'all-held', subject: '', numbers: {} }] },
  meta: { V1: [], V2: [] },
  demands,
  evidence: passingEvidence,
  infrastructure: { postgres: '18.4' },
  durationMs: 61_234,
};

/** The sim lane of an exploration that was cut short. */
export const cutExploration: LaneResult = {
  ...passingLane,
  lane: 'sim',
  demands: { ...demands, goals: ['breaker opened', 'fallback won'] },
  evidence: {
    ...passingEvidence,
    runs: { planned: 20, completed: 9, random: 2, retried: 0, discarded: 0, compared: 3 },
    goals: { 'breaker opened': 3 },
    depths: [
      { messages: 1, deviations: 1, planned: 7, run: 7, pruned: 2 },
      { messages: 2, deviations: 1, planned: 9, run: 4, pruned: 0 },
      { messages: 1, deviations: 2, planned: null, run: 0, pruned: 0 },
    ],
    swarm: { planned: 5, run: 2 },
  },
  durationMs: 1_200,
};

/** A run in which everything held. */
export const passingResult: Result = {
  format: 'onesend.result/3',
  verdict: 'pass',
  reasons: passingLane.decision.reasons,
  system: { name: 'reference', sha256: 'a'.repeat(64) },
  lanes: [passingLane],
  unavailable: [],
  versions: { node: 'v20.20.2' },
  seed: 42,
  startedAt: '2025-01-01T00:00:00.000Z',
  durationMs: 61_234,
  timings: { budgetMs: 500 },
  vantages: VANTAGES.filter((vantage) => vantage !== 'log'),
  readings: { ...DEFAULT_READINGS },
  absent: [],
  counterexamples: [],
};

const violated = [{ code: 'property-violated', subject: 'S1', numbers: { violations: 3 } }];

/** A run that found the double send. */
export const violatingResult: Result = {
  ...passingResult,
  verdict: 'violation',
  reasons: violated,
  system: { name: 'as-written', sha256: 'b'.repeat(64) },
  lanes: [
    {
      ...passingLane,
      decision: { verdict: 'violation', reasons: violated },
      evidence: {
        ...passingEvidence,
        runs: { planned: 240, completed: 31, random: 12, retried: 0, discarded: 0, compared: 0 },
        properties: {
          ...passingEvidence.properties,
          S1: { observed: true, scenarios: 240, exercised: 480, undecided: 0, violations: 3 },
        },
        faults: {
          'latency downstream': { planned: 40, bit: 0, idle: 4, missing: 2 },
          'service crash': { planned: 20, bit: 0, idle: 0, missing: 2 },
        },
        cells: {
          ...passingEvidence.cells,
          ON: { ...passingEvidence.cells['ON'], 'latency downstream': { S1: { exercised: 9, violations: 3 } } },
          unknown: { none: { S1: { exercised: 2, violations: 0 } } },
        },
      },
    },
  ],
  counterexamples: [
    {
      id: 's1-6f1c1a52',
      lane: 'live',
      file: 'counterexamples/s1-6f1c1a52.json',
      findings: [doubleSendFinding],
      messages: 1,
      faults: 1,
    },
    {
      id: 's1-other',
      lane: 'live',
      file: 'counterexamples/s1-other.json',
      findings: [doubleSendFinding],
      messages: 3,
      faults: 2,
    },
  ],
};

/** A baseline that accepts the violation. */
export function acceptingBaseline(fingerprint: string): AppliedBaseline {
  const acceptance = {
    property: 'S1',
    fingerprint,
    reason: 'known',
    ticket: 'T-1',
    until: '2030-01-31',
    by: 'Jane Doe',
  };
  return { file: 'baseline.json', day: '2030-01-01', accepted: [{ ...acceptance, state: 'accepted' }] };
}

/** A gate report with one gate of each outcome. */
export const gateReport: GateReport = {
  format: 'onesend.gates/3',
  verdict: 'violation',
  reasons: [{ code: 'gate-failed', subject: '1', numbers: { count: 1 } }],
  system: 'as-written',
  readings: { ...DEFAULT_READINGS },
  lane: 'live',
  demands: { ...demands, propertyMinimum: 0, faultMinimum: 0 },
  evidence: {
    ...noEvidence,
    gates: {
      '0': { pass: 1, fail: 0, inconclusive: 0, 'not-observed': 0 },
      '1': { pass: 0, fail: 1, inconclusive: 0, 'not-observed': 0 },
      '3': { pass: 0, fail: 0, inconclusive: 1, 'not-observed': 0 },
    },
  },
  gates: [
    {
      id: '0',
      title: 'every cell of the mode table is as the runbook says',
      source: 'onesend',
      outcome: 'pass',
      expected: 'as the table says',
      runs: ['OFF, a send', 'ON, a send'],
      received: [
        { run: 1, seen: 'legacy sends: 1' },
        { run: 2, seen: 'service sends: 1' },
      ],
      measured: [],
      section: 'Modes',
      replay: 'npx onesend gate 0',
      nextActions: [],
      durationMs: 3_120,
    },
    {
      id: '1',
      title: 'timeout triggered',
      source: 'runbook',
      outcome: 'fail',
      expected: '1 send',
      runs: ['ON, a late request', 'ON, a late answer'],
      received: [
        { run: 2, seen: '2 sends of spring#1' },
        { run: 2, property: 'S1', seen: 'spring#1 was accepted twice' },
      ],
      measured: [],
      section: 'Fallback',
      replay: 'npx onesend gate 1 --system as-written',
      draw: 'npx onesend replay S1-c07f5485',
      nextActions: ['fence the fallback by the authority', 'replay the run that violates S1 AtMostOnce'],
      durationMs: 3_480,
    },
    {
      id: '3',
      title: 'an open breaker keeps requests away',
      source: 'onesend',
      outcome: 'inconclusive',
      expected: 'no request',
      runs: ['ON, breaker OPEN'],
      received: [{ run: 1, seen: 'the breaker was never open' }],
      measured: [],
      section: 'Circuit breaker',
      replay: 'npx onesend gate 3 --system as-written',
      nextActions: ['run the gate again'],
      durationMs: 2_000,
    },
  ],
};
