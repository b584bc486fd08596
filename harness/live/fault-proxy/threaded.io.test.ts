// Tests the fault proxy in its thread, which runs compiled code.
import { Toxiproxy } from 'toxiproxy-node-client';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { InfrastructureError } from '../../platform/errors.ts';
import { startFaultProxyThread, supervise } from './threaded.ts';

function noCrash(error: InfrastructureError): never {
  throw error;
}

test('a threaded fault proxy serves the API until it is closed, and can be closed twice', async () => {
  const proxy = await startFaultProxyThread({ onCrash: noCrash });
  const wire = await new Toxiproxy(proxy.url).createProxy({ name: 'p', listen: '127.0.0.1:0', upstream: 'nowhere:1' });
  expect(wire.enabled).toBe(true);
  await Promise.all([proxy.close(), proxy.close()]);
  await expect(fetch(`${proxy.url}/version`)).rejects.toThrow('fetch failed');
});

test('a threaded fault proxy whose port is in use fails to start, and names the port', async () => {
  const first = await startFaultProxyThread({ onCrash: noCrash });
  const second = startFaultProxyThread({ port: first.port, onCrash: noCrash });
  await expect(second).rejects.toThrow(InfrastructureError);
  await expect(second).rejects.toThrow(String(first.port));
  await first.close();
});

test.each([
  ['throws', 'throw new Error("boom")', 'boom'],
  ['ends', 'process.exit()', 'ended with code 0'],
])('a thread of the fault proxy that %s while in use is reported', async (_title, ending, reason) => {
  const crash = new Promise<InfrastructureError>((resolve, reject) => {
    const code = `
      const { parentPort } = require('node:worker_threads');
      parentPort.once('message', ({ number }) => {
        parentPort.postMessage({ kind: 'answer', number, answer: { url: 'u', port: 1 } });
        setTimeout(() => { ${ending} }, 50);
      });`;
    supervise(new Worker(code, { eval: true }), { settings: {}, onCrash: resolve }).catch(reject);
  });
  expect((await crash).message).toContain(reason);
});

test('a thread of the fault proxy that ends before it listens makes the start fail', async () => {
  const worker = new Worker('throw new Error("boom")', { eval: true });
  await expect(supervise(worker, { settings: {}, onCrash: noCrash })).rejects.toThrow('boom');
});
