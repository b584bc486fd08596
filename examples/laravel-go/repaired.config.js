// The migration repaired: uuids that are kept, and an authority that both systems ask before they send.
import { defineConfig } from 'onesend';
import { describePair } from './pair.js';

export default defineConfig({
  system: describePair('repaired', {
    service: 'repaired',
    message: 'message-with-recipient',
    setup: ['laravel/database/schema/pgsql-schema.sql', 'laravel/database/schema/send_authority.sql'],
    tables: {
      campaign_sms: { name: 'campaign_s_m_s', columns: { phone: 'recipient', body: 'sms_built' } },
      go_sms_logs: {},
      quota_ledger: { name: 'sms_reservations' },
      send_authority: {},
    },
    recover: { path: '/operations/recover' },
    reconcile: { path: '/operations/reconcile' },
    vantages: ['wire', 'database', 'log', 'authority'],
    timings: {
      leaseMs: 800,
      surfaceAfterMs: 1_500,
      reconcileGraceMs: 200,
      breakerProbeAfterMs: 1_000,
    },
  }),
});
