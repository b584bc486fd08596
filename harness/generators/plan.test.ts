import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/contract/message.ts';
import { FAULT_LABELS, faultLabel } from '../faults/catalogue.ts';
import { scenarioSchema, type Scenario } from '../formats/scenario.ts';
import { planScenarios, type PlannedScenario } from './plan.ts';
import { BREAKER_STRATA } from './breaker-strata.ts';
import { FAULT_BUDGET } from './scenario-arbitrary.ts';
import { SETTLED_STRATA, STRATA } from './strata.ts';

/** The number of scenarios that a certification runs on the live lane. */
const LIVE_RUNS = 240;

const plan = planScenarios({ seed: 42, count: LIVE_RUNS });
const stratified = plan.filter(({ origin }) => origin === 'stratified').map(({ scenario }) => scenario);
const random = plan.filter(({ origin }) => origin === 'random').map(({ scenario }) => scenario);

/** Labels of faults with the modes in which they meet traffic. */
const MODES_WITH_TRAFFIC: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['latency', 'blackhole', 'reset', 'cut'].flatMap((kind) => [
      [`${kind} upstream`, ['ON', 'SHADOW']],
      [`${kind} downstream`, ['ON', 'SHADOW']],
    ]),
  ),
  refuse: ['ON', 'SHADOW'],
};

function hasCell(label: string, mode: string): boolean {
  return stratified.some(
    ({ tenants, faults }) => tenants.some((tenant) => tenant.mode === mode) && faults.map(faultLabel).includes(label),
  );
}

function lastMomentMs(scenario: Scenario): number {
  const steps = scenario.steps.map((step) => step.atMs ?? 0);
  const faults = scenario.faults.map((fault) => {
    if ('untilMs' in fault) return fault.untilMs;
    if (fault.kind === 'crash') return fault.atMs + fault.restartAfterMs;
    if (fault.kind === 'terminate') return fault.atMs + fault.graceMs + fault.restartAfterMs;
    return 'atMs' in fault ? fault.atMs : 0;
  });
  return Math.max(...steps, ...faults);
}

describe('a plan', () => {
  test('a plan is the same for the same seed and count, and another for another seed', () => {
    expect(planScenarios({ seed: 42, count: LIVE_RUNS })).toEqual(plan);
    expect(planScenarios({ seed: 43, count: LIVE_RUNS })).not.toEqual(plan);
  });

  test('a plan has the requested number of scenarios, all valid, for any seed and count', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 400 }), (seed, count) => {
        const planned = planScenarios({ seed, count });
        expect(planned).toHaveLength(count);
        for (const { scenario } of planned) expect(scenarioSchema.safeParse(scenario).error).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  test('a plan holds only scenarios that are admitted, and the requested number of them', () => {
    const admits = ({ faults }: Scenario): boolean => faults.every(({ kind }) => kind !== 'crash');
    const planned = planScenarios({ seed: 42, count: 200, admits });
    expect(plan.every(({ scenario }) => admits(scenario))).toBe(false);
    expect(planned).toHaveLength(200);
    expect(planned.every(({ scenario }) => admits(scenario))).toBe(true);
    expect(planned.filter(({ origin }) => origin === 'stratified').length).toBeGreaterThan(STRATA.length / 2);
  });

  test('a plan begins with the strata, and is mostly random draws once it is long', () => {
    const firstRandom = plan.findIndex(({ origin }) => origin === 'random');
    expect(firstRandom).toBe(STRATA.length);
    expect(random.length).toBeGreaterThan(LIVE_RUNS / 2);
    const long: readonly PlannedScenario[] = planScenarios({ seed: 42, count: 6 * STRATA.length });
    expect(long.filter(({ origin }) => origin === 'stratified')).toHaveLength(3 * STRATA.length);
  });

  test('a plan appends strata that were added later, so that the others keep their numbers', () => {
    expect(STRATA.slice(0, SETTLED_STRATA.length)).toEqual(SETTLED_STRATA);
    expect(STRATA.slice(SETTLED_STRATA.length).map(({ title }) => title)).toEqual([
      'pause of legacy within its lease, ON',
      'pause of legacy past its lease, ON',
      'termination of service, ON',
      'termination of service, SHADOW',
      'termination of legacy, ON',
      'termination of legacy, OFF',
      'provider of service: accept-lose-reply, and a message long after it, ON',
      'refuse, and a message long after it, ON',
      'crash of service, and a message long after it, ON',
      'a campaign of 12, ON',
      'a campaign of 40, OFF',
      'more messages than are sent at once, refused, ON',
      'more messages than are sent at once, SHADOW',
      'near numbers, ON',
      'near numbers, SHADOW',
      'equal numbers, ON',
      'equal numbers, refused, ON',
      'equal numbers, OFF',
      'as many units as messages, ON',
      'a unit fewer than messages, ON',
      'as many units as messages, OFF',
      'a unit fewer than messages, OFF',
      'a full batch, asked again before its answer, ON',
      'a full batch, asked again later before its answer, ON',
      'a full batch, asked again, provider of service: slow, ON',
      'a full batch, asked again, provider of service: reject, ON',
      'a full batch, asked again, provider of service: accept-lose-reply, ON',
      'slow provider and crash of legacy, ON',
      'slow provider and termination of service, ON',
      'slow provider and termination of legacy, OFF',
      'recovery and reconciliation beside traffic, ON',
      'legacy killed before its log, then reconciled and recovered, ON',
      'a burst of failing rehearsals, then a live message, SHADOW and ON',
      'a burst of failing calls, then messages when all is well, ON',
      'a burst of calls when the breaker may probe, ON',
      'two providers, ON',
      'two providers, refused, ON',
      'two providers, OFF',
      'twins, no fault, OFF and SHADOW',
      'twins, no connection to the service, OFF and SHADOW',
      'twins, late answers of the service, OFF and SHADOW',
      'twins, no answer of the service, OFF and SHADOW',
      'a live breaker that is OPEN, and messages long after it may probe, ON',
      'a dry breaker that is OPEN, and messages long after it may probe, SHADOW',
      'a campaign of 12, each uuid repeated, ON',
    ]);
    const settled = planScenarios({ seed: 42, count: SETTLED_STRATA.length, strata: SETTLED_STRATA });
    expect(settled).toEqual(plan.slice(0, SETTLED_STRATA.length));
  });

  test.each(
    Object.entries(MODES_WITH_TRAFFIC).flatMap(([label, modes]) => modes.map((mode) => [label, mode] as const)),
  )('a plan covers %s in %s', (label, mode) => {
    expect(hasCell(label, mode)).toBe(true);
  });

  test('a plan covers every label of the catalogue except those that only gates use', () => {
    const wild = FAULT_LABELS.filter(({ kind }) => kind !== 'missing-uuid' && kind !== 'tamper').map(
      ({ label }) => label,
    );
    const planned = new Set(stratified.flatMap(({ faults }) => faults.map(faultLabel)));
    expect(planned).toEqual(new Set(wild));
  });

  test('a plan covers every provider outcome of the sender of each mode, and of the fallback', () => {
    for (const outcome of ['reject', 'slow', 'accept-lose-reply', 'error-accepted', 'error-not-accepted'] as const) {
      const label = (system: Role): string =>
        faultLabel({ kind: 'provider', system, outcome, delayMs: 0, fromMs: 0, untilMs: 1 });
      expect(hasCell(label('service'), 'ON')).toBe(true);
      for (const mode of ['OFF', 'SHADOW', 'ON']) expect(hasCell(label('legacy'), mode)).toBe(true);
    }
  });

  test('a plan covers crashes, redeliveries and breakers in every mode that uses them', () => {
    for (const mode of ['OFF', 'SHADOW', 'ON']) {
      expect(hasCell('crash legacy', mode)).toBe(true);
      expect(hasCell(faultLabel({ kind: 'redelivery', campaign: 'a', atMs: 0 }), mode)).toBe(true);
    }
    for (const mode of ['SHADOW', 'ON']) expect(hasCell('crash service', mode)).toBe(true);
    expect(hasCell(faultLabel({ kind: 'breaker-open', breaker: 'live', fromMs: 0 }), 'ON')).toBe(true);
    expect(hasCell(faultLabel({ kind: 'breaker-open', breaker: 'dry', fromMs: 0 }), 'SHADOW')).toBe(true);
  });

  test.each([1, 2, 3])(
    'a plan has enough messages that enter while the service is unreachable, under seed %i',
    (seed) => {
      const [needed, outOfReach] = [10, ['refuse', faultLabel({ kind: 'breaker-open', breaker: 'live', fromMs: 0 })]];
      const fallbacks = planScenarios({ seed, count: STRATA.length })
        .filter(({ scenario }) => scenario.tenants.every(({ mode }) => mode === 'ON'))
        .filter(
          ({ scenario: { faults } }) => faults.length === 1 && faults.every((f) => outOfReach.includes(faultLabel(f))),
        )
        .flatMap(({ scenario }) => scenario.steps.map((step) => (step.kind === 'entry' ? step.messages : 0)));
      expect(fallbacks.reduce((sum, messages) => sum + messages, 0)).toBeGreaterThan(1.5 * needed);
    },
  );

  test('a plan has faultless scenarios for each mode, for an unknown mode and for no mode', () => {
    const faultless = stratified.filter(({ faults }) => faults.length === 0).flatMap(({ tenants }) => tenants);
    expect(new Set(faultless.map(({ mode }) => mode))).toEqual(new Set(['OFF', 'SHADOW', 'ON', 'on', null]));
  });

  test('the scenarios of a plan end soon after their last window or late message, have few faults, and leave out what only gates use', () => {
    for (const { scenario } of planScenarios({ seed: 5, count: 600 })) {
      expect(lastMomentMs(scenario)).toBeLessThanOrEqual(scenario.name.includes('long after') ? 3_500 : 1_500);
      // A repeated uuid affects only its own message, so it does not count towards the budget.
      const repeated = scenario.faults.flatMap((fault) => (fault.kind === 'repeat' ? [fault.item] : []));
      expect(new Set(repeated).size).toBe(repeated.length);
      expect(scenario.faults.length - repeated.length).toBeLessThanOrEqual(FAULT_BUDGET);
      expect(scenario.faults.map(({ kind }) => kind)).not.toContain('missing-uuid');
      expect(scenario.faults.map(({ kind }) => kind)).not.toContain('tamper');
    }
  });

  test('the windows of faults in a plan open before the traffic, and none closes during the calls of an entry or shortly before an entry', () => {
    for (const { scenario } of planScenarios({ seed: 6, count: 600 })) {
      const entries = scenario.steps.flatMap((step) => (step.kind === 'entry' ? [step.atMs] : []));
      // The strata for breakers call again shortly after the window, while the breaker is OPEN or about to probe.
      const isOfBreaker = BREAKER_STRATA.some(({ title }) => scenario.name.endsWith(title));
      const pauseMs = isOfBreaker ? 150 : 2_000;
      for (const fault of scenario.faults) {
        if (!('untilMs' in fault)) continue;
        expect(fault.fromMs).toBe(0);
        const { untilMs } = fault;
        const isRoomy = (entry: number): boolean =>
          entry < untilMs ? entry + 600 <= untilMs : entry >= untilMs + pauseMs;
        expect(entries.filter((entry) => !isRoomy(entry))).toEqual([]);
      }
    }
  });

  test('the random part of a plan draws every kind of fault, every mode and several tenants', () => {
    const drawn = planScenarios({ seed: 1, count: 600 })
      .filter(({ origin }) => origin === 'random')
      .map(({ scenario }) => scenario);
    expect(new Set(drawn.flatMap(({ faults }) => faults.map(({ kind }) => kind))).size).toBe(10);
    expect(new Set(drawn.flatMap(({ tenants }) => tenants.map(({ mode }) => mode))).size).toBe(5);
    expect(drawn.some(({ tenants }) => tenants.length === 3)).toBe(true);
    expect(drawn.some(({ steps }) => steps.some(({ kind }) => kind === 'flip'))).toBe(true);
  });

  test('the random part of a plan draws similar numbers, campaigns larger than a process sends at once, and accounts with just enough units or one too few', () => {
    const drawn = planScenarios({ seed: 1, count: 1_000, strata: SETTLED_STRATA }).map(({ scenario }) => scenario);
    const entries = drawn.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === 'entry' ? [step] : [])));
    expect(new Set(entries.map(({ numbers }) => numbers))).toEqual(new Set([undefined, 'near', 'equal']));
    expect(entries.some(({ messages }) => messages > 8)).toBe(true);
    const needs = drawn.flatMap(({ tenants, steps }) =>
      tenants.map(({ key, quota }) => {
        const own = steps.map((step) => (step.kind === 'entry' && step.tenant === key ? step.messages : 0));
        return quota - own.reduce((sum, messages) => sum + messages, 0);
      }),
    );
    for (const left of [0, -1]) expect(needs.filter((units) => units === left).length).toBeGreaterThan(20);
  });
});
