import { describe, expect, test } from 'vitest';
import { historyDocument, historyHash, type History } from '../formats/history.ts';
import { checkDocument } from '../formats/document.ts';
import type { Env } from '../../src/contract/env.ts';
import type { Fault } from '../formats/fault.ts';
import { observedRun, openSimLane, type SimLane, type SimLaneOptions } from './lane.ts';
import { randomChooser } from './random-chooser.fixture.ts';
import type { SimCase, SimRun } from './run.ts';
import { WORLD_SITES } from './sites.ts';
import { STORE_SITES } from './store/store-sites.ts';
import { toyScenario } from './toy-scenario.fixture.ts';
import { toySystem, type ToyOptions } from './toy-system.fixture.ts';

function openToy(options: Partial<SimLaneOptions> = {}, toy: ToyOptions = {}): Promise<SimLane> {
  return openSimLane(toySystem(toy), options);
}

function hashOf({ history }: SimRun): string {
  return historyHash(history);
}

function kindsOf(history: History): string[] {
  return history.events.map((event) => event.kind);
}

function acceptsOf(history: History): string[] {
  return history.events.flatMap((event) => (event.kind === 'accept' ? [event.system] : []));
}

describe('the sim lane', () => {
  test('the sim lane records a run as a valid history with the kinds of events of the live lane', async () => {
    const lane = await openToy();
    const { history, deviations, anomalies } = observedRun(await lane.simulate(toyScenario()));
    expect([deviations, anomalies]).toEqual([[], []]);
    expect(() => checkDocument(historyDocument, history, 'history')).not.toThrow();
    expect(kindsOf(history)).toEqual([
      'balance',
      'privileges',
      'trigger',
      'row',
      'entry',
      'request',
      'request',
      'attempt',
      'accept',
      'answer',
      'answer',
      'log',
      'user-response',
      'recover',
      'quiescent',
      'balance',
    ]);
  });

  test('runs of two lanes at once leave the listeners of the process unchanged', async () => {
    const before = process.listeners('unhandledRejection');
    const lanes = [await openToy(), await openToy()];
    await Promise.all(lanes.map((lane) => lane.simulate(toyScenario())));
    expect(process.listeners('unhandledRejection')).toEqual(before);
  });

  test('a run gives the same history when it is repeated, on every drain and in another lane', async () => {
    const scenario = toyScenario({
      messages: 3,
      faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 450, jitterMs: 100, fromMs: 0, untilMs: 1_500 }],
    });
    const lane = await openToy();
    const first = hashOf(await lane.simulate(scenario));
    expect(hashOf(await lane.simulate(scenario))).toBe(first);
    for (const drain of ['checkpoint', 'tick', 'bounce'] as const) {
      const other = await openToy({ drain });
      expect(hashOf(await other.simulate(scenario))).toBe(first);
    }
    expect(hashOf(await lane.simulate(toyScenario({ messages: 3, seed: 2 })))).not.toBe(first);
  });

  test('random deviations are the same on both kinds of drain, and replay from their list', async () => {
    const [fast, plain] = [await openToy({ drain: 'checkpoint' }), await openToy({ drain: 'bounce' })];
    for (let seed = 1; seed <= 40; seed += 1) {
      const scenario = toyScenario({ messages: 2, seed });
      const options = () => ({ chooser: randomChooser({ seed, probability: 0.1, budget: 3 }) });
      const run = await fast.simulate(scenario, options());
      expect(hashOf(await plain.simulate(scenario, options()))).toBe(hashOf(run));
      expect(hashOf(await fast.simulate(scenario, { deviations: run.deviations }))).toBe(hashOf(run));
      expect(run.anomalies).toEqual([]);
      expect(() => checkDocument(historyDocument, run.history, 'history')).not.toThrow();
    }
  });

  test('one late answer makes the unprotected toy send twice', async () => {
    const lane = await openToy();
    const run = await lane.simulate(toyScenario(), {
      deviations: [{ site: 'answer', key: 'c#1', attempt: 0, choice: 'delay' }],
    });
    expect(acceptsOf(run.history)).toEqual(['service', 'legacy']);
    expect(run.history.scenario.faults.map((fault) => fault.kind)).toEqual(['latency']);
    expect(kindsOf(run.history)).toContain('fault-applied');
  });

  test('every choice of every site of the world and its database can be taken, and its run ends in quiescence', async () => {
    const lane = await openToy();
    const scenario = toyScenario({ messages: 2, serviceInstances: 2 });
    const recording = await lane.simulate(scenario, { isRecording: true });
    const met = new Map(recording.points.map((point) => [point.site.name, point]));
    const sites = [...WORLD_SITES, ...STORE_SITES];
    const unmet = sites.filter((site) => !met.has(site.name)).map((site) => site.name);
    // The toy never has events of two processes at one instant, and reads from no replica.
    expect(unmet).toEqual(['tie', 'replica']);
    for (const { site, key, attempt } of met.values()) {
      for (const choice of site.choices.slice(1)) {
        const run = await lane.simulate(scenario, { deviations: [{ site: site.name, key, attempt, choice }] });
        expect(run.deviations, `${site.name} ${choice}`).toHaveLength(1);
        expect(run.anomalies, `${site.name} ${choice}`).toEqual([]);
        expect(kindsOf(run.history), `${site.name} ${choice}`).toContain('quiescent');
      }
    }
  });
});

test('a run records when its flagged modes can make a difference: reads, flips, triggers, entries, and the end of all faults', async () => {
  const readFlags = async ({ store }: Env): Promise<void> => {
    await store.transaction((tx) => tx.select('feature_flags', {}));
  };
  const lane = await openToy({}, { atEntry: readFlags });
  const flip = { site: 'legacy', key: 'legacy-1', attempt: 0, choice: 'flip' };
  const run = await lane.simulate(toyScenario(), { deviations: [flip] });
  const at = (kind: string): number => run.history.events.find((event) => event.kind === kind)?.latest ?? 0;
  // The user's request takes 200 microseconds, and so does the answer; a statement arrives 50 after it was sent.
  const [written] = run.history.events.flatMap((event) => (event.kind === 'entry' ? [event.statementEarliest] : []));
  const [read, flipped, committed] = [100_250, 100_250, at('flip') - 50];
  const inOrder = (times: readonly number[]): number[] => times.toSorted((a, b) => a - b);
  const expected = [read, flipped, committed, at('trigger'), written ?? 0, at('entry'), at('user-response')];
  expect(inOrder(run.flagUses())).toEqual(inOrder(expected));
});

describe('runs side by side', () => {
  /** The index of the run in which the clock of the legacy app is ahead. */
  const LATE = 5;
  /** Runs of different lengths. */
  const requests = (): SimCase[] =>
    Array.from({ length: 6 }, (_, index) => ({
      scenario: toyScenario({
        messages: 1 + (index % 3),
        seed: index,
        skewMicros: { legacy: index === LATE ? 20_000_000 : 0, service: 0 },
      }),
      chooser: randomChooser({ seed: index, probability: 0.1, budget: 3 }),
    }));
  const runAll = async (lane: SimLane, together: number): Promise<SimRun[]> => {
    const asked = requests().values();
    const runs: SimRun[] = [];
    await lane.explore(
      () => asked.next().value,
      (run) => runs.push(run),
      together,
    );
    return runs;
  };
  const isLate = (env: Env): boolean => env.now() > 10_000_000;

  test.each(['checkpoint', 'bounce'] as const)(
    'runs side by side have the same results as alone, on the %s drain',
    async (drain) => {
      const lane = await openToy({ drain });
      const alone = await runAll(lane, 1);
      const together = await runAll(lane, 6);
      expect(together.map(hashOf)).toEqual(alone.map(hashOf));
      expect(together.map((run) => run.deviations)).toEqual(alone.map((run) => run.deviations));
      expect(new Set(alone.map((run) => run.events)).size).toBeGreaterThan(1);
    },
  );

  test.each([
    ['forbidden-call', () => void Date.now()],
    ['unhandled-rejection', () => void Promise.reject(new Error('no handler'))],
  ])('a %s in one of several runs side by side is attributed to that run alone', async (kind, call) => {
    const lane = await openToy({}, { atEntry: (env) => (isLate(env) ? call() : undefined) });
    const troubled = (run: SimRun): string[] => run.anomalies.map((anomaly) => anomaly.kind);
    const alone = await runAll(lane, 1);
    expect(alone.map(troubled).findIndex((kinds) => kinds.includes(kind))).toBe(LATE);
    const together = await runAll(lane, 6);
    expect(together.map(troubled)).toEqual(alone.map(troubled));
    expect(together.map((run) => run.deviations)).toEqual(alone.map((run) => run.deviations));
  });
});

describe('the processes of the sim lane', () => {
  test('a crash of the legacy app during a call leaves the user without an answer, and the service still gets the request', async () => {
    const lane = await openToy();
    const faults: Fault[] = [
      { kind: 'latency', stream: 'upstream', latencyMs: 200, jitterMs: 0, fromMs: 0, untilMs: 1_000 },
      { kind: 'crash', process: 'legacy', atMs: 150, restartAfterMs: 100 },
    ];
    const { history } = await lane.simulate(toyScenario({ faults }));
    expect(history.events.find((event) => event.kind === 'user-response')).toMatchObject({ status: null });
    expect(acceptsOf(history)).toEqual(['service']);
    expect(history.events.filter((event) => event.kind === 'call-failed')).toMatchObject([
      { tap: 'front', by: 'client', requestComplete: true },
      { tap: 'back', by: 'client' },
    ]);
  });

  test('a process reads its clock with the skew that its scenario sets', async () => {
    const seen: number[] = [];
    const lane = await openToy({}, { atEntry: (env) => void seen.push(env.now()) });
    await lane.simulate(toyScenario());
    await lane.simulate(toyScenario({ skewMicros: { legacy: -800_000, service: 0 } }));
    expect((seen[1] ?? 0) - (seen[0] ?? 0)).toBe(-800_000);
  });
});

test('a request reaches the second service process only in a scenario that has two', async () => {
  const lane = await openToy();
  const second = { site: 'route', key: 'c#1', attempt: 0, choice: 'second' };
  const met = async (serviceInstances: 1 | 2): Promise<number> => {
    const run = await lane.simulate(toyScenario({ serviceInstances }), { deviations: [second] });
    expect(acceptsOf(run.history)).toEqual(['service']);
    return run.deviations.length;
  };
  expect([await met(1), await met(2)]).toEqual([0, 1]);
});

describe('self-checks of the sim lane', () => {
  const troublesAfter = async (
    atEntry: (env: Env) => Promise<void> | void,
    options: Partial<SimLaneOptions> = {},
  ): Promise<SimRun['anomalies']> => {
    const lane = await openToy(options, { atEntry });
    return (await lane.simulate(toyScenario())).anomalies;
  };

  test.each([
    ['Date.now', () => void Date.now()],
    ['Math.random', () => void Math.random()],
    ['setTimeout', () => void setTimeout(() => {}, 1)],
    ['fetch', () => void fetch('http://127.0.0.1:9')],
    ['crypto.randomUUID', () => void crypto.randomUUID()],
  ])('%s is an anomaly while a run is under way, and works again after it', async (name, call) => {
    const { now } = Date;
    expect(await troublesAfter(call)).toMatchObject([
      { kind: 'forbidden-call', message: expect.stringContaining(name) },
    ]);
    expect(Date.now).toBe(now);
    expect(Math.random()).toBeLessThan(1);
  });

  test.each(['checkpoint', 'bounce'] as const)(
    'the callback that gets a run can use the real world, on the %s drain',
    async (drain) => {
      const lane = await openToy({ drain });
      const asked = [{ scenario: toyScenario() }, { scenario: toyScenario() }].values();
      const times: number[] = [];
      await lane.explore(
        () => asked.next().value,
        (run) => {
          times.push(Date.now());
          expect(run.anomalies).toEqual([]);
        },
      );
      expect(times).toHaveLength(2);
    },
  );

  test.each(['checkpoint', 'tick', 'bounce'] as const)(
    'unhandled promise rejections are anomalies on the %s drain',
    async (drain) => {
      const stray = (): void => void Promise.reject(new Error('no handler'));
      expect(await troublesAfter(stray, { drain })).toMatchObject([
        { kind: 'unhandled-rejection', message: expect.stringContaining('no handler') },
      ]);
    },
  );

  test('spawned work that fails is an anomaly and a line in the log', async () => {
    const lane = await openToy(
      {},
      { atEntry: (env) => env.spawn('background', () => Promise.reject(new Error('lost'))) },
    );
    const run = await lane.simulate(toyScenario());
    expect(run.anomalies).toMatchObject([
      { kind: 'unhandled-rejection', message: expect.stringContaining('background: lost') },
    ]);
    expect(run.history.events).toContainEqual(
      expect.objectContaining({ kind: 'log', line: 'UNHANDLED_REJECTION: background: lost' }),
    );
  });

  test('a request that waits when no event is left is a deadlock', async () => {
    expect(await troublesAfter(() => new Promise<void>(() => {}))).toMatchObject([{ kind: 'deadlock' }]);
  });

  test('a call to a host other than the service and the provider is reported and refused', async () => {
    const outcomes: unknown[] = [];
    const call = async (env: Env): Promise<void> => {
      outcomes.push(await env.http.post({ url: 'http://example.com/', body: '', headers: {}, timeouts: {} }));
    };
    expect(await troublesAfter(call)).toMatchObject([{ kind: 'egress' }]);
    expect(outcomes).toMatchObject([{ kind: 'failure', reason: 'refused', definite: true }]);
  });

  test.each([
    ['out-of-events', { events: 12, virtualMicros: 60_000_000 }],
    ['out-of-time', { events: 10_000, virtualMicros: 500_000 }],
  ])('a run that is %s never counts as quiescent', async (kind, bounds) => {
    const lane = await openToy({ bounds });
    const run = await lane.simulate(toyScenario());
    expect(run.anomalies).toMatchObject([{ kind }]);
    expect(kindsOf(run.history)).toContain('observer-problem');
    expect(kindsOf(run.history)).not.toContain('quiescent');
  });
});
