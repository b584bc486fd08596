// Gate 1: an answer later than 500 ms. The runbook's version calls a slow host with `dry_run` and sees no fallback; this one makes the
// service's answers late.
import type { EventOf } from '../../harness/formats/event.ts';
import type { History } from '../../harness/formats/history.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import { FALLBACK_LINE } from '../../harness/history/log-lines.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import { acceptCounts, type Demand, demandAll, exactly, holds, logLines } from './evidence.ts';
import { FROM_THE_START, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const LATE_MS = 1_200;

export const timeoutTriggersFallback: Gate = {
  id: '1',
  title: 'timeout triggered',
  source: 'runbook',
  section: 'Step 18, GATE 1: 500 ms timeout triggers fallback',
  expected:
    'the call to the service ends within its budget, the fallback is logged and sends, and the message is sent exactly once; if the service has already sent, the fallback does not send',
  nextAction: 'check the total timeout of the client, and that a timeout only competes for the authority',
  vantages: ['wire', 'log'],
  scenarios: [
    // The request itself is late: the service has done nothing when the legacy app gives up, and must do nothing afterwards.
    campaignScenario({
      name: 'ON, the request arrives after the caller left',
      mode: 'ON',
      faults: [{ kind: 'latency', stream: 'upstream', latencyMs: LATE_MS, jitterMs: 0, ...FROM_THE_START }],
    }),
    // Only the answer is late: the service has sent, and the fallback must not.
    campaignScenario({
      name: 'ON, the answer arrives after the caller left',
      mode: 'ON',
      faults: [{ kind: 'latency', stream: 'downstream', latencyMs: LATE_MS, jitterMs: 0, ...FROM_THE_START }],
    }),
  ],
  judge([lateRequest, lateAnswer]) {
    if (lateRequest === undefined || lateAnswer === undefined) return demandAll([]);
    const labelled = { 'late request': lateRequest, 'late answer': lateAnswer };
    return demandAll(
      [demandsOn(lateRequest, { fallbacks: 1 }), demandsOn(lateAnswer, { fallbacks: 0 })],
      Object.entries(labelled).flatMap(([label, history]) =>
        givenUp(history).map(({ elapsedMs }) => ({ what: `${label}: given up after`, ms: elapsedMs })),
      ),
    );
  },
};

function givenUp(history: History): EventOf<'call-failed'>[] {
  return eventsOf(history, 'call-failed').filter((event) => event.tap === 'front');
}

/** If the request is late, only the fallback sends; if the answer is late, only the service does. */
function demandsOn(history: History, { fallbacks }: { readonly fallbacks: 0 | 1 }): Demand[] {
  const { budgetMs, budgetEpsilonMs } = history.tolerances;
  const failures = givenUp(history);
  const accepts = acceptCounts(history);
  return [
    holds(
      'the call was given up within the budget',
      failures.length > 0 &&
        failures.every((event) => event.by === 'client' && event.elapsedMs <= budgetMs + budgetEpsilonMs),
    ),
    exactly('sends by the legacy app', fallbacks, accepts.legacy),
    exactly('sends by the service', 1 - fallbacks, accepts.service),
    exactly('fallbacks logged', fallbacks, logLines(history, FALLBACK_LINE).length),
  ];
}
