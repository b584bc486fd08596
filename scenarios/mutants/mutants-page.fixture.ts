// docs/mutants.md as data: the rows of its list, and its sentences. The figures of a search are measured; all others follow from the
// mutants.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../harness/platform/compiled-module.ts';

/** A row of the list, as text. */
export interface ListedMutant {
  readonly id: string;
  readonly name: string;
  readonly lanes: string;
  readonly killedBy: string;
  readonly messages: string;
  readonly faults: string;
  readonly deviations: string;
  /** How many runs it took until one showed the mutant, or `none in ...`; `-` if it is not searched for. */
  readonly byTheLadder: string;
  readonly atRandom: string;
}

const LINES = readFileSync(join(packageRoot, 'docs/mutants.md'), 'utf8').split('\n');

/** The rows of the list, in the order of the page. */
export const LISTED_MUTANTS: readonly ListedMutant[] = LINES.filter((line) => /^\| [A-Z]\d\d /.test(line)).map(
  (line) => {
    const [id = '', name = '', lanes = '', killedBy = '', messages = '', faults = '', deviations = '', ...search] =
      cellsOf(line);
    const [byTheLadder = '', atRandom = ''] = search;
    return { id, name, lanes, killedBy, messages, faults, deviations, byTheLadder, atRandom };
  },
);

/** The ids in the table of mutants that show on the sim lane alone, in the order of the page. */
export const LISTED_ON_SIM_ALONE: readonly string[] = LINES.flatMap((line) =>
  [...(/\| ((?:[A-Z]\d\d ?)+) *\|$/.exec(line)?.[1] ?? '').matchAll(/[A-Z]\d\d/g)].map(([id]) => id),
);

/** The lines of the page outside its tables, joined by spaces. */
export const PAGE_TEXT: string = LINES.filter((line) => !line.startsWith('|')).join(' ');

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}
