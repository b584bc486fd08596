// The search space of the sim lane: an exploration is the bounded search, depth by depth, and then the swarm.
import { emptyEvidence } from '../../evidence/fold.ts';
import { addDepth } from '../../evidence/merge.ts';
import type { SearchSpace, SearchStage } from '../../execution/search-space.ts';
import type { DepthCounts, Evidence } from '../../formats/evidence.ts';
import type { Scenario } from '../../formats/scenario.ts';
import { BoundedSearch, type Depth } from './bounded-search.ts';
import { swarmTasks } from './swarm.ts';
import type { ExplorationResult, Node, Task } from './task.ts';

/** How far to explore. The result of an exploration depends on these options and on the system alone. */
export interface ExplorationOptions {
  readonly seed: number;
  readonly depths: readonly Depth[];
  /** How many random runs follow the bounded search. */
  readonly swarm: number;
}

/** Makes the search space of one exploration. It can be searched only once. */
export function explorationSpace(options: ExplorationOptions): SearchSpace<Task, ExplorationResult> {
  return new ExplorationSpace(options);
}

class ExplorationSpace implements SearchSpace<Task, ExplorationResult> {
  readonly #options: ExplorationOptions;
  readonly #bounded: BoundedSearch;
  /** How far the search got in each depth that it began. */
  readonly #begun: DepthCounts[] = [];
  #swarmRuns = 0;

  constructor(options: ExplorationOptions) {
    this.#options = options;
    this.#bounded = new BoundedSearch(options.depths, options.seed);
  }

  *stages(): Generator<SearchStage<Task, ExplorationResult>> {
    for (const depth of this.#options.depths) yield this.#stageOf(depth);
    const { seed, swarm } = this.#options;
    yield {
      planned: swarm,
      tasks: () => swarmTasks(seed, swarm),
      onResult: ({ runs }) => {
        this.#swarmRuns += runs;
      },
    };
  }

  coverage(): Evidence {
    const { depths, swarm } = this.#options;
    const evidence = emptyEvidence();
    const open = depths.slice(this.#begun.length).map((depth) => ({ ...depth, planned: null, run: 0, pruned: 0 }));
    for (const depth of [...this.#begun, ...open]) {
      addDepth(evidence, depth);
      evidence.runs.planned += depth.planned ?? 0;
    }
    evidence.runs.planned += swarm;
    evidence.swarm = { planned: swarm, run: this.#swarmRuns };
    return evidence;
  }

  #stageOf(depth: Depth): SearchStage<Task, ExplorationResult> {
    const planned = this.#bounded.planned(depth);
    const counts = { ...depth, planned, run: 0, pruned: 0 };
    const nodes = new Map<Scenario, Node[]>();
    this.#begun.push(counts);
    return {
      planned,
      tasks: () => this.#bounded.tasks(depth),
      onResult(result, task) {
        counts.run += result.runs;
        if (task.kind !== 'swarm') append(nodes, scenarioOf(task), result.nodes);
      },
      onEnd: () => {
        counts.pruned = this.#bounded.advance(depth, nodes);
      },
    };
  }
}

function scenarioOf(task: Exclude<Task, { kind: 'swarm' }>): Scenario {
  return task.kind === 'run' ? task.case.scenario : task.parent.scenario;
}

function append(nodes: Map<Scenario, Node[]>, scenario: Scenario, more: readonly Node[]): void {
  const own = nodes.get(scenario);
  if (own === undefined) nodes.set(scenario, [...more]);
  else own.push(...more);
}
