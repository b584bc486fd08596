// A toy whose legacy app never gives its thread back: what a watchdog must notice from outside.
import { toySystem } from './toy-system.ts';

/** The toy, as worker threads load it. */
export const system = toySystem({
  async atEntry() {
    for (;;) await Promise.resolve();
  },
});
