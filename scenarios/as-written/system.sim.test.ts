// What the runbook does when it is followed literally: one send without a fault, two sends under one fault.
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/formats/fault.ts';
import { CAMPAIGN, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { referenceParts } from '../../src/reference.ts';
import {
  answer,
  type ReferenceRun,
  runReference,
  type RunOptions,
  whoseFirstCall,
} from '../reference/reference-run.fixture.ts';
import { system } from './system.ts';

const runAsWritten = (options: RunOptions): Promise<ReferenceRun> => runReference({ system, ...options });

const again: Fault = { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 1_000 };

test.each([
  { mode: 'OFF', sender: 'legacy', source: 'legacy', balance: 98 },
  { mode: 'SHADOW', sender: 'legacy', source: 'legacy', balance: 100 },
  { mode: 'ON', sender: 'service', source: 'go', balance: 98 },
])('the runbook as written sends once, logs and charges in $mode without a fault', async (row) => {
  const run = await runAsWritten({ mode: row.mode, messages: 2, faults: [again] });
  expect(run.responses[0]?.status).toBe(200);
  expect(run.senders).toEqual([row.sender, row.sender]);
  expect(run.rows('sms_logs').map(({ source }) => source)).toEqual([row.source, row.source]);
  expect(run.balance).toBe(row.balance);
});

test('the reconciliation of the runbook as written finds nothing after ON, and reports each rehearsal as missing after SHADOW', async () => {
  const on = await runAsWritten({ mode: 'ON', reconcile: true });
  expect(on.eventsOf('reconciliation')).toMatchObject([{ mismatches: [] }]);
  const shadow = await runAsWritten({ mode: 'SHADOW', reconcile: true });
  expect(shadow.eventsOf('reconciliation')).toMatchObject([{ mismatches: [{ kind: 'missing_in_laravel' }] }]);
});

test.each<{ reason: string; fault: Fault }>([
  { reason: 'timeout', fault: { kind: 'blackhole', stream: 'downstream', ...FROM_THE_START } },
  { reason: 'reset', fault: { kind: 'reset', stream: 'downstream', ...FROM_THE_START } },
  { reason: 'truncated', fault: { kind: 'cut', stream: 'downstream', bytes: 40, ...FROM_THE_START } },
  { reason: 'closed', fault: { kind: 'cut', stream: 'downstream', bytes: 0, ...FROM_THE_START } },
])('the runbook as written sends twice when the answer is lost by $reason', async ({ fault }) => {
  const run = await runAsWritten({ faults: [fault] });
  expect(run.senders).toEqual(['service', 'legacy']);
  expect(run.balance).toBe(100);
});

test('the runbook as written sends twice when the provider is slow', async () => {
  const slow: Fault = { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 600, ...FROM_THE_START };
  const run = await runAsWritten({ messages: 2, faults: [slow] });
  expect(run.senders.toSorted()).toEqual(['legacy', 'legacy', 'service', 'service']);
  expect(run.logged('LEGACY_SEND_FALLBACK_ON_MODE')).toEqual(['LEGACY_SEND_FALLBACK_ON_MODE: {"tenant_id":1}']);
});

test('the runbook as written loses a message without a trace after status 500', async () => {
  const run = await runAsWritten({ system: whoseFirstCall(() => answer(500, {}), system) });
  expect(run.responses[0]?.status).toBe(200);
  expect(run.recoveries).toHaveLength(1);
  expect(run.senders).toEqual([]);
  expect(run.rows('sms_logs')).toEqual([]);
});

test('the runbook as written answers duplicate for a message that was never sent, and charges it', async () => {
  // The service fails between its row and the provider call, and a gateway answers 504, which causes no fallback.
  const failed = { at: 'service select provider_credentials', end: 'disconnect' } as const;
  const gateway = { site: 'answer', key: `${CAMPAIGN.campaign}#1`, attempt: 0, choice: 'gateway-error' };
  const run = await runAsWritten({ databaseFailures: [failed], deviations: [gateway], faults: [again] });
  const answers = run.eventsOf('answer').filter(({ tap }) => tap === 'front');
  expect(answers.map(({ results }) => results.map(({ status }) => status))).toEqual([[], ['duplicate']]);
  expect(run.senders).toEqual([]);
  expect(run.balance).toBe(99);
});

test('the user of the runbook as written waits for the rehearsal of SHADOW', async () => {
  const run = await runAsWritten({
    mode: 'SHADOW',
    faults: [{ kind: 'blackhole', stream: 'upstream', ...FROM_THE_START }],
  });
  expect(run.responses[0]?.elapsedMs).toBeGreaterThanOrEqual(500);
});

test('each part that the runbook does not state is the part of the reference', () => {
  const replaced = Object.keys(referenceParts).filter(
    (name) => Reflect.get(system.parts, name) !== Reflect.get(referenceParts, name),
  );
  expect(replaced.toSorted()).toEqual([
    'admit',
    'classifyDelivery',
    'deliver',
    'legacySend',
    'receiveBatch',
    'recordDelivery',
    'recover',
    'settle',
    'shadowSend',
  ]);
});
