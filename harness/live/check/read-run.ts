// Judges most steps of a check by the history of its run, and by nothing else, as checkers do.
import { type Mode, MODES } from '../../../src/contract/mode.ts';
import { type Role, STATUSES } from '../../../src/contract/message.ts';
import { isAcceptedStatus } from '../../formats/accepted-statuses.ts';
import type { History } from '../../formats/history.ts';
import type { Endpoint } from '../../formats/system-description.ts';
import { countOf } from '../../history/counted-words.ts';
import { eventsOf } from '../../history/events-of.ts';
import { imageOf, statusOf, systemRowsOf } from '../../history/rows.ts';
import { textIn } from '../../history/row-values.ts';
import { wordOf } from '../../history/status-word.ts';
import { answerWords } from '../answer-words.ts';
import { FIXED_HOST_HINT } from '../egress/refused.ts';
import { refusedRequests } from '../canary-details.ts';
import { itemOf, lastLines, requestsOf, sendersOf } from './run-seen.ts';
import { CAMPAIGNS, FLIPPED } from './scenarios.ts';
import { failed, ok, type StepResult } from './walk.ts';

/** Which system sends in each mode. */
const SENDERS: Readonly<Record<Mode, Role>> = { OFF: 'legacy', SHADOW: 'legacy', ON: 'service' };

/**
 * Judges the answer to the trigger of a mode. Redirects are not followed. One that the description does not accept can lead to a login, so
 * it passes only if the message was sent.
 */
export function trigger(history: History, mode: Mode, { accepts }: Endpoint): StepResult {
  const campaign = CAMPAIGNS[mode];
  const answer = eventsOf(history, 'user-response').find((each) => each.campaign === campaign);
  if (answer === undefined || answer.status === null) {
    const death = eventsOf(history, 'crash').some(({ process }) => process === 'legacy');
    const finding = death ? 'the legacy app ended instead of answering' : 'the legacy app did not answer';
    return failed(finding, brokenHint(history, mode), lastLines(history));
  }
  const { status, body } = answer;
  const words = answerWords({ status, body });
  if (accepts === undefined ? status < 300 : isAcceptedStatus(history.accepted, status)) return ok(words);
  const wasSent = sendersOf(history, itemOf(campaign)).length > 0;
  if (accepts === undefined && status < 400 && wasSent) return ok(`${words}; the message was sent`);
  return failed(words, triggerHint(history, { mode, status }), lastLines(history));
}

function triggerHint(history: History, { mode, status }: { mode: Mode; status: number }): string {
  if (status < 300) return 'see `trigger.accepts`';
  if (status < 400 && reachedService(history, mode))
    return 'the service was asked and nothing was sent: see what it answered, and the last lines of both logs';
  if (status < 400)
    return 'redirects are not followed, and nothing was sent: set `trigger.path` to where the redirect leads, add what a login needs to `trigger.headers`, or set `trigger.accepts` if the redirect means success';
  if (status === 401 || status === 403 || status === 419)
    return 'add what the endpoint requires to `trigger.headers`, or exempt the endpoint from the check that refuses the request';
  if (status === 404 || status === 405) return 'see `trigger.path` and `trigger.method`';
  return brokenHint(history, mode);
}

/** Whether a request of the kind that this mode makes reached the service. */
function reachedService(history: History, mode: Mode): boolean {
  return mode !== 'OFF' && requestsOf(history).some(({ dryRun }) => (dryRun === true) === (mode === 'SHADOW'));
}

/** The hint for an app that failed: what it should have reached in this mode, and did not. */
function brokenHint(history: History, mode: Mode): string {
  const log = 'see the last lines of its log';
  if (mode === 'ON' && requestsOf(history).every(({ dryRun }) => dryRun === true))
    return `${log}; nothing was asked of the service: is \${serviceUrl} where the app calls it?`;
  if (mode === 'OFF' && eventsOf(history, 'attempt').every(({ system }) => system !== 'legacy'))
    return `${log}; nothing reached the provider stub: is \${providerUrl} where the app sends? does \`seed.tenant\` give the tenant what a send needs, such as an account and a token? ${FIXED_HOST_HINT}`;
  return log;
}

/** Judges which system sent the message of each mode, by the provider stub. */
export function sends(history: History): StepResult {
  const seen = MODES.map((mode) => ({ mode, by: sendersOf(history, itemOf(CAMPAIGNS[mode])) }));
  const words = seen.map(({ mode, by }) => `${mode}: ${by.length === 0 ? 'neither' : by.join(' and ')}`).join(', ');
  const wrong = seen.find(({ mode, by }) => by.length !== 1 || by[0] !== SENDERS[mode]);
  if (wrong === undefined) return ok(`sent by ${words}`);
  return failed(`sent by ${words}`, sendsHint(history, wrong), [
    ...attemptsOf(history),
    ...refusedRequests(history),
    ...lastLines(history),
  ]);
}

function sendsHint(history: History, { mode, by }: { mode: Mode; by: readonly Role[] }): string {
  if (eventsOf(history, 'attempt').some(({ item }) => item === null))
    return 'a send went to a number that is none of the seed: see that `seed.item` writes :phone where the pair reads it';
  if (by.length === 0 && refusedRequests(history).length > 0)
    return 'let `providers` name the API that the pair speaks, and see what the stub refused';
  if (by.length === 0)
    return `see that \${providerUrl} is the base URL of the provider for both processes, and that ${mode} is the word that \`mode\` stores; ${FIXED_HOST_HINT}`;
  if (by.length > 1 && eventsOf(history, 'call-failed').some(({ by: side }) => side === 'client'))
    return 'the legacy app did not wait for the answer of the service: see what takes that so long, and the budget of the app';
  if (by.length > 1) return `in ${mode} one system sends each message once: see the log`;
  if (mode === 'ON')
    return 'the legacy app sent by itself: see that `mode` flags the tenant where the app reads it, and that the service answers in time';
  return `in ${mode} the legacy app sends: see that \`mode\` flags the tenant, and that the service respects dry_run`;
}

function attemptsOf(history: History): string[] {
  return eventsOf(history, 'attempt').map(
    ({ system, recipient, account, item }) =>
      `the ${system} process sent to ${recipient} with account ${account}${item === null ? ', a number that was not seeded' : ''}`,
  );
}

/** Whether each message got one uuid, which requests hold too. A uuid that only requests show is not expected in OFF. */
export function entryUuids(history: History): StepResult {
  const entries = eventsOf(history, 'entry');
  const isKept = history.vantages.includes('identity');
  const campaigns = [...(isKept ? [CAMPAIGNS.OFF] : []), CAMPAIGNS.SHADOW, CAMPAIGNS.ON, FLIPPED];
  const without = campaigns.filter((campaign) => !entries.some((entry) => entry.item === itemOf(campaign)));
  const hint = isKept
    ? 'see that the legacy app writes the uuid where `identity` and `database.tables.campaign_sms` say'
    : 'see that requests hold number and text of each message: `protocol.request`';
  if (without.length > 0) return failed(`no uuid was seen for ${without.join(', ')}`, hint, lastLines(history));
  const known = new Set(entries.map(({ messageUuid }) => messageUuid));
  const strange = requestsOf(history).flatMap(({ uuids }) => uuids.filter((uuid) => !known.has(uuid)));
  if (strange.length > 0)
    return failed(
      `a request holds the uuid ${strange[0]}, which belongs to no message`,
      'the uuid of a message must be the same on the wire and where `identity` says: see `protocol.request.uuid` too',
    );
  return ok(`${countOf(entries.length, 'message')}, a uuid each${isKept ? '' : '; in OFF none is on the wire'}`);
}

/** Whether each message has its row in the log of the legacy app. */
export function loggedRows(history: History): StepResult {
  const logged = systemRowsOf(history, 'sms_logs');
  const uuids = new Set(logged.map((row) => textIn(imageOf(row), 'message_uuid')));
  const missing = eventsOf(history, 'entry').filter(({ messageUuid }) => !uuids.has(messageUuid));
  if (missing.length > 0)
    return failed(
      `no row of sms_logs has the uuid of ${missing.map(({ item }) => item).join(', ')}`,
      'see `database.tables.sms_logs`, and the log of the legacy app',
      lastLines(history),
    );
  return ok(`${countOf(logged.length, 'change')} of sms_logs`);
}

/** The statuses of answers, and the one that a service writes before it knows the outcome. */
const KNOWN_WORDS: ReadonlySet<string> = new Set([...STATUSES, 'pending']);

/** Whether the rig knows the statuses of messages in answers and logs. */
export function statusWords(history: History): StepResult {
  const said = [
    ...eventsOf(history, 'answer').flatMap(({ results }) =>
      results.map(({ status }) => ({ word: wordOf(status), where: 'answers of the service' })),
    ),
    ...['sms_logs', 'go_sms_logs'].flatMap((table) =>
      systemRowsOf(history, table).map((row) => ({ word: statusOf(row.after), where: `${table}.status` })),
    ),
  ];
  const strange = said.find(({ word }) => !KNOWN_WORDS.has(word));
  if (strange === undefined) return ok([...new Set(said.map(({ word }) => word))].join(', '));
  const { word, where } = strange;
  return failed(
    `${where}: the status '${word}' is unknown`,
    `the words are ${STATUSES.join(', ')}; translate others in \`protocol.statuses\` and in \`values\` of the table`,
  );
}

/** Whether the message that entered after the flip followed the new mode. */
export function readFlag(history: History): StepResult {
  const item = itemOf(FLIPPED);
  const by = sendersOf(history, item);
  if (by.length === 1 && by[0] === 'service') return ok('ON was read after OFF');
  const uuid = eventsOf(history, 'entry').find((entry) => entry.item === item)?.messageUuid;
  const wasAsked = requestsOf(history).some(({ uuids }) => uuid !== undefined && uuids.includes(uuid));
  if (wasAsked) return failed('ON was read after OFF, and the service did not send', 'see the log', lastLines(history));
  return failed(
    'the message followed the mode before the flip',
    'the flag may be cached: let `flush` empty the cache, or set `timings.flagStalenessMs`',
    lastLines(history),
  );
}

/** Whether the OPEN breaker kept the legacy app from calling the service. */
export function breaker(history: History): StepResult {
  const count = requestsOf(history).length;
  if (count === 0) return ok('the service was not called');
  return failed(
    'the service was called nevertheless',
    'see that `openBreaker` writes the state that the legacy app reads, with a time from which it stays OPEN, or lets enough calls fail',
    lastLines(history),
  );
}

/** Whether the report of a round of recovery could be read. */
export function recover(history: History): StepResult {
  const round = eventsOf(history, 'recover')[0];
  const report = round?.report;
  if (report === undefined || report === null)
    return failed(
      'no counts could be read',
      'let `recover` answer for example {"resent": 0, "pending": 0}, or set `recover.counts` to the places of its counts',
      lastLines(history),
    );
  return ok(JSON.stringify(report));
}

/** Whether the mismatches of the reconciliation could be read. */
export function reconciliation(history: History): StepResult {
  const mismatches = eventsOf(history, 'reconciliation')[0]?.mismatches;
  if (mismatches === undefined || mismatches === null)
    return failed(
      'no mismatches could be read',
      'let `reconcile` answer a JSON array of { kind, messageUuid }, or set `reconcile.mismatches` to where they are; if the answer below is an error, mend its cause',
      lastLines(history),
    );
  const after = 'after a message in each mode';
  if (mismatches.length === 0) return ok(`it reported no mismatch ${after}`);
  const kinds = [...new Set(mismatches.map(({ kind }) => kind))].join(', ');
  return ok(`it reported ${countOf(mismatches.length, 'mismatch', 'mismatches')} ${after} (${kinds})`);
}

/** Whether the reconciliation reported the one message whose row the check removed from the log of the legacy app. */
export function removedRow(history: History): StepResult {
  const uuid = eventsOf(history, 'entry')[0]?.messageUuid;
  const reported = (eventsOf(history, 'reconciliation')[0]?.mismatches ?? []).map(
    ({ kind, messageUuid }) => `${kind} of ${messageUuid}`,
  );
  const expected = `missing_in_laravel of ${uuid}`;
  if (uuid !== undefined && reported.includes(expected))
    return ok('the check removed one row from sms_logs, and it reported that row (missing_in_laravel)');
  return failed(
    `it did not report ${expected}, whose row was removed from sms_logs; it reported ${reported.join(', ') || 'no mismatch'}`,
    'set `reconcile.mismatches` to the places of kind and uuid in the answer below; if the answer lacks the message, the reconciliation itself is wrong (S17)',
    lastLines(history),
  );
}

/** Whether a slow machine can be why the service did not send: the service was called, and the legacy app sent nevertheless. */
export function mayHaveBeenLate(history: History): boolean {
  const asked = new Set(requestsOf(history).flatMap(({ dryRun, uuids }) => (dryRun === false ? uuids : [])));
  return eventsOf(history, 'entry').some(
    ({ item, messageUuid }) => asked.has(messageUuid) && sendersOf(history, item).includes('legacy'),
  );
}
