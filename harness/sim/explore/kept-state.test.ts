// Systems that keep state from run to run: their result is the same again after the same runs, so it is no failed self-check.
import { expect, test } from 'vitest';
import type { Env } from '../../../src/contract/env.ts';
import { SIM_DEMANDS } from '../../evidence/decide.ts';
import type { Oracle } from '../../evidence/oracle.ts';
import { counterexampleDocument, type Counterexample } from '../../formats/counterexample.ts';
import { parseDocument } from '../../formats/document.ts';
import { FRESH } from '../../formats/runs-before.ts';
import { eventsOf } from '../../history/events-of.ts';
import { certify } from '../../runner/certify.ts';
import { scriptedOracle } from '../../runner/executor.fixture.ts';
import { replay } from '../../runner/replay.ts';
import type { LaneCertification } from '../../runner/result-of.ts';
import { openSimLane, type SimLane } from '../lane.ts';
import { toySystem } from '../toy-system.fixture.ts';
import { explorationSpace } from './exploration.ts';
import { inlineExecutor, inlinePool } from './inline-pool.ts';

const nothingFound = scriptedOracle();

/** Judges that a run violates S1 if a process logged 'struck' in it. */
const oracle: Oracle = {
  ...nothingFound,
  receipts: () => [],
  judge: (history) =>
    nothingFound.judge(history).map((result) => {
      const struck = eventsOf(history, 'log').filter(({ line }) => line === 'struck');
      if (result.property !== 'S1' || struck.length === 0) return result;
      const finding = {
        property: 'S1' as const,
        message: 'it struck',
        items: [],
        witnesses: struck.map(({ seq }) => seq),
      };
      return { ...result, findings: [finding] };
    }),
};

/** The line that a process logs at each entry, by the number of the entry in the life of the process, from 1. */
type Life = (entry: number) => string;

/** Opens a lane for a fresh process. */
const freshLane = (life: Life) => (): Promise<SimLane> => {
  let entries = 0;
  return openSimLane(toySystem({ atEntry: (env: Env) => env.log(life((entries += 1))) }));
};

async function certifyToy(openLane: () => Promise<SimLane>, openFresh = openLane): Promise<LaneCertification> {
  const pool = inlinePool(await openLane(), oracle, openFresh);
  const depths = [
    { messages: 1, deviations: 0 },
    { messages: 1, deviations: 1 },
  ];
  return certify({
    space: explorationSpace({ seed: 1, depths, swarm: 0 }),
    runner: pool,
    executor: pool.asExecutor(),
    oracle,
    demands: { ...SIM_DEMANDS, goals: [] },
    system: 'toy',
  });
}

const stored = (counterexample: Counterexample | undefined): Counterexample =>
  parseDocument(counterexampleDocument, JSON.stringify(counterexample), 'stored.json');

test('a violation that only a used process shows is stored with the runs that the process had made before', async () => {
  const open = freshLane((entry) => (entry > 40 ? 'struck' : 'well'));
  const { lane, counterexamples } = await certifyToy(open);
  expect(lane.decision.verdict).toBe('violation');
  const found = stored(counterexamples[0]);
  expect(found).toMatchObject({ after: { slot: 1 }, findings: [{ property: 'S1' }] });
  expect(found.token).toBeUndefined();
  const before = found.after?.batches.flat().length ?? 0;
  expect(before).toBeGreaterThanOrEqual(40 - 16);
  expect(before).toBeLessThan(2 * 48);

  const executor = inlineExecutor(await open(), open);
  const again = { case: found.case, expected: 'S1', executor, oracle };
  expect(await replay({ ...again, after: found.after })).toMatchObject({ outcome: 'FAILED', verdict: 'violation' });
  expect(await replay({ ...again, after: FRESH })).toMatchObject({ outcome: 'FIXED' });
});

test('a violation at the first entry of a process needs no runs before it, and a fresh process shows it again', async () => {
  const open = freshLane((entry) => (entry === 1 ? 'struck' : 'well'));
  const { lane, counterexamples } = await certifyToy(open);
  expect(lane.decision.verdict).toBe('violation');
  const found = stored(counterexamples[0]);
  expect(found.after).toBeUndefined();
  const executor = inlineExecutor(await open(), open);
  expect(await replay({ case: found.case, expected: 'S1', executor, oracle, after: FRESH })).toMatchObject({
    outcome: 'FAILED',
  });
});

test('a violation that a run shows only when it is repeated is kept', async () => {
  // There are three undisturbed runs, each a batch of its own; the first run of each task is repeated alone.
  const open = freshLane((entry) => (entry === 2 ? 'struck' : 'well'));
  const { lane, counterexamples } = await certifyToy(open);
  expect(lane.decision.verdict).toBe('violation');
  expect(counterexamples[0]?.after?.batches.flat()).toHaveLength(1);
});

test('runs that depend on the runs before them and violate nothing are inconclusive, and no failed self-check', async () => {
  const { lane } = await certifyToy(freshLane((entry) => `entry ${entry} of this process`));
  expect(lane.decision.verdict).toBe('inconclusive');
  expect(lane.decision.reasons).toContainEqual(expect.objectContaining({ code: 'inconclusive/keeps-state' }));
});

test('a run that differs even after the same runs is a failed self-check', async () => {
  let entries = 0;
  const life: Life = () => ((entries += 1) % 7 === 3 ? 'struck' : 'well');
  const { lane } = await certifyToy(() => openSimLane(toySystem({ atEntry: (env) => env.log(life(0)) })));
  expect(lane.decision.verdict).toBe('self-check');
});
