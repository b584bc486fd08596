import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  during,
  entry,
  historyOf,
  quiescent,
  recipientOf,
  row,
  type ScriptOptions,
  trigger,
  userResponse,
} from '../history/history.fixture.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';
import { truthfulUser } from './truthful-user.ts';

const two: ScriptOptions = { messages: 2 };
const held = { exercised: 1, found: [], undecided: [] };
const entered = (ms: number, item = 'c1#1') => at(ms, entry(item, `u-${item}`));
const both = [entered(10, 'c1#1'), entered(10, 'c1#2')];
const queued = (messages: number, refused: number) => ({ status: 'queued', messages, refused });
const answered = (ms: number, body: unknown, how: { status?: number | null; delivery?: number } = {}) =>
  at(ms, userResponse({ status: 200, body, ...how }));
const campaignOf = (...events: Observation[]) => historyOf(two, [at(1, trigger()), ...events, at(3_000, quiescent)]);
const said = (...events: Observation[]) => runChecker(truthfulUser, campaignOf(...events));
const again = at(100, trigger('c1', 2));

/** The legacy app marks the item as settled. */
function settled(ms: number, item: string, phone = recipientOf(item)): Observation {
  const image = { phone, message_uuid: `u-${item}`, mode: 'ON', epoch: 1 };
  const change = { before: { ...image, settled: false }, after: { ...image, settled: true } };
  return at(ms, row('campaign_sms', { key: item, operation: 'update', ...change }));
}

describe('S24 TruthfulUser', () => {
  test('S24 holds for counts that agree with the messages that entered before the answer', () => {
    expect(said(...both, answered(60, queued(2, 0)))).toEqual(held);
    expect(said(entered(10), answered(60, queued(1, 1)))).toEqual(held);
    expect(said(answered(60, queued(0, 2)))).toEqual(held);
  });

  test('S24 is violated by counts that differ from the messages that entered', () => {
    expect(said(answered(60, queued(2, 0))).found).toEqual([
      'the user’s answer for c1 counts 2 messages and 0 refused, where 0 and 2 are true',
    ]);
    expect(said(answered(60, queued(0, 0))).found).toHaveLength(1);
    expect(said(entered(10), answered(60, queued(1, 0))).found).toHaveLength(1);
    expect(said(...both, answered(60, queued(1, 0))).found).toHaveLength(1);
    expect(said(...both, answered(60, queued(3, 0))).found).toHaveLength(1);
  });

  test('S24 treats a status that the description does not accept as an error', () => {
    const foundAt = (status: number): number => {
      const history = campaignOf(...both, answered(60, 'moved', { status }));
      return runChecker(truthfulUser, { ...history, accepted: [[303, 303]] }).found.length;
    };
    expect([303, 302, 200].map(foundAt)).toEqual([0, 1, 1]);
  });

  test('S24 shows the trigger, the entries and the answer', () => {
    const shown = ['trigger', 'entry', 'entry', 'user-response'];
    expect(witnessesOf(truthfulUser, campaignOf(...both, answered(60, queued(1, 0))))).toEqual([shown]);
    expect(witnessesOf(truthfulUser, campaignOf(...both, answered(60, {}, { status: 500 })))).toEqual([shown]);
  });

  test('S24 takes the entries in the order of time, not in the order of the items', () => {
    expect(said(entered(70), entered(10, 'c1#2'), answered(60, queued(1, 1)))).toEqual(held);
  });

  test('S24 is violated by an answer that came before the commit', () => {
    expect(said(entered(70), entered(70, 'c1#2'), answered(60, queued(2, 0))).found).toHaveLength(1);
  });

  test('S24 is undecided about an answer that came at about the time of the commit', () => {
    const about = ['c1#1', 'c1#2'].map((item) => during(55, 65, entry(item, `u-${item}`)));
    expect(said(...about, answered(60, queued(2, 0)))).toEqual({
      exercised: 0,
      found: [],
      undecided: ['whether 2 messages of c1 had entered when the user got that answer'],
    });
    const second = during(55, 65, entry('c1#2', 'u-c1#2'));
    expect(said(entered(10), second, answered(60, queued(2, 1))).found).toEqual([
      'the user’s answer for c1 counts 2 messages and 1 refused, where 1 to 2 and 0 to 1 are true',
    ]);
  });

  test('S24 does not count a message that had ended before as entered', () => {
    const [first, ended] = [[entered(10), answered(60, queued(1, 1))], settled(80, 'c1#1')];
    const reported = (messages: number, refused: number) =>
      said(
        ...first,
        ended,
        again,
        during(155, 165, entry('c1#2', 'u-c1#2')),
        answered(160, queued(messages, refused), { delivery: 2 }),
      );
    expect(reported(0, 1)).toEqual({ ...held, exercised: 2 });
    expect(reported(1, 0).undecided).toHaveLength(1);
    expect(reported(1, 1).found).toHaveLength(1);
  });

  test('S24 leaves out messages that had ended before a later delivery', () => {
    const first = [...both, answered(60, queued(2, 0))];
    const reported = (messages: number, refused = 0) => answered(160, queued(messages, refused), { delivery: 2 });
    const ended = settled(80, 'c1#1');
    expect(said(...first, ended, again, reported(1)).found).toEqual([]);
    expect(said(...first, ended, again, reported(2)).found).toEqual([
      'the user’s answer for c1 counts 2 messages and 0 refused, where 1 and 0 are true',
    ]);
    expect(said(...first, ended, again, reported(0)).found).toHaveLength(1);
    // It may have ended before or after the delivery looked.
    const meanwhile = settled(120, 'c1#1');
    expect(said(...first, meanwhile, again, reported(1)).found).toEqual([]);
    expect(said(...first, meanwhile, again, reported(2)).found).toEqual([]);
    expect(said(...first, meanwhile, again, reported(0)).found).toHaveLength(1);
    expect(said(...first, meanwhile, again, reported(1, 1)).found).toHaveLength(1);
    for (const ms of [100, 160]) {
      expect(said(...first, settled(ms, 'c1#1'), again, reported(1)).found).toEqual([]);
      expect(said(...first, settled(ms, 'c1#1'), again, reported(2)).found).toEqual([]);
    }
    expect(said(...first, settled(161, 'c1#1'), again, reported(1)).found).toHaveLength(1);
  });

  test('S24 treats any message as possibly ended, where the system does not show which have ended', () => {
    const reported = (messages: number) => answered(160, queued(messages, 0), { delivery: 2 });
    expect(said(...both, answered(60, queued(2, 0)), again, reported(0)).found).toEqual([]);
    expect(said(...both, answered(60, queued(2, 0)), again, reported(3)).found).toEqual([
      'the user’s answer for c1 counts 3 messages and 0 refused, where 0 to 2 and 0 are true',
    ]);
  });

  test('S24 ignores rows that are deleted, and messages that are not of the run', () => {
    const deleted = at(80, row('campaign_sms', { key: 'c1#1', operation: 'delete', before: { settled: true } }));
    const stranger = settled(80, 'c9#9', '+1');
    expect(said(...both, deleted, stranger, answered(90, queued(2, 0)))).toEqual(held);
  });

  test('S24 allows the counts of any moment of two concurrent deliveries', () => {
    const other = [at(20, trigger('c1', 2)), answered(90, queued(2, 0), { delivery: 2 })];
    expect(said(...other, entered(30), entered(30, 'c1#2'), answered(60, queued(2, 0)))).toMatchObject({ found: [] });
    expect(said(...other, entered(30), entered(80, 'c1#2'), answered(60, queued(1, 1)))).toMatchObject({ found: [] });
    expect(said(...other, entered(30), entered(80, 'c1#2'), answered(60, queued(2, 0))).found).toHaveLength(1);
    expect(said(...other, entered(30), entered(30, 'c1#2'), answered(60, queued(3, 0))).found).toEqual([
      'the user’s answer for c1 counts 3 messages and 0 refused, where 0 to 2 and 0 to 2 are true',
    ]);
  });

  test('S24 separates two deliveries once the first is answered, and not at that moment', () => {
    const late = [entered(120), entered(120, 'c1#2')];
    const second = (body: unknown, status = 200) => answered(160, body, { delivery: 2, status });
    expect(said(answered(60, queued(0, 2)), again, ...late, second(queued(1, 1))).found).toHaveLength(1);
    expect(said(answered(60, queued(0, 2)), again, ...late, second({}, 500)).found).toHaveLength(1);
    expect(said(answered(100, queued(0, 2)), again, ...late, second(queued(0, 2))).found).toEqual([]);
    expect(said(...both, answered(100, queued(0, 2)), again, second(queued(2, 0))).found).toEqual([]);
  });

  test('S24 holds for an error where messages had not entered, and is violated by an error where all had', () => {
    const failed = answered(60, { error: 'internal error' }, { status: 500 });
    expect(said(failed)).toEqual(held);
    expect(said(entered(10), failed)).toEqual(held);
    expect(said(...both, failed).found).toEqual(['the user was answered 500, and all messages of c1 had entered']);
    const atOnce = [entered(1), entered(1, 'c1#2')];
    expect(said(...atOnce, answered(60, {}, { status: 400 })).found).toHaveLength(1);
    // The answer cannot know what is committed after it.
    for (const ms of [60, 70]) expect(said(entered(10), entered(ms, 'c1#2'), failed)).toEqual(held);
  });

  test('S24 does not hold the entries of one delivery against the error of a later one', () => {
    const conflict = answered(160, {}, { status: 409, delivery: 2 });
    expect(said(...both, answered(60, queued(2, 0)), again, conflict).found).toEqual([]);
  });

  test('S24 is not exercised where there is no answer, or one that does not count', () => {
    const none = { exercised: 0, found: [], undecided: [] };
    expect(said(answered(60, '', { status: null }))).toEqual(none);
    const uncounted = [
      { ok: true },
      null,
      { messages: 9 },
      { refused: 9 },
      queued(-1, 9),
      queued(9, -1),
      queued(0.5, 9),
    ];
    for (const body of uncounted) expect(said(answered(60, body))).toEqual(none);
    expect(said(answered(60, queued(2, 0), { status: 302 }))).toEqual(none);
    expect(said(at(60, { ...userResponse({ status: 200 }), body: '<html>' } as ReturnType<typeof trigger>))).toEqual(
      none,
    );
  });
});
