// Which participant did something in a story, and in which activity: a reader looks for the code of an activity, not of a process.
import type { Lifeline, Story, StoryElement, StoryPoint } from '../../harness/history/story/story.ts';
import { isUnasked } from './diagram/message-steps.ts';

/** A participant, or the proxy between the systems, which answers if the service cannot be reached. */
export type End = Lifeline | 'proxy';

/** The participant of a point, or the sender and receiver of a message. Recovery belongs to the legacy app, although the rig starts it. */
export function endsOf(element: StoryElement, story: Story): readonly [End, ...End[]] {
  if (element.kind === 'point') return [element.what === 'recovery' ? 'legacy app' : element.at];
  return [element.what === 'answer' && isUnasked(element, story) ? 'proxy' : element.from, element.to];
}

/** The ends of an element in words, with the round of recovery: `legacy app (recovery, round 1) to provider`. */
export function participantsOf(element: StoryElement, story: Story): string {
  const round = roundOf(element, story);
  // A mode is changed from outside, not by one of the systems.
  if (element.what === 'flip') return 'flag';
  const [from, ...to] = endsOf(element, story);
  return [round === undefined ? from : `${from} (${round})`, ...to].join(' to ');
}

/** For example `the legacy app's recovery, round 2`; undefined if neither system did it. */
export function activityOf(element: StoryElement, story: Story): string | undefined {
  const system = element.kind === 'point' ? element.at : element.from;
  if (system !== 'legacy app' && system !== 'service') return undefined;
  const activity = roundOf(element, story) ?? ACTIVITIES[element.what];
  return activity === undefined ? `the ${system}` : `the ${system}'s ${activity}`;
}

const ACTIVITIES: Readonly<Partial<Record<StoryElement['what'], string>>> = {
  entry: 'entry point',
  request: 'call of the service',
  answer: 'answer',
  send: 'send',
  row: 'settlement',
};

/** The round of recovery in which the legacy app did something; undefined if it may have been handling a campaign at that time. */
function roundOf(element: StoryElement, story: Story): string | undefined {
  const by = element.kind === 'point' ? element.at : element.from;
  if (by !== 'legacy app' || element.what === 'trigger' || element.what === 'response') return undefined;
  const { startMs } = element;
  const rounds = story.elements.filter(
    (other): other is StoryPoint =>
      other.kind === 'point' && other.what === 'recovery' && other.startMs <= startMs && startMs <= other.endMs,
  );
  const [round, ...others] = rounds;
  if (round === undefined || others.length > 0 || isHandling(element, story)) return undefined;
  return round.labels.at(-1)?.replace('recovery ', 'recovery, round ');
}

/** Whether a campaign of these messages was being handled: it had been triggered more often than answered. */
function isHandling({ items, place }: StoryElement, { elements }: Story): boolean {
  const before = elements.filter((other) => other.place < place && other.items.some((item) => items.includes(item)));
  const asked = before.filter(({ what }) => what === 'trigger' || what === 'redelivery').length;
  return asked > before.filter(({ what }) => what === 'response').length;
}
