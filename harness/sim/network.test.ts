import { beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import type { System } from '../../src/contract/system.ts';
import { openSimLane, type SimLane } from './lane.ts';
import type { SimRun } from './run.ts';
import { toyScenario } from './toy-scenario.fixture.ts';
import { toySystem } from './toy-system.fixture.ts';

const window = { fromMs: 0, untilMs: 1_500 };

/** What the taps, the provider and the caller observed in a run. */
function seenIn(run: SimRun): { outcome: string; wire: string[]; accepts: string[]; elapsedMs: number } {
  const { events } = run.history;
  const log = events.find((event) => event.kind === 'log');
  const response = events.find((event) => event.kind === 'user-response');
  return {
    outcome: log?.kind === 'log' ? log.line.replace('outcome ', '') : '',
    wire: events.flatMap((event) => {
      if (event.kind === 'request') return [`${event.tap} request`];
      if (event.kind === 'answer') return [`${event.tap} answer ${event.status}`];
      if (event.kind === 'call-failed') return [`${event.tap} ended by ${event.by}, ${event.how}`];
      return [];
    }),
    accepts: events.flatMap((event) => (event.kind === 'accept' ? [event.system] : [])),
    elapsedMs: response?.kind === 'user-response' ? response.elapsedMs : -1,
  };
}

/** A toy whose service logs whether its caller is present when a request arrives, and when the caller leaves. */
function watchfulSystem(): System {
  const toy = toySystem();
  return {
    ...toy,
    boot(env, role) {
      const app = toy.boot(env, role);
      return {
        handle(request, caller) {
          if (role === 'service') {
            env.log(caller.isGone ? 'found gone' : 'found waiting');
            caller.onGone(() => env.log('went'));
          }
          return app.handle(request, caller);
        },
      };
    },
  };
}

describe('the simulated network', () => {
  let lane: SimLane;
  beforeAll(async () => {
    lane = await openSimLane(toySystem());
  });

  const table: readonly (readonly [string, Fault, string, readonly string[], readonly string[]])[] = [
    [
      'a late request reaches the service after the caller has left',
      { kind: 'latency', stream: 'upstream', latencyMs: 700, jitterMs: 0, ...window },
      'timeout',
      ['front request', 'front ended by client, fin', 'back request', 'back ended by client, fin'],
      ['legacy', 'service'],
    ],
    [
      'a late answer arrives after the caller has left',
      { kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, ...window },
      'timeout',
      ['front request', 'back request', 'back answer 200', 'front ended by client, fin'],
      ['service', 'legacy'],
    ],
    [
      "a lost request ends in the caller's timeout",
      { kind: 'blackhole', stream: 'upstream', ...window },
      'timeout',
      ['front request', 'front ended by client, fin'],
      ['legacy'],
    ],
    [
      "a lost answer ends in the caller's timeout, after the service has sent",
      { kind: 'blackhole', stream: 'downstream', ...window },
      'timeout',
      ['front request', 'back request', 'back answer 200', 'front ended by client, fin'],
      ['service', 'legacy'],
    ],
    [
      'a reset of the request keeps it from the service',
      { kind: 'reset', stream: 'upstream', ...window },
      'reset',
      ['front request', 'front ended by server, rst'],
      ['legacy'],
    ],
    [
      'a reset of the answer happens after the service has sent',
      { kind: 'reset', stream: 'downstream', ...window },
      'reset',
      ['front request', 'back request', 'back answer 200', 'front ended by server, rst'],
      ['service', 'legacy'],
    ],
    [
      'a cut request does not reach the service',
      { kind: 'cut', stream: 'upstream', bytes: 40, ...window },
      'closed',
      ['front request', 'front ended by server, fin', 'back ended by client, fin'],
      ['legacy'],
    ],
    [
      'a cut answer is truncated',
      { kind: 'cut', stream: 'downstream', bytes: 40, ...window },
      'truncated',
      ['front request', 'back request', 'back answer 200', 'front ended by server, fin'],
      ['service', 'legacy'],
    ],
    [
      'a cut beyond the end of an answer has no effect',
      { kind: 'cut', stream: 'downstream', bytes: 100_000, ...window },
      '200',
      ['front request', 'back request', 'back answer 200', 'front answer 200'],
      ['service'],
    ],
    ['a refused connection is seen by no tap', { kind: 'refuse', ...window }, 'refused', [], ['legacy']],
    [
      'a provider that rejects the message of the service leaves it unsent',
      { kind: 'provider', system: 'service', outcome: 'reject', delayMs: 0, ...window },
      '200',
      ['front request', 'back request', 'back answer 200', 'front answer 200'],
      [],
    ],
    [
      'a slow provider accepts although the service has answered',
      { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 900, ...window },
      '200',
      ['front request', 'back request', 'back answer 200', 'front answer 200'],
      ['service'],
    ],
    [
      'a service that is down closes the connection',
      { kind: 'crash', process: 'service', atMs: 50, restartAfterMs: 1_000 },
      'closed',
      ['front request', 'back ended by server, fin', 'front ended by server, fin'],
      ['legacy'],
    ],
  ];

  test.each(table)('the simulated network: %s', async (...row) => {
    const [, fault, outcome, wire, accepts] = row;
    const seen = seenIn(await lane.simulate(toyScenario({ faults: [fault] })));
    expect({ outcome: seen.outcome, wire: seen.wire, accepts: seen.accepts }).toEqual({ outcome, wire, accepts });
  });

  test.each(['latency', 'blackhole'] as const)(
    'a %s does not delay the end of a call to a service that is down or crashes',
    async (kind) => {
      const slow: Fault =
        kind === 'latency'
          ? { kind, stream: 'upstream', latencyMs: 400, jitterMs: 0, ...window }
          : { kind, stream: 'upstream', ...window };
      const crash = { kind: 'crash', process: 'service', restartAfterMs: 200 } as const;
      for (const [atMs, elapsedMs] of [
        [50, 0],
        [250, 150],
      ] as const) {
        const seen = seenIn(await lane.simulate(toyScenario({ faults: [slow, { ...crash, atMs }] })));
        expect(seen).toMatchObject({ outcome: 'closed', accepts: ['legacy'] });
        expect(seen.wire).not.toContain('back request');
        expect(seen.elapsedMs).toBeCloseTo(elapsedMs, -1);
      }
    },
  );

  test('the budget is exact to the microsecond in the simulated network', async () => {
    const faults: Fault[] = [{ kind: 'blackhole', stream: 'downstream', ...window }];
    const run = await lane.simulate(toyScenario({ faults }));
    const failed = run.history.events.find((event) => event.kind === 'call-failed');
    expect(failed).toMatchObject({ tap: 'front', elapsedMs: 500 });
  });

  test('healing a latency releases what it held, and healing a blackhole ends its connections', async () => {
    const heal = { fromMs: 0, untilMs: 300 };
    const held = seenIn(
      await lane.simulate(
        toyScenario({ faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 5_000, jitterMs: 0, ...heal }] }),
      ),
    );
    expect(held.outcome).toBe('200');
    expect(held.elapsedMs).toBeCloseTo(200, 0);
    const lost = seenIn(
      await lane.simulate(toyScenario({ faults: [{ kind: 'blackhole', stream: 'downstream', ...heal }] })),
    );
    expect(lost.outcome).toBe('closed');
  });

  test('a decision can place an answer on either side of the end of the budget', async () => {
    const outcomeAt = async (choice: string): Promise<string> =>
      seenIn(await lane.simulate(toyScenario(), { deviations: [{ site: 'answer', key: 'c#1', attempt: 0, choice }] }))
        .outcome;
    expect(await outcomeAt('just-before-budget')).toBe('200');
    expect(await outcomeAt('at-budget')).toBe('timeout');
    expect(await outcomeAt('just-after-budget')).toBe('timeout');
    expect(await outcomeAt('drip')).toBe('timeout');
  });

  test('a duplicated request is delivered twice, and its caller gets one answer', async () => {
    const run = await lane.simulate(toyScenario(), {
      deviations: [{ site: 'request', key: 'c#1', attempt: 0, choice: 'duplicate' }],
    });
    expect(seenIn(run)).toMatchObject({
      outcome: '200',
      accepts: ['service', 'service'],
      wire: ['front request', 'back request', 'back request', 'back answer 200', 'back answer 200', 'front answer 200'],
    });
  });

  test.each<readonly [string, readonly Fault[], readonly string[]]>([
    ['waits until it is answered', [], ['found waiting']],
    ['has left when its request arrives', [lateBy('upstream', 700)], ['found gone']],
    ['leaves at its timeout during a slow send', [lateBy('upstream', 300), slow], ['found waiting', 'went']],
    [
      'leaves when its process crashes',
      [slow, { kind: 'crash', process: 'legacy', atMs: 150, restartAfterMs: 200 }],
      ['found waiting', 'went'],
    ],
    ['leaves when its answer is already on the way', [lateBy('downstream', 700)], ['found waiting']],
  ])('the service observes a caller that %s', async (_, faults, seen) => {
    const watchful = await openSimLane(watchfulSystem());
    const { history } = await watchful.simulate(toyScenario({ faults: [...faults] }));
    const logged = history.events.flatMap((event) =>
      event.kind === 'log' && event.process === 'service' ? [event.line] : [],
    );
    expect(logged).toEqual(seen);
  });
});

const slow: Fault = { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 900, ...window };

function lateBy(stream: 'upstream' | 'downstream', latencyMs: number): Fault {
  return { kind: 'latency', stream, latencyMs, jitterMs: 0, ...window };
}
