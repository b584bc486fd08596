// A story as lines of text: one per element, and one for all changes of a transaction. The lists of a page and Mermaid show them.
import type { Story, StoryElement, StoryMessage, StoryPoint } from '../../harness/history/story/story.ts';
import { groupBy } from '../../harness/history/group-by.ts';
import { participantsOf } from './actors.ts';
import { messageNamesOf } from './diagram/picture.ts';
import { transactionOf } from './diagram/steps.ts';

/** One line of a story. */
export interface StoryLine {
  readonly elements: readonly [StoryElement, ...StoryElement[]];
  readonly timeMs: number;
  readonly place: number;
  readonly seqs: readonly number[];
  readonly isWitness: boolean;
  /** What happened and its outcome, without the time and the participants. */
  readonly words: string;
}

/** The lines of the elements that concern the finding, in the order of the story. A changed row brings all changes of its transaction. */
export function linesOf(story: Story): StoryLine[] {
  const items = new Set(story.items);
  const own = new Set(story.elements.filter((element) => isShown(element, items)));
  const written = new Set([...own].map(transactionOf).filter((transaction) => transaction !== undefined));
  const shown = story.elements.filter((element) => own.has(element) || written.has(transactionOf(element) ?? ''));
  return [...groupBy(shown, (element) => transactionOf(element) ?? element).values()].flatMap((together) =>
    lineOf(together, story),
  );
}

/** For example `520 ms, legacy app to provider: fallback send, SENT AGAIN at 529 ms`. */
export function lineText({ elements: [first], timeMs, words }: StoryLine, story: Story): string {
  return `${timeMs} ms, ${participantsOf(first, story)}: ${words}`;
}

function isShown(element: StoryElement, items: ReadonlySet<string>): boolean {
  if (element.importance !== 'background') return true;
  return element.kind === 'point' && element.row !== undefined && element.items.some((item) => items.has(item));
}

function lineOf(together: readonly StoryElement[], story: Story): StoryLine[] {
  const [first, ...others] = together;
  if (first === undefined) return [];
  const parts = together.flatMap((element) => wordsOf(element, story));
  const whose = first.kind === 'point' && first.row !== undefined ? messageNamesOf(itemsOf(together), story) : '';
  return [
    {
      elements: [first, ...others],
      timeMs: first.timeMs,
      place: first.place,
      seqs: together.flatMap(({ seqs }) => seqs),
      isWitness: together.some(({ witnessOf }) => witnessOf.includes(0)),
      words: [...new Set(parts)].join(', ') + whose,
    },
  ];
}

function itemsOf(elements: readonly StoryElement[]): string[] {
  return elements.flatMap(({ items }) => items);
}

function wordsOf(element: StoryElement, story: Story): string[] {
  const outcome = element.kind === 'message' ? outcomeOf(element) : '';
  const faults = element.faults.flatMap((index) => story.faults[index]?.words ?? []);
  return [labelOf(element), outcome, ...faults].filter((words) => words !== '').map(withoutArrows);
}

/** The label of an element. For a changed row it is in the words of the protocol, which say more than the name of the table. */
function labelOf(element: StoryElement): string {
  const { row }: Pick<StoryPoint, 'row'> = element.kind === 'point' ? element : {};
  return row?.words ?? element.labels[0];
}

/** The outcome of a message, with its own time if the provider decided later. */
function outcomeOf({ outcome: { words }, timeMs, end }: StoryMessage): string {
  return end === null || end.timeMs === timeMs || words === '' ? words : `${words} at ${end.timeMs} ms`;
}

function withoutArrows(words: string): string {
  return words.replaceAll(' -> ', ' to ');
}
