// The migration as the runbook writes it: with Http::timeout(0.5), which Laravel 8 reads as no timeout.
import { defineConfig } from 'onesend';
import { describePair } from './pair.js';

export default defineConfig({
  system: describePair('stock-timeout', {
    service: 'runbook',
    message: 'message',
    setup: 'laravel/database/schema/pgsql-schema.sql',
    tables: { campaign_sms: { name: 'campaign_s_m_s' }, go_sms_logs: {} },
    // Uuids exist only in the memory of a request, so Onesend reads them from the wire.
    identity: 'wire',
    timings: { breakerProbeAfterMs: 2_000 },
  }),
});
