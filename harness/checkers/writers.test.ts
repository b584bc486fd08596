import { describe, expect, test } from 'vitest';
import { at, charged, decrement, historyOf, logRow, row } from '../history/history.fixture.ts';
import { runChecker } from './checker.fixture.ts';
import { writers } from './writers.ts';

const byService = (table: string) => at(5, row(table, { after: { message_uuid: 'u1' }, role: 'service_role' }));
const privileges = (writable: string[]) =>
  at(0, { observer: 'rig', kind: 'privileges', role: 'service_role', writable } as const);

describe('S7 Writers', () => {
  test('S7 holds when each system writes only what it owns, and the rig anything', () => {
    const history = historyOf({}, [
      privileges(['go_sms_logs']),
      at(1, logRow('u1', { status: 'accepted' })),
      at(2, decrement({ from: 100, to: 99 })),
      at(3, charged('u1')),
      byService('go_sms_logs'),
      byService('send_authority'),
      at(6, row('sms_logs', { operation: 'delete', before: { message_uuid: 'u1' }, role: 'rig_role' })),
    ]);
    expect(runChecker(writers, history)).toEqual({ exercised: 6, found: [], undecided: [] });
  });

  test.each(['sms_logs', 'quota_accounts', 'quota_ledger', 'campaign_sms', 'messaging_breakers'])(
    'S7 is violated when the service writes %s',
    (table) => {
      expect(runChecker(writers, historyOf({}, [byService(table)])).found).toEqual([
        `${table} was written by service_role, once`,
      ]);
    },
  );

  test('S7 is violated when a third role writes the log', () => {
    const stranger = at(5, row('sms_logs', { after: { message_uuid: 'u1' }, role: 'postgres' }));
    expect(runChecker(writers, historyOf({}, [stranger])).found).toEqual(['sms_logs was written by postgres, once']);
  });

  test('S7 is violated when the service has the privilege to write the log although it did not', () => {
    expect(runChecker(writers, historyOf({}, [privileges(['go_sms_logs', 'public.sms_logs'])])).found).toEqual([
      'service_role has the privilege to write sms_logs',
    ]);
  });

  test('S7 is undecided when both systems share a role', () => {
    const roles = { legacy: 'one', service: 'one', rig: 'rig_role' };
    const history = historyOf({ changes: { roles } }, [byService('sms_logs')]);
    expect(runChecker(writers, history)).toMatchObject({ exercised: 0, found: [], undecided: [expect.any(String)] });
  });

  test('S7 ignores the tables that only the legacy app has', () => {
    const own = row('campaign_sms', { after: { message_uuid: 'u1' } });
    expect(runChecker(writers, historyOf({}, [at(5, own)]))).toEqual({ exercised: 0, found: [], undecided: [] });
  });

  test('S7 counts the rows of each foreign writer', () => {
    const by = (role: string, key: string) => at(5, row('sms_logs', { key, after: { message_uuid: key }, role }));
    const history = historyOf({}, [by('postgres', 'u1'), byService('sms_logs'), by('postgres', 'u2')]);
    expect(runChecker(writers, history).found).toEqual([
      'sms_logs was written by postgres, twice',
      'sms_logs was written by service_role, once',
    ]);
  });

  test('S7 is violated when the service has the privilege to write the log by its plain name, and not when the legacy app has it', () => {
    const may = (role: string) =>
      historyOf({}, [at(0, { observer: 'rig', kind: 'privileges', role, writable: ['sms_logs'] } as const)]);
    expect(runChecker(writers, may('service_role')).found).toHaveLength(1);
    expect(runChecker(writers, may('legacy_role'))).toEqual({ exercised: 0, found: [], undecided: [] });
  });
});
