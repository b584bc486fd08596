// Gate 8: reconciliation reports exactly the mismatches that the rig planted: it misses none and invents none.
import type { Fault } from '../../harness/formats/fault.ts';
import type { History } from '../../harness/formats/history.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import { demandAll, type Demand, holds } from './evidence.ts';
import { FROM_THE_START, CAMPAIGN, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const KINDS = ['missing_in_go', 'missing_in_laravel', 'status_mismatch', 'provider_message_id_mismatch'] as const;

/** One mismatch of each kind. One more message of the scenario has none. */
const PLANTED: readonly Fault[] = KINDS.map((mismatch, index) => ({
  kind: 'tamper',
  mismatch,
  item: `${CAMPAIGN.campaign}#${index + 1}`,
}));

export const reconciliation: Gate = {
  id: '8',
  title: 'reconciliation reports exactly the planted mismatches',
  source: 'onesend',
  section: 'Step 19, mismatch detection rule; Step 21',
  expected:
    'each of the four kinds of mismatch once, under its uuid; nothing for untouched messages, dry runs and fallbacks',
  nextAction: 'join on message_uuid only, compare with IS DISTINCT FROM, leave dry runs and unfinished rows out',
  vantages: ['database', 'entry', 'reconciliation'],
  scenarios: [
    campaignScenario({
      name: 'ON, four planted mismatches',
      mode: 'ON',
      messages: KINDS.length + 1,
      faults: PLANTED,
      reconcile: true,
    }),
    campaignScenario({ name: 'SHADOW, nothing planted', mode: 'SHADOW', messages: 2, reconcile: true }),
    campaignScenario({
      name: 'ON, nothing planted, fallback after a late request',
      mode: 'ON',
      faults: [{ kind: 'latency', stream: 'upstream', latencyMs: 1_200, jitterMs: 0, ...FROM_THE_START }],
      reconcile: true,
    }),
  ],
  judge: (histories) => demandAll(histories.map((history) => [judgeReport(history)])),
};

function judgeReport(history: History): Demand {
  const expected = plantedMismatches(history);
  const report = eventsOf(history, 'reconciliation')[0]?.mismatches;
  const received = (report ?? []).map(({ kind, messageUuid }) => `${kind} ${messageUuid}`).toSorted();
  const same = report !== undefined && report !== null && received.join() === expected.join();
  return holds(`${expected.length} reported as planted (received: ${received.join(', ') || 'none'})`, same);
}

function plantedMismatches(history: History): string[] {
  const uuids = new Map(eventsOf(history, 'entry').map((event) => [event.item, event.messageUuid]));
  return history.scenario.faults
    .flatMap((fault) => (fault.kind === 'tamper' ? [`${fault.mismatch} ${uuids.get(fault.item) ?? 'unknown'}`] : []))
    .toSorted();
}
