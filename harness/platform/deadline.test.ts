import { expect, test, vi } from 'vitest';
import { startDeadline } from './deadline.ts';

test('a deadline aborts its signal after its time, unless it was cleared', () => {
  vi.useFakeTimers();
  const [over, cleared] = [startDeadline(100), startDeadline(100)];
  cleared.clear();
  vi.advanceTimersByTime(99);
  expect(over.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect([over.signal.aborted, cleared.signal.aborted]).toEqual([true, false]);
  vi.useRealTimers();
});

test('a deadline aborts its signal with the other signal, and any number of listeners cause no warning', () => {
  const other = new AbortController();
  const { signal, clear } = startDeadline(100_000, other.signal);
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  for (let run = 0; run < 20; run += 1) signal.addEventListener('abort', () => {});
  expect(warned).not.toHaveBeenCalled();
  other.abort();
  expect(signal.aborted).toBe(true);
  clear();
});
