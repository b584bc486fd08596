// The list and the counts of docs/mutants.md. mutants.sim.test.ts checks what kills each mutant.
import { expect, test } from 'vitest';
import { grouped } from '../../harness/history/counted-words.ts';
import { type MutantLane, showsOn } from '../../harness/runner/mutant.ts';
import { loadMutants } from './all-mutants.ts';
import { LISTED_MUTANTS, LISTED_ON_SIM_ALONE, PAGE_TEXT } from './mutants-page.fixture.ts';

const MUTANTS = await loadMutants();

test('the page of mutants lists all of them in the order of the reports, each with its name and its lanes', () => {
  const listed = LISTED_MUTANTS.map(({ id, name, lanes }) => `${id} ${name} ${lanes}`);
  expect(listed).toEqual(MUTANTS.map(({ id, name, lanes }) => `${id} ${name} ${lanes.join(' ') || '-'}`));
});

test('the page of mutants says how many there are, and how many of them show on each lane', () => {
  const count = (lane: MutantLane): number => MUTANTS.filter((mutant) => showsOn(mutant, lane)).length;
  expect(countsIn(/(\d+) systems that each break something known/)).toEqual([MUTANTS.length]);
  const onEach = /(\d+) show on the sim lane, and (\d+) on the live lane too/;
  expect(countsIn(onEach)).toEqual([count('sim'), count('live')]);
});

test('the page of mutants says why a mutant shows on the sim lane alone', () => {
  const alone = MUTANTS.filter((mutant) => showsOn(mutant, 'sim') && !showsOn(mutant, 'live')).map(({ id }) => id);
  expect(LISTED_ON_SIM_ALONE.toSorted()).toEqual(alone.toSorted());
  expect(countsIn(/(\d+) show on the sim lane alone/)).toEqual([alone.length]);
});

test('the page of mutants sums up the search columns of its list', () => {
  const searched = LISTED_MUTANTS.filter(({ atRandom }) => atRandom !== '-');
  const ladder = foundWithin(searched.map(({ byTheLadder }) => byTheLadder));
  const random = foundWithin(searched.map(({ atRandom }) => atRandom));
  const byTheLadder = /Of (\d+) mutants the ladder found (\d+), half of them within (\d+) runs/;
  expect(countsIn(byTheLadder)).toEqual([searched.length, ladder.found, ladder.median]);
  const atRandom = /random runs found (\d+), half of them within (\d+)/;
  expect(countsIn(atRandom)).toEqual([random.found, random.median]);
});

test('the page of mutants groups the digits of the search columns as the command prints them', () => {
  const cells = LISTED_MUTANTS.flatMap(({ byTheLadder, atRandom }) => [byTheLadder, atRandom]);
  const numbers = cells.map((cell) => cell.replace('none in ', '')).filter((cell) => cell !== '-');
  expect(numbers).toEqual(numbers.map((cell) => grouped(Number(cell.replaceAll(',', '')))));
});

/** The numbers in a sentence of the page; empty when it has no such sentence. */
function countsIn(sentence: RegExp): number[] {
  return (sentence.exec(PAGE_TEXT) ?? []).slice(1).map(Number);
}

/** How many mutants were found, and within how many runs half of these were. */
function foundWithin(cells: readonly string[]): { readonly found: number; readonly median: number | undefined } {
  const runs = cells.filter((cell) => !cell.startsWith('none')).map((cell) => Number(cell.replaceAll(',', '')));
  return { found: runs.length, median: runs.toSorted((a, b) => a - b)[Math.ceil(runs.length / 2) - 1] };
}
