// Reads the state of the simulated world between two events, for dumps. Reading changes nothing in the run.
import type { WorldState } from '../formats/dump.ts';
import { MICROS_PER_MS } from './clock.ts';
import type { SimProcess } from './processes.ts';
import type { SimStore } from './store-port.ts';
import type { World } from './world.ts';

/** The parts of a run from which its state is read. */
export interface WorldParts {
  readonly world: World;
  readonly store: SimStore;
  readonly processes: readonly SimProcess[];
}

/** The state of the world as plain data. */
export function worldState({ world, store, processes }: WorldParts): WorldState {
  const { engine, connections } = world;
  // Events of processes that have ended are dropped when they come up, so they are left out.
  const due = engine.due.filter(({ owner }) => owner?.isAlive !== false);
  return {
    lastMs: world.nowMicros / MICROS_PER_MS,
    isOver: engine.isFinished,
    processes: processes.map((process) => process.state(due)),
    connections: connections.flatMap((connection) => connection.state() ?? []),
    ...store.state(),
    queue: due.map((event) => ({
      atMs: event.atMicros / MICROS_PER_MS,
      what: event.what,
      wakes: event.owner?.name ?? null,
      isIdle: event.isIdle,
    })),
  };
}
