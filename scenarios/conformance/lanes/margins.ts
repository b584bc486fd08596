// Which scenarios both lanes must judge alike. Real processes are some milliseconds late, so a scenario whose verdict hangs on less than
// a margin is a race on one lane and decided on the other; the margin is declared here, and the simulated lane tells who keeps it.
import type { Fault } from '../../../harness/formats/fault.ts';
import type { History } from '../../../harness/formats/history.ts';
import type { Scenario } from '../../../harness/formats/scenario.ts';
import { checkersOracle } from '../../../harness/runner/checkers-oracle.ts';
import { judgeRun } from '../../../harness/runner/judge.ts';
import type { SimLane } from '../../../harness/sim/lane.ts';
import { type Judged, wordsOf } from '../verdicts.ts';

/** How much earlier or later anything may come on a machine with two busy cores. */
export const MARGIN_MS = 120;

/** A judged run of the simulated lane. */
export interface Decided extends Judged {
  readonly history: History;
}

/** What the simulated lane says of a scenario that keeps the margin; undefined for one that does not. */
export async function decidedBySim(lane: SimLane, scenario: Scenario): Promise<Decided | undefined> {
  const judge = async (variant: Scenario): Promise<{ judged: Judged; history: History }> => {
    const { history } = await lane.simulate(variant);
    return { judged: wordsOf(judgeRun(history, checkersOracle)), history };
  };
  const { judged, history } = await judge(scenario);
  if (!hasRoomAround(history)) return undefined;
  for (const variant of variantsOf(scenario)) {
    const other = await judge(variant);
    if (JSON.stringify(other.judged) !== JSON.stringify(judged)) return undefined;
  }
  return { ...judged, history };
}

/** The scenario with its faults moved by the margin: all of them and each of them, earlier and later. */
function variantsOf(scenario: Scenario): Scenario[] {
  const all = [-1, -0.5, 0.5, 1].map((share) => scenario.faults.map((fault) => moved(fault, share * MARGIN_MS)));
  const each = scenario.faults.flatMap((_, index) =>
    [-MARGIN_MS, MARGIN_MS].map((ms) =>
      scenario.faults.map((fault, place) => (place === index ? moved(fault, ms) : fault)),
    ),
  );
  return [...all, ...each].map((faults) => ({ ...scenario, faults }));
}

function moved(fault: Fault, ms: number): Fault {
  const later = (time: number, least = 0): number => Math.max(least, Math.round(time + ms));
  switch (fault.kind) {
    case 'latency':
      return { ...fault, latencyMs: later(fault.latencyMs, 1), untilMs: later(fault.untilMs) };
    case 'provider':
      return { ...fault, delayMs: fault.delayMs === 0 ? 0 : later(fault.delayMs), untilMs: later(fault.untilMs) };
    case 'blackhole':
    case 'reset':
    case 'cut':
    case 'refuse':
      return { ...fault, untilMs: later(fault.untilMs) };
    case 'crash':
    case 'redelivery':
      return { ...fault, atMs: later(fault.atMs) };
    default:
      return fault;
  }
}

/** What the rig does at a moment of its own choosing, and what merely tells of it or says nothing about order. */
const DEEDS: ReadonlySet<string> = new Set(['crash', 'restart', 'flip', 'trigger']);
const STILL: ReadonlySet<string> = new Set(['fault-applied', 'fault-healed', 'balance', 'privileges', 'log']);

/** Whether nothing the systems did lies so close to a deed of the rig that it might as well have come on its other side. */
function hasRoomAround({ events }: History): boolean {
  const startMicros = events.find(({ kind }) => kind === 'trigger')?.earliest ?? 0;
  const deeds = events.filter(({ kind, earliest }) => DEEDS.has(kind) && earliest > startMicros);
  const doings = events.filter(({ kind }) => !DEEDS.has(kind) && !STILL.has(kind));
  return deeds.every((deed) => {
    const { earliest: atMicros } = deed;
    // What a trigger sets off follows it at once and belongs to it.
    const fromMs = (other: { earliest: number }): number => (other.earliest - atMicros) / 1_000;
    return doings.every((other) => {
      const afterMs = fromMs(other);
      return Math.abs(afterMs) > MARGIN_MS || (deed.kind === 'trigger' && afterMs >= 0);
    });
  });
}
