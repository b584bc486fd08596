// The migration as the runbook writes it: with Http::timeout(0.5), which Laravel 8 takes for no timeout at all.
import { defineConfig } from 'onesend';
import { describePair } from './pair.js';

export default defineConfig({
  system: describePair('stock-timeout', {
    service: 'runbook',
    message: 'message',
    setup: 'laravel/database/schema/pgsql-schema.sql',
    tables: { campaign_sms: { name: 'campaign_s_m_s' }, go_sms_logs: {} },
    // Uuids live in the memory of a request.
    identity: 'wire',
    timings: { breakerProbeAfterMs: 2_000 },
  }),
});
