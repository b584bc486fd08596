// A wire mutant: a way to make a pair of systems look broken from outside, and what must then be seen.
import type { PropertyId } from '../../formats/finding.ts';
import type { Scenario } from '../../formats/scenario.ts';
import type { SystemDescription } from '../../formats/system-description.ts';
import type { DatabaseHand } from './database-hand.ts';
import type { CallExchange, ProviderExchange, Sabotage } from './exchange.ts';

/**
 * Where a saboteur acts, and its action. `client`: between the legacy app and the front tap; `service`: between the back tap and the
 * service; the two providers: between a system and its provider stub; `database`: by a connection in a system's name.
 */
export type WireSabotage =
  | { readonly at: 'client' | 'service'; readonly act: Sabotage<CallExchange> }
  | { readonly at: 'legacy-provider' | 'service-provider'; readonly act: Sabotage<ProviderExchange> }
  | { readonly at: 'database'; readonly act: (hand: DatabaseHand) => Promise<void> };

/** One wire mutant. */
export interface WireMutant {
  /** `X` and two digits; unique, and never reused. */
  readonly id: string;
  readonly name: string;
  /** What the saboteur does, in one clause. */
  readonly does: string;
  /** The properties of which at least one must be violated. */
  readonly breaks: readonly PropertyId[];
  readonly scenario: Scenario;
  readonly sabotage: WireSabotage;
  /** Why the mutant does not apply to a pair; undefined when it does. */
  readonly absence?: (description: SystemDescription) => string | undefined;
}

/** The line that is in the log of a run in which a wire mutant took effect. */
export function wireMarkerOf(id: string): string {
  return `SABOTAGE_TOOK_EFFECT ${id}`;
}
