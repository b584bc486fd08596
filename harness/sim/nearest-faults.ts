// A case of the sim lane as the live lane can play it: in the place of each decision the faults, or the flips, that come nearest to it. A
// fault lasts for the whole case, where the decision struck one call.
import { MODES } from '../../src/contract/mode.ts';
import type { Case, Deviation } from '../formats/case.ts';
import type { Fault } from '../formats/fault.ts';
import type { Scenario, Step } from '../formats/scenario.ts';
import { repeatBy } from './client.ts';
import { RESTART_AFTER_MS, SLOW_PAST_TIMEOUT_MS } from './timings.ts';

/** A case without decisions, or the first of its decisions that no fault comes near. */
export type Nearest =
  { readonly kind: 'case'; readonly case: Case } | { readonly kind: 'none'; readonly deviation: Deviation };

/** The times of a scenario that faults are placed by. */
interface Times {
  readonly budgetMs: number;
  readonly providerTimeoutMs: number;
}

/** When the first campaign enters, which campaigns there are, the window of all faults, and what the decision was about. */
interface Place extends Times {
  readonly key: string;
  readonly entryMs: number;
  readonly campaigns: readonly string[];
  readonly tenants: Scenario['tenants'];
  readonly window: { readonly fromMs: number; readonly untilMs: number };
}

type Flip = Extract<Step, { kind: 'flip' }>;

/** After the entry: while its first call is under way, and when its budget is spent. */
const MEANWHILE_MS = 150;
const AFTERWARDS_MS = 700;
/** A provider that is slow, and in time. */
const SLOW_IN_TIME_MS = 450;
/** How much later than the caller's budget, so that no machine is as slow. */
const LATE_MS = 700;
/** How long after the last entry the faults last. */
const LASTING_MS = 1_500;

/** What comes nearest to a decision, by its site and choice. */
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

/** The case without decisions that comes nearest to this one. */
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

/** The provider of both systems: which one is asked, the system decides. */
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

/** Each tenant's mode goes on to the next. */
function flipped({ tenants, entryMs }: Place): readonly Flip[] {
  return tenants.map(({ key, mode }) => {
    const next = MODES[(MODES.findIndex((candidate) => candidate === mode) + 1) % MODES.length] ?? 'OFF';
    return { kind: 'flip', tenant: key, mode: next, atMs: entryMs + MEANWHILE_MS };
  });
}

function crashed(process: 'service' | 'legacy', { entryMs }: Place): Fault {
  return { kind: 'crash', process, atMs: entryMs + MEANWHILE_MS, restartAfterMs: RESTART_AFTER_MS };
}
