// A mutant: a system that is known to violate something, so that the rig must detect it. The caller supplies the mutants.
import type { System } from '../../src/contract/system.ts';
import type { Case } from '../formats/case.ts';
import type { PropertyId } from '../formats/finding.ts';
import { MUTANT_MARKER } from '../history/log-lines.ts';

/** The lanes on which a mutant can show. */
export type MutantLane = 'sim' | 'live';

/** The description of a mutant, without its system. */
export interface MutantDescription {
  /** A letter and two digits, unique among the mutants. */
  readonly id: string;
  readonly name: string;
  /** The properties that it violates and that have a checker; at least one of them must be violated in its run. */
  readonly breaks: readonly PropertyId[];
  /** The kind of its mistake, if the sabotaged part does not show it. */
  readonly kind?: string;
  readonly lanes: readonly MutantLane[];
  /** What shows the mutant if no lane can, and why none can. */
  readonly shownBy?: string;
  /** Why it does not violate here what the catalogue of mutants says. */
  readonly otherwise?: string;
  /** The gate that it fails, if it violates no property that has a checker. */
  readonly gate?: string;
  /** Why it violates nothing that can be observed. */
  readonly equivalent?: { readonly argument: string };
}

/** A case that kills a mutant, and the properties that it must violate. */
export interface KillingCase extends Case {
  readonly namedBy: readonly PropertyId[];
}

/** A mutant with its system and, if one is stored, the case that kills it. */
export interface Mutant extends MutantDescription {
  readonly system: System;
  readonly killingCase?: KillingCase | undefined;
}

/** Whether a lane can show the mutant. */
export function showsOn({ lanes, equivalent }: MutantDescription, lane: MutantLane): boolean {
  return equivalent === undefined && lanes.includes(lane);
}

/** The line that the sabotaged code of a mutant logs where its behaviour differs from the original. */
export function markerOf(id: string): string {
  return `${MUTANT_MARKER} ${id}`;
}
