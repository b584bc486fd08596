import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Oracle } from '../evidence/oracle.ts';
import type { Case, Deviation } from '../formats/case.ts';
import { type Explanation, explanationSchema } from '../formats/explanation.ts';
import type { Fault } from '../formats/fault.ts';
import type { Scenario } from '../formats/scenario.ts';
import {
  type OracleScript,
  scriptedExecutor,
  scriptedOracle,
  scriptedRun,
  scriptedScenario,
  scriptedTrouble,
} from './executor.fixture.ts';
import { explain, type ExplainOptions } from './explain.ts';
import { explainEach } from './explain-each.ts';
import { historyOf, sent } from '../history/history.fixture.ts';
import { counterexampleOf, notShrunk } from './counterexample.ts';
import { judgeCase } from './run-case.ts';

const late: Fault = { kind: 'latency', stream: 'downstream', latencyMs: 600, jitterMs: 0, fromMs: 0, untilMs: 1_500 };
const refused: Fault = { kind: 'refuse', fromMs: 0, untilMs: 1_500 };

const isLate = ({ faults }: Scenario): boolean =>
  faults.some((fault) => fault.kind === 'latency' && fault.latencyMs >= 501);
const lateInOn: OracleScript['violates'] = (scenario, property) =>
  property === 'S1' && isLate(scenario) && scenario.tenants[0]?.mode === 'ON';

function optionsFor(scenario: Scenario, overrides: Partial<ExplainOptions> = {}): ExplainOptions {
  const oracle = overrides.oracle ?? scriptedOracle({ violates: lateInOn });
  const executor = scriptedExecutor((tried) => ({ ...scriptedRun(tried.scenario), deviations: tried.deviations }), {
    isDeterministic: true,
  });
  const found: Case = { scenario, deviations: [] };
  return { executor, oracle, run: judgeCase(found, scriptedRun(scenario), oracle), fingerprint: 'S1', ...overrides };
}

async function explained(scenario: Scenario, overrides?: Partial<ExplainOptions>): Promise<Explanation> {
  const explanation = await explain(optionsFor(scenario, overrides));
  return explanationSchema.parse(explanation);
}

/** Of each ingredient whose words contain a text: its state, its violating tries, and all its tries. */
function stateOf({ ingredients }: Explanation, text: string): (string | number)[] {
  const found = ingredients.filter(({ words }) => words.includes(text));
  return found.flatMap(({ state, violated, tries }) => [state, violated, tries]);
}

describe('an explanation on a deterministic lane', () => {
  test('an explanation on a deterministic lane tries each ingredient in the case and in ten variations of it', async () => {
    const explanation = await explained(scriptedScenario({ faults: [late, refused] }));
    expect(stateOf(explanation, 'the fault latency')).toEqual(['necessary', 0, 11]);
    expect(stateOf(explanation, 'the fault connections refused')).toEqual(['free', 11, 11]);
    expect(stateOf(explanation, 'the mode ON')).toEqual(['necessary', 0, 22]);
    expect(stateOf(explanation, 'the delay of answers')).toEqual(['necessary', 0, 11]);
  });

  test('an explanation on a deterministic lane says sometimes if one other value violates and another does not', async () => {
    const violates: OracleScript['violates'] = ({ tenants }, property) =>
      property === 'S1' && tenants[0]?.mode !== 'OFF';
    const explanation = await explained(scriptedScenario(), { oracle: scriptedOracle({ violates }) });
    expect(stateOf(explanation, 'the mode ON')).toEqual(['sometimes', 11, 22]);
  });

  test('an explanation on a deterministic lane ignores variations that do not violate with all ingredients', async () => {
    const violates: OracleScript['violates'] = (scenario, property) =>
      property === 'S1' && isLate(scenario) && scenario.seed <= 3;
    const explanation = await explained(scriptedScenario({ faults: [late, refused] }), {
      oracle: scriptedOracle({ violates }),
    });
    expect(stateOf(explanation, 'connections refused')).toEqual(['free', 3, 3]);
  });

  test('an explanation on a deterministic lane tries messages, flips, deviations, times and settings', async () => {
    const entered = { kind: 'entry', tenant: 'tenant-1', atMs: 100 } as const;
    const scenario = scriptedScenario({
      tenants: [{ key: 'tenant-1', mode: 'ON', quota: 1 }],
      steps: [
        { ...entered, campaign: 'campaign-1', messages: 2, numbers: 'near' },
        { ...entered, campaign: 'campaign-2', messages: 1 },
        { kind: 'flip', tenant: 'tenant-1', mode: 'OFF', atMs: 300 },
      ],
      serviceInstances: 2,
    });
    const deviation: Deviation = { site: 'answer', key: 'campaign-1#1', attempt: 0, choice: 'delay' };
    const oracle = scriptedOracle({ violates: (_, property) => property === 'S1' });
    const options = optionsFor(scenario, { oracle });
    const run = { ...options.run, case: { scenario, deviations: [deviation] } };
    const explanation = await explain({ ...options, run });
    expect(explanation?.ingredients.map(({ kind, words, state }) => [kind, words, state])).toEqual([
      ['deviation', "the deviation 'answer: delay' of campaign-1#1", 'free'],
      ['message', 'the messages of campaign-1', 'free'],
      ['message', 'the message campaign-1#2', 'free'],
      ['setting', 'that the numbers of campaign-1 are near', 'free'],
      ['time', 'the moment of the entry of campaign-1: 100 ms', 'free'],
      ['message', 'the messages of campaign-2', 'free'],
      ['time', 'the moment of the entry of campaign-2: 100 ms', 'free'],
      ['flip', 'the flip of tenant-1 to OFF', 'free'],
      ['time', 'the moment of the flip of tenant-1 to OFF: 300 ms', 'free'],
      ['mode', 'the first mode ON of tenant-1', 'free'],
      ['setting', 'the quota 1 of tenant-1', 'free'],
      ['setting', 'the second service process', 'free'],
    ]);
    expect(explanation?.nearestPassing).toBeUndefined();
  });

  test('an explanation on a deterministic lane names the value on the passing side of a boundary as the nearest passing case', async () => {
    const { nearestPassing, boundaries } = await explained(scriptedScenario({ faults: [late] }));
    expect(boundaries.map(({ fails, passes }) => [fails.atMs, passes.atMs])).toEqual([[501, 500]]);
    expect(nearestPassing?.words).toBe('with 500 ms instead of 501 ms as the delay of answers');
    expect(nearestPassing?.case.scenario.faults).toEqual([{ ...late, latencyMs: 500 }]);
  });

  test('an explanation on a deterministic lane names a passing case without a fault if no time has a boundary', async () => {
    const violates: OracleScript['violates'] = ({ faults, tenants }, property) =>
      property === 'S1' && faults.length === 2 && tenants[0]?.mode === 'ON';
    const { nearestPassing } = await explained(scriptedScenario({ faults: [late, refused] }), {
      oracle: scriptedOracle({ violates }),
    });
    expect(nearestPassing?.words).toMatch(/^without the fault latency/);
  });

  test('an explanation on a deterministic lane prefers a passing case without a flip to one without a message', async () => {
    const violates: OracleScript['violates'] = ({ steps }, property) =>
      property === 'S1' && steps.some(({ kind }) => kind === 'flip') && JSON.stringify(steps).includes('"messages":2');
    const scenario = scriptedScenario({
      steps: [
        { kind: 'entry', tenant: 'tenant-1', campaign: 'campaign-1', messages: 2, atMs: 100 },
        { kind: 'flip', tenant: 'tenant-1', mode: 'OFF', atMs: 300 },
      ],
    });
    const { nearestPassing } = await explained(scenario, { oracle: scriptedOracle({ violates }) });
    expect(nearestPassing?.words).toBe('without the flip of tenant-1 to OFF');
  });

  test('an explanation on a deterministic lane says sometimes if one of many tries violates', async () => {
    const violates: OracleScript['violates'] = ({ faults, seed }, property) =>
      property === 'S1' && (faults.length === 2 || seed === 5);
    const explanation = await explained(scriptedScenario({ faults: [late, refused] }), {
      oracle: scriptedOracle({ violates }),
    });
    expect(stateOf(explanation, 'connections refused')).toEqual(['sometimes', 1, 11]);
  });

  test('an explanation on a deterministic lane does not name a passing case that violates another property', async () => {
    const violates: OracleScript['violates'] = ({ faults }, property) => property === (faults.length > 0 ? 'S1' : 'S9');
    const explanation = await explained(scriptedScenario({ faults: [refused] }), {
      oracle: scriptedOracle({ violates }),
    });
    expect(stateOf(explanation, 'connections refused')).toEqual(['necessary', 0, 11]);
    expect(explanation.nearestPassing).toBeUndefined();
  });

  test('an explanation on a deterministic lane does not try cases that the lane refuses', async () => {
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), {
      isDeterministic: true,
      refusal: ({ scenario }) => (scenario.faults.length === 0 ? { message: 'no', hint: 'a fault' } : undefined),
    });
    const explanation = await explained(scriptedScenario({ faults: [late] }), { executor });
    expect(stateOf(explanation, 'the fault latency')).toEqual([]);
    expect(stateOf(explanation, 'the mode ON')).toEqual(['necessary', 0, 22]);
    expect(executor.ran.filter(({ scenario }) => scenario.faults.length === 0)).toEqual([]);
  });

  test('an explanation on a deterministic lane does not name a passing case in which a checker failed', async () => {
    const whole = scriptedOracle({ violates: lateInOn });
    const oracle: Oracle = {
      ...whole,
      judge: (history) =>
        isLate(history.scenario) ? whole.judge(history) : scriptedOracle({ crashed: 'S2' }).judge(history),
    };
    const { nearestPassing } = await explained(scriptedScenario({ faults: [late] }), { oracle });
    expect(nearestPassing?.words).toMatch(/ in mode /);
  });

  test('an explanation on a deterministic lane names the event at which the passing history parts from the violating one', async () => {
    const { events: byService } = historyOf({}, sent(4, 'service'));
    const { events: byLegacy } = historyOf({}, sent(9, 'legacy'));
    const runOf = (scenario: Scenario) => scriptedRun(scenario, scenario.faults.length > 0 ? byLegacy : byService);
    const executor = scriptedExecutor(({ scenario }) => runOf(scenario), { isDeterministic: true });
    const oracle = scriptedOracle({ violates: ({ faults }, property) => property === 'S1' && faults.length > 0 });
    const options = optionsFor(scriptedScenario({ faults: [refused] }), { executor, oracle });
    const run = judgeCase(options.run.case, runOf(options.run.case.scenario), oracle);
    expect((await explain({ ...options, run }))?.parting).toMatchObject({
      words: 'nothing',
      passingWords: expect.stringContaining('service to provider: send'),
    });
  });

  test('an explanation on a deterministic lane is undefined if the case does not violate again', async () => {
    const options = optionsFor(scriptedScenario({ faults: [late] }));
    expect(await explain({ ...options, oracle: scriptedOracle() })).toBeUndefined();
  });
});

describe('an explanation on a lane of real processes', () => {
  test('an explanation on a lane of real processes tries each ingredient three times, or five times if the outcome varies', async () => {
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario));
    let runs = 0;
    const violates: OracleScript['violates'] = (scenario, property) => {
      if (property !== 'S1' || !isLate(scenario)) return false;
      if (scenario.tenants[0]?.mode !== 'SHADOW') return true;
      runs += 1;
      return runs % 2 === 0;
    };
    const scenario = scriptedScenario({ faults: [late, refused] });
    const explanation = await explained(scenario, { executor, oracle: scriptedOracle({ violates }) });
    expect(stateOf(explanation, 'the fault latency')).toEqual(['necessary', 0, 3]);
    expect(stateOf(explanation, 'connections refused')).toEqual(['free', 3, 3]);
    expect(stateOf(explanation, 'the mode ON')).toEqual(['sometimes', 7, 10]);
  });

  test('an explanation on a lane of real processes ignores a run without a finding whose observers were disturbed', async () => {
    const executor = scriptedExecutor(({ scenario }) =>
      scriptedRun(scenario, scenario.faults.length === 0 ? [scriptedTrouble()] : []),
    );
    const explanation = await explained(scriptedScenario({ faults: [late] }), { executor });
    expect(stateOf(explanation, 'the fault latency')).toEqual([]);
    expect(stateOf(explanation, 'the mode ON')).toEqual(['necessary', 0, 6]);
  });

  test('an explanation on a lane of real processes names the passing value that is closest to a violating one', async () => {
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), { capacity: 3 });
    const slow: Fault = {
      kind: 'provider',
      system: 'service',
      outcome: 'slow',
      delayMs: 2_000,
      fromMs: 0,
      untilMs: 1_500,
    };
    const violates: OracleScript['violates'] = ({ faults }, property) =>
      property === 'S1' &&
      faults.some((fault) => fault.kind === 'provider' && fault.outcome === 'slow' && fault.delayMs > 710) &&
      faults.some((fault) => fault.kind === 'latency' && fault.latencyMs > 500);
    const { boundaries, nearestPassing } = await explained(scriptedScenario({ faults: [late, slow] }), {
      executor,
      oracle: scriptedOracle({ violates }),
    });
    const gaps = boundaries.map(({ fails, passes }) => fails.atMs - passes.atMs);
    expect(gaps).toEqual([37, 31]);
    expect(nearestPassing?.words).toContain('as the delay of the provider for service');
  });

  test('an explanation on a lane of real processes names no passing case whose observers are disturbed when it is run again', async () => {
    const values = new Map<number, number>();
    const executor = scriptedExecutor(({ scenario }) => {
      const [fault] = scenario.faults;
      if (fault?.kind !== 'latency' || fault.latencyMs > 500) return scriptedRun(scenario);
      const count = (values.get(fault.latencyMs) ?? 0) + 1;
      values.set(fault.latencyMs, count);
      // After the five tries that confirm the boundary, the observers are disturbed.
      return scriptedRun(scenario, count > 5 ? [scriptedTrouble()] : []);
    });
    const { boundaries, nearestPassing } = await explained(scriptedScenario({ faults: [late] }), { executor });
    expect(boundaries).toHaveLength(1);
    expect(nearestPassing?.words).toMatch(/^without the fault latency/);
  });

  test('an explanation on a lane of real processes is undefined if the time is over before anything was tried', async () => {
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario));
    const options = optionsFor(scriptedScenario({ faults: [late] }), { executor, signal: AbortSignal.abort() });
    expect(await explain(options)).toBeUndefined();
    expect(executor.ran).toEqual([]);
  });
});

describe('counterexamples', () => {
  const explainedIn = async (timeMs: number) => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const executor = scriptedExecutor(({ scenario }) => {
      vi.advanceTimersByTime(10);
      return scriptedRun(scenario);
    });
    const options = optionsFor(scriptedScenario({ faults: [late] }), { executor });
    const { run } = options;
    const about = { system: 'scripted', lane: 'live', fingerprint: 'S1', shrinking: notShrunk(run.case) } as const;
    const all = [counterexampleOf(run, about)];
    await explainEach(all, { ...options, runs: new Map(all.map(({ id }) => [id, run])), timeMs });
    return { ran: executor.ran.length, tries: all[0]?.explanation?.ingredients.map(({ tries }) => tries) };
  };

  test('counterexamples are explained by what was tried before their time was over', async () => {
    const whole = await explainedIn(60_000);
    const { ran, tries } = await explainedIn(25);
    expect(ran).toBeLessThan(whole.ran);
    expect(tries?.length).toBeGreaterThan(0);
    expect(tries).not.toEqual(whole.tries);
  });

  test('counterexamples are not explained if there is no time for it', async () => {
    expect(await explainedIn(0)).toEqual({ ran: 0, tries: undefined });
  });

  test('on a deterministic lane the first eight counterexamples are explained', async () => {
    const options = optionsFor(scriptedScenario({ faults: [late] }));
    const { run } = options;
    const about = { system: 'scripted', lane: 'sim', fingerprint: 'S1', shrinking: notShrunk(run.case) } as const;
    const all = Array.from({ length: 10 }, (_, index) => ({ ...counterexampleOf(run, about), id: `S1-${index}` }));
    await explainEach(all, { ...options, runs: new Map(all.map(({ id }) => [id, run])), timeMs: 60_000 });
    expect(all.map(({ explanation }) => explanation !== undefined)).toEqual([
      ...Array.from({ length: 8 }, () => true),
      false,
      false,
    ]);
  });
});

test('counterexamples that need earlier runs, livelocks, and those whose run is missing are not explained', async () => {
  const options = optionsFor(scriptedScenario({ faults: [late] }));
  const { run } = options;
  const about = { system: 'scripted', lane: 'sim', fingerprint: 'S1', shrinking: notShrunk(run.case) } as const;
  const own = counterexampleOf(run, about);
  const unknown = { ...own, id: 'unknown' };
  const later = { ...own, id: 'later', after: { slot: 0, run: 3, batches: [], beside: [], place: 0 } };
  const anomaly = { kind: 'livelock', message: 'it never came back', atMicros: 0 } as const;
  const livelock = { ...own, id: 'livelock', anomaly };
  const all = [own, unknown, later, livelock];
  const runs = new Map([own, later, livelock].map(({ id }) => [id, run]));
  await explainEach(all, { ...options, runs, timeMs: 60_000 });
  expect(all.map(({ id, explanation }) => [id, explanation !== undefined])).toEqual([
    [own.id, true],
    ['unknown', false],
    ['later', false],
    ['livelock', false],
  ]);
});
