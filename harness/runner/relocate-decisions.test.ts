import { describe, expect, test } from 'vitest';
import type { Case, Deviation } from '../formats/case.ts';
import type { Scenario } from '../formats/scenario.ts';
import { scriptedRun, scriptedScenario } from './executor.fixture.ts';
import { relocateDecisions, type Trial } from './relocate-decisions.ts';
import type { CaseOutcome } from './run-case.ts';

const CRASH: Deviation = { site: 'service', key: 'service-1', attempt: 0, choice: 'crash' };

const entry = { kind: 'entry' as const, campaign: 'campaign-1', tenant: 'tenant-1', atMs: 100 };
const withMessages = (messages: number): Scenario => scriptedScenario({ steps: [{ ...entry, messages }] });

type Judged = Extract<CaseOutcome, { kind: 'judged' }>;

/** A scripted lane: `comesUp` says which decisions a run reaches, and `violates` says which cases violate. */
function trialOf(
  script: { comesUp?: (deviation: Deviation, scenario: Scenario) => boolean; violates: (tried: Case) => boolean },
  simpleDecisions: Trial['simpleDecisions'] = () => [],
): Trial & { readonly tried: readonly Case[] } {
  const { comesUp = () => true, violates } = script;
  const tried: Case[] = [];
  return {
    tried,
    simpleDecisions,
    tryCase({ scenario, deviations }) {
      tried.push({ scenario, deviations });
      const reached = deviations.filter((deviation) => comesUp(deviation, scenario));
      const { history } = scriptedRun(scenario);
      return Promise.resolve({
        kind: 'judged',
        case: { scenario, deviations: reached },
        judgement: { history },
        anomalies: [],
        isRetried: false,
      } as unknown as Judged);
    },
    violates: (outcome): outcome is Judged => outcome.kind === 'judged' && violates(outcome.case),
  };
}

const messagesIn = ({ steps }: Scenario): number =>
  steps.reduce((sum, step) => sum + (step.kind === 'entry' ? step.messages : 0), 0);

describe('decisions in a smaller scenario', () => {
  test('decisions in a smaller scenario are placed earlier, where fewer decisions come up', async () => {
    const found = { scenario: withMessages(8), deviations: [{ ...CRASH, attempt: 23 }] };
    const trial = trialOf({
      comesUp: ({ attempt }, scenario) => attempt < 4 * messagesIn(scenario),
      violates: ({ deviations }) => deviations[0]?.attempt === 3,
    });
    const smaller = await relocateDecisions(found, trial);
    expect(smaller?.case).toMatchObject({ deviations: [{ ...CRASH, attempt: 3 }] });
    expect(messagesIn(smaller?.case.scenario ?? found.scenario)).toBe(1);
  });

  test('decisions in a smaller scenario are not tried at later places than the first that the run does not reach', async () => {
    const found = { scenario: withMessages(2), deviations: [{ ...CRASH, attempt: 23 }] };
    const trial = trialOf({ comesUp: ({ attempt }) => attempt < 4, violates: () => false });
    expect(await relocateDecisions(found, trial)).toBeUndefined();
    expect(Math.max(...trial.tried.flatMap(({ deviations }) => deviations.map(({ attempt }) => attempt)))).toBe(4);
  });

  test('decisions in a smaller scenario are moved to the messages that remain', async () => {
    const key = 'campaign-1#1+campaign-1#2+campaign-1#3';
    const found = {
      scenario: withMessages(3),
      deviations: [{ site: 'request', key, attempt: 0, choice: 'drop' }],
    };
    const trial = trialOf({
      comesUp: ({ key: about }, scenario) => about.split('+').length === messagesIn(scenario),
      violates: ({ scenario, deviations }) => messagesIn(scenario) === 2 && deviations.length === 1,
    });
    expect((await relocateDecisions(found, trial))?.case.deviations).toEqual([
      { site: 'request', key: 'campaign-1#1+campaign-1#2', attempt: 0, choice: 'drop' },
    ]);
  });

  test('decisions in a smaller scenario are placed together if two of them are needed', async () => {
    const pause = { ...CRASH, site: 'legacy', key: 'legacy-1', choice: 'pause', attempt: 73 };
    const found = { scenario: withMessages(6), deviations: [{ ...CRASH, attempt: 47 }, pause] };
    const trial = trialOf({
      comesUp: ({ attempt }, scenario) => attempt < 10 * messagesIn(scenario),
      violates: ({ deviations: [first, second] }) => first?.attempt === 5 && second?.attempt === 7,
    });
    const smaller = await relocateDecisions(found, trial);
    expect(smaller?.case.deviations.map(({ attempt }) => attempt)).toEqual([5, 7]);
    expect(messagesIn(smaller?.case.scenario ?? found.scenario)).toBe(1);
  });

  test('decisions in a smaller scenario replace faults if a simple one shows the same', async () => {
    const fault = { kind: 'crash', process: 'legacy', atMs: 150, restartAfterMs: 200 } as const;
    const found = { scenario: { ...withMessages(1), faults: [fault, { ...fault, atMs: 300 }] }, deviations: [] };
    const simple = { site: 'answer', key: 'campaign-1#1', attempt: 0, choice: 'delay' };
    const trial = trialOf({ violates: ({ deviations }) => deviations[0]?.choice === 'delay' }, () => [simple]);
    const smaller = await relocateDecisions(found, trial);
    expect(smaller?.case).toMatchObject({ scenario: { faults: [] }, deviations: [simple] });
  });

  test('decisions in a smaller scenario are not tried in a case that is as large as the one found', async () => {
    const found = { scenario: withMessages(1), deviations: [CRASH] };
    const trial = trialOf({ violates: () => false }, () => [CRASH]);
    await relocateDecisions(found, trial);
    expect(trial.tried.every(({ deviations }) => deviations.length === 0)).toBe(true);
  });

  test('decisions in a smaller scenario need no flip if its tenant begins in the mode after the flip', async () => {
    const flip = { site: 'legacy', key: 'legacy-1', attempt: 5, choice: 'flip' };
    const scenario = { ...withMessages(1), tenants: [{ key: 'tenant-1', mode: 'SHADOW', quota: 10 }] };
    const trial = trialOf({ violates: ({ scenario: { tenants } }) => tenants[0]?.mode === 'ON' });
    const smaller = await relocateDecisions({ scenario, deviations: [flip] }, trial);
    expect(smaller?.case).toMatchObject({ scenario: { tenants: [{ mode: 'ON' }] }, deviations: [] });
  });
});
