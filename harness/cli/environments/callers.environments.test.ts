// Tests that variables of the user's shell for other programs have no influence, and that a closed terminal loses no result.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { errorLines, folderOf, needs, shell } from './shell.fixture.ts';

const LONG = 'certify --system reference --lane sim --seed 1 --runs 9000000';
const OWNER = String.raw`sed 's/.*"pid":\([0-9]*\).*/\1/' $OUT/.onesend-lock`;
const BEGUN = 'until [ -s $OUT/said ] && [ -s $OUT/.onesend-lock ]; do sleep 0.1; done';

/** Makes every fetch use the variables of proxies, as Node 24 does if NODE_USE_ENV_PROXY is set. */
const USE_PROXIES = `import { EnvHttpProxyAgent, setGlobalDispatcher } from '${pathToFileURL(createRequire(import.meta.url).resolve('undici')).href}';
setGlobalDispatcher(new EnvHttpProxyAgent());`;

describe.concurrent("variables of the user's shell", () => {
  test("variables of the user's shell for PostgreSQL clients and HTTP proxies have no influence on servers of the rig", async (context) => {
    const out = await folderOf(context);
    const preloaded = join(out, 'use-proxies.mjs');
    await writeFile(preloaded, USE_PROXIES);
    const postgres = {
      PGSSLMODE: 'require',
      PGOPTIONS: '-c statement_timeout=1',
      PGUSER: 'x',
      PGPASSWORD: 'x',
      NODE_PG_FORCE_NATIVE: '1',
    };
    const proxies = { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '1' };
    const environment = { ...postgres, ...proxies, NODE_OPTIONS: `--import ${pathToFileURL(preloaded).href}` };
    const ended = await shell('onesend demo --quiet --json', { environment });
    expect(errorLines(ended)).toEqual([]);
    expect(JSON.parse(ended.stdout)).toMatchObject({ format: 'onesend.demo/2' });
  });
});

describe.concurrent('a terminal that is closed', () => {
  test('a terminal that is closed ends a command that prints on it, and its results are saved', async (context) => {
    await needs(context, 'command -v script');
    const out = await folderOf(context);
    const inTerminal = `script -qefc 'onesend ${LONG} --out ${out}' $OUT/said >/dev/null & ${BEGUN}; kill -HUP $(${OWNER}); wait $!`;
    const { exitCode } = await shell(inTerminal, { environment: { OUT: out } });
    expect(exitCode).toBe(130);
    expect(JSON.parse(await readFile(join(out, 'results.json'), 'utf8'))).toMatchObject({ verdict: 'interrupted' });
  });

  test('a terminal that is closed does not end a command that prints elsewhere, as under nohup', async (context) => {
    const out = await folderOf(context);
    const line = `onesend ${LONG} --out ${out} 2>$OUT/said & ${BEGUN}; kill -HUP $(${OWNER}); sleep 1; kill -INT $(${OWNER}); wait $!`;
    const { exitCode } = await shell(line, { environment: { OUT: out } });
    expect(exitCode).toBe(130);
    expect((await readFile(join(out, 'said'), 'utf8')).match(/a second Ctrl-C/g)).toHaveLength(1);
    expect(existsSync(join(out, 'results.json'))).toBe(true);
  });
});

describe.concurrent('the fault proxy alone', () => {
  const SAID = 'until [ -s $OUT/said ]; do sleep 0.1; done';

  test('the fault proxy alone listens on 127.0.0.1 for localhost, even if the hosts file names ::1 first', async (context) => {
    await needs(context, 'unshare --mount true');
    const out = await folderOf(context);
    await writeFile(join(out, 'hosts'), '::1 localhost\n127.0.0.1 localhost\n');
    const line = `mount --bind $OUT/hosts /etc/hosts; onesend proxy --host localhost --port 0 >$OUT/said & ${SAID}; kill -INT $!; wait $!`;
    const { exitCode } = await shell(`unshare --mount sh -c '${line}'`, { environment: { OUT: out } });
    expect(await readFile(join(out, 'said'), 'utf8')).toContain('http://127.0.0.1:');
    expect(exitCode).toBe(0);
  });

  test.for(['-port 0 -config=$OUT/proxies.json', '-port=0 --config $OUT/proxies.json'])(
    "the fault proxy alone accepts Go's flags, and the proxies of a file: %s",
    async (flags, context) => {
      const out = await folderOf(context);
      const proxy = { name: 'wire', listen: '127.0.0.1:0', upstream: '127.0.0.1:1', enabled: true };
      await writeFile(join(out, 'proxies.json'), JSON.stringify([proxy]));
      const url = String.raw`$(grep -o 'http://[0-9.:]*' $OUT/said)/proxies`;
      const line = `onesend proxy ${flags} >$OUT/said & ${SAID}; curl -s ${url}; kill -INT $!; wait $!`;
      const ended = await shell(line, { environment: { OUT: out } });
      expect(ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('"wire"') });
    },
  );

  test('the fault proxy alone refuses a file of proxies that it cannot make', async (context) => {
    const out = await folderOf(context);
    await writeFile(join(out, 'proxies.json'), '[{"name":""}]');
    const ended = await shell('onesend proxy --port 0 -config $OUT/proxies.json', { environment: { OUT: out } });
    expect(errorLines(ended)).toEqual([expect.stringMatching(/^ONESEND_USAGE: --config: the proxies were refused/)]);
    expect(ended).toMatchObject({ exitCode: 2, stdout: '' });
  });
});
