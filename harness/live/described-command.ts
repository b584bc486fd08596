// Runs a command of a description to its end, with the values of the place in which it runs.
import type { Command } from '../formats/action.ts';
import type { Guard } from './guard/guard.ts';
import { fillPlaceholders, fillVariables, type Placeholders } from './placeholders.ts';
import { runCommand } from './process/run-command.ts';

/** How long a command may take. */
const COMMAND_TIMEOUT_MS = 30_000;

/** So many of its last lines say why a command failed. */
const LINES_MAX = 5;

/** A command, and where it runs. */
export interface CommandToRun {
  /** The system that it belongs to. */
  readonly system: string;
  readonly command: Command;
  readonly exitCodes: readonly number[];
  readonly guard: Guard;
  readonly placeholders: Placeholders;
  /** Variables beside those of the description, which win. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** How a command ended: with its lines and its exit code, or with what went wrong and the last of them. */
export type CommandEnd =
  | { readonly lines: readonly string[]; readonly exitCode: number }
  | { readonly failure: string; readonly last: string[] };

/** Runs a command; one that takes too long is killed, with all that it started. */
export async function runDescribed({
  system,
  command,
  exitCodes,
  guard,
  placeholders,
  variables,
}: CommandToRun): Promise<CommandEnd> {
  const { code, lines } = await runCommand({
    name: `${system} ${command.command}`,
    command: command.command,
    arguments: command.arguments.map((text) => fillPlaceholders(text, placeholders)),
    environment: { ...variables, ...fillVariables(command.environment, placeholders) },
    ...(command.directory === undefined ? {} : { directory: command.directory }),
    guard,
    timeoutMs: COMMAND_TIMEOUT_MS,
  });
  if (code !== null && exitCodes.includes(code)) return { lines, exitCode: code };
  const how = code === null ? `it was ended after ${COMMAND_TIMEOUT_MS} ms or by a signal` : `exit code ${code}`;
  const shown = [command.command, ...command.arguments].join(' ');
  return { failure: `expected '${shown}' to succeed, received ${how}`, last: lines.slice(-LINES_MAX) };
}
