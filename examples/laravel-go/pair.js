// The common part of the descriptions of the three stages: how Onesend starts, seeds and observes them.

/** The account from which both systems send. It does not exist at Twilio. */
const twilio = {
  TWILIO_URL: '${providerUrl}',
  TWILIO_ACCOUNT_SID: 'AClaravelgo',
  TWILIO_AUTH_TOKEN: 'not-a-token',
  TWILIO_FROM: '+15005550006',
};

/** The legacy app's names for the table and columns of tenants' units. */
const limitRates = { name: 'email_s_m_s_limit_rates', columns: { tenant_id: 'owner_id', units: 'sms' } };

/** The description of one stage: `stock-timeout`, `runbook` or `repaired`. */
export function describePair(stage, { service, setup, tables, message, ...rest }) {
  return {
    name: `laravel-go ${stage}`,
    code: ['pair.js', `${stage}.config.js`, 'laravel', 'go/cmd', 'go/internal', 'go/go.mod', 'go/go.sum'],
    processes: {
      legacy: {
        command: ['laravel/deploy/serve'],
        environment: {
          ...twilio,
          PORT: '${port}',
          APP_STORAGE: '${directory}/storage',
          NGINX_LOG: '${directory}/nginx.log',
          DATABASE_URL: '${databaseUrl}',
          MESSAGING_URL: '${serviceUrl}',
          MESSAGING_STAGE: stage,
          MESSAGING_BREAKER_OPEN: '2',
          MESSAGING_SURFACE_AFTER_MS: '1500',
          MESSAGING_RECONCILE_AFTER_MS: '200',
        },
        logs: ['${directory}/nginx.log'],
      },
      service: {
        command: [`go/bin/${service}`],
        environment: { ...twilio, PORT: '${port}', DATABASE_URL: '${databaseUrl}', PGSSLMODE: 'disable' },
        readyPath: '/healthz',
      },
    },
    database: { setup, tables: { quota_accounts: limitRates, ...tables } },
    seed: { tenant: 'seed/tenant.sql', item: ['seed/campaign.sql', 'seed/phone.sql', `seed/${message}.sql`] },
    accounts: 'process',
    mode: 'seed/mode.sql',
    flush: { path: '/operations/tenants/:tenantId/refresh-flags' },
    trigger: { path: '/campaigns/:campaignId/send' },
    vantages: ['wire', 'database', 'log'],
    ...rest,
  };
}
