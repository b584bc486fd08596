import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import type { RunOutcome } from '../execution/executor.ts';
import type { Case } from '../formats/case.ts';
import type { Fault } from '../formats/fault.ts';
import type { GateReceived, GateReport } from '../formats/gate.ts';
import type { Scenario } from '../formats/scenario.ts';
import {
  type OracleScript,
  scriptedExecutor,
  type ScriptedExecutorOptions,
  scriptedOracle,
  scriptedRun,
  scriptedScenario,
  scriptedTrouble,
} from './executor.fixture.ts';
import { type Gate, type GateRunOptions, runGates } from './gate.ts';
import type { GateJudgement } from './gate-judgement.ts';

const plain = ({ scenario }: Case): RunOutcome => scriptedRun(scenario);
const pass: GateJudgement = {
  outcome: 'pass',
  received: [{ run: 1, seen: 'one send' }],
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
    drawLine: ({ id }) => `draw ${id}`,
    onOutcome,
  });
}

/** The outcome of the gate, what it received, and the verdict of the report. */
async function outcomeOf(asked: Asked): Promise<{ outcome: string; received: GateReceived[]; verdict: string }> {
  const { gates, verdict } = await reportOf(asked);
  const [{ outcome, received } = { outcome: 'none', received: [] }] = gates;
  return { outcome, received, verdict };
}

/** What to do after this outcome of the gate. */
async function nextOf(asked: Asked): Promise<readonly string[] | undefined> {
  return (await reportOf(asked)).gates[0]?.nextActions;
}

describe('a gate', () => {
  test('a gate passes with what it received and measured, in whole milliseconds', async () => {
    const { gates, verdict } = await reportOf({});
    expect(verdict).toBe('pass');
    expect(gates).toMatchObject([
      {
        outcome: 'pass',
        runs: ['scripted'],
        received: [{ run: 1, seen: 'one send' }],
        measured: [{ what: 'given up after', ms: 503 }],
        nextActions: [],
      },
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
      received: [{ run: 1, property: 'S1', seen: 'seen' }],
      verdict: 'violation',
    });
    const own: Gate['judge'] = () => ({ outcome: 'fail', received: [{ run: 1, seen: 'two sends' }] });
    expect(await outcomeOf({ oracle: { violates }, gate: { judge: own } })).toMatchObject({
      received: [
        { run: 1, seen: 'two sends' },
        { run: 1, property: 'S1', seen: 'seen' },
      ],
    });
  });

  test('a gate fails if its run ends in an anomaly of the system', async () => {
    const anomaly = { kind: 'deadlock', message: 'nothing is left that could happen', atMicros: 5 } as const;
    const run = ({ scenario }: Case): RunOutcome => ({ ...scriptedRun(scenario), anomalies: [anomaly] });
    expect(await outcomeOf({ run })).toMatchObject({
      outcome: 'fail',
      received: [{ run: 1, seen: 'deadlock: nothing is left that could happen' }],
    });
  });

  test('a gate has no answer when a checker crashes, even if another property is violated', async () => {
    const violates: OracleScript['violates'] = (_, property) => property === 'S1';
    expect(await outcomeOf({ oracle: { crashed: 'S2', violates } })).toMatchObject({
      outcome: 'inconclusive',
      received: [{ run: 1, seen: expect.stringContaining('the checker of S2 failed') }],
      verdict: 'self-check',
    });
  });

  test('a gate has no answer when the lane fails, and the verdict is infrastructure', async () => {
    const run = (): RunOutcome => ({ kind: 'infrastructure', message: 'no database' });
    expect(await outcomeOf({ run })).toEqual({
      outcome: 'inconclusive',
      received: [{ run: 1, seen: 'no database' }],
      verdict: 'infrastructure',
    });
  });

  test('a gate has no answer when a fault left no receipt', async () => {
    const refuse: Fault = { kind: 'refuse', fromMs: 0, untilMs: 10 };
    const asked: Asked = { scenario: { faults: [refuse] }, oracle: { receipt: () => 'missing' } };
    expect(await outcomeOf(asked)).toMatchObject({ outcome: 'inconclusive', verdict: 'inconclusive' });
  });
});

describe('what to do after a gate', () => {
  /** The first run violates S9, and the second one S1. */
  const violates: OracleScript['violates'] = ({ name }, property) => property === (name === 'ON, a' ? 'S9' : 'S1');
  const scenarios = ['ON, a', 'ON, b'].map((name) => scriptedScenario({ name }));
  const fails: Gate['judge'] = () => ({ outcome: 'fail', received: [{ run: 1, seen: 'two sends' }] });
  const S1 = expect.stringMatching(/^replay the run that violates S1 AtMostOnce, and look here: /);

  test('the advice of the gate itself is for its own failure, and that of the first property for what its runs violate', async () => {
    expect(await nextOf({ gate: { judge: fails } })).toEqual(['mend it']);
    expect(await nextOf({ oracle: { violates }, gate: { scenarios } })).toEqual([S1]);
    expect(await nextOf({ oracle: { violates }, gate: { scenarios, judge: fails } })).toEqual(['mend it', S1]);
  });

  test('the advice on an anomaly is that of its reason', async () => {
    const anomaly = { kind: 'egress', message: 'asked for example.com', atMicros: 5 } as const;
    const run = ({ scenario }: Case): RunOutcome => ({ ...scriptedRun(scenario), anomalies: [anomaly] });
    expect(await nextOf({ run })).toEqual([expect.stringContaining('a stub in the description')]);
  });

  test('an inconclusive gate has the advice on each of its doubts, once', async () => {
    const infrastructure = (): RunOutcome => ({ kind: 'infrastructure', message: 'no database' });
    expect(await nextOf({ run: infrastructure, gate: { scenarios } })).toEqual([expect.stringContaining('doctor')]);
    expect(await nextOf({ oracle: { crashed: 'S2' } })).toEqual([expect.stringContaining('a defect of Onesend')]);
    const stalled = ({ scenario }: Case): RunOutcome => scriptedRun(scenario, [scriptedTrouble()]);
    expect(await nextOf({ run: stalled })).toEqual([expect.stringContaining('--slots')]);
    const noAnswer: Gate['judge'] = () => ({ outcome: 'inconclusive', received: [{ seen: 'nothing was demanded' }] });
    expect(await nextOf({ gate: { judge: noAnswer } })).toEqual([expect.stringMatching(/^run it again/)]);
  });

  test('a gate that is NOT OBSERVED says what the description needs, and how to run the others without it', async () => {
    const withoutIt = expect.stringMatching(/name only the other gates/);
    const needs = (words: string) => [expect.stringContaining(words), withoutIt];
    expect(await nextOf({ gate: { vantages: ['log'] } })).toEqual(needs("list 'log' in `vantages`"));
    const steps: Scenario['steps'] = [...scriptedScenario().steps, { kind: 'reconcile' }];
    expect(await nextOf({ scenario: { steps } })).toEqual(needs('give `reconcile`'));
    const faults: Fault[] = [{ kind: 'breaker-open', breaker: 'live', fromMs: 0 }];
    expect(await nextOf({ scenario: { faults }, oracle: { receipt: () => 'idle' } })).toEqual(needs('`between`'));
    const refusal = () => ({ message: 'it cannot be', hint: 'take another lane' });
    expect(await nextOf({ executor: { refusal } })).toEqual(needs('take another lane'));
  });

  test('the line that draws is about the first property that the runs violate, in the order of all reports', async () => {
    const [gate] = (await reportOf({ oracle: { violates }, gate: { scenarios } })).gates;
    expect(gate?.draw).toMatch(/^draw S1-/);
    expect((await reportOf({})).gates[0]?.draw).toBeUndefined();
  });
});

test('what a gate with several runs received is in the order of the runs', async () => {
  const violates: OracleScript['violates'] = ({ name }, property) => property === 'S1' && name.endsWith('a');
  const scenarios = ['ON, a', 'ON, b'].map((name) => scriptedScenario({ name }));
  const own: Gate['judge'] = () => ({ outcome: 'fail', received: [{ run: 2, seen: 'two sends' }] });
  const { gates } = await reportOf({ oracle: { violates }, gate: { scenarios, judge: own } });
  expect(gates).toMatchObject([
    {
      runs: ['ON, a', 'ON, b'],
      received: [
        { run: 1, property: 'S1' },
        { run: 2, seen: 'two sends' },
      ],
    },
  ]);
});

describe('gates that are NOT OBSERVED', () => {
  const notObserved = (seen: string) => ({
    outcome: 'not-observed',
    received: [{ run: 1, seen }],
    verdict: 'inconclusive',
  });
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
    expect(gates).toMatchObject([{ outcome: 'not-observed', received: [{ run: 1, seen: 'it cannot be' }] }]);
    expect(evidence.runs).toMatchObject({ planned: 0, completed: 0 });
  });

  test('a gate fails if its run violates a property, even if its fault could not be planted', async () => {
    const oracle: OracleScript = { receipt: () => 'idle', violates: (_, property) => property === 'S1' };
    expect(await outcomeOf({ scenario: { faults: [open] }, oracle })).toMatchObject({ outcome: 'fail' });
  });
});
