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
/** Of each system at once; each tries once more when these are over. */
const ATTEMPTS = 6;

/** What came of a race. */
interface Raced {
  /** The most attempts of one message that may send; the race ends with the first message that has more than one. */
  readonly permitted: number;
  readonly notices: readonly string[];
}

/** How a system is raced: in which form of its procedures, and on a database that was changed before. */
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

/** Where attempts are made. */
interface Ground {
  readonly database: PairDatabase;
  readonly procedures: System['procedures'];
  readonly form: Form;
  readonly notice: (text: string) => void;
}

/** How many attempts of a message may send, most of them at once and the last ones after them. */
async function permits(ground: Ground, messageUuid: string): Promise<number> {
  const attempts = ROLES.flatMap((role) => Array.from({ length: ATTEMPTS }, (_, index) => ({ role, index })));
  const sends = await Promise.all(
    attempts.map(({ role, index }) => maySend(ground, role, { messageUuid, token: `${role}-${index}` })),
  );
  for (const role of ROLES) sends.push(await maySend(ground, role, { messageUuid, token: `${role}-last` }));
  return sends.filter(Boolean).length;
}

/** Claims a message and begins its send, each in a transaction of its own. */
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

/** Undefined when the transaction was rolled back. */
async function call<P extends ProcedureName>(
  { database, procedures, form, notice }: Ground,
  role: Role,
  [procedure, args]: readonly [P, Procedures[P]['arguments']],
): Promise<Procedures[P]['result'] | undefined> {
  const nowMicros = Date.now() * 1_000;
  const server: ProcedureServer = { nowMicros, startedMicros: nowMicros, notice };
  const twin: (tx: Transaction) => Promise<Procedures[P]['result']> = (tx) =>
    procedures[procedure].twin(tx, args, server);
  // A twin has the rights of its caller, and only the owner of the procedures may do what they do.
  const outcome = await (form === 'sql'
    ? database.stores[role].transaction((tx) => tx.call(procedure, args))
    : database.stores.legacy.transaction(twin));
  return outcome.kind === 'committed' ? outcome.value : undefined;
}

test.each(FORMS)('of the attempts of one message the reference permits one, in %s', async (form) => {
  expect(await race(reference, { form })).toEqual({ permitted: 1, notices: [] });
});

test.each(FORMS)('M32 misses claims that others made while it waited, and permits one attempt, in %s', async (form) => {
  const { permitted, notices } = await race((await mutantOf('M32')).system, { form });
  expect(notices).toContain(markerOf('M32'));
  expect(permitted).toBe(1);
});

test('without the primary key M32 permits several', async () => {
  const change = 'ALTER TABLE send_authority DROP CONSTRAINT send_authority_pkey';
  const { permitted } = await race((await mutantOf('M32')).system, { form: 'sql', change });
  expect(permitted).toBeGreaterThan(1);
});

test.each(FORMS)('M33 permits several, in %s', async (form) => {
  const { permitted, notices } = await race((await mutantOf('M33')).system, { form });
  expect(notices).toContain(markerOf('M33'));
  expect(permitted).toBeGreaterThan(1);
});
