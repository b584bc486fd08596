// Tests the start of a system's process whose port another program holds for a moment, such as another rig that looks for a free port.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SystemDescription } from '../formats/system-description.ts';
import { type Guard, startGuard } from './guard/guard.ts';
import { freePort } from './process/ports.ts';
import { systemProcess } from './system-processes.ts';

let guard: Guard;
beforeAll(async () => {
  guard = await startGuard();
});
afterAll(() => guard.close());

const SERVE =
  "require('http').createServer((_, answer) => answer.end('ok')).listen(Number(process.argv[1]), '127.0.0.1')";

function processOn(port: number) {
  const described = {
    command: process.execPath,
    arguments: ['-e', SERVE, '${port}'],
    environment: {},
    also: [],
    prepare: [],
    logs: [],
    readyPath: '/',
  };
  const description = { name: 'toy', processes: { legacy: described, service: described } };
  return systemProcess({
    role: 'service',
    description: description as unknown as SystemDescription,
    guard,
    port,
    placeholders: { port: String(port) },
  });
}

test('a process of a system whose port was taken is started again, and this is not recorded as a death', async () => {
  const port = await freePort();
  const occupant = createServer().listen(port, '127.0.0.1');
  await once(occupant, 'listening');
  const service = processOn(port);
  const started = service.start();
  await expect.poll(() => service.takeLines().some(({ line }) => line.includes('EADDRINUSE'))).toBe(true);
  occupant.close();
  await started;
  expect(service.leaders()).toHaveLength(1);
  expect(service.takeDeaths()).toEqual([]);
  await service.stop();
});

test('a process of a system can be closed while it starts, and then does not start again', async () => {
  const service = processOn(await freePort());
  const started = service.start();
  // By now the rig has asked the operating system for the process, and has no answer yet.
  await Promise.resolve();
  const closed = service.close();
  await expect(started).rejects.toMatchObject({ code: 'ONESEND_INFRASTRUCTURE' });
  await closed;
  expect(service.leaders()).toEqual([]);
  await expect(service.start()).rejects.toThrow('its slot is closed');
});

test('a process of a system does not start while its port stays taken, and the error shows its output', async () => {
  const port = await freePort();
  const occupant = createServer((socket) => void socket.destroy()).listen(port, '127.0.0.1');
  await once(occupant, 'listening');
  await expect(processOn(port).start()).rejects.toMatchObject({
    code: 'ONESEND_INFRASTRUCTURE',
    details: expect.arrayContaining([expect.stringContaining('EADDRINUSE')]),
  });
  occupant.close();
});
