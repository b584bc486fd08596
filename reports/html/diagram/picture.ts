// What all rows of a diagram have in common, and where a moment that is no element of the story stands among those that are.
import { isWitness, type Lifeline, type Story, type StoryElement } from '../../../harness/history/story/story.ts';
import type { Step, Tone } from './step.ts';

/** A row that knows whether it is a witness, and not which one. */
export type Unnumbered = Omit<Step, 'witness'> & { readonly witness: boolean };

/** A story on its way into rows. */
export interface Picture {
  readonly story: Story;
  /** The `seq` of the events that led to the finding. */
  readonly past: ReadonlySet<number>;
}

/** What an element says in every form of the drawing. */
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

/** All that is known of an element in one line. */
function titleOf(element: StoryElement, { faults }: Story): string {
  const { timeMs, labels } = element;
  const where = element.kind === 'point' ? element.at : `${element.from} to ${element.to}`;
  const outcome = element.kind === 'message' ? element.outcome.words : '';
  const shown = element.faults.flatMap((index) => faults[index]?.words ?? []);
  const what = [labels[0], outcome, ...shown].filter((words) => words !== '').join('; ');
  return `${timeMs} ms, ${where}: ${inWords(what)}`;
}

/** Where a moment stands that has no place of its own: behind all that is not later than it. */
export function placeAt({ elements }: Story, timeMs: number, seq: number): number {
  const before = elements.flatMap((element) => {
    const isBefore = element.timeMs < timeMs || (element.timeMs === timeMs && element.seq <= seq);
    const end = element.kind === 'message' ? element.end : null;
    return [...(isBefore ? [element.place] : []), ...(end !== null && end.timeMs < timeMs ? [end.place] : [])];
  });
  return Math.max(-1, ...before) + 0.5;
}

/** An item as a drawing names it: without its campaign, where the run has only one. */
export function nameOf(item: string, { sent }: Pick<Story, 'sent'>): string {
  const campaigns = new Set(sent.map((each) => each.item.replace(/#[^#]*$/u, '')));
  return campaigns.size > 1 ? item : item.replace(/^.*(?=#)/u, '');
}

/** The messages that rows were written about, where the story is about several. */
export function whoseOf(items: readonly string[], story: Pick<Story, 'items' | 'sent'>): string {
  const names = [...new Set(items)].map((item) => nameOf(item, story));
  return story.items.length < 2 || names.length === 0 ? '' : ` (${names.join(', ')})`;
}

/** The colour of what a lifeline does. */
export function toneOf(lifeline: Lifeline): Tone {
  if (lifeline === 'legacy app') return 'legacy';
  return lifeline === 'service' ? 'service' : 'plain';
}

/** With the arrows of a page instead of those of a terminal. */
export function inWords(text: string): string {
  return text.replaceAll(' -> ', ' → ');
}

/** Whether a fault was in force for a time, and not at one moment only. */
export function lasts({ startMs, endMs }: Story['faults'][number]): boolean {
  return endMs === null || endMs - startMs >= 1;
}
