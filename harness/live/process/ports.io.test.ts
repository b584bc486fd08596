// Ports for the processes of a run.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { assertPortFree, freePort } from './ports.ts';

describe('the free port', () => {
  test('lies outside the ephemeral range and is never handed out twice', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, freePort));
    expect(new Set(ports).size).toBe(50);
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
    expect(Math.max(...ports)).toBeLessThanOrEqual(31_999);
  });

  test('can be listened on, and is then refused with the purpose it was wanted for', async () => {
    const port = await freePort();
    await assertPortFree(port, 'provider stub');
    const server = createServer().listen(port, '127.0.0.1');
    await once(server, 'listening');
    await expect(assertPortFree(port, 'provider stub')).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: `port ${port} (provider stub) is in use`,
    });
    server.close();
  });
});
