// The reference benchmark's workload on vitest's fake timers: the same world, system and checkers, but each event of the engine is such a
// timer. It is a test because these timers exist only in vitest.
import { expect, test, vi } from 'vitest';
import { system } from '../../src/reference.ts';
import type { Engine, ScheduleOptions } from '../sim/engine.ts';
import type { ScheduledEvent } from '../sim/incarnation.ts';
import { prepareLane } from '../sim/lane.ts';
import { prepareRun } from '../sim/run.ts';
import { serveRounds } from './served-rounds.ts';
import { judgeAll, rounds } from './sim-reference-workload.ts';

/** Replaces the engine's queue with timers. Each virtual microsecond is a millisecond of the timers, because they have no shorter unit. */
function driveByTimers(engine: Engine): void {
  const timers = new Map<ScheduledEvent, NodeJS.Timeout>();
  let restWaiters: (() => void)[] = [];
  const restIfDone = (): void => {
    if ([...timers.keys()].some((event) => !event.isIdle)) return;
    for (const resolve of restWaiters) resolve();
    restWaiters = [];
  };
  /** Calls `restIfDone` after the microtasks of the current event. */
  const restSoon = (): void => {
    if (restWaiters.length > 0) setTimeout(restIfDone, 0);
  };
  Object.assign(engine, {
    schedule(delayMicros: number, run: () => void, options?: ScheduleOptions): ScheduledEvent {
      const atMicros = engine.clock.nowMicros + delayMicros;
      const { owner, isIdle = false, what = '' } = options ?? {};
      const event = { atMicros, sequence: 0, run, owner, isIdle, what };
      const happen = (): void => {
        timers.delete(event);
        engine.clock.advanceTo(atMicros);
        if (event.owner?.isAlive !== false) run();
        restSoon();
      };
      timers.set(event, setTimeout(happen, delayMicros));
      return event;
    },
    cancel(event: ScheduledEvent): void {
      clearTimeout(timers.get(event));
      timers.delete(event);
      restSoon();
    },
    rest: () =>
      new Promise<void>((resolve) => {
        restWaiters.push(resolve);
        restIfDone();
      }),
  });
}

test('the reference runs on fake timers', async () => {
  vi.useFakeTimers();
  const preparation = prepareLane(system);
  let accepted = 0;
  await serveRounds(async (count) => {
    for (const { scenario } of rounds(count)) {
      const ready = prepareRun(preparation, scenario, {});
      driveByTimers(ready.engine);
      const done = ready.main();
      await vi.runAllTimersAsync();
      await done;
      const run = ready.conclude({ kind: 'finished' }, []);
      judgeAll(run);
      accepted = run.history.events.filter((event) => event.kind === 'accept').length;
    }
  });
  vi.useRealTimers();
  expect(accepted).toBe(1);
}, 600_000);
