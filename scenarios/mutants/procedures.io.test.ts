// Mutants with a sabotaged procedure, on a real PostgreSQL: SQL and twin make the same mistake, and both log the marker.
import { expect, test } from 'vitest';
import type { ProcedureName } from '../../src/contract/authority.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { Procedure, ProcedureServer } from '../../src/contract/system.ts';
import { markerOf } from '../../harness/runner/mutant.ts';
import { system as reference } from '../../src/reference.ts';
import { startPairServer } from '../conformance/pair-database.fixture.ts';
import { type ProcedureCall, FORMS, type Form } from '../conformance/procedure-forms.ts';
import { loadMutants, mutantOf } from './all-mutants.ts';

/** SQL for rows with which a mutant shows, and the procedure call that shows it. */
interface Occasion {
  readonly rows: readonly string[];
  readonly command: ProcedureCall;
}

const SENDING = `INSERT INTO send_authority (message_uuid, tenant_id, payload_digest, holder, token, state, epoch, lease_until)
  VALUES ('u1', 1, 'p', 'service', 'a', 'SENDING', 1, clock_timestamp() - interval '1 second')`;
const goRow = (values: string): string =>
  `INSERT INTO go_sms_logs (message_uuid, dry_run, status, provider_message_id, tenant_id, recipient, body, created_at)
   VALUES (${values}, 1, 'r', 'b', clock_timestamp() - interval '1 second')`;
const logRow = (values: string): string =>
  `INSERT INTO sms_logs (message_uuid, source, status, provider_message_id, tenant_id, created_at)
   VALUES (${values}, 1, clock_timestamp() - interval '1 second')`;
const reconcile: ProcedureCall = ['reconcile', { graceMs: 0 }];

const CLAIM: ProcedureCall = [
  'sa_claim',
  { messageUuid: 'u1', tenantId: 1, payloadDigest: 'p', holder: 'legacy', token: 'b', leaseMs: 60_000 },
];

const OCCASIONS: Readonly<Record<string, Occasion>> = {
  B40: { rows: [], command: CLAIM },
  B70: { rows: [SENDING.replace("'p'", "'q'")], command: CLAIM },
  M28: { rows: [SENDING], command: CLAIM },
  M29: { rows: [SENDING], command: ['sa_begin_send', { messageUuid: 'u1', epoch: 2, token: 'b' }] },
  M33: { rows: [SENDING], command: CLAIM },
  M65: { rows: [goRow("'u1', true, 'accepted', NULL")], command: reconcile },
  M66: { rows: [goRow("'u1', false, 'accepted', 'p1'"), logRow("'u1', 'go', 'accepted', NULL")], command: reconcile },
  M68: {
    rows: [goRow("'u1', false, 'accepted', 'p1'"), logRow("'u1', 'go', 'duplicate', 'p1'")],
    command: reconcile,
  },
  M70: { rows: [SENDING], command: ['sa_surface', { olderThanMs: 0 }] },
  W06: { rows: [goRow("'u1', false, 'accepted', 'p1'")], command: reconcile },
  W10: { rows: [SENDING], command: ['sa_surface', { olderThanMs: 60_000 }] },
  W17: {
    rows: [SENDING.replace("'SENDING'", "'UNKNOWN'")],
    command: ['sa_settle', { messageUuid: 'u1', epoch: 1, state: 'SENT', providerMessageId: 'p1' }],
  },
};

test('every sabotaged procedure that behaves differently has a call that shows it', async () => {
  const sabotaged = (await loadMutants()).filter(
    ({ equivalent, system: { procedures } }) =>
      equivalent === undefined &&
      (Object.keys(procedures) as ProcedureName[]).some((name) => procedures[name] !== reference.procedures[name]),
  );
  expect(sabotaged.map(({ id }) => id).toSorted()).toEqual(Object.keys(OCCASIONS).toSorted());
});

test.each(Object.entries(OCCASIONS))(
  '%s differs from the reference in the same way in both forms, and logs its marker',
  async (id, { rows, command }) => {
    const { system } = await mutantOf(id);
    const notices: string[] = [];
    const server = await startPairServer(system.procedures);
    const database = await server.open((text) => notices.push(text));
    try {
      const ask = async (form: Form, procedures: typeof system.procedures): Promise<unknown> => {
        await database.admin.query('TRUNCATE send_authority, sms_logs, go_sms_logs');
        for (const row of rows) await database.admin.query(row);
        const outcome = await database.stores.legacy.transaction<unknown>((tx) => {
          const [procedure, args] = command;
          if (form === 'sql') return tx.call(procedure, args);
          const { twin } = procedures[procedure] as UntypedProcedure;
          return twin(tx, args, { nowMicros: 0, startedMicros: 0, notice: (text) => notices.push(text) });
        });
        if (outcome.kind !== 'committed') throw new Error(`expected a commit, received ${JSON.stringify(outcome)}`);
        const { rows: left } = await database.admin.query<Record<string, unknown>>(
          `SELECT holder, state, epoch, round(extract(epoch FROM lease_until - clock_timestamp()) / 60) AS lease_minutes
         FROM send_authority`,
        );
        return { answer: outcome.value, left };
      };
      const right = await ask('twin', reference.procedures);
      expect(notices).toEqual([]);
      for (const form of FORMS) {
        const wrong = await ask(form, system.procedures);
        expect(wrong, `in ${form}`).not.toEqual(right);
        expect(notices.splice(0), `in ${form}`).toContain(markerOf(id));
      }
      expect(await ask('sql', system.procedures)).toEqual(await ask('twin', system.procedures));
    } finally {
      await database.close();
      await server.close();
    }
  },
);

/** A procedure whose arguments are not typed: they are those of the procedure that the call names. */
interface UntypedProcedure extends Omit<Procedure<ProcedureName>, 'twin'> {
  twin(tx: Transaction, args: unknown, server: ProcedureServer): Promise<unknown>;
}
