import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import { scenarioSchema, type Scenario } from '../formats/scenario.ts';
import { scenarioArbitrary } from '../generators/scenario-arbitrary.ts';
import { judgeRun } from './judged-run.ts';
import { scenarioSize } from './scenario-size.ts';
import { scriptedHistory, scriptedLane, scriptedOracle, type OracleScript } from './executor.fixture.ts';
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

/** A tenant in ON with an entry, and answers that are later than the budget: the double send of the literal runbook. */
function isDoubleSend(scenario: Scenario): boolean {
  const on = new Set(scenario.tenants.filter(({ mode }) => mode === 'ON').map(({ key }) => key));
  const isEntered = scenario.steps.some((step) => step.kind === 'entry' && on.has(step.tenant));
  return isEntered && scenario.faults.some((fault) => fault.kind === 'latency' && fault.latencyMs > 500);
}

const doubleSend: OracleScript['violates'] = (scenario, property) => property === 'S1' && isDoubleSend(scenario);

function shrinkOptions(overrides: Partial<ShrinkOptions> = {}): ShrinkOptions {
  const oracle = scriptedOracle({ violates: doubleSend });
  return {
    lane: scriptedLane((scenario) => ({ kind: 'history', history: scriptedHistory(scenario) }), 24),
    oracle,
    run: judgeRun(scriptedHistory(busy), oracle),
    ...overrides,
  };
}

describe('shrinking', () => {
  it('reaches one message, one fault and plain numbers', async () => {
    const { run, stopped, kept } = await shrink(shrinkOptions());
    expect(stopped).toBe('minimal');
    expect(kept).toBeGreaterThan(0);
    expect(run.history.scenario).toEqual({
      ...busy,
      tenants: [{ key: 'tenant-2', mode: 'ON', quota: 10 }],
      steps: [{ kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-2', messages: 1, atMs: 100 }],
      faults: [{ ...latency, latencyMs: 600, jitterMs: 0, fromMs: 0, untilMs: 1_500 }],
    });
  });

  it('needs few rounds, since a round costs as long as a live scenario', async () => {
    const lane = scriptedLane((scenario) => ({ kind: 'history', history: scriptedHistory(scenario) }), 24);
    const { kept } = await shrink(shrinkOptions({ lane }));
    expect(kept).toBeLessThanOrEqual(3);
  });

  it('runs candidates over all slots at once', async () => {
    const lane = scriptedLane((scenario) => ({ kind: 'history', history: scriptedHistory(scenario) }), 5);
    await shrink(shrinkOptions({ lane }));
    expect(lane.overlapMax).toBe(5);
  });

  it('tries failing candidates of the last round once more, as a race may be lost once', async () => {
    const seen = new Map<string, number>();
    const oracle = scriptedOracle({
      violates: (scenario, property) => {
        const key = JSON.stringify(scenario);
        seen.set(key, (seen.get(key) ?? 0) + (property === 'S1' ? 1 : 0));
        return property === 'S1' && isDoubleSend(scenario) && (scenario === busy || (seen.get(key) ?? 0) >= 2);
      },
    });
    const { run } = await shrink(shrinkOptions({ oracle, run: judgeRun(scriptedHistory(busy), oracle) }));
    expect(scenarioSize(run.history.scenario)).toEqual({ messages: 1, faults: 1, steps: 1, tenants: 1 });
  });

  it('cuts short what is behind a success', async () => {
    let cuts = 0;
    const lane = scriptedLane(async (scenario, _, signal) => {
      // Five messages without the fault are less bold than one message with it, and would never end by themselves.
      if (scenario.faults.length === 0 && scenarioSize(scenario).messages === 5) {
        if (signal?.aborted !== true) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
        cuts += 1;
      }
      return { kind: 'history', history: scriptedHistory(scenario) };
    }, 8);
    const start: Scenario = {
      ...busy,
      tenants: busy.tenants.slice(1),
      steps: busy.steps.slice(1, 2),
      faults: [latency],
    };
    const { run } = await shrink({
      ...shrinkOptions({ lane }),
      run: judgeRun(scriptedHistory(start), shrinkOptions().oracle),
    });
    expect(cuts).toBe(1);
    expect(scenarioSize(run.history.scenario).messages).toBe(1);
  });

  it('gives all campaigns to one tenant when it is not about tenants', async () => {
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
    const { run } = await shrink(shrinkOptions({ oracle, run: judgeRun(scriptedHistory(two), oracle) }));
    expect(scenarioSize(run.history.scenario)).toEqual({ messages: 2, faults: 0, steps: 2, tenants: 1 });
  });

  it('keeps to the property it started with', async () => {
    const oracle = scriptedOracle({
      violates: (scenario, property) =>
        property === 'S9' ? scenario !== busy : property === 'S1' && isDoubleSend(scenario),
    });
    const { run } = await shrink(shrinkOptions({ oracle, run: judgeRun(scriptedHistory(busy), oracle) }));
    expect(isDoubleSend(run.history.scenario)).toBe(true);
  });

  it('stops for time with the best so far', async () => {
    const { run, stopped } = await shrink(shrinkOptions({ maxTimeMs: 0 }));
    expect(stopped).toBe('time');
    expect(isDoubleSend(run.history.scenario)).toBe(true);
  });

  it('ends what is under way when it is interrupted', async () => {
    const controller = new AbortController();
    const lane = scriptedLane(async (scenario, _, signal) => {
      controller.abort();
      if (signal?.aborted !== true) await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      return { kind: 'history', history: scriptedHistory(scenario) };
    }, 1);
    const { stopped } = await shrink(shrinkOptions({ lane, signal: controller.signal }));
    expect(stopped).toBe('interrupted');
  });

  it('stops for an interruption with the best so far', async () => {
    const controller = new AbortController();
    const { run, stopped } = await shrink(
      shrinkOptions({ signal: controller.signal, onTried: (tried) => tried === 3 && controller.abort() }),
    );
    expect(stopped).toBe('interrupted');
    expect(isDoubleSend(run.history.scenario)).toBe(true);
  });
});

describe('the simpler neighbours of a scenario', () => {
  it('are valid, lighter and ordered by how much they remove', () => {
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

  it('do not exist for the plainest scenario', () => {
    const plain: Scenario = {
      ...busy,
      tenants: [{ key: 'tenant-1', mode: 'ON', quota: 10 }],
      steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages: 1, atMs: 100 }],
      faults: [],
    };
    expect(shrinkCandidates(plain)).toEqual([]);
  });
});
