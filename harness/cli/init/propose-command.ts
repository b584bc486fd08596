// Proposes the command that starts a side: a script of the project, else what its kind needs, else what one of its files names.
import { resolve } from 'node:path';
import type { Role } from '../../../src/contract/message.ts';
import { joinCommand, splitCommand } from './command-words.ts';
import { fileNamedAfter } from './node-project.ts';
import { recogniseProject } from './recognise-project.ts';
import { startWaysIn, type StartWay } from './start-ways.ts';

/** A command, and what its author must do or know about it. */
export interface ProposedCommand {
  readonly command: readonly string[];
  readonly check?: string;
}

/** What only a shell understands. */
const SHELL = /[&|;<>$`]/;

/** The command of the side in a folder; undefined if nothing there shows one. */
export function proposeCommand(folder: string, role: Role): ProposedCommand | undefined {
  const project = recogniseProject(folder, role);
  // The files of a folder that holds both sides do not say which side they start.
  const ways = fileNamedAfter(folder, role) === undefined ? startWaysIn(resolve(folder), project?.kind) : [];
  const chosen = ways.find(({ isScript }) => isScript) ?? (project === undefined ? plainWay(ways) : undefined);
  const others = ways.filter((way) => way !== chosen).map(({ command, file }) => `${command} (${file})`);
  const also = others.length === 0 ? [] : [`its files also name: ${others.join(', ')}`];
  if (chosen !== undefined) {
    const usual = project === undefined ? [] : [`without it: ${joinCommand(project.command)}`];
    return proposed(splitCommand(chosen.command), [`from ${chosen.file}; it must pass on SIGTERM`, ...usual, ...also]);
  }
  if (project === undefined) return undefined;
  const { command, commandCheck } = project;
  return proposed(command, [...(commandCheck === undefined ? [] : [commandCheck]), ...also]);
}

function plainWay(ways: readonly StartWay[]): StartWay | undefined {
  return ways.find(({ command }) => !SHELL.test(command));
}

function proposed(command: readonly string[], checks: readonly string[]): ProposedCommand {
  return checks.length === 0 ? { command } : { command, check: checks.join('; ') };
}
