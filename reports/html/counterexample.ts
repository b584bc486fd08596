// One counterexample as a section of the page: what happened, what was expected, where to look, why it happens, and how to replay it.
import type { Counterexample } from '../../harness/formats/counterexample.ts';
import type { Story } from '../../harness/history/story/story.ts';
import { explainCommand } from '../explain-command.ts';
import { explanationPart, findingsPart } from './beside.ts';
import { commandLine } from './command-line.ts';
import { dataScript, type Markup, markup } from './markup.ts';
import { runParts } from './run-parts.ts';
import { drawingsPart, type View, viewsOf } from './views.ts';

/** The input for a section: the story of the counterexample, its headline, and the command lines that replay and bisect it. */
export interface SectionParts {
  readonly story: Story;
  readonly headline: string;
  readonly replay: string;
  /** Has the placeholder REV for each commit; undefined if the system is in no repository of the user. */
  readonly bisect?: string | undefined;
}

/** The section, without its headline. */
export function counterexampleSection(counterexample: Counterexample, parts: SectionParts): Markup {
  const { id, anomaly, fingerprint } = counterexample;
  const { story, headline, replay, bisect } = parts;
  const explain = explainCommand(counterexample);
  const views = viewsOf(counterexample, parts);
  return markup`
<div class="shown">
${drawingsPart(views)}
<div class="beside notes" data-scope="own">
${anomaly !== undefined && markup`<p>${anomaly.message}</p>`}
${findingsPart(story)}
${explanationPart(counterexample)}
<h4>See it again</h4>
<p>${commandLine(replay)}</p>
${bisect !== undefined && markup`<p>To find the commit that introduced it, replace the two REV: the first with a commit that passes, the second with one that fails.</p><p>${commandLine(bisect)}</p>`}
${explain !== undefined && markup`<h4>What it means</h4><p>${commandLine(explain)}</p>`}
</div>
${views.map((view, index) => belowPart(view, { id, isShown: index === 0 }))}
</div>
${dataScript(`data-${id}`, { id, fingerprint, headline, replay, findings: story.findings, case: counterexample.case })}`;
}

/** The lists below the drawing of one run. They are visible while that run is drawn. */
function belowPart(
  { id: scope, name, story, run }: View,
  { id, isShown }: { readonly id: string; readonly isShown: boolean },
): Markup {
  return markup`
<div class="below notes" data-scope="${scope}"${!isShown && markup` hidden`}>
${runParts({ id: isShown ? id : `${id}, ${name.toLowerCase()}`, story, run })}
</div>`;
}
