// The worst lie of a harness is a green that saw nothing: means that silently fail on purpose, and the verdict that follows.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { liveDemands } from '../../harness/evidence/decide.ts';
import { type PlannedScenario, planScenarios } from '../../harness/generators/plan.ts';
import type { InfrastructureName } from '../../harness/live/infrastructure.ts';
import { type LiveLane, openLiveLane } from '../../harness/live/lane.ts';
import { certify } from '../../harness/runner/certify.ts';
import { plannedRunner, plannedSpace } from '../../harness/runner/planned-search.ts';
import type { LaneCertification } from '../../harness/runner/result-of.ts';
import type { Progress } from '../../harness/runner/search.ts';
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

function certifyOn(
  lane: LiveLane,
  plan: readonly PlannedScenario[],
  onProgress?: (progress: Progress) => void,
): Promise<LaneCertification> {
  const running = { executor: lane, oracle: checkersOracle };
  return certify({
    ...running,
    space: plannedSpace(plan, checkersOracle),
    runner: plannedRunner(running),
    demands: liveDemands(plan.length),
    system: 'reference',
    onProgress,
  });
}

/** What a certification of the network's faults on this proxy server says of the latency toxic. */
async function complaintsOfLatency(toxiproxyUrl: string): Promise<{ complaints: string[]; verdict: string }> {
  vi.stubEnv('ONESEND_TOXIPROXY_URL', toxiproxyUrl);
  const plan = NETWORK_FAULT_SCENARIOS.map((scenario) => ({ scenario, origin: 'stratified' as const }));
  const { lane } = await onLane('external', (live) => certifyOn(live, plan));
  const { reasons, verdict } = lane.decision;
  const missing = reasons.filter(
    ({ code, subject }) => code === 'fault-left-no-receipt' && subject.startsWith('latency '),
  );
  return { complaints: missing.map(({ subject, numbers }) => `${subject}: ${numbers['missing']}`), verdict };
}

it('a proxy that does not apply a latency it acknowledged makes the run inconclusive', async () => {
  expect(await complaintsOfLatency(servers.honestUrl)).toMatchObject({ complaints: [] });
  const { complaints, verdict } = await complaintsOfLatency(servers.forgetfulUrl);
  expect(verdict).toBe('inconclusive');
  expect(complaints).toEqual(['latency downstream: 1', 'latency upstream: 1']);
});

it('observers and a provider stub that die midway never make a pass', async () => {
  const { lane } = await onLane('embedded', (live) => {
    let isKilled = false;
    return certifyOn(live, planScenarios({ seed: 3, count: 30 }), ({ done }) => {
      if (done < 6 || isKilled) return;
      isKilled = true;
      void live.killObservers();
    });
  });
  const { decision, evidence } = lane;
  expect(evidence.runs.completed).toBeGreaterThan(0);
  expect(['inconclusive', 'infrastructure']).toContain(decision.verdict);
  expect(JSON.stringify(decision.reasons)).toMatch(/observer/);
});
