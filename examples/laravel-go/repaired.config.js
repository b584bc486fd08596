// The repaired migration: uuids are stored, and both systems ask an authority before they send.
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
      quota_ledger: { name: 'sms_reservations', columns: { tenant_id: 'owner_id' } },
      send_authority: {},
    },
    between: [{ path: '/operations/breakers/live/close' }, { path: '/operations/breakers/dry/close' }],
    openBreaker: { path: '/operations/breakers/:breaker/open' },
    recover: { path: '/operations/recover' },
    // Prints a table of the mismatches, and exits with 1 if there are any.
    reconcile: {
      command: ['php', 'laravel/artisan', 'sms:reconcile'],
      environment: {
        DATABASE_URL: '${databaseUrl}',
        MESSAGING_STAGE: 'repaired',
        MESSAGING_RECONCILE_AFTER_MS: '200',
        APP_STORAGE: '${directory}/storage',
        APP_SERVICES_CACHE: '${directory}/storage/services.php',
        APP_PACKAGES_CACHE: '${directory}/storage/packages.php',
      },
      exitCodes: [0, 1],
      mismatches: { lines: '^\\| (?<kind>[a-z_]+) +\\| (?<uuid>[0-9a-f-]{36}) +\\|$' },
    },
    vantages: ['wire', 'database', 'log', 'authority'],
    timings: {
      leaseMs: 800,
      surfaceAfterMs: 1_500,
      reconcileGraceMs: 200,
      breakerProbeAfterMs: 2_000,
    },
  }),
});
