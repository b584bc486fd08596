// The ladder: every placement of so many deviations, fewest first. Each rung is built from what the rung below it met.
import type { Mode } from '../../../src/contract/mode.ts';
import type { Scenario } from '../../formats/scenario.ts';
import type { Node, Unit } from './task.ts';

/** One rung: all placements of exactly so many deviations in runs of so many messages, in each mode. */
export interface Rung {
  readonly messages: number;
  readonly deviations: number;
}

/** The rungs of a certification that is to be done in seconds on any machine. */
export const DEFAULT_RUNGS: readonly Rung[] = [
  { messages: 1, deviations: 0 },
  { messages: 2, deviations: 0 },
  { messages: 1, deviations: 1 },
  { messages: 2, deviations: 1 },
];

/** Every pair of deviations in runs of one message as well. */
export const PAIR_RUNGS: readonly Rung[] = [...DEFAULT_RUNGS, { messages: 1, deviations: 2 }];

/** The whole ladder. */
export const FULL_RUNGS: readonly Rung[] = [
  ...PAIR_RUNGS,
  { messages: 2, deviations: 2 },
  { messages: 1, deviations: 3 },
];

/** Careless systems break in ON first. */
const MODES_IN_ORDER: readonly Mode[] = ['ON', 'SHADOW', 'OFF'];

/** Large enough that making the parent's run again costs little, small enough to share the work evenly. */
const UNIT_SIZE = 128;

/** One scenario of the ladder with the runs of the last rung that can be deviated from further. */
interface Column {
  readonly scenario: Scenario;
  frontier: Node[];
  /** The runs that are deviated from, by their traces. */
  readonly met: Map<string, Node[]>;
}

/** The ladder as it is climbed. */
export class Ladder {
  readonly #columns = new Map<number, readonly Column[]>();
  readonly #rungs: readonly Rung[];
  readonly #seed: number;

  constructor(rungs: readonly Rung[], seed: number) {
    this.#rungs = rungs;
    this.#seed = seed;
  }

  /** How many placements a rung has. The rung below must have been climbed. */
  planned({ messages, deviations }: Rung): number {
    const columns = this.#columnsOf(messages);
    if (deviations === 0) return columns.length;
    return columns.flatMap(({ frontier }) => frontier).reduce((sum, { children }) => sum + children, 0);
  }

  /** The units of a rung. */
  *units(rung: Rung): Generator<Unit> {
    const isLeaf = !this.#rungs.some(
      ({ messages, deviations }) => messages === rung.messages && deviations > rung.deviations,
    );
    for (const { scenario, frontier } of this.#columnsOf(rung.messages)) {
      if (rung.deviations === 0) yield { kind: 'run', scenario, deviations: [] };
      else
        for (const { deviations, children } of frontier) {
          for (let from = 0; from < children; from += UNIT_SIZE) {
            yield { kind: 'children', scenario, deviations, from, until: from + UNIT_SIZE, isLeaf };
          }
        }
    }
  }

  /**
   * Takes what a rung met as the ground of the next, and answers how many of its runs are not deviated from further.
   *
   * A run is left out when another with the same trace stands for it: one that changed nothing has the trace of its parent, two that
   * came to the same have that of each other. A trace holds all that was observed and every wake of a process with its time, and not
   * what lay ahead unseen, so the told faults must allow it too.
   */
  climb({ messages }: Rung, nodes: ReadonlyMap<Scenario, readonly Node[]>): number {
    let pruned = 0;
    for (const column of this.#columnsOf(messages)) {
      const { met } = column;
      const own = nodes.get(column.scenario) ?? [];
      column.frontier = own.filter((node) => {
        const alike = met.get(node.trace) ?? [];
        if (alike.some((known) => standsFor(known, node))) return false;
        met.set(node.trace, [...alike, node]);
        return true;
      });
      pruned += own.length - column.frontier.length;
    }
    return pruned;
  }

  #columnsOf(messages: number): readonly Column[] {
    let columns = this.#columns.get(messages);
    if (columns === undefined) {
      columns = MODES_IN_ORDER.map((mode) => ({
        scenario: ladderScenario({ mode, messages, seed: this.#seed }),
        frontier: [],
        met: new Map(),
      }));
      this.#columns.set(messages, columns);
    }
    return columns;
  }
}

/**
 * Whether a run can be deviated from in the place of another with the same trace. Its last deviation comes no later, so that every
 * point after the other's is after its own too. And it is told no fault that the other is not: an answer that is lost and one that is
 * late leave the same trace once the caller has gone, but a later pause of the caller tells them apart, and what each is told may excuse
 * differs as well.
 */
function standsFor(known: Node, other: Node): boolean {
  return known.lastDeviation <= other.lastDeviation && known.told.every((fault) => other.told.includes(fault));
}

/** One campaign of so many messages in one mode. */
export function ladderScenario(options: { mode: Mode; messages: number; seed: number }): Scenario {
  const { mode, messages, seed } = options;
  return {
    format: 'onesend.scenario/1',
    name: `${messages === 1 ? 'one message' : `${messages} messages`} in ${mode}`,
    seed,
    tenants: [{ key: 'tenant-1', mode, quota: 10 }],
    steps: [{ kind: 'entry', campaign: 'campaign-1', tenant: 'tenant-1', messages, atMs: 100 }],
    faults: [],
  };
}
