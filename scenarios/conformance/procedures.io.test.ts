// Compares each stored procedure with its twin on a real PostgreSQL, and races `sa_claim`, which decides which system may send.
import { array, assert, asyncProperty, type Arbitrary, constantFrom, oneof, record } from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Claim } from '../../src/contract/authority.ts';
import { type Role, ROLES } from '../../src/contract/message.ts';
import { type PairDatabase, type PairServer, startPairServer } from './pair-database.fixture.ts';
import { type ProcedureCall, FORMS, type Form, runCommand } from './procedure-forms.ts';

let server: PairServer;
let database: PairDatabase;
beforeAll(async () => {
  server = await startPairServer();
  database = await server.open();
});
afterAll(async () => {
  await database.close();
  await server.close();
});
beforeEach(() => database.admin.query('TRUNCATE send_authority'));

async function runAll(
  form: Form,
  commands: readonly ProcedureCall[],
): Promise<{ answers: unknown[]; rows: unknown[] }> {
  await database.admin.query('TRUNCATE send_authority');
  const answers: unknown[] = [];
  for (const command of commands) answers.push(await runCommand(database.stores.legacy, form, command));
  const { rows } = await database.admin.query<Record<string, unknown>>(
    `SELECT message_uuid, tenant_id, payload_digest, holder, token, state, epoch, provider_message_id,
            round(extract(epoch FROM lease_until - clock_timestamp()) / 60) AS lease_minutes
     FROM send_authority ORDER BY message_uuid`,
  );
  return { answers, rows };
}

const claim = (holder: Role, token: string, leaseMs = 60_000): ProcedureCall => [
  'sa_claim',
  { messageUuid: 'u1', tenantId: 1, payloadDigest: 'p', holder, token, leaseMs },
];
const claimOther = (holder: Role, token: string): ProcedureCall => [
  'sa_claim',
  { messageUuid: 'u1', tenantId: 1, payloadDigest: 'q', holder, token, leaseMs: 60_000 },
];
const begin = (epoch: number, token: string): ProcedureCall => ['sa_begin_send', { messageUuid: 'u1', epoch, token }];
const settle = (
  epoch: number,
  state: 'SENT' | 'NOT_SENT' | 'UNKNOWN',
  providerMessageId: string | null = null,
): ProcedureCall => ['sa_settle', { messageUuid: 'u1', epoch, state, providerMessageId }];
const surface = (olderThanMs: number): ProcedureCall => ['sa_surface', { olderThanMs }];

const granted = (epoch: number): Claim => ({ kind: 'granted', epoch });
const conflict: Claim = { kind: 'conflict' };
const held = (state: string, holder: Role, providerMessageId: string | null = null): unknown => ({
  kind: 'held',
  state,
  holder,
  providerMessageId,
});

const SEQUENCES: readonly [string, readonly (readonly [ProcedureCall, unknown])[]][] = [
  ['a first claim is granted epoch 1', [[claim('legacy', 'a'), granted(1)]]],
  [
    'the same token is granted the same epoch again, also after its lease',
    [
      [claim('legacy', 'a', 0), granted(1)],
      [claim('legacy', 'a', 0), granted(1)],
    ],
  ],
  [
    'the answer to another token names the holder of the claim',
    [
      [claim('legacy', 'a'), granted(1)],
      [claim('service', 'b'), held('CLAIMED', 'legacy')],
    ],
  ],
  [
    'a claim for another payload is refused to both systems, in every state and also after the lease',
    [
      [claim('service', 'a', 0), granted(1)],
      [claimOther('service', 'a'), conflict],
      [claimOther('legacy', 'b'), conflict],
      [begin(1, 'a'), true],
      [claimOther('service', 'a'), conflict],
      [settle(1, 'SENT', 'p1'), true],
      [claimOther('legacy', 'b'), conflict],
      [claim('legacy', 'b'), held('SENT', 'service', 'p1')],
    ],
  ],
  [
    'an expired claim is taken over under the next epoch, and the first holder can no longer begin',
    [
      [claim('legacy', 'a', 0), granted(1)],
      [claim('service', 'b'), granted(2)],
      [begin(1, 'a'), false],
      [begin(2, 'a'), false],
      [claim('legacy', 'a'), held('CLAIMED', 'service')],
      [begin(2, 'b'), true],
    ],
  ],
  [
    'an expired claim that was not taken over still permits begin-send',
    [
      [claim('service', 'a', 0), granted(1)],
      [begin(1, 'a'), true],
      [claim('legacy', 'b'), held('SENDING', 'service')],
    ],
  ],
  [
    'a send that has begun has no lease, and its begin-send succeeds again',
    [
      [claim('legacy', 'a', 0), granted(1)],
      [begin(1, 'a'), true],
      [begin(1, 'a'), true],
      [begin(1, 'b'), false],
      [begin(2, 'a'), false],
      [claim('legacy', 'a'), held('SENDING', 'legacy')],
    ],
  ],
  [
    'nothing can begin or settle without a claim',
    [
      [begin(1, 'a'), false],
      [settle(1, 'SENT', 'p'), false],
    ],
  ],
  [
    'a claim that has not begun cannot be settled',
    [
      [claim('legacy', 'a'), granted(1)],
      [settle(1, 'NOT_SENT'), false],
      [claim('legacy', 'b'), held('CLAIMED', 'legacy')],
    ],
  ],
  [
    'a sent message stays sent under its provider id',
    [
      [claim('service', 'a'), granted(1)],
      [begin(1, 'a'), true],
      [settle(2, 'SENT', 'wrong epoch'), false],
      [settle(1, 'SENT', 'p1'), true],
      [settle(1, 'SENT', 'p2'), false],
      [settle(1, 'NOT_SENT'), false],
      [settle(1, 'UNKNOWN'), false],
      [begin(1, 'a'), false],
      [claim('legacy', 'b', 0), held('SENT', 'service', 'p1')],
      [claim('service', 'a', 0), held('SENT', 'service', 'p1')],
    ],
  ],
  [
    'an unknown message may still become sent, and stays unknown when it is settled as unknown again',
    [
      [claim('service', 'a'), granted(1)],
      [begin(1, 'a'), true],
      [settle(1, 'UNKNOWN'), true],
      [settle(1, 'UNKNOWN'), false],
      [begin(1, 'a'), false],
      [claim('legacy', 'b'), held('UNKNOWN', 'service')],
      [settle(1, 'SENT', 'p1'), true],
      [claim('legacy', 'b'), held('SENT', 'service', 'p1')],
    ],
  ],
  [
    'an unknown message may still become not sent',
    [
      [claim('service', 'a'), granted(1)],
      [begin(1, 'a'), true],
      [settle(1, 'UNKNOWN'), true],
      [settle(1, 'NOT_SENT'), true],
      [settle(1, 'SENT', 'p1'), false],
    ],
  ],
  [
    'a message that is not sent has no second sender',
    [
      [claim('service', 'a', 0), granted(1)],
      [begin(1, 'a'), true],
      [settle(1, 'NOT_SENT'), true],
      [claim('legacy', 'b'), held('NOT_SENT', 'service')],
    ],
  ],
  [
    'only a send that has been under way for long enough is surfaced',
    [
      [claim('service', 'a', 0), granted(1)],
      [surface(0), []],
      [begin(1, 'a'), true],
      [surface(60_000), []],
      [surface(0), ['u1']],
      [surface(0), []],
      [claim('legacy', 'b'), held('UNKNOWN', 'service')],
      [settle(1, 'SENT', 'p1'), true],
    ],
  ],
];

describe.each(FORMS)('the authority, as %s', (form) => {
  test.each(SEQUENCES)('the authority: %s', async (_title, steps) => {
    const { answers } = await runAll(
      form,
      steps.map(([command]) => command),
    );
    expect(answers).toEqual(steps.map(([, answer]) => answer));
  });
});

const uuidArbitrary = constantFrom('u1', 'u2');
const tokenArbitrary = constantFrom('a', 'b');
const commandArbitrary: Arbitrary<ProcedureCall> = oneof(
  record({
    messageUuid: uuidArbitrary,
    tenantId: constantFrom(1, 2),
    payloadDigest: constantFrom('p', 'p', 'p', 'q'),
    holder: constantFrom(...ROLES),
    token: tokenArbitrary,
    leaseMs: constantFrom(0, 600_000),
  }).map((args): ProcedureCall => ['sa_claim', args]),
  record({ messageUuid: uuidArbitrary, epoch: constantFrom(1, 2), token: tokenArbitrary }).map(
    (args): ProcedureCall => ['sa_begin_send', args],
  ),
  record({
    messageUuid: uuidArbitrary,
    epoch: constantFrom(1, 2),
    state: constantFrom('SENT' as const, 'NOT_SENT' as const, 'UNKNOWN' as const),
    providerMessageId: constantFrom('p', null),
  }).map((args): ProcedureCall => ['sa_settle', args]),
  constantFrom(0, 600_000).map((olderThanMs): ProcedureCall => ['sa_surface', { olderThanMs }]),
);

describe('a procedure and its twin', () => {
  test('a procedure and its twin answer alike and leave the same rows for any sequence of commands', async () => {
    await assert(
      asyncProperty(array(commandArbitrary, { minLength: 3, maxLength: 14 }), async (commands) => {
        expect(await runAll('twin', commands)).toEqual(await runAll('sql', commands));
      }),
      { numRuns: 60 },
    );
  });
});

async function claimAs(role: Role, args: { messageUuid: string; token: string; leaseMs: number }): Promise<Claim> {
  const outcome = await database.stores[role].transaction((tx) =>
    tx.call('sa_claim', { ...args, tenantId: 1, payloadDigest: 'p', holder: role }),
  );
  if (outcome.kind !== 'committed') throw new Error(`expected a committed claim, received ${outcome.kind}`);
  return outcome.value;
}

function race(messageUuid: string): Promise<Claim[]> {
  return Promise.all(
    ROLES.flatMap((role) =>
      ['1', '2'].map((nth) => claimAs(role, { messageUuid, token: `${role}-${nth}`, leaseMs: 60_000 })),
    ),
  );
}

describe('a race of both roles', () => {
  const uuids = Array.from({ length: 200 }, (_, index) => `race-${index}`);

  test('a race of both roles grants each of 200 messages exactly once, under epoch 1', async () => {
    const claims = await Promise.all(uuids.map(race));
    expect(claims.map((four) => four.filter(({ kind }) => kind === 'granted'))).toEqual(uuids.map(() => [granted(1)]));
  });

  test('a race of both roles takes each of 200 expired claims over exactly once, under epoch 2', async () => {
    await Promise.all(uuids.map((messageUuid) => claimAs('service', { messageUuid, token: 'dead', leaseMs: 0 })));
    const claims = await Promise.all(uuids.map(race));
    expect(claims.map((four) => four.filter(({ kind }) => kind === 'granted'))).toEqual(uuids.map(() => [granted(2)]));
  });
});
