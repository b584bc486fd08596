// Gate 1: an answer later than 500 ms. The runbook's own version dry-runs against a slow host and sees no fallback; this one does.
import { eventsOf } from '../../harness/history/events-of.ts';
import { FALLBACK_LINE } from '../../harness/history/log-lines.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import { acceptCounts, demandAll, exactly, holds, logLines } from './evidence.ts';
import { FROM_THE_START, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const LATE_MS = 1_200;

/** The gate. */
export const timeoutTriggersFallback: Gate = {
  id: '1',
  title: 'timeout triggered',
  source: 'runbook',
  section: 'Step 18, GATE 1: 500 ms timeout triggers fallback',
  expected:
    'the call to the service ends within its budget, the fallback is logged and sends, and the message is sent exactly once; where the service had sent already, the fallback does not',
  nextAction: 'check the total timeout of the client, and that a timeout only competes for the authority',
  scenarios: [
    // The request itself is late: the service has done nothing when the legacy app gives up, and must do nothing afterwards.
    campaignScenario({
      name: 'the request arrives after the caller left',
      mode: 'ON',
      faults: [{ kind: 'latency', stream: 'upstream', latencyMs: LATE_MS, jitterMs: 0, ...FROM_THE_START }],
    }),
    // Only the answer is late: the service has sent, and the fallback must not.
    campaignScenario({
      name: 'the answer arrives after the caller left',
      mode: 'ON',
      faults: [{ kind: 'latency', stream: 'downstream', latencyMs: LATE_MS, jitterMs: 0, ...FROM_THE_START }],
    }),
  ],
  judge([lateRequest, lateAnswer]) {
    if (lateRequest === undefined || lateAnswer === undefined) return demandAll([]);
    return demandAll(
      [lateRequest, lateAnswer].flatMap((history, index) => {
        const fallback = index === 0;
        const label = fallback ? 'late request' : 'late answer';
        const { budgetMs, budgetEpsilonMs } = history.tolerances;
        const failures = eventsOf(history, 'call-failed').filter((event) => event.tap === 'front');
        const accepts = acceptCounts(history);
        return [
          holds(
            `${label}: the call was given up within the budget`,
            failures.length > 0 &&
              failures.every((event) => event.by === 'client' && event.elapsedMs <= budgetMs + budgetEpsilonMs),
          ),
          exactly(`${label}: sends by the legacy app`, fallback ? 1 : 0, accepts.legacy),
          exactly(`${label}: sends by the service`, fallback ? 0 : 1, accepts.service),
          exactly(`${label}: fallbacks logged`, fallback ? 1 : 0, logLines(history, FALLBACK_LINE).length),
        ];
      }),
    );
  },
};
