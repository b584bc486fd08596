// Writes to a slot's database in the name of one of the two systems, even where that system lacks the privileges.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, escapeLiteral } from 'pg';
import type { Role } from '../../../src/contract/message.ts';
import type { SystemDescription } from '../../formats/system-description.ts';
import { realWord } from '../audit/row-names.ts';
import { type NamedTable, namedTable } from '../table-names.ts';

/** What a saboteur of the database can do. */
export interface DatabaseHand {
  /** The tenants of the run, by their ids. */
  readonly tenantIds: readonly number[];
  table(canonical: string): NamedTable;
  /** The system's own word in a column, as a literal. */
  word(canonical: string, meaning: { readonly column: string; readonly word: string }): string;
  /** Runs a statement in the name of a system, and repeats it until it changes a row, for at most two seconds. */
  write(role: Role, statement: string): Promise<void>;
}

/** Where a saboteur of the database writes. */
export interface DatabaseHandOptions {
  /** The rig's own connection. */
  readonly owner: Client;
  readonly description: SystemDescription;
  readonly tenantIds: readonly number[];
  /** The connection of a system's role. */
  urlOf(role: Role): string;
  /** Called with the system in whose name rows were changed. */
  onEffect(role: Role): void;
}

/** How often a statement is tried. A row that the systems have not written by then is not written at all. */
const TRIES = 20;
const PAUSE_MS = 100;

/** A function that runs with the rights of the rig. The session stays that of the system, and the audit records the session. */
const NAME = 'public.onesend_sabotage';

/** Gives a saboteur access to a slot's database. */
export function openDatabaseHand({
  owner,
  description,
  tenantIds,
  urlOf,
  onEffect,
}: DatabaseHandOptions): DatabaseHand {
  return {
    tenantIds,
    table: (canonical) => namedTable(description, canonical),
    word(canonical, meaning) {
      const table = description.database.tables[canonical];
      return escapeLiteral(table === undefined ? meaning.word : realWord(table, meaning));
    },
    async write(role, statement) {
      await owner.query(`CREATE OR REPLACE FUNCTION ${NAME}() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS $sabotage$
        DECLARE changed bigint; BEGIN ${statement}; GET DIAGNOSTICS changed = ROW_COUNT; RETURN changed; END $sabotage$`);
      const client = new Client({ connectionString: urlOf(role) });
      client.on('error', () => undefined);
      await client.connect();
      try {
        if (await changesARow(client)) onEffect(role);
      } finally {
        await client.end();
        await owner.query(`DROP FUNCTION ${NAME}()`);
      }
    },
  };
}

async function changesARow(client: Client): Promise<boolean> {
  for (let left = TRIES; left > 0; left -= 1) {
    const { rows } = await client.query<{ changed: string }>(`SELECT ${NAME}() AS changed`);
    if (Number(rows[0]?.changed) > 0) return true;
    await sleep(PAUSE_MS);
  }
  return false;
}
