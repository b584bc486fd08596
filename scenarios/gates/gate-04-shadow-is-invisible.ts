// Gate 4: SHADOW is a rehearsal: a dry run, no provider call by the service, and a response that does not depend on the service.
import type { History } from '../../harness/formats/history.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import { DRY_RUN_LINE } from '../../harness/history/log-lines.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import {
  acceptCounts,
  attemptCounts,
  demandAll,
  demandsOfEach,
  type Demand,
  exactly,
  holds,
  logLines,
  requestsArrived,
} from './evidence.ts';
import { FROM_THE_START, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const CASES = [
  { name: 'OFF, to compare with', mode: 'OFF', faults: [], rehearsals: 0 },
  { name: 'SHADOW', mode: 'SHADOW', faults: [], rehearsals: 1 },
  {
    name: 'SHADOW, service silent',
    mode: 'SHADOW',
    faults: [{ kind: 'blackhole', stream: 'downstream', ...FROM_THE_START }],
    rehearsals: 1,
  },
  { name: 'SHADOW, service refused', mode: 'SHADOW', faults: [{ kind: 'refuse', ...FROM_THE_START }], rehearsals: 0 },
] as const;

export const shadowIsInvisible: Gate = {
  id: '4',
  title: 'SHADOW rehearses: no provider call by the service, response unaffected',
  source: 'onesend',
  section: 'Step 15, dry-run guard; Step 18, SHADOW',
  expected:
    'dry_run=true, the evidence line, no provider call by the service, one legacy send, and the same response as in OFF, sooner than the budget of the rehearsal ends',
  nextAction:
    'rehearse after the response, catch every error of the rehearsal, and return from the guard before any provider code',
  vantages: ['wire', 'log'],
  scenarios: CASES.map((item) => campaignScenario({ name: item.name, mode: item.mode, faults: item.faults })),
  judge(histories) {
    const reference = histories[0];
    if (reference === undefined) return demandAll([]);
    return demandAll(
      demandsOfEach({ cases: CASES, histories }, ({ rehearsals }, history) =>
        demandsOn(history, { rehearsals, reference }),
      ),
      histories.flatMap((history) => {
        const [response] = eventsOf(history, 'user-response');
        return response === undefined ? [] : [{ what: `${history.scenario.name}:`, ms: response.elapsedMs }];
      }),
    );
  },
};

function demandsOn(
  history: History,
  { rehearsals, reference }: { readonly rehearsals: number; readonly reference: History },
): Demand[] {
  const response = eventsOf(history, 'user-response')[0];
  const expected = eventsOf(reference, 'user-response')[0];
  return [
    exactly('provider calls by the service', 0, attemptCounts(history).service),
    exactly('sends by the legacy app', 1, acceptCounts(history).legacy),
    holds(
      'every request is a dry run',
      requestsArrived(history).every((request) => request.dryRun === true),
    ),
    exactly('rehearsals logged', rehearsals, logLines(history, DRY_RUN_LINE).length),
    holds(
      'the user gets the response of OFF',
      response !== undefined && response.status === expected?.status && response.body === expected.body,
    ),
    // A response that waited for a silent service would take longer than the whole budget.
    holds(
      'the response does not wait for the service',
      (response?.elapsedMs ?? Infinity) < history.tolerances.budgetMs,
    ),
  ];
}
