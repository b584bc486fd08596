// Handmade histories for the tests of the renderers: one slow answer under the runbook as written, and under the repaired protocol.
import { DEFAULT_READINGS } from '../src/contract/readings.ts';
import { acceptedStatuses } from '../harness/formats/accepted-statuses.ts';
import type { HistoryEvent, Observation } from '../harness/formats/event.ts';
import type { Finding } from '../harness/formats/finding.ts';
import { historyHash, type History } from '../harness/formats/history.ts';
import { type Counterexample, counterexampleId } from '../harness/formats/counterexample.ts';
import type { Scenario } from '../harness/formats/scenario.ts';
import { SCRIPTED_TIMINGS, SCRIPTED_TOLERANCES } from '../harness/formats/tolerances.fixture.ts';
import { bodyDigestOf } from '../harness/history/body-digest.ts';

/** One message in mode ON while answers take 700 ms. */
export const slowAnswer: Scenario = {
  format: 'onesend.scenario/1',
  name: 'slow answer',
  seed: 7,
  tenants: [{ key: 'acme', mode: 'ON', quota: 10 }],
  steps: [{ kind: 'entry', campaign: 'spring', tenant: 'acme', messages: 1, atMs: 0 }],
  faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, fromMs: 0, untilMs: 1_500 }],
};

const uuid = '6f1c1a52-0000-4000-8000-000000000001';

/** An event and its time in milliseconds. */
type Happening = [timeMs: number, event: UntimedEvent];
type UntimedEvent = Observation extends infer O
  ? O extends Observation
    ? Omit<O, 'observer' | 'earliest' | 'latest' | 'statementEarliest'>
    : never
  : never;

/** A history of one message with the given events. */
export function handmadeHistory(system: string, happenings: readonly Happening[]): History {
  return {
    format: 'onesend.history/4',
    scenario: slowAnswer,
    lane: 'live',
    system,
    vantages: ['wire', 'database', 'authority'],
    readings: DEFAULT_READINGS,
    accepted: acceptedStatuses(),
    tolerances: SCRIPTED_TOLERANCES,
    timings: SCRIPTED_TIMINGS,
    tenants: [{ key: 'acme', tenantId: 1, account: 'AC1', quota: 10 }],
    items: [{ item: 'spring#1', campaign: 'spring', tenant: 'acme', recipient: '+15005550001', body: 'hello' }],
    roles: { legacy: 'legacy_app', service: 'messaging_service', rig: 'rig' },
    events: happenings.map(([timeMs, event], seq): HistoryEvent => {
      const micros = timeMs * 1_000;
      const seen = { seq, observer: 'handmade', earliest: micros, latest: micros + 200 };
      return event.kind === 'row' || event.kind === 'entry'
        ? { ...event, ...seen, statementEarliest: micros }
        : { ...event, ...seen };
    }),
  };
}

const request = {
  method: 'POST',
  path: '/batches',
  tenantId: 1,
  dryRun: false,
  uuids: [uuid],
  messages: [{ messageUuid: uuid, recipient: '+15005550001', bodyDigest: bodyDigestOf('hello'), provider: 'twilio' }],
};
const answer = {
  status: 200,
  results: [{ messageUuid: uuid, status: 'accepted', providerMessageId: 'SM1' }],
  elapsedMs: 40,
};
const attempt = { account: 'AC1', recipient: '+15005550001', body: 'hello', item: 'spring#1' } as const;

const untilTheTimeout: readonly Happening[] = [
  [0, { kind: 'trigger', campaign: 'spring', delivery: 1 }],
  [4, { kind: 'entry', item: 'spring#1', tenant: 'acme', messageUuid: uuid, mode: 'ON', flagged: ['ON'], epoch: 1 }],
  [9, { kind: 'request', call: 'f1', tap: 'front', ...request }],
  [10, { kind: 'request', call: 'b1', tap: 'back', ...request }],
  [22, { kind: 'attempt', attempt: 'a1', system: 'service', ...attempt }],
  [34, { kind: 'accept', attempt: 'a1', system: 'service', item: 'spring#1', providerMessageId: 'SM1' }],
  [49, { kind: 'answer', call: 'b1', tap: 'back', ...answer }],
  [
    510,
    {
      kind: 'call-failed',
      call: 'f1',
      tap: 'front',
      by: 'client',
      how: 'fin',
      requestComplete: true,
      answerBytes: 0,
      elapsedMs: 501,
    },
  ],
];

const logRow = {
  kind: 'row',
  table: 'sms_logs',
  operation: 'insert',
  key: uuid,
  before: null,
  role: 'legacy_app',
  transaction: '9',
} as const;

/** The runbook as written: the legacy app takes the timeout as permission to send. */
export const doubleSend: History = handmadeHistory('as-written', [
  ...untilTheTimeout,
  [512, { kind: 'log', process: 'legacy', line: 'LEGACY_SEND_FALLBACK_ON_MODE' }],
  [520, { kind: 'attempt', attempt: 'a2', system: 'legacy', ...attempt }],
  [529, { kind: 'accept', attempt: 'a2', system: 'legacy', item: 'spring#1', providerMessageId: 'SM2' }],
  [541, { ...logRow, after: { message_uuid: uuid, source: 'legacy', status: 'accepted' } }],
]);

/** The repaired protocol: after the timeout the legacy app competes for the authority, and the service already holds it. */
export const singleSend: History = handmadeHistory('reference', [
  ...untilTheTimeout,
  [528, { ...logRow, after: { message_uuid: uuid, source: 'go', status: 'accepted' } }],
]);

/** The finding of the checker for the double send. */
export const doubleSendFinding: Finding = {
  property: 'S1',
  message: 'spring#1 was accepted by the provider 2 times: first from service, then from legacy',
  items: ['spring#1'],
  witnesses: [5, 10],
};

const doubleSendNamed = {
  fingerprint: 'S1: accept service ON; accept legacy ON',
  system: 'as-written',
  lane: 'live',
  case: { scenario: slowAnswer, deviations: [] },
} as const satisfies Partial<Counterexample>;

/** The double send as a counterexample. */
export const doubleSendCounterexample: Counterexample = {
  format: 'onesend.counterexample/3',
  id: counterexampleId(doubleSendNamed),
  ...doubleSendNamed,
  findings: [doubleSendFinding],
  history: doubleSend,
  historyHash: historyHash(doubleSend),
  shrinking: { tried: 12, kept: 4, stopped: 'minimal', original: { scenario: slowAnswer, deviations: [] } },
};
