// The worst lie of a harness is a green that saw nothing: means that silently fail on purpose, and the verdict that follows.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { planScenarios } from '../../harness/generators/plan.ts';
import type { InfrastructureName } from '../../harness/live/infrastructure.ts';
import { type LiveLane, openLiveLane } from '../../harness/live/lane.ts';
import { type Certification, certify, type CertifyOptions } from '../../harness/runner/certify.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { system as reference } from '../../src/reference.ts';
import { startLentServers } from '../conformance/external-servers.fixture.ts';
import { NETWORK_FAULT_SCENARIOS } from '../conformance/network-faults.ts';
import { startForgetfulProxy } from './forgetful-proxy.ts';

type Servers = Awaited<ReturnType<typeof startServers>>;
let servers: Servers;
beforeAll(async () => {
  servers = await startServers();
  vi.stubEnv('ONESEND_POSTGRES_URL', servers.postgresUrl);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await servers.close();
});

async function startServers() {
  const lent = await startLentServers();
  const forgetful = await startForgetfulProxy(lent.proxyUrl);
  return {
    postgresUrl: lent.postgres.url('postgres'),
    honestUrl: lent.proxyUrl,
    forgetfulUrl: forgetful.url,
    async close() {
      await forgetful.close();
      await lent.close();
    },
  };
}

async function onLane<T>(infrastructure: InfrastructureName, work: (lane: LiveLane) => Promise<T>): Promise<T> {
  const lane = await openLiveLane({ description: describeAssembly(reference), slots: 6, infrastructure });
  try {
    return await work(lane);
  } finally {
    await lane.close();
  }
}

function certifyOn(lane: LiveLane, more: Pick<CertifyOptions, 'plan' | 'onProgress'>): Promise<Certification> {
  return certify({
    lane,
    oracle: checkersOracle,
    system: { name: 'reference', sha256: '', files: {} },
    seed: 1,
    runs: more.plan?.length ?? 0,
    readings: {},
    timings: {},
    infrastructure: {},
    versions: {},
    ...more,
  });
}

/** What a certification of the network's faults on this proxy server says of the latency toxic. */
async function complaintsOfLatency(toxiproxyUrl: string): Promise<{ complaints: string[]; verdict: string }> {
  vi.stubEnv('ONESEND_TOXIPROXY_URL', toxiproxyUrl);
  const plan = NETWORK_FAULT_SCENARIOS.map((scenario) => ({ scenario, origin: 'stratified' as const }));
  const { result } = await onLane('external', (lane) => certifyOn(lane, { plan }));
  return { complaints: result.reasons.filter((reason) => reason.includes("'latency ")), verdict: result.verdict };
}

it('a proxy that does not apply a latency it acknowledged makes the run inconclusive', async () => {
  expect(await complaintsOfLatency(servers.honestUrl)).toMatchObject({ complaints: [] });
  const { complaints, verdict } = await complaintsOfLatency(servers.forgetfulUrl);
  expect(verdict).toBe('inconclusive');
  expect(complaints).toContain("fault 'latency downstream' had traffic and left no receipt in 1 scenarios");
  expect(complaints).toContain("fault 'latency upstream' had traffic and left no receipt in 1 scenarios");
});

it('observers and a provider stub that die midway never make a pass', async () => {
  const { result } = await onLane('embedded', (lane) => {
    let isKilled = false;
    return certifyOn(lane, {
      plan: planScenarios({ seed: 3, count: 30 }),
      onProgress: ({ done }) => {
        if (done < 6 || isKilled) return;
        isKilled = true;
        void lane.killObservers();
      },
    });
  });
  expect(result.scenarios.completed).toBeGreaterThan(0);
  expect(['inconclusive', 'infrastructure']).toContain(result.verdict);
  expect(result.reasons.join()).toMatch(/observer/);
});
