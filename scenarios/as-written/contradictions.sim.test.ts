// Pairs of sentences of the runbook that cannot both be true: a system that follows one violates the other, and a history shows it.
import { expect, test } from 'vitest';
import type { Fault } from '../../harness/formats/fault.ts';
import type { Scenario } from '../../harness/formats/scenario.ts';
import { campaignScenario, FROM_THE_START } from '../../harness/generators/campaign-scenario.ts';
import { openSimLane, type SimLaneOptions } from '../../harness/sim/lane.ts';
import { DEFAULT_READINGS } from '../../src/contract/readings.ts';
import type { System } from '../../src/contract/system.ts';
import { system as reference } from '../../src/reference.ts';
import { complaints } from '../complaints.fixture.ts';
import { system as chargesWithoutAskingForTheMode } from '../mutants/m54-quota-no-mode-guard.ts';
import { system as offIsFree } from '../readings/off-is-free.ts';
import { system as shadowIsCharged } from '../readings/shadow-is-charged.ts';
import { system as asWritten } from './system.ts';

const downstream = { stream: 'downstream', ...FROM_THE_START } as const;
const lateAnswer: Fault = { kind: 'latency', latencyMs: 1_200, jitterMs: 0, ...downstream };
const noAnswer: Fault = { kind: 'blackhole', stream: 'upstream', ...FROM_THE_START };

/** A campaign in SHADOW and the same in OFF, while the service does not answer. */
const besideOff: Scenario = {
  ...campaignScenario({ mode: 'SHADOW', faults: [noAnswer] }),
  tenants: [
    { key: 'tenant-1', mode: 'SHADOW', quota: 100 },
    { key: 'tenant-2', mode: 'OFF', quota: 100 },
  ],
  steps: ['tenant-1', 'tenant-2'].map((tenant) => {
    return { kind: 'entry', campaign: `of ${tenant}`, tenant, messages: 1, atMs: 50 };
  }),
};

interface Contradiction {
  readonly sentences: string;
  readonly system: System;
  readonly options?: SimLaneOptions;
  readonly scenario: Scenario;
  readonly found: RegExp;
}

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    sentences: 'fall back on a timeout, and send only if the service failed before it accepted',
    system: asWritten,
    scenario: campaignScenario({ faults: [lateAnswer] }),
    found: /^S1: .* was accepted twice/,
  },
  {
    sentences: 'fall back on a transport failure, and one system sends a message',
    system: asWritten,
    scenario: campaignScenario({ faults: [{ kind: 'reset', ...downstream }] }),
    found: /^S1: .* was accepted twice/,
  },
  {
    sentences: 'OFF charges as before, although quota is decremented in ON only',
    system: reference,
    options: { readings: offIsFree.readings },
    scenario: campaignScenario({ mode: 'OFF' }),
    found: /^S9: .* was charged although nothing is charged in OFF/,
  },
  {
    sentences: 'quota is decremented in ON only, although OFF charges as before',
    system: offIsFree,
    options: { readings: DEFAULT_READINGS },
    scenario: campaignScenario({ mode: 'OFF' }),
    found: /^S9: .* was not charged/,
  },
  {
    sentences: 'SHADOW sends by the unchanged sender of OFF, and charges nothing',
    system: shadowIsCharged,
    options: { readings: DEFAULT_READINGS },
    scenario: campaignScenario({ mode: 'SHADOW' }),
    found: /^S9: .* was charged although nothing is charged in SHADOW/,
  },
  {
    sentences: 'the quota block checks for ON, and its hardened form checks no mode',
    system: chargesWithoutAskingForTheMode,
    scenario: campaignScenario({ mode: 'SHADOW' }),
    found: /^S9: .* was charged although nothing is charged in SHADOW/,
  },
  {
    sentences: 'SHADOW never delays the user, and calls the service before it answers',
    system: asWritten,
    scenario: besideOff,
    found: /^S13/,
  },
  {
    sentences: 'a rehearsal writes a row of go_sms_logs, and every row there has one in sms_logs',
    system: asWritten,
    scenario: campaignScenario({ mode: 'SHADOW', reconcile: true }),
    found: /^S17/,
  },
];

test.each(CONTRADICTIONS)(
  'the runbook contradicts itself: $sentences',
  async ({ system, options, scenario, found }) => {
    const lane = await openSimLane(system, options);
    expect(await complaints(lane, scenario)).toContainEqual(expect.stringMatching(found));
  },
);
