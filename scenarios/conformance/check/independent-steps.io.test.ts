// Steps that do not depend on a failed step still run, and no step shows a credential.
import type { Role } from '../../../src/contract/message.ts';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadSystem } from '../../../harness/adapters/load-system.ts';
import type { ProcessDescription, SystemDescription } from '../../../harness/formats/system-description.ts';
import { packageRoot } from '../../../harness/platform/compiled-module.ts';
import { checkOnSharedServer, failuresOf, outcomesOf } from './mistaken-pair.fixture.ts';

let pair: SystemDescription;
beforeAll(async () => {
  pair = (await loadSystem(join(packageRoot, 'examples/node-pair/onesend.config.js'), {})).description;
});

/** The pair with these programs as its processes. */
function withPrograms(programs: Readonly<Record<Role, string>>): SystemDescription {
  const run = (program: string, described: ProcessDescription): ProcessDescription => ({
    ...described,
    command: process.execPath,
    arguments: ['-e', program],
  });
  const { legacy, service } = pair.processes;
  return { ...pair, processes: { legacy: run(programs.legacy, legacy), service: run(programs.service, service) } };
}

const serving = (answer: string, port = 'process.env.PORT'): string =>
  `require('http').createServer((request, response) => { ${answer} }).listen(${port}, '127.0.0.1')`;

test.concurrent('three independent mistakes give one line each', async () => {
  const steps = await checkOnSharedServer({
    ...withPrograms({
      legacy: serving("response.end('ok')", '0'),
      service: "console.error('no such secret'); process.exit(3)",
    }),
    seed: { ...pair.seed, item: ['INSERT INTO campaign_sms (id, telephone) VALUES (:itemId, :phone)'] },
  });
  expect(failuresOf(steps)).toEqual([
    expect.stringMatching(/^seed: /),
    expect.stringMatching(/^start legacy: /),
    expect.stringMatching(/^start service: /),
  ]);
  expect(outcomesOf(steps, 'ok')).toEqual(['credentials', 'servers', 'roles', 'schema', 'tables', 'grants']);
  expect(steps.at(-1)).toMatchObject({ step: 'reset', outcome: 'not-tried' });
});

describe('what looks like a real credential', () => {
  const secret = '0123456789abcdef'.repeat(2);
  const place = '.env: TWILIO_AUTH_TOKEN';
  const withCredential = (isConfirmed: boolean): SystemDescription => ({
    ...withPrograms({
      legacy: serving(`console.log('${secret}'); response.writeHead(500).end('${secret}')`),
      service: `console.log('${secret}'); process.exit(3)`,
    }),
    credentials: [{ place, kind: 'a Twilio auth token', secret, isConfirmed }],
  });

  test.concurrent('a credential that looks real starts nothing unless it is confirmed', async () => {
    const steps = await checkOnSharedServer(withCredential(false));
    expect(failuresOf(steps)).toEqual([
      expect.stringMatching(/^credentials: .*\.env: TWILIO_AUTH_TOKEN looks like a Twilio auth token \(remove it/),
    ]);
    expect(outcomesOf(steps, 'not-tried')).toEqual(expect.arrayContaining(['start legacy', 'start service', 'sends']));
  });

  test.concurrent('a confirmed credential is shown nowhere, even if the systems write it', async () => {
    const steps = await checkOnSharedServer(withCredential(true));
    const failures = failuresOf(steps).join('\n');
    expect(failures).toMatch(/start legacy: .*status 500: "\[\.env: TWILIO_AUTH_TOKEN\]"/);
    expect(failures).toMatch(/start service: .*it exited with code 3.*\[\.env: TWILIO_AUTH_TOKEN\]/);
    expect(JSON.stringify(steps)).not.toContain(secret);
  });
});
