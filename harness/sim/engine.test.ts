import { beforeAll, describe, expect, test } from 'vitest';
import { type Drain, openDrain, outsideMicrotasks } from './drain.ts';
import { Engine, type EngineEnding } from './engine.ts';
import { Incarnation } from './incarnation.ts';
import { runAlone } from './batch.ts';

const BOUNDS = { events: 1_000, virtualMicros: 10_000_000 };

const sleeper = (engine: Engine, owner?: Incarnation) => (ms: number) =>
  new Promise<void>((resolve) => {
    engine.schedule(ms * 1_000, resolve, { owner });
  });

/** Runs `main` on an engine with a given drain. */
function runOn(drain: Drain, engine: Engine, main: () => Promise<void>): Promise<EngineEnding> {
  return outsideMicrotasks(() => runAlone(engine, main, drain)).then((ending) => ending);
}

const process = (): Incarnation => new Incarnation({ role: 'service', instance: 1, life: 1 });

describe.each(['checkpoint', 'bounce'] as const)('the engine on the %s drain', (name) => {
  let drain: Drain;
  beforeAll(async () => {
    drain = await openDrain(name);
  });

  test('the engine moves the clock from event to event, and all microtasks of an event run before the next event', async () => {
    const engine = new Engine(BOUNDS);
    const sleep = sleeper(engine);
    const seen: string[] = [];
    const job = async (label: string, ms: number): Promise<void> => {
      await sleep(ms);
      for (let count = 0; count < 20; count += 1) await Promise.resolve();
      seen.push(`${label}@${engine.clock.nowMicros}`);
    };
    const ending = await runOn(drain, engine, async () => {
      await Promise.all([job('a', 2), job('b', 1), job('c', 1)]);
    });
    expect(ending).toEqual({ kind: 'finished' });
    expect(seen).toEqual(['b@1000', 'c@1000', 'a@2000']);
  });

  test('an event does not wake a process that has ended', async () => {
    const engine = new Engine(BOUNDS);
    const owner = process();
    let woken = false;
    await runOn(drain, engine, async () => {
      const work = async (): Promise<void> => {
        await sleeper(engine, owner)(5);
        woken = true;
      };
      void work();
      await sleeper(engine)(1);
      engine.end(owner);
      await engine.rest();
    });
    expect(woken).toBe(false);
  });

  test('a paused process handles the events that came up meanwhile in order when it resumes', async () => {
    const engine = new Engine(BOUNDS);
    const owner = process();
    const sleep = sleeper(engine, owner);
    const seen: string[] = [];
    await runOn(drain, engine, async () => {
      for (const ms of [3, 1, 2]) void sleep(ms).then(() => seen.push(`${ms}@${engine.clock.nowMicros}`));
      owner.isPaused = true;
      await sleeper(engine)(10);
      engine.resume(owner);
      await engine.rest();
    });
    expect(seen).toEqual(['1@10000', '2@10000', '3@10000']);
  });

  test('the second of two processes at one instant goes first if the decision at that instant says so', async () => {
    const seen: string[] = [];
    const engine = new Engine(BOUNDS);
    engine.hooks = { reversesTie: () => seen.push(`asked@${engine.clock.nowMicros}`) > 0 };
    const [first, second] = [process(), process()];
    await runOn(drain, engine, async () => {
      for (const [label, owner] of [['first', first] as const, ['second', second] as const]) {
        void sleeper(engine, owner)(3).then(() => seen.push(`${label}@${engine.clock.nowMicros}`));
      }
      await engine.rest();
    });
    expect(seen).toEqual(['asked@3000', 'second@3000', 'first@3000']);
  });

  test('two processes at one instant are a tie even with an event of the world or of a dead process between them', async () => {
    const seen: string[] = [];
    const engine = new Engine(BOUNDS);
    engine.hooks = { reversesTie: () => seen.push('asked') > 0 };
    const [first, dead, second] = [process(), process(), process()];
    await runOn(drain, engine, async () => {
      const queue: [string, Incarnation?][] = [['first', first], ['world'], ['dead', dead], ['second', second]];
      for (const [label, owner] of queue) void sleeper(engine, owner)(3).then(() => seen.push(label));
      engine.end(dead);
      await engine.rest();
    });
    expect(seen).toEqual(['asked', 'second', 'first', 'world']);
  });

  test('a run whose main work waits when no event is left ends as stuck', async () => {
    expect(await runOn(drain, new Engine(BOUNDS), () => new Promise<void>(() => {}))).toEqual({ kind: 'stuck' });
  });

  test('a run that exceeds its bound of events or of time is not a success', async () => {
    const endless = (ms: number) => async (): Promise<void> => {
      for (;;) await sleeper(current)(ms);
    };
    let current = new Engine(BOUNDS);
    expect((await runOn(drain, current, endless(0))).kind).toBe('out-of-events');
    current = new Engine(BOUNDS);
    expect((await runOn(drain, current, endless(1_000))).kind).toBe('out-of-time');
  });

  test('an error of the main work is reported', async () => {
    const error = new Error('broken');
    expect(await runOn(drain, new Engine(BOUNDS), () => Promise.reject(error))).toEqual({ kind: 'failed', error });
  });

  test('quiescence waits for all events except idle waiting', async () => {
    const engine = new Engine(BOUNDS);
    await runOn(drain, engine, async () => {
      engine.schedule(9_000_000, () => {}, { isIdle: true });
      void sleeper(engine)(40);
      await engine.rest();
    });
    expect(engine.clock.nowMicros).toBe(40_000);
  });

  test('the events of a process that has ended do not delay quiescence', async () => {
    const engine = new Engine(BOUNDS);
    const owner = process();
    const ending = await runOn(drain, engine, async () => {
      void sleeper(engine, owner)(5);
      engine.end(owner);
      await engine.rest();
    });
    expect(ending).toEqual({ kind: 'finished' });
  });
});
