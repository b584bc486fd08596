import { describe, expect, test } from 'vitest';
import type { HistoryEvent, Observation } from '../formats/event.ts';
import { at, attempt, entry, historyOf, logRow, request, sent } from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { dryRunPurity } from './dry-run-purity.ts';
import { twinsHistory } from './twins.fixture.ts';

const held = { exercised: 1, found: [], undecided: [] };
const asked = (dryRun: boolean) => at(10, request('back', `b-${dryRun}`, { uuids: ['u1'], dryRun }));
const said = (...events: Observation[]) =>
  runChecker(dryRunPurity, historyOf({ mode: 'SHADOW' }, [at(1, entry('c1#1', 'u1', 'SHADOW')), ...events]));
const twins = (...events: Observation[]) => runChecker(dryRunPurity, twinsHistory(events));
const twinsWithout = (isLeftOut: (event: HistoryEvent) => boolean) => {
  const history = twinsHistory(sentAndLogged('c1#1', 'u1'));
  return runChecker(dryRunPurity, { ...history, events: history.events.filter((event) => !isLeftOut(event)) });
};
const sentAndLogged = (item: string, messageUuid: string, status = 'accepted') => [
  ...sent(20, 'legacy', item),
  at(30, logRow(messageUuid, { status, source: 'legacy' })),
];

describe('S5 DryRunPurity', () => {
  test('S5 holds for a message that is rehearsed and sent by the legacy app', () => {
    const log = at(30, logRow('u1', { status: 'accepted', source: 'legacy' }));
    expect(said(...sent(5, 'legacy'), asked(true), log)).toEqual(held);
  });

  test('S5 does not judge a message that is not rehearsed, or sent as well', () => {
    expect(said(...sent(20, 'service'))).toEqual({ ...held, exercised: 0 });
    expect(said(asked(true), asked(false), ...sent(20, 'service'))).toEqual({ ...held, exercised: 0 });
  });

  test('S5 is violated by a send of the service, and by its row in the log', () => {
    expect(said(asked(true), at(20, attempt('service', 'c1#1', 'a'))).found).toEqual([
      'c1#1 was requested only as a rehearsal, and the service tried to send it',
    ]);
    expect(said(asked(true), at(20, logRow('u1', { status: 'accepted' }))).found).toEqual([
      'c1#1 was requested only as a rehearsal, and sms_logs has a row by the service',
    ]);
  });

  test('S5 is violated by a message whose outcome differs from that of its twin', () => {
    expect(twins(...sentAndLogged('c1#1', 'u1'), ...sentAndLogged('c2#1', 'u2'))).toEqual({ ...held, exercised: 2 });
    expect(twins(...sentAndLogged('c1#1', 'u1')).found).toEqual([
      'c2#1 was sent 0 times and not logged in SHADOW, and c1#1, its twin in OFF, was sent once and accepted',
    ]);
    expect(twins(...sentAndLogged('c1#1', 'u1'), ...sentAndLogged('c2#1', 'u2', 'unknown')).found).toHaveLength(1);
  });

  test('S5 compares no twins before quiescence, nor a twin that did not enter', () => {
    expect(twinsWithout(({ kind }) => kind === 'quiescent').found).toEqual([]);
    expect(twinsWithout((event) => event.kind === 'entry' && event.item === 'c2#1').found).toEqual([]);
  });
});
