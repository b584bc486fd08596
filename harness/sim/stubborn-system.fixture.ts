// A toy whose legacy app loops forever in microtasks after a failed transaction. Only deviations make transactions fail, so the loop does
// not depend on the times of a scenario.
import { toySystem } from './toy-system.fixture.ts';

/** The toy; worker threads load it from this module. */
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
