// When a described system's breaker can be opened: failures open it before a scenario begins, and not later.
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
  const message = 'a breaker that failures open is OPEN from the start of a scenario, or not at all';
  return { message, hint: 'let `openBreaker` be SQL or another action, or let the fault begin at 0 ms' };
}
