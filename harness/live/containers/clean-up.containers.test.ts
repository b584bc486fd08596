// Which containers stay in the engine: none after a run, none after a killed run, and both when they are to be kept.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { compiledModule } from '../../platform/compiled-module.ts';
import { startGuard } from '../guard/guard.ts';
import { readProcess } from '../guard/process-table.ts';
import type { Infrastructure } from '../infrastructure.ts';
import { type ContainerEngine, findEngine } from './engine.ts';
import { openContainerInfrastructure } from './infrastructure.ts';
import { loadTestcontainers } from './library.ts';
import { whySkipContainers } from './why-skip.ts';

const skipped = await whySkipContainers();
const live = (name: string): string => pathToFileURL(compiledModule(import.meta.url, name)).href;
afterEach(() => void vi.unstubAllEnvs());

/** A rig that opens the containers, prints `up`, and waits to be killed. */
const RIG = `
  const { startGuard } = await import('${live('../guard/guard.ts')}');
  const { openContainerInfrastructure } = await import('${live('./infrastructure.ts')}');
  const guard = await startGuard();
  console.log('guard ' + guard.pid);
  const options = { guard, directory: '/nonexistent', slots: 2, maxConnections: 20, onProgress() {} };
  await openContainerInfrastructure(options);
  console.log('up 0');
  setInterval(() => {}, 1000);`;

async function containersOf(pid: number, { client }: ContainerEngine): Promise<string[]> {
  const all = await client.container.dockerode.listContainers({ all: true, filters: { label: ['onesend.process'] } });
  return all.filter(({ Labels: labels }) => labels['onesend.process']?.startsWith(`${pid} `)).map(({ Id: id }) => id);
}

async function startRig() {
  const rig = spawn(process.execPath, ['--input-type=module', '-e', RIG], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said = new Map<string, number>();
  createInterface({ input: rig.stdout }).on('line', (line) => {
    const [name = '', number] = line.split(' ');
    said.set(name, Number(number));
  });
  const until = async (name: string): Promise<number> => {
    while (!said.has(name)) {
      expect(rig.exitCode).toBeNull();
      await sleep(5);
    }
    return said.get(name) ?? 0;
  };
  return { pid: rig.pid ?? 0, until, kill: () => rig.kill('SIGKILL') };
}

async function untilEnded(pid: number): Promise<void> {
  while (readProcess(pid)?.ended === false) await sleep(10);
}

async function withInfrastructure(
  work: (infrastructure: Infrastructure) => Promise<void> | void,
  maxConnections = 20,
): Promise<void> {
  const guard = await startGuard();
  try {
    const opening = { guard, directory: '/nonexistent', slots: 2, maxConnections, onProgress: () => undefined };
    const infrastructure = await openContainerInfrastructure(opening);
    try {
      await work(infrastructure);
    } finally {
      await infrastructure.close();
    }
  } finally {
    await guard.close();
  }
}

describe.skipIf(skipped !== undefined)('runs in the engine', () => {
  test('a run leaves no container behind in the engine', async () => {
    const engine = await findEngine(await loadTestcontainers());
    await withInfrastructure(async () => expect(await containersOf(process.pid, engine)).toHaveLength(2));
    expect(await containersOf(process.pid, engine)).toEqual([]);
  });

  test('a run whose server refuses to start leaves no container behind, and says why it refused', async () => {
    const engine = await findEngine(await loadTestcontainers());
    await expect(withInfrastructure(() => undefined, 1_000_000)).rejects.toMatchObject({
      code: 'ONESEND_INFRASTRUCTURE',
      message: expect.stringMatching(
        /^the containers did not start: \S+postgres\S+ ended with exit code 1: .*FATAL.*1000010/,
      ),
    });
    expect(await containersOf(process.pid, engine)).toEqual([]);
  });

  test('a rig that is killed leaves no container behind, because its guard removes them', async () => {
    const engine = await findEngine(await loadTestcontainers());
    const rig = await startRig();
    const guard = await rig.until('guard');
    await rig.until('up');
    expect(await containersOf(rig.pid, engine)).toHaveLength(2);
    rig.kill();
    await untilEnded(guard);
    expect(await containersOf(rig.pid, engine)).toEqual([]);
  });

  // These tests can run concurrently because each rig has its own label.
  test.concurrent.each([200, 600, 1_000, 1_500])(
    'a rig that is killed %i ms into its start leaves no container behind',
    async (delayMs) => {
      const engine = await findEngine(await loadTestcontainers());
      const rig = await startRig();
      const guard = await rig.until('guard');
      await sleep(delayMs);
      rig.kill();
      await untilEnded(guard);
      expect(await containersOf(rig.pid, engine)).toEqual([]);
    },
  );

  test('containers that are to be kept are found and used again by the next run', async () => {
    vi.stubEnv('TESTCONTAINERS_REUSE_ENABLE', 'true');
    const seen: string[] = [];
    const look = async ({ postgres, proxies }: Infrastructure): Promise<void> => {
      seen.push(`${postgres.host}:${postgres.port} ${proxies.apiUrl}`);
    };
    const engine = await findEngine(await loadTestcontainers());
    const { dockerode } = engine.client.container;
    const before = new Set((await dockerode.listContainers({ all: true })).map(({ Id: id }) => id));
    try {
      await withInfrastructure(look);
      await withInfrastructure(look);
      expect(seen[0]).toBe(seen[1]);
    } finally {
      const kept = (await dockerode.listContainers({ all: true })).filter(({ Id: id }) => !before.has(id));
      expect(kept).toHaveLength(2);
      await Promise.all(kept.map(({ Id: id }) => dockerode.getContainer(id).remove({ force: true, v: true })));
    }
  });
});
