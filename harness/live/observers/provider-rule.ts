// How the provider stub answers the messages of one system.

/** How the provider treats a message. Only `reject` says definitely that it was not sent. */
export type ProviderOutcome =
  'accept' | 'reject' | 'slow' | 'accept-lose-reply' | 'error-accepted' | 'error-not-accepted';

/** A rule in force for messages that arrive in [fromMicros, untilMicros) of the rig's clock; without these, always. */
export interface ProviderRule {
  readonly outcome: ProviderOutcome;
  /** How long the answer takes; with `slow` the acceptance, too. */
  readonly delayMs: number;
  readonly fromMicros?: number;
  readonly untilMicros?: number;
}

const ACCEPT: ProviderRule = { outcome: 'accept', delayMs: 0 };

/** The first rule in force at `atMicros`; acceptance when there is none. */
export function ruleAt(rules: readonly ProviderRule[], atMicros: number): ProviderRule {
  const inForce = ({ fromMicros = -Infinity, untilMicros = Infinity }: ProviderRule): boolean =>
    fromMicros <= atMicros && atMicros < untilMicros;
  return rules.find(inForce) ?? ACCEPT;
}
