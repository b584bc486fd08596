import { defineConfig } from 'onesend';

const environment = { DATABASE_URL: '${databaseUrl}', PORT: '${port}', PROVIDER_URL: '${providerUrl}' };

export default defineConfig({
  system: {
    name: 'node-pair',
    code: ['legacy.js', 'service.js', 'provider.js'],
    processes: {
      legacy: { command: ['node', 'legacy.js'], environment: { ...environment, SERVICE_URL: '${serviceUrl}' } },
      service: { command: ['node', 'service.js'], environment },
    },
    database: { setup: 'schema.sql', tables: { go_sms_logs: {} } },
    seed: {
      tenant: [
        'INSERT INTO quota_accounts (tenant_id, units) VALUES (:tenantId, :quota)',
        'INSERT INTO provider_credentials (tenant_id, account, token) VALUES (:tenantId, :account, :token)',
      ],
      item: `INSERT INTO campaign_sms (id, tenant_id, campaign_id, phone, body)
             VALUES (:itemId, :tenantId, :campaignId, :phone, :body)`,
    },
    mode: `INSERT INTO flags (tenant_id, mode) VALUES (:tenantId, :mode)
           ON CONFLICT (tenant_id) DO UPDATE SET mode = excluded.mode`,
    trigger: { path: '/campaigns/:campaignId/send' },
  },
});
