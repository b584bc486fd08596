// A harness must not pass when it saw nothing. Here its means fail silently on purpose, and no verdict may be a pass.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { liveDemands } from '../../harness/evidence/decide.ts';
import { type PlannedScenario, planScenarios } from '../../harness/generators/plan.ts';
import { startFaultProxyThread } from '../../harness/live/fault-proxy/threaded.ts';
import { type LiveLane, openLiveLane } from '../../harness/live/lane.ts';
import { onSharedLane } from '../../harness/live/shared-lane.fixture.ts';
import { sharedServer } from '../../harness/live/shared-server.fixture.ts';
import { certify } from '../../harness/runner/certify.ts';
import { plannedRunner, plannedSpace } from '../../harness/runner/planned-search.ts';
import type { LaneCertification } from '../../harness/runner/result-of.ts';
import type { Progress } from '../../harness/runner/search.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { system as reference } from '../../src/reference.ts';
import { NETWORK_FAULT_SCENARIOS } from '../conformance/network-faults.ts';
import { startForgetfulProxy } from './forgetful-proxy.ts';

let proxies: { honestUrl: string; forgetfulUrl: string; close(): Promise<void> };
beforeAll(async () => {
  proxies = await startProxies();
  vi.stubEnv('ONESEND_POSTGRES_URL', sharedServer().url('postgres'));
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await proxies.close();
});

async function startProxies() {
  const honest = await startFaultProxyThread();
  const forgetful = await startForgetfulProxy(honest.url);
  return {
    honestUrl: honest.url,
    forgetfulUrl: forgetful.url,
    async close() {
      await forgetful.close();
      await honest.close();
    },
  };
}

const description = describeAssembly(reference);

/** The faults of latency, which the forgetful proxy does not apply, and one that it does apply. */
const FAULTS = NETWORK_FAULT_SCENARIOS.filter(({ name }) => /latency|refuse/.test(name));

function openExternalLane(toxiproxyUrl: string): Promise<LiveLane> {
  vi.stubEnv('ONESEND_TOXIPROXY_URL', toxiproxyUrl);
  return openLiveLane({ description, slots: FAULTS.length, infrastructure: 'external' });
}

function certifyOn(
  lane: LiveLane,
  plan: readonly PlannedScenario[],
  onProgress?: (progress: Progress) => void,
): Promise<LaneCertification> {
  const running = { executor: lane, oracle: checkersOracle };
  const demands = liveDemands(plan.length);
  return certify({
    ...running,
    space: plannedSpace(plan, { oracle: checkersOracle, demands }),
    runner: plannedRunner(running),
    demands,
    system: 'reference',
    onProgress,
  });
}

/** The missing receipts of latency, and the verdict, of a certification on this lane. */
async function complaintsOfLatency(live: LiveLane): Promise<{ complaints: string[]; verdict: string }> {
  const plan = FAULTS.map((scenario) => ({ scenario, origin: 'stratified' as const }));
  const { lane } = await certifyOn(live, plan);
  await live.close();
  const { reasons, verdict } = lane.decision;
  const missing = reasons.filter(
    ({ code, subject }) => code === 'fault-left-no-receipt' && subject.startsWith('latency '),
  );
  return { complaints: missing.map(({ subject, numbers }) => `${subject}: ${numbers['missing']}`), verdict };
}

test.concurrent('a proxy that does not apply a latency it acknowledged makes the run inconclusive', async () => {
  // They open one after the other, because each reads its URL from the environment while it opens.
  const lanes = [await openExternalLane(proxies.honestUrl), await openExternalLane(proxies.forgetfulUrl)];
  const [honest, forgetful] = await Promise.all(lanes.map(complaintsOfLatency));
  expect(honest).toMatchObject({ complaints: [] });
  const { complaints, verdict } = forgetful ?? { complaints: [], verdict: '' };
  expect(verdict).toBe('inconclusive');
  expect(complaints).toEqual(['latency downstream: 1', 'latency upstream: 1']);
});

test.concurrent('a run whose observers and provider stub die never passes', async () => {
  const { lane } = await onSharedLane({ description, slots: 4 }, (live) => {
    let isKilled = false;
    return certifyOn(live, planScenarios({ seed: 3, count: 12 }), ({ done }) => {
      if (done < 4 || isKilled) return;
      isKilled = true;
      void live.killObservers();
    });
  });
  const { decision, evidence } = lane;
  expect(evidence.runs.completed).toBeGreaterThan(0);
  expect(['inconclusive', 'infrastructure']).toContain(decision.verdict);
  expect(JSON.stringify(decision.reasons)).toMatch(/observer/);
});
