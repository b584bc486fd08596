import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import type { RunOutcome } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Fault } from '../formats/fault.ts';
import type { GateReport } from '../formats/gate.ts';
import type { Scenario } from '../formats/scenario.ts';
import {
  type OracleScript,
  scriptedExecutor,
  type ScriptedExecutorOptions,
  scriptedOracle,
  scriptedRun,
  scriptedScenario,
} from './executor.fixture.ts';
import { type Gate, type GateRunOptions, runGates } from './gate.ts';
import type { GateJudgement } from './gate-judgement.ts';

const plain = ({ scenario }: Case): RunOutcome => scriptedRun(scenario);
const pass: GateJudgement = {
  outcome: 'pass',
  received: 'one send',
  measured: [{ what: 'given up after', ms: 503.4 }],
};

interface Asked {
  readonly gate?: Partial<Gate>;
  readonly scenario?: Partial<Scenario>;
  readonly run?: (tried: Case) => RunOutcome;
  readonly oracle?: OracleScript;
  readonly executor?: ScriptedExecutorOptions;
}

async function reportOf(
  { gate, scenario, run = plain, oracle, executor }: Asked,
  onOutcome: GateRunOptions['onOutcome'] = () => undefined,
): Promise<GateReport> {
  const asked: Gate = {
    id: '1',
    title: 'a gate',
    source: 'onesend',
    section: 'a section',
    expected: 'one send',
    nextAction: 'mend it',
    vantages: ['wire'],
    scenarios: [scriptedScenario(scenario)],
    judge: () => pass,
    ...gate,
  };
  return runGates([asked], {
    executor: scriptedExecutor(run, executor),
    oracle: scriptedOracle(oracle),
    system: 'scripted',
    readings: DEFAULT_READINGS,
    replayLine: () => 'again',
    onOutcome,
  });
}

/** The outcome of the gate, what it received, and the verdict of the report. */
async function outcomeOf(asked: Asked): Promise<{ outcome: string; received: string; verdict: string }> {
  const { gates, verdict } = await reportOf(asked);
  const [{ outcome, received } = { outcome: 'none', received: '' }] = gates;
  return { outcome, received, verdict };
}

describe('a gate', () => {
  test('a gate passes with what it received and measured, in whole milliseconds', async () => {
    const { gates, verdict } = await reportOf({});
    expect(verdict).toBe('pass');
    expect(gates).toMatchObject([
      { outcome: 'pass', received: 'one send', measured: [{ what: 'given up after', ms: 503 }], nextAction: 'none' },
    ]);
  });

  test('a gate is reported once, even with several scenarios', async () => {
    const reported: string[] = [];
    const scenarios = ['a', 'b', 'c'].map((name) => scriptedScenario({ name }));
    await reportOf({ gate: { scenarios } }, ({ outcome }) => reported.push(outcome));
    expect(reported).toEqual(['pass']);
  });

  test('a gate fails if its run violates a property, even if its own question has a good answer', async () => {
    const violates: OracleScript['violates'] = (_, property) => property === 'S1';
    expect(await outcomeOf({ oracle: { violates } })).toEqual({
      outcome: 'fail',
      received: 'S1 AtMostOnce is violated: seen',
      verdict: 'violation',
    });
    const own: Gate['judge'] = () => ({ outcome: 'fail', received: 'two sends' });
    expect(await outcomeOf({ oracle: { violates }, gate: { judge: own } })).toMatchObject({
      received: 'two sends; S1 AtMostOnce is violated: seen',
    });
  });

  test('a gate fails if its run ends in an anomaly of the system', async () => {
    const anomaly = { kind: 'deadlock', message: 'nothing is left that could happen', atMicros: 5 } as const;
    const run = ({ scenario }: Case): RunOutcome => ({ ...scriptedRun(scenario), anomalies: [anomaly] });
    expect(await outcomeOf({ run })).toMatchObject({
      outcome: 'fail',
      received: 'deadlock: nothing is left that could happen',
    });
  });

  test('a gate has no answer when a checker crashes, even if another property is violated', async () => {
    const violates: OracleScript['violates'] = (_, property) => property === 'S1';
    expect(await outcomeOf({ oracle: { crashed: 'S2', violates } })).toMatchObject({
      outcome: 'inconclusive',
      received: expect.stringContaining('the checker of S2 failed'),
      verdict: 'self-check',
    });
  });

  test('a gate has no answer when the lane fails, and the verdict is infrastructure', async () => {
    const run = (): RunOutcome => ({ kind: 'infrastructure', message: 'no database' });
    expect(await outcomeOf({ run })).toEqual({
      outcome: 'inconclusive',
      received: 'no database',
      verdict: 'infrastructure',
    });
  });

  test('a gate has no answer when a fault left no receipt', async () => {
    const refuse: Fault = { kind: 'refuse', fromMs: 0, untilMs: 10 };
    const asked: Asked = { scenario: { faults: [refuse] }, oracle: { receipt: () => 'missing' } };
    expect(await outcomeOf(asked)).toMatchObject({ outcome: 'inconclusive', verdict: 'inconclusive' });
  });
});

describe('gates that are NOT OBSERVED', () => {
  test('a gate without an answer says what to do next', async () => {
    const nextOf = async (outcome: 'not-observed' | 'inconclusive'): Promise<string | undefined> =>
      (await reportOf({ gate: { judge: () => ({ outcome, received: 'nothing' }) } })).gates[0]?.nextAction;
    expect(await nextOf('not-observed')).toMatch(/^describe what it has to see; else leave it out/);
    expect(await nextOf('inconclusive')).toMatch(/^run it again/);
  });

  const notObserved = (received: string) => ({ outcome: 'not-observed', received, verdict: 'inconclusive' });
  const open: Fault = { kind: 'breaker-open', breaker: 'live', fromMs: 0 };

  test('a gate is NOT OBSERVED if its fault could not be planted', async () => {
    const asked: Asked = { scenario: { faults: [open] }, oracle: { receipt: () => 'idle' } };
    expect(await outcomeOf(asked)).toEqual(notObserved("the fault 'breaker-open' could not be planted"));
  });

  test('a gate answers its question even if a fault of the network had nothing to act on', async () => {
    const refuse: Fault = { kind: 'refuse', fromMs: 0, untilMs: 10 };
    const asked: Asked = { scenario: { faults: [refuse] }, oracle: { receipt: () => 'idle' } };
    expect(await outcomeOf(asked)).toMatchObject({ outcome: 'pass' });
  });

  test('a gate is NOT OBSERVED if the system has no endpoint for its reconciliation', async () => {
    const steps: Scenario['steps'] = [...scriptedScenario().steps, { kind: 'reconcile' }];
    expect(await outcomeOf({ scenario: { steps } })).toEqual(notObserved('the system has no reconciliation'));
  });

  test('a gate is NOT OBSERVED if the system lacks a vantage that the gate needs', async () => {
    expect(await outcomeOf({ gate: { vantages: ['wire', 'log'] } })).toEqual(
      notObserved('the system does not show its log'),
    );
  });

  test('a gate is NOT OBSERVED if the lane refuses its scenario, which is not run', async () => {
    const refusal = () => ({ message: 'it cannot be', hint: 'leave it out' });
    const { gates, evidence } = await reportOf({ executor: { refusal } });
    expect(gates).toMatchObject([{ outcome: 'not-observed', received: 'it cannot be' }]);
    expect(evidence.runs).toMatchObject({ planned: 0, completed: 0 });
  });

  test('a gate fails if its run violates a property, even if its fault could not be planted', async () => {
    const oracle: OracleScript = { receipt: () => 'idle', violates: (_, property) => property === 'S1' };
    expect(await outcomeOf({ scenario: { faults: [open] }, oracle })).toMatchObject({ outcome: 'fail' });
  });
});
