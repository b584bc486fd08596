// Gate 2: which statuses count as an answer to the user.
import type { Role } from '../../src/contract/message.ts';
import { describe, expect, test } from 'vitest';
import type { History } from '../../harness/formats/history.ts';
import { at, historyOf, sent, userResponse } from '../../harness/history/history.fixture.ts';
import { transportFailure } from './gate-02-transport-failure.ts';

/** The judgement of a system that sends correctly and answers its user with this status. */
function judged(status: number | null): ReturnType<typeof transportFailure.judge> {
  const of = (sender: Role): History => historyOf({}, [...sent(10, sender), at(20, userResponse({ status }))]);
  return transportFailure.judge([of('legacy'), of('legacy'), of('service'), of('service')]);
}

describe('gate 2', () => {
  test.each([200, 202, 302])('gate 2 counts %i as an answer to the user', (status) => {
    expect(judged(status).outcome).toBe('pass');
  });

  test.each([500, 422, null])('gate 2 does not count %s as an answer', (status) => {
    expect(judged(status)).toMatchObject({
      outcome: 'fail',
      received: [1, 2, 3, 4].map((run) => ({ run, seen: 'not true: the user got no error' })),
    });
  });
});
