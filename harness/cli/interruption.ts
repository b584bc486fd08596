// Ctrl-C: the first asks the command to stop, save and report; the second ends it at once, and the guard cleans up.
import { setMaxListeners } from 'node:events';
import { EXIT_CODES } from '../formats/decision.ts';

/** The signal that a command watches. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Leaves the signals of the process to their defaults again. */
  release(): void;
}

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Turns the first SIGINT or SIGTERM into an abort signal; `onFirst` tells the user. */
export function listenForInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  // Every scenario that runs listens to it, and many run at once.
  setMaxListeners(0, controller.signal);
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    controller.abort();
    onFirst();
  };
  for (const name of signals) process.on(name, listener);
  return {
    signal: controller.signal,
    release() {
      for (const name of signals) process.off(name, listener);
    },
  };
}
