// The reference on the simulated lane under each single fault of the catalogue, in each mode: no checker finds anything. The same judge
// finds the double send of the runbook as written.
import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES } from '../../src/contract/message.ts';
import type { Fault } from '../../harness/formats/fault.ts';
import { openSimLane, type SimLane } from '../../harness/sim/lane.ts';
import { MODES } from '../../src/contract/mode.ts';
import { system } from '../../src/reference.ts';
import { system as asWritten } from '../as-written/system.ts';
import { complaints } from '../complaints.fixture.ts';
import { FROM_THE_START, CAMPAIGN, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const item = `${CAMPAIGN.campaign}#1`;

/** The outcomes of a provider other than an acceptance in time. */
const OUTCOMES = ['reject', 'slow', 'accept-lose-reply', 'error-accepted', 'error-not-accepted'] as const;

const FAULTS: readonly Fault[] = [
  ...(['upstream', 'downstream'] as const).flatMap((stream): Fault[] => [
    { kind: 'latency', stream, latencyMs: 450, jitterMs: 100, ...FROM_THE_START },
    { kind: 'latency', stream, latencyMs: 1_200, jitterMs: 0, ...FROM_THE_START },
    { kind: 'blackhole', stream, ...FROM_THE_START },
    { kind: 'reset', stream, ...FROM_THE_START },
    { kind: 'cut', stream, bytes: 0, ...FROM_THE_START },
    { kind: 'cut', stream, bytes: 40, ...FROM_THE_START },
  ]),
  { kind: 'refuse', ...FROM_THE_START },
  { kind: 'breaker-open', breaker: 'live', fromMs: 0 },
  { kind: 'breaker-open', breaker: 'dry', fromMs: 0 },
  ...ROLES.flatMap((process) => [
    ...OUTCOMES.map((outcome): Fault => {
      return { kind: 'provider', system: process, outcome, delayMs: 1_200, ...FROM_THE_START };
    }),
    // At the entry, before the first call, and during the call.
    ...[50, 51, 52, 55].map((atMs): Fault => ({ kind: 'crash', process, atMs, restartAfterMs: 300 })),
    ...[50, 51, 52, 55].flatMap((atMs) =>
      // A grace long enough to finish, and one too short.
      [600, 1].map((graceMs): Fault => ({ kind: 'terminate', process, atMs, graceMs, restartAfterMs: 300 })),
    ),
  ]),
  ...[50, 51, 60, 700].map((atMs): Fault => ({ kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs })),
  ...(['text', 'number'] as const).flatMap((changes) =>
    [0, 1, 300].map((afterMs): Fault => ({ kind: 'repeat', item, changes, afterMs })),
  ),
  { kind: 'missing-uuid', item },
  // Longer than the budget, and longer than the lease.
  ...[700, 1_200].map((lastsMs): Fault => ({ kind: 'pause', process: 'legacy', lastsMs, ...FROM_THE_START })),
];

/** The kind of a fault with its fields, without its window. */
function titleOf({ kind, ...rest }: Fault): string {
  const shown = Object.entries(rest).filter(([name]) => name !== 'fromMs' && name !== 'untilMs');
  return [kind, ...shown.map(([name, value]) => `${name} ${value}`)].join(', ');
}

describe.each(MODES)('the reference in %s', (mode) => {
  let lane: SimLane;
  beforeAll(async () => {
    lane = await openSimLane(system);
  });

  test('the reference sends, logs and charges without a fault', async () => {
    const scenario = campaignScenario({ name: `${mode} undisturbed`, mode, messages: 5, reconcile: true });
    expect(await complaints(lane, scenario)).toEqual([]);
  });

  test.each(FAULTS.map((fault) => [titleOf(fault), fault] as const))(
    'the reference sends, logs and charges under %s',
    async (title, fault) => {
      const plain = { mode, faults: [fault] };
      expect(await complaints(lane, campaignScenario({ name: `${mode} ${title}`, messages: 1, ...plain }))).toEqual([]);
      const reconciled = campaignScenario({ name: `${mode} ${title}`, messages: 3, reconcile: true, ...plain });
      expect(await complaints(lane, reconciled)).toEqual([]);
    },
  );
});

test('the runbook as written sends twice when an answer is late', async () => {
  const lane = await openSimLane(asWritten);
  const fault: Fault = { kind: 'latency', stream: 'downstream', latencyMs: 1_200, jitterMs: 0, ...FROM_THE_START };
  const late = campaignScenario({ name: 'a late answer', mode: 'ON', faults: [fault] });
  expect(await complaints(lane, late)).toContainEqual(expect.stringMatching(/^S1: .* was accepted twice/));
  for (const mode of ['OFF', 'SHADOW']) {
    expect(await complaints(lane, campaignScenario({ name: `${mode} undisturbed`, mode }))).toEqual([]);
  }
});
