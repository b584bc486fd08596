// Ctrl-C and a closed terminal: the first signal asks the command to stop, save and report; the second ends it at once, and the guard
// cleans up.
import { setMaxListeners } from 'node:events';
import { EXIT_CODES } from '../formats/decision.ts';

/** The signal that a command watches. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** The name of the signal that came first; undefined while none has come. */
  name(): NodeJS.Signals | undefined;
  /** Leaves the signals of the process to their defaults again. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort signal; `onFirst` tells the user. SIGHUP is for a command that prints on the
 * terminal that was closed: a command that prints elsewhere, as behind nohup, goes on. (Node forgets that a signal is ignored, so nohup
 * cannot be seen.)
 */
export function listenForInterruption(onFirst: () => void, printsOnTerminal: boolean): Interruption {
  const controller = new AbortController();
  // Every scenario that runs listens to it, and many run at once.
  setMaxListeners(0, controller.signal);
  let first: NodeJS.Signals | undefined;
  const listener = (name: NodeJS.Signals): void => {
    if (name === 'SIGHUP' && !printsOnTerminal) return;
    if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    first = name;
    controller.abort();
    onFirst();
  };
  for (const name of SIGNALS) process.on(name, listener);
  return {
    signal: controller.signal,
    name: () => first,
    release() {
      for (const name of SIGNALS) process.off(name, listener);
    },
  };
}
