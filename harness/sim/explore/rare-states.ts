// Scenarios for states that random draws reach too rarely to rely on them.
import type { Scenario, Step } from '../../formats/scenario.ts';

const CAMPAIGNS = 6;

/** One burst of calls that all fail, and one call after the pause of the breaker: it opens, and then probes. */
export function rareStateScenarios(seed: number): Scenario[] {
  const entry = (index: number, atMs: number): Step => ({
    kind: 'entry',
    campaign: `campaign-${index}`,
    tenant: 'tenant-1',
    messages: 1,
    atMs,
  });
  const burst = Array.from({ length: CAMPAIGNS }, (_, index) => entry(index + 1, 100 + index));
  return [
    {
      format: 'onesend.scenario/1',
      name: 'a burst of failing calls opens the breaker',
      seed,
      tenants: [{ key: 'tenant-1', mode: 'ON', quota: 100 }],
      steps: [...burst, entry(CAMPAIGNS + 1, 1_700)],
      faults: [{ kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 1_000 }],
    },
  ];
}
