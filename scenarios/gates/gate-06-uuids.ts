// Gate 6: a uuid is made once, at the entry; a message without one is rejected and never given one later.
import { isAcceptedStatus } from '../../harness/formats/accepted-statuses.ts';
import type { History } from '../../harness/formats/history.ts';
import { eventsOf } from '../../harness/history/events-of.ts';
import type { Gate } from '../../harness/runner/gate.ts';
import { attemptCounts, demandAll, exactly, holds, requestsSent } from './evidence.ts';
import { CAMPAIGN, campaignScenario } from '../../harness/generators/campaign-scenario.ts';

const MESSAGES = 2;

export const uuids: Gate = {
  id: '6',
  title: 'uuids are made once, at the entry; a missing one is rejected',
  source: 'onesend',
  section: 'Section 0, Invariant 2; Step 8, sendBatch()',
  expected:
    'one uuid per item through timeout, fallback and redelivery; an item without a uuid causes no request and no send, and the user gets an error',
  nextAction: 'persist the uuid on the item before anything is sent, and throw in the client when one is missing',
  vantages: ['wire', 'database', 'entry'],
  scenarios: [
    campaignScenario({
      name: 'ON, uuids under a lost answer and a redelivery',
      mode: 'ON',
      messages: MESSAGES,
      faults: [
        // Lasts longer than the budget of the first call, and ends before the second one.
        { kind: 'reset', stream: 'downstream', fromMs: 0, untilMs: 800 },
        { kind: 'redelivery', campaign: CAMPAIGN.campaign, atMs: 900 },
      ],
    }),
    campaignScenario({
      name: 'ON, an item comes without a uuid',
      mode: 'ON',
      faults: [{ kind: 'missing-uuid', item: `${CAMPAIGN.campaign}#1` }],
    }),
  ],
  judge([repeated, missing]) {
    if (repeated === undefined || missing === undefined) return demandAll([]);
    const attempts = attemptCounts(missing);
    const response = eventsOf(missing, 'user-response')[0];
    const ofRepeated = [
      exactly('uuids made', MESSAGES, eventsOf(repeated, 'entry').length),
      exactly('different uuids on the wire', MESSAGES, uuidsOnTheWire(repeated).size),
      holds('every uuid on the wire is one made at the entry', areFromEntry(repeated, uuidsOnTheWire(repeated))),
      holds(
        'every uuid in a log or an authority is one made at the entry',
        areFromEntry(repeated, uuidsInRows(repeated)),
      ),
    ];
    const ofMissing = [
      exactly('requests to the service', 0, requestsSent(missing).length),
      exactly('provider calls', 0, attempts.legacy + attempts.service),
      holds('the user gets an error', isRefused(missing, response?.status ?? null)),
    ];
    return demandAll([ofRepeated, ofMissing]);
  },
};

/** Whether the user got an answer, and the answer does not accept the campaign. */
function isRefused({ accepted }: History, status: number | null): boolean {
  return status !== null && !isAcceptedStatus(accepted, status);
}

function uuidsOnTheWire(history: History): Set<string> {
  return new Set(requestsSent(history).flatMap((request) => request.uuids));
}

/** The uuids in the rows that the systems wrote. A fallback calls no service: a new uuid of its own shows only in rows. */
function uuidsInRows(history: History): Set<string> {
  const rows = eventsOf(history, 'row').filter((row) => row.role !== history.roles.rig && row.table !== 'campaign_sms');
  const written = rows.map((row) => row.after?.['message_uuid']);
  return new Set(written.filter((uuid) => typeof uuid === 'string'));
}

function areFromEntry(history: History, seen: ReadonlySet<string>): boolean {
  const made = new Set(eventsOf(history, 'entry').map((event) => event.messageUuid));
  return [...seen].every((uuid) => made.has(uuid));
}
