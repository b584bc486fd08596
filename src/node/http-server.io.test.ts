import getPort from 'get-port';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startHttpServer } from './http-server.ts';
import { WorkUnderWay } from './work-under-way.ts';

test('a request that is complete only after the process was asked to end has no effect', async () => {
  let handled = 0;
  const port = await getPort();
  const server = await startHttpServer({
    application: {
      handle: () => {
        handled += 1;
        return Promise.resolve({ status: 200, body: '{}' });
      },
    },
    port,
    work: new WorkUnderWay(),
    healthy: () => Promise.resolve(true),
    log: () => undefined,
  });
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => (received += text));
  const over = new Promise((resolve) => socket.once('close', resolve));
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n{}');
  await new Promise((resolve) => setTimeout(resolve, 100));
  server.stopAccepting();
  socket.write('  ');
  await over;
  await server.close(0);
  expect([received.split('\r\n')[0], handled]).toEqual(['HTTP/1.1 503 Service Unavailable', 0]);
});
