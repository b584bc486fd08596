// What every command is: a function of its options and surroundings that gives back an exit code.
import type { Screen } from './screen.ts';

/** What a command finds around it. */
export interface CommandContext {
  readonly screen: Screen;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** A command: its options with flags and arguments, and what it finds around it. */
export type RunCommand<Options> = (options: Options, context: CommandContext) => Promise<number>;
