// A toy whose legacy app never gives its thread back once its database fails it: only deviations do that, however late a campaign comes.
import { toySystem } from './toy-system.fixture.ts';

/** The toy, as worker threads load it: from this module. */
export const system = {
  ...toySystem({
    async atEntry(env) {
      const { kind } = await env.store.transaction((tx) => tx.select('feature_flags', {}));
      if (kind === 'committed') return;
      for (;;) await Promise.resolve();
    },
  }),
  module: import.meta.url,
};
