import { describe, expect, test } from 'vitest';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import {
  at,
  charged,
  committed,
  decrement,
  entry,
  type Happening,
  historyOf,
  logRow,
  quiescent,
  row,
  type ScriptOptions,
  sent,
} from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { convergence } from './convergence.ts';

const ID = 'SM-c1#1-service-20';
const entered = at(1, entry('c1#1', 'u1'));
const atRest = at(5_000, quiescent);
const serviceRow = (status: string, id: string | null = ID): Happening => {
  const after = { message_uuid: 'u1', dry_run: false, tenant_id: 1, status, provider_message_id: id };
  return row('go_sms_logs', { key: 'u1', after, role: 'service_role' });
};
const logged = (status = 'accepted', id: string | null = ID): Observation => at(30, logRow('u1', { status, id }));
const paid: readonly Observation[] = [
  at(30, charged('u1')),
  at(30, decrement({ from: 100, to: 99, transaction: 'settle-u1' })),
];

function said(events: readonly Observation[], options: ScriptOptions = {}) {
  return runChecker(convergence, historyOf(options, [entered, ...sent(20, 'service'), ...events]));
}

describe('L5 Convergence', () => {
  test('L5 holds for a message that was sent, logged in both logs with one outcome, and charged', () => {
    expect(said([at(25, serviceRow('accepted')), logged(), ...paid, atRest])).toEqual({
      exercised: 2,
      found: [],
      undecided: [],
    });
  });

  test('L5 is violated by a message that was never logged, and by one that was never charged', () => {
    expect(said([...paid, atRest]).found).toEqual(['c1#1 was sent, and never logged']);
    expect(said([logged(), atRest]).found).toEqual(['c1#1 was sent, and never charged']);
    const other = [at(40, charged('u9', 'x9')), at(40, decrement({ from: 100, to: 99, transaction: 'x9' }))];
    expect(said([logged(), ...other, atRest]).found).toEqual(['c1#1 was sent, and never charged']);
  });

  test('L5 does not judge an item that was sent and never entered, and is not exercised by a message that ended as unknown', () => {
    const none = { exercised: 0, found: [], undecided: [] };
    expect(runChecker(convergence, historyOf({}, [...sent(20, 'service'), atRest]))).toEqual(none);
    expect(said([logged('unknown', null), atRest])).toEqual(none);
  });

  test('L5 demands no charge where the readings make the message free, or a decrement names no message', () => {
    const free = said([logged(), atRest], { mode: 'SHADOW' });
    expect(free.found).toEqual([]);
    const bare = at(30, decrement({ from: 100, to: 99 }));
    expect(said([logged(), bare, atRest]).found).toEqual([]);
    const other = [at(40, charged('u9', 'x9')), at(40, decrement({ from: 99, to: 98, transaction: 'x9' }))];
    expect(said([logged(), bare, ...other, atRest]).found).toEqual([]);
  });

  test('L5 is violated by logs that still differ, also about a message that ended as unknown', () => {
    const doubt = [at(25, serviceRow('accepted')), logged('unknown', null), atRest];
    expect(said(doubt).found).toEqual([
      'the two logs still differ about c1#1: provider_message_id_mismatch, status_mismatch',
    ]);
  });

  test('L5 names the message, or its uuid where that belongs to no item', () => {
    const differing = historyOf({}, [entered, at(25, serviceRow('accepted')), logged('unknown'), atRest]);
    expect(convergence.check(differing).findings.map(({ items }) => items)).toEqual([['c1#1']]);
    const stranger = at(30, logRow('u9', { status: 'accepted' }));
    expect(said([at(25, serviceRow('accepted')), logged(), ...paid, stranger, atRest]).found).toEqual([
      'the two logs still differ about u9: missing_in_go',
    ]);
  });

  test('L5 ignores messages that the rig tampers with, and a system with only one observed log', () => {
    const faults: Fault[] = [{ kind: 'tamper', mismatch: 'missing_in_laravel', item: 'c1#1' }];
    expect(said([at(25, serviceRow('rejected')), logged(), ...paid, atRest], { faults }).found).toEqual([]);
    expect(said([logged(), ...paid, atRest]).found).toEqual([]);
    const blank: Fault[] = [{ kind: 'missing-uuid', item: 'c1#1' }];
    expect(said([at(25, serviceRow('rejected')), logged(), ...paid, atRest], { faults: blank }).found).toHaveLength(1);
  });

  test('L5 is undecided about a row that was being written at quiescence', () => {
    const late = committed(4_990, [4_990, 5_010], logRow('u1', { status: 'accepted', id: ID }));
    expect(said([at(25, serviceRow('accepted')), late, ...paid, atRest])).toMatchObject({
      found: [],
      undecided: [expect.stringContaining('c1#1')],
    });
  });

  test('L5 does not judge a run before quiescence', () => {
    expect(said([])).toEqual({ exercised: 0, found: [], undecided: [] });
  });
});
