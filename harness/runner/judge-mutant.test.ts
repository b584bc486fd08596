import { expect, test } from 'vitest';
import type { PropertyId } from '../formats/finding.ts';
import type { MutantOutcome } from '../formats/mutants.ts';
import type { System } from '../../src/contract/system.ts';
import { scriptedExecutor, scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';
import { judgeMutant, type MutantJudgement } from './judge-mutant.ts';
import { markerOf, type Mutant } from './mutant.ts';

const mutant: Mutant = {
  id: 'X01',
  name: 'made up',
  breaks: ['S1', 'S2'],
  lanes: ['sim'],
  system: { name: 'X01-made up' } as System,
  killingCase: { namedBy: ['S1'], scenario: scriptedScenario(), deviations: [] },
};

/** What the runs of the mutant and of the reference show. */
interface Shown {
  readonly violates?: readonly PropertyId[];
  readonly ofReference?: readonly PropertyId[];
  readonly marker?: string;
}

/** Judges a mutant on scripted executors. Each puts the name of its system into the scenario, so that the oracle can tell them apart. */
async function judged(shown: Shown, changes: Partial<Mutant> = {}): Promise<MutantJudgement> {
  const { violates = [], ofReference = [], marker = markerOf('X01') } = shown;
  const executorOf = (name: string) =>
    scriptedExecutor(
      ({ scenario }) =>
        scriptedRun({ ...scenario, name }, [
          { seq: 0, observer: 'log', earliest: 0, latest: 0, kind: 'log', process: 'legacy', line: marker },
        ]),
      { isDeterministic: true },
    );
  return judgeMutant(
    { ...mutant, ...changes },
    {
      oracle: scriptedOracle({
        violates: ({ name }, property) => (name === 'mutant' ? violates : ofReference).includes(property),
      }),
      gates: [],
      reference: executorOf('reference'),
      mutant: executorOf('mutant'),
    },
  );
}

test.each<{ when: string; shown: Shown; outcome: MutantOutcome; namedBy: string[] }>([
  {
    when: 'its own property is violated and the run contains its marker',
    shown: { violates: ['S1', 'S4'] },
    outcome: 'killed',
    namedBy: ['S1'],
  },
  { when: 'only another property is violated', shown: { violates: ['S4'] }, outcome: 'surprise', namedBy: ['S4'] },
  { when: 'nothing is violated', shown: {}, outcome: 'survived', namedBy: [] },
  {
    when: 'another one of its properties is violated than the one that must be',
    shown: { violates: ['S2'] },
    outcome: 'survived',
    namedBy: ['S2'],
  },
  {
    when: 'no run contains its marker',
    shown: { violates: ['S1'], marker: 'LISTENING' },
    outcome: 'not-reached',
    namedBy: ['S1'],
  },
  {
    when: 'the run contains the marker of another mutant',
    shown: { violates: ['S1'], marker: markerOf('X02') },
    outcome: 'not-reached',
    namedBy: ['S1'],
  },
  {
    when: 'the reference violates a property too',
    shown: { violates: ['S1'], ofReference: ['S4'] },
    outcome: 'broken-baseline',
    namedBy: ['S4'],
  },
])('a mutant is judged: if $when, the outcome is $outcome', async ({ shown, outcome, namedBy }) => {
  expect(await judged(shown)).toMatchObject({ outcome, namedBy, runs: 2, size: { messages: 1, deviations: 0 } });
});

test('a mutant without a stored case or gate is not-reached, and nothing runs', async () => {
  const judgement = await judged({ violates: ['S1'] }, { killingCase: undefined });
  expect(judgement).toMatchObject({
    outcome: 'not-reached',
    runs: 0,
    note: 'this build has no killing case for it: store one, then run npm run build',
  });
});

test('a mutant that does not show on the lane, or violates nothing, is not run', async () => {
  expect(await judged({}, { lanes: ['live'] })).toMatchObject({ outcome: 'other-lane', runs: 0 });
  const equivalent = { argument: 'the key is unique' };
  expect(await judged({}, { equivalent })).toMatchObject({ outcome: 'equivalent', runs: 0, note: equivalent.argument });
});
