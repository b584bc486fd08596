// The same scenarios get the same verdicts on each infrastructure: stored scenarios of the reference (ONESEND_STORED_SCENARIOS=300 runs
// most of them), and each network fault of the runbook as written.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { describeAssembly } from '../../harness/adapters/assembly.ts';
import { newRunLabel } from '../../harness/live/containers/owner.ts';
import { readyEngine } from '../../harness/live/containers/ready-engine.ts';
import { startContainers } from '../../harness/live/containers/start-containers.ts';
import { whySkipContainers } from '../../harness/live/containers/why-skip.ts';
import { startGuard } from '../../harness/live/guard/guard.ts';
import { INFRASTRUCTURES, type InfrastructureName } from '../../harness/live/infrastructure.ts';
import { defaultSlots, type LiveLane, openLiveLane } from '../../harness/live/lane.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { CHARGES_WRONGLY, SENDS_TWICE } from './as-written-verdicts.fixture.ts';
import { NETWORK_FAULT_SCENARIOS } from './network-faults.ts';
import { someStoredScenarios } from './stored-scenarios.ts';
import { verdictsOn } from './verdicts.ts';

const COUNT = Number(process.env['ONESEND_STORED_SCENARIOS'] ?? 100);
const MINUTES = 60_000;
/** Enough for the slots of any machine. */
const CONNECTIONS = 900;

const skipped = await whySkipContainers();

/** Starts external servers: the rig knows only their two URLs. */
async function startServersOutside() {
  const guard = await startGuard();
  const { engine, images } = await readyEngine(() => undefined);
  const runLabel = newRunLabel();
  if (engine.address !== undefined) guard.watchContainers({ engine: engine.address, label: runLabel });
  const options = { engine, images, slots: 1, maxConnections: CONNECTIONS, isKept: false, runLabel };
  const { postgres, toxiproxy } = await startContainers(options);
  const url = new URL(postgres.getConnectionUri());
  url.host = `${postgres.getIpAddress('bridge')}:5432`;
  return {
    postgresUrl: url.href,
    toxiproxyUrl: `http://${toxiproxy.getIpAddress('bridge')}:8474`,
    close: () => guard.close(),
  };
}

/** The verdicts of the scenarios on each infrastructure, in the order of the scenarios. */
type Verdicts = ReadonlyMap<InfrastructureName, readonly string[]>;

/**
 * The verdicts on each infrastructure. All lanes run at once, with as many slots together as one lane has by default. They all open before
 * the first scenario runs, because systems that start would slow it down.
 */
async function verdictsOnEach(system: System, scenarios: readonly Scenario[]): Promise<Verdicts> {
  const slotsMax = Math.ceil(defaultSlots() / INFRASTRUCTURES.length);
  // The fewest slots that need the same number of rounds, because each slot starts two processes.
  const slots = Math.ceil(scenarios.length / Math.ceil(scenarios.length / slotsMax));
  const description = describeAssembly(system);
  const lanes = new Map<InfrastructureName, LiveLane>();
  const open = async (infrastructure: InfrastructureName): Promise<void> => {
    lanes.set(infrastructure, await openLiveLane({ description, slots, infrastructure }));
  };
  const outcomes = await Promise.allSettled(INFRASTRUCTURES.map(open));
  try {
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    const verdicts = new Map(
      await Promise.all([...lanes].map(async ([name, lane]) => [name, await verdictsOn(lane, scenarios)] as const)),
    );
    for (const [name, lane] of lanes) await judgeAtRest(lane, scenarios, verdicts.get(name) ?? []);
    return verdicts;
  } finally {
    await Promise.all([...lanes.values()].map((lane) => lane.close()));
  }
}

/** Runs the scenarios that have no verdict again, one at a time: on a slow machine three lanes at once can disturb all tries of a scenario. */
async function judgeAtRest(lane: LiveLane, scenarios: readonly Scenario[], verdicts: string[]): Promise<void> {
  for (const [index, scenario] of scenarios.entries()) {
    if (verdicts[index]?.startsWith('inconclusive: ') !== true) continue;
    const [verdict = 'none'] = await verdictsOn(lane, [scenario]);
    verdicts[index] = verdict;
  }
}

describe.skipIf(skipped !== undefined)('on each infrastructure', () => {
  let servers: Awaited<ReturnType<typeof startServersOutside>>;
  beforeAll(async () => {
    servers = await startServersOutside();
    vi.stubEnv('ONESEND_POSTGRES_URL', servers.postgresUrl);
    vi.stubEnv('ONESEND_TOXIPROXY_URL', servers.toxiproxyUrl);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await servers.close();
  });

  describe(`${COUNT} stored scenarios`, () => {
    let verdicts: Verdicts;
    beforeAll(async () => {
      verdicts = await verdictsOnEach(reference, someStoredScenarios(COUNT));
    }, 20 * MINUTES);

    test.each(INFRASTRUCTURES)(`the reference passes ${COUNT} stored scenarios on %s`, (infrastructure) => {
      const all = verdicts.get(infrastructure) ?? [];
      expect(all).toEqual(all.map(() => 'pass'));
      expect(all).toHaveLength(COUNT);
    });
  });

  test(
    'the runbook as written violates the same properties under the same network faults on each infrastructure',
    async () => {
      const verdicts = await verdictsOnEach(asWritten, NETWORK_FAULT_SCENARIOS);
      const embedded = verdicts.get('embedded');
      expect(new Set(embedded)).toEqual(new Set([SENDS_TWICE, CHARGES_WRONGLY]));
      expect(verdicts).toEqual(new Map(INFRASTRUCTURES.map((name) => [name, embedded])));
    },
    10 * MINUTES,
  );
});
