import { expect, test, vi } from 'vitest';
import { startDeadline } from './deadline.ts';

test('a deadline is over after its time, and not once it was cleared', () => {
  vi.useFakeTimers();
  const [over, cleared] = [startDeadline(100), startDeadline(100)];
  cleared.clear();
  vi.advanceTimersByTime(99);
  expect(over.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect([over.signal.aborted, cleared.signal.aborted]).toEqual([true, false]);
  vi.useRealTimers();
});

test('a deadline ends with the signal that it was given, and any number of runs may listen to it', () => {
  const other = new AbortController();
  const { signal, clear } = startDeadline(100_000, other.signal);
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  for (let run = 0; run < 20; run += 1) signal.addEventListener('abort', () => {});
  expect(warned).not.toHaveBeenCalled();
  other.abort();
  expect(signal.aborted).toBe(true);
  clear();
});
