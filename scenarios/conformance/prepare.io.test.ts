// What a description prepares in the template database: commands first, then its SQL.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeSystem } from '../../harness/adapters/describe-system.ts';
import { checkSystemConfig } from '../../harness/formats/system-config.ts';
import { packageRoot } from '../../harness/platform/compiled-module.ts';
import { type Guard, startGuard } from '../../harness/live/guard/guard.ts';
import type { Infrastructure } from '../../harness/live/infrastructure.ts';
import { prepareTemplate } from '../../harness/live/lane-template.ts';
import { nameRoles } from '../../harness/live/run-names.ts';
import { openSharedInfrastructure } from '../../harness/live/shared-server.fixture.ts';

let guard: Guard;
let infrastructure: Infrastructure;
beforeAll(async () => {
  guard = await startGuard();
});
afterAll(() => guard.close());
beforeEach(async () => {
  infrastructure = await openSharedInfrastructure();
});
afterEach(() => infrastructure.close());

/** Prepares a template with a command that runs `code`, and then with the SQL `setup`. */
function prepared(code: string, setup: string): Promise<unknown> {
  const environment = { DATABASE_URL: '${databaseUrl}' };
  const config = {
    name: 'pair',
    processes: { legacy: { command: ['serve'], environment }, service: { command: ['serve'] } },
    database: { prepare: [{ command: [process.execPath, '--input-type=module', '-e', code] }], setup },
    seed: { tenant: 'SELECT 1', item: 'SELECT 2' },
    mode: 'SELECT 3',
    trigger: { path: '/send' },
  };
  const { names, postgres } = infrastructure;
  const description = nameRoles(describeSystem(checkSystemConfig(config, 'pair'), packageRoot), names);
  return prepareTemplate(postgres, { name: names.template, description, guard });
}

const MIGRATE = `
  import pg from 'pg';
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query('CREATE TABLE made (id int)');
  await client.end();`;

test('a preparing command that fails is an error with the last lines of its output', async () => {
  const failing = prepared("console.log('no such migration'); process.exit(3)", 'SELECT 1');
  await expect(failing).rejects.toMatchObject({
    code: 'ONESEND_BAD_SYSTEM',
    message: expect.stringMatching(/database\.prepare: .*exit code 3/),
    details: ['no such migration'],
  });
});

test('the SQL of the set-up finds the tables that a preparing command made', async () => {
  // After the set-up, the tables that every pair needs are missing.
  await expect(prepared(MIGRATE, 'ALTER TABLE made ADD COLUMN name text')).rejects.toThrow('3 errors in the tables');
});
