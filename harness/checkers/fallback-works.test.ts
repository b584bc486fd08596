import { describe, expect, test } from 'vitest';
import type { Fault } from '../formats/fault.ts';
import type { Observation } from '../formats/event.ts';
import { SCRIPTED_TIMINGS } from '../formats/tolerances.fixture.ts';
import { VANTAGES } from '../formats/vantages.ts';
import {
  at,
  attempt,
  breaker,
  entry,
  historyOf,
  nemesis,
  providerFault,
  quiescent,
  reject,
  request,
  type ScriptOptions,
  sent,
} from '../history/history.fixture.ts';
import { fallbackWorks } from './fallback-works.ts';
import { runChecker } from './checker.fixture.ts';

const refuse: Fault = { kind: 'refuse', fromMs: 0, untilMs: 1_500 };
const refused = [at(0, nemesis({ applied: 0 })), at(1_500, nemesis({ healed: 0 }))];
const atRest = at(6_000, quiescent);
const said = (events: readonly Observation[], options: ScriptOptions = { faults: [refuse] }) =>
  runChecker(fallbackWorks, historyOf(options, [at(10, entry('c1#1', 'u1', options.mode ?? 'ON')), ...events]));
const held = { exercised: 1, found: [], undecided: [] };
const idle = { exercised: 0, found: [], undecided: [] };

describe('L3 FallbackWorks', () => {
  test('L3 holds when the legacy app sends while the service cannot be reached', () => {
    expect(said([...refused, ...sent(30, 'legacy'), atRest])).toEqual(held);
    expect(said([at(0, nemesis({ crash: 'service' })), ...sent(30, 'legacy'), atRest], {})).toEqual(held);
    expect(said([at(0, breaker('OPEN')), ...sent(30, 'legacy'), atRest], {})).toEqual(held);
  });

  test('L3 treats an unseen live breaker that the rig opened as OPEN, and no other breaker', () => {
    const unseen = (planted: 'live' | 'dry') =>
      said([at(0, nemesis({ applied: 0 })), atRest], {
        faults: [{ kind: 'breaker-open', breaker: planted, fromMs: 0 }],
        changes: {
          vantages: VANTAGES.filter((each) => each !== 'breaker'),
          timings: { ...SCRIPTED_TIMINGS, breakerProbeAfterMs: 2_000 },
        },
      });
    expect(unseen('live').found).toHaveLength(1);
    expect(unseen('dry')).toEqual(idle);
  });

  test('L3 is violated when the legacy app never sends, or sends too late', () => {
    expect(said([...refused, atRest]).found).toEqual([
      'the service could not be reached when c1#1 entered, and the legacy app never sent it',
    ]);
    expect(said([...refused, ...sent(4_000, 'legacy'), atRest]).found).toEqual([
      'the service could not be reached when c1#1 entered, and the legacy app sent it only after more than 3000 ms',
    ]);
  });

  test('L3 is not exercised when the service came back soon, or was reached after all', () => {
    expect(said([at(0, nemesis({ applied: 0 })), at(200, nemesis({ healed: 0 })), atRest])).toEqual(idle);
    expect(said([...refused, at(20, request('back', 'b', { uuids: ['u1'] })), atRest])).toEqual(idle);
    expect(said([at(0, breaker('OPEN')), at(50, breaker('HALF_OPEN')), atRest], {})).toEqual(idle);
  });

  test('L3 is not exercised in another mode, nor while the legacy app or its provider is disturbed', () => {
    expect(said([...refused, atRest], { mode: 'SHADOW', faults: [refuse] })).toEqual(idle);
    expect(said([...refused, at(20, nemesis({ crash: 'legacy' })), atRest])).toEqual(idle);
    const rejecting = providerFault({ system: 'legacy', outcome: 'reject', untilMs: 900 });
    const tried = [at(20, attempt('legacy', 'c1#1', 'a')), at(21, reject('legacy', 'c1#1', 'a'))];
    const faults = [refuse, rejecting];
    expect(said([...refused, ...tried, atRest], { faults })).toEqual(idle);
    expect(said([...refused, atRest], { faults }).found).toHaveLength(1);
  });

  test('L3 is not exercised while the legacy app itself was held up; a late answer or a slow service is no excuse', () => {
    const late = {
      kind: 'latency',
      stream: 'downstream',
      latencyMs: 2_000,
      jitterMs: 0,
      fromMs: 0,
      untilMs: 5_000,
    } as const;
    expect(said([...refused, atRest], { faults: [refuse, { ...late, heldUp: 'legacy' }] })).toEqual(idle);
    expect(said([...refused, atRest], { faults: [refuse, { ...late, heldUp: 'service' }] }).found).toHaveLength(1);
    expect(said([...refused, atRest], { faults: [refuse, late] }).found).toHaveLength(1);
  });

  test('L3 is not exercised while the legacy app was stopped; a pause that stopped nothing is no excuse', () => {
    const pause: Fault = { kind: 'pause', process: 'legacy', lastsMs: 700, fromMs: 0, untilMs: 1_500 };
    const stopped = [at(20, nemesis({ applied: 1 })), at(720, nemesis({ healed: 1 }))];
    expect(said([...refused, ...stopped, atRest], { faults: [refuse, pause] })).toEqual(idle);
    expect(said([...refused, atRest], { faults: [refuse, pause] }).found).toHaveLength(1);
  });

  test('L3 is not exercised before quiescence', () => {
    expect(said(refused)).toEqual(idle);
  });

  test('L3 counts a send at the very end of its time limit', () => {
    expect(said([...refused, ...sent(3_009, 'legacy'), atRest])).toEqual(held);
    expect(said([...refused, at(3_010, request('back', 'b', { uuids: ['u1'] })), atRest])).toEqual(idle);
  });

  test('L3 names the entry and the fault that made the service unreachable', () => {
    const history = historyOf({ faults: [refuse] }, [at(10, entry('c1#1', 'u1')), ...refused, atRest]);
    const [finding] = fallbackWorks.check(history).findings;
    expect(finding?.witnesses.map((seq) => history.events[seq]?.kind)).toEqual([
      'fault-applied',
      'entry',
      'fault-healed',
    ]);
  });
});
