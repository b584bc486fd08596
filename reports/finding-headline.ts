// The headline of a finding, for a reader who does not know the properties: what happened to which message, which system did it, and when.
import type { Finding, PropertyId } from '../harness/formats/finding.ts';
import { timesOf } from '../harness/history/counted-words.ts';
import type { Story, StoryMessage } from '../harness/history/story/story.ts';
import { printable } from './wrap-text.ts';

/** A headline names at most this many sends; of more sends, only the first and the last. */
const SENDS_NAMED_MAX = 4;

/** The kind of error, in front of the finding's message; undefined if the message, or a sentence of SENTENCES, says it. */
const TROUBLES: Readonly<Record<PropertyId, string | undefined>> = {
  S1: undefined,
  S2: undefined,
  S3: undefined,
  S4: 'Wrong mode',
  S5: undefined,
  S6: 'Wrong uuid',
  S7: 'Wrong writer',
  S8: 'Wrong log',
  S9: 'Wrong charge',
  S10: 'Wrong balance',
  S11: 'False answer',
  S12: 'False status',
  S13: 'SHADOW is not transparent',
  S14: 'Budget broken',
  S15: 'Breaker misbehaved',
  S16: 'Mixed modes',
  S17: 'Wrong reconciliation',
  S18: 'Wrong content',
  S19: 'Request and answer differ',
  S20: undefined,
  S21: 'Missing or wrong evidence',
  S22: 'Wrong account',
  S23: 'Message left out',
  S24: 'User misinformed',
  L1: 'No final outcome',
  L2: undefined,
  L3: 'Fallback failed',
  L4: 'Unknown without a cause',
  L5: 'Records differ at the end',
  L6: 'Breaker stuck',
  L7: 'Claim stuck',
  L8: 'Mode change without effect',
};

/** A message, and the sends of it that a headline names. */
interface Sends {
  readonly item: string;
  readonly sends: readonly StoryMessage[];
}

/** Headlines that name the sends that are witnesses of the finding. */
const SENTENCES: Readonly<Partial<Record<PropertyId, (seen: Sends) => string>>> = {
  S1: ({ item, sends }) => `Message ${item} was sent ${timesOf(sends.length)}: ${listOf(sends)}`,
  S2: ({ item, sends }) => `Two systems tried to send message ${item}: ${listOf(sends)}`,
  S3: ({ item, sends }) => `Message ${item} was sent ${listOf(sends)}, without the right to send it`,
  S5: ({ item, sends }) => `Message ${item} should only have been rehearsed, but was sent ${listOf(sends)}`,
  S20: ({ item, sends }) => `Message ${item} was sent ${listOf(sends)}, before the right to send it was stored`,
};

/** The headline of a finding, without a full stop. It can contain names from the system, so it must be escaped in HTML. */
export function findingHeadline(finding: Finding, story: Story): string {
  const { property, items, message } = finding;
  const [item] = items;
  const sends = sendsOf(finding, story);
  const sentence = SENTENCES[property];
  const sendsMin = property === 'S1' || property === 'S2' ? 2 : 1;
  if (sentence !== undefined && item !== undefined && sends.length >= sendsMin)
    return printable(sentence({ item, sends }));
  const trouble = property === 'S9' && /\bnot charged\b/u.test(message) ? 'Missing charge' : TROUBLES[property];
  const words = namingMessages(message, items);
  return printable(trouble === undefined ? capitalised(words) : `${trouble}: ${words}`);
}

/** The sends among the witnesses; for S1 only those that the provider accepted. */
function sendsOf({ property, witnesses }: Finding, { elements }: Story): StoryMessage[] {
  return elements.flatMap((element) =>
    element.kind === 'message' &&
    element.what === 'send' &&
    element.seqs.some((seq) => witnesses.includes(seq)) &&
    (property !== 'S1' || element.outcome.state === 'accepted' || element.outcome.state === 'accepted-again')
      ? [element]
      : [],
  );
}

function listOf(sends: readonly StoryMessage[]): string {
  const [first, last] = [sends[0], sends.at(-1)];
  if (sends.length > SENDS_NAMED_MAX && first !== undefined && last !== undefined)
    return `first ${wordsOf(first)}, last ${wordsOf(last)}`;
  const words = sends.map(wordsOf);
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** The time of a send is that of the provider's decision, if there is one. */
function wordsOf({ from, startMs, endMs }: StoryMessage): string {
  return `by the ${from} at ${Math.round(endMs ?? startMs)} ms`;
}

/** The finding's message, with the word `message` before the name of each item. */
function namingMessages(sentence: string, items: readonly string[]): string {
  return items.reduce((words, item) => {
    const at = wordPlace(words, item);
    return at < 0 ? words : `${words.slice(0, at)}message ${words.slice(at)}`;
  }, sentence);
}

/** The index of the item as a whole word, so that `c#1` does not match in `c#12`; -1 if it is not there. */
function wordPlace(words: string, item: string): number {
  if (item === '') return -1;
  const literal = item.replaceAll(/[$()*+.?[\\\]^{|}]/gu, '\\$&');
  return words.search(new RegExp(`(?<![\\w#])${literal}(?![\\w#])`, 'u'));
}

function capitalised(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
