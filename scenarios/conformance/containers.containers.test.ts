// The live lane on real containers: every network fault takes effect there, the reference passes, and the runbook as written is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { type LiveLane, openLiveLane } from '../../harness/live/lane.ts';
import { findEngine } from '../../harness/live/containers/engine.ts';
import { loadTestcontainers } from '../../harness/live/containers/library.ts';
import { whySkipContainers } from '../../harness/live/containers/why-skip.ts';
import { planScenarios } from '../../harness/generators/plan.ts';
import { checkersOracle } from '../../harness/evidence/checkers-oracle.ts';
import { GATE_DEMANDS } from '../../harness/evidence/decide.ts';
import { runGates } from '../../harness/runner/gate.ts';
import { plannedRunner, plannedSpace } from '../../harness/runner/planned-search.ts';
import { runCase } from '../../harness/runner/run-case.ts';
import { search } from '../../harness/runner/search.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { GATES } from '../gates/all-gates.ts';
import { listeningAddresses } from './listening-addresses.ts';
import { NETWORK_FAULT_SCENARIOS } from './network-faults.ts';

const SEED = 20_251_124;
const MINUTES = 60_000;

const skipped = await whySkipContainers();

describe.skipIf(skipped !== undefined)('the reference on containers', () => {
  let lane: LiveLane;
  beforeAll(async () => {
    // Opening proves containment: it sends a canary down each path.
    lane = await openLiveLane({ description: describeAssembly(reference), slots: 10, infrastructure: 'containers' });
  });
  afterAll(() => lane.close());

  test.concurrent.for(NETWORK_FAULT_SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    'the reference on containers passes under %s, which leaves its receipt',
    async ([, scenario]) => {
      const outcome = await runCase({ executor: lane, oracle: checkersOracle }, { scenario, deviations: [] });
      expect(outcome).toMatchObject({
        kind: 'judged',
        judgement: { findings: [], observerProblems: [], problems: [], receipts: [{ state: 'bit' }] },
      });
    },
  );

  test('the taps of the reference on containers record a reset as a reset, not as a normal close', async () => {
    const scenario = NETWORK_FAULT_SCENARIOS.find(({ name }) => name === 'reset upstream');
    if (scenario === undefined) throw new Error('there is no such scenario');
    const outcome = await lane.run({ scenario, deviations: [] });
    expect(outcome.kind === 'history' ? outcome.history.events : []).toContainEqual(
      expect.objectContaining({ kind: 'call-failed', tap: 'front', by: 'server', how: 'rst' }),
    );
  });

  test(
    'the reference on containers passes the gates',
    async () => {
      const report = await runGates(GATES, {
        executor: lane,
        oracle: checkersOracle,
        system: 'reference',
        readings: DEFAULT_READINGS,
        replayLine: () => '',
      });
      const passed = { outcome: 'pass', received: expect.arrayContaining([{ run: 1, seen: expect.any(String) }]) };
      expect(report.gates).toEqual(GATES.map(({ id }) => expect.objectContaining({ id, ...passed })));
    },
    5 * MINUTES,
  );

  test('the reference on containers listens on loopback and on the bridge, not on other addresses of this machine', async () => {
    const { meetingHost } = await findEngine(await loadTestcontainers());
    expect(listeningAddresses()).toEqual([...new Set(['127.0.0.1', meetingHost])].toSorted());
  });

  test('the lane of the reference on containers names the servers it ran on', () => {
    expect(lane.describe()).toMatchObject({
      infrastructure: 'containers',
      postgres: expect.stringMatching(/^\d+\.\d+/),
      proxy: expect.stringContaining('toxiproxy'),
      engine: expect.stringContaining('Docker'),
    });
  });
});

describe.skipIf(skipped !== undefined)('the runbook as written on containers', () => {
  test(
    'the runbook as written on containers is refused',
    async () => {
      const lane = await openLiveLane({
        description: describeAssembly(asWritten),
        slots: 4,
        infrastructure: 'containers',
      });
      try {
        const plan = planScenarios({ seed: SEED, count: 24 });
        const { found } = await search({
          space: plannedSpace(plan, { oracle: checkersOracle, demands: GATE_DEMANDS }),
          stopsAtFirst: true,
          runner: plannedRunner({ executor: lane, oracle: checkersOracle }),
        });
        expect(found.flatMap(({ violation }) => violation.broken)).toContain('S1');
      } finally {
        await lane.close();
      }
    },
    5 * MINUTES,
  );
});
