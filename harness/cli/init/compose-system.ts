// Composes a description from the answers of the author, from what the projects show, and from guesses, which are marked with CHECK.
import { existsSync } from 'node:fs';
import { join, normalize, relative, resolve } from 'node:path';
import type { Role } from '../../../src/contract/message.ts';
import type { ConfigFormat } from './config-name.ts';
import type { Field, FieldList } from './field.ts';
import { findTables, type FoundTable } from './find-tables.ts';
import type { Project } from './project.ts';
import { proposeActions } from './propose-actions.ts';
import { proposeCommand } from './propose-command.ts';
import { proposeSeed } from './propose-seed.ts';
import { proposeTables } from './propose-tables.ts';
import { recogniseProject } from './recognise-project.ts';
import type { Route } from './routes.ts';
import { proposeVariables } from './variables.ts';

/** One system of the pair: the folder, and the command that starts it. */
export interface Side {
  readonly folder: string;
  readonly command: readonly string[];
}

/** The answers from which a description is composed. */
export interface PairAnswers {
  readonly name: string;
  readonly legacy: Side;
  readonly service: Side;
  /** The path of an SQL file, relative to the description. */
  readonly setup: string;
  /** SQL that sets a tenant's mode. */
  readonly mode: string;
  /** The path that sends a campaign. */
  readonly trigger: string;
  /** The route from whose declaration `trigger` was taken. */
  readonly route?: Route;
  readonly format: ConfigFormat;
  /** The answers that are guesses. */
  readonly guessed: ReadonlySet<'mode' | 'trigger'>;
}

/** Composes the description of a pair for a file in `base`. */
export function composeSystem(answers: PairAnswers, base: string): FieldList {
  const { name, setup, mode, guessed } = answers;
  const side = (role: Role) => withProject(answers[role], { role, base });
  const sides = { legacy: side('legacy'), service: side('service') };
  const code = Object.values(sides).flatMap(({ path, project }) => project?.code.map((each) => join(path, each)) ?? []);
  const found = findTables(base, { files: [setup], folders: Object.values(sides).map(({ path }) => path) });
  const tables = { fields: proposeTables(found) };
  return {
    fields: [
      { key: 'name', value: name },
      ...(code.length === 0
        ? [{ key: 'code', check: 'the files and folders of their code, which the certificate hashes' }]
        : [{ key: 'code', value: [...new Set(code)] }]),
      {
        key: 'processes',
        value: {
          fields: [
            { key: 'legacy', value: processOf(sides.legacy) },
            { key: 'service', value: processOf(sides.service) },
          ],
        },
      },
      { key: 'database', value: databaseOf(setup, { base, found, tables }) },
      {
        key: 'seed',
        value: proposeSeed(tables),
      },
      { key: 'mode', value: mode, ...(guessed.has('mode') && { check: "a guess; :mode is 'OFF', 'SHADOW' or 'ON'" }) },
      {
        key: 'trigger',
        value: triggerOf(answers),
      },
      { key: 'protocol, identity', check: 'write those that differ from the defaults' },
      ...proposeActions(
        (sides.legacy.project?.routes ?? []).filter(({ path }) => path !== answers.route?.path),
        sides.legacy.path,
      ),
    ],
  };
}

/** A side with its absolute folder, its path relative to the description, and the project that was recognised in it. */
interface SideWithProject extends Side {
  readonly role: Role;
  readonly path: string;
  readonly project: Project | undefined;
}

function withProject(side: Side, { role, base }: { role: Role; base: string }): SideWithProject {
  const folder = resolve(base, side.folder);
  return { ...side, role, folder, path: relative(base, folder), project: recogniseProject(folder, role) };
}

function processOf({ role, folder, path, command, project }: SideWithProject): FieldList {
  const proposed = proposeCommand(folder, role);
  const isProposed = proposed?.command.join('\0') === command.join('\0');
  const environment = proposeVariables(folder, {
    role,
    given: (isProposed ? project?.environment : undefined) ?? [],
    command,
    reads: project?.reads ?? [],
  });
  const readyPath: Field =
    project?.readyPath === undefined
      ? { key: 'readyPath', value: '/', check: 'a path that answers with a success once it serves' }
      : { key: 'readyPath', value: project.readyPath };
  return {
    fields: [
      {
        key: 'command',
        value: command,
        ...(isProposed && proposed.check !== undefined && { check: proposed.check }),
      },
      ...(path === '' ? [] : [{ key: 'cwd', value: path }]),
      { key: 'environment', value: { fields: environment } },
      readyPath,
    ],
  };
}

function databaseOf(
  setup: string,
  { base, found, tables }: { base: string; found: readonly FoundTable[]; tables: FieldList },
): FieldList {
  const grants = 'it must make all tables, and grants for ${legacyRole} and ${serviceRole}';
  const others = otherSql(found, setup);
  const check = [
    existsSync(resolve(base, setup)) ? '' : 'write this file, for example with pg_dump --schema-only: ',
    grants,
    others.length === 0 ? '' : `; further tables are made in ${others.join(', ')}: \`setup\` can be a list of files`,
  ].join('');
  const proposed: Field = found.length === 0 ? { key: 'tables', check: NO_TABLES } : { key: 'tables', value: tables };
  return { fields: [{ key: 'setup', value: setup, check }, proposed] };
}

/** The SQL files that make tables and that `setup` does not name. */
function otherSql(found: readonly FoundTable[], setup: string): string[] {
  const files = found.map(({ place }) => place.replace(/:\d+$/, ''));
  return [...new Set(files)].filter((file) => file.endsWith('.sql') && normalize(file) !== normalize(setup));
}

const NO_TABLES =
  'no SQL and no migration that makes tables was found; write the names of campaign_sms, sms_logs and quota_accounts, or of their columns, if they differ, and any further tables';

function triggerOf({ trigger, route, guessed }: PairAnswers): FieldList {
  return { fields: [{ key: 'path', value: trigger, ...(guessed.has('trigger') && { check: triggerCheck(route) }) }] };
}

function triggerCheck(route: Route | undefined): string {
  if (route === undefined) return 'a guess: the path that sends a campaign';
  const csrf = route.file === 'routes/web.php' ? ', and it can need a CSRF token' : '';
  return `a guess by the name of this route in ${route.file}:${route.line}; it can have a prefix${csrf}`;
}
