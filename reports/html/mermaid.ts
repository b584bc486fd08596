// A story as a Mermaid sequence diagram: text that many trackers and wikis draw.
import type { Lifeline, Story, StoryElement, StoryMessage } from '../../harness/history/story/story.ts';

const NAMES: Readonly<Record<Lifeline, string>> = {
  user: 'user',
  'legacy app': 'legacy',
  service: 'service',
  provider: 'provider',
  rig: 'rig',
};

/** The text, with a line break at its end. */
export function renderMermaid(story: Story): string {
  const shown = story.elements.filter(({ importance }) => importance !== 'background');
  const used = new Set<Lifeline>(
    shown.flatMap((element) => (element.kind === 'point' ? [element.at] : [element.from, element.to])),
  );
  const names = (Object.keys(NAMES) as Lifeline[]).filter((lifeline) => used.has(lifeline));
  return [
    'sequenceDiagram',
    ...names.map((lifeline) => `    participant ${NAMES[lifeline]} as ${lifeline}`),
    ...shown.map((element) => `    ${lineOf(element, story)}`),
    '',
  ].join('\n');
}

function lineOf(element: StoryElement, story: Story): string {
  const mark = element.witnessOf.includes(0) ? ' (!)' : '';
  const faults = element.faults.flatMap((index) => story.faults[index]?.words ?? []);
  const outcome = element.kind === 'message' ? element.outcome.words : '';
  const words = [element.labels[0], outcome, ...faults].filter((part) => part !== '').join(', ');
  const text = plainText(`${element.timeMs} ms: ${words}${mark}`);
  if (element.kind === 'point') return `Note over ${NAMES[element.at]}: ${text}`;
  return `${NAMES[element.from]}${arrowOf(element)}${NAMES[element.to]}: ${text}`;
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
