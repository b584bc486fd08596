import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { proveContainment } from './containment.ts';

const accept = (item: string, system: 'legacy' | 'service'): HistoryEvent => ({
  seq: 0,
  observer: 'provider',
  earliest: 0,
  latest: 0,
  kind: 'accept',
  attempt: 'attempt-1',
  system,
  item,
  providerMessageId: 'SM1',
});
const history = (...events: HistoryEvent[]): History => ({ system: 'x', events }) as unknown as History;

const legacy = accept('canary-legacy#1', 'legacy');
const service = accept('canary-service#1', 'service');
const fallback = accept('canary-fallback#1', 'legacy');

describe('containment', () => {
  it('is proven when each path ends at the stub, be it on different flights', async () => {
    const flights = [history(legacy, fallback, accept('canary-service#1', 'legacy')), history(legacy, service)];
    await expect(proveContainment(() => Promise.resolve(flights.shift() ?? history()))).resolves.toBeUndefined();
    expect(flights).toEqual([]);
  });

  it('is refused when a path never does, naming it', async () => {
    const refused = proveContainment(() =>
      Promise.resolve(history(legacy, fallback, accept('canary-service#1', 'legacy'))),
    );
    await expect(refused).rejects.toThrow(/service path \(ON\)/);
    await expect(refused).rejects.toMatchObject({ code: 'ONESEND_CONTAINMENT' });
  });
});
