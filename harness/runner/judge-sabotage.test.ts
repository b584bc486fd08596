import { expect, test } from 'vitest';
import type { Oracle } from '../evidence/oracle.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { PropertyId } from '../formats/finding.ts';
import type { SabotageOutcome } from '../formats/sabotage.ts';
import {
  scriptedExecutor,
  scriptedOracle,
  scriptedRun,
  scriptedScenario,
  scriptedTrouble,
} from './executor.fixture.ts';
import { type JudgedSabotage, SabotageJudge, type SabotageJudgement } from './judge-sabotage.ts';

const MARKER = 'TOOK_EFFECT X01';
const mutant: JudgedSabotage = {
  breaks: ['S1', 'S2'],
  scenario: scriptedScenario(),
  marker: MARKER,
  absence: undefined,
};

/** What the runs violate, in their order; further runs show the same as the last one. */
interface Shown {
  readonly violates?: readonly (readonly PropertyId[])[];
  readonly ofPair?: readonly (readonly PropertyId[])[];
  readonly line?: string;
}

/** An executor that names its runs, so that the oracle knows what each violates. */
function executorOf(name: string, line = ''): ReturnType<typeof scriptedExecutor> {
  let runs = 0;
  return scriptedExecutor(({ scenario }) =>
    scriptedRun({ ...scenario, name: `${name} ${(runs += 1)}` }, [logged(line)]),
  );
}

function logged(line: string): HistoryEvent {
  return { seq: 0, observer: 'log', earliest: 0, latest: 0, kind: 'log', process: 'legacy', line };
}

async function judged(
  { violates = [[]], ofPair = [[]], line = MARKER }: Shown,
  changes: Partial<JudgedSabotage> = {},
): Promise<SabotageJudgement> {
  const judge = new SabotageJudge({
    oracle: scriptedOracle({
      violates({ name }, property) {
        const [who, run] = name.split(' ');
        const all = who === 'pair' ? ofPair : violates;
        return (all[Number(run) - 1] ?? all.at(-1) ?? []).includes(property);
      },
    }),
    vantages: ['wire', 'database'],
    pair: executorOf('pair'),
  });
  return judge.judge({ ...mutant, ...changes }, executorOf('sabotaged', line));
}

test.each<{ when: string; shown: Shown; outcome: SabotageOutcome; namedBy: string[]; runs: number }>([
  {
    when: 'its own property is violated',
    shown: { violates: [['S1', 'S4']] },
    outcome: 'seen',
    namedBy: ['S1'],
    runs: 1,
  },
  {
    when: 'only the second run violates its property',
    shown: { violates: [[], ['S2']] },
    outcome: 'seen',
    namedBy: ['S2'],
    runs: 2,
  },
  {
    when: 'only another property is violated',
    shown: { violates: [['S4']] },
    outcome: 'surprise',
    namedBy: ['S4'],
    runs: 3,
  },
  {
    when: 'a later run violates less',
    shown: { violates: [['S4'], []] },
    outcome: 'surprise',
    namedBy: ['S4'],
    runs: 3,
  },
  { when: 'nothing is violated', shown: {}, outcome: 'blind', namedBy: [], runs: 3 },
  {
    when: 'no run contains its marker',
    shown: { violates: [['S1']], line: 'LISTENING' },
    outcome: 'not-reached',
    namedBy: [],
    runs: 3,
  },
  {
    when: 'the pair without it violates a property every time',
    shown: { violates: [['S1']], ofPair: [['S4']] },
    outcome: 'broken-baseline',
    namedBy: ['S4'],
    runs: 1,
  },
  {
    when: 'the pair without it violates a property only once',
    shown: { violates: [['S1']], ofPair: [['S4'], []] },
    outcome: 'seen',
    namedBy: ['S1'],
    runs: 1,
  },
])('a wire mutant is judged: if $when, the outcome is $outcome', async ({ shown, outcome, namedBy, runs }) => {
  expect(await judged(shown)).toMatchObject({ outcome, namedBy, runs });
});

test('the judgement of a blind wire mutant names the properties that should have been violated', async () => {
  expect(await judged({})).toMatchObject({ outcome: 'blind', note: 'no run violates S1 or S2' });
});

test('a wire mutant is not run if it cannot be applied, or if none of its properties can be judged', async () => {
  expect(await judged({}, { absence: 'no words' })).toEqual({
    outcome: 'not-applicable',
    namedBy: [],
    runs: 0,
    note: 'no words',
  });
  expect(await judged({}, { breaks: ['S19', 'S11'] })).toMatchObject({
    outcome: 'not-applicable',
    note: 'S19 needs results; S11 needs duplicates',
  });
});

test('a wire mutant is not-reached if the observers of its run are disturbed or its property is undecided', async () => {
  const oracle = scriptedOracle({});
  const undecided: Oracle = {
    ...oracle,
    judge: (history) =>
      oracle.judge(history).map((said) => (said.property === 'S2' ? { ...said, undecided: ['order'] } : said)),
  };
  const pair = executorOf('pair');
  const bench = { vantages: ['wire'] as const, pair };
  const judge = new SabotageJudge({ ...bench, oracle: undecided });
  expect(await judge.judge(mutant, executorOf('sabotaged', MARKER))).toMatchObject({
    outcome: 'not-reached',
    note: 'S2 is undecided',
  });
  const stalled = scriptedExecutor(({ scenario }) => scriptedRun(scenario, [logged(MARKER), scriptedTrouble()]));
  expect(await new SabotageJudge({ ...bench, oracle }).judge(mutant, stalled)).toMatchObject({
    outcome: 'not-reached',
    note: 'observer taps stalled: 80 ms',
  });
});

test('a wire mutant is not-reached if the infrastructure fails', async () => {
  const judge = new SabotageJudge({ oracle: scriptedOracle({}), vantages: ['wire'], pair: executorOf('pair') });
  const failing = scriptedExecutor(() => ({ kind: 'infrastructure', message: 'no port' }));
  expect(await judge.judge(mutant, failing)).toMatchObject({ outcome: 'not-reached', note: 'no port' });
});
