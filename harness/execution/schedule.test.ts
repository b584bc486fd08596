import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import type { Scenario } from '../formats/scenario.ts';
import { campaignScenario } from '../generators/campaign-scenario.ts';
import { scenarioArbitrary } from '../generators/scenario-arbitrary.ts';
import { quiescenceMs, schedule } from './schedule.ts';

const scenario = (faults: Fault[]): Scenario => campaignScenario({ campaign: 'c', atMs: 100, faults });

describe('the schedule', () => {
  test('the schedule applies faults that begin at 0 first, and heals them when they end', () => {
    expect(schedule(scenario([{ kind: 'refuse', fromMs: 0, untilMs: 900 }]))).toEqual([
      { kind: 'apply', atMs: 0, fault: 0 },
      { kind: 'trigger', atMs: 100, campaign: 'c' },
      { kind: 'heal', atMs: 900, fault: 0 },
    ]);
  });

  test('the schedule restarts a crashed process, and turns a redelivery into another trigger', () => {
    const actions = schedule(
      scenario([
        { kind: 'crash', process: 'service', atMs: 150, restartAfterMs: 200 },
        { kind: 'redelivery', campaign: 'c', atMs: 120 },
      ]),
    );
    expect(actions.map((action) => `${action.kind} ${action.atMs}`)).toEqual([
      'trigger 100',
      'trigger 120',
      'crash 150',
      'restart 350',
    ]);
  });

  test('the schedule heals every fault that lasts, and is in order of time', () => {
    fc.assert(
      fc.property(scenarioArbitrary, (generated) => {
        const actions = schedule(generated);
        const applied = actions.filter((action) => action.kind === 'apply').map((action) => action.fault);
        const healed = actions.filter((action) => action.kind === 'heal').map((action) => action.fault);
        const lasting = applied.filter((index) => generated.faults[index]?.kind !== 'breaker-open');
        expect(healed.toSorted((a, b) => a - b)).toEqual(lasting.toSorted((a, b) => a - b));
        expect(actions.map(({ atMs }) => atMs)).toEqual(actions.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the rest before judging', () => {
  const bounds = { providerTimeoutMs: 1_000, leastMs: 2_000 };

  test('the rest before judging is never shorter than requested', () => {
    expect(quiescenceMs(scenario([]), bounds)).toBe(2_000);
  });

  test('the rest before judging outlasts a late request whose send is slow, and a process that is stopped meanwhile', () => {
    const late: Fault = {
      kind: 'latency',
      stream: 'upstream',
      latencyMs: 1_200,
      jitterMs: 100,
      fromMs: 0,
      untilMs: 900,
    };
    const slow: Fault = {
      kind: 'provider',
      system: 'service',
      outcome: 'slow',
      delayMs: 1_500,
      fromMs: 0,
      untilMs: 900,
    };
    expect(quiescenceMs(scenario([late, slow]), bounds)).toBeGreaterThanOrEqual(1_300 + 1_500);
    const pause: Fault = { kind: 'pause', process: 'legacy', lastsMs: 700, fromMs: 0, untilMs: 900 };
    expect(quiescenceMs(scenario([late, slow, pause]), bounds)).toBeGreaterThanOrEqual(1_300 + 1_500 + 700);
  });

  test('the rest before judging outlasts the rounds of sends of a large campaign, each as long as the provider timeout', () => {
    const slow: Fault = {
      kind: 'provider',
      system: 'service',
      outcome: 'slow',
      delayMs: 1_500,
      fromMs: 0,
      untilMs: 900,
    };
    const large = campaignScenario({ messages: 17, faults: [slow] });
    expect(quiescenceMs(large, bounds)).toBeGreaterThanOrEqual(2 * 1_000 + 1_500);
    expect(quiescenceMs({ ...large, faults: [] }, bounds)).toBe(2_000);
  });
});
