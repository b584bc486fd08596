// What the workers of an exploration are given and give back: plain data, so that it can cross threads and says the same wherever it
// was made.
import type { PropertyId } from '../../formats/finding.ts';
import type { Scenario } from '../../formats/scenario.ts';
import type { Deviation } from '../decide.ts';
import type { TallyData } from './sim-tally.ts';

/** A piece of work. It is a function of its content alone: whoever does it, whenever, gets the same outcome. */
export type Unit =
  /** The run with exactly these deviations. */
  | { readonly kind: 'run'; readonly scenario: Scenario; readonly deviations: readonly Deviation[] }
  /** The runs with these deviations and one more, number `from` to `until` of them; leaves are not deviated from further. */
  | {
      readonly kind: 'children';
      readonly scenario: Scenario;
      readonly deviations: readonly Deviation[];
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
  /** The faults by which its history is judged, each as JSON. */
  readonly told: readonly string[];
  /** How many placements are one deviation longer. */
  readonly children: number;
  /** The position of its last deviation among its points. */
  readonly lastDeviation: number;
}

/** A run that violates, by what it takes to run it again. */
export interface Violation {
  readonly scenario: Scenario;
  readonly deviations: readonly Deviation[];
  readonly properties: readonly PropertyId[];
  /** What no property speaks of, by its kind and in a sentence: a deadlock, a promise that failed unheard. */
  readonly anomaly?: { readonly kind: string; readonly sentence: string };
  /** Its place among all runs of its unit, and later among all runs of the exploration, from 1. */
  readonly ordinal: number;
}

/** What a unit came to. */
export interface UnitOutcome {
  readonly runs: number;
  /** True when it was stopped before its end. */
  readonly isCut: boolean;
  /** In the order of the runs; empty for leaves and swarms. */
  readonly nodes: readonly Node[];
  readonly tally: TallyData;
  /** The first violating run of each property, or kind of anomaly. */
  readonly violations: readonly Violation[];
  /** Runs that ran out of a bound, and what else leaves a doubt, one sentence each. */
  readonly doubts: readonly string[];
  /** What shows that the rig itself is not to be trusted. */
  readonly selfCheck: readonly string[];
  /** How many runs were made a second time and compared. */
  readonly compared: number;
  /** A digest of the runs that were compared. */
  readonly digest: string;
}
