// Random scenarios that both lanes must judge alike: draws of the rig's own generator, with their times and delays moved apart. Real
// processes are some milliseconds late, so nothing here may hang on which of two things comes first by little.
import * as fc from 'fast-check';
import { definitionOf } from '../../../harness/faults/catalogue.ts';
import { type Spacing, spacedBy } from '../../../harness/faults/fields.ts';
import type { Fault } from '../../../harness/formats/fault.ts';
import type { Scenario, Step } from '../../../harness/formats/scenario.ts';
import { scenarioArbitrary } from '../../../harness/generators/scenario-arbitrary.ts';

/** A draw of the generator, with its distribution of modes, quotas, steps and faults, and with room around everything that happens. */
export const spacedScenarioArbitrary: fc.Arbitrary<Scenario> = fc.noBias(scenarioArbitrary).map(spaced);

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
/** A larger batch takes two busy cores a quarter of a second, and nothing may hang on how long that is. */
const MESSAGES_MAX = 4;
/** When faults are healed, after the last entry: its calls are over, and a late redelivery is still to come. */
const HEALED_AFTER_MS = 1_400;

/** A real process needs up to so long until it serves, a simulated one no time: nothing may need it meanwhile. */
const BOOT_MS = 1_200;
/** How far a restart keeps from what comes before it. */
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

/** Puts off the restart of a process that was ended until nothing asks for it while it boots. */
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
