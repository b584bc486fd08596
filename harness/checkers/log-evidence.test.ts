import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import {
  answer,
  at,
  during,
  entry,
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
  test('holds when every rehearsal and every fallback has its line', () => {
    expect(said('SHADOW', rehearsed, rehearsal, atRest)).toEqual({ exercised: 2, found: [], undecided: [] });
    expect(said('ON', fallback('message_uuid=u1'), ...sent(31, 'legacy'), atRest)).toEqual({
      exercised: 2,
      found: [],
      undecided: [],
    });
  });

  test('asks for no line where the message may have entered in another mode, and allows one', () => {
    const flip = during(0, 2, { observer: 'rig', kind: 'flip', tenant: 't1', mode: 'OFF' } as const);
    expect(said('ON', flip, ...sent(31, 'legacy'), atRest)).toEqual({ exercised: 0, found: [], undecided: [] });
    expect(said('ON', flip, fallback('message_uuid=u1'), ...sent(31, 'legacy'), atRest).found).toEqual([]);
  });

  test('takes a line that names only the tenant', () => {
    expect(said('ON', fallback('{"tenant_id":1}'), ...sent(31, 'legacy'), atRest).found).toEqual([]);
    expect(said('ON', fallback('{"tenant_id":12}'), ...sent(31, 'legacy'), atRest).found).toHaveLength(1);
  });

  test('is violated by a rehearsal without its line', () => {
    expect(said('SHADOW', rehearsed, atRest).found).toEqual([
      'c1#1 was to be rehearsed, and the service left no DRY_RUN_NO_PROVIDER_CALL line for it',
    ]);
  });

  test('asks for no line where the service turned the batch down', () => {
    const refused = at(11, answer('back', 'b', { status: 400, uuids: [], elapsedMs: 1 }));
    expect(said('SHADOW', rehearsed, refused, atRest)).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('is violated by a line without its rehearsal', () => {
    expect(said('SHADOW', rehearsal, atRest).found).toEqual([
      'the service logged a rehearsal of c1#1 that nobody asked for',
    ]);
  });

  test('is violated by a fallback without its line, and by a line without its fallback', () => {
    expect(said('ON', ...sent(31, 'legacy'), atRest).found).toEqual([
      'c1#1 was sent by the legacy app in ON, and no LEGACY_SEND_FALLBACK_ON_MODE line says so',
    ]);
    expect(said('ON', fallback('u1'), atRest).found).toEqual([
      'the legacy app logged a fallback for c1#1, and sent nothing in ON',
    ]);
    expect(said('SHADOW', fallback('u1'), ...sent(31, 'legacy'), atRest).found).toHaveLength(1);
  });

  test('excuses the missing half when the process crashed between the two', () => {
    expect(said('ON', fallback('u1'), at(31, nemesis({ crash: 'legacy' })), atRest).found).toEqual([]);
    expect(said('SHADOW', rehearsed, at(11, nemesis({ crash: 'service' })), atRest).found).toEqual([]);
    expect(said('SHADOW', rehearsed, at(11, nemesis({ crash: 'legacy' })), atRest).found).toHaveLength(1);
  });

  test('excuses a process that was down when it was asked, and no other', () => {
    const crash = at(5, nemesis({ crash: 'service' }));
    expect(said('SHADOW', crash, rehearsed, at(50, nemesis({ restart: 'service' })), atRest).found).toEqual([]);
    expect(said('SHADOW', crash, at(7, nemesis({ restart: 'service' })), rehearsed, atRest).found).toHaveLength(1);
  });

  test('is undecided before all is at rest, and about lines that name nobody', () => {
    expect(said('SHADOW', rehearsed)).toMatchObject({ found: [], undecided: [expect.any(String)] });
    const stranger = at(12, log('service', 'DRY_RUN_NO_PROVIDER_CALL: message_uuid=of-another-run'));
    expect(said('SHADOW', stranger, atRest)).toMatchObject({ found: [], undecided: [expect.any(String)] });
  });
});
