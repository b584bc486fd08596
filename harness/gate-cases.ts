// For the test suites of users: the gates as test cases, and the findings of a history. The code that runs them is loaded on demand,
// because configurations import this package too.
import { pathToFileURL } from 'node:url';
import type { Finding } from './formats/finding.ts';
import type { History } from './formats/history.ts';
import { compiledModule } from './platform/compiled-module.ts';

/** One gate as a test case for any test runner. */
export interface GateCase {
  /** The number that `onesend gate` takes. */
  readonly id: string;
  readonly title: string;
  /** Runs the gate. Rejects with an AssertionError unless it passes; a gate that is inconclusive or NOT OBSERVED does not pass. */
  run(): Promise<void>;
}

/** Which gates to run, and where. */
export interface GateCasesOptions {
  /** Their numbers; all gates by default. */
  readonly gates?: readonly (string | number)[];
  /** `live` by default; `sim` runs only systems that are assembled from parts. */
  readonly lane?: 'live' | 'sim';
  /** What the live lane runs on; `embedded` by default. */
  readonly infra?: 'embedded' | 'containers' | 'external';
}

interface SuiteCases {
  casesOf(system: string, options: GateCasesOptions): GateCase[];
  findingsIn(history: History): readonly Finding[];
}

/**
 * The gates of the runbook as test cases. `system` is a name or a file, as for `--system`. Run one case at a time, because gates judge
 * timings.
 */
export async function* gateCases(
  system: string,
  options: GateCasesOptions = {},
): AsyncGenerator<GateCase, void, undefined> {
  yield* (await suiteCases()).casesOf(system, options);
}

/** The findings of a history; empty if it shows no violation. */
export async function findingsOf(history: History): Promise<readonly Finding[]> {
  return (await suiteCases()).findingsIn(history);
}

async function suiteCases(): Promise<SuiteCases> {
  return (await import(pathToFileURL(compiledModule(import.meta.url, './cli/suite-cases.ts')).href)) as SuiteCases;
}
