import { expect, test } from 'vitest';
import type { Case } from '../formats/case.ts';
import { certified, clean, names, planOf, withFault } from './certify.fixture.ts';
import { scriptedExecutor, scriptedOracle, scriptedScenario } from './executor.fixture.ts';

const plan = planOf(...names.map((name) => scriptedScenario({ name })));
const namesOf = (ran: readonly Case[]): string[] => ran.map(({ scenario }) => scenario.name);

/** Only s3 and its further runs exercise S11; a plan of 40 demands two runs that do. */
const rarelyS11 = scriptedOracle({
  exercised: ({ name }, property) => (property !== 'S11' || name.startsWith('s3,') || name === 's3' ? 1 : 0),
});

test('a scenario that exercised a rare property is run again, and its further run is no random draw', async () => {
  const executor = scriptedExecutor(clean);
  const { lane } = await certified({ executor, oracle: rarelyS11, plan });
  expect(namesOf(executor.ran.slice(40))).toEqual(['s3, once more']);
  expect([lane.decision.verdict, lane.evidence.runs, lane.evidence.properties.S11]).toMatchObject([
    'pass',
    { planned: 41, completed: 41, random: 40 },
    { exercised: 2 },
  ]);
});

test('a property that no scenario exercised causes no further runs, and the verdict names it', async () => {
  const executor = scriptedExecutor(clean);
  const oracle = scriptedOracle({ exercised: (_, property) => (property === 'S11' ? 0 : 1) });
  const { lane } = await certified({ executor, oracle, plan });
  expect(executor.ran).toHaveLength(40);
  expect(lane.decision).toMatchObject({ verdict: 'inconclusive', reasons: [{ subject: 'S11' }] });
});

test('a scenario of a property that stays too rare is run again twice', async () => {
  const executor = scriptedExecutor(clean);
  const oracle = scriptedOracle({ exercised: ({ name }, property) => (property === 'S11' && name !== 's3' ? 0 : 1) });
  const { lane } = await certified({ executor, oracle, plan });
  expect(namesOf(executor.ran.slice(40))).toEqual(['s3, once more', 's3, once more']);
  expect(lane.decision.reasons).toMatchObject([
    { code: 'property-exercised-too-rarely', subject: 'S11', numbers: { exercised: 1, minimum: 2 } },
  ]);
});

test('a scenario whose fault took no effect is run again', async () => {
  const executor = scriptedExecutor(clean);
  const oracle = scriptedOracle({ receipt: ({ scenario }) => (scenario.name === 'late' ? 'idle' : 'bit') });
  const { lane } = await certified({ executor, oracle, plan: planOf(withFault('late')) });
  expect(namesOf(executor.ran)).toEqual(['late', 'late, once more']);
  expect([lane.decision.verdict, lane.evidence.faults]).toEqual([
    'pass',
    { latency: { planned: 2, bit: 1, idle: 1, missing: 0 } },
  ]);
});

test('a missing receipt causes no further run', async () => {
  const executor = scriptedExecutor(clean);
  const oracle = scriptedOracle({ receipt: () => 'missing' });
  const { lane } = await certified({ executor, oracle, plan: planOf(withFault('late')) });
  // There are several tries of the one run, and no further run.
  expect(new Set(namesOf(executor.ran))).toEqual(new Set(['late']));
  expect(lane.decision.verdict).toBe('inconclusive');
});

test('no scenario is run again if all demands are met, or if a finding ended the search', async () => {
  const met = scriptedExecutor(clean);
  await certified({ executor: met, plan });
  const ended = scriptedExecutor(clean);
  const oracle = scriptedOracle({
    exercised: ({ name }, property) => (property === 'S11' && name !== 's3' ? 0 : 1),
    violates: ({ name }, property) => property === 'S1' && name === 's39',
  });
  await certified({ executor: ended, oracle, plan, stopsAtFirst: true });
  expect([met.ran.length, namesOf(ended.ran).filter((name) => name === 's3, once more')]).toEqual([40, []]);
});
