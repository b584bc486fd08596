// A toy whose legacy app loops forever in microtasks if its clock is ahead. Only a watchdog outside the thread can notice that.
import { toySystem } from './toy-system.fixture.ts';

/** A time that the legacy app reads at its entry only if its clock is ahead, in microseconds. */
const AHEAD = 850_000;

/** The toy; worker threads load it from this module. */
export const system = {
  ...toySystem({
    async atEntry(env) {
      while (env.now() > AHEAD) await Promise.resolve();
    },
  }),
  module: import.meta.url,
};
