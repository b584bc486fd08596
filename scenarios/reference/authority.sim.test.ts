// The authority when the database does not answer: a transaction is retried once, and nothing is sent while its outcome is unknown.
import { expect, test } from 'vitest';
import { CAMPAIGN } from '../../harness/generators/campaign-scenario.ts';
import type { Procedure } from '../../src/contract/system.ts';
import { assemble, referenceParts, system } from '../../src/reference.ts';
import { runReference } from './reference-run.fixture.ts';

const SENDERS = [
  { mode: 'OFF', sender: 'legacy' },
  { mode: 'ON', sender: 'service' },
] as const;

const IN_DOUBT = SENDERS.flatMap((row) =>
  (['sa_claim', 'sa_begin_send'] as const).map((procedure) => ({ ...row, procedure })),
);

const LOST = ['lose-acknowledgement', 'lose-commit'] as const;

test.each(IN_DOUBT.flatMap((row) => LOST.map((end) => ({ ...row, end }))))(
  'in $mode $procedure is retried when its COMMIT ends in $end',
  async ({ mode, sender, procedure, end }) => {
    const at = `${sender} call ${procedure}` as const;
    const run = await runReference({ mode, databaseFailures: [{ at, end }] });
    expect(run.statements(at)).toBe(2);
    expect(run.senders).toEqual([sender]);
    expect(run.beforeRecovery.rows('send_authority')).toMatchObject([{ state: 'SENT', epoch: 1 }]);
    expect(run.beforeRecovery.balance).toBe(99);
  },
);

test.each(IN_DOUBT)('in $mode nothing is sent when $procedure stays unknown', async ({ mode, sender, procedure }) => {
  const at = `${sender} call ${procedure}` as const;
  const lost = { at, end: 'lose-acknowledgement' } as const;
  const run = await runReference({ mode, databaseFailures: [lost, lost] });
  expect(run.statements(at)).toBe(2);
  expect(run.beforeRecovery.senders).toEqual([]);
  expect(run.beforeRecovery.balance).toBe(100);
  // An expired claim is taken over; a send that may have begun is not repeated.
  expect(run.senders).toEqual(procedure === 'sa_claim' ? [sender] : []);
});

test.each(SENDERS.flatMap((row) => LOST.map((end) => ({ ...row, end }))))(
  'in $mode a settlement of the authority is retried when its COMMIT ends in $end',
  async ({ mode, sender, end }) => {
    const run = await runReference({ mode, databaseFailures: [{ at: `${sender} call sa_settle`, end }] });
    const [accepted] = run.eventsOf('accept');
    expect(run.senders).toEqual([sender]);
    expect(run.beforeRecovery.rows('send_authority')).toMatchObject([
      { state: 'SENT', provider_message_id: accepted?.providerMessageId },
    ]);
    expect(run.beforeRecovery.balance).toBe(99);
  },
);

test.each(SENDERS)('in $mode a send that cannot be settled stays SENDING and is not repeated', async (row) => {
  const { mode, sender } = row;
  const lost = { at: `${sender} call sa_settle`, end: 'lose-commit' } as const;
  const redelivery = { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 900 } as const;
  const run = await runReference({ mode, databaseFailures: [lost, lost], faults: [redelivery] });
  expect(run.responses).toHaveLength(2);
  expect(run.beforeRecovery.rows('send_authority')).toMatchObject([{ state: 'SENDING' }]);
  expect(run.senders).toEqual([sender]);
});

test.each(SENDERS)('in $mode a refusal of the database is not retried', async ({ mode, sender }) => {
  const { name, module, procedures } = system;
  const refused: Procedure<'sa_claim'> = {
    ...procedures.sa_claim,
    async twin(tx, { messageUuid, tenantId }) {
      // The database refuses a row without a state, at every attempt.
      await tx.insert('send_authority', { message_uuid: messageUuid, tenant_id: tenantId });
      throw new Error('expected the row to be refused');
    },
  };
  const refusing = assemble(referenceParts, { name, module, procedures: { sa_claim: refused } });
  const run = await runReference({ mode, system: refusing });
  expect(run.statements(`${sender} call sa_claim`)).toBe(1);
  expect(run.senders).toEqual([]);
  expect(run.rows('send_authority')).toEqual([]);
});

test.each(SENDERS)('in $mode credentials that cannot be read leave a claim, not a send in doubt', async (row) => {
  const { mode, sender } = row;
  const at = `${sender} select provider_credentials` as const;
  const run = await runReference({ mode, databaseFailures: [{ at, end: 'disconnect' }] });
  expect(run.beforeRecovery.senders).toEqual([]);
  expect(run.beforeRecovery.rows('send_authority')).toMatchObject([{ state: 'CLAIMED' }]);
  expect(run.senders).toEqual([sender]);
});
