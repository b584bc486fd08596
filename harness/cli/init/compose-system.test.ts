// Tests the configuration that init composes for each kind of project: its text, and that it is a valid description.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkSystemConfig } from '../../formats/system-config.ts';
import { composeSystem } from './compose-system.ts';
import { checksIn, type FieldList, plainObject } from './field.ts';
import { type Files, GO, LARAVEL, NODE, writeFiles } from './projects.fixture.ts';
import { answerQuestions, type PairFlags } from './questions.ts';
import { renderJson, renderModule } from './render-config.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'onesend-compose-test-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

/** Composes the configuration of a pair of projects without questions; flags override what the projects show. */
async function composed(pair: { legacy: Files; service: Files }, flags: PairFlags = {}): Promise<FieldList> {
  await writeFiles(join(base, 'legacy'), pair.legacy);
  await writeFiles(join(base, 'service'), pair.service);
  return composeSystem(await answerQuestions({ name: 'acme', ...flags }, { base, questioner: undefined }), base);
}

const PAIRS = [
  ['Laravel and Go', { legacy: LARAVEL, service: GO }],
  ['Node and Node', { legacy: NODE, service: NODE }],
] as const;

describe.each(PAIRS)('a configuration for %s', (_, pair) => {
  test('a new configuration holds what is known, and marks the rest with CHECK', async () => {
    expect(renderModule(await composed(pair))).toMatchSnapshot();
  });

  test('a new configuration is a valid description', async () => {
    expect(checkSystemConfig(plainObject(await composed(pair)), 'test')).toMatchObject({ name: 'acme' });
  });

  test('a new configuration has the format of Prettier', async () => {
    const text = renderModule(await composed(pair));
    expect(await format(text, { parser: 'babel', singleQuote: true, printWidth: 120, trailingComma: 'all' })).toBe(
      text,
    );
  });

  test('a new configuration in JSON has the same fields as in a module', async () => {
    const system = await composed(pair);
    const { $schema: _schema, ...parsed }: Record<string, unknown> = JSON.parse(renderJson(system));
    expect(parsed).toEqual(plainObject(system));
  });
});

test('answers to questions are used unchanged in a new configuration, without CHECK', async () => {
  const system = await composed(
    { legacy: LARAVEL, service: { 'run.sh': '' } },
    {
      legacyCommand: 'deploy/serve "two words" ${port}',
      serviceCommand: "bin/service '--name=it\"s'",
      setup: 'db/all.sql',
      mode: "UPDATE tenants SET mode = :mode WHERE id = :tenantId AND kind = 'sms'",
      trigger: '/send/:campaignId',
    },
  );
  expect(plainObject(system)).toMatchObject({
    processes: {
      legacy: { command: ['deploy/serve', 'two words', '${port}'], cwd: 'legacy' },
      service: { command: ['bin/service', '--name=it"s'], cwd: 'service' },
    },
    database: { setup: 'db/all.sql' },
    mode: "UPDATE tenants SET mode = :mode WHERE id = :tenantId AND kind = 'sms'",
    trigger: { path: '/send/:campaignId' },
  });
  expect(checksIn(system).filter((check) => /^(?:mode|trigger|processes\.\w+\.command)/.test(check))).toEqual([]);
});

test('further files of SQL that make tables are named beside the setup, which they are not part of', async () => {
  const table = (name: string): string => `CREATE TABLE ${name} (message_uuid uuid, status text);`;
  const legacy = { ...NODE, 'schema.sql': table('sms_logs'), 'db/authority.sql': table('send_authority') };
  const setupChecks = async (files: Files): Promise<string[]> =>
    checksIn(await composed({ legacy: files, service: NODE })).filter((check) => check.startsWith('database.setup'));
  expect(await setupChecks(legacy)).toEqual([
    expect.stringMatching(
      /further tables are made in legacy\/db\/authority\.sql, service\/schema\.sql: `setup` can be a list of files$/,
    ),
  ]);
  expect(await setupChecks({ ...legacy, 'db/authority.sql': '' })).toEqual([
    expect.stringMatching(/further tables are made in service\/schema\.sql: /),
  ]);
});

test('a new configuration holds no value of .env and .env.example', async () => {
  const text = renderModule(await composed({ legacy: LARAVEL, service: GO }));
  expect(text).not.toMatch(/secret|crm\.example|api\.twilio|mysql/);
});
