import { expect, test } from 'vitest';
import { defineSystem } from './system-description.ts';

const describe = (value: object): unknown => defineSystem(value as Parameters<typeof defineSystem>[0], 'pair.json');

test('everything that is wrong with a description is told at once', () => {
  const started = { command: 'node', arguments: [], environment: {}, readyPth: '/' };
  expect(() => describe({ format: 'onesend.system/1', name: '', processes: { legacy: started } })).toThrow(
    expect.objectContaining({
      code: 'ONESEND_BAD_SYSTEM',
      message: expect.stringMatching(/^pair.json: \d+ errors$/),
      details: expect.arrayContaining([
        "processes.legacy.readyPth: unknown, did you mean 'readyPath'?",
        'processes.service: expected object, it is missing',
        'mode: expected array, it is missing',
      ]),
    }),
  );
});

const minimal = {
  format: 'onesend.system/1',
  name: 'pair',
  code: [],
  processes: {
    legacy: { command: 'node', arguments: [], environment: {}, readyPath: '/' },
    service: { command: 'node', arguments: [], environment: {}, readyPath: '/' },
  },
  database: {
    roles: { legacy: 'a', service: 'b' },
    setup: [],
    reset: [],
    tables: Object.fromEntries(
      ['campaign_sms', 'sms_logs', 'email_s_m_s_limit_rates'].map((name) => [name, { name, key: ['id'] }]),
    ),
  },
  seed: { tenant: [], item: [] },
  mode: [],
  trigger: { method: 'POST', path: '/' },
  vantages: [],
  timings: { budgetMs: 1, providerTimeoutMs: 1, leaseMs: 0, surfaceAfterMs: 0 },
};

test('a breaker that the description cannot open is a fault that the system does not have', () => {
  expect(describe(minimal)).toMatchObject({ absent: ['breaker-open'] });
  expect(describe({ ...minimal, openBreaker: ['SELECT 1'] })).toMatchObject({ absent: [] });
  expect(describe({ ...minimal, absent: ['breaker-open', 'pause'] })).toMatchObject({
    absent: ['breaker-open', 'pause'],
  });
});

test('a fault that cannot be declared absent comes with the one that was meant', () => {
  expect(() => describe({ ...minimal, absent: ['latency downstrem'] })).toThrow(
    'absent.0: "latency downstrem" is unknown, did you mean \'latency downstream\'?',
  );
});

test('a single error is one line', () => {
  expect(() => describe({ format: 'onesend.system/0' })).toThrow(
    'pair.json: format: expected onesend.system/1, found "onesend.system/0"',
  );
});
