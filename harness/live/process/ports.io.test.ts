// Ports for the processes of a run.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { compiledModule } from '../../platform/compiled-module.ts';
import { assertPortFree, freePort, onFreePort } from './ports.ts';

describe('the free port', () => {
  test('the free port lies outside the ephemeral range and is never assigned twice', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, freePort));
    expect(new Set(ports).size).toBe(50);
    expect(Math.min(...ports)).toBeGreaterThanOrEqual(20_000);
    expect(Math.max(...ports)).toBeLessThanOrEqual(31_999);
  });

  test('the free port is never one of another process, also while no process listens on it', async () => {
    const portsOf = async () => {
      const program = `import { freePort } from '${compiledModule(import.meta.url, './ports.ts')}';
        const ports = await Promise.all(Array.from({ length: 300 }, freePort));
        process.stdout.write(JSON.stringify(ports));
        await new Promise((resolve) => process.stdin.once('data', resolve));`;
      const child = execa('node', ['--input-type=module', '--eval', program]);
      const [text] = await once(child.stdout, 'data');
      return { ports: JSON.parse(String(text)) as number[], child };
    };
    const both = await Promise.all([portsOf(), portsOf(), portsOf(), portsOf()]);
    const ports = both.flatMap((each) => each.ports);
    expect(ports).toHaveLength(1_200);
    expect(new Set(ports).size).toBe(1_200);
    for (const { child } of both) child.stdin.end('end\n');
    await Promise.all(both.map(({ child }) => child));
  });

  test('the free port that was taken meanwhile is replaced by another one', async () => {
    const tried: number[] = [];
    const used = await onFreePort((port) => {
      tried.push(port);
      return tried.length < 3 ? Promise.reject(new Error('listen EADDRINUSE')) : Promise.resolve(port);
    });
    expect(tried).toHaveLength(3);
    expect(used).toBe(tried[2]);
  });

  test('the free port is not replaced after other errors, nor forever', async () => {
    await expect(onFreePort(() => Promise.reject(new Error('EACCES')))).rejects.toThrow('EACCES');
    await expect(onFreePort(() => Promise.reject(new Error('EADDRINUSE')))).rejects.toThrow('EADDRINUSE');
  });

  test('the free port can be listened on, and is then refused in an error that names its purpose', async () => {
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
