// Gate 3: with the breaker OPEN no request reaches the service, and the fallback sends.
import { FALLBACK_LINE } from '../../harness/history/log-lines.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import { acceptCounts, demandAll, exactly, logLines, requestsSent } from './evidence.ts';
import { campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const MESSAGES = 2;

export const breakerOpen: Gate = {
  id: '3',
  title: 'breaker OPEN: no request reaches the service, the fallback sends',
  source: 'onesend',
  section: 'Section 0, Invariant 1: fallback while the circuit breaker is OPEN',
  expected: 'no request leaves the legacy app, every message is sent once by the fallback, and each fallback is logged',
  nextAction: 'check the breaker before each request, and keep its state where all processes read it',
  vantages: ['wire', 'log'],
  scenarios: [
    campaignScenario({
      name: 'ON, breaker OPEN',
      mode: 'ON',
      messages: MESSAGES,
      faults: [{ kind: 'breaker-open', breaker: 'live', fromMs: 0 }],
    }),
  ],
  judge([history]) {
    if (history === undefined) return demandAll([]);
    const accepts = acceptCounts(history);
    return demandAll([
      [
        exactly('requests that left the legacy app', 0, requestsSent(history).length),
        exactly('sends by the legacy app', MESSAGES, accepts.legacy),
        exactly('sends by the service', 0, accepts.service),
        exactly('fallbacks logged', MESSAGES, logLines(history, FALLBACK_LINE).length),
      ],
    ]);
  },
};
