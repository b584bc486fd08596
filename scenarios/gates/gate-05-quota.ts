// Gate 5: quota. The runbook's version compares the balance before and after a send that is only a comment; this one sends.
import type { Gate } from '../../harness/runner/gate.ts';
import { acceptCounts, decrement, demandAll, exactly, priceOf } from './evidence.ts';
import { FROM_THE_START, CAMPAIGN, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const MESSAGES = 3;

const CASES = [
  { name: 'SHADOW', mode: 'SHADOW', sentAs: 'SHADOW', faults: [] },
  { name: 'ON, all accepted', mode: 'ON', sentAs: 'ON', faults: [] },
  {
    name: 'ON, answer lost, delivered again and answered duplicate',
    mode: 'ON',
    sentAs: 'ON',
    faults: [
      // Lasts longer than the budget of the first call, and ends before the second one.
      { kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 800 },
      { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 900 },
    ],
  },
  {
    name: 'ON, all rejected',
    mode: 'ON',
    sentAs: null,
    faults: [{ kind: 'provider', system: 'service', outcome: 'reject', delayMs: 0, ...FROM_THE_START }],
  },
] as const;

export const quota: Gate = {
  id: '5',
  title: 'SHADOW did not decrement',
  source: 'runbook',
  section: 'Step 18, GATE 5: quota invariant checks (Invariant 4)',
  expected:
    'SHADOW decrements nothing unless the readings bill it; ON decrements once per uuid that is accepted or duplicate, and nothing for a rejected one',
  nextAction: 'decrement inside the settlement, in ON only, guarded by a ledger row per uuid',
  vantages: ['wire', 'database'],
  scenarios: CASES.map((item) =>
    campaignScenario({ name: `quota: ${item.name}`, mode: item.mode, messages: MESSAGES, faults: item.faults }),
  ),
  judge: (histories) =>
    demandAll(
      CASES.flatMap((item, index) => {
        const history = histories[index];
        if (history === undefined) return [{ met: false, seen: `${item.name}: was not run` }];
        const accepts = acceptCounts(history);
        const sent = item.sentAs === null ? 0 : MESSAGES;
        const units = item.sentAs === null ? 0 : MESSAGES * priceOf(history, item.sentAs);
        return [
          exactly(`${item.name}: units decremented`, units, decrement(history)),
          exactly(`${item.name}: messages sent`, sent, accepts.legacy + accepts.service),
        ];
      }),
    ),
};
