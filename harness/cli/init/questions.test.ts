import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UsageError } from '../../platform/errors.ts';
import type { Questioner } from '../questioner.ts';
import { GO, LARAVEL, NODE, writeFiles } from './projects.fixture.ts';
import { answerQuestions } from './questions.ts';

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'onesend-questions-test-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

describe('without a terminal', () => {
  test('without a terminal the only Laravel and the only Go folder are the two sides, and the rest has defaults', async () => {
    await writeFiles(join(base, 'backoffice'), LARAVEL);
    await writeFiles(join(base, 'sms'), GO);
    await writeFiles(join(base, 'site'), NODE);
    expect(await answerQuestions({}, { base, questioner: undefined })).toMatchObject({
      name: basename(base),
      legacy: { folder: 'backoffice' },
      service: { folder: 'sms', command: ['./bin/server'] },
      setup: 'schema.sql',
      guessed: new Set(['mode', 'trigger']),
    });
  });

  test('without a terminal an SQL file in one of the folders is proposed', async () => {
    await writeFiles(join(base, 'legacy'), NODE);
    await writeFiles(join(base, 'service'), NODE);
    expect(await answerQuestions({}, { base, questioner: undefined })).toMatchObject({ setup: 'legacy/schema.sql' });
  });

  test('without a terminal the path of a route that sends is proposed, with the file that declares it', async () => {
    await writeFiles(join(base, 'legacy'), { ...LARAVEL, 'routes/web.php': "Route::post('/sms/{id}/launch', 'X@y');" });
    await writeFiles(join(base, 'service'), GO);
    expect(await answerQuestions({}, { base, questioner: undefined })).toMatchObject({
      trigger: '/sms/:campaignId/launch',
      route: { file: 'routes/web.php' },
      guessed: new Set(['mode', 'trigger']),
    });
    const reported = await answerQuestions({ trigger: '/go/:campaignId' }, { base, questioner: undefined });
    expect(reported.route).toBeUndefined();
    expect(reported.guessed).toEqual(new Set(['mode']));
  });

  test('without a flag for it, an unknown language in an answer is refused', async () => {
    await writeFiles(join(base, 'legacy'), NODE);
    await writeFiles(join(base, 'service'), NODE);
    const questioner: Questioner = {
      ask: (question, proposal) => Promise.resolve(question.startsWith('language') ? 'yaml' : (proposal ?? '')),
      close: () => undefined,
    };
    await expect(answerQuestions({}, { base, questioner })).rejects.toThrow(
      '--format: expected one of ts, js, json, received yaml',
    );
  });

  test('without a terminal one error names all flags that are missing', async () => {
    await writeFiles(join(base, 'one'), GO);
    await writeFiles(join(base, 'other'), GO);
    const refused = answerQuestions({}, { base, questioner: undefined });
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow('missing --legacy, --service, --legacy-command, --service-command');
  });

  test('without a terminal a folder that does not exist is refused', async () => {
    const refused = answerQuestions({ legacy: 'nowhere' }, { base, questioner: undefined });
    await expect(refused).rejects.toThrow(`--legacy: expected a folder, found none at ${join(base, 'nowhere')}`);
  });
});

test('in a terminal each value that no flag gives is a question, with the value that was found as its proposal', async () => {
  await writeFiles(join(base, 'legacy'), LARAVEL);
  await writeFiles(join(base, 'a service'), { 'run.sh': '' });
  const asked: Record<string, string | undefined> = {};
  const replies: Record<string, string> = {
    'folder of the service': 'a service',
    'command that starts the service': './run.sh ${port}',
    'language of the configuration: ts, js, json': 'json',
  };
  const questioner: Questioner = {
    async ask(question, proposal) {
      asked[question] = proposal;
      return replies[question] ?? proposal ?? '';
    },
    close: () => undefined,
  };
  const answers = await answerQuestions({ name: 'acme', trigger: '/go/:campaignId' }, { base, questioner });
  expect(answers).toMatchObject({
    name: 'acme',
    legacy: { folder: 'legacy' },
    service: { folder: 'a service', command: ['./run.sh', '${port}'] },
    format: 'json',
    guessed: new Set(['mode']),
  });
  expect(asked).toEqual({
    'folder of the legacy app': 'legacy',
    'folder of the service': undefined,
    'command that starts the legacy app': 'php -S 127.0.0.1:${port} -t public public/index.php',
    'command that starts the service': undefined,
    'file of SQL that makes the tables and grants': 'schema.sql',
    "SQL that sets a tenant's mode":
      'INSERT INTO flags (tenant_id, mode) VALUES (:tenantId, :mode) ON CONFLICT (tenant_id) DO UPDATE SET mode = excluded.mode',
    'language of the configuration: ts, js, json': 'js',
  });
});
