// The modes of tenants as the legacy app of a pair takes them: each as its row says, or as it was when it was first read.
import type { Pool, PoolClient } from 'pg';
import type { Shape } from './shapes.fixture.ts';

/** The modes that one process knows. */
export interface Modes {
  /** The mode of a tenant; a word that is none is OFF. */
  of(database: Pool | PoolClient, tenant: number): Promise<string>;
  /** Forgets what was read. */
  forget(): void;
}

/** The modes that nothing is known of yet. */
export function openModes({ keepsModes }: Pick<Shape, 'keepsModes'>): Modes {
  let kept = new Map<number, string>();
  return {
    async of(database, tenant) {
      const known = kept;
      const mode = known.get(tenant) ?? (await modeIn(database, tenant));
      // What was read before it was to be forgotten is kept where nothing looks any more.
      if (keepsModes) known.set(tenant, mode);
      return mode;
    },
    forget() {
      kept = new Map();
    },
  };
}

async function modeIn(database: Pool | PoolClient, tenant: number): Promise<string> {
  const { rows } = await database.query<{ value: string }>('SELECT value FROM switches WHERE tenant = $1', [tenant]);
  const value = rows[0]?.value;
  return value === 'ON' || value === 'SHADOW' ? value : 'OFF';
}
