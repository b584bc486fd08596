import { describe, expect, test } from 'vitest';
import type { Observation } from '../../formats/event.ts';
import { answer, at, authority, callFailed, entry, historyOf, logRow, request, sent } from '../history.fixture.ts';
import type { Story } from './story.ts';
import { storyOf } from './story-of.ts';

const SENT_BY_SERVICE = [
  at(1, entry('c1#1', 'u1')),
  at(2, request('front', 'f', { uuids: ['u1'] })),
  at(3, authority('u1', { holder: 'service' })),
  ...sent(4, 'service'),
  at(6, authority('u1', { holder: 'service', state: 'SENT' })),
];

const givenUp = at(502, callFailed('front', 'f', { by: 'client', elapsedMs: 500 }));

const logged = (source = 'go'): Observation => at(503, logRow('u1', { status: 'accepted', source }));

function drawnStory(events: readonly Observation[]): Story {
  return storyOf(historyOf({}, [...SENT_BY_SERVICE, ...events]), {
    findings: [{ property: 'S8', message: '', items: ['c1#1'], witnesses: [SENT_BY_SERVICE.length + events.length] }],
  });
}

function wordsOfLog({ elements }: Story): string | undefined {
  return elements.flatMap((element) =>
    element.kind === 'point' && element.row?.table === 'sms_logs' ? element.row.words : [],
  )[0];
}

describe('what the legacy app logs of a send of the service', () => {
  test('a logged send without an answer is explained by the authority', () => {
    expect(wordsOfLog(drawnStory([givenUp, logged()]))).toBe('log: go accepted (no answer, but authority SENT)');
  });

  test.each<[string, Observation[]]>([
    ['an answer had said it', [at(400, answer('front', 'f', { elapsedMs: 398 })), logged()]],
    ['the legacy app logs its own send', [givenUp, logged('legacy')]],
  ])('a logged send needs no explanation by the authority where %s', (_, events) => {
    expect(wordsOfLog(drawnStory(events))).toMatch(/^log: (?:go|legacy) accepted$/u);
  });

  test('the outcome of a send is not known from an answer that says that the send is still under way', () => {
    const answered = at(400, answer('front', 'f', { elapsedMs: 398, result: 'in_progress' }));
    expect(wordsOfLog(drawnStory([answered, logged()]))).toContain('authority SENT');
  });

  test('the row of the authority is shown as the cause of a logged send', () => {
    const { elements, past } = drawnStory([givenUp, logged()]);
    const decided = elements.find(
      (element) => element.kind === 'point' && element.row?.words === 'authority: service SENT',
    );
    expect(past).toContain(decided?.seq);
  });
});
