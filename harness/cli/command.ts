// The type of every command: a function of its options and its context that returns an exit code.
import type { Questioner } from './questioner.ts';
import type { Screen } from './screen.ts';

/** What a command gets from the process: the screen, the folder, the signal, the variables and the terminal. */
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
  /** Opens a file with the program of the desktop; false without an interactive terminal or without such a program. */
  openOnDesktop(path: string): Promise<boolean>;
}

/** A command; `Options` holds its flags and arguments. */
export type RunCommand<Options> = (options: Options, context: CommandContext) => Promise<number>;
