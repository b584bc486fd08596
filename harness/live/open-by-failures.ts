// Opens a breaker as production does, by a number of failed calls in a row. This happens before a scenario begins, with other tenants and
// messages than those of the scenario.
import { setTimeout as sleep } from 'node:timers/promises';
import { planRun, type RunPlan } from '../execution/run-plan.ts';
import type { FaultOf } from '../faults/catalogue.ts';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { Scenario } from '../formats/scenario.ts';
import { textIn } from '../history/row-values.ts';
import { untilAtRest } from './at-rest.ts';
import { sampleClockOffset } from './audit/clock.ts';
import { clearAudit, readAudit } from './audit/read.ts';
import { type Interval, rigMicros } from './observers/clock.ts';
import type { RunRecorder } from './run-recorder.ts';
import { putInPlace } from './seed-plan.ts';
import type { Slot } from './slot.ts';

type Breaker = FaultOf<'breaker-open'>['breaker'];

/** Added to run numbers, so that the ids differ from those of all scenarios of the lane. */
const FAR_RUNS = 500_000;

/** How long to wait until an observer sees a call fail. The legacy app may also make no call: the breaker may be OPEN already. */
const PATIENCE_MS = 2_000;
const LOOK_EVERY_MS = 5;
/** The time in which the caller has certainly counted a failed call. */
const SETTLE_MS = 100;

/** How the calls of each breaker are made to fail. Rehearsals are reset, because no observer would see one that is refused. */
const FAILING = {
  live: {
    mode: 'ON',
    fail: ({ serviceLink }: Slot) => serviceLink.setOpen(false),
    mend: ({ serviceLink }: Slot) => serviceLink.setOpen(true),
    /** The legacy app falls back after the failed call. */
    isSeen: (seen: Observation) => seen.kind === 'attempt' && seen.system === 'legacy',
  },
  dry: {
    mode: 'SHADOW',
    fail: ({ serviceLink }: Slot) =>
      serviceLink.addToxic(0, { type: 'reset_peer', stream: 'upstream', attributes: { timeout: 0 } }),
    mend: ({ serviceLink }: Slot) => serviceLink.removeToxic(0),
    isSeen: (seen: Observation) => seen.kind === 'call-failed' && seen.tap === 'front',
  },
} as const;

/**
 * Opens the breakers that the faults of a scenario name, if failed calls open them; otherwise it does nothing. Of these calls only the rows
 * of the breakers become part of the history, because a new recording begins afterwards. Returns when each breaker opened, as an interval
 * of the rig's clock in microseconds, by the index of its fault.
 */
export async function openBeforehand(
  slot: Slot,
  faults: readonly Fault[],
  recorder: RunRecorder,
): Promise<ReadonlyMap<number, Interval>> {
  const opened = new Map<number, Interval>();
  const { openBreaker } = slot.description;
  if (openBreaker === undefined || !('failures' in openBreaker)) return opened;
  for (const [index, fault] of faults.entries()) {
    if (fault.kind !== 'breaker-open') continue;
    const plan = planRun(failingScenario(FAILING[fault.breaker].mode, openBreaker.failures), {
      slot: slot.number,
      run: slot.runs + FAR_RUNS * (opened.size + 1),
    });
    const earliest = await failInARow(slot, fault.breaker, plan);
    recorder.add(await breakerRowsOnceOpen(slot));
    opened.set(index, { earliest, latest: rigMicros() });
    await clearAudit(slot.database);
  }
  return opened;
}

/** The rows of the breakers, read once one is OPEN or after `PATIENCE_MS`; none if the description shows no breaker. */
async function breakerRowsOnceOpen({ database, description }: Slot): Promise<Observation[]> {
  const isShown = description.vantages.includes('breaker');
  for (const until = rigMicros() + PATIENCE_MS * 1_000; ; await sleep(LOOK_EVERY_MS)) {
    const seen = await readAudit(database, { description, ...(await sampleClockOffset(database)) });
    const rows = seen.filter((each) => each.kind === 'row' && each.table === 'messaging_breakers');
    if (rows.some(isOpening) || rigMicros() >= until) return rows;
    // No row can show when this breaker is OPEN, so the system gets a short time to write it.
    if (!isShown) {
      await sleep(SETTLE_MS);
      return rows;
    }
  }
}

function isOpening(seen: Observation): boolean {
  return seen.kind === 'row' && textIn(seen.after, 'state').toUpperCase() === 'OPEN';
}

/** Makes one call fail for each campaign of the plan. Returns when the last call began: from then on the breaker may be OPEN. */
async function failInARow(slot: Slot, breaker: Breaker, plan: RunPlan): Promise<number> {
  const { fail, mend, isSeen } = FAILING[breaker];
  await putInPlace(slot, plan);
  await slot.observatory.begin(slot.number, { items: plan.items });
  let count = 0;
  const stop = slot.observatory.watch(slot.number, (seen) => {
    if (isSeen(seen)) count += 1;
  });
  await fail(slot);
  try {
    return await failEach(slot, plan, () => count);
  } finally {
    stop();
    await mend(slot);
    await untilAtRest(slot);
  }
}

async function failEach(slot: Slot, plan: RunPlan, count: () => number): Promise<number> {
  let lastMicros = rigMicros();
  for (const { campaignId, tenantId } of plan.items) {
    const before = count();
    lastMicros = rigMicros();
    await slot.user.call(slot.description.trigger, { campaignId, tenantId });
    for (const until = lastMicros + PATIENCE_MS * 1_000; count() === before && rigMicros() < until;) {
      await sleep(LOOK_EVERY_MS);
    }
  }
  return lastMicros;
}

/** A scenario with one campaign of one message for each failure. */
function failingScenario(mode: string, failures: number): Scenario {
  return {
    format: 'onesend.scenario/1',
    name: 'failures that open a breaker',
    seed: 0,
    tenants: [{ key: 'failing', mode, quota: failures }],
    steps: Array.from({ length: failures }, (_, place) => ({
      kind: 'entry',
      campaign: `failing-${place + 1}`,
      tenant: 'failing',
      messages: 1,
      atMs: 0,
    })),
    faults: [],
  };
}
