// Violations of safety properties, to be planted into lives: each makes one finding. Used by tests only.
import { answer, logRow, providerError, recipientOf, request, row } from '../../history/history.fixture.ts';
import { askedAlone, calledDuplicate, foreignTable, line, sentAgain } from './acts.fixture.ts';
import { attemptOf, firstOf, type Moment, type Way } from './life.fixture.ts';
import {
  also,
  isCharge,
  isFinalRow,
  isFrontEnd,
  logging,
  otherwise,
  type Planting,
  without,
} from './planting.fixture.ts';
import { asked, at, charged, reported, tried } from './ways.fixture.ts';

const SENT: readonly Way[] = ['service', 'fallback', 'off', 'shadow'];
const ENTERED: readonly Way[] = [...SENT, 'rejected', 'unknown', 'unreachable', 'again'];
const CHARGED: readonly Way[] = ['service', 'fallback', 'off', 'unreachable'];

/** Violations of safety properties. */
export const SAFETY_PLANTINGS: readonly Planting[] = [
  {
    property: 'S1',
    what: 'the legacy app sends a message that the service has sent',
    ways: ['service', 'unknown'],
    plant: also((life) => sentAgain(life, 'legacy', 50)),
  },
  {
    property: 'S1',
    what: 'a system sends twice',
    ways: ['off', 'shadow', 'fallback', 'unreachable'],
    plant: also((life) => sentAgain(life, 'legacy', 58)),
  },
  {
    property: 'S2',
    what: 'both systems send a message',
    ways: ['service', 'unknown'],
    plant: also((life) => sentAgain(life, 'legacy', 50)),
  },
  {
    property: 'S2',
    what: 'the provider of the service may have accepted a message that the legacy app sent',
    ways: ['off', 'shadow', 'fallback', 'unreachable'],
    plant: also((life) => {
      const message = firstOf(life);
      const id = attemptOf('service', message.item);
      return [
        at(life, 50, tried(life, message, { system: 'service' })),
        at(life, 51, providerError('service', message.item, id)),
      ];
    }),
  },
  {
    property: 'S4',
    what: 'the service gets a request for a message in OFF',
    ways: ['off'],
    plant: also((life) => [at(life, 10, askedAlone(life, `also-${life.campaign}`, { dryRun: true }))]),
  },
  {
    property: 'S4',
    what: 'the service is asked to send a message in SHADOW',
    ways: ['shadow'],
    plant: also((life) => [at(life, 10, askedAlone(life, `also-${life.campaign}`))]),
  },
  {
    property: 'S4',
    what: 'the service tries a message that is not in ON',
    ways: ['off', 'shadow'],
    plant: also((life) => [at(life, 50, tried(life, firstOf(life), { system: 'service' }))]),
  },
  {
    property: 'S4',
    what: 'the legacy app falls back without a cause',
    ways: ['service'],
    plant: also((life) => [at(life, 50, tried(life, firstOf(life), { system: 'legacy' }))]),
  },
  {
    property: 'S6',
    what: 'an item is given a second uuid',
    ways: ['service', 'off', 'shadow'],
    plant: also((life) => {
      const { item, messageUuid } = firstOf(life);
      const rowWith = (uuid: string) => ({ phone: recipientOf(item), message_uuid: uuid });
      const [before, after] = [rowWith(messageUuid), rowWith(`${messageUuid}-again`)];
      return [at(life, 55, row('campaign_sms', { key: item, operation: 'update', before, after }))];
    }),
  },
  {
    property: 'S6',
    what: 'a uuid that belongs to no item is logged',
    ways: ['service', 'fallback', 'rejected', 'off'],
    plant: also((life) => [
      at(life, 55, logRow(`stranger-${life.campaign}`, { status: 'accepted', source: 'legacy' })),
    ]),
    isAnonymous: true,
  },
  {
    property: 'S6',
    what: 'a message is tried before it has its uuid',
    ways: ['service', 'fallback', 'off', 'shadow', 'unknown'],
    plant: also((life) => [
      at(life, 1, tried(life, firstOf(life), { system: 'legacy', id: `early-${life.campaign}` })),
    ]),
  },
  {
    property: 'S6',
    what: 'a request lacks a uuid',
    ways: ['service', 'fallback', 'shadow'],
    plant: also((life) => {
      const { tenantId } = life.tenant;
      return [at(life, 55, request('front', `blank-${life.campaign}`, { uuids: [''], dryRun: true, tenantId }))];
    }),
    isAnonymous: true,
  },
  {
    property: 'S7',
    what: 'the service writes a table that is not its own',
    ways: ['service', 'rejected', 'unknown'],
    plant: also((life) => [at(life, 55, row(foreignTable(life), { key: 'foreign', role: 'service_role' }))]),
    sharedBy: foreignTable,
    isAnonymous: true,
  },
  {
    property: 'S7',
    what: 'the service has the privilege to write the log of the legacy app',
    ways: ['service', 'off', 'shadow'],
    plant: also((life) => [
      at(life, 55, { observer: 'rig', kind: 'privileges', role: 'service_role', writable: ['sms_logs'] }),
    ]),
    isAnonymous: true,
  },
  {
    property: 'S8',
    what: 'a message has two rows in the log',
    ways: [...SENT, 'rejected', 'unknown'],
    plant: also((life) => [at(life, 55, logRow(firstOf(life).messageUuid, { status: 'in_progress' }))]),
  },
  {
    property: 'S8',
    what: 'the log names another provider message id',
    ways: [...SENT, 'unreachable'],
    plant: logging({ provider_message_id: 'SM-other' }),
  },
  {
    property: 'S8',
    what: 'the log says that a message was sent that was not',
    ways: ['rejected'],
    plant: logging({ status: 'accepted' }),
  },
  {
    property: 'S8',
    what: 'the log says that a message was rejected that was sent',
    ways: [...SENT, 'unknown'],
    plant: logging({ status: 'rejected' }),
  },
  {
    property: 'S9',
    what: 'a message is charged twice',
    ways: CHARGED,
    plant: also((life) => charged(life, firstOf(life), { ms: 55, transaction: `again-${life.campaign}` })),
  },
  {
    property: 'S9',
    what: 'a message that was sent is not charged',
    ways: CHARGED,
    plant: without(isCharge),
  },
  {
    property: 'S9',
    what: 'a message is charged in SHADOW, or although it was rejected',
    ways: ['shadow', 'rejected'],
    plant: also((life) => charged(life, firstOf(life), { ms: 55 })),
  },
  {
    property: 'S10',
    what: 'a unit is taken before anything was tried',
    ways: ['service', 'fallback', 'off'],
    plant: otherwise(
      ({ kind }) => kind === 'charge',
      ({ what }) => ({ ms: 1, what }),
    ),
    sharedBy: ({ tenant }) => tenant.key,
    isAnonymous: true,
  },
  {
    property: 'S10',
    what: 'a unit that must be taken is never taken',
    ways: CHARGED,
    plant: without(isCharge),
    sharedBy: ({ tenant }) => tenant.key,
  },
  {
    property: 'S11',
    what: 'the service calls a rejected message a duplicate',
    ways: ['rejected'],
    plant: otherwise(
      ({ kind }) => kind === 'answer',
      ({ ms, what }) => ({ ms, what: calledDuplicate(what) }),
    ),
  },
  {
    property: 'S11',
    what: 'the service calls a message a duplicate before it sends it',
    ways: ['service', 'unknown', 'again'],
    plant: also((life) => {
      const call = `also-${life.campaign}`;
      const first = { ...life, messages: 1 };
      return [
        at(life, 13, asked(first, { tap: 'back', dryRun: false, call })),
        at(life, 20, reported(first, { tap: 'back', status: 'duplicate', elapsedMs: 7, call })),
      ];
    }),
  },
  {
    property: 'S14',
    what: 'a call lasts too long',
    ways: ['service', 'rejected', 'unknown'],
    plant: otherwise(isFrontEnd, ({ ms, what }) => ({
      ms: ms + 1_100,
      what: isFrontEnd(what) ? { ...what, elapsedMs: what.elapsedMs + 1_100 } : what,
    })),
  },
  {
    property: 'S14',
    what: 'a call never ends',
    ways: ['service', 'fallback', 'rejected', 'unknown'],
    plant: without(isFrontEnd),
  },
  {
    property: 'S14',
    what: 'the service gets two requests for a message',
    ways: ['service', 'fallback', 'rejected', 'unknown'],
    plant: also((life) => {
      const call = `again-${life.campaign}`;
      const uuids = [firstOf(life).messageUuid];
      return [at(life, 9, askedAlone(life, call)), at(life, 56, answer('front', call, { elapsedMs: 47, uuids }))];
    }),
  },
  {
    property: 'S17',
    what: 'the reconciliation misses a message that the legacy app did not log',
    ways: ['service', 'rejected', 'unknown', 'again'],
    plant: without(isFinalRow),
  },
  {
    property: 'S17',
    what: 'the reconciliation misses a provider id that the legacy app did not log',
    ways: ['service', 'again'],
    plant: logging({ provider_message_id: null }),
  },
  {
    property: 'S17',
    what: 'the reconciliation reports a mismatch that does not exist',
    ways: [...SENT, 'rejected', 'unknown', 'unreachable', 'again'],
    plant: also((life) => {
      const { messageUuid } = firstOf(life);
      return [at(life, 60, { kind: 'mismatch', mismatch: 'status_mismatch', messageUuid })];
    }),
  },
  {
    property: 'S21',
    what: 'a rehearsal logs no line',
    ways: ['shadow'],
    plant: without(({ kind }) => kind === 'log'),
  },
  {
    property: 'S21',
    what: 'a fallback logs no line',
    ways: ['fallback', 'unreachable'],
    plant: without(({ kind }) => kind === 'log'),
  },
  {
    property: 'S21',
    what: 'the service logs a rehearsal of a message that it sent',
    ways: ['service', 'rejected', 'unknown'],
    plant: also((life) => [at(life, 30, line(life, 'service', 'DRY_RUN_NO_PROVIDER_CALL'))]),
  },
  {
    property: 'S21',
    what: 'the legacy app logs a fallback that did not happen',
    ways: ['service', 'rejected', 'unknown', 'off'],
    plant: also((life) => [at(life, 30, line(life, 'legacy', 'LEGACY_SEND_FALLBACK_ON_MODE'))]),
  },
  {
    property: 'S22',
    what: 'a message is sent with the account of another tenant',
    ways: [...SENT, 'rejected', 'unknown', 'unreachable'],
    plant: otherwise(
      ({ kind }) => kind === 'attempt',
      ({ ms, what }) => ({ ms, what: what.kind === 'attempt' ? { ...what, account: 'AC9' } : what }),
    ),
  },
  {
    property: 'S22',
    what: 'a message is requested in the name of another tenant',
    ways: ['service', 'fallback', 'rejected', 'unknown', 'shadow'],
    plant: also((life) => [at(life, 9, askedAlone(life, `also-${life.campaign}`, { tenantId: 2 }))]),
  },
  {
    property: 'S23',
    what: 'a message does not enter',
    ways: ENTERED,
    plant: without((what) => what.kind === 'row' && what.table === 'campaign_sms'),
  },
  {
    property: 'S24',
    what: 'the user gets an error although all messages entered',
    ways: [...SENT, 'again'],
    plant: otherwise(
      ({ kind }) => kind === 'user-response',
      ({ ms, what }) => ({ ms, what: { ...what, status: 500, body: '' } as Moment['what'] }),
    ),
  },
  {
    property: 'S24',
    what: 'the answer to the user counts too many messages',
    ways: ENTERED,
    plant: otherwise(
      ({ kind }) => kind === 'user-response',
      ({ ms, what }) => ({
        ms,
        what: { ...what, body: JSON.stringify({ status: 'queued', messages: 9, refused: 0 }) } as Moment['what'],
      }),
    ),
  },
];
