// Checks whether the legacy app answers a request while it works on another. If it does not, each message waits for the previous one.
import { setTimeout as sleep } from 'node:timers/promises';
import { planRun } from '../../execution/run-plan.ts';
import type { UserAnswer } from '../../execution/user.ts';
import { countOf } from '../../history/counted-words.ts';
import { watched } from '../disturbed.ts';
import { seedRun } from '../run-data.ts';
import type { Slot } from '../slot.ts';
import { ONE_ON_SCENARIO } from './scenarios.ts';
import { tryStep } from './tries.ts';
import { failed, ok, type StepResult } from './walk.ts';

/** By how much the answers of the service are delayed. */
const HELD_UP_MS = 700;
const TOXIC = 1;
const PAUSE_MS = 20;

/** Requests the ready path repeatedly while a message in ON waits for the service. */
export async function checkConcurrency(slot: Slot): Promise<StepResult> {
  const { budgetMs } = slot.description.timings;
  return tryStep(() => watched(slot, async () => readConcurrency(await holdUp(slot), budgetMs)));
}

/** The times of the trigger of a delayed message, and of the requests that were made one after another meanwhile. */
interface HeldUp {
  readonly trigger: Times;
  readonly others: readonly Times[];
}

type Times = Pick<UserAnswer, 'startedMicros' | 'endedMicros'>;

async function holdUp(slot: Slot): Promise<HeldUp> {
  const { user, description, serviceLink } = slot;
  slot.runs += 1;
  const plan = planRun(ONE_ON_SCENARIO, { slot: slot.number, run: slot.runs });
  await seedRun(slot, ONE_ON_SCENARIO, plan);
  const [item] = plan.items;
  if (item === undefined) throw new Error('the scenario has no message');
  const latency = { latency: HELD_UP_MS, jitter: 0 };
  await serviceLink.addToxic(TOXIC, { type: 'latency', stream: 'downstream', attributes: latency });
  try {
    const { campaignId, tenantId } = item;
    const over = new AbortController();
    const triggered = user.call(description.trigger, { campaignId, tenantId }).finally(() => over.abort());
    const others: Times[] = [];
    while (!over.signal.aborted) {
      await sleep(PAUSE_MS);
      others.push(await user.call({ method: 'GET', path: description.processes.legacy.readyPath }, {}));
    }
    return { trigger: await triggered, others };
  } finally {
    await serviceLink.removeToxic(TOXIC);
  }
}

/** Whether any of the other requests was answered before the trigger. A trigger that ends well before the budget did not wait for the service. */
export function readConcurrency({ trigger, others }: HeldUp, budgetMs: number): StepResult {
  const tookMs = (trigger.endedMicros - trigger.startedMicros) / 1_000;
  const before = others.filter(({ endedMicros }) => endedMicros < trigger.endedMicros).length;
  if (before > 0)
    return ok(`${countOf(before, 'request was', 'requests were')} answered while a message waited for the service`);
  if (tookMs < Math.min(budgetMs, HELD_UP_MS) / 2) return ok('the trigger waits for nothing');
  return failed(
    'no request was answered while a message waited for the service',
    'let the legacy app serve several requests at once: php-fpm with several workers does, php -S has one only',
  );
}
