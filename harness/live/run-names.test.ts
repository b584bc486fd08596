import { describe, expect, test } from 'vitest';
import type { SystemDescription } from '../formats/system-description.ts';
import { nameRoles, runNames } from './run-names.ts';

const description = {
  name: 'a pair',
  database: {
    roles: { legacy: 'app', service: 'messaging' },
    setup: ['GRANT SELECT ON sms_logs TO ${legacyRole}', 'ALTER TABLE go_sms_logs OWNER TO ${serviceRole}'],
  },
} as unknown as SystemDescription;

describe('the names of a run', () => {
  test('the names of a run keep the roles of the description on servers that the run has alone', () => {
    const names = runNames();
    expect([names.template, names.slot(2), names.proxy(2), names.role('app')]).toEqual([
      'onesend_template',
      'onesend_slot_2',
      'onesend_slot_2',
      'app',
    ]);
  });

  test('the names of a run all begin with its prefix on shared servers', () => {
    const names = runNames('onesend_t_0_');
    const all = [names.template, names.slot(1), names.proxy(1), names.role('app')];
    expect(all.filter((name) => !name.startsWith('onesend_t_0_'))).toEqual([]);
  });

  test('the names of a run are not longer than PostgreSQL allows', () => {
    expect(runNames('onesend_t_0_').role('r'.repeat(70))).toHaveLength(63);
  });

  test('the names of a run replace the roles of a description, also the placeholders in its set-up', () => {
    const { database } = nameRoles(description, runNames('p_'));
    expect(database.roles).toEqual({ legacy: 'p_app', service: 'p_messaging' });
    expect(database.setup).toEqual([
      'GRANT SELECT ON sms_logs TO p_app',
      'ALTER TABLE go_sms_logs OWNER TO p_messaging',
    ]);
  });
});
