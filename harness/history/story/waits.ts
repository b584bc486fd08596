// How long the legacy app waited for each of its calls to the service, and its time budget for a call.
import { pairCalls } from '../calls.ts';
import { msOf } from './draft.ts';
import type { StoryWait } from './story.ts';
import { concerns, itemsOf, type Subject } from './subject.ts';

/** The waits of the story's items, in order. */
export function waitsOf(subject: Subject): StoryWait[] {
  const { budgetMs } = subject.history.tolerances;
  return pairCalls(subject.history).flatMap(({ front: { request, end, uuids } }) => {
    const items = itemsOf(subject, uuids);
    if (request === undefined || !concerns(subject, items)) return [];
    return [
      {
        seq: request.seq,
        endSeq: end?.seq ?? null,
        startMs: msOf(request),
        endMs: end === undefined ? null : msOf(end),
        budgetMs,
        end:
          end === undefined ? 'open' : end.kind === 'answer' ? 'answered' : end.by === 'client' ? 'given-up' : 'broken',
        items,
      },
    ];
  });
}
