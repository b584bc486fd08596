// What the workers of an exploration are given and give back: plain data, so that it can cross threads and means the same on each of them.
import type { TaskResult } from '../../execution/search-space.ts';
import type { Case, Deviation } from '../../formats/case.ts';

/** A piece of work. It is a function of its content alone: any worker gives the same result at any time. */
export type Task =
  /** The run of this case. */
  | { readonly kind: 'run'; readonly case: Case }
  /** The runs with the deviations of the parent and one more, number `from` to `until` of them; leaves are not deviated from further. */
  | {
      readonly kind: 'children';
      readonly parent: Case;
      readonly from: number;
      readonly until: number;
      readonly isLeaf: boolean;
    }
  /** Random scenarios with random deviations. */
  | { readonly kind: 'swarm'; readonly seed: number; readonly count: number };

/** What is kept of a run that may be deviated from further. */
export interface Node {
  readonly deviations: readonly Deviation[];
  readonly trace: string;
  /** The faults that its history reports, by which it is judged, each as JSON. */
  readonly reportedFaults: readonly string[];
  /** How many placements are one deviation longer. */
  readonly children: number;
  /** The position of its last deviation among its points. */
  readonly lastDeviation: number;
}

/** The outcome of a task of an exploration. */
export interface ExplorationResult extends TaskResult {
  /** In the order of the runs; empty for leaves and swarms. */
  readonly nodes: readonly Node[];
}
