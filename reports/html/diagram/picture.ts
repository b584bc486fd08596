// What all rows of a diagram have in common, and the place of a moment that is not an element of the story.
import { isWitness, type Lifeline, type Story, type StoryElement } from '../../../harness/history/story/story.ts';
import type { Step, Tone } from './step.ts';

/** A row that is marked as a witness or not, but without the number of the witness. */
export type Unnumbered = Omit<Step, 'witness'> & { readonly witness: boolean };

/** A story whose rows are being made. */
export interface Picture {
  readonly story: Story;
  /** The `seq` numbers of the events that led to the finding. */
  readonly past: ReadonlySet<number>;
}

/** The fields of a row that do not depend on the form of the element. */
export function commonOf(element: StoryElement, { story, past }: Picture): Omit<Unnumbered, 'shape' | 'tone'> {
  const { timeMs, place, seqs, labels } = element;
  return {
    timeMs,
    place,
    seqs,
    isPast: seqs.some((seq) => past.has(seq)),
    witness: isWitness(element),
    label: inWords(labels[0]),
    note: null,
    title: titleOf(element, story),
  };
}

/** Everything about an element in one line, for a tooltip. */
function titleOf(element: StoryElement, { faults }: Story): string {
  const { timeMs, labels } = element;
  const where = element.kind === 'point' ? element.at : `${element.from} to ${element.to}`;
  const outcome = element.kind === 'message' ? element.outcome.words : '';
  const shown = element.faults.flatMap((index) => faults[index]?.words ?? []);
  const what = [labels[0], outcome, ...shown].filter((words) => words !== '').join('; ');
  return `${timeMs} ms, ${where}: ${inWords(what)}`;
}

/** The place of a moment without a place in the story: after everything that is not later. */
export function placeAt({ elements }: Story, timeMs: number, seq: number): number {
  const before = elements.flatMap((element) => {
    const isBefore = element.timeMs < timeMs || (element.timeMs === timeMs && element.seq <= seq);
    const end = element.kind === 'message' ? element.end : null;
    return [...(isBefore ? [element.place] : []), ...(end !== null && end.timeMs < timeMs ? [end.place] : [])];
  });
  return Math.max(-1, ...before) + 0.5;
}

/** The name of an item in a drawing: without its campaign if the run has only one. */
export function nameOf(item: string, { sent }: Pick<Story, 'sent'>): string {
  const campaigns = new Set(sent.map((each) => each.item.replace(/#[^#]*$/u, '')));
  return campaigns.size > 1 ? item : item.replace(/^.*(?=#)/u, '');
}

/** The messages that written rows belong to, in parentheses; empty if the story is about one message. */
export function messageNamesOf(items: readonly string[], story: Pick<Story, 'items' | 'sent'>): string {
  const names = [...new Set(items)].map((item) => nameOf(item, story));
  return story.items.length < 2 || names.length === 0 ? '' : ` (${names.join(', ')})`;
}

/** The colour of a lifeline's actions. */
export function toneOf(lifeline: Lifeline): Tone {
  if (lifeline === 'legacy app') return 'legacy';
  return lifeline === 'service' ? 'service' : 'plain';
}

/** The text with the arrows of a page instead of those of a terminal. */
export function inWords(text: string): string {
  return text.replaceAll(' -> ', ' → ');
}

/** Whether a fault was in force for at least 1 ms, not only at one moment. */
export function lasts({ startMs, endMs }: Story['faults'][number]): boolean {
  return endMs === null || endMs - startMs >= 1;
}
