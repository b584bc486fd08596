// Runs a call of a stored procedure in one of its two forms, so that tests can compare the forms.
import type { ProcedureName, Procedures } from '../../src/contract/authority.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { ProcedureServer } from '../../src/contract/system.ts';
import type { PostgresStore } from '../../src/store/postgres.ts';
import { PROCEDURES } from './pair-database.fixture.ts';

/** A call of a stored procedure: its name and its arguments. */
export type ProcedureCall = { [P in ProcedureName]: readonly [P, Procedures[P]['arguments']] }[ProcedureName];

/** The forms: the SQL, called in the database, and the twin, which runs on a transaction of the store. */
export const FORMS = ['sql', 'twin'] as const;

/** One of the two forms. */
export type Form = (typeof FORMS)[number];

/** Runs one call in its own transaction and returns the result. Throws when the transaction does not commit. */
export async function runCommand(store: PostgresStore, form: Form, [procedure, args]: ProcedureCall): Promise<unknown> {
  const nowMicros = Date.now() * 1_000;
  const outcome = await store.transaction<unknown>((tx) => {
    if (form === 'sql') return tx.call(procedure, args);
    const known = PROCEDURES[procedure] as {
      twin(tx: Transaction, args: unknown, server: ProcedureServer): Promise<unknown>;
    };
    return known.twin(tx, args, { nowMicros, startedMicros: nowMicros, notice() {} });
  });
  if (outcome.kind !== 'committed') throw new Error(`expected a commit, received ${JSON.stringify(outcome)}`);
  return outcome.value;
}
