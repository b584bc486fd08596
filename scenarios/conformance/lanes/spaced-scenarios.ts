// Random scenarios that both lanes must judge alike: draws of the rig's own generator, with their times moved apart. Real processes are
// some milliseconds late, so no outcome may depend on which of two close events comes first.
import * as fc from 'fast-check';
import { definitionOf } from '../../../harness/faults/catalogue.ts';
import { type Spacing, spacedBy } from '../../../harness/faults/fields.ts';
import type { Fault } from '../../../harness/formats/fault.ts';
import type { Scenario, Step } from '../../../harness/formats/scenario.ts';
import { scenarioArbitrary } from '../../../harness/generators/scenario-arbitrary.ts';

/** Draws of the generator, with its distribution of modes, quotas, steps and faults, and with time between all events. */
export const spacedScenarioArbitrary: fc.Arbitrary<Scenario> = fc.noBias(scenarioArbitrary).map(spaced);

/** The times at which campaigns are triggered, in order: never two at once, and none when the budget of another one ends. */
const ENTRIES_MS = [300, 740, 1_540] as const;
/** The times of flips: between the entries, never two at once. */
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
/** A larger batch takes two busy cores a quarter of a second, and no outcome may depend on that. */
const MESSAGES_MAX = 4;
/** How long after the last entry faults are healed: its calls are over, and a late redelivery comes later. */
const HEALED_AFTER_MS = 1_400;

/** How long a real process may take until it serves, while a simulated one takes no time: no step may need it meanwhile. */
const BOOT_MS = 1_200;
/** The least time between a restart and the steps around it. */
const CLEARANCE_MS = 150;

function spaced(scenario: Scenario): Scenario {
  const entriesMs = new Map<string, number>();
  const putOffMs = new Map<string, number>();
  for (const step of scenario.steps) {
    if (step.kind !== 'entry') continue;
    const atMs = ENTRIES_MS[entriesMs.size] ?? 0;
    entriesMs.set(step.campaign, atMs);
    putOffMs.set(step.campaign, atMs - step.atMs);
  }
  const flipsMs = FLIPS_MS.values();
  const steps = scenario.steps.map((step): Step => {
    if (step.kind === 'entry') {
      return { ...step, messages: Math.min(step.messages, MESSAGES_MAX), atMs: entriesMs.get(step.campaign) ?? 0 };
    }
    return step.kind === 'flip' ? { ...step, atMs: spacedBy(flipsMs.next().value ?? [], step.atMs) } : step;
  });
  const untilMs = Math.max(...entriesMs.values()) + HEALED_AFTER_MS;
  const room = {
    untilMs,
    entryMs: (campaign: string) => entriesMs.get(campaign) ?? 0,
    putOffMs: (campaign: string) => putOffMs.get(campaign) ?? 0,
  };
  const faults = scenario.faults.map((fault) => definitionOf(fault).spaced(fault, room));
  return { ...scenario, steps, faults: faults.map((fault) => withRoomToBoot(fault, [...steps, ...faults])) };
}

/** Delays the restart of a process that crashed or ended until no entry or redelivery falls into its boot. */
function withRoomToBoot(fault: Fault, all: readonly (Step | Fault)[]): Fault {
  if (fault.kind !== 'crash' && fault.kind !== 'terminate') return fault;
  const downMs = fault.atMs + (fault.kind === 'terminate' ? fault.graceMs : 0);
  const lateMs = all.find((other) => other.kind === 'latency' && other.stream === 'upstream');
  const delaysMs = [0, ...(lateMs?.kind === 'latency' ? [lateMs.latencyMs] : [])];
  const neededMs = all.flatMap((other) =>
    other.kind === 'entry' || other.kind === 'redelivery' ? delaysMs.map((ms) => other.atMs + ms) : [],
  );
  const isNeeded = (restartMs: number): boolean =>
    neededMs.some((ms) => ms > restartMs - CLEARANCE_MS && ms < restartMs + BOOT_MS + CLEARANCE_MS);
  let { restartAfterMs } = fault;
  while (isNeeded(downMs + restartAfterMs)) restartAfterMs += 50;
  return { ...fault, restartAfterMs };
}
