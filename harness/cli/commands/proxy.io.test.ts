// Tests `onesend proxy` as a process of compiled code: it serves, prints its address, and ends after a signal.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { execa } from 'execa';
import { Toxiproxy } from 'toxiproxy-node-client';
import { expect, test } from 'vitest';
import { compiledModule } from '../../platform/compiled-module.ts';
import { boundAddress } from '../../live/fault-proxy/bound-address.ts';

const main = compiledModule(import.meta.url, '../main.ts');

function onesendProxy(...commandArguments: string[]) {
  return execa(process.execPath, [main, 'proxy', ...commandArguments], { reject: false });
}

test.each(['SIGINT', 'SIGTERM'] as const)('onesend proxy serves the API on the loopback until %s', async (signal) => {
  const running = onesendProxy('--port', '0', '--proxy-metrics');
  const [greeting] = await once(running.stdout, 'data');
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(greeting))?.[0] ?? '';
  const wire = await new Toxiproxy(url).createProxy({ name: 'wire', listen: '127.0.0.1:0', upstream: 'nowhere:1' });
  expect(wire.enabled).toBe(true);
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
  running.kill(signal);
  expect(await running).toMatchObject({ exitCode: 0, stderr: 'stopping; a second Ctrl-C ends at once' });
  await expect(fetch(`${url}/version`)).rejects.toThrow('fetch failed');
});

test('onesend proxy on a port in use ends with one line that names it', async () => {
  const occupant = createServer().listen(0, '127.0.0.1');
  await once(occupant, 'listening');
  const port = String(boundAddress(occupant).port);
  const { exitCode, stdout, stderr } = await onesendProxy('--port', port);
  expect(stderr).toMatch(new RegExp(`^ONESEND_INFRASTRUCTURE: .*port ${port} of 127\\.0\\.0\\.1.*EADDRINUSE`));
  expect(stderr.split('\n')).toHaveLength(1);
  expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  occupant.close();
});

test('onesend proxy --json prints its address as one document', async () => {
  const running = onesendProxy('--port', '0', '--json', '--host', '127.0.0.1');
  const [document] = await once(running.stdout, 'data');
  expect(JSON.parse(String(document))).toMatchObject({
    format: 'onesend.proxy/1',
    url: expect.stringContaining('http'),
    port: expect.any(Number),
  });
  running.kill('SIGINT');
  expect((await running).exitCode).toBe(0);
});
