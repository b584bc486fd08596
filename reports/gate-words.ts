// The words of a gate's outcome that all reports share: its outcome, its runs, and what it received.
import { PROPERTIES } from '../harness/formats/finding.ts';
import type { GateOutcome, GateReceived } from '../harness/formats/gate.ts';

/** Each outcome as reports print it. */
export const GATE_WORDS = {
  pass: 'PASS',
  fail: 'FAIL',
  inconclusive: 'INCONCLUSIVE',
  'not-observed': 'NOT OBSERVED',
} as const satisfies Record<GateOutcome['outcome'], string>;

/** What a gate received, a sentence for each element, for example `run 1 of 2 (ON, writers): S9 QuotaOnce is violated: ...`. */
export function receivedWords({ runs, received }: Pick<GateOutcome, 'runs' | 'received'>): string[] {
  return received.map(({ run, ...each }) => `${run === undefined ? '' : `${runWords(run, runs)}: `}${seenWords(each)}`);
}

/** For reports with one line for a gate: what it expected, the first thing that it received, and how many more there are. */
export function expectedWords(gate: Pick<GateOutcome, 'expected' | 'runs' | 'received'>): string {
  const [first = 'nothing', ...others] = receivedWords(gate);
  return `expected ${gate.expected}, received ${first}${others.length === 0 ? '' : ` (and ${others.length} more)`}`;
}

/** The run with this number: `run 1 of 2 (ON, writers)`. */
export function runWords(run: number, runs: readonly string[]): string {
  return `run ${run} of ${runs.length} (${runs[run - 1] ?? ''})`;
}

/** What was seen in a run, without its name. */
export function seenWords({ property, seen }: Omit<GateReceived, 'run'>): string {
  return property === undefined ? seen : `${property} ${PROPERTIES[property]} is violated: ${seen}`;
}
