// Judges the calls to the service in the run of a check, and whether the description has the right places for their values.
import type { EventOf } from '../../formats/event.ts';
import type { History } from '../../formats/history.ts';
import type { Protocol } from '../../formats/protocol.ts';
import { countOf } from '../../history/counted-words.ts';
import { eventsOf } from '../../history/events-of.ts';
import { CAMPAIGNS } from './scenarios.ts';
import { itemOf, lastLines, requestsOf, sendersOf } from './run-seen.ts';
import { failed, ok, type StepResult } from './walk.ts';

type Request = EventOf<'request'>;

/** Judges how the service was called in SHADOW and in ON. */
export function calls(history: History, protocol: Protocol): StepResult {
  const requests = requestsOf(history);
  if (requests.length === 0) return neverCalled(history);
  const details = requests.map(
    ({ method, path, dryRun, messages }) =>
      `${method} ${path}: dry_run ${String(dryRun)}, ${countOf(messages.length, 'message')}`,
  );
  const [finding, hint] = wrongIn(requests, protocol) ?? [];
  if (finding !== undefined) return failed(finding, hint ?? '', details);
  const answers = eventsOf(history, 'answer').filter(({ tap }) => tap === 'front');
  const [answered, change] = wrongInAnswers(answers) ?? [];
  if (answered !== undefined) return failed(answered, change ?? '', lastLines(history));
  return ok(`${countOf(requests.length, 'request')}, ${countOf(answers.length, 'answer')}`);
}

/** The failure when no call was seen. If the service sent, it was called past the tap, or in a form that the tap did not recognise. */
function neverCalled(history: History): StepResult {
  if (sendersOf(history, itemOf(CAMPAIGNS.ON)).includes('service'))
    return failed(
      'the service sent a message, but no call to it was recognised',
      'let the legacy app call ${serviceUrl}, and describe in `protocol` the path, the method and the place of the messages in a request',
      lastLines(history),
    );
  if (eventsOf(history, 'attempt').length === 0)
    return failed(
      'no trigger led to anything: nothing was sent, and the service was not called',
      'see that `trigger` sends a campaign, and that the legacy app finds the messages that `seed.item` writes',
      lastLines(history),
    );
  return failed(
    'the service was never called',
    'see that the legacy app calls ${serviceUrl}, and that `mode` flags the tenant where it looks, in the words that it knows',
    lastLines(history),
  );
}

/** What a step found, and what to change. */
type Problem = readonly [finding: string, hint: string];

function wrongIn(requests: readonly Request[], { request }: Protocol): Problem | undefined {
  const messages = requests.flatMap((each) => each.messages);
  if (messages.length === 0)
    return ['no message was found in any request', 'set `protocol.request.messages` to the place where they are'];
  if (requests.every(({ dryRun }) => dryRun === null))
    return [
      'no request says whether it is a rehearsal',
      'set `protocol.request.dryRun` to the place that says it, and `dryRunIs` and `liveIs` to its values',
    ];
  const hint = 'see that `mode` flags the tenant where the app reads it, and `protocol.request.dryRunIs` and `liveIs`';
  if (!requests.some(({ dryRun }) => dryRun === true)) return ['no request was a rehearsal', hint];
  if (!requests.some(({ dryRun }) => dryRun === false)) return ['no request was a real one', hint];
  const absent = [
    { field: 'uuid', what: 'a uuid', isFound: messages.some(({ messageUuid }) => messageUuid !== '') },
    { field: 'recipient', what: 'a number', isFound: messages.some(({ recipient }) => recipient !== '') },
    { field: 'body', what: 'a text', isFound: messages.some(({ bodyDigest }) => bodyDigest !== '') },
    { field: 'tenant', what: 'the id of a tenant', isFound: requests.some(({ tenantId }) => tenantId !== null) },
  ] as const;
  const missing = absent.find(({ field, isFound }) => request[field] !== null && !isFound);
  if (missing === undefined) return undefined;
  const { field, what } = missing;
  const nothing = field === 'uuid' ? '' : ', or to null if it is not on the wire';
  return [
    `no request holds ${what} at ${JSON.stringify(request[field])}`,
    `set \`protocol.request.${field}\` to the place where it is${nothing}`,
  ];
}

function wrongInAnswers(answers: readonly EventOf<'answer'>[]): Problem | undefined {
  if (answers.length === 0) return ['the service did not answer', 'see its log'];
  const bad = answers.find(({ status, results }) => status >= 300 || results.length === 0);
  if (bad !== undefined)
    return [
      `the service answered status ${bad.status} with ${countOf(bad.results.length, 'result')}`,
      bad.status >= 300
        ? 'see its log'
        : 'each message needs a result with its status: set `protocol.answer.results` to the place of the results',
    ];
  const results = answers.flatMap((answer) => answer.results);
  if (results.every(({ messageUuid }) => messageUuid === ''))
    return [
      'no result holds a uuid',
      'set `protocol.answer.uuid` to the place where it is, or to null if results have the order of the messages',
    ];
  if (results.every(({ status }) => status === ''))
    return ['no result holds a status', 'set `protocol.answer.status` to the place where it is'];
  return undefined;
}
