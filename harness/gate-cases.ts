// For test suites of users' own: the gates as cases, and what the checkers say of a history. What does the work is loaded when it is needed,
// since configurations import this package too.
import { pathToFileURL } from 'node:url';
import type { Finding } from './formats/finding.ts';
import type { History } from './formats/history.ts';
import { compiledModule } from './platform/compiled-module.ts';

/** One gate, as a test of any runner. */
export interface GateCase {
  /** The number that `onesend gate` takes. */
  readonly id: string;
  readonly title: string;
  /** Runs the gate. Rejects with an AssertionError unless it passes: a gate without an answer, or one that was not observed, is no pass. */
  run(): Promise<void>;
}

/** Which gates are wanted, and where they run. */
export interface GateCasesOptions {
  /** Their numbers; all when none is named. */
  readonly gates?: readonly (string | number)[];
  /** `live` when not given; `sim` takes systems that are assembled from parts only. */
  readonly lane?: 'live' | 'sim';
  /** What the live lane runs on; `embedded` when not given. */
  readonly infra?: 'embedded' | 'containers' | 'external';
}

interface SuiteCases {
  casesOf(system: string, options: GateCasesOptions): GateCase[];
  findingsIn(history: History): readonly Finding[];
}

/**
 * The gates of the runbook for a system, named as `--system` names it, as cases for a test runner. One runs at a time: its timings are
 * judged.
 */
export async function* gateCases(
  system: string,
  options: GateCasesOptions = {},
): AsyncGenerator<GateCase, void, undefined> {
  yield* (await suiteCases()).casesOf(system, options);
}

/** What a history violates; empty for one that violates nothing that could be seen. */
export async function findingsOf(history: History): Promise<readonly Finding[]> {
  return (await suiteCases()).findingsIn(history);
}

async function suiteCases(): Promise<SuiteCases> {
  return (await import(pathToFileURL(compiledModule(import.meta.url, './cli/suite-cases.ts')).href)) as SuiteCases;
}
