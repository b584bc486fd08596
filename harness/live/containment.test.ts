import { describe, expect, test } from 'vitest';
import type { Role } from '../../src/contract/message.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import { type Flights, hasOneProvider, proveContainment } from './containment.ts';

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

const flightsOf = (next: () => History, around: Partial<Flights> = {}): Flights => ({
  run: () => Promise.resolve(next()),
  settle: () => Promise.resolve(),
  hasOneProvider: true,
  watch: () => ({ stop: () => [] }),
  loggedInFiles: () => [],
  ...around,
});

describe('containment', () => {
  test('containment is proven when a canary of each path reaches the stub, even on different flights', async () => {
    const flights = [history(legacy, fallback, accept('canary-service#1', 'legacy')), history(legacy, service)];
    await expect(proveContainment(flightsOf(() => flights.shift() ?? history()))).resolves.toBeUndefined();
    expect(flights).toEqual([]);
  });

  const fellBack = history(legacy, fallback, accept('canary-service#1', 'legacy'));
  const astray = history(legacy, fallback);

  test.each([
    { what: 'falls back on every flight', flight: fellBack, flights: 16 },
    { what: 'never reaches the stub, after fewer flights', flight: astray, flights: 6 },
  ])('containment is refused, and the path named, when a canary $what', async ({ flight, flights }) => {
    let count = 0;
    const refused = proveContainment(flightsOf(() => ((count += 1), flight)));
    await expect(refused).rejects.toThrow(/service path \(ON\)/);
    await expect(refused).rejects.toMatchObject({ code: 'ONESEND_CONTAINMENT' });
    expect(count).toBe(flights);
  });

  test('a refusal of containment shows how the systems answered', async () => {
    const failed = { kind: 'user-response', campaign: 'canary-service', status: 500, body: 'no such table' };
    const flight = history(legacy, fallback, failed as HistoryEvent);
    const loggedInFiles = () => ['last lines of app.log:', '  no such route'];
    await expect(proveContainment(flightsOf(() => flight, { loggedInFiles }))).rejects.toMatchObject({
      details: expect.arrayContaining([
        'the legacy app answered status 500: "no such table" to the trigger of canary-service',
        'last lines of app.log:',
        '  no such route',
      ]),
    });
  });

  test('containment is proven on a machine that was too busy for the first flights', async () => {
    const flights = [...Array.from({ length: 9 }, () => fellBack), history(service)];
    await expect(proveContainment(flightsOf(() => flights.shift() ?? astray))).resolves.toBeUndefined();
  });

  test('containment is tried once more, after a longer pause, before it is refused with the paths that arrived', async () => {
    const pauses: boolean[] = [];
    const settle = (isLast: boolean): Promise<void> => Promise.resolve(void pauses.push(isLast));
    const refused = proveContainment(flightsOf(() => history(), { settle }));
    await expect(refused).rejects.toThrow(/6 canaries in \d+ s, .*legacy path.*nothing arrived/);
    expect(pauses).toEqual([false, false, false, false, true]);
  });

  describe('of a system that does not fall back', () => {
    const never = history(legacy, service);

    test('containment of a system that does not fall back is proven when no process was connected to another machine', async () => {
      await expect(proveContainment(flightsOf(() => never))).resolves.toBeUndefined();
    });

    test.each([
      ['a process was connected to another machine', { watch: () => ({ stop: () => ['1.2.3.4:443'] }) }],
      ['no watch was possible', { watch: () => ({ stop: () => undefined }) }],
      ['a process knows another address', { hasOneProvider: false }],
    ])('containment of a system that does not fall back is refused when %s', async (_why, around) => {
      await expect(proveContainment(flightsOf(() => never, around))).rejects.toMatchObject({
        code: 'ONESEND_CONTAINMENT',
      });
    });

    test('containment of a system that does not fall back is refused with any foreign address that a flight showed', async () => {
      const seen = [['1.2.3.4:443'], [], []];
      const watch = () => ({ stop: () => seen.shift() ?? [] });
      await expect(proveContainment(flightsOf(() => never, { watch }))).rejects.toThrow('connected to 1.2.3.4:443');
    });

    test('containment is refused when the canary of another path is missing beside that of the fallback', async () => {
      await expect(proveContainment(flightsOf(() => history(legacy)))).rejects.toThrow(/service path.*fallback path/);
    });
  });
});

test('the stub is the only provider when each process is given its address and no other', () => {
  const reported = (environment: Record<string, string>) => ({ environment, arguments: [], also: [], prepare: [] });
  const described = (ofService: Record<string, string>) =>
    ({
      processes: { legacy: reported({ URL: '${providerUrl}/v1' }), service: reported(ofService) },
    }) as unknown as SystemDescription;
  expect(hasOneProvider(described({ URL: '${providerUrl}', DB: '${databaseUrl}' }))).toBe(true);
  expect(hasOneProvider(described({ URL: '${providerUrl}', OTHER: 'https://api.example.com' }))).toBe(false);
  expect(hasOneProvider(described({ URL: '${providerUrl}', SECOND: '${providerUrl}' }))).toBe(false);
  expect(hasOneProvider(described({}))).toBe(false);
  const worker = {
    legacy: { ...reported({}), also: [reported({ URL: '${providerUrl}' })] },
    service: reported({ URL: '${providerUrl}' }),
  };
  expect(hasOneProvider({ processes: worker } as unknown as SystemDescription)).toBe(true);
  worker.legacy.also.push(reported({ OTHER: 'https://api.example.com' }));
  expect(hasOneProvider({ processes: worker } as unknown as SystemDescription)).toBe(false);
});
