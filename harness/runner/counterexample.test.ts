import { describe, expect, test } from 'vitest';
import { judge } from '../evidence/judge.ts';
import { type Counterexample, counterexampleDocument } from '../formats/counterexample.ts';
import { parseDocument } from '../formats/document.ts';
import { counterexampleOf, notShrunk } from './counterexample.ts';
import { scriptedOracle, scriptedRun, scriptedScenario } from './executor.fixture.ts';

const oracle = scriptedOracle({ violates: (_, property) => property === 'S1' });
const deviation = { site: 'answer', key: 'campaign-1#1', attempt: 0, choice: 'delay' };

function counterexampleOn(lane: 'live' | 'sim'): Counterexample {
  const scenario = scriptedScenario({ faults: [{ kind: 'refuse', fromMs: 0, untilMs: 10 }] });
  const observed = scriptedRun(scenario);
  const own = { scenario, deviations: lane === 'sim' ? [deviation] : [] };
  const judgement = judge({ history: { ...observed.history, lane } }, oracle);
  const about = { system: 'scripted', lane, fingerprint: 'S1', shrinking: notShrunk(own) };
  return counterexampleOf({ case: own, judgement, anomalies: [] }, about);
}

function read(stored: Counterexample): Counterexample {
  return parseDocument(counterexampleDocument, JSON.stringify(stored), 'stored.json');
}

describe.each(['live', 'sim'] as const)('a counterexample of the %s lane', (lane) => {
  const whole = counterexampleOn(lane);
  const { scenario } = whole.case;

  test('is read as it was written', () => {
    expect(read(whole)).toEqual(whole);
  });

  test('is refused when its scenario is not the one of its history', () => {
    const altered = { ...whole, case: { ...whole.case, scenario: { ...scenario, seed: scenario.seed + 1 } } };
    expect(() => read(altered)).toThrow(/stored.json: case: differs from its own history/);
  });
});

test('a counterexample of the sim lane is refused when its deviations are not those of its token', () => {
  const whole = counterexampleOn('sim');
  const altered = { ...whole, case: { ...whole.case, deviations: [{ ...deviation, choice: 'lose' }] } };
  expect(() => read(altered)).toThrow(/stored.json: case: differs from its own token/);
});

test('a counterexample of the sim lane may list in its history what was decided, after the faults of its scenario', () => {
  const whole = counterexampleOn('sim');
  const { history } = whole;
  const decided = { kind: 'redelivery', campaign: 'campaign-1', atMs: 5 } as const;
  const faults = [...history.scenario.faults, decided];
  const noted = { ...whole, history: { ...history, scenario: { ...history.scenario, faults } } };
  expect(read(noted)).toEqual(noted);
  const before = { ...whole, history: { ...history, scenario: { ...history.scenario, faults: faults.toReversed() } } };
  expect(() => read(before)).toThrow(/differs from its own history/);
});
