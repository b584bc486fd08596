import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkDocument } from '../formats/document.ts';
import { evidenceDocument, type Evidence } from '../formats/evidence.ts';
import { GOALS } from '../formats/goal.ts';
import { decide, liveDemands, SIM_DEMANDS } from './decide.ts';
import { judgedRun, type RunScript } from './evidence.fixture.ts';
import { addProblem, addViolation, emptyEvidence, foldGate, foldPlan, foldRun } from './fold.ts';
import { addDepth, mergedEvidence } from './merge.ts';

/** One thing that is added to evidence. */
type Part = (evidence: Evidence) => void;

const property = fc.constantFrom('S1' as const, 'S9' as const, 'L2' as const);
const fault = fc.constantFrom('latency downstream', 'refuse', 'crash legacy');
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j');

const runArbitrary: fc.Arbitrary<RunScript> = fc.record({
  mode: fc.constantFrom('ON', 'OFF', 'SHADOW', null),
  exercised: fc.dictionary(property, fc.nat({ max: 5 })),
  violated: fc.subarray(['S1' as const, 'S9' as const]),
  receipts: fc.array(
    fc.record({ kind: fault, state: fc.constantFrom('bit' as const, 'idle' as const, 'missing' as const) }),
  ),
  goals: fc.subarray([...GOALS]),
  problems: fc.array(
    fc.record({
      code: fc.constantFrom(
        'self-check/engine' as const,
        'violation/deadlock' as const,
        'inconclusive/observer-lost' as const,
      ),
      message: fc.constantFrom('one', 'two'),
    }),
  ),
  observerProblems: fc.constantFrom<string[]>([], [], ['observer taps stalled: 80 ms']),
  deviations: fc.array(
    fc.record({
      site: fc.constantFrom('answer', 'request'),
      key: fc.constant('c1#1'),
      attempt: fc.nat({ max: 1 }),
      choice: fc.constantFrom('drop', 'delay'),
    }),
    { maxLength: 2 },
  ),
  isRandom: fc.boolean(),
  isRetried: fc.boolean(),
  name,
});

/** Parts of live runs, of explorations and of gates. */
const partArbitrary: fc.Arbitrary<Part> = fc.oneof(
  {
    weight: 6,
    arbitrary: runArbitrary.map(
      (script): Part =>
        (evidence) =>
          foldRun(evidence, judgedRun(script)),
    ),
  },
  fc.nat({ max: 3 }).map(
    (count): Part =>
      (evidence) =>
        foldPlan(
          evidence,
          Array.from({ length: count }, () => ({
            ...judgedRun().judgement.history.scenario,
            faults: [{ kind: 'refuse', fromMs: 0, untilMs: 1 }],
          })),
          () => 'refuse',
        ),
  ),
  fc.tuple(fc.constantFrom('1', '2'), fc.constantFrom('pass' as const, 'fail' as const, 'inconclusive' as const)).map(
    ([id, outcome]): Part =>
      (evidence) =>
        foldGate(evidence, id, outcome),
  ),
  fc
    .record({
      messages: fc.constantFrom(1, 2),
      deviations: fc.nat({ max: 2 }),
      planned: fc.option(fc.nat({ max: 9 })),
      run: fc.nat({ max: 9 }),
      pruned: fc.nat({ max: 3 }),
    })
    .map(
      (depth): Part =>
        (evidence) =>
          addDepth(evidence, depth),
    ),
  fc.tuple(property, fc.constantFrom('aa', 'bb', 'cc')).map(
    ([broken, hash]): Part =>
      (evidence) =>
        addViolation(evidence, broken, { hash, lane: 'sim' }),
  ),
  name.map(
    (example): Part =>
      (evidence) =>
        addProblem(evidence, 'infrastructure', example),
  ),
);

const folded = (parts: readonly Part[]): Evidence => {
  const evidence = emptyEvidence();
  for (const part of parts) part(evidence);
  return evidence;
};

test('the evidence of two parts, merged in either order, is the evidence of the whole and gives the same decision', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(partArbitrary, fc.boolean()), { maxLength: 30 }), (marked) => {
      const whole = folded(marked.map(([part]) => part));
      const one = folded(marked.flatMap(([part, isFirst]) => (isFirst ? [part] : [])));
      const other = folded(marked.flatMap(([part, isFirst]) => (isFirst ? [] : [part])));
      for (const merged of [mergedEvidence(one, other), mergedEvidence(other, one)]) {
        expect(merged).toEqual(whole);
        for (const demands of [liveDemands(240), SIM_DEMANDS]) {
          expect(decide(merged, demands)).toEqual(decide(whole, demands));
        }
      }
      expect(checkDocument(evidenceDocument, structuredClone(whole), 'the whole')).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});

test('merging does not change the parts', () => {
  const one = folded([(evidence) => foldRun(evidence, judgedRun())]);
  const before = structuredClone(one);
  mergedEvidence(one, one);
  expect(one).toEqual(before);
});

test('the examples that are kept of a problem do not depend on their order', () => {
  const names = Array.from({ length: 20 }, (_, index) => `run ${String(index).padStart(2, '0')}`);
  const add = (list: readonly string[]): Evidence =>
    folded(
      list.map(
        (example): Part =>
          (evidence) =>
            addProblem(evidence, 'infrastructure', example),
      ),
    );
  expect(add(names).problems).toEqual(add(names.toReversed()).problems);
  expect(add(names).problems.infrastructure).toEqual({ count: 20, examples: names.slice(0, 8) });
});

test('the sentences that are kept of undecided chances are few, and do not depend on the order of runs', () => {
  const sentences = Array.from({ length: 12 }, (_, index) => `whether c${String(index).padStart(2, '0')}#1 was sent`);
  const evidenceOfRuns = (of: readonly string[]): Evidence =>
    mergedEvidence(
      emptyEvidence(),
      ...of.map((sentence) => {
        const evidence = emptyEvidence();
        foldRun(evidence, judgedRun({ undecided: { S1: [sentence] } }));
        return evidence;
      }),
    );
  const { S1 } = evidenceOfRuns(sentences).properties;
  expect(S1).toMatchObject({ undecided: 12, doubts: sentences.slice(0, 8) });
  expect(evidenceOfRuns(sentences.toReversed()).properties.S1).toEqual(S1);
});

test('a run with disturbed observers counts as discarded, and not as evidence that a property held', () => {
  const evidence = folded([(sum) => foldRun(sum, judgedRun({ observerProblems: ['stalled'], violated: ['S1'] }))]);
  expect(evidence.runs).toMatchObject({ completed: 1, random: 0, discarded: 1 });
  expect(evidence.properties.S1).toMatchObject({ exercised: 0, violations: 1 });
});

test('the coverage table has a cell for each mode and each fault in effect, and one for no fault', () => {
  const runs: RunScript[] = [
    { mode: 'ON', exercised: { S1: 2 }, receipts: [{ kind: 'refuse', state: 'bit' }] },
    { mode: 'SHADOW', exercised: { S1: 1 }, receipts: [{ kind: 'refuse', state: 'idle' }] },
    {
      mode: null,
      exercised: { S1: 1 },
      violated: ['S1'],
      deviations: [{ site: 'answer', key: 'k', attempt: 0, choice: 'drop' }],
    },
  ];
  const evidence = folded(
    runs.map(
      (script): Part =>
        (sum) =>
          foldRun(sum, judgedRun(script)),
    ),
  );
  expect(evidence.cells).toEqual({
    ON: { refuse: { S1: { exercised: 2, violations: 0 } } },
    SHADOW: { none: { S1: { exercised: 1, violations: 0 } } },
    unknown: { answer: { S1: { exercised: 1, violations: 1 } } },
  });
  expect(evidence.choices).toEqual({ 'answer: drop': 1 });
  expect(evidence.faults['refuse']).toEqual({ planned: 0, bit: 1, idle: 1, missing: 0 });
});
