// The modes of tenants as the legacy app of a pair takes them: each as its row says, or as it was when it was first read.
import type { Pool, PoolClient } from 'pg';
import type { Shape } from './shapes.fixture.ts';

/** The modes that one process knows. */
export interface Modes {
  /** The mode of a tenant; a word that is none is OFF, or fails. */
  of(database: Pool | PoolClient, tenant: number): Promise<string>;
  /** Forgets what was read. */
  forget(): void;
}

/** The modes that nothing is known of yet. */
export function openModes({ keepsModes, rejectsUnknown }: Pick<Shape, 'keepsModes' | 'rejectsUnknown'>): Modes {
  let kept = new Map<number, string>();
  return {
    async of(database, tenant) {
      const known = kept;
      const mode = known.get(tenant) ?? modeOf(await flagOf(database, tenant), rejectsUnknown);
      // What was read before it was to be forgotten is kept where nothing looks any more.
      if (keepsModes) known.set(tenant, mode);
      return mode;
    },
    forget() {
      kept = new Map();
    },
  };
}

async function flagOf(database: Pool | PoolClient, tenant: number): Promise<string | undefined> {
  const { rows } = await database.query<{ value: string }>('SELECT value FROM switches WHERE tenant = $1', [tenant]);
  return rows[0]?.value;
}

function modeOf(flag: string | undefined, rejectsUnknown: boolean): string {
  if (flag === 'ON' || flag === 'SHADOW') return flag;
  if (rejectsUnknown && flag !== undefined && flag !== 'OFF') throw new Error(`no such mode: ${flag}`);
  return 'OFF';
}
