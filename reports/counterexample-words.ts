// The headline of a counterexample, which is the same sentence in all reports, and its circumstances.
import type { Counterexample } from '../harness/formats/counterexample.ts';
import { countOf } from '../harness/history/counted-words.ts';
import type { Story } from '../harness/history/story/story.ts';
import { findingHeadline } from './finding-headline.ts';
import { sendSentence } from './timeline.ts';
import { printable } from './wrap-text.ts';

/** At most this many changes of the mode are listed; the drawing has all. */
const FLIPS_MAX = 4;

/** One sentence without a full stop: the first finding, or the anomaly of a run without one, or how often its messages were sent. */
export function counterexampleHeadline({ anomaly }: Partial<Pick<Counterexample, 'anomaly'>>, story: Story): string {
  const [first] = story.findings;
  return first === undefined ? printable(anomaly?.message ?? sendSentence(story)) : findingHeadline(first, story);
}

/** The number of messages, the changes of the mode with their times, and the faults. */
export function circumstances({ sent, elements, faults }: Story): string {
  const flips = elements.filter(({ what }) => what === 'flip').slice(0, FLIPS_MAX);
  return [
    countOf(sent.length, 'message'),
    ...flips.map(({ labels: [label], timeMs }) => `${label} at ${timeMs} ms`),
    ...(faults.length === 0 ? ['without a fault'] : faults.map(({ words }) => words)),
  ].join('; ');
}
