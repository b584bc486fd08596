// The mode switch of the whole reference: which system sends, which is called, what is logged and charged.
import { expect, test } from 'vitest';
import type { Role } from '../../src/contract/message.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import { CAMPAIGN, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { batchRequestOf } from '../../src/legacy/batch-request.ts';
import { assemble, referenceParts, system } from '../../src/reference.ts';
import { answer, runReference, type Seen, whoseFirstCall } from './reference-run.fixture.ts';

/** The outcome of the provider for all messages of one system. */
const provider = (sender: Role, outcome: ProviderOutcome, delayMs = 0): Fault => ({
  kind: 'provider',
  system: sender,
  outcome,
  delayMs,
  ...FROM_THE_START,
});
type ProviderOutcome = Extract<Fault, { kind: 'provider' }>['outcome'];

const again: Fault = { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 1_000 };
const flip = (mode: string, atMs: number) => ({ kind: 'flip', tenant: CAMPAIGN.tenant, mode, atMs }) as const;

const logged = (seen: Seen) => seen.rows('sms_logs').map(({ source, status }) => [source, status]);
const rehearsed = (seen: Seen) => seen.rows('go_sms_logs').map(({ dry_run, status }) => [dry_run, status]);

test('in OFF the legacy app sends and its sends are charged, and the service is not called', async () => {
  const run = await runReference({ mode: 'OFF', messages: 2 });
  expect(run.responses[0]?.status).toBe(200);
  expect(run.senders).toEqual(['legacy', 'legacy']);
  expect(run.calls).toEqual([]);
  expect(run.balance).toBe(98);
  expect(run.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toEqual([]);
  expect(logged(run)).toEqual([
    ['legacy', 'accepted'],
    ['legacy', 'accepted'],
  ]);
});

test('a tenant without a flag is OFF', async () => {
  const run = await runReference({ mode: null });
  expect(run.calls).toEqual([]);
  expect(run.senders).toEqual(['legacy']);
  expect(run.logged('UNKNOWN_MODE')).toEqual([]);
});

test('an unknown mode acts as OFF and raises an alarm', async () => {
  const run = await runReference({ mode: 'on' });
  expect(run.calls).toEqual([]);
  expect(run.senders).toEqual(['legacy']);
  expect(run.logged('UNKNOWN_MODE_ACTS_AS_OFF')).toHaveLength(1);
});

test('in SHADOW the legacy app sends, the service rehearses, and nothing is charged', async () => {
  const run = await runReference({ mode: 'SHADOW', messages: 2 });
  expect(run.senders).toEqual(['legacy', 'legacy']);
  expect(run.calls.map(({ dryRun }) => dryRun)).toEqual([true]);
  expect(run.logged('DRY_RUN_NO_PROVIDER_CALL: message_uuid=')).toHaveLength(2);
  expect(rehearsed(run)).toEqual([
    [true, 'accepted'],
    [true, 'accepted'],
  ]);
  expect(run.balance).toBe(100);
  expect(run.rows('quota_ledger')).toEqual([]);
});

test('in SHADOW the user gets the answer of OFF without waiting for the rehearsal', async () => {
  const off = await runReference({ mode: 'OFF' });
  const lost: Fault = { kind: 'blackhole', stream: 'upstream', ...FROM_THE_START };
  const run = await runReference({ mode: 'SHADOW', faults: [lost] });
  const [expected, received] = [off.responses[0], run.responses[0]];
  expect([received?.status, received?.body]).toEqual([expected?.status, expected?.body]);
  expect(received?.elapsedMs).toBeLessThanOrEqual(expected?.elapsedMs ?? 0);
  expect(run.logged('SHADOW_SEND_FAILED')).toHaveLength(1);
});

test('in SHADOW a rehearsal that throws changes nothing and causes no send', async () => {
  const broken = whoseFirstCall(() => {
    throw new Error('broken');
  });
  const run = await runReference({ mode: 'SHADOW', system: broken });
  expect(run.responses[0]?.status).toBe(200);
  expect(run.logged('SHADOW_SEND_FAILED')).toEqual([expect.stringContaining('broken')]);
  expect(run.senders).toEqual(['legacy']);
  expect(run.beforeRecovery.rows('campaign_sms')).toMatchObject([{ settled: true }]);
});

test('a rehearsed uuid can still be sent by the service, and is sent once', async () => {
  const { name, module } = system;
  const callThrice = assemble(
    {
      ...referenceParts,
      async dispatch(context, batch) {
        for (const dryRun of [true, false, false]) {
          await referenceParts.callService(context, batchRequestOf(batch, { dryRun }));
        }
      },
    },
    { name, module },
  );
  const { beforeRecovery } = await runReference({ system: callThrice });
  const [accepted] = beforeRecovery.eventsOf('accept');
  const answers = beforeRecovery.eventsOf('answer').filter(({ tap }) => tap === 'front');
  expect(
    answers.map(({ results }) => results.map(({ status, providerMessageId }) => [status, providerMessageId])),
  ).toEqual([
    [['accepted', null]],
    [['accepted', accepted?.providerMessageId]],
    [['duplicate', accepted?.providerMessageId]],
  ]);
  expect(beforeRecovery.senders).toEqual(['service']);
  expect(rehearsed(beforeRecovery)).toEqual([
    [true, 'accepted'],
    [false, 'accepted'],
  ]);
});

test('in ON the service sends each message with its own payload, and the legacy app writes the log and the charge', async () => {
  const run = await runReference({ messages: 3, reconcile: true });
  expect(run.responses).toMatchObject([
    { status: 200, body: JSON.stringify({ status: 'queued', messages: 3, refused: 0 }) },
  ]);
  const { items, tenants } = run.history;
  expect(run.eventsOf('attempt')).toMatchObject(
    items.map(({ item, recipient, body }) => ({
      system: 'service',
      account: tenants[0]?.account,
      item,
      recipient,
      body,
    })),
  );
  expect(run.senders).toHaveLength(3);
  expect(logged(run)).toEqual(Array.from({ length: 3 }, () => ['go', 'accepted']));
  expect(run.balance).toBe(97);
  expect(run.calls).toHaveLength(1);
  expect(run.eventsOf('reconciliation')).toMatchObject([{ mismatches: [] }]);
});

test('a message that the provider rejects is not sent again and not charged', async () => {
  const run = await runReference({ faults: [provider('service', 'reject'), again] });
  expect(run.senders).toEqual(['service']);
  expect(run.balance).toBe(100);
  expect(logged(run)).toEqual([['go', 'rejected']]);
  expect(run.rows('quota_ledger')).toMatchObject([{ state: 'released' }]);
});

test('a message that the provider leaves in doubt is unknown, keeps its reservation, and is not sent again', async () => {
  const run = await runReference({ faults: [provider('service', 'error-not-accepted'), again] });
  expect(run.senders).toEqual(['service']);
  expect(logged(run)).toEqual([['go', 'unknown']]);
  expect(run.rows('quota_ledger')).toMatchObject([{ state: 'reserved' }]);
  expect(run.balance).toBe(100);
});

test('a redelivery keeps uuid and mode, even after a flip', async () => {
  const failing = whoseFirstCall(() => answer(500, {}));
  const run = await runReference({ system: failing, steps: [flip('OFF', 700)], faults: [again] });
  const [before] = run.whenAnswered(0).rows('campaign_sms');
  expect(run.beforeRecovery.rows('feature_flags')).toMatchObject([{ mode: 'OFF' }]);
  expect(run.beforeRecovery.rows('campaign_sms')).toEqual([{ ...before, mode: 'ON', settled: true }]);
  expect(run.senders).toEqual(['service']);
});

test('the mode is read once: a flip during the entry changes nothing', async () => {
  const slow = provider('legacy', 'slow', 100);
  const run = await runReference({ mode: 'SHADOW', steps: [flip('ON', 80)], faults: [slow] });
  expect(run.whenAnswered().eventsOf('flip')).toHaveLength(1);
  expect(run.calls.map(({ dryRun }) => dryRun)).toEqual([true]);
  expect(run.senders).toEqual(['legacy']);
});

test('a slow batch is answered in time, and the service goes on sending it', async () => {
  const options = { messages: 3, settings: { workers: 1 }, faults: [provider('service', 'slow', 300)] };
  const run = await runReference(options);
  expect(run.responses[0]?.elapsedMs).toBeLessThan(500);
  expect(run.whenAnswered().rows('sms_logs')).toHaveLength(1);
  expect(run.beforeRecovery.senders).toEqual(['service', 'service', 'service']);
  expect(run.balance).toBe(97);
});
