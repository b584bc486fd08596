import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { packageRoot } from '../../platform/compiled-module.ts';
import { startGuard } from '../guard/guard.ts';
import { openEgress } from './egress.ts';
import { LED, runLed } from './led-program.fixture.ts';

const SYSTEM = { isProxied: true, providers: ['twilio' as const] };

test('the key of the authority is in no file, and its files are removed with the run', async () => {
  const guard = await startGuard();
  const egress = await openEgress(SYSTEM, guard);
  const folder = dirname(egress?.environment(1)['SSL_CERT_FILE'] ?? '');
  const files = (await readdir(folder)).toSorted();
  expect(files).toEqual(['authority.pem', 'onesend.ini']);
  for (const name of files) expect(await readFile(join(folder, name), 'utf8')).not.toContain('PRIVATE KEY');
  expect(JSON.stringify(egress?.environment(1))).not.toContain('PRIVATE KEY');
  await guard.close();
  expect(existsSync(folder)).toBe(false);
});

test('servers of the rig are reached without the proxy, on any host', async () => {
  const guard = await startGuard();
  const egress = await openEgress(SYSTEM, guard);
  const { NO_PROXY } = egress?.environment(1, ['http://172.17.0.1:21000', 'postgres://a:b@127.0.0.1:5432/c']) ?? {};
  expect(NO_PROXY).toBe('127.0.0.1,localhost,::1,172.17.0.1');
  await guard.close();
});

test('a system without egress control has no authority', async () => {
  const guard = await startGuard();
  expect(await openEgress({ ...SYSTEM, isProxied: false }, guard)).toBeUndefined();
  await guard.close();
});

/** Sets the dispatcher that a Node before 24 needs to use a proxy. */
const PROGRAM = `
import { EnvHttpProxyAgent, setGlobalDispatcher } from '${join(packageRoot, 'node_modules/undici/index.js')}';
setGlobalDispatcher(new EnvHttpProxyAgent());
const answer = await fetch('https://api.twilio.com/2010-04-01/Accounts/AC7/Messages.json', {
  method: 'POST',
  headers: { authorization: 'Basic ' + btoa('AC7:secret') },
  body: new URLSearchParams({ To: '+9991', From: '+15005550006', Body: 'hello' }),
});
console.log((await answer.json()).sid);
await fetch('https://metrics.example.com/sent').catch(() => console.log('refused'));
`;

test('a program on Node that knows only the host of its provider is redirected to the stub, and any other host is refused', async () => {
  expect(await runLed([process.execPath, '--input-type=module', '--eval', PROGRAM])).toMatchObject(LED);
});
