// Claims that race on a real PostgreSQL, in both forms of the procedures: how many attempts of one message are permitted to send.
import { expect, test } from 'vitest';
import { markerOf } from '../../harness/runner/mutant.ts';
import type { ProcedureName, Procedures } from '../../src/contract/authority.ts';
import { ROLES, type Role } from '../../src/contract/message.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { ProcedureServer, System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { type PairDatabase, startPairServer } from '../conformance/pair-database.fixture.ts';
import { FORMS, type Form } from '../conformance/procedure-forms.ts';
import { mutantOf } from './all-mutants.ts';

const MESSAGES = 20;
/** Concurrent attempts of each system for a message; one more follows after them. */
const ATTEMPTS = 6;

/** The outcome of a race. */
interface Raced {
  /** The most attempts of one message that were permitted to send; the race ends at the first message that has more than one. */
  readonly permitted: number;
  readonly notices: readonly string[];
}

/** The form of the procedures, and SQL that changes the database before the race. */
interface Race {
  readonly form: Form;
  readonly change?: string;
}

async function race({ procedures }: System, { form, change }: Race): Promise<Raced> {
  const server = await startPairServer(procedures);
  const notices: string[] = [];
  const database = await server.open((text) => notices.push(text));
  try {
    if (change !== undefined) await database.admin.query(change);
    let permitted = 0;
    const ground = { database, procedures, form, notice: (text: string) => notices.push(text) };
    for (let message = 0; message < MESSAGES && permitted <= 1; message += 1) {
      permitted = Math.max(permitted, await permits(ground, `u${message}`));
    }
    return { permitted, notices };
  } finally {
    await database.close();
    await server.close();
  }
}

/** What all attempts of a race share. */
interface Ground {
  readonly database: PairDatabase;
  readonly procedures: System['procedures'];
  readonly form: Form;
  readonly notice: (text: string) => void;
}

/** How many attempts of a message are permitted to send: all but the last of each system run concurrently. */
async function permits(ground: Ground, messageUuid: string): Promise<number> {
  const attempts = ROLES.flatMap((role) => Array.from({ length: ATTEMPTS }, (_, index) => ({ role, index })));
  const sends = await Promise.all(
    attempts.map(({ role, index }) => maySend(ground, role, { messageUuid, token: `${role}-${index}` })),
  );
  for (const role of ROLES) sends.push(await maySend(ground, role, { messageUuid, token: `${role}-last` }));
  return sends.filter(Boolean).length;
}

/** Claims a message and begins its send, in two transactions. True when both succeed. */
async function maySend(
  ground: Ground,
  role: Role,
  { messageUuid, token }: { messageUuid: string; token: string },
): Promise<boolean> {
  const claim = await call(ground, role, [
    'sa_claim',
    { messageUuid, tenantId: 1, payloadDigest: 'p', holder: role, token, leaseMs: 60_000 },
  ]);
  if (claim?.kind !== 'granted') return false;
  return (await call(ground, role, ['sa_begin_send', { messageUuid, epoch: claim.epoch, token }])) === true;
}

/** The result of a procedure; undefined when the transaction was rolled back. */
async function call<P extends ProcedureName>(
  { database, procedures, form, notice }: Ground,
  role: Role,
  [procedure, args]: readonly [P, Procedures[P]['arguments']],
): Promise<Procedures[P]['result'] | undefined> {
  const nowMicros = Date.now() * 1_000;
  const server: ProcedureServer = { nowMicros, startedMicros: nowMicros, notice };
  const twin: (tx: Transaction) => Promise<Procedures[P]['result']> = (tx) =>
    procedures[procedure].twin(tx, args, server);
  // A twin runs with the grants of its caller; the SQL form runs with those of the owner of the procedures.
  const outcome = await (form === 'sql'
    ? database.stores[role].transaction((tx) => tx.call(procedure, args))
    : database.stores.legacy.transaction(twin));
  return outcome.kind === 'committed' ? outcome.value : undefined;
}

test.each(FORMS)('the reference permits one attempt of a message to send, in %s', async (form) => {
  expect(await race(reference, { form })).toEqual({ permitted: 1, notices: [] });
});

test.each(FORMS)('M32 misses claims that others made while it waited, and permits one attempt, in %s', async (form) => {
  const { permitted, notices } = await race((await mutantOf('M32')).system, { form });
  expect(notices).toContain(markerOf('M32'));
  expect(permitted).toBe(1);
});

test('M32 without the primary key permits several attempts', async () => {
  const change = 'ALTER TABLE send_authority DROP CONSTRAINT send_authority_pkey';
  const { permitted } = await race((await mutantOf('M32')).system, { form: 'sql', change });
  expect(permitted).toBeGreaterThan(1);
});

test.each(FORMS)('M33 permits several attempts, in %s', async (form) => {
  const { permitted, notices } = await race((await mutantOf('M33')).system, { form });
  expect(notices).toContain(markerOf('M33'));
  expect(permitted).toBeGreaterThan(1);
});
