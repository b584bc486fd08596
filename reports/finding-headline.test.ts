import { describe, expect, test } from 'vitest';
import type { Finding } from '../harness/formats/finding.ts';
import { at, attempt, entry, historyOf, sent } from '../harness/history/history.fixture.ts';
import { storyOf } from '../harness/history/story/story-of.ts';
import { findingHeadline } from './finding-headline.ts';

const events = [at(0, entry('c1#1', 'u1')), ...sent(108, 'service'), ...sent(601, 'legacy')];

function headline(found: Partial<Finding>, written = events): string {
  const finding: Finding = { property: 'S1', message: 'c1#1 has trouble', items: ['c1#1'], witnesses: [], ...found };
  return findingHeadline(finding, storyOf(historyOf({}, written), { findings: [finding] }));
}

describe('the headline of a finding', () => {
  test('the headline of a finding says how often a message was sent, by whom and when', () => {
    expect(headline({ witnesses: [2, 4] })).toBe(
      'Message c1#1 was sent twice: by the service at 109 ms and by the legacy app at 602 ms',
    );
  });

  test('the headline of a finding names the first and the last of many sends', () => {
    const many = [10, 20, 30, 40, 50].flatMap((ms) => sent(ms, 'service'));
    expect(headline({ witnesses: [2, 4, 6, 8, 10] }, [at(0, entry('c1#1', 'u1')), ...many])).toBe(
      'Message c1#1 was sent 5 times: first by the service at 11 ms, last by the service at 51 ms',
    );
  });

  test('the headline of a finding gives the start as the time of an attempt without an answer', () => {
    const doubtful = [at(0, entry('c1#1', 'u1')), ...sent(10, 'service'), at(20, attempt('legacy', 'c1#1', 'x'))];
    expect(headline({ property: 'S2', witnesses: [2, 3, 4] }, doubtful)).toBe(
      'Two systems tried to send message c1#1: by the service at 11 ms and by the legacy app at 20 ms',
    );
  });

  test('the headline of a finding is the sentence of the checker if no send is a witness', () => {
    expect(headline({})).toBe('Message c1#1 has trouble');
    expect(headline({ property: 'S9', message: 'c1#1 was charged 2 times' })).toBe(
      'Wrong charge: message c1#1 was charged 2 times',
    );
    expect(headline({ property: 'S9', message: 'c1#1 was not charged although the provider accepted it' })).toBe(
      'Missing charge: message c1#1 was not charged although the provider accepted it',
    );
  });

  test('the headline of a finding marks a message only where its whole name occurs', () => {
    expect(headline({ property: 'L2', message: 'beside c1#12 and xc1#1, c1#1 failed' })).toBe(
      'Beside c1#12 and xc1#1, message c1#1 failed',
    );
  });

  test('the headline of a finding has one line, regardless of the name of a message', () => {
    expect(headline({ message: 'c1#1 \u001b[31mred\nand more' })).toBe('Message c1#1  [31mred and more');
  });
});
