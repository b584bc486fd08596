// Scenarios for states that random draws reach too rarely to rely on them.
import type { Scenario, Step } from '../../formats/scenario.ts';
import { CAMPAIGN, campaignScenario } from '../../generators/campaign-scenario.ts';

const CAMPAIGNS = 6;

/** One burst of calls that all fail, and one call after the pause of the breaker: it opens, and then probes. */
export function rareStateScenarios(seed: number): Scenario[] {
  const entry = (number: number, atMs: number): Step => ({
    kind: 'entry',
    campaign: `campaign-${number}`,
    tenant: CAMPAIGN.tenant,
    messages: 1,
    atMs,
  });
  const burst = Array.from({ length: CAMPAIGNS - 1 }, (_, index) => entry(index + 2, 101 + index));
  return [
    campaignScenario({
      name: 'a burst of failing calls opens the breaker',
      seed,
      atMs: 100,
      steps: [...burst, entry(CAMPAIGNS + 1, 1_700)],
      faults: [{ kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 1_000 }],
    }),
  ];
}
