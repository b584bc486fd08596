// A toy whose legacy app, once its clock is ahead, never gives its thread back: what a watchdog must notice from outside.
import { toySystem } from './toy-system.fixture.ts';

/** Later than the entry of an undisturbed run, in microseconds. */
const AHEAD = 850_000;

/** The toy, as worker threads load it: from this module. */
export const system = {
  ...toySystem({
    async atEntry(env) {
      while (env.now() > AHEAD) await Promise.resolve();
    },
  }),
  module: import.meta.url,
};
