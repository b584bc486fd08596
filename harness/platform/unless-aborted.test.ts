import { describe, expect, test } from 'vitest';
import { unlessAborted } from './unless-aborted.ts';

const never = new Promise<string>(() => undefined);

describe('unlessAborted', () => {
  test('unlessAborted settles as the work settles', async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(Promise.resolve('done'), signal, () => 'aborted')).toBe('done');
    await expect(unlessAborted(Promise.reject(new Error('broken')), signal, () => 'aborted')).rejects.toThrow('broken');
  });

  test('unlessAborted settles with the alternative as soon as the signal is aborted, before or during the work', async () => {
    const during = new AbortController();
    const waiting = unlessAborted(never, during.signal, () => 'aborted');
    during.abort();
    expect(await waiting).toBe('aborted');
    expect(await unlessAborted(never, AbortSignal.abort(), () => 'aborted')).toBe('aborted');
  });
});
