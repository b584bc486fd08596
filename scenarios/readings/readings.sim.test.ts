// The readings that a team can choose: the reference passes under each, and a system is refused when it is judged by readings that it does
// not follow.
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/formats/fault.ts';
import { campaignScenario, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { openSimLane } from '../../harness/sim/lane.ts';
import { system as reference } from '../../src/reference.ts';
import { complaints } from '../complaints.fixture.ts';
import { system as allOtherwise } from './all-otherwise.ts';
import { system as fallbackIsFree } from './fallback-is-free.ts';
import { system as logsBatches } from './logs-batches.ts';
import { system as offIsFree } from './off-is-free.ts';
import { system as overdraws } from './overdraws.ts';
import { system as shadowIsCharged } from './shadow-is-charged.ts';
import { system as unknownIsRejected } from './unknown-is-rejected.ts';

const lost: Fault = { kind: 'blackhole', stream: 'upstream', ...FROM_THE_START };

/** Scenarios in which the readings make a difference. */
const SCENARIOS = {
  SHADOW: campaignScenario({ mode: 'SHADOW', messages: 2, reconcile: true }),
  OFF: campaignScenario({ mode: 'OFF', messages: 2, reconcile: true }),
  fallback: campaignScenario({ mode: 'ON', messages: 2, faults: [lost], reconcile: true }),
  // Two units for three messages: a free message is never refused.
  'short OFF': campaignScenario({ mode: 'OFF', messages: 3, quota: 2, reconcile: true }),
  'short SHADOW': campaignScenario({ mode: 'SHADOW', messages: 3, quota: 2, reconcile: true }),
  ON: campaignScenario({ mode: 'ON', messages: 3, quota: 2, reconcile: true }),
  unknown: campaignScenario({ mode: 'on', messages: 2, reconcile: true }),
};

const CHOICES = [
  { system: shadowIsCharged, differsIn: ['SHADOW', 'short SHADOW'] },
  { system: offIsFree, differsIn: ['OFF', 'short OFF', 'unknown'] },
  { system: fallbackIsFree, differsIn: ['fallback'] },
  { system: unknownIsRejected, differsIn: ['unknown'] },
  { system: allOtherwise, differsIn: ['SHADOW', 'OFF', 'fallback', 'short OFF', 'short SHADOW', 'unknown'] },
];

/** The names of the scenarios in which a system is refused under the readings of another. */
async function refusedIn(system: typeof reference, { readings }: typeof reference): Promise<string[]> {
  const lane = await openSimLane(system, { readings });
  const names: string[] = [];
  for (const [name, scenario] of Object.entries(SCENARIOS)) {
    const found = await complaints(lane, scenario);
    if (found.length > 0) names.push(name);
  }
  return names;
}

test.each(CHOICES)('the reference with $system.name passes under its own readings', async ({ system }) => {
  expect(await refusedIn(system, system)).toEqual([]);
});

test.each(CHOICES)('$system.name and the plain reference refuse each other where they differ', async (choice) => {
  const { system, differsIn } = choice;
  expect((await refusedIn(system, reference)).toSorted()).toEqual(differsIn.toSorted());
  expect((await refusedIn(reference, system)).toSorted()).toEqual(differsIn.toSorted());
});

test('a balance below zero is accepted only from a system whose readings allow it', async () => {
  expect(await refusedIn(overdraws, overdraws)).toEqual([]);
  expect(await refusedIn(overdraws, reference)).toEqual(['short OFF', 'ON']);
  expect(await refusedIn(reference, overdraws)).toEqual([]);
});

test('one line for the fallback of a batch is accepted only from a system whose readings allow it', async () => {
  expect(await refusedIn(logsBatches, logsBatches)).toEqual([]);
  expect(await refusedIn(logsBatches, reference)).toEqual(['fallback']);
  expect(await refusedIn(reference, logsBatches)).toEqual([]);
});
