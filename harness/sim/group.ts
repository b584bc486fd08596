// A group of runs: made ready, driven side by side to their ends, and told one by one.
import { type Drain, outsideMicrotasks } from './drain.ts';
import type { EngineEnding } from './engine.ts';
import type { Poison } from './poison.ts';
import type { RejectionCollector } from './rejections.ts';
import { type Preparation, prepareRun, type ReadyRun, type SimRequest, type SimRun } from './run.ts';
import { runTogether, runTogetherNow } from './side-by-side.ts';
import type { World } from './world.ts';

/** What groups of runs are made with. */
export interface Workshop {
  readonly preparation: Preparation;
  readonly drain: Drain;
  readonly poison: Poison;
  readonly rejections: RejectionCollector;
}

/**
 * Some runs side by side, in the order of the requests. What looks at the real world, or fails unheard, cannot be laid at the door of
 * one run among several: then each is made again alone, which goes the same way.
 */
export async function runGroup(workshop: Workshop, requests: readonly SimRequest[]): Promise<SimRun[]> {
  const group = requests.map((request) => prepareRun(workshop.preparation, request.scenario, request));
  const [only] = group;
  let isPoisoned = false;
  workshop.poison.lay((name) => {
    isPoisoned = true;
    only?.world.trouble('poisoned-call', `${name} was called: a run must depend on its Env alone`);
  });
  const { endings, reasons } = await drive(workshop, group);
  if (group.length > 1 && (isPoisoned || reasons.length > 0)) {
    const alone: SimRun[] = [];
    for (const [index, { world }] of group.entries()) {
      alone.push(...(await runGroup(workshop, [again(requests[index], world)])));
    }
    return alone;
  }
  return group.map((ready, index) => ready.conclude(endings[index] as EngineEnding, reasons));
}

/** The request of a run that was made, by what was decided in it: whatever chose may not choose the same twice. */
function again(request: SimRequest | undefined, { scenario, decider }: World): SimRequest {
  const repeated = { scenario, deviations: decider.taken, isRecording: request?.isRecording ?? false };
  return request?.skewMicros === undefined ? repeated : { ...repeated, skewMicros: request.skewMicros };
}

interface GroupEnding {
  readonly endings: readonly EngineEnding[];
  /** What failed without anybody listening. */
  readonly reasons: readonly unknown[];
}

/** Drives a group to its end: in one piece where the drain can, else with the event loop in between. */
async function drive({ drain, poison, rejections }: Workshop, group: readonly ReadyRun[]): Promise<GroupEnding> {
  if (!drain.isSynchronous) {
    const endings = await runTogether(group, drain).finally(() => poison.lift());
    return { endings, reasons: await rejections.take() };
  }
  return outsideMicrotasks(() => {
    try {
      return { endings: runTogetherNow(group, drain), reasons: rejections.takeNow() };
    } finally {
      poison.lift();
    }
  });
}
