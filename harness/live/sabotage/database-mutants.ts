// Wire mutants of the database: rows that one of the systems seems to write, once the messages of the run have been handled.
import type { DatabaseHand } from './database-hand.ts';
import { ONE_OFF, ONE_ON } from './scenarios.ts';
import type { WireMutant } from './wire-mutant.ts';

/** Each of them writes in a system's name. */
export const DATABASE_MUTANTS: readonly WireMutant[] = [
  {
    id: 'X60',
    name: 'charge-twice',
    does: 'the legacy app takes one unit more',
    breaks: ['S9', 'S10'],
    scenario: ONE_ON,
    sabotage: { at: 'database', act: (hand) => hand.write('legacy', oneUnitLess(hand)) },
  },
  {
    id: 'X61',
    name: 'service-charges',
    does: 'the service takes a unit',
    breaks: ['S7'],
    scenario: ONE_ON,
    sabotage: { at: 'database', act: (hand) => hand.write('service', oneUnitLess(hand)) },
  },
  {
    id: 'X62',
    name: 'service-writes-the-log',
    does: 'the service writes rows of sms_logs',
    breaks: ['S7'],
    scenario: ONE_OFF,
    sabotage: { at: 'database', act: (hand) => hand.write('service', logTouched(hand)) },
  },
  {
    id: 'X63',
    name: 'log-a-rejection',
    does: 'the legacy app logs a message that was sent as rejected',
    breaks: ['S8', 'S12'],
    scenario: ONE_ON,
    sabotage: { at: 'database', act: (hand) => hand.write('legacy', logStatus(hand, 'rejected')) },
  },
];

function oneUnitLess({ table, tenantIds }: DatabaseHand): string {
  const quota = table('quota_accounts');
  const units = quota.column('units');
  return `UPDATE ${quota.sql} SET ${units} = ${units} - 1 WHERE ${quota.column('tenant_id')} IN (${tenantIds.join(', ')})`;
}

/** Writes the rows without changing a value. */
function logTouched({ table }: DatabaseHand): string {
  const log = table('sms_logs');
  return `UPDATE ${log.sql} SET ${log.column('status')} = ${log.column('status')}`;
}

function logStatus({ table, word }: DatabaseHand, status: string): string {
  const log = table('sms_logs');
  return `UPDATE ${log.sql} SET ${log.column('status')} = ${word('sms_logs', { column: 'status', word: status })}`;
}
