// Refuses scenarios that open a breaker later than its description allows: failed calls open it before a scenario begins only.
import type { Refusal } from '../execution/refusal.ts';
import type { Scenario } from '../formats/scenario.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** Why the breakers of this scenario cannot be opened; undefined when they can. */
export function refusalOfBreakers(
  { openBreaker }: Pick<SystemDescription, 'openBreaker'>,
  { faults }: Scenario,
): Refusal | undefined {
  if (openBreaker === undefined || !('failures' in openBreaker)) return undefined;
  const late = faults.find((fault) => fault.kind === 'breaker-open' && fault.fromMs > 0);
  if (late === undefined) return undefined;
  const message = 'failed calls can open a breaker only before a scenario begins';
  return { message, hint: 'give `openBreaker` SQL or another action, or begin the fault at 0 ms' };
}
