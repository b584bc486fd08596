// Handmade results and gate reports for the tests of the renderers.
import { PROPERTY_IDS } from '../harness/formats/finding.ts';
import type { GateReport } from '../harness/formats/gate.ts';
import type { Result } from '../harness/formats/result.ts';
import { DEFAULT_READINGS } from '../src/contract/readings.ts';
import { doubleSendFinding } from './history.fixture.ts';

const modes = ['OFF', 'SHADOW', 'ON'];

/** A run in which everything held. */
export const passingResult: Result = {
  format: 'onesend.result/1',
  verdict: 'pass',
  reasons: ['every observed property held and was exercised'],
  system: { name: 'reference', sha256: 'a'.repeat(64) },
  lane: 'live',
  infrastructure: { postgres: '18.4' },
  versions: { node: 'v20.20.2' },
  seed: 42,
  startedAt: '2025-01-01T00:00:00.000Z',
  durationMs: 61_234,
  scenarios: { planned: 240, completed: 240, random: 180, retried: 1, discarded: 0 },
  timings: { budgetMs: 500 },
  readings: { ...DEFAULT_READINGS },
  properties: PROPERTY_IDS.map((property) => ({
    property,
    observed: property !== 'S21',
    scenarios: 240,
    exercised: property === 'S21' ? 0 : 480,
    undecided: 0,
    violations: 0,
    minimum: 10,
  })),
  faults: [
    { fault: 'latency downstream', planned: 40, bit: 36, idle: 4, missing: 0, minimum: 1 },
    { fault: 'service crash', planned: 20, bit: 20, idle: 0, missing: 0, minimum: 1 },
  ],
  cells: PROPERTY_IDS.filter((property) => property !== 'S21').flatMap((property) =>
    modes.map((mode) => ({ property, mode, fault: 'none', exercised: 160, violations: 0 })),
  ),
  counterexamples: [],
};

/** A run that found the double send. */
export const violatingResult: Result = {
  ...passingResult,
  verdict: 'violation',
  reasons: ['violated: S1'],
  system: { name: 'as-written', sha256: 'b'.repeat(64) },
  scenarios: { planned: 240, completed: 31, random: 12, retried: 0, discarded: 0 },
  properties: passingResult.properties.map((evidence) =>
    evidence.property === 'S1' ? { ...evidence, violations: 3 } : evidence,
  ),
  faults: passingResult.faults.map((evidence) => ({ ...evidence, bit: 0, missing: 2 })),
  cells: [
    ...passingResult.cells,
    { property: 'S1', mode: 'ON', fault: 'latency downstream', exercised: 9, violations: 3 },
    { property: 'S1', mode: 'unknown', fault: 'none', exercised: 2, violations: 0 },
  ],
  counterexamples: [
    {
      id: 's1-6f1c1a52',
      file: 'counterexamples/s1-6f1c1a52.json',
      findings: [doubleSendFinding],
      messages: 1,
      faults: 1,
    },
    { id: 's1-other', file: 'counterexamples/s1-other.json', findings: [doubleSendFinding], messages: 3, faults: 2 },
  ],
};

/** A gate report with one gate of each outcome. */
export const gateReport: GateReport = {
  format: 'onesend.gates/1',
  verdict: 'violation',
  system: 'as-written',
  gates: [
    {
      id: '0',
      title: 'every cell of the mode table is as the runbook says',
      source: 'onesend',
      outcome: 'pass',
      expected: 'as the table says',
      received: 'as the table says',
      section: 'Modes',
      replay: 'npx onesend gate 0',
      nextAction: 'go on to the next gate',
      durationMs: 3_120,
    },
    {
      id: '1',
      title: 'timeout triggered',
      source: 'runbook',
      outcome: 'fail',
      expected: '1 send',
      received: '2 sends of spring#1',
      section: 'Fallback',
      replay: 'npx onesend gate 1 --system as-written',
      nextAction: 'fence the fallback by the authority',
      durationMs: 3_480,
    },
    {
      id: '3',
      title: 'an open breaker keeps requests away',
      source: 'onesend',
      outcome: 'inconclusive',
      expected: 'no request',
      received: 'the breaker was never open',
      section: 'Circuit breaker',
      replay: 'npx onesend gate 3 --system as-written',
      nextAction: 'run the gate again',
      durationMs: 2_000,
    },
  ],
};
