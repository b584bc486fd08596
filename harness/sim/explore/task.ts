// The tasks of an exploration and their results: plain data, because they are sent between threads.
import type { TaskResult } from '../../execution/search-space.ts';
import type { Case, Deviation } from '../../formats/case.ts';

/** A set of runs. The result depends on the content of the task alone: any worker gives the same result at any time. */
export type Task =
  /** The run of this case. */
  | { readonly kind: 'run'; readonly case: Case }
  /**
   * The runs with the deviations of the parent and one more: placements number `from` to `until`, without `until`. Leaves (`isLeaf`) get no
   * further deviations at a later depth.
   */
  | {
      readonly kind: 'children';
      readonly parent: Case;
      readonly from: number;
      readonly until: number;
      readonly isLeaf: boolean;
    }
  /** Random scenarios with random deviations. */
  | { readonly kind: 'swarm'; readonly seed: number; readonly count: number };

/** What the search keeps of a run that can get one more deviation. */
export interface Node {
  readonly deviations: readonly Deviation[];
  readonly trace: string;
  /** The faults that its history reports and by which it is judged, each as JSON. */
  readonly reportedFaults: readonly string[];
  /** The number of placements with one more deviation. */
  readonly children: number;
  /** The index of its last deviation among its decision points; -1 without deviations. */
  readonly lastDeviation: number;
}

/** The outcome of a task of an exploration. */
export interface ExplorationResult extends TaskResult {
  /** In the order of the runs; empty for leaves and swarms. */
  readonly nodes: readonly Node[];
}
