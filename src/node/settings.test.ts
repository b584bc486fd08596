// The settings that a process reads from its environment, and how it refuses a bad value.
import { expect, test } from 'vitest';
import { DEFAULT_TIMINGS } from '../contract/settings.ts';
import { readSettings, SettingsError } from './settings.ts';

const complete = {
  DATABASE_URL: 'postgres://role:secret@127.0.0.1:5432/db',
  PORT: '8080',
  SERVICE_URL: 'http://127.0.0.1:1/',
  PROVIDER_URL: 'http://127.0.0.1:2',
};

test('the settings have the timings of a certification run by default', () => {
  expect(readSettings(complete)).toEqual({
    databaseUrl: complete.DATABASE_URL,
    port: 8_080,
    poolSize: 10,
    settings: { ...DEFAULT_TIMINGS, serviceUrl: 'http://127.0.0.1:1', providerUrl: 'http://127.0.0.1:2' },
  });
});

test.each([
  ['SEND_BUDGET_MS', 'budgetMs'],
  ['ANSWER_BY_MS', 'answerByMs'],
  ['PROVIDER_TIMEOUT_MS', 'providerTimeoutMs'],
  ['LEASE_MS', 'leaseMs'],
  ['SURFACE_AFTER_MS', 'surfaceAfterMs'],
  ['BREAKER_FAILURES', 'breakerFailures'],
  ['BREAKER_WINDOW_MS', 'breakerWindowMs'],
  ['BREAKER_PROBE_AFTER_MS', 'breakerProbeAfterMs'],
  ['BREAKER_PROBES', 'breakerProbes'],
  ['WORKERS', 'workers'],
  ['RECONCILE_GRACE_MS', 'reconcileGraceMs'],
] as const)('the settings read %s as %s', (variable, name) => {
  expect(readSettings({ ...complete, [variable]: '1234' }).settings[name]).toBe(1_234);
  expect(readSettings({ ...complete, [variable]: '' }).settings[name]).toBe(DEFAULT_TIMINGS[name]);
});

test.each([
  ['PORT', ''],
  ['PORT', '0'],
  ['PORT', '70000'],
  ['PORT', '80.5'],
  ['SEND_BUDGET_MS', '-1'],
  ['SEND_BUDGET_MS', '0'],
  ['SEND_BUDGET_MS', '500ms'],
  ['SEND_BUDGET_MS', '0x10'],
  ['SEND_BUDGET_MS', '99999999999'],
  ['WORKERS', '0'],
  ['DATABASE_URL', ''],
  ['DATABASE_URL', 'mysql://secret@127.0.0.1/db'],
  ['SERVICE_URL', 'not a url'],
  ['PROVIDER_URL', 'ftp://127.0.0.1'],
])('the settings refuse %s=%j in one line that names the variable', (variable, value) => {
  const read = (): unknown => readSettings({ ...complete, [variable]: value });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow(new RegExp(`^${variable}: expected [^\\n]*, received [^\\n]*$`));
  expect(read).not.toThrow('secret');
});
