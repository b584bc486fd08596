// A story as a Mermaid sequence diagram: text that many trackers and wikis draw.
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

/** The text, with a line break at its end. */
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

/** Mermaid ends a message that is lost in a cross, and dots one that is late. */
function arrowOf({ outcome: { state } }: StoryMessage): string {
  if (state === 'lost' || state === 'too-late' || state === 'unanswered') return '--x';
  return state === 'late' || state === 'arrived-again' ? '-->>' : '->>';
}

/** Without what Mermaid reads as its own: entities stand for the characters. */
function plainText(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').replaceAll(/[#;<>&"]/gu, (character) => `#${character.charCodeAt(0)};`);
}
