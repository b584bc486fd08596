import { describe, expect, test } from 'vitest';
import type { PropertyId } from '../../formats/finding.ts';
import { at, attempt, authority, during, entry, historyOf, log, recover, row, sent } from '../history.fixture.ts';
import { MUTANT_MARKER } from '../log-lines.ts';
import type { Story } from './story.ts';
import { storyOf } from './story-of.ts';

describe('a story is about', () => {
  const events = [1, 2, 3, 4].map((which) => at(which, entry(`c1#${which}`, `u${which}`)));
  const itemsOf = (messages: number, stopped: 'minimal' | 'time'): readonly string[] =>
    storyOf(historyOf({ messages }, events.slice(0, messages)), {
      findings: [{ property: 'S22', message: '', items: ['c1#2'], witnesses: [] }],
      shrinking: { stopped },
    }).items;

  test('a story is about all messages of the smallest run that violates, because it needs each of them', () => {
    expect(itemsOf(3, 'minimal')).toEqual(['c1#1', 'c1#2', 'c1#3']);
  });

  test('a story is about the messages of its finding in a run that is not minimal, or that has many messages', () => {
    expect(itemsOf(3, 'time')).toEqual(['c1#2']);
    expect(itemsOf(4, 'minimal')).toEqual(['c1#2']);
  });
});

describe('a send with the account of another tenant', () => {
  const events = [
    at(1, entry('c1#1', 'u1')),
    at(2, entry('c2#1', 'u2')),
    at(5, { ...attempt('service', 'c1#1', 'a'), account: 'AC1' }),
    at(6, { ...attempt('service', 'c2#1', 'b'), account: 'AC1' }),
  ];
  const drawnStory = (property: PropertyId): Story => {
    const history = historyOf({ secondTenant: true }, events);
    const witnesses = history.events.flatMap((event) =>
      event.kind === 'attempt' && event.attempt === 'b' ? [event.seq] : [],
    );
    return storyOf(history, {
      findings: [{ property, message: '', items: ['c2#1'], witnesses }],
      shrinking: { stopped: 'minimal' },
    });
  };

  test('a send with the account of another tenant is drawn with that account, and with the send that rightly used it', () => {
    const sends = drawnStory('S22').elements.filter((element) => element.kind === 'message' && element.what === 'send');
    expect(sends.map(({ labels }) => labels[0])).toEqual(['send c1#1 with AC1', 'send c2#1 with AC1']);
    expect(drawnStory('S22').past).toEqual(expect.arrayContaining(sends.flatMap(({ seqs }) => seqs)));
  });

  test('a story does not show accounts where the finding is about something else', () => {
    const sends = drawnStory('S1').elements.filter((element) => element.kind === 'message' && element.what === 'send');
    expect(sends.map(({ labels }) => labels[0])).toEqual(['send c1#1', 'send c2#1']);
  });
});

test.each<[PropertyId, boolean]>([
  ['S9', true],
  ['S8', false],
])('a finding of %s has the changes of the ledger in its past: %s', (property, isThere) => {
  const history = historyOf({}, [
    at(1, entry('c1#1', 'u1')),
    ...sent(4, 'service'),
    at(9, row('quota_ledger', { key: 'u1', after: { message_uuid: 'u1', state: 'released' } })),
  ]);
  const accepted = history.events.find(({ kind }) => kind === 'accept')?.seq ?? -1;
  const { past } = storyOf(history, { findings: [{ property, message: '', items: ['c1#1'], witnesses: [accepted] }] });
  const released = history.events.find((event) => event.kind === 'row' && event.table === 'quota_ledger');
  expect(past.includes(released?.seq ?? -1)).toBe(isThere);
});

test('a round of recovery is shown if a system acted on a message during it', () => {
  const history = historyOf({}, [
    at(1, entry('c1#1', 'u1')),
    during(900, 950, recover(1)),
    at(920, authority('u1', { holder: 'legacy' })),
    ...sent(930, 'legacy'),
    during(1_900, 1_950, recover(2)),
  ]);
  const { elements } = storyOf(history, { findings: [] });
  expect(
    elements.flatMap((element) =>
      element.kind === 'point' && element.what === 'recovery' ? [[element.labels[0], element.importance]] : [],
    ),
  ).toEqual([
    ['recovery begins, round 1', 'context'],
    ['recovery begins, round 2', 'background'],
  ]);
});

test('the marker of a mutant is no part of a story', () => {
  const history = historyOf({}, [
    at(1, log('service', 'hello')),
    at(2, log('service', `NOTICE: ${MUTANT_MARKER} M01`)),
  ]);
  expect(storyOf(history, { findings: [] }).elements.map(({ labels }) => labels[0])).toEqual(['prints hello']);
});

test('a line of a log is shown at the time when it was read, and so after what it reports', () => {
  const history = historyOf({}, [at(60, entry('c1#1', 'u1')), during(30, 80, log('legacy', 'hello'))]);
  expect(storyOf(history, { findings: [] }).elements.map(({ timeMs }) => timeMs)).toEqual([60, 60, 80]);
});
