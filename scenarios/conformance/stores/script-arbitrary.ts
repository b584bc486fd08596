// Random scripts over few rows, so that sessions often conflict.
import { type Arbitrary, array, constant, constantFrom, oneof, record } from 'fast-check';
import type { Role } from '../../../src/contract/message.ts';
import { anyOf, atLeast, increment } from '../../../src/contract/store.ts';
import type { ScriptCommand, ScriptStatement, Step } from './command.ts';
import type { Contents } from './play.ts';
import type { ArenaSetup } from './sim-arena.ts';

/** The role of each session. */
const ROLES: readonly Role[] = ['legacy', 'legacy', 'service'];

const item = (id: number, uuid: string | null) => ({
  id,
  tenant_id: 1,
  campaign_id: 1,
  phone: '+1',
  body: 'b',
  provider: 'p',
  message_uuid: uuid,
});

const logRow = (uuid: string) =>
  ({ message_uuid: uuid, dry_run: false, tenant_id: 1, recipient: '+1', body: 'b', status: 'pending' }) as const;

const CONTENTS: Contents = {
  quota_accounts: [
    { tenant_id: 1, units: 2 },
    { tenant_id: 2, units: 1 },
  ],
  campaign_sms: [item(1, 'a'), item(2, null), item(3, 'c')],
};

/** The set-up of random scripts. */
export const RANDOM_SETUP: ArenaSetup = { roles: ROLES, contents: CONTENTS };

const owner = constantFrom(1, 2);
const id = constantFrom(1, 2, 4);
const uuid = constantFrom('a', 'b');
const uuidOrNone = constantFrom('a', 'b', null);
const mode = constantFrom('ON', 'OFF', null);

const take = (tenant_id: number, least: number): ScriptStatement => {
  const where = { tenant_id, units: atLeast(least) };
  return { do: 'update', table: 'quota_accounts', where, set: { units: increment(-1) } };
};
const hold = (tenant_id: number, least: number): ScriptStatement => {
  return { do: 'select', table: 'quota_accounts', where: { tenant_id, units: atLeast(least) }, forUpdate: true };
};
const pin = (message_uuid: string): ScriptStatement => {
  const where = { message_uuid, mode: anyOf(['OFF', null]) };
  return { do: 'update', table: 'campaign_sms', where, set: { mode: 'ON', epoch: increment(1) } };
};

/** Statements of the legacy app. A change matches one row, because PostgreSQL does not promise the order in which it locks several. */
const legacyStatement: Arbitrary<ScriptStatement> = oneof(
  record({ tenant_id: owner, least: constantFrom(1, 2) }).map(({ tenant_id, least }) => take(tenant_id, least)),
  record({ tenant_id: owner, least: constantFrom(1, 2) }).map(({ tenant_id, least }) => hold(tenant_id, least)),
  constant<ScriptStatement>({ do: 'select', table: 'quota_accounts', where: {}, forUpdate: true }),
  constant<ScriptStatement>({ do: 'select', table: 'quota_accounts', where: {} }),
  owner.map((tenant_id): ScriptStatement => ({ do: 'remove', table: 'quota_accounts', where: { tenant_id } })),
  owner.map((tenant_id): ScriptStatement => {
    return { do: 'insert', table: 'quota_accounts', row: { tenant_id, units: 5 }, onConflict: 'ignore' };
  }),
  record({ id, uuid: uuidOrNone }).map((made): ScriptStatement => {
    return { do: 'insert', table: 'campaign_sms', row: item(made.id, made.uuid) };
  }),
  record({ id, uuid: uuidOrNone }).map((made): ScriptStatement => {
    return { do: 'insert', table: 'campaign_sms', row: item(made.id, made.uuid), onConflict: 'ignore' };
  }),
  record({ id, uuid: uuidOrNone }).map((made): ScriptStatement => {
    return { do: 'update', table: 'campaign_sms', where: { id: made.id }, set: { message_uuid: made.uuid } };
  }),
  record({ uuid, mode }).map((made): ScriptStatement => {
    const where = { message_uuid: made.uuid, mode: anyOf(['OFF', null]) };
    return { do: 'update', table: 'campaign_sms', where, set: { mode: made.mode, epoch: increment(1) } };
  }),
  uuid.map((message_uuid): ScriptStatement => ({ do: 'remove', table: 'campaign_sms', where: { message_uuid } })),
  id.map((removed): ScriptStatement => ({ do: 'remove', table: 'campaign_sms', where: { id: removed } })),
  constant<ScriptStatement>({ do: 'select', table: 'campaign_sms', where: { campaign_id: 1 }, forUpdate: true }),
  constant<ScriptStatement>({ do: 'select', table: 'campaign_sms', where: { mode: null }, forUpdate: true }),
  constant<ScriptStatement>({ do: 'select', table: 'campaign_sms', where: {} }),
);

const serviceStatement: Arbitrary<ScriptStatement> = oneof(
  uuid.map((made): ScriptStatement => ({
    do: 'insert',
    table: 'go_sms_logs',
    row: logRow(made),
    onConflict: 'ignore',
  })),
  uuid.map((made): ScriptStatement => ({ do: 'insert', table: 'go_sms_logs', row: logRow(made) })),
  uuid.map((message_uuid): ScriptStatement => {
    return { do: 'update', table: 'go_sms_logs', where: { message_uuid }, set: { status: 'accepted' } };
  }),
  constant<ScriptStatement>({ do: 'select', table: 'go_sms_logs', where: {} }),
);

const sharedStatement: Arbitrary<ScriptStatement> = oneof(
  record({
    messageUuid: uuid,
    tenantId: constant(1),
    payloadDigest: constantFrom('p', 'p', 'p', 'q'),
    holder: constantFrom<Role>('legacy', 'service'),
    token: constantFrom('x', 'y'),
    leaseMs: constantFrom(60_000, -60_000),
  }).map((args): ScriptStatement => ({ do: 'call', procedure: 'sa_claim', args })),
  record({ messageUuid: uuid, epoch: constantFrom(1, 2), token: constantFrom('x', 'y') }).map(
    (args): ScriptStatement => ({
      do: 'call',
      procedure: 'sa_begin_send',
      args,
    }),
  ),
  record({
    messageUuid: uuid,
    epoch: constantFrom(1, 2),
    state: constantFrom('SENT' as const, 'UNKNOWN' as const),
    providerMessageId: constant(null),
  }).map((args): ScriptStatement => ({ do: 'call', procedure: 'sa_settle', args })),
  constantFrom('k', 'l').map((key): ScriptStatement => ({ do: 'lock', key })),
);

const end: Arbitrary<ScriptCommand> = constantFrom<ScriptCommand>(
  { do: 'commit' },
  { do: 'commit' },
  { do: 'rollback' },
);

/** Commands of a role, and a few statements that it is not allowed to run. */
function commandOf(role: Role): Arbitrary<ScriptCommand> {
  const [own, foreign] = role === 'legacy' ? [legacyStatement, serviceStatement] : [serviceStatement, legacyStatement];
  return oneof(
    { weight: 12, arbitrary: own },
    { weight: 5, arbitrary: sharedStatement },
    { weight: 5, arbitrary: end },
    { weight: 1, arbitrary: foreign },
  );
}

const anyStep: Arbitrary<Step> = oneof(
  ...ROLES.map((role, session) => ({
    weight: role === 'legacy' ? 3 : 2,
    arbitrary: commandOf(role).map((command): Step => ({ session, command })),
  })),
);

/** Statements that conflict with each other. */
const RIVALS: readonly Arbitrary<ScriptStatement>[] = [
  constantFrom(take(1, 1), take(1, 2), hold(1, 1), hold(1, 2)),
  constantFrom(take(2, 1), hold(2, 1)),
  constantFrom(pin('a'), pin('c')),
  record({ made: constantFrom(4, 5), uuid: uuidOrNone, ignores: constantFrom(true, false) }).map(
    ({ made, uuid: unique, ignores }): ScriptStatement => {
      const row = item(made, unique);
      return { do: 'insert', table: 'campaign_sms', row, ...(ignores ? { onConflict: 'ignore' } : {}) };
    },
  ),
];

/** Two sessions with conflicting statements, and other commands before one of them ends. */
const clash: Arbitrary<Step[]> = oneof(...RIVALS.map((rival) => array(rival, { minLength: 3, maxLength: 3 }))).chain(
  (wanted) =>
    record({ first: constantFrom(0, 1), between: array(anyStep, { maxLength: 2 }), end }).map(
      ({ first, between, end: ending }): Step[] => {
        const [one, two, three] = wanted.map((command) => command);
        if (one === undefined || two === undefined || three === undefined) return between;
        const second = 1 - first;
        return [
          { session: first, command: one },
          { session: second, command: two },
          ...between,
          { session: first, command: ending },
          { session: second, command: three },
        ];
      },
    ),
);

/** Two sessions that lock the same two things in opposite orders. It comes last in a script, because it usually ends in a deadlock. */
const cross: Arbitrary<Step[]> = constantFrom(
  [take(1, 1), take(2, 1)] as const,
  [hold(1, 1), pin('a')] as const,
  [{ do: 'lock', key: 'k' }, pin('c')] as const,
).map(([one, two]): Step[] => [
  { session: 0, command: { do: 'rollback' } },
  { session: 1, command: { do: 'rollback' } },
  { session: 0, command: one },
  { session: 1, command: two },
  { session: 0, command: two },
  { session: 1, command: one },
]);

/** A script for the sessions of `RANDOM_SETUP`. */
export const script: Arbitrary<Step[]> = record({
  parts: array(oneof({ weight: 1, arbitrary: clash }, { weight: 3, arbitrary: anyStep.map((step) => [step]) }), {
    minLength: 3,
    maxLength: 10,
    size: 'max',
  }),
  last: oneof({ weight: 2, arbitrary: constant<Step[]>([]) }, { weight: 1, arbitrary: cross }),
}).map(({ parts, last }) => [...parts.flat(), ...last]);
