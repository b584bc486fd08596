// Settlement and recovery: one log row and one charge per uuid, according to the authority.
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/formats/fault.ts';
import { CAMPAIGN, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import type { Env } from '../../src/contract/env.ts';
import { MODES } from '../../src/contract/mode.ts';
import { assemble, referenceParts, system } from '../../src/reference.ts';
import {
  answer,
  NOTHING_TO_RECOVER,
  post,
  runReference,
  type TriggeredApp,
  whenTriggered,
  whoseFirstCall,
} from './reference-run.fixture.ts';

const { name, module } = system;

/** The provider takes longer than the service waits. */
const NO_REPLY: Fault = { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 1_200, ...FROM_THE_START };

const againAt = (atMs: number): Fault => ({ kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs });

/** Runs one round of recovery, and returns its report. */
async function recover(app: TriggeredApp): Promise<unknown> {
  return JSON.parse((await app.handle(post('/recover'))).body);
}

/** The reference, which at the second trigger runs `act` and answers the user with its result. */
function atSecondTrigger(act: (app: TriggeredApp, env: Env) => Promise<unknown>) {
  return whenTriggered(async ({ app, env, delivery }, request) =>
    delivery === 1 ? app.handle(request) : { status: 200, body: JSON.stringify(await act(app, env)) },
  );
}

/** The result of `act` at the second trigger. */
const secondAnswer = ({ responses }: { responses: readonly { body: string }[] }): unknown =>
  JSON.parse(responses[1]?.body ?? 'null');

test('a message is settled once, however often settlement runs', async () => {
  const settlingThrice = assemble(
    {
      ...referenceParts,
      async dispatch(context, batch) {
        await referenceParts.dispatch(context, batch);
        await context.env.store.transaction((tx) => tx.update('campaign_sms', {}, { settled: false }));
        const settle = () => referenceParts.settle(context, batch.messages, []);
        await Promise.all([settle(), settle()]);
      },
    },
    { name, module },
  );
  const { beforeRecovery } = await runReference({ system: settlingThrice });
  expect(beforeRecovery.changes('campaign_sms').length).toBeGreaterThan(3);
  expect(beforeRecovery.changes('sms_logs').map(({ operation }) => operation)).toEqual(['insert']);
  expect(beforeRecovery.balance).toBe(99);
});

test('settlement writes log row, charge and end of a message together or not at all', async () => {
  const lost = { at: 'legacy update quota_accounts', end: 'disconnect' } as const;
  const run = await runReference({ databaseFailures: [lost, lost] });
  expect(run.responses[0]?.status).toBe(200);
  expect(run.beforeRecovery.rows('sms_logs')).toEqual([]);
  expect(run.beforeRecovery.balance).toBe(100);
  expect(run.logged('SETTLEMENT_LEFT_TO_RECOVERY')).toHaveLength(1);
  expect(run.recoveries).toEqual([{ ...NOTHING_TO_RECOVER, settled: 1 }, NOTHING_TO_RECOVER]);
  expect(run.rows('sms_logs')).toHaveLength(1);
  expect(run.balance).toBe(99);
});

test.each(['lose-acknowledgement', 'lose-commit'] as const)(
  'settlement charges once when its COMMIT ends in %s',
  async (end) => {
    const { beforeRecovery } = await runReference({ databaseFailures: [{ at: 'legacy insert sms_logs', end }] });
    expect(beforeRecovery.rows('sms_logs')).toHaveLength(1);
    expect(beforeRecovery.balance).toBe(99);
  },
);

test('settlement follows the authority, not the answer of the service', async () => {
  const lying = whoseFirstCall(({ body }) => {
    const { messages } = JSON.parse(body) as { messages: { message_uuid: string }[] };
    return answer(200, { results: messages.map(({ message_uuid }) => ({ message_uuid, status: 'accepted' })) });
  });
  const { beforeRecovery } = await runReference({ system: lying });
  expect(beforeRecovery.rows('sms_logs')).toEqual([]);
  expect(beforeRecovery.balance).toBe(100);
});

test('an unknown message is resolved in its log row when a person resolves its authority', async () => {
  const resolved = atSecondTrigger(async (app, env) => {
    const before = await recover(app);
    await env.store.transaction(async (tx) => {
      const [row] = await tx.select('send_authority', {});
      const { message_uuid: messageUuid, epoch } = row ?? { message_uuid: '', epoch: 0 };
      await tx.call('sa_settle', { messageUuid, epoch, state: 'SENT', providerMessageId: 'SM5' });
    });
    return [before, await recover(app), await recover(app)];
  });
  const run = await runReference({ system: resolved, faults: [NO_REPLY, againAt(3_000)] });
  expect(secondAnswer(run)).toEqual([
    { ...NOTHING_TO_RECOVER, settled: 1 },
    { ...NOTHING_TO_RECOVER, settled: 1 },
    NOTHING_TO_RECOVER,
  ]);
  const statuses = run.changes('sms_logs').map(({ operation, after }) => [operation, after?.['status']]);
  expect(statuses).toEqual([
    ['insert', 'unknown'],
    ['update', 'accepted'],
  ]);
  expect(run.rows('sms_logs')).toMatchObject([{ provider_message_id: 'SM5', source: 'go' }]);
  expect(run.balance).toBe(99);
});

test('recovery has nothing to do for items that were never triggered', async () => {
  const untriggered = whenTriggered(({ app }) => app.handle(post('/recover')));
  const run = await runReference({ system: untriggered });
  expect(JSON.parse(run.responses[0]?.body ?? '')).toEqual(NOTHING_TO_RECOVER);
  expect(run.recoveries).toEqual([NOTHING_TO_RECOVER]);
  expect(run.senders).toEqual([]);
});

test('recovery surfaces a send whose holder died once it is old enough, and never repeats it', async () => {
  const died: Fault = { kind: 'crash', process: 'service', atMs: 100, restartAfterMs: 100 };
  const early = atSecondTrigger((app) => recover(app));
  const run = await runReference({ system: early, faults: [NO_REPLY, died, againAt(700)] });
  expect(secondAnswer(run)).toEqual({ ...NOTHING_TO_RECOVER, pending: 1 });
  expect(run.recoveries).toEqual([{ ...NOTHING_TO_RECOVER, surfaced: 1, settled: 1 }, NOTHING_TO_RECOVER]);
  expect(run.rows('sms_logs')).toMatchObject([{ source: 'go', status: 'unknown' }]);
  expect(run.rows('quota_ledger')).toMatchObject([{ state: 'reserved' }]);
  expect(run.senders).toEqual(['service']);
});

test.each(MODES)('in %s recovery sends a message again whose holder died after the claim', async (mode) => {
  const sender = mode === 'ON' ? 'service' : 'legacy';
  const lost = { at: `${sender} call sa_begin_send`, end: 'disconnect' } as const;
  const early = atSecondTrigger((app) => recover(app));
  const run = await runReference({ mode, system: early, databaseFailures: [lost, lost], faults: [againAt(500)] });
  expect(run.beforeRecovery.senders).toEqual([]);
  expect(secondAnswer(run)).toEqual({ ...NOTHING_TO_RECOVER, reentered: 1, pending: 1 });
  expect(run.recoveries).toEqual([{ ...NOTHING_TO_RECOVER, reentered: 1 }, NOTHING_TO_RECOVER]);
  expect(run.senders).toEqual([sender]);
  expect(run.rows('send_authority')).toMatchObject([{ epoch: 2 }]);
  expect(run.balance).toBe(mode === 'SHADOW' ? 100 : 99);
});

test('recovery leaves items without a uuid, or with a blank one, alone', async () => {
  const untriggered = whenTriggered(({ app }) => app.handle(post('/recover')));
  const blank: Fault = { kind: 'missing-uuid', item: `${CAMPAIGN.campaign}#2` };
  const run = await runReference({ system: untriggered, messages: 2, faults: [blank] });
  expect(run.recoveries).toEqual([NOTHING_TO_RECOVER]);
  expect(run.calls).toEqual([]);
});
