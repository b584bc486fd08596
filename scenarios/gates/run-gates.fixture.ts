// Runs gates on a lane for a test, and finds one outcome in the report.
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import type { Executor } from '../../harness/execution/executor.ts';
import type { GateOutcome, GateReport } from '../../harness/formats/gate.ts';
import { type Gate, runGates } from '../../harness/runner/gate.ts';

/** The gates on which the runbook as written fails: also those of uuids and writers, because a property is violated in their runs. */
export const AS_WRITTEN_FAILS = ['0', '1', '2', '3', '4', '5', '6', '7', '8'];

/** Runs gates on a lane, under the default readings. */
export function reportOn(executor: Executor, gates: readonly Gate[]): Promise<GateReport> {
  return runGates(gates, {
    executor,
    oracle: checkersOracle,
    system: 'under test',
    readings: DEFAULT_READINGS,
    replayLine: ({ id }) => `onesend gate ${id}`,
  });
}

/** The outcome of one gate. Throws when it was not run. */
export function outcomeOf(report: GateReport, id: string): GateOutcome {
  const outcome = report.gates.find((gate) => gate.id === id);
  if (outcome === undefined) throw new Error(`gate ${id} was not run`);
  return outcome;
}

/** What a gate received, each with the name of its run. */
export function receivedIn({ runs, received }: GateOutcome): string[] {
  return received.map(({ run = 0, seen }) => `${runs[run - 1] ?? 'no run'}: ${seen}`);
}
