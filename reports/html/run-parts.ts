// The parts below the drawing of a run: its events as a list, its final rows and log lines, and its story as text to copy.
import type { Story } from '../../harness/history/story/story.ts';
import type { HistoryWithFindings } from '../../harness/history/story/story-of.ts';
import { renderTimeline } from '../timeline.ts';
import { eventsPart, remainsPart } from './beside.ts';
import { type Markup, markup, type MarkupValue } from './markup.ts';
import { renderMermaid } from './mermaid.ts';

/** A run, with its story and its id on the page. */
export interface ShownRun {
  readonly id: string;
  readonly story: Story;
  readonly run: HistoryWithFindings;
}

/** Renders the parts below the drawing. */
export function runParts({ id, story, run }: ShownRun): MarkupValue {
  return [
    eventsPart(story, id),
    remainsPart(story),
    textPart({ id, title: 'As text', kind: 'timeline', text: renderTimeline(run, { color: false }) }),
    textPart({ id, title: 'As Mermaid', kind: 'timeline wraps', text: renderMermaid(story) }),
  ];
}

function textPart({ id, title, kind, text }: Readonly<Record<'id' | 'title' | 'kind' | 'text', string>>): Markup {
  return markup`<details><summary>${title}</summary><p><button type="button" class="quiet" data-copies>Copy</button></p><pre class="${kind}" tabindex="0" role="region" aria-label="The story of ${id}: ${title}">${text}</pre></details>`;
}
