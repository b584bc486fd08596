// The fallback in ON: its causes, the authority that fences it, and its log lines.
import { expect, test } from 'vitest';
import type { BatchRequest } from '../../src/contract/batch.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import { CAMPAIGN, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import {
  answer,
  failure,
  NOTHING_TO_RECOVER,
  runReference,
  whoseFirstCall,
  withoutCredentials,
} from './reference-run.fixture.ts';

const REFUSED: Fault = { kind: 'refuse', ...FROM_THE_START };

/** From this time on, connections end and new ones are refused. */
const cutOffAt = (fromMs: number): Fault => ({ kind: 'refuse', fromMs, untilMs: 1_500 });

/** A provider that delays its answers to the service. */
const slowProvider = (delayMs: number): Fault => ({
  kind: 'provider',
  system: 'service',
  outcome: 'slow',
  delayMs,
  ...FROM_THE_START,
});

const WITHOUT_A_TRACE = [
  { reason: 'refused', fault: REFUSED },
  { reason: 'reset', fault: { kind: 'reset', stream: 'upstream', ...FROM_THE_START } },
  { reason: 'closed', fault: { kind: 'cut', stream: 'upstream', bytes: 0, ...FROM_THE_START } },
  { reason: 'reset-before-write' },
  { reason: 'truncated' },
] as const;

test.each(WITHOUT_A_TRACE)('the fallback sends after $reason when the service has seen nothing', async (row) => {
  // The simulated network has no fault for the last two, so the client of the legacy app reports them.
  const disturbed =
    'fault' in row ? { faults: [row.fault] } : { system: whoseFirstCall(() => failure(row.reason)), faults: [] };
  const run = await runReference({ messages: 2, ...disturbed });
  expect(run.senders).toEqual(['legacy', 'legacy']);
  expect(run.logged('LEGACY_SEND_FALLBACK_ON_MODE: message_uuid=')).toHaveLength(2);
  expect(run.rows('sms_logs').map(({ source }) => source)).toEqual(['legacy', 'legacy']);
  expect(run.balance).toBe(98);
});

test.each<{ reason: string; fault: Fault }>([
  { reason: 'reset', fault: { kind: 'reset', stream: 'downstream', ...FROM_THE_START } },
  { reason: 'closed', fault: { kind: 'cut', stream: 'downstream', bytes: 0, ...FROM_THE_START } },
  { reason: 'truncated', fault: { kind: 'cut', stream: 'downstream', bytes: 40, ...FROM_THE_START } },
  { reason: 'timeout', fault: { kind: 'blackhole', stream: 'downstream', ...FROM_THE_START } },
])('the fallback does not send after $reason when the service has sent, and logs nothing', async ({ fault }) => {
  const run = await runReference({ faults: [fault] });
  expect(run.senders).toEqual(['service']);
  expect(run.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toEqual([]);
  expect(run.rows('sms_logs').map(({ source }) => source)).toEqual(['go']);
  expect(run.balance).toBe(99);
});

test.each<{ name: string; fault: Fault }>([
  { name: 'is in flight', fault: cutOffAt(100) },
  { name: 'died with it', fault: { kind: 'crash', process: 'service', atMs: 100, restartAfterMs: 300 } },
])('the fallback does not send while the provider call of the service $name', async ({ fault }) => {
  const run = await runReference({ faults: [slowProvider(900), fault] });
  const answered = run.whenAnswered();
  expect(answered.eventsOf('call-failed')).toHaveLength(2);
  expect(answered.rows('send_authority')).toMatchObject([{ state: 'SENDING', holder: 'service' }]);
  expect(run.senders).toEqual(['service']);
});

test('a late request does not send after the fallback has sent', async () => {
  const late: Fault = { kind: 'latency', stream: 'upstream', latencyMs: 1_200, jitterMs: 0, ...FROM_THE_START };
  const run = await runReference({ faults: [late], reconcile: true });
  expect(run.responses[0]?.elapsedMs).toBeLessThan(510);
  // The caller is gone, so the answer passes no tap; the statement shows that the service asked the authority, and lost.
  expect(run.eventsOf('request').map(({ tap }) => tap)).toEqual(['front', 'back']);
  expect(run.statements('service call sa_claim')).toBe(1);
  expect(run.senders).toEqual(['legacy']);
  expect(run.rows('go_sms_logs')).toEqual([]);
  expect(run.eventsOf('reconciliation')).toMatchObject([{ mismatches: [] }]);
});

test('the service answers in_progress for a message that the legacy app holds', async () => {
  const slowLegacy: Fault = { kind: 'provider', system: 'legacy', outcome: 'slow', delayMs: 900, ...FROM_THE_START };
  const refused: Fault = { kind: 'refuse', fromMs: 0, untilMs: 100 };
  const again: Fault = { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 200 };
  const { beforeRecovery } = await runReference({ faults: [slowLegacy, refused, again] });
  const answers = beforeRecovery.eventsOf('answer').filter(({ tap }) => tap === 'front');
  expect(answers.map(({ results }) => results.map(({ status }) => status))).toEqual([['in_progress']]);
  expect(beforeRecovery.senders).toEqual(['legacy']);
});

test('the fallback sends only those messages whose authority it wins', async () => {
  const slow = { site: 'provider', key: `${CAMPAIGN.campaign}#2`, attempt: 0, choice: 'slow' };
  const options = { messages: 3, settings: { workers: 1 }, deviations: [slow], faults: [cutOffAt(100)] };
  const { beforeRecovery } = await runReference(options);
  expect(beforeRecovery.sends).toEqual(['service campaign-1#1', 'service campaign-1#2', 'legacy campaign-1#3']);
  expect(beforeRecovery.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toHaveLength(1);
});

test.each([400, 500, 503])('status %i causes no fallback; recovery dispatches the message again', async (status) => {
  const run = await runReference({ system: whoseFirstCall(() => answer(status, {})) });
  expect(run.beforeRecovery.senders).toEqual([]);
  expect(run.recoveries[0]).toEqual({ ...NOTHING_TO_RECOVER, reentered: 1 });
  expect(run.senders).toEqual(['service']);
  expect(run.balance).toBe(99);
});

test('a conflict about the payload causes no fallback: neither system sends, and nothing is charged', async () => {
  const conflict = ({ body }: { readonly body: string }) => {
    const { messages } = JSON.parse(body) as BatchRequest;
    const results = messages.map(({ message_uuid }) => ({ message_uuid, status: 'conflict' }));
    return answer(200, { results });
  };
  const { beforeRecovery } = await runReference({ system: whoseFirstCall(conflict) });
  expect(beforeRecovery.senders).toEqual([]);
  expect(beforeRecovery.rows('sms_logs')).toEqual([]);
  expect(beforeRecovery.balance).toBe(100);
});

test('an OPEN breaker makes the legacy app compete for the authority, but does not prove that the service has not sent', async () => {
  const faults: Fault[] = [
    slowProvider(5_000),
    { kind: 'breaker-open', breaker: 'live', fromMs: 500 },
    { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 600 },
  ];
  const run = await runReference({ faults });
  expect(run.statements('legacy call sa_claim')).toBe(1);
  expect(run.calls).toHaveLength(1);
  expect(run.senders).toEqual(['service']);
});

test('the fallback sends without a call when the breaker is OPEN', async () => {
  const run = await runReference({ faults: [{ kind: 'breaker-open', breaker: 'live', fromMs: 0 }] });
  expect(run.calls).toEqual([]);
  expect(run.senders).toEqual(['legacy']);
  expect(run.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toEqual([expect.stringContaining('cause=breaker-open')]);
});

test('the fallback calls the provider once, also when it answers an error', async () => {
  const error: Fault = {
    kind: 'provider',
    system: 'legacy',
    outcome: 'error-not-accepted',
    delayMs: 0,
    ...FROM_THE_START,
  };
  const run = await runReference({ faults: [REFUSED, error] });
  expect(run.senders).toEqual(['legacy']);
  expect(run.rows('send_authority')).toMatchObject([{ state: 'UNKNOWN' }]);
});

test('without credentials nothing is sent and nothing is logged as a fallback', async () => {
  const run = await runReference({ system: withoutCredentials, faults: [REFUSED] });
  expect(run.senders).toEqual([]);
  expect(run.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toEqual([]);
  expect(run.rows('sms_logs').map(({ status }) => status)).toEqual(['rejected']);
});
