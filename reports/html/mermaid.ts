// A story as a Mermaid sequence diagram: a text that many issue trackers and wikis draw.
import type { Story, StoryMessage } from '../../harness/history/story/story.ts';
import { type End, endsOf } from './actors.ts';
import { linesOf, type StoryLine } from './story-lines.ts';

const NAMES: Readonly<Record<End, string>> = {
  user: 'user',
  'legacy app': 'legacy',
  proxy: 'proxy',
  service: 'service',
  provider: 'provider',
  rig: 'rig',
};

/** The Mermaid text of a story, with a line break at its end. */
export function renderMermaid(story: Story): string {
  const lines = linesOf(story);
  const used = new Set(lines.flatMap(({ elements: [first] }) => endsOf(first, story)));
  const names = (Object.keys(NAMES) as End[]).filter((end) => used.has(end));
  return [
    'sequenceDiagram',
    ...names.map((end) => `    participant ${NAMES[end]} as ${end}`),
    ...lines.map((line) => `    ${lineOf(line, story)}`),
    '',
  ].join('\n');
}

function lineOf({ elements: [first], timeMs, words, isWitness }: StoryLine, story: Story): string {
  const text = plainText(`${timeMs} ms: ${words}${isWitness ? ' (!)' : ''}`);
  const [from, to = from] = endsOf(first, story).map((end) => NAMES[end]);
  return first.kind === 'point' ? `Note over ${from}: ${text}` : `${from}${arrowOf(first)}${to}: ${text}`;
}

/** The arrow of a message in Mermaid: with a cross if it is lost, dotted if it is late or repeated. */
function arrowOf({ outcome: { state } }: StoryMessage): string {
  if (state === 'lost' || state === 'too-late' || state === 'unanswered') return '--x';
  return state === 'late' || state === 'arrived-again' ? '-->>' : '->>';
}

/** The text with entities in place of the characters that have a meaning in Mermaid. */
function plainText(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[#;<>&"]/gu, (character) => `#${character.charCodeAt(0)};`);
}
