// `onesend check` on pairs that are right: the smallest one, the reference, and those that are unlike it.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeAssembly } from '../../../harness/adapters/assembly.ts';
import { loadSystem } from '../../../harness/adapters/load-system.ts';
import type { SystemConfig } from '../../../harness/formats/system-config.ts';
import type { SystemDescription } from '../../../harness/formats/system-description.ts';
import { packageRoot } from '../../../harness/platform/compiled-module.ts';
import { system as reference } from '../../../src/reference.ts';
import { describePair } from '../../pairs/pair.fixture.ts';
import { METRICS, sdkClient } from './fixed-host.fixture.ts';
import { checkOnSharedServer, failuresOf, linesOf, outcomesOf } from './mistaken-pair.fixture.ts';

const EXAMPLE = join(packageRoot, 'examples/node-pair/onesend.config.js');

/** What is not applicable to a pair that has no queue, no cache and no breaker. */
const PLAIN = ['queue', 'flush', 'breaker'];

test.concurrent.each<[string, () => SystemDescription | Promise<SystemDescription>, readonly string[]]>([
  ['the smallest pair', async () => (await loadSystem(EXAMPLE, {})).description, [...PLAIN, 'recover', 'reconcile']],
  ['the reference', () => describeAssembly(reference), ['queue', 'flush']],
  ['batches of other names', () => describePair('items'), ['queue', 'flush', 'reconcile']],
  ['one message a request', () => describePair('single'), [...PLAIN, 'reconcile']],
  ['a service that sends later', () => describePair('later'), ['queue', 'breaker', 'reconcile']],
  ['uuids that only requests show', () => describePair('derived'), [...PLAIN, 'reconcile']],
  ['a legacy app that sends from a queue', () => describePair('queued'), ['flush', 'breaker', 'reconcile']],
])('nothing is wrong with %s, and what it does not have is not applicable', async (_, describePairOf, absent) => {
  const steps = await checkOnSharedServer(await describePairOf());
  expect(failuresOf(steps)).toEqual([]);
  expect(outcomesOf(steps, 'not-tried')).toEqual([]);
  expect(outcomesOf(steps, 'not-applicable')).toEqual(absent);
});

/** The provider's client of the pair, for an API of its own: JSON, with the account in a header. */
const ACME_CLIENT = `
export async function sendSms(database, { tenantId, phone, body }) {
  const query = 'SELECT account, token FROM provider_credentials WHERE tenant_id = $1';
  const { account, token } = (await database.query(query, [tenantId])).rows[0];
  const answer = await fetch(process.env.PROVIDER_URL + '/v1/sms', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-account': account, 'x-token': token },
    body: JSON.stringify({ message: { to: phone, text: body } }),
  });
  return answer.ok ? { status: 'accepted', id: (await answer.json()).id } : { status: 'rejected', id: null };
}
`;

test.concurrent('nothing is wrong with a pair that sends by an API that its description names', async () => {
  const acme = {
    name: 'acme',
    path: '/v1/sms',
    recipient: '/message/to',
    body: '/message/text',
    account: 'header:x-account',
    requires: ['header:x-token'],
    accepted: { status: 202, body: { id: '${id}' } },
  };
  const lines = await linesOf({
    described: (config) => ({ ...config, providers: [acme] }),
    files: { 'provider.js': ACME_CLIENT },
  });
  expect(lines).toEqual([]);
});

test.concurrent('nothing is wrong with a pair whose SDK has the host of its provider built in', async () => {
  expect(await linesOf({ files: { 'provider.js': sdkClient('') } })).toEqual([]);
});

test.concurrent('a pair that asks for another host is refused it, unless it may ask in vain', async () => {
  const files = { 'provider.js': sdkClient(METRICS) };
  const described = (config: SystemConfig) => ({ ...config, refusedHosts: ['metrics.example.com'] });
  const [told, allowed] = await Promise.all([linesOf({ files }), linesOf({ files, described })]);
  expect(told).toEqual([
    expect.stringMatching(
      /^egress: the (legacy|service) process asked for metrics\.example\.com:443, .*`refusedHosts`/,
    ),
  ]);
  expect(allowed).toEqual([]);
});
