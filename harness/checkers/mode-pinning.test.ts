import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  at,
  attempt,
  during,
  entry,
  flip,
  historyOf,
  quiescent,
  recipientOf,
  request,
  row,
  sent,
  trigger,
} from '../history/history.fixture.ts';
import { runChecker, witnessesOf } from './checker.fixture.ts';
import { modePinning } from './mode-pinning.ts';

const held = { exercised: 1, found: [], undecided: [] };
const none = { exercised: 0, found: [], undecided: [] };
const asked = (ms: number, dryRun: boolean) => at(ms, request('front', `f${ms}`, { uuids: ['u1'], dryRun }));
const said = (mode: string | null, ...events: Observation[]) => runChecker(modePinning, historyOf({ mode }, events));
const shownIn = (mode: string, ...events: Observation[]) =>
  witnessesOf(modePinning, historyOf({ mode, secondTenant: true }, events));
const pinned = (ms: number, mode: string) => at(ms, entry('c1#1', 'u1', mode));

/** The item's row as it is updated after its entry. */
function updated(ms: number, mode: string, before: Readonly<Record<string, unknown>> = {}): Observation {
  const image = { phone: recipientOf('c1#1'), message_uuid: 'u1', epoch: 1 };
  return at(
    ms,
    row('campaign_sms', {
      operation: 'update',
      before: { ...image, mode: 'ON', ...before },
      after: { ...image, mode },
    }),
  );
}

describe('S16 ModePinning', () => {
  test('S16 holds for a message that is pinned to the flag at its entry and handled by it', () => {
    expect(said('ON', pinned(5, 'ON'), asked(10, false), ...sent(20, 'service'))).toEqual(held);
    expect(said('SHADOW', pinned(5, 'SHADOW'), ...sent(8, 'legacy'), asked(10, true))).toEqual(held);
    expect(said('on', pinned(5, 'OFF'), ...sent(8, 'legacy'))).toEqual(held);
    expect(said('ON', pinned(5, 'ON'), updated(8, 'ON'))).toEqual(held);
  });

  test('S16 is violated by a message that is pinned to another mode than was flagged', () => {
    expect(said('OFF', pinned(5, 'ON')).found).toEqual(['c1#1 was pinned to ON, and OFF was flagged when it entered']);
    const after = [during(10, 12, flip('SHADOW')), at(13, trigger())];
    expect(said('ON', ...after, pinned(15, 'ON')).found).toHaveLength(1);
    expect(said('ON', ...after, pinned(15, 'SHADOW')).found).toEqual([]);
  });

  test('S16 allows each flag that was in force while the message entered', () => {
    const beside = [at(9, trigger()), during(10, 12, flip('SHADOW'))];
    expect(['ON', 'SHADOW', 'OFF'].map((mode) => said('ON', ...beside, pinned(15, mode)).found.length)).toEqual([
      0, 0, 1,
    ]);
    expect(said('ON', ...beside, pinned(15, 'OFF')).found).toEqual([
      'c1#1 was pinned to OFF, and ON or SHADOW was flagged when it entered',
    ]);
  });

  test('S16 is violated by a message that is handled in another mode than it is pinned to', () => {
    const handled = 'c1#1 was handled in ON too, and it had entered in SHADOW';
    expect(said('SHADOW', pinned(5, 'SHADOW'), asked(10, true), asked(20, false)).found).toEqual([handled]);
    expect(said('SHADOW', pinned(5, 'SHADOW'), ...sent(20, 'service')).found).toEqual([handled]);
    expect(said('ON', pinned(5, 'ON'), asked(10, true)).found).toHaveLength(1);
    expect(said('OFF', pinned(5, 'OFF'), asked(10, true)).found).toHaveLength(1);
  });

  test('S16 is violated by a pin that changes', () => {
    expect(said('ON', pinned(5, 'ON'), updated(8, 'OFF')).found).toEqual([
      'the mode that c1#1 was pinned to was changed',
    ]);
  });

  test('S16 does not count the first pin as a change, regardless of the value before it', () => {
    expect(said('ON', updated(5, 'ON', { message_uuid: null, mode: 'OFF' }))).toEqual(held);
    expect(said('ON', pinned(5, ''), asked(10, false), updated(12, 'ON', { mode: null }))).toEqual(held);
  });

  test("S16 shows the flips of the message's tenant, the entry, and what was done in another mode", () => {
    const flipped = [at(10, flip('SHADOW')), at(10, flip('SHADOW', 't2')), at(11, flip('ON', 't2')), at(13, trigger())];
    expect(shownIn('ON', ...flipped, pinned(15, 'ON'))).toEqual([['flip', 'entry']]);
    const handled = [asked(10, true), ...sent(20, 'service')];
    expect(shownIn('SHADOW', pinned(5, 'SHADOW'), ...handled)).toEqual([['entry', 'attempt']]);
    expect(shownIn('SHADOW', pinned(5, ''), ...handled)).toEqual([['entry', 'request', 'attempt']]);
  });

  test('S16 compares an unpinned message with what happened to it first', () => {
    expect(said('ON', pinned(5, ''))).toEqual(none);
    expect(said('ON', pinned(5, ''), asked(10, false), ...sent(20, 'service'))).toEqual(held);
    expect(said('ON', pinned(5, ''), asked(10, true), ...sent(20, 'service')).found).toEqual([
      'c1#1 was handled in ON too, and it had entered in SHADOW',
    ]);
  });

  test('S16 is violated by a send of the service after the cut for a tenant that has left ON', () => {
    const left = [pinned(5, 'ON'), at(10, flip('OFF'))];
    const late = [at(4_001, attempt('service', 'c1#1', 'a'))];
    const atRest = at(4_000, quiescent);
    expect(said('ON', ...left, atRest)).toEqual({ ...held, exercised: 2 });
    expect(said('ON', ...left, atRest, ...late).found).toEqual([
      'the service tried messages of t1, which had left ON, after quiescence',
    ]);
    expect(said('ON', ...left, at(20, flip('ON')), atRest, ...late).found).toEqual([]);
    expect(said('OFF', at(4, flip('ON')), ...left, atRest)).toEqual({ ...held, exercised: 2 });
    expect(said('ON', ...left, ...sent(20, 'service'), atRest)).toEqual({ ...held, exercised: 2 });
    for (const other of [attempt('legacy', 'c1#1', 'a'), attempt('service', null, 'a')]) {
      expect(said('ON', ...left, atRest, at(4_001, other))).toEqual({ ...held, exercised: 2 });
    }
    expect(said('ON', ...left, during(3_990, 4_010, quiescent), ...late)).toEqual({
      exercised: 1,
      found: [],
      undecided: ['whether the service still tried messages of t1 at quiescence'],
    });
  });
});
