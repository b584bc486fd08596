// Calls to a thread that runs compiled code.
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import type { Division } from './calculator.fixture.ts';
import { compiledModule } from './compiled-module.ts';
import { InfrastructureError } from './errors.ts';
import { CallableWorker } from './worker-calls.ts';

let thread: CallableWorker<Division, number, string>;

function start(module = './calculator.fixture.ts'): string[] {
  const events: string[] = [];
  thread = new CallableWorker(new Worker(compiledModule(import.meta.url, module)), (event) => events.push(event));
  return events;
}

afterEach(() => thread.terminate());

describe('a call to a worker thread', () => {
  test('a call to a worker thread gets its own answer, and an event that was sent before an answer arrives before it', async () => {
    const events = start();
    const late = thread.call({ dividend: 8, divisor: 2, afterMs: 20 });
    expect(await thread.call({ dividend: 9, divisor: 3 })).toBe(3);
    expect(events).toEqual(['9 / 3']);
    expect(await late).toBe(4);
    expect(events).toEqual(['9 / 3', '8 / 2']);
  });

  test('a call to a worker thread throws the error of the thread to its caller only', async () => {
    start();
    const negative = thread.call({ dividend: 1, divisor: -1 });
    const fine = thread.call({ dividend: 1, divisor: 1 });
    await expect(negative).rejects.toThrow(RangeError);
    expect(await fine).toBe(1);
    expect(thread.endedBecause).toBeUndefined();
  });

  test('a call to a worker thread keeps the message and the hint of an operating error', async () => {
    start();
    const error: unknown = await thread.call({ dividend: 1, divisor: 0 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InfrastructureError);
    expect(error).toMatchObject({ message: 'division by zero', hint: 'divide by one' });
  });

  test('a call to a worker thread fails with the reason when the thread ends, and so do later ones', async () => {
    start();
    const pending = [1, Number.NaN, 3].map((dividend) => thread.call({ dividend, divisor: 1, afterMs: 10_000 }));
    await Promise.all(pending.map((call) => expect(call).rejects.toThrow('the thread ended with code 7')));
    await expect(thread.call({ dividend: 1, divisor: 1 })).rejects.toThrow('the thread ended with code 7');
    expect((await thread.ended).message).toBe('the thread ended with code 7');
  });
});

describe('the start of a worker thread', () => {
  test('the start of a worker thread succeeds when the thread serves calls', async () => {
    start();
    await thread.untilReady();
    expect(thread.endedBecause).toBeUndefined();
  });

  test('the start of a worker thread without a module fails with the name of the module', async () => {
    start('./absent.ts');
    await expect(thread.untilReady()).rejects.toThrow('absent.js');
  });
});
