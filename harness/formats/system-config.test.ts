import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { packageRoot } from '../platform/compiled-module.ts';
import { checkSystemConfig, defineSystem, systemConfigSchema } from './system-config.ts';

const check = (value: object): unknown => checkSystemConfig(value, 'pair.json');

const minimal = defineSystem({
  name: 'pair',
  processes: { legacy: { command: ['node', 'legacy.js'] }, service: { command: ['node', 'service.js'] } },
  database: { setup: 'schema.sql' },
  seed: { tenant: 'SELECT 1', item: 'SELECT 2' },
  mode: 'SELECT 3',
  trigger: { path: '/campaigns/:campaignId/send' },
});

test('the description of a pair has defaults for the settings that most pairs share', () => {
  expect(check(minimal)).toMatchObject({
    format: 'onesend.system/2',
    processes: { legacy: { environment: {}, readyPath: '/' } },
    database: { roles: { legacy: 'legacy_app', service: 'messaging_service' }, reset: 'truncate-all', tables: {} },
    protocol: { methods: ['POST'], request: { uuid: 'message_uuid' }, answer: { results: 'results' } },
    trigger: { method: 'POST' },
    vantages: ['wire', 'database'],
    readings: {
      shadowBilling: 'none',
      fallbackBilling: 'charged',
      offBilling: 'charged',
      unknownMode: 'OFF',
      redelivery: 'idempotent',
      fallbackLog: 'message',
      negativeBalance: 'never',
    },
    timings: { budgetMs: 500, providerTimeoutMs: 1_000, breakerProbeAfterMs: 0 },
  });
});

test('all errors of a description are reported at once', () => {
  const processes = { legacy: { command: ['node'], readyPth: '/' } };
  expect(() => check({ ...minimal, mode: undefined, processes })).toThrow(
    expect.objectContaining({
      code: 'ONESEND_BAD_SYSTEM',
      message: 'pair.json: 3 errors',
      details: [
        "processes.legacy.readyPth: unknown, did you mean 'readyPath'?",
        'processes.service: expected object, it is missing',
        'mode: expected string or array, it is missing',
      ],
    }),
  );
});

test('a misspelt placeholder is refused, and any other text in braces is allowed', () => {
  const environment = (texts: Record<string, string>) => ({
    ...minimal,
    processes: { ...minimal.processes, legacy: { command: ['node'], environment: texts } },
  });
  expect(() => check(environment({ DATABASE_URL: 'x?${databaseURL}' }))).toThrow(
    "processes.legacy.environment.DATABASE_URL: ${databaseURL} is unknown, did you mean '${databaseUrl}'?",
  );
  expect(() =>
    check(environment({ URL: '${databaseUrl}', HOME: '${directory}', TEMPLATE: '${greeting}' })),
  ).not.toThrow();
});

test.each([
  [
    'in the previous format',
    { format: 'onesend.system/1' },
    'format: expected onesend.system/2, found "onesend.system/1"',
  ],
  [
    'that names an unknown fault',
    { absent: ['latency downstrem'] },
    'absent.0: "latency downstrem" is unknown, did you mean \'latency downstream\'?',
  ],
  [
    'that misspells a place of the protocol',
    { protocol: { request: { dryrun: 'rehearse' } } },
    "protocol.request.dryrun: unknown, did you mean 'dryRun'?",
  ],
  [
    'whose uuids are known by the requests alone, and whose requests have no recipient',
    { identity: 'wire', protocol: { request: { recipient: null } } },
    "protocol.request.recipient: expected a place: with 'identity: wire' the recipient shows whose uuid a request holds",
  ],
  [
    'whose breaker is not observed, and without the time for which it refuses calls',
    { openBreaker: 'SELECT 4' },
    'timings.breakerProbeAfterMs: expected how long a breaker refuses calls after `openBreaker`, because the breaker is not observed',
  ],
  [
    'that gives a status an unknown meaning',
    { protocol: { statuses: { sent: 'acepted' } } },
    'protocol.statuses.sent: "acepted" is unknown, did you mean \'accepted\'?',
  ],
])('a description %s is refused in one line', (_, fields, line) => {
  expect(() => check({ ...minimal, ...fields })).toThrow(`pair.json: ${line}`);
});

test('the JSON Schema of system descriptions in the package equals the one in the code', async () => {
  const schema = z.toJSONSchema(systemConfigSchema, { io: 'input' });
  const file = join(packageRoot, 'docs/onesend.system.schema.json');
  await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(file);
});
