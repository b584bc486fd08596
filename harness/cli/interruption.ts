// Handles Ctrl-C and a closed terminal: after the first signal the command stops and reports what it found; the second ends it at once, and the
// guard cleans up.
import { setMaxListeners } from 'node:events';
import { EXIT_CODES } from '../formats/decision.ts';

/** The signal that a command watches. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** The name of the first signal; undefined before there is one. */
  name(): NodeJS.Signals | undefined;
  /** Restores the default handling of the signals. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns the first SIGINT, SIGTERM or SIGHUP into an abort signal, and then calls `onFirst`. A SIGHUP stops only a command that prints on
 * the closed terminal; one that prints elsewhere, as under nohup, goes on. (Node cannot see that nohup made the process ignore SIGHUP.)
 */
export function listenForInterruption(onFirst: () => void, printsOnTerminal: boolean): Interruption {
  const controller = new AbortController();
  // Every running scenario adds a listener, and many run at once.
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
