// Collects the answers that init needs: each is from a flag, from the user at the terminal, or from the contents of the folders.
import { existsSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import type { Role } from '../../../src/contract/message.ts';
import { UsageError } from '../../platform/errors.ts';
import type { Questioner } from '../questioner.ts';
import { joinCommand, splitCommand } from './command-words.ts';
import type { PairAnswers } from './compose-system.ts';
import { CONFIG_FORMATS, type ConfigFormat, usualFormat } from './config-name.ts';
import { existing } from './project-files.ts';
import { proposeCommand } from './propose-command.ts';
import { proposeFolder, recogniseProject } from './recognise-project.ts';
import { describedPath, proposeTrigger, type Route } from './routes.ts';

/** The answers that flags can give. */
export interface PairFlags {
  readonly legacy?: string;
  readonly service?: string;
  readonly name?: string;
  readonly legacyCommand?: string;
  readonly serviceCommand?: string;
  readonly setup?: string;
  readonly mode?: string;
  readonly trigger?: string;
  readonly format?: ConfigFormat;
}

const MODE =
  'INSERT INTO flags (tenant_id, mode) VALUES (:tenantId, :mode) ON CONFLICT (tenant_id) DO UPDATE SET mode = excluded.mode';
const TRIGGER = '/campaigns/:campaignId/send';
const SCHEMAS = [
  'schema.sql',
  'db/schema.sql',
  'sql/schema.sql',
  'database/schema.sql',
  'database/schema/pgsql-schema.sql',
];

/**
 * Answers all questions for a description in `base`. Without a questioner, it throws one UsageError that names the flags of all questions
 * with neither a flag nor a proposal.
 */
export async function answerQuestions(
  flags: PairFlags,
  { base, questioner }: { base: string; questioner: Questioner | undefined },
): Promise<PairAnswers> {
  const missing: string[] = [];
  const answer = async (flag: keyof PairFlags, question: string, proposal?: string): Promise<string> => {
    const given = flags[flag] ?? (await questioner?.ask(question, proposal)) ?? proposal;
    if (given === undefined) missing.push(`--${flag.replace(/C/, '-c')}`);
    return given ?? '';
  };
  const folder = async (role: Role, question: string): Promise<string> => {
    const path = await answer(role, question, proposeFolder(base, role));
    if (path !== '') assertFolder(resolve(base, path), role);
    return path;
  };
  const command = async (role: Role, path: string): Promise<string[]> => {
    const proposal = path === '' ? undefined : proposeCommand(resolve(base, path), role)?.command;
    const line = proposal === undefined ? undefined : joinCommand(proposal);
    return splitCommand(await answer(`${role}Command`, `command that starts the ${NOUNS[role]}`, line));
  };
  const legacy = await folder('legacy', 'folder of the legacy app');
  const service = await folder('service', 'folder of the service');
  const name = await answer('name', 'name of the pair in reports', basename(base) || 'pair');
  const legacyCommand = await command('legacy', legacy);
  const serviceCommand = await command('service', service);
  const setup = await answer(
    'setup',
    'file of SQL that makes the tables and grants',
    proposeSetup(base, [legacy, service]),
  );
  const mode = await answer('mode', "SQL that sets a tenant's mode", MODE);
  const route = legacy === '' ? undefined : proposeRoute(resolve(base, legacy));
  const proposed = route === undefined ? TRIGGER : describedPath(route.path);
  const trigger = await answer('trigger', 'path that sends a campaign', proposed);
  const format = await answer(
    'format',
    `language of the configuration: ${CONFIG_FORMATS.join(', ')}`,
    usualFormat(base),
  );
  if (missing.length > 0) {
    throw new UsageError(`missing ${missing.join(', ')}`, {
      hint: 'in a terminal, onesend init asks for what is missing',
    });
  }
  return {
    name,
    legacy: { folder: legacy, command: legacyCommand },
    service: { folder: service, command: serviceCommand },
    setup,
    mode,
    trigger,
    ...(trigger === proposed && route !== undefined && { route }),
    format: formatNamed(format),
    guessed: new Set([
      ...(mode === MODE ? ['mode' as const] : []),
      ...(trigger === proposed ? ['trigger' as const] : []),
    ]),
  };
}

const NOUNS: Readonly<Record<Role, string>> = { legacy: 'legacy app', service: 'service' };

function assertFolder(path: string, role: Role): void {
  if (existsSync(path) && statSync(path).isDirectory()) return;
  throw new UsageError(`--${role}: expected a folder, found none at ${path}`);
}

function formatNamed(name: string): ConfigFormat {
  const format = CONFIG_FORMATS.find((known) => known === name);
  if (format !== undefined) return format;
  throw new UsageError(`--format: expected one of ${CONFIG_FORMATS.join(', ')}, received ${name}`);
}

function proposeRoute(folder: string): Route | undefined {
  return proposeTrigger(recogniseProject(folder, 'legacy')?.routes ?? []);
}

function proposeSetup(base: string, folders: readonly string[]): string {
  const paths = ['.', ...folders].flatMap((folder) =>
    SCHEMAS.map((name) => relative(base, resolve(base, folder, name))),
  );
  return existing(base, paths)[0] ?? 'schema.sql';
}
