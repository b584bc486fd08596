// Gate 5: quota. The runbook's version compares the balance before and after a send that is only a comment; this one sends.
import type { Gate } from '../../harness/runner/gate.ts';
import { acceptCounts, decrement, demandAll, demandsOfEach, exactly, priceOf } from './evidence.ts';
import { FROM_THE_START, CAMPAIGN, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const MESSAGES = 3;

const CASES = [
  { name: 'SHADOW, quota', mode: 'SHADOW', sentAs: 'SHADOW', faults: [] },
  { name: 'ON, quota, all accepted', mode: 'ON', sentAs: 'ON', faults: [] },
  {
    name: 'ON, quota, answer lost, delivered again and answered duplicate',
    mode: 'ON',
    sentAs: 'ON',
    faults: [
      // Lasts longer than the budget of the first call, and ends before the second one.
      { kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 800 },
      { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 900 },
    ],
  },
  {
    name: 'ON, quota, all rejected',
    mode: 'ON',
    sentAs: null,
    faults: [{ kind: 'provider', system: 'service', outcome: 'reject', delayMs: 0, ...FROM_THE_START }],
  },
] as const;

export const quota: Gate = {
  id: '5',
  title: 'SHADOW did not decrement, and ON decremented once for each accepted message',
  source: 'runbook',
  section: 'Step 18, GATE 5: quota invariant checks (Invariant 4)',
  expected:
    'SHADOW decrements nothing unless the readings bill it; ON decrements once per uuid that is accepted or duplicate, and nothing for a rejected one',
  nextAction: 'decrement inside the settlement, in ON only, guarded by a ledger row per uuid',
  vantages: ['wire', 'database'],
  scenarios: CASES.map(({ name, mode, faults }) => campaignScenario({ name, mode, messages: MESSAGES, faults })),
  judge: (histories) =>
    demandAll(
      demandsOfEach({ cases: CASES, histories }, ({ sentAs }, history) => {
        const accepts = acceptCounts(history);
        const sent = sentAs === null ? 0 : MESSAGES;
        const units = sentAs === null ? 0 : MESSAGES * priceOf(history, sentAs);
        return [
          exactly('units decremented', units, decrement(history)),
          exactly('messages sent', sent, accepts.legacy + accepts.service),
        ];
      }),
    ),
};
