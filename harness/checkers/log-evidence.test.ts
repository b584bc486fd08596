import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  answer,
  at,
  during,
  attempt,
  callFailed,
  entry,
  flip,
  historyOf,
  log,
  nemesis,
  quiescent,
  request,
  sent,
} from '../history/history.fixture.ts';
import { logEvidence } from './log-evidence.ts';
import { runChecker } from './checker.fixture.ts';

const atRest = at(3_000, quiescent);
const rehearsed = at(10, request('back', 'b', { uuids: ['u1'], dryRun: true }));
const rehearsal = at(12, log('service', 'DRY_RUN_NO_PROVIDER_CALL: message_uuid=u1'));
const fallback = (rest: string) => at(30, log('legacy', `LEGACY_SEND_FALLBACK_ON_MODE ${rest}`));
const said = (mode: string, ...events: Observation[]) =>
  runChecker(logEvidence, historyOf({ mode }, [at(1, entry('c1#1', 'u1', mode)), ...events]));

describe('S21 LogEvidence', () => {
  test('S21 holds when every rehearsal and every fallback has its line', () => {
    expect(said('SHADOW', rehearsed, rehearsal, atRest)).toEqual({ exercised: 2, found: [], undecided: [] });
    expect(said('ON', fallback('message_uuid=u1'), ...sent(31, 'legacy'), atRest)).toEqual({
      exercised: 2,
      found: [],
      undecided: [],
    });
  });

  test('S21 demands no line where the message may have entered in another mode, and allows one', () => {
    const flipped = during(0, 2, flip('OFF'));
    const silent = { exercised: 0, found: [], undecided: [] };
    expect(said('ON', flipped, ...sent(31, 'legacy'), atRest)).toEqual(silent);
    expect(said('ON', flipped, fallback('message_uuid=u1'), ...sent(31, 'legacy'), atRest).found).toEqual([]);
    expect(said('OFF', ...sent(31, 'legacy'), atRest)).toEqual(silent);
  });

  test('S21 accepts a line that names only the tenant', () => {
    expect(said('ON', fallback('{"tenant_id":1}'), ...sent(31, 'legacy'), atRest).found).toEqual([]);
    expect(said('ON', fallback('{"tenant_id":12}'), ...sent(31, 'legacy'), atRest).found).toHaveLength(1);
  });

  test('S21 is violated by a rehearsal without its line', () => {
    expect(said('SHADOW', rehearsed, atRest).found).toEqual([
      'c1#1 was requested as a rehearsal, and the service logged no DRY_RUN_NO_PROVIDER_CALL line for it',
    ]);
  });

  test('S21 is violated by a rehearsal that was answered without its line, although an instance was gone', () => {
    const gone = [
      at(4, nemesis({ terminate: 'service' })),
      at(5, nemesis({ exit: 'service' })),
      at(30, nemesis({ restart: 'service' })),
    ];
    const answered = at(11, answer('back', 'b', { elapsedMs: 1 }));
    expect(said('SHADOW', ...gone, rehearsed, answered, atRest).found).toHaveLength(1);
  });

  test('S21 demands no line where the service refused the batch', () => {
    const refused = at(11, answer('back', 'b', { status: 400, uuids: [], elapsedMs: 1 }));
    expect(said('SHADOW', rehearsed, refused, atRest)).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S21 is violated by a line without its rehearsal', () => {
    expect(said('SHADOW', rehearsal, atRest).found).toEqual([
      'the service logged a rehearsal of c1#1 that was not requested',
    ]);
  });

  test('S21 is violated by a fallback without its line, and by a line without its fallback', () => {
    expect(said('ON', ...sent(31, 'legacy'), atRest).found).toEqual([
      'c1#1 was sent by the legacy app in ON, and no LEGACY_SEND_FALLBACK_ON_MODE line says so',
    ]);
    expect(said('ON', fallback('u1'), atRest).found).toEqual([
      'the legacy app logged a fallback for c1#1, and sent nothing in ON',
    ]);
    expect(said('SHADOW', fallback('u1'), ...sent(31, 'legacy'), atRest).found).toHaveLength(1);
    const second = [at(1, entry('c1#1', 'u1')), at(1, entry('c1#2', 'u2')), fallback('u2'), atRest];
    expect(runChecker(logEvidence, historyOf({ messages: 2 }, second)).found).toEqual([
      'the legacy app logged a fallback for c1#2, and sent nothing in ON',
    ]);
  });

  test('S21 excuses a missing line or event when the process crashed between the two', () => {
    expect(said('ON', fallback('u1'), at(31, nemesis({ crash: 'legacy' })), atRest).found).toEqual([]);
    expect(said('SHADOW', rehearsed, at(11, nemesis({ crash: 'service' })), atRest).found).toEqual([]);
    expect(said('SHADOW', rehearsed, at(11, nemesis({ crash: 'legacy' })), atRest).found).toHaveLength(1);
  });

  test('S21 excuses a process that was down when it was asked, and no other', () => {
    const crash = at(5, nemesis({ crash: 'service' }));
    expect(said('SHADOW', crash, rehearsed, at(50, nemesis({ restart: 'service' })), atRest).found).toEqual([]);
    expect(said('SHADOW', crash, at(7, nemesis({ restart: 'service' })), rehearsed, atRest).found).toHaveLength(1);
  });

  test('S21 is undecided before quiescence, and about lines that name no message', () => {
    expect(said('SHADOW', rehearsed)).toMatchObject({ found: [], undecided: [expect.any(String)] });
    const stranger = at(12, log('service', 'DRY_RUN_NO_PROVIDER_CALL: message_uuid=of-another-run'));
    expect(said('SHADOW', stranger, atRest)).toMatchObject({ found: [], undecided: [expect.any(String)] });
  });

  test('S21 demands no line for a live request, for a request that never arrived whole, and for a blank uuid', () => {
    const idle = { exercised: 0, found: [], undecided: [] };
    const asked = (uuids: string[], dryRun: boolean) => at(10, request('back', 'b', { uuids, dryRun }));
    expect(said('ON', asked(['u1'], false), ...sent(12, 'service'), atRest)).toEqual(idle);
    expect(said('SHADOW', asked([''], true), atRest)).toEqual(idle);
    const broken = at(12, callFailed('back', 'b', { by: 'client', elapsedMs: 2 }));
    expect(said('SHADOW', broken, atRest)).toEqual(idle);
  });

  test('S21 demands a line where the answer is no error', () => {
    const answered = (status: number) => at(11, answer('back', 'b', { status, uuids: [], elapsedMs: 1 }));
    expect([299, 300].map((status) => said('SHADOW', rehearsed, answered(status), atRest).found.length)).toEqual([
      1, 0,
    ]);
  });

  test('S21 names a message by its uuid where that belongs to no item', () => {
    const stranger = (dryRun: boolean) => at(10, request('back', 'b', { uuids: ['u9'], dryRun }));
    expect(said('SHADOW', stranger(true), atRest).found).toEqual([
      'u9 was requested as a rehearsal, and the service logged no DRY_RUN_NO_PROVIDER_CALL line for it',
    ]);
    const line = at(12, log('service', 'DRY_RUN_NO_PROVIDER_CALL: message_uuid=u9'));
    expect(said('ON', stranger(false), line, atRest).found).toEqual([
      'the service logged a rehearsal of u9 that was not requested',
    ]);
    expect(said('ON', stranger(false), fallback('u9'), atRest).found).toEqual([
      'the legacy app logged a fallback, and sent nothing in ON',
    ]);
  });

  test('S21 accepts a line that names several messages if it is true of one of them', () => {
    const two = at(12, log('service', 'DRY_RUN_NO_PROVIDER_CALL: u2 u1'));
    const carried = at(5, request('front', 'f', { uuids: ['u2'] }));
    expect(said('SHADOW', carried, rehearsed, two, atRest).found).toEqual([]);
    expect(said('ON', carried, fallback('u2 u1'), ...sent(31, 'legacy'), atRest).found).toEqual([]);
  });

  test('S21 uses the tenant of a line only where the line names no message', () => {
    const both = [at(1, entry('c1#1', 'u1')), at(1, entry('c1#2', 'u2'))];
    const sends = [...sent(31, 'legacy', 'c1#1'), ...sent(33, 'legacy', 'c1#2')];
    const history = historyOf({ messages: 2 }, [...both, fallback('u1 tenant_id=1'), ...sends, atRest]);
    expect(runChecker(logEvidence, history).found).toEqual([
      'c1#2 was sent by the legacy app in ON, and no LEGACY_SEND_FALLBACK_ON_MODE line says so',
    ]);
  });

  test('S21 names the first message of a fallback that did not happen, and none where the line names only the tenant', () => {
    const history = (...events: Observation[]) => historyOf({ messages: 2 }, [...events, atRest]);
    const both = [at(1, entry('c1#1', 'u1')), at(2, entry('c1#2', 'u2'))];
    const none = (item: string) => [`the legacy app logged a fallback for ${item}, and sent nothing in ON`];
    expect(runChecker(logEvidence, history(...both, fallback('u2 u1'))).found).toEqual(none('c1#1'));
    const shared = [at(1, entry('c1#1', 'u1')), at(2, entry('c1#2', 'u1'))];
    expect(runChecker(logEvidence, history(...shared, fallback('u1'))).found).toEqual(none('c1#1'));
    expect(said('ON', fallback('tenant_id=1'), atRest).found).toEqual([
      'the legacy app logged a fallback, and sent nothing in ON',
    ]);
  });

  test('S21 demands a line for an item without a uuid, and none for an unknown message or for the service', () => {
    expect(runChecker(logEvidence, historyOf({}, [...sent(31, 'legacy'), atRest])).found).toHaveLength(1);
    const stranger = at(31, attempt('legacy', null, 'a'));
    expect(said('ON', stranger, ...sent(40, 'service'), atRest)).toEqual({ exercised: 0, found: [], undecided: [] });
  });
});
