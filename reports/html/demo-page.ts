// The demo as a page: two systems under the same fault, each run drawn like a counterexample on the page of a certification.
import { storyOf } from '../../harness/history/story/story-of.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { counterexampleHeadline } from '../counterexample-words.ts';
import { type DemoDocument, type DemoSide, isGoodSide } from '../demo.ts';
import { sendSentence } from '../timeline.ts';
import { findingsPart } from './beside.ts';
import { commandLine } from './command-line.ts';
import { renderFrame } from './frame.ts';
import { type Markup, markup } from './markup.ts';
import { runParts } from './run-parts.ts';
import { drawingsPart } from './views.ts';

/** A system of the demo with the story of its run, and the id of its element on the page. */
interface SideWithStory {
  readonly id: string;
  readonly side: DemoSide;
  readonly story: Story;
}

/** The page as HTML. */
export function renderDemoPage(demo: DemoDocument, { version }: { readonly version: string }): string {
  const sidesWithStories = demo.sides.map((side, index) => ({
    id: `run-${index + 1}`,
    side,
    story: storyOf(side.history, side),
  }));
  return renderFrame({
    title: 'Demo: two systems under the same fault',
    first: firstScreen(demo, sidesWithStories),
    sections: [{ id: 'runs', title: 'The two runs', content: markup`${sidesWithStories.map(runMarkup)}` }],
    version,
  });
}

function firstScreen({ headline, sides }: DemoDocument, sidesWithStories: readonly SideWithStory[]): Markup {
  return markup`
<section class="first ${sides.every(isGoodSide) ? 'good' : 'bad'}" aria-labelledby="verdict">
<p class="verdict"><span class="badge">DEMO</span> <span>two systems under the same fault</span></p>
<h1 id="verdict">${headline}</h1>
<dl class="answers">
${sidesWithStories.map(({ id, side, story }) => markup`<div><dt>${side.title}</dt><dd><a href="#${id}">${sendSentence(story)}</a></dd></div>`)}
<div><dt>What next</dt><dd>Search for such runs, and see the smallest one: ${commandLine('npx onesend certify --system as-written')}</dd></div>
</dl>
</section>
`;
}

function runMarkup({ id, side, story }: SideWithStory): Markup {
  const { title, history } = side;
  const headline = counterexampleHeadline({}, story);
  const broken = [...new Set(story.findings.map(({ property }) => property))].join(' ') || 'no finding';
  return markup`
<details class="counterexample" id="${id}" open>
<summary><h3>${title}: ${headline}</h3>
<p class="chips"><span>${broken}</span><span>lane ${history.lane}</span><code>${history.system}</code></p></summary>
<div class="shown">
${drawingsPart([{ id: 'own', name: 'This run', title: headline, story, run: side }])}
<div class="beside notes" data-scope="own">
${findingsPart(story)}
</div>
<div class="below notes" data-scope="own">
${runParts({ id, story, run: side })}
</div>
</div>
</details>`;
}
