// An explanation as rows of a term and a text: the same wording for terminals, plain text and pages.
import type { Explanation } from '../harness/formats/explanation.ts';
import { grouped } from '../harness/history/counted-words.ts';

/** One row of an explanation. */
export interface ExplanationRow {
  readonly term:
    'needs' | 'needs at times' | 'does not need' | 'boundary' | 'passes' | 'differs at' | 'passing run has';
  readonly text: string;
}

type Ingredient = Explanation['ingredients'][number];
type Boundary = Explanation['boundaries'][number];

/** The rows of an explanation, in the order in which they are read. */
export function explanationRows({ ingredients, boundaries, nearestPassing, parting }: Explanation): ExplanationRow[] {
  const having = (state: Ingredient['state']): Ingredient[] => ingredients.filter((each) => each.state === state);
  const [necessary, sometimes, free] = [having('necessary'), having('sometimes'), having('free')];
  return [
    ...necessary.map(({ words, tries }): ExplanationRow => ({
      term: 'needs',
      text: `${words} (without it: 0 of ${grouped(tries)} violate)`,
    })),
    ...sometimes.map(({ words, violated, tries }): ExplanationRow => ({
      term: 'needs at times',
      text: `${words} (without it: ${grouped(violated)} of ${grouped(tries)} violate)`,
    })),
    ...free.map(({ words, violated, tries }): ExplanationRow => ({
      term: 'does not need',
      text: `${words} (without it: ${grouped(violated)} of ${grouped(tries)} violate)`,
    })),
    ...boundaries.map((boundary): ExplanationRow => ({ term: 'boundary', text: boundaryWords(boundary) })),
    ...(nearestPassing === undefined ? [] : [{ term: 'passes', text: nearestPassing.words } as const]),
    ...(parting === undefined
      ? []
      : [
          { term: 'differs at', text: partingWords(parting.words) } as const,
          { term: 'passing run has', text: partingWords(parting.passingWords) } as const,
        ]),
  ];
}

/** What a run has at the point where two runs differ. `nothing` is spelled out: the run can have an event of another kind there. */
function partingWords(words: string): string {
  return words === 'nothing' ? 'nothing of that kind' : words;
}

/** For example `the delay of answers: fails from 501 ms on, passes at 500 ms`; with the number of tries if there was more than one. */
export function boundaryWords({ words, fails, passes }: Boundary): string {
  const from = fails.atMs > passes.atMs ? `from ${fails.atMs} ms on` : `up to ${fails.atMs} ms`;
  return `${words}: fails ${from}${triesOf(fails, fails.violated)}, passes at ${passes.atMs} ms${triesOf(passes, passes.tries - passes.violated)}`;
}

function triesOf({ tries }: Boundary['fails'], times: number): string {
  return tries === 1 ? '' : ` (${grouped(times)} of ${grouped(tries)})`;
}
