import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import { at, attempt, authority, committed, during, entry, historyOf, sent } from '../history/history.fixture.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';
import { fenced } from './fenced.ts';

const enteredWith = (...events: Observation[]) => historyOf({}, [at(1, entry('c1#1', 'u1')), ...events]);
const said = (...events: Observation[]) => runChecker(fenced, enteredWith(...events));
const claims = authority('u1', { holder: 'service', state: 'CLAIMED' });
const sends = authority('u1', { holder: 'service' });
const takesOver = authority('u1', { holder: 'legacy', state: 'CLAIMED', epoch: 2 });
const held = { exercised: 1, found: [], undecided: [] };
const gone = ['the service asked the provider to send c1#1, which the other system held by then'];

describe('S3 Fenced', () => {
  test('S3 holds for an attempt of the system that holds the message', () => {
    expect(said(at(5, claims), at(10, sends), ...sent(12, 'service'))).toEqual(held);
  });

  test('S3 holds for an attempt of the system that has taken the message over', () => {
    const taken = [at(5, claims), at(900, takesOver), at(905, authority('u1', { holder: 'legacy', epoch: 2 }))];
    expect(said(...taken, ...sent(910, 'legacy'))).toEqual(held);
  });

  test('S3 is violated by an attempt for a message that the system never held', () => {
    const never = ['the legacy app asked the provider to send c1#1, which it never held'];
    expect(said(at(5, claims), at(10, sends), ...sent(12, 'legacy')).found).toEqual(never);
    expect(said(...sent(12, 'legacy')).found).toEqual(never);
    const shown = witnessesOf(fenced, enteredWith(at(5, claims), at(10, sends), ...sent(12, 'legacy')));
    expect(shown).toEqual([['row', 'row', 'attempt']]);
  });

  test('S3 is violated by an attempt after the other system took the message over, even if the message comes back later', () => {
    expect(said(at(5, claims), at(900, takesOver), ...sent(910, 'service'))).toEqual({ ...held, found: gone });
    const back = authority('u1', { holder: 'service', state: 'CLAIMED', epoch: 3 });
    expect(said(at(5, claims), at(900, takesOver), ...sent(910, 'service'), at(2_000, back)).found).toEqual(gone);
  });

  test('S3 holds for an attempt before the other system takes the message over', () => {
    expect(said(at(5, sends), ...sent(12, 'service'), at(900, takesOver))).toEqual(held);
  });

  test('S3 leaves it to S20 when an attempt comes before the commit that grants the message', () => {
    expect(said(...sent(12, 'service'), at(20, sends))).toEqual(held);
    const close = [during(9, 14, takesOver), during(10, 11, attempt('service', 'c1#1', 'a')), at(20, sends)];
    expect(said(...close)).toEqual(held);
  });

  test('S3 is violated by an attempt while the other system holds the message, even if the message comes back later', () => {
    expect(said(at(5, takesOver), ...sent(12, 'service'), at(20, sends)).found).toEqual(gone);
  });

  test('S3 does not judge an attempt for no item, or for an item without a uuid', () => {
    const silent = { exercised: 0, found: [], undecided: [] };
    expect(said(at(12, attempt('service', null, 'a')))).toEqual(silent);
    expect(runChecker(fenced, historyOf({}, sent(12, 'service')))).toEqual(silent);
  });

  test('S3 is undecided while the other system may have taken the message over', () => {
    const close = [committed(900, [905, 915], takesOver), during(910, 911, attempt('service', 'c1#1', 'a'))];
    const open = {
      exercised: 0,
      found: [],
      undecided: ['whether the other system held c1#1 when the service sent it'],
    };
    expect(said(at(5, sends), ...close)).toEqual(open);
    expect(said(at(5, claims), at(10, sends), ...close)).toEqual(open);
  });
});
