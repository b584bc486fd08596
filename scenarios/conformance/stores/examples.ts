// Each behaviour that the random scripts look for, as one example with its expected trace.
import type { Role } from '../../../src/contract/message.ts';
import { anyOf, atLeast, increment } from '../../../src/contract/store.ts';
import type { ScriptCommand, ScriptStatement, Step } from './command.ts';
import type { Line } from './play.ts';
import { RANDOM_SETUP } from './script-arbitrary.ts';
import type { ArenaSetup } from './sim-arena.ts';

/** One behaviour. */
export interface Example {
  readonly title: string;
  readonly steps: readonly Step[];
  /** One text for each step, in the form of `textOf`. */
  readonly reported: readonly string[];
}

/** The set-up of the examples: two sessions of the legacy app and one of the service. */
export const EXAMPLE_SETUP: ArenaSetup = RANDOM_SETUP;

const commit: ScriptCommand = { do: 'commit' };
const rollback: ScriptCommand = { do: 'rollback' };
const lock = (key: string): ScriptCommand => ({ do: 'lock', key });

const balance = (owner: number, least = 1): { tenant_id: number; units: ReturnType<typeof atLeast> } => ({
  tenant_id: owner,
  units: atLeast(least),
});
const take = (owner: number, least = 1): ScriptStatement => {
  const set = { units: increment(-1) };
  return { do: 'update', table: 'quota_accounts', where: balance(owner, least), set };
};
const hold = (owner: number): ScriptStatement => {
  return { do: 'select', table: 'quota_accounts', where: balance(owner), forUpdate: true };
};
const read: ScriptStatement = { do: 'select', table: 'quota_accounts', where: {} };
const removeBalance = (owner: number): ScriptStatement => {
  return { do: 'remove', table: 'quota_accounts', where: { tenant_id: owner } };
};
const newBalance = (owner: number, onConflict?: 'ignore'): ScriptStatement => {
  const row = { tenant_id: owner, units: 9 };
  return { do: 'insert', table: 'quota_accounts', row, ...(onConflict === undefined ? {} : { onConflict }) };
};
const newItem = (id: number, uuid: string | null): ScriptStatement => {
  const row = { id, tenant_id: 1, campaign_id: 2, phone: '+2', body: 'b', provider: 'p', message_uuid: uuid };
  return { do: 'insert', table: 'campaign_sms', row };
};
const mint = (id: number, uuid: string): ScriptStatement => {
  return { do: 'update', table: 'campaign_sms', where: { id, message_uuid: null }, set: { message_uuid: uuid } };
};
const claim = (holder: Role, token: string, leaseMs = 60_000): ScriptStatement => {
  return {
    do: 'call',
    procedure: 'sa_claim',
    args: { messageUuid: 'u', tenantId: 1, payloadDigest: 'p', holder, token, leaseMs },
  };
};

/** An example whose commands each have their expected text. */
function example(
  title: string,
  played: readonly (readonly [session: number, command: ScriptCommand, reported: string])[],
): Example {
  return {
    title,
    steps: played.map(([session, command]) => ({ session, command })),
    reported: played.map(([, , reported]) => reported),
  };
}

/** All examples. */
export const EXAMPLES: readonly Example[] = [
  example('an update waits for the holder of its row and works on what the holder has left', [
    [0, take(1), '0: 1=1'],
    [1, take(1), 'waits: 1'],
    [0, commit, '0: committed, 1: 1=0'],
    [1, commit, '1: committed'],
  ]),
  example('an update checks its condition again after the wait, and changes nothing when it fails', [
    [0, take(1, 2), '0: 1=1'],
    [1, take(1, 2), 'waits: 1'],
    [0, commit, '0: committed, 1: nothing'],
    [0, take(1), 'waits: 0'],
    [1, commit, '0: 1=0, 1: committed'],
  ]),
  example('an update uses the old row when the holder rolls back', [
    [0, take(1), '0: 1=1'],
    [1, take(1, 2), 'waits: 1'],
    [0, rollback, '0: rolled-back, 1: 1=1'],
  ]),
  example('a locking select reads the newest version after its wait', [
    [0, take(1), '0: 1=1'],
    [1, hold(1), 'waits: 1'],
    [0, commit, '0: committed, 1: 1=1'],
  ]),
  example('a locking select skips a row that was removed or no longer matches', [
    [0, take(2), '0: 2=0'],
    [1, hold(2), 'waits: 1'],
    [0, commit, '0: committed, 1: nothing'],
    [1, commit, '1: committed'],
    [0, removeBalance(1), '0: 1'],
    [1, hold(1), 'waits: 1'],
    [0, commit, '0: committed, 1: nothing'],
  ]),
  example('a plain select neither waits nor sees what is not committed', [
    [0, take(1), '0: 1=1'],
    [1, read, '1: 1=2 2=1'],
    [0, read, '0: 1=1 2=1'],
    [0, commit, '0: committed'],
    [1, read, '1: 1=1 2=1'],
  ]),
  example('sessions that wait for a held row get it in the order in which they came', [
    [0, hold(1), '0: 1=2'],
    [1, take(1), 'waits: 1'],
    [0, commit, '0: committed, 1: 1=1'],
    [0, take(1), 'waits: 0'],
    [1, rollback, '0: 1=1, 1: rolled-back'],
  ]),
  example('a rollback undoes changes, inserts and removals', [
    [0, take(1), '0: 1=1'],
    [0, newBalance(3), '0: 3=9'],
    [0, removeBalance(2), '0: 1'],
    [0, rollback, '0: rolled-back'],
    [1, read, '1: 1=2 2=1'],
    [1, newBalance(3), '1: 3=9'],
  ]),
  example('an insert waits for a rival and is refused when the rival commits', [
    [0, newBalance(3), '0: 3=9'],
    [1, newBalance(3), 'waits: 1'],
    [0, commit, '0: committed, 1: refused 23505'],
    [1, read, '1: refused 23505'],
    [1, commit, '1: rolled-back 23505'],
  ]),
  example('an insert waits for a rival and goes in when the rival rolls back', [
    [0, newBalance(3), '0: 3=9'],
    [1, newBalance(3), 'waits: 1'],
    [0, rollback, '0: rolled-back, 1: 3=9'],
  ]),
  example('an insert that ignores conflicts waits for the rival too, and inserts nothing when the rival commits', [
    [0, newBalance(3), '0: 3=9'],
    [1, newBalance(3, 'ignore'), 'waits: 1'],
    [0, commit, '0: committed, 1: nothing'],
    [1, read, '1: 1=2 2=1 3=9'],
  ]),
  example('an insert that ignores conflicts goes in when the rival rolls back', [
    [0, newBalance(3), '0: 3=9'],
    [1, newBalance(3, 'ignore'), 'waits: 1'],
    [0, rollback, '0: rolled-back, 1: 3=9'],
  ]),
  example('an insert waits for the transaction that removes the row with its key', [
    [0, removeBalance(1), '0: 1'],
    [1, newBalance(1, 'ignore'), 'waits: 1'],
    [0, commit, '0: committed, 1: 1=9'],
  ]),
  example('an insert also waits for a transaction that changes another column of the row with its key', [
    [0, take(1), '0: 1=1'],
    [1, newBalance(1, 'ignore'), 'waits: 1'],
    [0, rollback, '0: rolled-back, 1: nothing'],
  ]),
  example('an insert does not wait for a transaction that merely holds the row with its key', [
    [0, hold(1), '0: 1=2'],
    [1, newBalance(1, 'ignore'), '1: nothing'],
  ]),
  example('a new unique value waits for a rival like an insert does', [
    [0, mint(2, 'm'), '0: 2:m'],
    [1, newItem(7, 'm'), 'waits: 1'],
    [0, commit, '0: committed, 1: refused 23505'],
  ]),
  example('a row that waits for its second index already blocks others in its first index', [
    [0, newItem(8, 'm'), '0: 8:m'],
    [1, newItem(9, 'm'), 'waits: 1'],
    [0, newItem(9, 'n'), 'deadlock'],
  ]),
  example('several rows without a unique value do not conflict', [
    [0, newItem(8, null), '0: 8:null'],
    [1, newItem(9, null), '1: 9:null'],
  ]),
  example('a key that the same transaction inserted is refused, and is free again once its row is removed', [
    [0, removeBalance(1), '0: 1'],
    [0, newBalance(1), '0: 1=9'],
    [0, newBalance(1, 'ignore'), '0: nothing'],
    [0, newBalance(1), '0: refused 23505'],
  ]),
  example('two transactions that wait for each other are in a deadlock, and one of them is refused', [
    [0, take(1), '0: 1=1'],
    [1, take(2), '1: 2=0'],
    [0, take(2), 'waits: 0'],
    [1, take(1), 'deadlock'],
  ]),
  example('an advisory lock is held until the transaction ends', [
    [0, lock('k'), '0: nothing'],
    [1, lock('k'), 'waits: 1'],
    [2, lock('l'), '2: nothing, waits: 1'],
    [0, commit, '0: committed, 1: nothing'],
  ]),
  example('locks of different kinds can form a deadlock', [
    [0, lock('k'), '0: nothing'],
    [1, take(1), '1: 1=1'],
    [0, take(1), 'waits: 0'],
    [1, lock('k'), 'deadlock'],
  ]),
  example('a claim waits for a rival claim, and is granted when the rival rolls back', [
    [0, claim('legacy', 'x'), '0: granted 1'],
    [2, claim('service', 'y'), 'waits: 2'],
    [0, rollback, '0: rolled-back, 2: granted 1'],
  ]),
  example('a claim waits for a rival claim, and its answer names the holder when the rival commits', [
    [0, claim('legacy', 'x'), '0: granted 1'],
    [2, claim('service', 'y'), 'waits: 2'],
    [0, commit, '0: committed, 2: held by legacy, CLAIMED'],
  ]),
  example('an expired claim is taken over once, and a second attempt finds it held', [
    [0, claim('legacy', 'x', -60_000), '0: granted 1'],
    [0, commit, '0: committed'],
    [0, claim('legacy', 'y'), '0: granted 2'],
    [2, claim('service', 'z'), 'waits: 2'],
    [0, commit, '0: committed, 2: held by legacy, CLAIMED'],
  ]),
  example('a procedure runs with the grants of its owner, and its caller has only its own grants afterwards', [
    [2, claim('service', 'y'), '2: granted 1'],
    [2, { do: 'select', table: 'send_authority', where: {} }, '2: refused 42501'],
  ]),
  example('a statement is refused if its role lacks any privilege that it needs', [
    [2, read, '2: refused 42501'],
    [2, rollback, '2: rolled-back'],
    [0, { do: 'select', table: 'go_sms_logs', where: {} }, '0: nothing'],
    [0, { do: 'select', table: 'go_sms_logs', where: {}, forUpdate: true }, '0: refused 42501'],
    [2, { do: 'call', procedure: 'sa_surface', args: { olderThanMs: 0 } }, '2: refused 42501'],
  ]),
  example('a missing value is refused, and so is one that a check does not allow', [
    [0, { do: 'insert', table: 'quota_accounts', row: { tenant_id: 3 } }, '0: refused 23502'],
    [1, { do: 'insert', table: 'quota_ledger', row: badLedgerRow() }, '1: refused 23514'],
  ]),
  example('only a condition for NULL finds NULL', [
    [0, { do: 'select', table: 'campaign_sms', where: { message_uuid: null } }, '0: 2:null'],
    [0, { do: 'select', table: 'campaign_sms', where: { message_uuid: anyOf(['c', null]) } }, '0: 2:null 3:c'],
    [0, { do: 'select', table: 'campaign_sms', where: { message_uuid: anyOf([]) } }, '0: nothing'],
    [0, { do: 'select', table: 'campaign_sms', where: { epoch: atLeast(0) } }, '0: nothing'],
    [0, { do: 'update', table: 'campaign_sms', where: { id: 1 }, set: { epoch: increment(1) } }, '0: 1:a'],
    [0, { do: 'select', table: 'campaign_sms', where: { epoch: null, id: 1 } }, '0: 1:a'],
  ]),
];

/** A row that violates a check. It is parsed from JSON because the compiler refuses it too. */
function badLedgerRow(): { message_uuid: string; tenant_id: number; state: 'reserved' } {
  return JSON.parse('{"message_uuid":"u","tenant_id":1,"state":"lost"}') as ReturnType<typeof badLedgerRow>;
}

/** A line of a trace as short text. */
export function textOf(line: Line): string {
  if (line.kind !== 'played') return line.kind;
  const answers = line.answers.map(({ session, answer }) => `${session}: ${brief(answer)}`);
  if (line.waiting.length > 0) answers.push(`waits: ${line.waiting.join(' ')}`);
  return answers.join(', ');
}

function brief(answer: unknown): string {
  if (answer === null) return 'nothing';
  if (Array.isArray(answer)) return answer.length === 0 ? 'nothing' : answer.map(brief).join(' ');
  if (typeof answer !== 'object') return typeof answer === 'string' ? answer : JSON.stringify(answer);
  const row = answer as Record<string, unknown>;
  if ('refused' in row) return `refused ${String(row['refused'])}`;
  if ('sqlState' in row) return `rolled-back ${String(row['sqlState'])}`;
  if (row['kind'] === 'granted') return `granted ${String(row['epoch'])}`;
  if (row['kind'] === 'held') return `held by ${String(row['holder'])}, ${String(row['state'])}`;
  return 'units' in row
    ? `${String(row['tenant_id'])}=${String(row['units'])}`
    : `${String(row['id'])}:${String(row['message_uuid'])}`;
}
