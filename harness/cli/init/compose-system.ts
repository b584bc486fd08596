// Puts a description together: what was answered, what the projects show, and a guess with a CHECK for the rest.
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Role } from '../../../src/contract/message.ts';
import type { ConfigFormat } from './config-name.ts';
import type { Field, FieldList } from './field.ts';
import type { Project } from './project.ts';
import { recogniseProject } from './recognise-project.ts';
import type { Route } from './routes.ts';
import { proposeVariables } from './variables.ts';

/** One side as its author named it. */
export interface Side {
  readonly folder: string;
  readonly command: readonly string[];
}

/** What a description is made of. */
export interface PairAnswers {
  readonly name: string;
  readonly legacy: Side;
  readonly service: Side;
  /** The name of a file with SQL, relative to the description. */
  readonly setup: string;
  /** SQL that flags a tenant's mode, and the path that sends a campaign. */
  readonly mode: string;
  readonly trigger: string;
  /** Where the path was found. */
  readonly route?: Route;
  readonly format: ConfigFormat;
  /** Which of these were guessed. */
  readonly guessed: ReadonlySet<'mode' | 'trigger'>;
}

const TENANT = 'INSERT INTO quota_accounts (tenant_id, units) VALUES (:tenantId, :quota)';
const ITEM =
  'INSERT INTO campaign_sms (id, tenant_id, campaign_id, phone, body) VALUES (:itemId, :tenantId, :campaignId, :phone, :body)';

/** The description of a pair in a file in `base`. */
export function composeSystem(answers: PairAnswers, base: string): FieldList {
  const { name, setup, mode, guessed } = answers;
  const side = (role: Role) => withProject(answers[role], { role, base });
  const sides = { legacy: side('legacy'), service: side('service') };
  const code = Object.values(sides).flatMap(({ path, project }) => project?.code.map((each) => join(path, each)) ?? []);
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
      { key: 'database', value: databaseOf(setup, base) },
      {
        key: 'seed',
        value: {
          fields: [
            {
              key: 'tenant',
              value: TENANT,
              check: 'what a tenant needs: its quota, its account and token at the provider (:account, :token)',
            },
            { key: 'item', value: ITEM, check: 'what a message needs' },
          ],
        },
      },
      { key: 'mode', value: mode, ...(guessed.has('mode') && { check: "a guess; :mode is 'OFF', 'SHADOW' or 'ON'" }) },
      {
        key: 'trigger',
        value: triggerOf(answers),
      },
      { key: 'protocol, identity', check: 'say those that differ from the defaults' },
      { key: 'flush, atRest, recover, reconcile, openBreaker', check: 'say those that the pair has' },
    ],
  };
}

/** A side with its folder as seen from the description, and with what its files say. */
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
  const isProposed = project !== undefined && project.command.join('\0') === command.join('\0');
  const environment = proposeVariables(folder, {
    role,
    given: isProposed ? project.environment : [],
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
        ...(isProposed && project.commandCheck !== undefined && { check: project.commandCheck }),
      },
      ...(path === '' ? [] : [{ key: 'cwd', value: path }]),
      { key: 'environment', value: { fields: environment } },
      readyPath,
    ],
  };
}

function databaseOf(setup: string, base: string): FieldList {
  const grants = 'it makes all tables, and grants for ${legacyRole} and ${serviceRole}';
  const check = existsSync(resolve(base, setup))
    ? grants
    : `to be written, such as from pg_dump --schema-only: ${grants}`;
  return {
    fields: [
      { key: 'setup', value: setup, check },
      {
        key: 'tables',
        check:
          'say which of campaign_sms, sms_logs and quota_accounts, or their columns, are called otherwise, and which more there are',
      },
    ],
  };
}

function triggerOf({ trigger, route, guessed }: PairAnswers): FieldList {
  return { fields: [{ key: 'path', value: trigger, ...(guessed.has('trigger') && { check: triggerCheck(route) }) }] };
}

function triggerCheck(route: Route | undefined): string {
  if (route === undefined) return 'a guess: the path that sends a campaign';
  const csrf = route.file === 'routes/web.php' ? ', and it needs a CSRF token' : '';
  return `the route in ${route.file} whose name says so; a prefix may stand before it${csrf}`;
}
