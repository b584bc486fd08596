// Reads out the simulated world as it is between two events. It asks nothing that would change the run.
import type { WorldState } from '../formats/dump.ts';
import { MICROS_PER_MS } from './clock.ts';
import type { SimProcess } from './processes.ts';
import type { SimStore } from './store-port.ts';
import type { World } from './world.ts';

/** The parts of a world beside it. */
export interface WorldParts {
  readonly world: World;
  readonly store: SimStore;
  readonly processes: readonly SimProcess[];
}

/** The state of a world. */
export function worldState({ world, store, processes }: WorldParts): WorldState {
  const { engine, connections } = world;
  // What would wake a process that has ended is dropped when it comes up.
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
