// One counterexample as a section of the page: what happened, what was demanded, where to look, why it happens, and how to see it again.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { renderTimeline } from '../timeline.ts';
import { eventsPart, explanationPart, findingsPart, remainsPart } from './beside.ts';
import { commandLine } from './command-line.ts';
import { dataScript, type Markup, markup } from './markup.ts';
import { renderMermaid } from './mermaid.ts';
import { viewsOf } from './views.ts';

/** What a section is made with: the story of the counterexample, its headline, and the command line that replays it. */
export interface SectionParts {
  readonly story: Story;
  readonly headline: string;
  readonly replay: string;
}

/** The section, without its headline. */
export function counterexampleSection(counterexample: Counterexample, parts: SectionParts): Markup {
  const { id, anomaly, fingerprint } = counterexample;
  const { story, headline, replay } = parts;
  return markup`
<div class="shown">
${viewsOf(counterexample, parts)}
<div class="beside notes" data-scope="own">
${anomaly !== undefined && markup`<p>${anomaly.message}</p>`}
${findingsPart(story)}
${explanationPart(counterexample)}
<h4>See it again</h4>
<p>${commandLine(replay)}</p>
</div>
<div class="below notes" data-scope="own">
${eventsPart(story, id)}
${remainsPart(story)}
${textPart(id, 'As text', renderTimeline(counterexample, { color: false }))}
${textPart(id, 'As Mermaid', renderMermaid(story))}
</div>
</div>
${dataScript(`data-${id}`, { id, fingerprint, headline, replay, findings: story.findings, case: counterexample.case })}`;
}

function textPart(id: string, title: string, text: string): Markup {
  return markup`<details><summary>${title}</summary><p><button type="button" class="quiet" data-copies>Copy</button></p><pre class="timeline" tabindex="0" role="region" aria-label="The story of ${id}: ${title}">${text}</pre></details>`;
}
