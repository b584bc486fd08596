// Two instances of the service, of which one or both are down.
import { expect, test } from 'vitest';
import { campaignScenario } from '../../harness/generators/campaign-scenario.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { system } from '../../src/reference.ts';
import { complaints } from '../complaints.fixture.ts';

test('a rehearsal may fail while one instance is down, although the other has restarted', async () => {
  const lane = await openSimLane(system);
  const campaign = campaignScenario({
    mode: 'SHADOW',
    messages: 3,
    steps: [{ kind: 'entry', campaign: 'campaign-2', tenant: 'tenant-1', messages: 1, atMs: 300 }],
    faults: [{ kind: 'terminate', process: 'service', atMs: 150, graceMs: 600, restartAfterMs: 200 }],
  });
  const rehearsal = `dry:${[1, 2, 3].map((item) => `campaign-1#${item}`).join('+')}`;
  const deviations = [
    { site: 'route', key: rehearsal, attempt: 0, choice: 'second' },
    { site: 'service', key: 'service-2', attempt: 3, choice: 'crash' },
  ];
  expect(await complaints(lane, { ...campaign, serviceInstances: 2 }, { deviations })).toEqual([]);
});
