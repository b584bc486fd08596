// docs/mutants.md as data: the rows of its list, and its sentences. Its figures of a search are measured; all else follows from the mutants.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/platform/compiled-module.ts';

/** A row of the list, as it is written. */
export interface ListedMutant {
  readonly id: string;
  readonly name: string;
  readonly lanes: string;
  readonly killedBy: string;
  readonly messages: string;
  readonly faults: string;
  readonly deviations: string;
  /** Runs to the first that shows it, or `none in ...`; `-` where nothing is searched for. */
  readonly byTheLadder: string;
  readonly atRandom: string;
}

const LINES = readFileSync(join(packageRoot, 'docs/mutants.md'), 'utf8').split('\n');

/** The rows of the list, in its order. */
export const LISTED_MUTANTS: readonly ListedMutant[] = LINES.filter((line) => /^\| [A-Z]\d\d /.test(line)).map(
  (line) => {
    const [id = '', name = '', lanes = '', killedBy = '', messages = '', faults = '', deviations = '', ...search] =
      cellsOf(line);
    const [byTheLadder = '', atRandom = ''] = search;
    return { id, name, lanes, killedBy, messages, faults, deviations, byTheLadder, atRandom };
  },
);

/** The mutants that the table of what shows on the sim lane alone names, in its order. */
export const LISTED_ON_SIM_ALONE: readonly string[] = LINES.flatMap((line) =>
  [...(/\| ((?:[A-Z]\d\d ?)+) *\|$/.exec(line)?.[1] ?? '').matchAll(/[A-Z]\d\d/g)].map(([id]) => id),
);

/** Its sentences, one space between two words. */
export const PAGE_TEXT: string = LINES.filter((line) => !line.startsWith('|')).join(' ');

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
