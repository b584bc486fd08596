import { describe, expect, test } from 'vitest';
import { judge } from '../evidence/judge.ts';
import { type Counterexample, counterexampleDocument, counterexampleId } from '../formats/counterexample.ts';
import { parseDocument } from '../formats/document.ts';
import { counterexampleOf, notShrunk, shrinkingOf } from './counterexample.ts';
import { scriptedOracle, scriptedRun, scriptedScenario, scriptedTrouble } from './executor.fixture.ts';

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

test('a counterexample keeps the history of the run as it was found only if shrinking changed its case', () => {
  const scenario = scriptedScenario();
  const judgement = judge({ history: scriptedRun(scenario).history }, oracle);
  const run = { case: { scenario, deviations: [deviation] }, judgement, anomalies: [] };
  const how = { tried: 3, stopped: 'minimal' as const };
  expect(shrinkingOf(run, { ...how, kept: 0 })).toEqual({ ...how, kept: 0, original: run.case });
  expect(shrinkingOf(run, { ...how, kept: 1 }).originalHistory).toEqual(judgement.history);
});

describe.each(['live', 'sim'] as const)('counterexamples of the %s lane', (lane) => {
  const whole = counterexampleOn(lane);
  const { scenario } = whole.case;

  test('a stored counterexample is read as it was written', () => {
    expect(read(whole)).toEqual(whole);
  });

  test('a stored counterexample is refused when its scenario is not the one of its history', () => {
    const altered = { ...whole, case: { ...whole.case, scenario: { ...scenario, seed: scenario.seed + 1 } } };
    expect(() => read(altered)).toThrow(/stored.json: case: differs from its own history/);
  });

  test.each(['fingerprint', 'id'] as const)('a stored counterexample is refused when its %s is altered', (field) => {
    expect(() => read({ ...whole, [field]: 'S1: other' })).toThrow(/stored.json: id: differs from the hash/);
  });

  test('a stored counterexample is refused when an event of its history is altered', () => {
    const { history } = whole;
    const events = [...history.events, { ...scriptedTrouble(), seq: 99 }];
    expect(() => read({ ...whole, history: { ...history, events } })).toThrow(/historyHash: differs from the hash/);
  });

  test('a stored counterexample states how often the run exercised its properties', () => {
    expect(whole.judged).toMatchObject({ S1: { exercised: 1, undecided: 0 } });
  });
});

test('the id of a counterexample depends on its system, its lane, its case and its fingerprint', () => {
  const { lane, ...rest } = counterexampleOn('live');
  const id = counterexampleId({ ...rest, lane });
  expect(id).toMatch(/^S1-[0-9a-f]{8}$/);
  expect(counterexampleId({ ...rest, lane, system: 'other' })).not.toBe(id);
  expect(counterexampleId({ ...rest, lane: 'sim' })).not.toBe(id);
  expect(counterexampleId({ ...rest, lane, case: { ...rest.case, deviations: [deviation] } })).not.toBe(id);
  expect(counterexampleId({ ...rest, lane, fingerprint: 'S1: accept service ON' })).not.toBe(id);
});

test('a counterexample is refused when its system is altered, also in its history', () => {
  const whole = counterexampleOn('live');
  const altered = { ...whole, system: 'other', history: { ...whole.history, system: 'other' } };
  expect(() => read(altered)).toThrow(/stored.json: id: differs from the hash/);
});

test('a counterexample is refused when its history contradicts it, even if its id is right', () => {
  const whole = counterexampleOn('live');
  const altered: Counterexample[] = [
    { ...whole, system: 'other' },
    { ...whole, lane: 'sim' },
    // Cases of real processes have no deviations.
    { ...whole, case: { ...whole.case, deviations: [deviation] } },
  ];
  for (const each of altered)
    expect(() => read({ ...each, id: counterexampleId(each) })).toThrow(/case: differs from its own history/);
});

test('a counterexample of the sim lane is refused when its deviations are not those of its token', () => {
  const whole = counterexampleOn('sim');
  const altered = { ...whole, case: { ...whole.case, deviations: [{ ...deviation, choice: 'lose' }] } };
  expect(() => read(altered)).toThrow(/stored.json: case: differs from its own token/);
});

test('a counterexample of the sim lane can have decided faults in its history after the faults of its scenario', () => {
  const whole = counterexampleOn('sim');
  const { history } = whole;
  const decided = { kind: 'redelivery', campaign: 'campaign-1', atMs: 5 } as const;
  const faults = [...history.scenario.faults, decided];
  const noted = { ...whole, history: { ...history, scenario: { ...history.scenario, faults } } };
  expect(read(noted)).toEqual(noted);
  const before = { ...whole, history: { ...history, scenario: { ...history.scenario, faults: faults.toReversed() } } };
  expect(() => read(before)).toThrow(/differs from its own history/);
});
