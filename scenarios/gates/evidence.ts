// What gates count in a history, and the demands that they make of it.
import type { EventOf } from '../../harness/formats/event.ts';
import type { GateOutcome, GateReceived } from '../../harness/formats/gate.ts';
import type { History } from '../../harness/formats/history.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import type { GateJudgement } from '../../harness/runner/gate-judgement.ts';

/** How often each system's provider accepted a message of the scenario. */
export function acceptCounts(history: History): { legacy: number; service: number } {
  const accepts = eventsOf(history, 'accept').filter((event) => event.item !== null);
  return {
    legacy: accepts.filter((event) => event.system === 'legacy').length,
    service: accepts.filter((event) => event.system === 'service').length,
  };
}

/** How many provider calls each system began. */
export function attemptCounts(history: History): { legacy: number; service: number } {
  const attempts = eventsOf(history, 'attempt');
  return {
    legacy: attempts.filter((event) => event.system === 'legacy').length,
    service: attempts.filter((event) => event.system === 'service').length,
  };
}

/** The requests that left the legacy app, as the front tap saw them. */
export function requestsSent(history: History): EventOf<'request'>[] {
  return eventsOf(history, 'request').filter((event) => event.tap === 'front');
}

/** The requests that reached the service, as the back tap saw them. */
export function requestsArrived(history: History): EventOf<'request'>[] {
  return eventsOf(history, 'request').filter((event) => event.tap === 'back');
}

/** The units by which the balances of all tenants went down. */
export function decrement(history: History): number {
  let sum = 0;
  for (const tenant of history.tenants) {
    const balances = eventsOf(history, 'balance').filter((event) => event.tenant === tenant.key);
    sum += (balances[0]?.units ?? 0) - (balances.at(-1)?.units ?? 0);
  }
  return sum;
}

/** The units that one sent message costs under the readings of the history: in a mode, or as a fallback in ON. */
export function priceOf(history: History, sentAs: 'OFF' | 'SHADOW' | 'ON' | 'fallback'): 0 | 1 {
  const { offBilling, shadowBilling, fallbackBilling } = history.readings;
  const isCharged = {
    OFF: offBilling === 'charged',
    SHADOW: shadowBilling === 'legacy',
    ON: true,
    fallback: fallbackBilling === 'charged',
  };
  return isCharged[sentAs] ? 1 : 0;
}

/** The log lines of both processes that contain this word. */
export function logLines(history: History, word: string): EventOf<'log'>[] {
  return eventsOf(history, 'log').filter((event) => event.line.includes(word));
}

/** One demand of a gate. */
export interface Demand {
  /** What was seen, also when the demand is met. */
  readonly seen: string;
  readonly met: boolean;
}

/**
 * A gate passes when every demand on each of its runs is met, and is inconclusive without any. Its report shows the unmet demands, or all of
 * them if all are met.
 */
export function demandAll(
  ofRuns: readonly (readonly Demand[])[],
  measured: GateOutcome['measured'] = [],
): GateJudgement {
  const demands = ofRuns.flatMap((ofRun, index) => ofRun.map((demand) => ({ ...demand, run: index + 1 })));
  if (demands.length === 0) return { outcome: 'inconclusive', received: [{ seen: 'nothing was demanded' }] };
  const unmet = demands.filter(({ met }) => !met);
  const received = (unmet.length > 0 ? unmet : demands).map(({ run, seen }): GateReceived => ({ run, seen }));
  return { outcome: unmet.length > 0 ? 'fail' : 'pass', received, measured };
}

/** The demands on each run of a gate whose runs are of these cases. */
export function demandsOfEach<Case>(
  { cases, histories }: { readonly cases: readonly Case[]; readonly histories: readonly History[] },
  demandsOn: (item: Case, history: History) => Demand[],
): Demand[][] {
  return cases.map((item, index) => {
    const history = histories[index];
    return history === undefined ? [holds('it was run', false)] : demandsOn(item, history);
  });
}

/** The demand that a number equals the expected one. */
export function exactly(what: string, expected: number, received: number): Demand {
  return {
    met: received === expected,
    seen: `${what}: ${received}${received === expected ? '' : ` instead of ${expected}`}`,
  };
}

/** The demand that a statement is true. */
export function holds(what: string, met: boolean): Demand {
  return { met, seen: met ? what : `not true: ${what}` };
}
