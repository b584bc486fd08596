// The migration as the runbook intends it: with a budget of 500 ms.
import { defineConfig } from 'onesend';
import { describePair } from './pair.js';

export default defineConfig({
  system: describePair('runbook', {
    service: 'runbook',
    message: 'message',
    setup: 'laravel/database/schema/pgsql-schema.sql',
    tables: { campaign_sms: { name: 'campaign_s_m_s' }, go_sms_logs: {} },
    // Uuids exist only in the memory of a request, so Onesend reads them from the wire.
    identity: 'wire',
    timings: { breakerProbeAfterMs: 2_000 },
  }),
});
