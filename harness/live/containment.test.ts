import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/contract/message.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { type Flights, proveContainment } from './containment.ts';

const accept = (item: string, system: Role): HistoryEvent => ({
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

const flown = (next: () => History): Flights => ({
  run: () => Promise.resolve(next()),
  settle: () => Promise.resolve(),
});

describe('containment', () => {
  test('is proven when each path ends at the stub, be it on different flights', async () => {
    const flights = [history(legacy, fallback, accept('canary-service#1', 'legacy')), history(legacy, service)];
    await expect(proveContainment(flown(() => flights.shift() ?? history()))).resolves.toBeUndefined();
    expect(flights).toEqual([]);
  });

  const fellBack = history(legacy, fallback, accept('canary-service#1', 'legacy'));
  const astray = history(legacy, fallback);

  test.each([
    { what: 'falls back time and again', flight: fellBack, flights: 16 },
    { what: 'is seen by nobody, of which few are risked', flight: astray, flights: 5 },
  ])('is refused when a canary $what, naming its path', async ({ flight, flights }) => {
    let count = 0;
    const refused = proveContainment(flown(() => ((count += 1), flight)));
    await expect(refused).rejects.toThrow(/service path \(ON\)/);
    await expect(refused).rejects.toMatchObject({ code: 'ONESEND_CONTAINMENT' });
    expect(count).toBe(flights);
  });

  test('is proven on a machine that was too busy for the first flights', async () => {
    const flights = [...Array.from({ length: 9 }, () => fellBack), history(service)];
    await expect(proveContainment(flown(() => flights.shift() ?? astray))).resolves.toBeUndefined();
  });
});
