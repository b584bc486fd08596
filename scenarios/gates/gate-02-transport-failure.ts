// Gate 2: transport failures: a refused connection, a reset before and after processing, an answer that is cut short.
import { isAcceptedStatus } from '../../harness/formats/accepted-statuses.ts';
import type { History } from '../../harness/formats/history.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import { acceptCounts, demandAll, demandsOfEach, type Demand, exactly, holds } from './evidence.ts';
import { FROM_THE_START, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const CUT_AFTER_BYTES = 40;

const CASES = [
  { name: 'ON, connection refused', sender: 'legacy', fault: { kind: 'refuse', ...FROM_THE_START } },
  {
    name: 'ON, reset before processing',
    sender: 'legacy',
    fault: { kind: 'reset', stream: 'upstream', ...FROM_THE_START },
  },
  {
    name: 'ON, reset after processing',
    sender: 'service',
    fault: { kind: 'reset', stream: 'downstream', ...FROM_THE_START },
  },
  {
    name: 'ON, answer cut',
    sender: 'service',
    fault: { kind: 'cut', stream: 'downstream', bytes: CUT_AFTER_BYTES, ...FROM_THE_START },
  },
] as const;

export const transportFailure: Gate = {
  id: '2',
  title: 'transport failure falls back without a second send',
  source: 'onesend',
  section: 'Section 0, Invariant 1: fallback on transport failure',
  expected:
    'refused, or reset before processing: the fallback sends; reset or cut after processing: the service has sent and the fallback does not; the user gets an answer every time',
  nextAction:
    'classify the error: before bytes were written it is definite; afterwards only the authority knows who sent',
  vantages: ['wire'],
  scenarios: CASES.map((item) => campaignScenario({ name: item.name, mode: 'ON', faults: [item.fault] })),
  judge: (histories) => demandAll(demandsOfEach({ cases: CASES, histories }, demandsOn)),
};

function demandsOn(item: (typeof CASES)[number], history: History): Demand[] {
  const accepts = acceptCounts(history);
  // A form may be answered by a redirect as well as by a page.
  const { status = null } = eventsOf(history, 'user-response')[0] ?? {};
  return [
    exactly('sends by the legacy app', item.sender === 'legacy' ? 1 : 0, accepts.legacy),
    exactly('sends by the service', item.sender === 'service' ? 1 : 0, accepts.service),
    holds('the user got no error', isAcceptedStatus(history.accepted, status)),
  ];
}
