// The modes of tenants as the legacy app of a pair reads them: from the row each time, or from a cache.
import type { Pool, PoolClient } from 'pg';
import type { Shape } from './shapes.fixture.ts';

/** The modes as one process reads them. */
export interface Modes {
  /** The mode of a tenant. An unknown word is OFF, or throws if the pair rejects it. */
  of(database: Pool | PoolClient, tenant: number): Promise<string>;
  /** Empties the cache. */
  forget(): void;
}

/** The modes, with an empty cache. */
export function openModes({ keepsModes, rejectsUnknown }: Pick<Shape, 'keepsModes' | 'rejectsUnknown'>): Modes {
  let kept = new Map<number, string>();
  return {
    async of(database, tenant) {
      const known = kept;
      const mode = known.get(tenant) ?? modeOf(await flagOf(database, tenant), rejectsUnknown);
      // `forget` replaces the map: a mode that was read before goes into the old one, which no call uses.
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
