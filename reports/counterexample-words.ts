// The headline of a counterexample: all reports use the same sentence.
import type { Counterexample } from '../harness/formats/counterexample.ts';
import type { Story } from '../harness/history/story/story.ts';
import { findingHeadline } from './finding-headline.ts';
import { sendSentence } from './timeline.ts';
import { printable } from './wrap-text.ts';

/** One sentence without a full stop: the first finding, or the anomaly of a run without one, or how often its messages were sent. */
export function counterexampleHeadline({ anomaly }: Partial<Pick<Counterexample, 'anomaly'>>, story: Story): string {
  const [first] = story.findings;
  return first === undefined ? printable(anomaly?.message ?? sendSentence(story)) : findingHeadline(first, story);
}
