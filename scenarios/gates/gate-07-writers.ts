// Gate 7: only the legacy role writes sms_logs, in every mode, and the database refuses other roles.
import { eventsOf } from '../../harness/history/events-of.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import { demandAll, exactly, holds } from './evidence.ts';
import { FROM_THE_START, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

export const writers: Gate = {
  id: '7',
  title: 'only the legacy role writes sms_logs',
  source: 'onesend',
  section: 'Section 0, Invariant 3',
  expected:
    'rows of sms_logs and quota come from the legacy role alone, rows of go_sms_logs from the service, and the service has no privilege to write the others',
  nextAction: 'give each system a role of its own and revoke what the invariant forbids',
  vantages: ['database'],
  scenarios: [
    campaignScenario({ name: 'ON, writers', mode: 'ON', messages: 2 }),
    campaignScenario({ name: 'SHADOW, writers', mode: 'SHADOW', messages: 2 }),
    campaignScenario({
      name: 'ON, writers under a fallback',
      mode: 'ON',
      faults: [{ kind: 'refuse', ...FROM_THE_START }],
    }),
  ],
  judge: (histories) =>
    demandAll(
      histories.map((history) => {
        const rows = eventsOf(history, 'row').filter((row) => row.role !== history.roles.rig);
        const legacyTables = rows.filter((row) => row.table === 'sms_logs' || row.table === 'quota_accounts');
        const writable = eventsOf(history, 'privileges').flatMap((event) => event.writable);
        return [
          holds(
            'sms_logs was written',
            legacyTables.some((row) => row.table === 'sms_logs'),
          ),
          exactly(
            'rows written by another role',
            0,
            legacyTables.filter((row) => row.role !== history.roles.legacy).length,
          ),
          holds('the service may not write sms_logs', !writable.includes('sms_logs')),
        ];
      }),
    ),
};
