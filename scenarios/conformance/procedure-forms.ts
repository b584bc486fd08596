// Runs a command to a stored procedure in either of its two forms, so that a table of cases can hold them against each other.
import type { ProcedureName, Procedures } from '../../src/contract/authority.ts';
import type { Transaction } from '../../src/contract/store.ts';
import type { ProcedureServer } from '../../src/contract/system.ts';
import type { PostgresStore } from '../../src/store/postgres.ts';
import { PROCEDURES } from './pair-database.fixture.ts';

/** A command to a stored procedure. */
export type ProcedureCall = { [P in ProcedureName]: readonly [P, Procedures[P]['arguments']] }[ProcedureName];

/** The SQL text, called in the database, and its twin, run over the verbs of a transaction. */
export const FORMS = ['sql', 'twin'] as const;

/** One of the two forms. */
export type Form = (typeof FORMS)[number];

/** Runs one command in a transaction of its own and answers its result. */
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
