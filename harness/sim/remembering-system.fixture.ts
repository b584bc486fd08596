// A toy whose module keeps state from run to run: from the third entry since the module was loaded, the legacy app also sends the first
// message by itself, before it calls the service.
import { toySystem } from './toy-system.fixture.ts';

const ENTRIES = 3;
let entries = 0;

/** The toy; worker threads load it from this module. */
export const system = {
  ...toySystem({
    async atEntry(env) {
      entries += 1;
      if (entries < ENTRIES) return;
      const items = await env.store.transaction((tx) => tx.select('campaign_sms', {}));
      if (items.kind !== 'committed') return;
      await env.http.post({
        url: `${env.settings.providerUrl}/2010-04-01/Accounts/AC1/Messages.json`,
        headers: { authorization: `Basic ${Buffer.from('AC1:token').toString('base64')}` },
        timeouts: { totalMs: env.settings.providerTimeoutMs },
        body: new URLSearchParams({ To: items.value[0]?.phone ?? '', Body: items.value[0]?.body ?? '' }).toString(),
      });
    },
  }),
  module: import.meta.url,
};
