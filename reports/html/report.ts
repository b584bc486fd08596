// What a page is made of: the documents of one certification, as they were read or have just been made.
import type { Certificate } from '../../harness/formats/certificate.ts';
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import type { Result } from '../../harness/formats/result.ts';

/** What a page shows. */
export interface Report {
  readonly result: Result;
  /** Those of the result whose files are there, in its order. */
  readonly counterexamples: readonly Counterexample[];
  readonly certificate?: Certificate;
  /** The result of the run before, in the same folder. */
  readonly previous?: Result;
  /** The command line that replays a counterexample, ready to be pasted. */
  replayLine(counterexample: Counterexample): string;
  /** The command line that finds the commit that brought it in; undefined where the system is in no repository of the user. */
  bisectLine(counterexample: Counterexample): string | undefined;
}
