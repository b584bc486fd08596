// A mutant as the rig judges it: a system that is known to break something. Which mutants there are, the caller says.
import type { System } from '../../src/contract/system.ts';
import type { Case } from '../formats/case.ts';
import type { PropertyId } from '../formats/finding.ts';
import { MUTANT_MARKER } from '../history/log-lines.ts';

/** The lanes on which a mutant can show. */
export type MutantLane = 'sim' | 'live';

/** What a mutant says of itself. */
export interface MutantDescription {
  /** A letter and two digits, and never another mutant's. */
  readonly id: string;
  readonly name: string;
  /** The properties it breaks, as far as there is a checker for them: one of them must be named. */
  readonly breaks: readonly PropertyId[];
  /** What kind of mistake it is, where the sabotaged part does not say it. */
  readonly kind?: string;
  readonly lanes: readonly MutantLane[];
  /** What shows it and why no lane can, where none does. */
  readonly shownBy?: string;
  /** Why it breaks here none of what the catalogue says that it breaks. */
  readonly otherwise?: string;
  /** The gate that it fails, where it breaks no property that has a checker. */
  readonly gate?: string;
  /** Why it breaks nothing here after all. */
  readonly equivalent?: { readonly argument: string };
}

/** A case that kills a mutant, and the properties that must name it there. */
export interface KillingCase extends Case {
  readonly namedBy: readonly PropertyId[];
}

/** A mutant with its system, and the case that kills it, where one is stored. */
export interface Mutant extends MutantDescription {
  readonly system: System;
  readonly killingCase?: KillingCase | undefined;
}

/** Whether a lane can show it. */
export function showsOn({ lanes, equivalent }: MutantDescription, lane: MutantLane): boolean {
  return equivalent === undefined && lanes.includes(lane);
}

/** The line that the sabotaged code of a mutant logs where it behaves otherwise than the original. */
export function markerOf(id: string): string {
  return `${MUTANT_MARKER} ${id}`;
}
