// Random scenarios that both lanes must judge alike: draws of the rig's own generator, with their times and delays moved apart. Real
// processes are some milliseconds late, so nothing here may hang on which of two things comes first by little.
import * as fc from 'fast-check';
import type { Fault } from '../../../harness/formats/fault.ts';
import type { Scenario, Step } from '../../../harness/formats/scenario.ts';
import { scenarioArbitrary } from '../../../harness/generators/scenario-arbitrary.ts';

/** A draw of the generator, with its distribution of modes, quotas, steps and faults, and with room around everything that happens. */
export const spacedScenarioArbitrary: fc.Arbitrary<Scenario> = fc.noBias(scenarioArbitrary).map(spaced);

/** Each number of the generator that lies below the first becomes the second. */
type Spacing = readonly (readonly [belowMs: number, becomesMs: number])[];

/** When campaigns are triggered, in their order: never two at once, and none when the budget of another ends. */
const ENTRIES_MS = [300, 740, 1_540] as const;
/** Between the entries, never two at once. */
const FLIPS_MS = [
  [
    [100, 100],
    [300, 890],
    [Infinity, 1_890],
  ],
  [
    [200, 520],
    [500, 1_340],
    [Infinity, 2_000],
  ],
] as const satisfies readonly Spacing[];
/** After the entry of the campaign: while it is on its way, after its budget, and when all is over. */
const REDELIVERIES_MS: Spacing = [
  [200, 420],
  [500, 730],
  [800, 1_900],
  [Infinity, 2_700],
];
/** Far enough below the budget for an answer, too far for one that the service gives at 400 ms; or far past it. */
const LATENCIES_MS: Spacing = [
  [500, 180],
  [700, 900],
  [Infinity, 1_300],
];
/** Well past the budget and within the provider's timeout of a second, or well past that. */
const PROVIDER_DELAYS_MS: Spacing = [
  [1, 0],
  [1_000, 800],
  [Infinity, 1_500],
];
/** Before an entry, while calls are on their way, and when those of the first entry are over. */
const CRASHES_MS: Spacing = [
  [100, 100],
  [150, 690],
  [200, 1_100],
  [400, 1_480],
  [Infinity, 2_300],
];
const RESTARTS_MS: Spacing = [
  [200, 700],
  [Infinity, 1_600],
];
/** A larger batch takes two busy cores a quarter of a second, and nothing may hang on how long that is. */
const MESSAGES_MOST = 4;
/** When faults are healed, after the last entry: its calls are over, and a late redelivery is still to come. */
const HEALED_AFTER_MS = 1_400;

/** A real process needs up to so long until it serves, a simulated one no time: nothing may need it meanwhile. */
const BOOT_MS = 1_200;
/** How far a restart keeps from what comes before it. */
const CLEARANCE_MS = 150;

function spaced(scenario: Scenario): Scenario {
  const entriesMs = new Map<string, number>();
  const delayedMs = new Map<string, number>();
  for (const step of scenario.steps) {
    if (step.kind !== 'entry') continue;
    const atMs = ENTRIES_MS[entriesMs.size] ?? 0;
    entriesMs.set(step.campaign, atMs);
    delayedMs.set(step.campaign, atMs - step.atMs);
  }
  const flipsMs = FLIPS_MS.values();
  const steps = scenario.steps.map((step): Step => {
    if (step.kind === 'entry') {
      return { ...step, messages: Math.min(step.messages, MESSAGES_MOST), atMs: entriesMs.get(step.campaign) ?? 0 };
    }
    return step.kind === 'flip' ? { ...step, atMs: spacedBy(flipsMs.next().value ?? [], step.atMs) } : step;
  });
  const untilMs = Math.max(...entriesMs.values()) + HEALED_AFTER_MS;
  const faults = scenario.faults.map((fault): Fault => {
    if (fault.kind !== 'redelivery') return spacedFault(fault, untilMs);
    const entryMs = entriesMs.get(fault.campaign) ?? 0;
    const drawnMs = fault.atMs + (delayedMs.get(fault.campaign) ?? 0) - entryMs;
    return { ...fault, atMs: entryMs + spacedBy(REDELIVERIES_MS, drawnMs) };
  });
  return { ...scenario, steps, faults: faults.map((fault) => withRoomToBoot(fault, [...steps, ...faults])) };
}

function spacedFault(fault: Fault, untilMs: number): Fault {
  switch (fault.kind) {
    case 'latency':
      return { ...fault, latencyMs: spacedBy(LATENCIES_MS, fault.latencyMs), untilMs };
    case 'provider':
      return { ...fault, delayMs: spacedBy(PROVIDER_DELAYS_MS, fault.delayMs), untilMs };
    case 'blackhole':
    case 'reset':
    case 'cut':
    case 'refuse':
      return { ...fault, untilMs };
    case 'crash':
      return {
        ...fault,
        atMs: spacedBy(CRASHES_MS, fault.atMs),
        restartAfterMs: spacedBy(RESTARTS_MS, fault.restartAfterMs),
      };
    default:
      return fault;
  }
}

/** Puts off the restart of a crashed process until nothing asks for it while it boots. */
function withRoomToBoot(fault: Fault, all: readonly (Step | Fault)[]): Fault {
  if (fault.kind !== 'crash') return fault;
  const lateMs = all.find((other) => other.kind === 'latency' && other.stream === 'upstream');
  const delaysMs = [0, ...(lateMs?.kind === 'latency' ? [lateMs.latencyMs] : [])];
  const neededMs = all.flatMap((other) =>
    other.kind === 'entry' || other.kind === 'redelivery' ? delaysMs.map((ms) => other.atMs + ms) : [],
  );
  const isNeeded = (restartMs: number): boolean =>
    neededMs.some((ms) => ms > restartMs - CLEARANCE_MS && ms < restartMs + BOOT_MS + CLEARANCE_MS);
  let { restartAfterMs } = fault;
  while (isNeeded(fault.atMs + restartAfterMs)) restartAfterMs += 50;
  return { ...fault, restartAfterMs };
}

function spacedBy(spacing: Spacing, ms: number): number {
  return spacing.find(([belowMs]) => ms < belowMs)?.[1] ?? ms;
}
