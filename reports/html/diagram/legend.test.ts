import { expect, test } from 'vitest';
import { at, entry, historyOf, request, sent } from '../../../harness/history/history.fixture.ts';
import { storyOf } from '../../../harness/history/story/story-of.ts';
import type { Story } from '../../../harness/history/story/story.ts';
import { layOut } from './layout.ts';
import { legendOf } from './legend.ts';
import { sentTwice } from './stories.fixture.ts';

function signsOf(story: Story): string[] {
  return [
    ...legendOf(layOut(story, { width: 760 }))
      .toString()
      .matchAll(/class="(l-\w+)"/gu),
  ].map(([, sign = '']) => sign);
}

test('a legend has the signs that are in the drawing', () => {
  expect(signsOf(sentTwice())).toEqual(['l-witness', 'l-wait', 'l-fault', 'l-dashed', 'l-write']);
});

test('a legend has no sign that is not in the drawing', () => {
  const history = historyOf({}, [at(1, entry('c1#1', 'u1')), ...sent(4, 'legacy')]);
  expect(signsOf(storyOf(history, { findings: [] }))).toEqual(['l-write']);
});

test('only a wait beyond the budget has the sign for it', () => {
  const asked = [at(1, entry('c1#1', 'u1')), at(2, request('front', 'f', { uuids: ['u1'] }))];
  const story = storyOf(historyOf({}, [...asked, ...sent(4, 'service')]), { findings: [] });
  expect(signsOf(story)).toContain('l-over');
  const timely = { ...story, waits: story.waits.map((wait) => ({ ...wait, endMs: wait.startMs + 10 })) };
  expect(signsOf(timely)).not.toContain('l-over');
});
