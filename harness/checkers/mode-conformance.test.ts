import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import {
  answer,
  at,
  attempt,
  breaker,
  callFailed,
  during,
  entry,
  flip,
  historyOf,
  nemesis,
  request,
  type ScriptOptions,
  sent,
  trigger,
} from '../history/history.fixture.ts';
import { modeConformance } from './mode-conformance.ts';
import { runChecker } from './checker.fixture.ts';

const said = (mode: string, events: readonly Observation[], options: ScriptOptions = {}) =>
  runChecker(modeConformance, historyOf({ mode, ...options }, [at(1, entry('c1#1', 'u1', mode)), ...events]));
const asked = (dryRun: boolean) => at(10, request('front', 'f', { uuids: ['u1'], dryRun }));

describe('S4 ModeConformance', () => {
  test('S4 allows only the legacy app to send in OFF', () => {
    expect(said('OFF', sent(10, 'legacy'))).toEqual({ exercised: 1, found: [], undecided: [] });
    expect(said('OFF', [asked(true)]).found).toEqual(['c1#1 entered in OFF, and the service got a request for it']);
  });

  test('S4 reads an unknown mode as OFF', () => {
    expect(said('on', [asked(false)]).found).toEqual([
      "c1#1 entered in 'on', which acts as OFF, and the service got a request for it",
    ]);
  });

  test('S4 allows the service only rehearsals in SHADOW', () => {
    expect(said('SHADOW', [asked(true), ...sent(20, 'legacy')]).found).toEqual([]);
    expect(said('SHADOW', [asked(false)]).found).toEqual([
      'c1#1 entered in SHADOW, and the service was asked to send it, not to rehearse it',
    ]);
    expect(said('SHADOW', sent(20, 'service')).found).toEqual([
      'c1#1 entered in SHADOW, and the service tried to send it',
    ]);
  });

  test('S4 demands a cause for every fallback in ON', () => {
    expect(said('ON', [asked(false), ...sent(20, 'service')])).toMatchObject({ exercised: 1, found: [] });
    expect(said('ON', sent(20, 'legacy')).found).toEqual([
      'c1#1 entered in ON, and the legacy app sent it without a cause to fall back',
    ]);
  });

  test('S4 is undecided about a fallback after an answer that arrived while the legacy app was stopped', () => {
    const pause: Fault = { kind: 'pause', process: 'legacy', lastsMs: 700, fromMs: 0, untilMs: 1_500 };
    const answered = [asked(false), at(20, answer('front', 'f', { elapsedMs: 10 }))];
    const stopped = [at(20, nemesis({ applied: 0 })), at(720, nemesis({ healed: 0 }))];
    const faults = [pause];
    expect(said('ON', [...answered, ...stopped, ...sent(730, 'legacy')], { faults })).toMatchObject({
      found: [],
      undecided: [expect.stringContaining('stopped')],
    });
    expect(said('ON', [...answered, ...sent(730, 'legacy')], { faults }).found).toHaveLength(1);
  });

  test.each<[string, Observation[]]>([
    ['a call given up in time', [asked(false), at(505, callFailed('front', 'f', { by: 'client', elapsedMs: 500 }))]],
    [
      'a call broken by the other side',
      [asked(false), at(12, callFailed('front', 'f', { by: 'server', elapsedMs: 2 }))],
    ],
    ['an error answer', [asked(false), at(12, answer('front', 'f', { status: 503, uuids: [], elapsedMs: 2 }))]],
    [
      'an answer that leaves the message out',
      [asked(false), at(12, answer('front', 'f', { uuids: ['u2'], elapsedMs: 2 }))],
    ],
    ['a whole answer that came too late', [asked(false), at(505, answer('front', 'f', { elapsedMs: 495 }))]],
    ['an abandoned call that is still open', [asked(false)]],
    ['a service that is down', [at(0, nemesis({ crash: 'service' }))]],
    ['a breaker that the rig has opened', [at(0, breaker('OPEN', { role: 'rig_role' }))]],
    [
      'a breaker that opened after a failure',
      [
        at(-30, request('front', 'x', { uuids: ['u0'] })),
        at(-20, callFailed('front', 'x', { by: 'client', elapsedMs: 10 })),
        at(-10, breaker('OPEN')),
      ],
    ],
  ])('S4 accepts %s as a cause', (_, cause) => {
    expect(said('ON', [...cause, ...sent(600, 'legacy')])).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S4 allows a timeout the delay with which its beginning may have been observed', () => {
    const begunObserved = (lateMs: number) => {
      const begun = asked(false);
      const ended = at(340, callFailed('front', 'f', { by: 'client', elapsedMs: 330 }));
      return said('ON', [{ ...begun, earliest: begun.latest - lateMs * 1_000 }, ended, ...sent(600, 'legacy')]);
    };
    expect(begunObserved(20).found).toHaveLength(1);
    expect(begunObserved(160)).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S4 cannot distinguish a timeout whose beginning was not observed from giving up too early', () => {
    const waited = (elapsedMs: number) => {
      const ended = at(10 + elapsedMs, callFailed('front', 'f', { by: 'client', elapsedMs }));
      return said('ON', [asked(false), ended, ...sent(600, 'legacy')]);
    };
    expect(waited(399).found).toHaveLength(1);
    expect(waited(400)).toEqual({
      exercised: 0,
      found: [],
      undecided: ['whether the legacy app had a cause to send c1#1: a call failed at about the same time'],
    });
    expect(waited(480)).toEqual({ exercised: 1, found: [], undecided: [] });
  });

  test('S4 accepts refused connections as a cause, which no tap can see', () => {
    const refuse = { kind: 'refuse', fromMs: 0, untilMs: 500 } as const;
    const events = [at(0, nemesis({ applied: 0 })), at(500, nemesis({ healed: 0 })), ...sent(20, 'legacy')];
    expect(said('ON', events, { faults: [refuse] }).found).toEqual([]);
  });

  test.each<[string, Observation[]]>([
    ['a call given up too early', [asked(false), at(310, callFailed('front', 'f', { by: 'client', elapsedMs: 300 }))]],
    [
      'a call that failed only later',
      [asked(false), at(700, callFailed('front', 'f', { by: 'server', elapsedMs: 90 }))],
    ],
    ['a whole answer', [asked(false), at(20, answer('front', 'f', { elapsedMs: 10 }))]],
    ['a breaker that was CLOSED again before the entry', [at(-20, breaker('OPEN')), at(-10, breaker('CLOSED'))]],
    ['a breaker that opened although nothing had failed', [at(0, breaker('OPEN'))]],
    [
      'a breaker that refused no call for the message',
      [
        at(0, breaker('OPEN', { role: 'rig_role' })),
        at(2, trigger()),
        asked(false),
        at(20, answer('front', 'f', { elapsedMs: 10 })),
      ],
    ],
    ['the failure of a rehearsal', [asked(true), at(12, callFailed('front', 'f', { by: 'server', elapsedMs: 2 }))]],
  ])('S4 does not accept %s as a cause', (_, noCause) => {
    expect(said('ON', [...noCause, ...sent(400, 'legacy')]).found).toHaveLength(1);
  });

  test('S4 accepts a service that is down as a cause of a call whose end the tap attributes to the legacy app', () => {
    const broken = [at(2, trigger()), asked(false), at(30, callFailed('front', 'f', { by: 'client', elapsedMs: 20 }))];
    expect(said('ON', [...broken, ...sent(40, 'legacy')]).found).toHaveLength(1);
    expect(said('ON', [at(0, nemesis({ crash: 'service' })), ...broken, ...sent(40, 'legacy')]).found).toEqual([]);
  });

  test('S4 accepts a breaker as a cause where one occasion has a call and another has none', () => {
    const answered = [at(2, trigger()), asked(false), at(20, answer('front', 'f', { elapsedMs: 10 }))];
    const again = [at(30, trigger('c1', 2)), at(0, breaker('OPEN', { role: 'rig_role' }))];
    expect(said('ON', [...answered, ...again, ...sent(40, 'legacy')]).found).toEqual([]);
  });

  test('S4 is undecided when a call failed before it could be read', () => {
    const broken = at(12, callFailed('front', 'f', { by: 'server', elapsedMs: 2 }));
    expect(said('ON', [broken, ...sent(20, 'legacy')])).toMatchObject({ found: [], undecided: [expect.any(String)] });
  });

  test('S4 is undecided when the failure and the attempt overlap in time', () => {
    const events = [
      asked(false),
      during(18, 22, callFailed('front', 'f', { by: 'server', elapsedMs: 8 })),
      at(20, attempt('legacy', 'c1#1', 'a')),
    ];
    expect(said('ON', events)).toMatchObject({ found: [], undecided: [expect.any(String)] });
  });

  test('S4 judges by the flag, not by the mode that the system pinned', () => {
    const pinned = (flag: string | null) =>
      runChecker(modeConformance, historyOf({ mode: flag }, [at(1, entry('c1#1', 'u1', 'ON')), asked(false)])).found;
    expect([pinned('ON'), pinned('OFF'), pinned('SHADOW'), pinned(null)]).toEqual([
      [],
      ['c1#1 entered in OFF, and the service got a request for it'],
      ['c1#1 entered in SHADOW, and the service was asked to send it, not to rehearse it'],
      ['c1#1 entered in OFF (no flag was set), and the service got a request for it'],
    ]);
  });

  test('S4 allows what any flag in force during the entry allows', () => {
    const flipped = (mode: string) => during(0, 2, flip(mode));
    const held = { exercised: 1, found: [], undecided: [] };
    expect(said('OFF', [flipped('ON'), asked(false)])).toEqual(held);
    expect(said('SHADOW', [flipped('OFF'), asked(true), ...sent(20, 'legacy')])).toEqual(held);
    expect(said('OFF', [flipped('SHADOW'), asked(false)]).found).toEqual([
      'c1#1 entered in OFF or SHADOW, and what happened to it is allowed in none of them',
    ]);
    expect(said('OFF', [flipped('off'), asked(false)]).found).toHaveLength(1);
    const failed = during(18, 22, callFailed('front', 'f', { by: 'server', elapsedMs: 8 }));
    expect(said('OFF', [flipped('ON'), asked(false), failed, at(20, attempt('legacy', 'c1#1', 'a'))])).toEqual({
      exercised: 0,
      found: [],
      undecided: ['in which mode c1#1 entered'],
    });
  });

  test('S4 is undecided about an item without an entry whose tenant changed its mode', () => {
    const steps = [{ kind: 'flip', tenant: 't1', mode: 'OFF', atMs: 5 }] as const;
    expect(runChecker(modeConformance, historyOf({ steps }, sent(20, 'service'))).undecided).toHaveLength(1);
  });

  test('S4 judges an item without an entry by the mode of its tenant', () => {
    const unentered = (mode: string, events: readonly Observation[]) =>
      runChecker(modeConformance, historyOf({ mode }, events));
    expect(unentered('OFF', sent(20, 'service'))).toEqual({
      exercised: 1,
      found: ['c1#1 is in OFF, and the service tried to send it'],
      undecided: [],
    });
    const held = { exercised: 0, found: [], undecided: [] };
    expect(unentered('ON', sent(20, 'service'))).toEqual(held);
    expect(unentered('OFF', sent(20, 'legacy'))).toEqual(held);
    expect(unentered('OFF', [at(20, attempt('service', null, 'a'))])).toEqual(held);
  });

  test('S4 is not exercised by a message of which nothing is seen', () => {
    expect(said('OFF', [])).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S4 is violated by one send without a cause beside another that may have had one', () => {
    const broken = during(18, 22, callFailed('front', 'f', { by: 'server', elapsedMs: 8 }));
    const tried = (ms: number) => at(ms, attempt('legacy', 'c1#1', `a-${ms}`));
    expect(said('ON', [asked(false), broken, tried(5), tried(20)])).toMatchObject({
      exercised: 1,
      found: [expect.any(String)],
    });
  });

  test.each<[string, Observation[]]>([
    ['an error answer that names the message', [at(12, answer('front', 'f', { status: 300, elapsedMs: 2 }))]],
    ['an answer of less than 200', [at(12, answer('front', 'f', { status: 199, elapsedMs: 2 }))]],
  ])('S4 accepts %s as a cause', (_, end) => {
    expect(said('ON', [asked(false), ...end, ...sent(20, 'legacy')])).toMatchObject({ exercised: 1, found: [] });
  });

  test.each<[string, Observation[]]>([
    ['an answer of 299', [at(12, answer('front', 'f', { status: 299, elapsedMs: 2 }))]],
    ['an answer that names others as well', [at(12, answer('front', 'f', { uuids: ['u2', 'u1'], elapsedMs: 2 }))]],
    [
      'a call that was given up in doubtful time after the attempt',
      [at(460, callFailed('front', 'f', { by: 'client', elapsedMs: 450 }))],
    ],
  ])('S4 does not accept %s as a cause', (_, end) => {
    expect(said('ON', [asked(false), ...end, ...sent(20, 'legacy')]).found).toHaveLength(1);
  });

  test('S4 accepts a breaker as a cause where the only call was made after the attempt', () => {
    const opened = at(0, breaker('OPEN', { role: 'rig_role' }));
    const calledAt = (ms: number) =>
      said('ON', [opened, at(ms, request('front', 'f', { uuids: ['u1'] })), ...sent(100, 'legacy')]);
    expect(calledAt(200)).toEqual({ exercised: 1, found: [], undecided: [] });
    expect(calledAt(100).found).toHaveLength(1);
  });

  test('S4 is undecided when a call that was not over for certain failed at about the time of the attempt', () => {
    const failed = during(21, 25, callFailed('front', 'f', { by: 'server', elapsedMs: 13 }));
    expect(said('ON', [asked(false), failed, during(20, 22, attempt('legacy', 'c1#1', 'a'))]).undecided).toHaveLength(
      1,
    );
    const givenUp = during(505, 515, callFailed('front', 'f', { by: 'client', elapsedMs: 500 }));
    expect(
      said('ON', [asked(false), givenUp, during(505, 508, attempt('legacy', 'c1#1', 'a'))]).undecided,
    ).toHaveLength(1);
  });

  test('S4 says what made it undecided', () => {
    const unread = at(1, callFailed('front', 'f', { by: 'server', elapsedMs: 1 }));
    expect(said('ON', [unread, ...sent(20, 'legacy')]).undecided).toEqual([
      'whether the legacy app had a cause to send c1#1: a call failed before its content could be read',
    ]);
    const failed = [
      at(10, request('front', 'x', { uuids: ['u0'] })),
      at(12, callFailed('front', 'x', { by: 'server', elapsedMs: 2 })),
    ];
    const unseen: ScriptOptions = { changes: { vantages: ['wire', 'database'] } };
    expect(said('ON', [...failed, ...sent(20, 'legacy')], unseen).undecided).toEqual([
      'whether the legacy app had a cause to send c1#1: the breaker may have been OPEN, and the system does not show it',
    ]);
  });
});
