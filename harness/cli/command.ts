// What every command is: a function of its options and surroundings that gives back an exit code.
import type { Questioner } from './questioner.ts';
import type { Screen } from './screen.ts';

/** What a command finds around it. */
export interface CommandContext {
  readonly screen: Screen;
  /** The folder that the command runs in. */
  readonly folder: string;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** The variables that the command was started with. */
  readonly environment: NodeJS.ProcessEnv;
  /** Opens the terminal for questions; undefined without an interactive terminal. */
  openQuestioner(): Questioner | undefined;
  /** Shows a file to the person at the terminal; false where there is none, or nothing that could show it. */
  openOnDesktop(path: string): Promise<boolean>;
}

/** A command: its options with flags and arguments, and what it finds around it. */
export type RunCommand<Options> = (options: Options, context: CommandContext) => Promise<number>;
