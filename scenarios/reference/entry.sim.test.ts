// The entry point: uuids, reservations, and what happens when the database does not answer.
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/formats/fault.ts';
import { CAMPAIGN, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { MODES } from '../../src/contract/mode.ts';
import { post, runReference, type Seen, whenTriggered } from './reference-run.fixture.ts';

/** The provider accepts the message, and its answer is lost. */
const IN_DOUBT: Fault = {
  kind: 'provider',
  system: 'service',
  outcome: 'accept-lose-reply',
  delayMs: 0,
  ...FROM_THE_START,
};

const uuidsOf = (seen: Seen) => seen.rows('campaign_sms').map((row) => row.message_uuid);
const bodyOf = ({ body } = { body: 'null' }): unknown => JSON.parse(body);

test('uuids are persisted with mode and epoch before anything is called or sent', async () => {
  const run = await runReference({ messages: 2 });
  const entries = run.eventsOf('entry');
  expect(entries.map(({ mode, epoch }) => [mode, epoch])).toEqual([
    ['ON', 1],
    ['ON', 1],
  ]);
  expect(new Set(entries.map(({ messageUuid }) => messageUuid)).size).toBe(2);
  const first = run.events.find(({ kind }) => kind === 'request' || kind === 'attempt');
  for (const { latest } of entries) expect(latest).toBeLessThanOrEqual(first?.earliest ?? 0);
  expect(run.calls.map(({ uuids }) => uuids)).toEqual([uuidsOf(run)]);
});

test('uuids stay the same over redeliveries', async () => {
  const redeliveries = [400, 800].map((atMs): Fault => ({ kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs }));
  const run = await runReference({ messages: 2, faults: [IN_DOUBT, ...redeliveries] });
  const uuids = run.eventsOf('entry').map(({ messageUuid }) => messageUuid);
  expect(uuids).toHaveLength(2);
  expect(run.calls.map((call) => call.uuids)).toEqual([uuids, uuids, uuids]);
  expect(uuidsOf(run)).toEqual(uuids);
  expect(run.senders).toHaveLength(2);
});

test.each(['lose-acknowledgement', 'lose-commit'] as const)(
  'uuids are made once when their COMMIT ends in %s',
  async (end) => {
    const run = await runReference({ messages: 2, databaseFailures: [{ at: 'legacy update campaign_sms', end }] });
    expect(run.responses[0]?.status).toBe(200);
    expect(run.calls[0]?.uuids).toEqual(uuidsOf(run));
    expect(run.eventsOf('entry')).toHaveLength(2);
    expect(run.rows('quota_ledger')).toHaveLength(2);
    expect(run.beforeRecovery.senders).toHaveLength(2);
  },
);

test('the transaction of the uuids is retried after a deadlock', async () => {
  const run = await runReference({
    mode: 'OFF',
    databaseFailures: [{ at: 'legacy update campaign_sms', end: 'deadlock' }],
  });
  expect(run.responses[0]?.status).toBe(200);
  expect(run.beforeRecovery.senders).toEqual(['legacy']);
});

test('when the uuids cannot be stored, nothing is sent and the user gets status 503', async () => {
  const lost = { at: 'legacy select campaign_sms', end: 'disconnect' } as const;
  const run = await runReference({ mode: 'OFF', databaseFailures: [lost, lost] });
  expect(run.responses[0]?.status).toBe(503);
  expect(run.senders).toEqual([]);
  expect(uuidsOf(run)).toEqual([]);
});

test.each(MODES)('in %s a blank uuid is rejected, with nothing called or sent', async (mode) => {
  const blank = `${CAMPAIGN.campaign}#2`;
  const run = await runReference({ mode, messages: 2, faults: [{ kind: 'missing-uuid', item: blank }] });
  expect(run.responses[0]).toMatchObject({ status: 422, body: expect.stringContaining('message_uuid is required') });
  expect(run.beforeRecovery.calls).toEqual([]);
  expect(run.beforeRecovery.senders).toEqual([]);
  expect(run.eventsOf('entry').map(({ item }) => item)).not.toContain(blank);
  expect(run.eventsOf('attempt').map(({ item }) => item)).not.toContain(blank);
});

test.each(['OFF', 'ON'])('in %s a quota that is used up refuses the rest, without giving it uuids', async (mode) => {
  const run = await runReference({ mode, messages: 3, quota: 2 });
  expect(bodyOf(run.responses[0])).toEqual({ status: 'queued', messages: 2, refused: 1 });
  expect(run.senders).toHaveLength(2);
  expect(run.eventsOf('entry')).toHaveLength(2);
  expect(run.balance).toBe(0);
});

test('quota that is reserved for a message in doubt is not given to another', async () => {
  const second = { kind: 'entry', campaign: 'second', tenant: CAMPAIGN.tenant, messages: 1, atMs: 400 } as const;
  const run = await runReference({ quota: 1, faults: [IN_DOUBT], steps: [second] });
  expect(bodyOf(run.responses[1])).toMatchObject({ refused: 1 });
  expect(run.balance).toBe(1);
  expect(run.eventsOf('entry')).toHaveLength(1);
});

test('SHADOW needs no quota', async () => {
  const run = await runReference({ mode: 'SHADOW', quota: 0 });
  expect(bodyOf(run.responses[0])).toMatchObject({ messages: 1, refused: 0 });
  expect(run.senders).toEqual(['legacy']);
  expect(run.balance).toBe(0);
});

test.each([
  ['/campaigns/71/send', '{}', 404],
  ['/campaigns/x/send', '{}', 404],
  ['/campaigns/1/send', '{', 400],
  ['/nowhere', '{}', 404],
])('a request to %s with %s is answered %i and has no effect', async (path, body, status) => {
  const system = whenTriggered(({ app }) => app.handle(post(path, body)));
  const run = await runReference({ mode: 'OFF', system });
  expect(run.responses).toMatchObject([{ status, body: expect.stringContaining('"error":') }]);
  expect(run.senders).toEqual([]);
  expect(uuidsOf(run)).toEqual([]);
});
