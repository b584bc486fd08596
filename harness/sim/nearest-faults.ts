// Translates a case of the sim lane for the live lane: each decision of the simulator is replaced with the most similar faults or flips. A
// fault lasts for the whole case, whereas the decision affected one call.
import { MODES } from '../../src/contract/mode.ts';
import type { Case, Deviation } from '../formats/case.ts';
import type { Fault } from '../formats/fault.ts';
import type { Scenario, Step } from '../formats/scenario.ts';
import { repeatBy } from './client.ts';
import { RESTART_AFTER_MS, SLOW_PAST_TIMEOUT_MS } from './timings.ts';

/** The case with faults instead of decisions, or the first decision to which no fault or flip is similar. */
export type Nearest =
  { readonly kind: 'case'; readonly case: Case } | { readonly kind: 'none'; readonly deviation: Deviation };

/** The system's settings from which the delays of faults are computed. */
interface Times {
  readonly budgetMs: number;
  readonly providerTimeoutMs: number;
}

/** What the replacement of a decision depends on. */
interface Place extends Times {
  /** The key of the decision. */
  readonly key: string;
  /** When the first campaign enters. */
  readonly entryMs: number;
  readonly campaigns: readonly string[];
  readonly tenants: Scenario['tenants'];
  /** The window of all faults. */
  readonly window: { readonly fromMs: number; readonly untilMs: number };
}

type Flip = Extract<Step, { kind: 'flip' }>;

/** How long after the entry its first call is under way. */
const MEANWHILE_MS = 150;
/** How long after the entry the budget of its first call is over. */
const AFTERWARDS_MS = 700;
/** The delay of a provider that is slow but still answers within the caller's budget. */
const SLOW_IN_TIME_MS = 450;
/** How much later than the caller's budget a delayed message arrives: a slow machine alone does not cause as much. */
const LATE_MS = 700;
/** How long the faults last after the last entry. */
const LASTING_MS = 1_500;

/** The faults or flips that are most similar to a decision, by its site and choice. */
const NEAREST: Readonly<Record<string, (place: Place) => readonly (Fault | Flip)[]>> = {
  'request delay': (place) => [late('upstream', place)],
  'request drop': ({ window }) => [{ kind: 'blackhole', stream: 'upstream', ...window }],
  'request reset': ({ window }) => [{ kind: 'reset', stream: 'upstream', ...window }],
  'request refuse': ({ window }) => [{ kind: 'refuse', ...window }],
  'request duplicate': (place) => [...redelivered(0, place), ...provider('slow', SLOW_IN_TIME_MS, place)],
  'request duplicate-late': (place) => redelivered(AFTERWARDS_MS, place),
  'answer delay': (place) => [late('downstream', place)],
  'answer drop': ({ window }) => [{ kind: 'blackhole', stream: 'downstream', ...window }],
  'answer reset': ({ window }) => [{ kind: 'reset', stream: 'downstream', ...window }],
  'answer cut': ({ window }) => [{ kind: 'cut', stream: 'downstream', bytes: 1, ...window }],
  'provider reject': (place) => provider('reject', 0, place),
  'provider slow': (place) => provider('slow', place.providerTimeoutMs + SLOW_PAST_TIMEOUT_MS, place),
  'provider accept-lose-reply': (place) => provider('accept-lose-reply', 0, place),
  'provider error-accepted': (place) => provider('error-accepted', 0, place),
  'provider error-not-accepted': (place) => provider('error-not-accepted', 0, place),
  'service crash': (place) => [...provider('slow', SLOW_IN_TIME_MS, place), crashed('service', place)],
  'legacy crash': (place) => [...provider('slow', SLOW_IN_TIME_MS, place), crashed('legacy', place)],
  'client another-text': ({ key }) => [repeatBy('another-text', key)],
  'client another-number': ({ key }) => [repeatBy('another-number', key)],
  'client another-text-at-once': ({ key }) => [repeatBy('another-text-at-once', key)],
  'legacy flip': flipped,
  'legacy redeliver': (place) => [...redelivered(MEANWHILE_MS, place), ...provider('slow', SLOW_IN_TIME_MS, place)],
};

/** Replaces every decision of a case; `none` names the first decision that cannot be replaced. */
export function nearestFaults({ scenario, deviations }: Case, times: Times): Nearest {
  const place = placeIn(scenario, times);
  const faults = [...scenario.faults];
  const steps = [...scenario.steps];
  for (const deviation of deviations) {
    const nearest = NEAREST[`${deviation.site} ${deviation.choice}`];
    if (nearest === undefined) return { kind: 'none', deviation };
    for (const each of nearest({ ...place, key: deviation.key })) {
      if (each.kind === 'flip') steps.push(each);
      else faults.push(each);
    }
  }
  return { kind: 'case', case: { scenario: { ...scenario, steps, faults }, deviations: [] } };
}

function placeIn({ steps, tenants }: Scenario, times: Times): Omit<Place, 'key'> {
  const entries = steps.filter((step) => step.kind === 'entry');
  const entriesMs = entries.map(({ atMs }) => atMs);
  return {
    ...times,
    entryMs: Math.min(...entriesMs),
    tenants,
    campaigns: entries.map(({ campaign }) => campaign),
    window: { fromMs: 0, untilMs: Math.max(...entriesMs) + LASTING_MS },
  };
}

function late(stream: 'upstream' | 'downstream', { budgetMs, window }: Place): Fault {
  return { kind: 'latency', stream, latencyMs: budgetMs + LATE_MS, jitterMs: 0, ...window };
}

/** One fault for the provider of each system: which of the two systems sends is known only in the run. */
function provider(
  outcome: Extract<Fault, { kind: 'provider' }>['outcome'],
  delayMs: number,
  { window }: Place,
): readonly Fault[] {
  return (['service', 'legacy'] as const).map((system) => ({ kind: 'provider', system, outcome, delayMs, ...window }));
}

function redelivered(afterMs: number, { campaigns: [campaign = ''], entryMs }: Place): readonly Fault[] {
  return [{ kind: 'redelivery', campaign, atMs: entryMs + afterMs }];
}

/** Flips each tenant to the mode after its current one. */
function flipped({ tenants, entryMs }: Place): readonly Flip[] {
  return tenants.map(({ key, mode }) => {
    const next = MODES[(MODES.findIndex((candidate) => candidate === mode) + 1) % MODES.length] ?? 'OFF';
    return { kind: 'flip', tenant: key, mode: next, atMs: entryMs + MEANWHILE_MS };
  });
}

function crashed(process: 'service' | 'legacy', { entryMs }: Place): Fault {
  return { kind: 'crash', process, atMs: entryMs + MEANWHILE_MS, restartAfterMs: RESTART_AFTER_MS };
}
