// Runs a command of a description to its end, with the values of the slot, or of the template, in place of its placeholders.
import type { Command } from '../formats/action.ts';
import type { Guard } from './guard/guard.ts';
import { fillPlaceholders, fillVariables, type Placeholders } from './placeholders.ts';
import { runCommand } from './process/run-command.ts';

const COMMAND_TIMEOUT_MS = 30_000;

/** How many of the last lines are reported when a command fails. */
const LINES_MAX = 5;

/** A command, and what it runs with. */
export interface CommandToRun {
  /** The name of the system that it belongs to. */
  readonly system: string;
  readonly command: Command;
  /** The exit codes that count as success. */
  readonly exitCodes: readonly number[];
  readonly guard: Guard;
  readonly placeholders: Placeholders;
  /** More environment variables; those of the description win. */
  readonly variables?: Readonly<Record<string, string>> | undefined;
}

/** How a command ended: with all its lines and its exit code, or with a message and its last lines. */
export type CommandEnd =
  | { readonly lines: readonly string[]; readonly exitCode: number }
  | { readonly failure: string; readonly last: string[] };

/** Runs a command. After 30 s it is killed with all processes that it started. */
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
