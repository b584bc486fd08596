import { describe, expect, test, vi } from 'vitest';
import type { Scenario } from '../formats/scenario.ts';
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { ObservedRun } from '../execution/executor.ts';
import { scenarioSize } from './scenario-size.ts';
import type { Case, Deviation } from '../formats/case.ts';
import {
  type OracleScript,
  type ScriptedExecutor,
  scriptedExecutor,
  type ScriptedExecutorOptions,
  scriptedOracle,
  scriptedRun,
} from './executor.fixture.ts';
import { busy, latency } from './busy-scenario.fixture.ts';
import { type CaseRun, judgeCase } from './run-case.ts';
import { shrink, type ShrinkOptions } from './shrink.ts';

/** A tenant in ON has an entry, and answers come later than the budget: then the runbook as written sends twice. */
function isDoubleSend(scenario: Scenario): boolean {
  const on = new Set(scenario.tenants.filter(({ mode }) => mode === 'ON').map(({ key }) => key));
  const isEntered = scenario.steps.some((step) => step.kind === 'entry' && on.has(step.tenant));
  return isEntered && scenario.faults.some((fault) => fault.kind === 'latency' && fault.latencyMs > 500);
}

const doubleSend: OracleScript['violates'] = (scenario, property) => property === 'S1' && isDoubleSend(scenario);

function scriptedLane(options: ScriptedExecutorOptions = {}): ScriptedExecutor {
  return scriptedExecutor(({ scenario }) => scriptedRun(scenario), options);
}

function runOf(scenario: Scenario, oracle: Oracle): CaseRun {
  return judgeCase({ scenario, deviations: [] }, scriptedRun(scenario), oracle);
}

function shrinkOptions(overrides: Partial<ShrinkOptions> = {}): ShrinkOptions {
  const oracle = overrides.oracle ?? scriptedOracle({ violates: doubleSend });
  return {
    executor: scriptedLane({ capacity: 24 }),
    oracle,
    run: runOf(busy, oracle),
    fingerprint: 'S1',
    ...overrides,
  };
}

/** Only the original scenario violates, and nothing simpler. */
const onlyBusy: OracleScript['violates'] = (scenario, property) => property === 'S1' && scenario === busy;

describe('shrinking', () => {
  test('shrinking does not try cases that the lane refuses', async () => {
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), {
      refusal: ({ scenario }) => (scenario.faults.length === 0 ? { message: 'nothing to do', hint: '' } : undefined),
    });
    await shrink(shrinkOptions({ executor }));
    expect(executor.ran.filter(({ scenario }) => scenario.faults.length === 0)).toEqual([]);
  });

  test('shrinking reaches one message, one fault and plain numbers', async () => {
    const { run, stopped, kept } = await shrink(shrinkOptions());
    expect(stopped).toBe('minimal');
    expect(kept).toBeGreaterThan(0);
    expect(run.case.scenario).toEqual({
      ...busy,
      tenants: [{ key: 'tenant-2', mode: 'ON', quota: 10 }],
      steps: [{ kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-2', messages: 1, atMs: 100 }],
      faults: [{ ...latency, latencyMs: 600, jitterMs: 0, fromMs: 0, untilMs: 1_500 }],
    });
  });

  test('shrinking needs few rounds, because each round takes as long as a live scenario', async () => {
    const executor = scriptedLane({ capacity: 24 });
    const { kept } = await shrink(shrinkOptions({ executor }));
    expect(kept).toBeLessThanOrEqual(3);
  });

  test('shrinking runs candidates over all slots at once', async () => {
    const executor = scriptedLane({ capacity: 5 });
    await shrink(shrinkOptions({ executor }));
    expect(executor.overlapMax).toBe(5);
  });

  test('shrinking tries the candidates of the last round twice, because a race can be lost once', async () => {
    const seen = new Map<string, number>();
    const oracle = scriptedOracle({
      violates: (scenario, property) => {
        const key = JSON.stringify(scenario);
        seen.set(key, (seen.get(key) ?? 0) + (property === 'S1' ? 1 : 0));
        return property === 'S1' && isDoubleSend(scenario) && (scenario === busy || (seen.get(key) ?? 0) >= 2);
      },
    });
    const { run } = await shrink(shrinkOptions({ oracle }));
    expect(scenarioSize(run.case.scenario)).toEqual({ messages: 1, faults: 1, steps: 1, tenants: 1 });
  });

  test('shrinking does not keep a candidate that violated only once', async () => {
    const seen = new Map<string, number>();
    const lucky = scriptedOracle({
      violates: (scenario, property) => {
        if (property !== 'S1') return false;
        const key = JSON.stringify(scenario);
        seen.set(key, (seen.get(key) ?? 0) + 1);
        return scenario === busy || (isDoubleSend(scenario) && seen.get(key) === 1);
      },
    });
    const { run, kept } = await shrink(shrinkOptions({ oracle: lucky }));
    expect([kept, run.case.scenario]).toEqual([0, busy]);
  });

  test('shrinking reports the other findings of its candidates, each once', async () => {
    const oracle = scriptedOracle({
      violates: (scenario, property) =>
        (property === 'S1' && isDoubleSend(scenario)) || (property === 'S9' && scenario.faults.length === 0),
    });
    const { met } = await shrink(shrinkOptions({ oracle }));
    expect(met.map(({ fingerprint }) => fingerprint).toSorted()).toEqual(['S1', 'S9']);
    const other = met.find(({ fingerprint }) => fingerprint === 'S9');
    expect(other?.run.case.scenario.faults).toEqual([]);
  });

  test('shrinking ignores a smaller run that violates the same property with another fingerprint', async () => {
    // With a fault the service sends again; without one, in a smaller run, the legacy app does.
    const sends = ({ scenario }: Case): ObservedRun => {
      const system = scenario.faults.length > 0 ? 'service' : 'legacy';
      const when = { seq: 0, observer: 'provider', earliest: 0, latest: 0 };
      return scriptedRun(scenario, [
        { ...when, kind: 'accept', attempt: 'a', system, item: 'campaign-1#1', providerMessageId: 'm' },
      ]);
    };
    const found = [{ property: 'S1' as const, message: 'sent', items: [], witnesses: [0] }];
    const oracle: Oracle = {
      ...scriptedOracle(),
      judge: () => [{ property: 'S1', observed: true, exercised: 1, findings: found, undecided: [] }],
    };
    const tried = { scenario: busy, deviations: [] };
    const run = judgeCase(tried, sends(tried), oracle);
    const [fingerprint = ''] = fingerprintsOf(run.judgement);
    expect(fingerprint).toBe('S1: accept service');
    const { run: best } = await shrink({ executor: scriptedExecutor(sends), oracle, run, fingerprint });
    expect(scenarioSize(best.case.scenario)).toMatchObject({ messages: 1, faults: 1 });
    expect(fingerprintsOf(best.judgement)).toEqual([fingerprint]);
  });

  test('shrinking stops the candidates after the first one that violates', async () => {
    let cuts = 0;
    const executor = scriptedExecutor(
      async ({ scenario }, _, { signal } = {}) => {
        // Five messages without the fault come after one message with it, and never end by themselves.
        if (scenario.faults.length === 0 && scenarioSize(scenario).messages === 5) {
          if (signal?.aborted !== true) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
          cuts += 1;
        }
        return scriptedRun(scenario);
      },
      { capacity: 8 },
    );
    const start: Scenario = {
      ...busy,
      tenants: busy.tenants.slice(1),
      steps: busy.steps.slice(1, 2),
      faults: [latency],
    };
    const { run } = await shrink(shrinkOptions({ executor, run: runOf(start, shrinkOptions().oracle) }));
    expect(cuts).toBe(1);
    expect(scenarioSize(run.case.scenario).messages).toBe(1);
  });

  test('shrinking gives all campaigns to one tenant if the violation does not need two', async () => {
    const entry = { kind: 'entry' as const, messages: 1, atMs: 100 };
    const two: Scenario = {
      ...busy,
      steps: [
        { ...entry, campaign: 'campaign-1', tenant: 'tenant-1' },
        { ...entry, campaign: 'campaign-2', tenant: 'tenant-2' },
      ],
      faults: [],
    };
    const oracle = scriptedOracle({
      violates: ({ steps }, property) => property === 'S1' && steps.filter(({ kind }) => kind === 'entry').length === 2,
    });
    const { run } = await shrink(shrinkOptions({ oracle, run: runOf(two, oracle) }));
    expect(scenarioSize(run.case.scenario)).toEqual({ messages: 2, faults: 0, steps: 2, tenants: 1 });
  });

  test('shrinking ignores a smaller run that violates another property', async () => {
    const oracle = scriptedOracle({
      violates: (scenario, property) =>
        property === 'S9' ? scenario !== busy : property === 'S1' && isDoubleSend(scenario),
    });
    const { run } = await shrink(shrinkOptions({ oracle }));
    expect(isDoubleSend(run.case.scenario)).toBe(true);
  });

  test('shrinking stops after half a minute on a lane of real processes, with the best case so far', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const executor = scriptedExecutor(({ scenario }) => {
        vi.advanceTimersByTime(10_000);
        return scriptedRun(scenario);
      });
      const { run, stopped, tried } = await shrink(
        shrinkOptions({ executor, oracle: scriptedOracle({ violates: onlyBusy }) }),
      );
      expect([stopped, run.case.scenario]).toEqual(['time', busy]);
      expect(tried).toBeLessThan(8);
    } finally {
      vi.useRealTimers();
    }
  });

  test('shrinking stops its runs in flight when it is interrupted', async () => {
    const controller = new AbortController();
    const executor = scriptedExecutor(
      async ({ scenario }, _, { signal } = {}) => {
        controller.abort();
        if (signal?.aborted !== true) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
        return scriptedRun(scenario);
      },
      { capacity: 1 },
    );
    const { stopped } = await shrink(shrinkOptions({ executor, signal: controller.signal }));
    expect(stopped).toBe('interrupted');
  });

  test('shrinking stops at an interruption, with the best case so far', async () => {
    const controller = new AbortController();
    const { run, stopped } = await shrink(
      shrinkOptions({ signal: controller.signal, onTried: (tried) => tried === 3 && controller.abort() }),
    );
    expect(stopped).toBe('interrupted');
    expect(isDoubleSend(run.case.scenario)).toBe(true);
  });
});

describe('shrinking on a deterministic lane', () => {
  const deviation = (key: string): Deviation => ({ site: 'answer', key, attempt: 0, choice: 'delay' });
  const [needed, idle, late] = [deviation('needed'), deviation('idle'), deviation('late')];
  const plain: Scenario = { ...busy, faults: [] };
  /** Adds a fault to the history if the needed deviation is there, as the simulator does; `late` comes up only with two tenants. */
  const simulated = ({ scenario, deviations }: Case) => {
    const reached = deviations.filter((each) => each !== late || scenario.tenants.length > 1);
    const faults = reached.includes(needed) ? [latency] : [];
    return { ...scriptedRun({ ...scenario, faults }), deviations: reached };
  };
  const shrunkOn = (capacity: number) => {
    const executor = scriptedExecutor(simulated, { capacity, isDeterministic: true });
    const oracle = scriptedOracle({ violates: doubleSend });
    const tried = { scenario: plain, deviations: [needed, idle, late] };
    return {
      executor,
      shrunk: shrink({ executor, oracle, fingerprint: 'S1', run: judgeCase(tried, simulated(tried), oracle) }),
    };
  };

  test('shrinking on a deterministic lane removes deviations first, then simplifies the scenario', async () => {
    const { executor, shrunk } = shrunkOn(1);
    const { run, stopped } = await shrunk;
    expect(stopped).toBe('minimal');
    expect(run.case.deviations).toEqual([needed]);
    expect(scenarioSize(run.case.scenario)).toEqual({ messages: 1, faults: 0, steps: 1, tenants: 1 });
    expect(executor.ran.slice(0, 2).map(({ deviations }) => deviations)).toEqual([
      [idle, late],
      [needed, late],
    ]);
  });

  test('shrinking on a deterministic lane stops after a given time', async () => {
    const executor = scriptedExecutor(
      async ({ scenario }) => {
        await new Promise((resolve) => setTimeout(resolve, 2));
        return scriptedRun(scenario);
      },
      { isDeterministic: true, capacity: 1 },
    );
    const oracle = scriptedOracle({ violates: onlyBusy });
    const bounds = { tries: Number.POSITIVE_INFINITY, timeMs: 1 };
    const { stopped } = await shrink(shrinkOptions({ executor, oracle, bounds }));
    expect(stopped).toBe('time');
  });

  test('shrinking on a deterministic lane has the same result on any number of workers', async () => {
    const alone = await shrunkOn(1).shrunk;
    expect(await shrunkOn(3).shrunk).toEqual(alone);
  });

  test('shrinking on a deterministic lane tries no candidate twice', async () => {
    const executor = scriptedLane({ isDeterministic: true, capacity: 1 });
    const { tried } = await shrink(shrinkOptions({ executor }));
    const ran = executor.ran.map((each) => JSON.stringify(each));
    expect(new Set(ran).size).toBe(ran.length);
    expect(tried).toBe(ran.length);
  });

  test('shrinking on a deterministic lane stops after the largest number of candidates, with the best case so far', async () => {
    // Only the last deviation can be removed, so the rounds take 64 candidates, then 63, and so on: 2,080 in all.
    const many = Array.from({ length: 64 }, (_, index) => deviation(String(index)));
    const isBeginning = (deviations: readonly Deviation[]): boolean =>
      deviations.every(({ key }, index) => key === String(index));
    const executor = scriptedExecutor(
      ({ scenario, deviations }) => {
        const faults = isBeginning(deviations) && scenario.steps.length === plain.steps.length ? [latency] : [];
        return { ...scriptedRun({ ...scenario, faults }), deviations };
      },
      { isDeterministic: true },
    );
    const oracle = scriptedOracle({ violates: doubleSend });
    const run: CaseRun = { ...runOf(busy, oracle), case: { scenario: plain, deviations: many } };
    const {
      run: best,
      tried,
      stopped,
    } = await shrink({
      executor,
      oracle,
      run,
      fingerprint: 'S1',
      bounds: { tries: 2_000 },
    });
    expect([tried, stopped]).toEqual([2_000, 'time']);
    expect(best.case.deviations.length).toBeLessThan(20);
  });
});
