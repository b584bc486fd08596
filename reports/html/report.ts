// The input for a page: the documents of one certification, read from files or just made.
import type { Certificate } from '../../harness/formats/certificate.ts';
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import type { Result } from '../../harness/formats/result.ts';

/** The content of a page. */
export interface Report {
  readonly result: Result;
  /** The counterexamples of the result whose files exist, in the order of the result. */
  readonly counterexamples: readonly Counterexample[];
  readonly certificate?: Certificate;
  /** The result of the previous run in the same folder. */
  readonly previous?: Result;
  /** The command line that replays a counterexample, ready to paste. */
  replayLine(counterexample: Counterexample): string;
  /** The command line that finds the commit that introduced it; undefined if the system is in no repository of the user. */
  bisectLine(counterexample: Counterexample): string | undefined;
}
