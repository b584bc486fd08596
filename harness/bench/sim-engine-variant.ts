// One variant of the simulator's benchmarks, in a process of its own: `node sim-engine-variant.js VARIANT`.
import { sample, scheduler as schedulerArbitrary } from 'fast-check';
import { startVitest } from 'vitest/node';
import { packageRoot } from '../formats/compiled-module.ts';
import { referenceInLane } from './sim-reference-workload.ts';
import { type DrainName, openDrain, outsideMicrotasks } from '../sim/drain.ts';
import { Engine } from '../sim/engine.ts';
import { runAlone, runTogetherNow } from '../sim/side-by-side.ts';
import { measure, resultLine, round, type TimePrimitives } from './sim-workload.ts';

const BOUNDS = { events: Number.POSITIVE_INFINITY, virtualMicros: Number.POSITIVE_INFINITY };

async function engineOn(name?: DrainName): Promise<number> {
  const drain = await openDrain(name);
  return measure(async (count) => {
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

/** fast-check's scheduler knows no time: a sleep is one task, and a timeout another, which may come first. */
async function scheduler(): Promise<number> {
  return measure(async (count) => {
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

/** Vitest prints the result itself. */
async function fakeTimers(workload: string): Promise<undefined> {
  const vitest = await startVitest('test', [], {
    config: false,
    root: packageRoot,
    include: [`harness/bench/${workload}.workload.ts`],
    watch: false,
    reporters: ['dot'],
  });
  await vitest.close();
  return undefined;
}

const VARIANTS: Readonly<Record<string, () => Promise<number | undefined>>> = {
  engine: () => engineOn(),
  'engine-bounce': () => engineOn('bounce'),
  'fc-scheduler': scheduler,
  'fake-timers': () => fakeTimers('sim-fake-timers'),
  reference: referenceInLane,
  'reference-on-fake-timers': () => fakeTimers('sim-reference-timers'),
};

const run = VARIANTS[process.argv[2] ?? ''];
if (run === undefined) throw new Error(`expected a variant of ${Object.keys(VARIANTS).join(', ')}`);
const micros = await run();
if (micros !== undefined) process.stdout.write(`${resultLine(micros)}\n`);
