// The space-time diagram of a story: a lane for each participant, time from top to bottom, the witnesses of the finding numbered and red.
import type { Story } from '../../../harness/history/story/story.ts';
import { markup, type Markup } from '../markup.ts';
import { type DiagramOptions, layOut } from './layout.ts';
import { legendOf } from './legend.ts';
import { bodySvg, headSvg } from './svg.ts';
import { hasNoRoomForTracks } from './track-columns.ts';

/** A drawing and its legend. */
export interface Diagram {
  readonly drawing: Markup;
  readonly legend: Markup;
}

/** The diagram of a story as SVG for a page. `title` describes it to readers who cannot see it. */
export function renderDiagram(story: Story, options: DiagramOptions & { readonly title: string }): Diagram {
  const layout = layOut(story, options);
  const { omitted } = layout.plan;
  const rest =
    omitted === 1 ? 'One event of other messages is not drawn.' : `${omitted} events of other messages are not drawn.`;
  return {
    drawing: markup`${headSvg(layout)}${bodySvg(layout, options.title)}${omitted > 0 && markup`<p class="d-omitted">${rest}</p>`}${hasNoRoomForTracks(story, options.width) && markup`<p class="d-omitted">A wider screen also shows the states of the authority, the breakers and the balance over time.</p>`}`,
    legend: legendOf(layout),
  };
}
