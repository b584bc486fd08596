// The goals that need something rare in the scenario and traffic that uses it: large batches, equal numbers, a second provider, too few
// units, two service instances, clocks that differ.
import { DEFAULT_TIMINGS } from '../../src/contract/settings.ts';
import type { Goal } from '../formats/goal.ts';
import type { History } from '../formats/history.ts';
import type { Scenario, Step } from '../formats/scenario.ts';
import { eventsOf } from './events-of.ts';
import { messagesOf } from './messages.ts';

/** The goals of this kind that a history reaches. Each test begins with what is rare in a scenario, so most runs cost almost nothing. */
export function dimensionsReached(history: History): Goal[] {
  const { scenario } = history;
  const reached: Goal[] = [];
  const add = (goal: Goal, isReached: () => boolean): void => {
    if (isReached()) reached.push(goal);
  };
  add('batch larger than the workers', () => hasEntry(scenario, isLarge) && asksForLargeBatch(history));
  add('equal numbers', () => hasEntry(scenario, ({ numbers }) => numbers === 'equal') && sendsToOneNumber(history));
  add('second provider used', () => sendsThroughOther(history));
  add('entry refused for want of quota', () => refusesForWant(history));
  add('two service instances', () => scenario.serviceInstances === 2 && hasLiveCall(history));
  add('clocks apart', () => areApart(scenario) && hasLiveCall(history));
  return reached;
}

type Entry = Extract<Step, { kind: 'entry' }>;

function hasEntry({ steps }: Scenario, matches: (entry: Entry) => boolean): boolean {
  return steps.some((step) => step.kind === 'entry' && matches(step));
}

function isLarge({ messages }: Entry): boolean {
  return messages > DEFAULT_TIMINGS.workers;
}

function asksForLargeBatch(history: History): boolean {
  return eventsOf(history, 'request').some(
    ({ dryRun, uuids }) => dryRun !== true && uuids.length > DEFAULT_TIMINGS.workers,
  );
}

/** Whether the provider accepted messages of two items for one number. */
function sendsToOneNumber(history: History): boolean {
  const numbers = new Map(history.items.map(({ item, recipient }) => [item, recipient]));
  const first = new Map<string, string>();
  for (const { item } of eventsOf(history, 'accept')) {
    const number = numbers.get(item ?? '');
    if (item === null || number === undefined) continue;
    const other = first.get(number) ?? item;
    if (other !== item) return true;
    first.set(number, item);
  }
  return false;
}

/** Whether a provider accepted a message that does not belong to the first provider. */
function sendsThroughOther(history: History): boolean {
  const others = new Set(history.items.flatMap(({ item, account }) => (account === undefined ? [] : [item])));
  return others.size > 0 && eventsOf(history, 'accept').some(({ item }) => item !== null && others.has(item));
}

/** Whether a tenant with fewer units than items has a campaign that was answered with 200 and has an item without an entry. */
function refusesForWant(history: History): boolean {
  const poor = history.tenants.filter(
    ({ key, quota }) => quota < history.items.filter(({ tenant }) => tenant === key).length,
  );
  if (poor.length === 0) return false;
  const answered = new Set(
    eventsOf(history, 'user-response').flatMap(({ status, campaign }) => (status === 200 ? [campaign] : [])),
  );
  return messagesOf(history).all.some(
    ({ entry, tenant, campaign }) =>
      entry === undefined && answered.has(campaign) && poor.some(({ key }) => key === tenant),
  );
}

function areApart({ skewMicros }: Scenario): boolean {
  return skewMicros !== undefined && skewMicros.legacy !== skewMicros.service;
}

function hasLiveCall(history: History): boolean {
  return eventsOf(history, 'request').some(({ tap, dryRun }) => tap === 'back' && dryRun !== true);
}
