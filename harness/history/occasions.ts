// Occasions: the triggers, recovery rounds and repeated jobs, each of which can call the service once for a message.
import type { EventOf, HistoryEvent } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from './events-of.ts';
import { groupBy } from './group-by.ts';
import { mayPrecede } from './ordering.ts';
import { perHistory } from './per-history.ts';
import { Precedence } from './precedence.ts';

/** How many occasions to call the service for a message of the campaign may have happened before the event. */
export function occasionsBefore(history: History, campaign: string, event: HistoryEvent): number {
  const triggers = triggersOf(history, campaign).filter((trigger) => mayPrecede(trigger, event));
  return triggers.length + rounds(history).possible(event) + jobsDoneAgain(history).possible(event);
}

/** The triggers of a campaign, in order. */
export function triggersOf(history: History, campaign: string | undefined): readonly EventOf<'trigger'>[] {
  return (campaign === undefined ? undefined : triggers(history).get(campaign)) ?? NONE;
}

const NONE: readonly EventOf<'trigger'>[] = [];

const triggers = perHistory((history) => groupBy(eventsOf(history, 'trigger'), ({ campaign }) => campaign));

const rounds = perHistory((history) => new Precedence(eventsOf(history, 'recover'), ({ seq }) => seq));

/**
 * The ends of a legacy app that sends from a queue, because a queue gives the job of a worker that ended to the next worker. Such an app
 * answers the trigger before the messages have entered, so it lacks the vantage `admission`.
 */
const jobsDoneAgain = perHistory((history) => {
  const ends = [...eventsOf(history, 'crash'), ...eventsOf(history, 'exit')];
  const isQueued = !history.vantages.includes('admission');
  return new Precedence(isQueued ? ends.filter((end) => end.process === 'legacy') : [], ({ seq }) => seq);
});
