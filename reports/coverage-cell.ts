// What happened to one cell of the coverage table: a property under a mode, in all its runs or in those in which one fault took effect.
import type { Evidence } from '../harness/formats/evidence.ts';
import type { PropertyId } from '../harness/formats/finding.ts';
import type { LaneResult } from '../harness/formats/lane-result.ts';
import { CATALOGUE } from '../harness/formats/property-catalogue.ts';
import type { Result } from '../harness/formats/result.ts';

/**
 * The states. `VIOLATED`: it was violated. `HIT`: it was exercised and held. `MISSED`: it could have been exercised and was not. `IMPOSSIBLE`:
 * the property, the mode or the fault has no place in this system. `NOT OBSERVED`: the system does not show enough to judge it.
 */
export const CELL_STATES = ['VIOLATED', 'HIT', 'MISSED', 'NOT OBSERVED', 'IMPOSSIBLE'] as const;

/** The state of a cell. */
export type CellState = (typeof CELL_STATES)[number];

/** A cell: its state and how often the property was exercised and violated in it. */
export interface CoverageCell {
  readonly state: CellState;
  readonly exercised: number;
  readonly violations: number;
}

/** The lane, and the result that it is part of. */
export interface LaneOfResult {
  readonly lane: LaneResult;
  readonly result: Pick<Result, 'vantages' | 'absent'>;
}

/** Which cell: of which property, in one mode or in all, with one fault or in all runs. */
export interface CellPlace {
  readonly property: PropertyId;
  readonly mode?: string;
  readonly fault?: string;
}

/** In OFF the legacy app calls no service: there is nothing to fall back from, and no call that could close a breaker. */
const WITHOUT_MODE: Readonly<Partial<Record<PropertyId, string>>> = { L3: 'OFF', L6: 'OFF' };

/** The cell. */
export function coverageCell({ lane, result }: LaneOfResult, place: CellPlace): CoverageCell {
  const { property, mode, fault } = place;
  const counts = countsOf(lane.evidence, place);
  const entry = CATALOGUE[property];
  const isWithout = 'about' in entry && !result.vantages.includes(entry.about);
  if (counts.violations > 0) return { state: 'VIOLATED', ...counts };
  if (isWithout) return { state: 'IMPOSSIBLE', ...counts };
  if (lane.evidence.properties[property]?.observed !== true) return { state: 'NOT OBSERVED', ...counts };
  if (counts.exercised > 0) return { state: 'HIT', ...counts };
  if (fault !== undefined && isAbsent(fault, result.absent)) return { state: 'IMPOSSIBLE', ...counts };
  return { state: mode !== undefined && WITHOUT_MODE[property] === mode ? 'IMPOSSIBLE' : 'MISSED', ...counts };
}

/** A row without a fault in all modes has a count of its own: each mode and each fault counts a run of several once more. */
function countsOf(evidence: Evidence, { property, mode, fault }: CellPlace): Omit<CoverageCell, 'state'> {
  const whole = evidence.properties[property];
  if (mode === undefined && fault === undefined)
    return { exercised: whole?.exercised ?? 0, violations: whole?.violations ?? 0 };
  const sum = { exercised: 0, violations: 0 };
  for (const [name, rows] of Object.entries(evidence.cells)) {
    if (mode !== undefined && name !== mode) continue;
    for (const [label, row] of Object.entries(rows)) {
      if (fault !== undefined && label !== fault) continue;
      sum.exercised += row[property]?.exercised ?? 0;
      sum.violations += row[property]?.violations ?? 0;
    }
  }
  return sum;
}

/** A system may be declared not to have a whole kind of fault, or one label of it. */
function isAbsent(fault: string, absent: readonly string[]): boolean {
  return absent.some((name) => fault === name || fault.startsWith(`${name} `));
}

const MAIN_MODES = ['OFF', 'SHADOW', 'ON'];

/** The modes of a lane: the three of the runbook, and the other modes of its runs. */
export function modesOf({ evidence }: LaneResult): string[] {
  return [...MAIN_MODES, ...Object.keys(evidence.cells).filter((mode) => !MAIN_MODES.includes(mode))];
}

/** The faults of a lane, planned or absent, and what else took effect there; runs without any come first. */
export function faultsOf({ lane, result }: LaneOfResult): string[] {
  const { cells, faults } = lane.evidence;
  const labels = Object.values(cells).flatMap((rows) => Object.keys(rows));
  const others = [...new Set([...Object.keys(faults), ...labels, ...result.absent])].filter(
    (label) => label !== 'none',
  );
  return ['none', ...others.toSorted((a, b) => (a < b ? -1 : 1))];
}
