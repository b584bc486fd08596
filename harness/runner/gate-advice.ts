// What to do after each outcome of a gate, by what its runs show. A gate that did not find what it expected has advice of its own.
import type { ProblemCode } from '../formats/evidence.ts';
import type { Fault } from '../formats/fault.ts';
import { PROPERTIES, type PropertyId } from '../formats/finding.ts';
import type { Vantage } from '../formats/vantages.ts';
import { PROPERTY_GUIDES } from '../guide/properties.ts';
import { VANTAGE_GUIDES } from '../guide/readings.ts';
import { REASON_GUIDES } from '../guide/reasons.ts';

/** The advice that depends on nothing else. */
export const ADVICE = {
  stopped: 'run it again',
  crash: 'do not trust this run: report the message above as a defect of Onesend',
  infrastructure: 'run `npx onesend doctor`, which tries this machine, and then the gate again',
  disturbed: 'run it again, on a quieter machine or with fewer slots (--slots)',
  /** For a gate whose demands are empty, or whose runs answer nothing. */
  noAnswer: 'run it again; if it has no answer again, report it as a defect of Onesend',
  /** The last advice for every gate that is NOT OBSERVED. */
  leaveOut: 'if the system cannot show this, name only the other gates: they are judged without it',
} as const;

/** What to do about a violated property. */
export function adviceOnBroken(property: PropertyId): string {
  return `replay the run that violates ${property} ${PROPERTIES[property]}, and look here: ${PROPERTY_GUIDES[property].look}`;
}

/** What to do about a problem of a run, such as an anomaly. */
export function adviceOnProblem(code: ProblemCode): string {
  return REASON_GUIDES[code]?.[1] ?? ADVICE.stopped;
}

/** What to add to the description so that it shows a vantage. */
export function adviceOnVantage(vantage: Vantage): string {
  return `to show its ${vantage}: ${VANTAGE_GUIDES[vantage].toShow}`;
}

/**
 * Faults that the rig plants as rows or data, with what to do if one could not be planted. A system without a place for them does not get
 * them, so its gate shows nothing.
 */
const PLANTED: Readonly<Partial<Record<Fault['kind'], string>>> = {
  'breaker-open':
    'close the breaker between scenarios (`between`), and keep it OPEN until a message enters (`openBreaker`, `timings.breakerProbeAfterMs`)',
  'missing-uuid': 'see that `trigger` starts the campaign: `npx onesend check` tries it',
  tamper: 'see that a message in ON gets a row in each of the two logs, and name both in `database.tables`',
};

/** What to do if the rig could not plant this fault; undefined for a fault that it does not plant. */
export function adviceOnIdle(kind: Fault['kind'] | undefined): string | undefined {
  return kind === undefined ? undefined : PLANTED[kind];
}
