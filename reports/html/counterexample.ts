// One counterexample as a section of the page: what happened, what was demanded, where to look, and how to see it again.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import { PROPERTIES } from '../../harness/formats/finding.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { PROPERTY_GUIDE } from '../property-guide.ts';
import { renderTimeline } from '../timeline.ts';
import { commandLine } from './command-line.ts';
import { type Markup, markup } from './markup.ts';

/** What a section is made with: the story of the counterexample, and the command line that replays it. */
export interface SectionParts {
  readonly story: Story;
  readonly replay: string;
}

/** The section, without its headline. */
export function counterexampleSection(counterexample: Counterexample, { story, replay }: SectionParts): Markup {
  const findings = story.findings.map((finding) => {
    const { demand, look } = PROPERTY_GUIDE[finding.property];
    return markup`<h4>${finding.property} ${PROPERTIES[finding.property]}</h4>
<p>${finding.message}</p>
<dl><dt>What must hold</dt><dd>${demand}</dd><dt>Where to look</dt><dd>${look}</dd></dl>`;
  });
  return markup`
<pre class="timeline" tabindex="0" role="region" aria-label="The story of ${counterexample.id} as text">${renderTimeline(counterexample, { color: false })}</pre>
${findings}
<p>Replay it: ${commandLine(replay)}</p>`;
}
