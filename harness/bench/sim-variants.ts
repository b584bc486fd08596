// The variants of the simulator's benchmarks: each serves rounds of the same work, on another engine.
import { sample, scheduler as schedulerArbitrary } from 'fast-check';
import { startVitest } from 'vitest/node';
import { packageRoot } from '../platform/compiled-module.ts';
import { referenceInLane } from './sim-reference-workload.ts';
import { type DrainName, openDrain, outsideMicrotasks } from '../sim/drain.ts';
import { Engine } from '../sim/engine.ts';
import { runAlone, runTogetherNow } from '../sim/batch.ts';
import { serveRounds } from './served-rounds.ts';
import { round, type TimePrimitives } from './sim-workload.ts';

const BOUNDS = { events: Number.POSITIVE_INFINITY, virtualMicros: Number.POSITIVE_INFINITY };

async function engineOn(name?: DrainName): Promise<void> {
  const drain = await openDrain(name);
  return serveRounds(async (count) => {
    if (drain.isSynchronous) {
      await outsideMicrotasks(() => {
        for (let index = 0; index < count; index += 1) {
          const engine = new Engine(BOUNDS);
          runTogetherNow([{ engine, main: () => round(primitivesOf(engine)) }], drain);
        }
      });
      return;
    }
    for (let index = 0; index < count; index += 1) {
      const engine = new Engine(BOUNDS);
      await runAlone(engine, () => round(primitivesOf(engine)), drain);
    }
  });
}

function primitivesOf(engine: Engine): TimePrimitives {
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        engine.schedule(ms * 1_000, resolve);
      }),
    within: (ms, work) =>
      new Promise((resolve, reject) => {
        const timer = engine.schedule(ms * 1_000, () => resolve(undefined));
        work.then((value) => {
          engine.cancel(timer);
          return resolve(value);
        }, reject);
      }),
  };
}

/** fast-check's scheduler has no clock: a sleep is one task, and a timeout is another task, which can happen first. */
async function scheduler(): Promise<void> {
  return serveRounds(async (count) => {
    for (let index = 0; index < count; index += 1) {
      const [tasks] = sample(schedulerArbitrary(), { numRuns: 1, seed: index });
      if (tasks === undefined) throw new Error('expected a scheduler, received none');
      const done = round({
        sleep: () => tasks.schedule(Promise.resolve()),
        within: (_, work) => Promise.race([work, tasks.schedule(Promise.resolve(undefined))]),
      });
      await tasks.waitIdle();
      await done;
    }
  });
}

/** Starts vitest with a workload file, whose test serves the rounds. */
async function fakeTimers(workload: string): Promise<void> {
  const vitest = await startVitest('test', [], {
    config: false,
    root: packageRoot,
    include: [`harness/bench/${workload}.workload.ts`],
    watch: false,
    reporters: ['dot'],
  });
  await vitest.close();
}

/** The function that serves the rounds of each variant. */
export const VARIANTS = {
  engine: () => engineOn(),
  'engine-bounce': () => engineOn('bounce'),
  'fc-scheduler': scheduler,
  'fake-timers': () => fakeTimers('sim-fake-timers'),
  reference: referenceInLane,
  'reference-on-fake-timers': () => fakeTimers('sim-reference-timers'),
} as const satisfies Readonly<Record<string, () => Promise<void>>>;
