import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import { scenarioSchema, type Scenario } from '../formats/scenario.ts';
import { fingerprintsOf } from '../evidence/fingerprint.ts';
import type { Oracle } from '../evidence/oracle.ts';
import type { ObservedRun } from '../execution/executor.ts';
import { scenarioArbitrary } from '../generators/scenario-arbitrary.ts';
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
import { type CaseRun, judgeCase } from './run-case.ts';
import { shrink, type ShrinkOptions } from './shrink.ts';
import { shrinkCandidates, weightOf } from './shrink-candidates.ts';

const latency: Fault = {
  kind: 'latency',
  stream: 'downstream',
  latencyMs: 1_150,
  jitterMs: 50,
  fromMs: 40,
  untilMs: 1_340,
};

const busy: Scenario = {
  format: 'onesend.scenario/1',
  name: 'busy',
  seed: 3,
  tenants: [
    { key: 'tenant-1', mode: 'SHADOW', quota: 3 },
    { key: 'tenant-2', mode: 'ON', quota: 50 },
  ],
  steps: [
    { kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 8, atMs: 0 },
    { kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-2', messages: 5, atMs: 230 },
    { kind: 'flip', tenant: 'tenant-1', mode: 'OFF', atMs: 300 },
    { kind: 'reconcile' },
  ],
  faults: [
    { kind: 'crash', process: 'legacy', atMs: 70, restartAfterMs: 300 },
    latency,
    { kind: 'redelivery', campaign: 'campaign-1', atMs: 900 },
  ],
};

function entryOf({ steps }: Scenario) {
  const first = steps.find((step) => step.kind === 'entry');
  if (first === undefined) throw new RangeError('no entry');
  return first;
}

/** A tenant in ON with an entry, and answers that are later than the budget: the double send of the literal runbook. */
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

/** Nothing simpler violates. */
const onlyBusy: OracleScript['violates'] = (scenario, property) => property === 'S1' && scenario === busy;

describe('shrinking', () => {
  test('does not try what the lane refuses', async () => {
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario), {
      refusal: ({ scenario }) => (scenario.faults.length === 0 ? { message: 'nothing to do', hint: '' } : undefined),
    });
    await shrink(shrinkOptions({ executor }));
    expect(executor.ran.filter(({ scenario }) => scenario.faults.length === 0)).toEqual([]);
  });

  test('reaches one message, one fault and plain numbers', async () => {
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

  test('needs few rounds, since a round costs as long as a live scenario', async () => {
    const executor = scriptedLane({ capacity: 24 });
    const { kept } = await shrink(shrinkOptions({ executor }));
    expect(kept).toBeLessThanOrEqual(3);
  });

  test('runs candidates over all slots at once', async () => {
    const executor = scriptedLane({ capacity: 5 });
    await shrink(shrinkOptions({ executor }));
    expect(executor.overlapMax).toBe(5);
  });

  test('tries failing candidates of the last round once more, as a race may be lost once', async () => {
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

  test('does not slip from one bug to another: a smaller run that breaks the same property in another way does not count', async () => {
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

  test('cuts short what is behind a success', async () => {
    let cuts = 0;
    const executor = scriptedExecutor(
      async ({ scenario }, _, { signal } = {}) => {
        // Five messages without the fault are less bold than one message with it, and would never end by themselves.
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

  test('gives all campaigns to one tenant when it is not about tenants', async () => {
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

  test('keeps to the property it started with', async () => {
    const oracle = scriptedOracle({
      violates: (scenario, property) =>
        property === 'S9' ? scenario !== busy : property === 'S1' && isDoubleSend(scenario),
    });
    const { run } = await shrink(shrinkOptions({ oracle }));
    expect(isDoubleSend(run.case.scenario)).toBe(true);
  });

  test('stops for time with the best so far, which is half a minute on a lane of real processes', async () => {
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

  test('ends what is under way when it is interrupted', async () => {
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

  test('stops for an interruption with the best so far', async () => {
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
  /** Reports by a fault whether the needed deviation is there, as the simulator reports its own faults; `late` comes up for two tenants only. */
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

  test('drops deviations first, then simplifies the scenario, and loses those that no longer come up', async () => {
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

  test('comes to the same on any number of workers', async () => {
    const alone = await shrunkOn(1).shrunk;
    expect(await shrunkOn(3).shrunk).toEqual(alone);
  });

  test('tries no candidate twice', async () => {
    const executor = scriptedLane({ isDeterministic: true, capacity: 1 });
    const { tried } = await shrink(shrinkOptions({ executor }));
    const ran = executor.ran.map((each) => JSON.stringify(each));
    expect(new Set(ran).size).toBe(ran.length);
    expect(tried).toBe(ran.length);
  });

  test('stops after as many candidates as it may try, with the best so far', async () => {
    // Only the last deviation can be dropped, so the rounds take 64 candidates, then 63, and so on: 2,080 in all.
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

describe('the simpler neighbours of a scenario', () => {
  test('are valid, lighter and ordered by how much they remove', () => {
    fc.assert(
      fc.property(scenarioArbitrary, (scenario) => {
        const candidates = shrinkCandidates(scenario);
        const weights = candidates.map(weightOf);
        expect(weights).toEqual(weights.toSorted((a, b) => a - b));
        expect(weights.every((weight) => weight < weightOf(scenario))).toBe(true);
        expect(candidates.every((candidate) => scenarioSchema.safeParse(candidate).success)).toBe(true);
      }),
    );
  });

  test('have the first campaign of each tenant alone', () => {
    const alone = shrinkCandidates({ ...busy, steps: [...busy.steps, { ...entryOf(busy), campaign: 'campaign-3' }] });
    const campaigns = alone.map(({ steps }) =>
      steps.flatMap((step) => (step.kind === 'entry' ? [`${step.campaign} ${step.messages}`] : [])),
    );
    expect(campaigns).toContainEqual(['campaign-1 1', 'campaign-2 1']);
  });

  test('have faults of simpler kinds, but not of odder ones', () => {
    const refused: Scenario = { ...busy, faults: [{ kind: 'refuse', fromMs: 0, untilMs: 1_500 }] };
    const kinds = shrinkCandidates(refused).flatMap(({ faults }) => faults.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(['refuse', 'latency']));
  });

  test('drop a second service process and clocks that are off, each by itself', () => {
    const odd: Scenario = { ...busy, serviceInstances: 2, skewMicros: { legacy: 1, service: 0 } };
    const candidates = shrinkCandidates(odd).map(({ serviceInstances, skewMicros, ...rest }) => {
      return JSON.stringify(rest) === JSON.stringify(busy) ? [serviceInstances, skewMicros] : [];
    });
    expect(candidates).toContainEqual([undefined, odd.skewMicros]);
    expect(candidates).toContainEqual([2, undefined]);
  });

  test('do not exist for the plainest scenario', () => {
    const plain: Scenario = {
      ...busy,
      tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
      steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
      faults: [],
    };
    expect(shrinkCandidates(plain)).toEqual([]);
  });
});
