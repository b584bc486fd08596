// The bounded search: runs with every placement of a number of deviations, fewest deviations first. Each depth is built from the runs of
// the depth before it.
import type { Mode } from '../../../src/contract/mode.ts';
import type { Scenario } from '../../formats/scenario.ts';
import { campaignScenario } from '../../generators/campaign-scenario.ts';
import type { Node, Task } from './task.ts';

/** All placements of exactly `deviations` deviations in runs of `messages` messages, in each mode. */
export interface Depth {
  readonly messages: number;
  readonly deviations: number;
}

/** The depths of a certification that takes seconds on any machine. */
export const DEFAULT_DEPTHS: readonly Depth[] = [
  { messages: 1, deviations: 0 },
  { messages: 2, deviations: 0 },
  { messages: 1, deviations: 1 },
  { messages: 2, deviations: 1 },
];

/** The default depths, and every pair of deviations in runs of one message. */
export const PAIR_DEPTHS: readonly Depth[] = [...DEFAULT_DEPTHS, { messages: 1, deviations: 2 }];

/** The deepest search that ends in an acceptable time. */
export const FULL_DEPTHS: readonly Depth[] = [
  ...PAIR_DEPTHS,
  { messages: 2, deviations: 2 },
  { messages: 1, deviations: 3 },
];

/** ON first: a system without protection breaks there first. */
const MODES_IN_ORDER: readonly Mode[] = ['ON', 'SHADOW', 'OFF'];

/** The runs of one task: so many that repeating the parent's run for each task costs little, so few that workers share them evenly. */
const TASK_RUNS = 128;

/** The state of the search in one scenario. */
interface Frontier {
  readonly scenario: Scenario;
  /** The runs of the last depth that get one more deviation at the next depth. */
  nodes: Node[];
  /** All runs that were in `nodes` so far, by their traces. */
  readonly known: Map<string, Node[]>;
}

/** One bounded search. For each depth in turn the caller runs its `tasks` and then calls `advance` with the results. */
export class BoundedSearch {
  readonly #frontiers = new Map<number, readonly Frontier[]>();
  readonly #depths: readonly Depth[];
  readonly #seed: number;

  constructor(depths: readonly Depth[], seed: number) {
    this.#depths = depths;
    this.#seed = seed;
  }

  /** How many placements a depth has. `advance` must have been called for the depth before it. */
  planned({ messages, deviations }: Depth): number {
    const frontiers = this.#frontiersOf(messages);
    if (deviations === 0) return frontiers.length;
    return frontiers.flatMap(({ nodes }) => nodes).reduce((sum, { children }) => sum + children, 0);
  }

  /** The tasks of a depth; `advance` must have been called for the depth before it. */
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
   * Makes the runs of a depth the frontier of the next depth, and returns how many of them are pruned.
   *
   * A run is pruned when a kept run has the same trace: a deviation without effect leaves the trace of the parent, and two deviations with
   * the same effect leave the same trace. A trace holds all observations and every wake-up of a process with its time, but not the events
   * that had not happened yet. So two runs with equal traces are merged only if the kept run reports no fault that the pruned run does not
   * report.
   */
  advance({ messages }: Depth, runs: ReadonlyMap<Scenario, readonly Node[]>): number {
    let pruned = 0;
    for (const frontier of this.#frontiersOf(messages)) {
      const { known } = frontier;
      const own = runs.get(frontier.scenario) ?? [];
      frontier.nodes = own.filter((node) => {
        const alike = known.get(node.trace) ?? [];
        if (alike.some((kept) => canReplace(kept, node))) return false;
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
 * Whether deviations from a kept run cover those from another run with the same trace. The last deviation of the kept run must not be
 * later: then every point after the other's last deviation is also after its own. And it must not report a fault that the other does not
 * report. For example, a lost answer and a late one leave the same trace once the caller has left, but a later pause of the caller makes
 * their runs differ, and the two faults can excuse different things.
 */
function canReplace(kept: Node, other: Node): boolean {
  return (
    kept.lastDeviation <= other.lastDeviation &&
    kept.reportedFaults.every((fault) => other.reportedFaults.includes(fault))
  );
}

/** A scenario of one campaign in one mode, without faults: only deviations disturb it. */
export function plainScenario(options: { mode: Mode; messages: number; seed: number }): Scenario {
  const { mode, messages } = options;
  const name = `${messages === 1 ? 'one message' : `${messages} messages`} in ${mode}`;
  return campaignScenario({ ...options, name, quota: 10, atMs: 100 });
}
