// One cell of the coverage table: a property under one mode or all, in all runs or in those in which one fault took effect.
import type { Evidence } from '../harness/formats/evidence.ts';
import type { PropertyId } from '../harness/formats/finding.ts';
import type { LaneResult } from '../harness/formats/lane-result.ts';
import { CATALOGUE } from '../harness/formats/property-catalogue.ts';
import type { Result } from '../harness/formats/result.ts';

/**
 * The states. `VIOLATED`: the property was violated. `HIT`: it was exercised and held. `MISSED`: it could have been exercised but was not.
 * `IMPOSSIBLE`: this system has no such property, mode or fault. `NOT OBSERVED`: the system does not show enough to judge the property.
 */
export const CELL_STATES = ['VIOLATED', 'HIT', 'MISSED', 'NOT OBSERVED', 'IMPOSSIBLE'] as const;

/** The state of a cell. */
export type CellState = (typeof CELL_STATES)[number];

/** A cell: its state, and how often the property was exercised and violated in its runs. */
export interface CoverageCell {
  readonly state: CellState;
  readonly exercised: number;
  readonly violations: number;
}

/** A lane, with the result that it belongs to. */
export interface LaneOfResult {
  readonly lane: LaneResult;
  readonly result: Pick<Result, 'vantages' | 'absent'>;
}

/** Names a cell. Without `mode` it counts all modes, without `fault` all runs. */
export interface CellPlace {
  readonly property: PropertyId;
  readonly mode?: string;
  readonly fault?: string;
}

/** Modes in which a property cannot be exercised. In OFF the service is not called: there is no fallback, and no call can close a breaker. */
const WITHOUT_MODE: Readonly<Partial<Record<PropertyId, string>>> = { L3: 'OFF', L6: 'OFF' };

/** Computes a cell of the table. */
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

/** The count for all modes and faults is not a sum of cells: a run counts in each of its modes and for each of its faults. */
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

/** A description declares a whole kind of fault absent, or one label. */
function isAbsent(fault: string, absent: readonly string[]): boolean {
  return absent.some((name) => fault === name || fault.startsWith(`${name} `));
}

const MAIN_MODES = ['OFF', 'SHADOW', 'ON'];

/** The modes of a lane: OFF, SHADOW and ON, then any other mode of its runs. */
export function modesOf({ evidence }: LaneResult): string[] {
  return [...MAIN_MODES, ...Object.keys(evidence.cells).filter((mode) => !MAIN_MODES.includes(mode))];
}

/** The rows of a lane: `none` for runs without a fault, then all faults that were planned, are absent or took effect, by name. */
export function faultsOf({ lane, result }: LaneOfResult): string[] {
  const { cells, faults } = lane.evidence;
  const labels = Object.values(cells).flatMap((rows) => Object.keys(rows));
  const others = [...new Set([...Object.keys(faults), ...labels, ...result.absent])].filter(
    (label) => label !== 'none',
  );
  return ['none', ...others.toSorted((a, b) => (a < b ? -1 : 1))];
}
