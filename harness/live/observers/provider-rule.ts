// The rules by which a provider stub answers messages.

/** The outcome of a message at the provider. Only `reject` is a definite answer that the message was not sent. */
export type ProviderOutcome =
  'accept' | 'reject' | 'slow' | 'accept-lose-reply' | 'error-accepted' | 'error-not-accepted';

/** A rule for messages that arrive in [fromMicros, untilMicros) of the rig's clock; a missing bound is infinite. */
export interface ProviderRule {
  readonly outcome: ProviderOutcome;
  /** The delay of the answer; with `slow` also of the acceptance. `accept` has no delay. */
  readonly delayMs: number;
  readonly fromMicros?: number;
  readonly untilMicros?: number;
}

const ACCEPT: ProviderRule = { outcome: 'accept', delayMs: 0 };

/** The first rule in force at `atMicros`; if there is none, the message is accepted. */
export function ruleAt(rules: readonly ProviderRule[], atMicros: number): ProviderRule {
  const inForce = ({ fromMicros = -Infinity, untilMicros = Infinity }: ProviderRule): boolean =>
    fromMicros <= atMicros && atMicros < untilMicros;
  return rules.find(inForce) ?? ACCEPT;
}
