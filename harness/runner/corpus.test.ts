// The corpus in a certification: the outcomes of its entries, and their effect on the verdict.
import { describe, expect, test } from 'vitest';
import { fingerprintKey } from '../evidence/fingerprint.ts';
import type { Oracle } from '../evidence/oracle.ts';
import { judge } from '../evidence/judge.ts';
import type { Counterexample } from '../formats/counterexample.ts';
import type { HistoryEvent } from '../formats/event.ts';
import type { Finding } from '../formats/finding.ts';
import { historyOf, sent } from '../history/history.fixture.ts';
import { laneResultSchema } from '../formats/lane-result.ts';
import { certified, clean, planOf } from './certify.fixture.ts';
import { counterexamplesOf } from './counterexample.ts';
import { scriptedExecutor, scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';
import type { LaneCertification } from './result-of.ts';

const NAME = 'of the corpus';

/** A counterexample to S1 whose scenario refuses connections. */
function entry(): Counterexample {
  const scenario = scriptedScenario({ name: NAME, faults: [{ kind: 'refuse', fromMs: 0, untilMs: 10 }] });
  const oracle = scriptedOracle({ violates: (_, property) => property === 'S1' });
  const run = { case: { scenario, deviations: [] }, judgement: judge(scriptedRun(scenario), oracle), anomalies: [] };
  const [found] = counterexamplesOf(run, { system: 'scripted', lane: 'live' });
  if (found === undefined) throw new Error('the oracle finds no violation');
  return found;
}

const corpus = [entry()];

/** Certifies with a corpus, and a plan of twelve scenarios. */
function certifiedWith(
  oracle: Oracle,
  more: Partial<Parameters<typeof certified>[0]> = {},
): Promise<LaneCertification> {
  const plan = planOf(...Array.from({ length: 12 }, (_, index) => scriptedScenario({ name: `planned ${index}` })));
  return certified({ executor: scriptedExecutor(clean), plan, corpus, oracle, ...more });
}

const violating = (property: string): Oracle =>
  scriptedOracle({ violates: ({ name }, each) => name === NAME && each === property });

describe('an entry of the corpus', () => {
  test('an entry of the corpus that is FAILED makes the verdict violation, and is a counterexample of this certification too', async () => {
    const { lane, counterexamples } = await certifiedWith(violating('S1'));
    expect(laneResultSchema.safeParse(lane).success).toBe(true);
    expect(lane.corpus).toMatchObject([{ id: corpus[0]?.id, outcome: 'FAILED' }]);
    expect(lane.decision).toMatchObject({
      verdict: 'violation',
      reasons: [{ code: 'property-violated', subject: 'S1' }],
    });
    expect(counterexamples.map(({ id }) => id)).toEqual([corpus[0]?.id]);
    expect(Object.keys(lane.evidence.violations)).toEqual([fingerprintKey('S1')]);
  });

  test('an entry of the corpus that is CHANGED makes the verdict violation, of the property that it violates now', async () => {
    const { lane, counterexamples } = await certifiedWith(violating('S9'));
    expect(lane.corpus).toMatchObject([{ outcome: 'CHANGED' }]);
    expect(lane.decision).toMatchObject({
      verdict: 'violation',
      reasons: [{ code: 'property-violated', subject: 'S9' }],
    });
    expect(counterexamples).toMatchObject([{ fingerprint: 'S9' }]);
  });

  test('an entry of the corpus that is FIXED lets the verdict be pass', async () => {
    const { lane, counterexamples } = await certifiedWith(scriptedOracle());
    expect(lane.corpus).toMatchObject([{ outcome: 'FIXED' }]);
    expect([lane.decision.verdict, counterexamples]).toEqual(['pass', []]);
  });

  test('an entry of the corpus that is STALE makes the verdict inconclusive', async () => {
    const receipt = ({ scenario }: { scenario: { name: string } }): 'bit' | 'idle' =>
      scenario.name === NAME ? 'idle' : 'bit';
    const history = corpus[0]?.history;
    const oracle = scriptedOracle({ receipt: (each) => (each === history ? 'bit' : receipt(each)) });
    const { lane } = await certifiedWith(oracle);
    expect(lane.corpus).toMatchObject([{ outcome: 'STALE' }]);
    expect(lane.decision).toMatchObject({ verdict: 'inconclusive', reasons: [{ code: 'inconclusive/corpus' }] });
  });

  test('an entry of the corpus whose replay the infrastructure fails makes the verdict infrastructure', async () => {
    const executor = scriptedExecutor((tried) =>
      tried.scenario.name === NAME ? { kind: 'infrastructure', message: 'no database' } : clean(tried),
    );
    const { lane } = await certifiedWith(scriptedOracle(), { executor });
    expect(lane.corpus).toMatchObject([{ outcome: 'ERROR' }]);
    expect(lane.decision.verdict).toBe('infrastructure');
  });

  test('an entry of the corpus whose replays differ on a deterministic lane makes the verdict self-check', async () => {
    const rested: HistoryEvent = { seq: 0, observer: 'rig', kind: 'quiescent', earliest: 0, latest: 0 };
    const executor = scriptedExecutor(
      ({ scenario }, earlier) => scriptedRun(scenario, scenario.name === NAME && earlier > 0 ? [rested] : []),
      { isDeterministic: true },
    );
    const { lane } = await certifiedWith(scriptedOracle(), { executor });
    expect(lane.corpus).toMatchObject([{ outcome: 'ERROR' }]);
    expect(lane.decision.verdict).toBe('self-check');
  });

  test('an entry of the corpus that violates several properties is kept for its own property', async () => {
    const several = scriptedOracle({
      violates: ({ name }, each) => name === NAME && ['S1', 'S4', 'S9'].includes(each),
    });
    const kept = async (fingerprint: string) => {
      const own = corpus.map((each) => ({
        ...each,
        fingerprint,
        after: { slot: 1, run: 1, batches: [], beside: [], place: 0 },
      }));
      const { counterexamples } = await certifiedWith(several, { corpus: own });
      return counterexamples.map((each) => [each.fingerprint, each.after?.slot]);
    };
    expect(await kept('S9')).toEqual([['S9', 1]]);
    expect(await kept('S4: of another kind')).toEqual([['S4', 1]]);
  });

  test('an entry of the corpus that violates its property with two fingerprints is kept for its own fingerprint', async () => {
    const { events } = historyOf({}, [...sent(4, 'service'), ...sent(9, 'legacy')]);
    const executor = scriptedExecutor(({ scenario }) => scriptedRun(scenario, events));
    const found = ({ seq }: HistoryEvent): Finding => ({
      property: 'S1',
      message: 'seen',
      items: [],
      witnesses: [seq],
    });
    const oracle: Oracle = {
      ...scriptedOracle(),
      judge: (history) =>
        scriptedOracle()
          .judge(history)
          .map((each) =>
            each.property === 'S1' && history.scenario.name === NAME ? { ...each, findings: events.map(found) } : each,
          ),
    };
    const fingerprint = 'S1: accept legacy';
    const own = corpus.map((each) => ({ ...each, fingerprint }));
    const { counterexamples } = await certifiedWith(oracle, { corpus: own, executor });
    expect(counterexamples).toMatchObject([{ fingerprint }]);
  });

  test('an entry of the corpus that shows an accepted violation makes the verdict accepted', async () => {
    const accepted = [
      { fingerprint: 'S1', property: 'S1', reason: 'known', ticket: 'T-1', until: '2100-01-01', by: 'a person' },
    ];
    const { lane } = await certifiedWith(violating('S1'), { baseline: { accepted, day: '2026-01-01' } });
    expect(lane.decision.verdict).toBe('accepted');
  });
});

test('entries of the corpus that violate are confirmed, like the first finding that ended the search', async () => {
  const oracle = scriptedOracle({ violates: ({ name }, each) => each === (name === NAME ? 'S9' : 'S1') });
  const { counterexamples } = await certifiedWith(oracle, { stopsAtFirst: true });
  expect(counterexamples.map(({ fingerprint, confirmation }) => [fingerprint, confirmation?.violated])).toEqual([
    ['S9', 5],
    ['S1', 5],
  ]);
});

test('the corpus is replayed before the search', async () => {
  const executor = scriptedExecutor(clean);
  await certifiedWith(scriptedOracle(), { executor });
  expect(executor.ran.map(({ scenario }) => scenario.name).slice(0, 4)).toEqual([NAME, NAME, NAME, 'planned 0']);
});

test('a corpus that is not replayed completely makes the verdict inconclusive', async () => {
  const { lane } = await certifiedWith(scriptedOracle(), { maxTimeMs: 0 });
  expect(lane.corpus).toEqual([]);
  expect(lane.decision.reasons).toContainEqual({
    code: 'inconclusive/corpus',
    subject: '1 of 1 entries were not replayed',
    numbers: { count: 1 },
  });
});
