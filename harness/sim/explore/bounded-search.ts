// The bounded search: every placement of so many deviations, fewest first. Each depth is built from the runs of the depth before it.
import type { Mode } from '../../../src/contract/mode.ts';
import type { Scenario } from '../../formats/scenario.ts';
import { campaignScenario } from '../../generators/campaign-scenario.ts';
import type { Node, Task } from './task.ts';

/** All placements of exactly so many deviations in runs of so many messages, in each mode. */
export interface Depth {
  readonly messages: number;
  readonly deviations: number;
}

/** The depths of a certification that is to be done in seconds on any machine. */
export const DEFAULT_DEPTHS: readonly Depth[] = [
  { messages: 1, deviations: 0 },
  { messages: 2, deviations: 0 },
  { messages: 1, deviations: 1 },
  { messages: 2, deviations: 1 },
];

/** Every pair of deviations in runs of one message as well. */
export const PAIR_DEPTHS: readonly Depth[] = [...DEFAULT_DEPTHS, { messages: 1, deviations: 2 }];

/** All depths that are practicable. */
export const FULL_DEPTHS: readonly Depth[] = [
  ...PAIR_DEPTHS,
  { messages: 2, deviations: 2 },
  { messages: 1, deviations: 3 },
];

/** Careless systems break in ON first. */
const MODES_IN_ORDER: readonly Mode[] = ['ON', 'SHADOW', 'OFF'];

/** Large enough that making the parent's run again costs little, small enough to share the work evenly. */
const TASK_RUNS = 128;

/** One scenario of the search. */
interface Frontier {
  readonly scenario: Scenario;
  /** The runs of the last depth that are deviated from at the next. */
  nodes: Node[];
  /** All runs that were deviated from so far, by their traces. */
  readonly known: Map<string, Node[]>;
}

/** The search as it goes from depth to depth. */
export class BoundedSearch {
  readonly #frontiers = new Map<number, readonly Frontier[]>();
  readonly #depths: readonly Depth[];
  readonly #seed: number;

  constructor(depths: readonly Depth[], seed: number) {
    this.#depths = depths;
    this.#seed = seed;
  }

  /** How many placements a depth has. The search must have advanced over the one before it. */
  planned({ messages, deviations }: Depth): number {
    const frontiers = this.#frontiersOf(messages);
    if (deviations === 0) return frontiers.length;
    return frontiers.flatMap(({ nodes }) => nodes).reduce((sum, { children }) => sum + children, 0);
  }

  /** The tasks of a depth. */
  *tasks(depth: Depth): Generator<Task> {
    const isLeaf = !this.#depths.some(
      ({ messages, deviations }) => messages === depth.messages && deviations > depth.deviations,
    );
    for (const { scenario, nodes } of this.#frontiersOf(depth.messages)) {
      if (depth.deviations === 0) yield { kind: 'run', case: { scenario, deviations: [] } };
      else
        for (const { deviations, children } of nodes) {
          for (let from = 0; from < children; from += TASK_RUNS) {
            yield { kind: 'children', parent: { scenario, deviations }, from, until: from + TASK_RUNS, isLeaf };
          }
        }
    }
  }

  /**
   * Takes the runs of a depth as the frontier of the next, and answers how many of them are pruned.
   *
   * A run is pruned when another run with the same trace stands for it: a deviation that changed nothing leaves the trace of the parent,
   * and two deviations that changed the same leave the same trace. A trace holds all that was observed, and every wake-up of a process
   * with its time, but not what lay ahead unseen. So two runs with equal traces are merged only if the kept run reports no fault that the
   * pruned run does not report.
   */
  advance({ messages }: Depth, runs: ReadonlyMap<Scenario, readonly Node[]>): number {
    let pruned = 0;
    for (const frontier of this.#frontiersOf(messages)) {
      const { known } = frontier;
      const own = runs.get(frontier.scenario) ?? [];
      frontier.nodes = own.filter((node) => {
        const alike = known.get(node.trace) ?? [];
        if (alike.some((kept) => standsFor(kept, node))) return false;
        known.set(node.trace, [...alike, node]);
        return true;
      });
      pruned += own.length - frontier.nodes.length;
    }
    return pruned;
  }

  #frontiersOf(messages: number): readonly Frontier[] {
    let frontiers = this.#frontiers.get(messages);
    if (frontiers === undefined) {
      frontiers = MODES_IN_ORDER.map((mode) => ({
        scenario: plainScenario({ mode, messages, seed: this.#seed }),
        nodes: [],
        known: new Map(),
      }));
      this.#frontiers.set(messages, frontiers);
    }
    return frontiers;
  }
}

/**
 * Whether a run can be deviated from in the place of another with the same trace. Its last deviation comes no later, so that every point
 * after the other's last deviation is after its own too. And it reports no fault that the other does not report: an answer that is lost
 * and one that is late leave the same trace once the caller has gone, but a later pause of the caller tells them apart, and the faults
 * that each reports may excuse different things.
 */
function standsFor(kept: Node, other: Node): boolean {
  return (
    kept.lastDeviation <= other.lastDeviation &&
    kept.reportedFaults.every((fault) => other.reportedFaults.includes(fault))
  );
}

/** One campaign of so many messages in one mode, without faults: deviations disturb it. */
export function plainScenario(options: { mode: Mode; messages: number; seed: number }): Scenario {
  const { mode, messages } = options;
  const name = `${messages === 1 ? 'one message' : `${messages} messages`} in ${mode}`;
  return campaignScenario({ ...options, name, quota: 10, atMs: 100 });
}
