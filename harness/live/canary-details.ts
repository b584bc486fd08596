// Explains why canaries did not arrive, from the history of their flight: what the systems answered, and what they logged last.
import { ROLES } from '../../src/contract/message.ts';
import type { History } from '../formats/history.ts';
import { eventsOf } from '../history/events-of.ts';
import { answerWords } from './answer-words.ts';

const LINES_MAX = 5;

/** The details of a flight, one line each. `campaigns` are the campaigns whose canary is missing. */
export function canaryDetails(history: History, campaigns: readonly string[]): string[] {
  return [
    ...campaigns.flatMap((campaign) => triggerAnswers(history, campaign)),
    ...serviceAnswers(history),
    ...refusedRequests(history),
    ...ROLES.flatMap((process) => lastLines(history, process)),
  ];
}

function triggerAnswers(history: History, campaign: string): string[] {
  const answers = eventsOf(history, 'user-response').filter((event) => event.campaign === campaign);
  return answers.map(({ status, body }) => {
    const answered = status === null ? 'did not answer' : `answered ${answerWords({ status, body })}`;
    return `the legacy app ${answered} to the trigger of ${campaign}`;
  });
}

function serviceAnswers(history: History): string[] {
  const statuses = eventsOf(history, 'answer').flatMap(({ tap, status }) => (tap === 'back' ? [status] : []));
  if (statuses.length > 0) return [`the service answered status ${[...new Set(statuses)].join(', ')}`];
  return eventsOf(history, 'request').length > 0 ? ['the service did not answer'] : ['the service was not called'];
}

/** One line for each distinct request that a provider stub refused or could not place. */
export function refusedRequests(history: History): string[] {
  const rejected = eventsOf(history, 'reject').flatMap(({ system, reason }) =>
    reason === undefined ? [] : [`the provider stub refused a request of the ${system} process: ${reason}`],
  );
  const strays = eventsOf(history, 'observer-problem').flatMap(({ observer, detail }) =>
    observer === 'provider' ? [detail] : [],
  );
  return [...new Set([...rejected, ...strays])];
}

function lastLines(history: History, process: (typeof ROLES)[number]): string[] {
  const lines = eventsOf(history, 'log').flatMap((event) => (event.process === process ? [event.line] : []));
  if (lines.length === 0) return [`the ${process} process logged nothing`];
  return [`last lines of the ${process} process:`, ...lines.slice(-LINES_MAX).map((line) => `  ${line}`)];
}
