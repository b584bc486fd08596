// Plays a script on the simulated store, in virtual time.
import { openDrain } from '../../../harness/sim/drain.ts';
import { Engine } from '../../../harness/sim/engine.ts';
import { Incarnation } from '../../../harness/sim/incarnation.ts';
import { RandomSource } from '../../../harness/sim/random.ts';
import { runAlone } from '../../../harness/sim/batch.ts';
import type { SimStore, SimStoreHost } from '../../../harness/sim/store-port.ts';
import { STORE_PARTS, type StoreParts } from '../../../harness/sim/store/parts.ts';
import { simStoreOf } from '../../../harness/sim/store/sim-store.ts';
import type { Role } from '../../../src/contract/message.ts';
import type { TableName } from '../../../src/contract/tables.ts';
import { GRANTS } from '../../../src/store/grants.ts';
import { PROCEDURES } from '../pair-database.fixture.ts';
import type { Step } from './command.ts';
import { type Contents, play, type Trace } from './play.ts';
import { PlayedSession } from './played-session.ts';

/** Longer than any statement that does not wait. */
const STATEMENT_MS = 10;

/** Longer than the deadlock timeout of the simulated store. */
const DEADLOCK_MS = 1_500;

/** The sessions and rows that a script is played on. */
export interface ArenaSetup {
  /** The role of each session. */
  readonly roles: readonly Role[];
  readonly contents: Contents;
}

/** Plays a script on a simulated store, whose parts can be replaced. */
export async function playInSim(
  steps: readonly Step[],
  { roles, contents }: ArenaSetup,
  parts: StoreParts = STORE_PARTS,
): Promise<Trace> {
  const engine = new Engine({ events: 1_000_000, virtualMicros: Number.MAX_SAFE_INTEGER });
  const store = simStoreOf(parts)(undisturbedHost(engine), { procedures: PROCEDURES, grants: GRANTS });
  fill(store, contents);
  const sessions = roles.map((role, index) => {
    const incarnation = new Incarnation({ role, instance: index + 1, life: 1 });
    return new PlayedSession(store.connect({ kind: 'process', role, roleName: role, incarnation }));
  });
  const sleepMs = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      engine.schedule(ms * 1_000, resolve);
    });
  const settle = async (): Promise<void> => {
    await sleepMs(STATEMENT_MS);
    if (sessions.some((session) => session.isBusy)) await sleepMs(DEADLOCK_MS);
  };
  const traces: Trace[] = [];
  const main = async (): Promise<void> => {
    traces.push(await play(steps, { sessions, settle, isOpenRace: () => false }));
  };
  const ending = await runAlone(engine, main, await openDrain('bounce'));
  const [trace] = traces;
  if (trace === undefined) throw new Error(`the script did not end: ${JSON.stringify(ending)}`, { cause: ending });
  return trace;
}

/** A host of the simulated store without any disturbance. */
export function undisturbedHost(engine: Engine): SimStoreHost {
  return {
    engine,
    random: new RandomSource(1),
    databaseMicros: () => Date.UTC(2026, 0, 1) * 1_000 + engine.clock.nowMicros,
    asks: () => false,
    decide: (site) => site.choices[0],
    holdUp() {},
    onLook() {},
    log() {},
    recordRow() {},
  };
}

function fill(store: SimStore, contents: Contents): void {
  for (const [table, rows] of Object.entries(contents)) {
    for (const row of rows) store.seed(table as TableName, row);
  }
}
