// `onesend check` on correct pairs: the smallest one, the reference, and the pairs that are unlike it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeAssembly } from '../../../harness/adapters/assembly.ts';
import { loadSystem } from '../../../harness/adapters/load-system.ts';
import { checkersOracle } from '../../../harness/evidence/checkers-oracle.ts';
import type { Scenario } from '../../../harness/formats/scenario.ts';
import type { SystemConfig } from '../../../harness/formats/system-config.ts';
import type { SystemDescription } from '../../../harness/formats/system-description.ts';
import { eventsOf } from '../../../harness/history/events-of.ts';
import { onSharedLane } from '../../../harness/live/shared-lane.fixture.ts';
import { packageRoot } from '../../../harness/platform/compiled-module.ts';
import { runCase } from '../../../harness/runner/run-case.ts';
import { MODES } from '../../../src/contract/mode.ts';
import { system as reference } from '../../../src/reference.ts';
import { describePair } from '../../pairs/pair.fixture.ts';
import { METRICS, sdkClient } from './fixed-host.fixture.ts';
import {
  checkOnSharedServer,
  failuresOf,
  linesOf,
  loggingPair,
  type Mistake,
  outcomesOf,
  withPair,
} from './mistaken-pair.fixture.ts';
import { ACME_CLIENT, LINES_CLIENT, LINES_MODULE, VONAGE_CLIENT } from './provider-clients.fixture.ts';

const EXAMPLE = join(packageRoot, 'examples/node-pair/onesend.config.js');

/** The steps that do not apply to a pair without a queue, a cache and a breaker. */
const PLAIN = ['queue', 'flush', 'breaker'];
/** The steps that do not apply to a pair without 'log' in `vantages`. */
const LOGS = ['log rehearsal', 'log fallback'];

test.concurrent.each<[string, () => SystemDescription | Promise<SystemDescription>, readonly string[]]>([
  [
    'the smallest pair',
    async () => (await loadSystem(EXAMPLE, {})).description,
    [...PLAIN, 'recover', 'reconcile', ...LOGS],
  ],
  ['the reference', () => describeAssembly(reference), ['queue', 'flush']],
  ['batches with other names', () => describePair('items'), ['queue', 'flush', 'reconcile', ...LOGS]],
  ['one message per request', () => describePair('single'), [...PLAIN, 'reconcile', ...LOGS]],
  ['a service that sends later', () => describePair('later'), ['queue', 'breaker', 'reconcile', ...LOGS]],
  ['uuids that only requests show', () => describePair('derived'), [...PLAIN, 'reconcile', ...LOGS]],
  ['a legacy app that sends from a queue', () => describePair('queued'), ['flush', 'breaker', 'reconcile', ...LOGS]],
])(
  'the check finds no mistake in %s, and steps for what it does not have are not applicable',
  async (_, describePairOf, absent) => {
    const steps = await checkOnSharedServer(await describePairOf());
    expect(failuresOf(steps)).toEqual([]);
    expect(outcomesOf(steps, 'not-tried')).toEqual([]);
    expect(outcomesOf(steps, 'not-applicable')).toEqual(absent);
  },
);

/** The smallest pair with an API other than Twilio's, once for each way in which a description can name it. */
const OTHER_APIS: readonly (readonly [string, Mistake])[] = [
  [
    'an API that its description defines as data',
    {
      described: (config) => ({
        ...config,
        providers: [
          {
            name: 'acme',
            path: '/v1/sms',
            recipient: '/message/to',
            body: '/message/text',
            account: 'header:x-account',
            requires: ['header:x-token'],
            accepted: { status: 202, body: { id: '${id}' } },
          },
        ],
      }),
      files: { 'provider.js': ACME_CLIENT },
    },
  ],
  [
    "Vonage's API",
    {
      described: (config) => ({ ...config, providers: ['vonage'] }),
      files: { 'provider.js': VONAGE_CLIENT },
    },
  ],
  [
    'an API that a module of its author implements',
    {
      described: (config) => ({ ...config, providers: [{ name: 'lines', module: 'lines.js' }] }),
      files: { 'provider.js': LINES_CLIENT, 'lines.js': LINES_MODULE },
    },
  ],
];

test.concurrent.each(OTHER_APIS)('the check finds no mistake in a pair that sends by %s', async (_, pair) => {
  expect(await linesOf(pair)).toEqual([]);
});

/** A message in each mode, without a fault. */
const EACH_MODE: Scenario = {
  format: 'onesend.scenario/1',
  name: 'a message in each mode',
  seed: 0,
  tenants: MODES.map((mode) => ({ key: mode, mode, quota: 10 })),
  steps: MODES.map((mode) => ({ kind: 'entry', campaign: mode, tenant: mode, messages: 1, atMs: 0 })),
  faults: [],
};

test.concurrent.each(OTHER_APIS)('canaries and messages of a pair that sends by %s arrive', async (_, pair) => {
  const run = await withPair(pair, (description) =>
    onSharedLane({ description, slots: 1 }, (executor) =>
      runCase({ executor, oracle: checkersOracle }, { scenario: EACH_MODE, deviations: [] }),
    ),
  );
  if (run.kind !== 'judged') throw new Error(run.kind);
  const { findings, history } = run.judgement;
  const sentBy = eventsOf(history, 'accept').map(({ system }) => system);
  expect(findings).toEqual([]);
  expect(sentBy.toSorted()).toEqual(['legacy', 'legacy', 'service']);
});

test.concurrent('the check finds no mistake in a pair that logs the lines of the runbook, and reads both', async () => {
  const steps = await withPair(loggingPair(), checkOnSharedServer);
  expect(failuresOf(steps)).toEqual([]);
  expect(outcomesOf(steps, 'ok')).toEqual(expect.arrayContaining(LOGS));
});

test.concurrent('the check finds no mistake in a pair whose SDK has the host of its provider built in', async () => {
  expect(await linesOf({ files: { 'provider.js': sdkClient('') } })).toEqual([]);
});

test.concurrent('a pair that calls another host is refused, unless `refusedHosts` names the host', async () => {
  const files = { 'provider.js': sdkClient(METRICS) };
  const described = (config: SystemConfig) => ({ ...config, refusedHosts: ['metrics.example.com'] });
  const [reported, allowed] = await Promise.all([linesOf({ files }), linesOf({ files, described })]);
  expect(reported).toEqual([
    expect.stringMatching(
      /^egress: the (legacy|service) process asked for metrics\.example\.com:443, .*`refusedHosts`/,
    ),
  ]);
  expect(allowed).toEqual([]);
});
