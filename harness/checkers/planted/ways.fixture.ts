// What happens in a life of a system without violations. Used by tests only.
import type { Role } from '../../../src/contract/message.ts';
import {
  accept,
  answer,
  attempt,
  breaker,
  callFailed,
  entry,
  type Happening,
  type HappeningOf,
  log,
  nemesis,
  recipientOf,
  recover,
  reject,
  request,
  trigger,
} from '../../history/history.fixture.ts';
import {
  attemptOf,
  faultOf,
  type Life,
  type Message,
  messagesIn,
  type Moment,
  providerIdOf,
  settleOf,
  type Way,
} from './life.fixture.ts';
import { authority, finalRow, ledger, serviceLog, settledRow } from './rows.fixture.ts';

/** What happens in a life, in the order of time. */
export function momentsOf(life: Life): Moment[] {
  return [...inForce(life), ...entered(life), ...WAYS[life.way](life)];
}

const WAYS: Readonly<Record<Way, (life: Life) => Moment[]>> = {
  service: (life) => sentByService(life, { state: 'SENT', status: 'accepted', answered: accept }),
  rejected: (life) => sentByService(life, { state: 'NOT_SENT', status: 'rejected', answered: reject }),
  unknown: (life) => sentByService(life, { state: 'UNKNOWN', status: 'unknown', answered: accept }),
  fallback: (life) => [
    at(life, 8, asked(life, { tap: 'front', dryRun: false })),
    at(life, 16, callFailed('front', callOf(life), { by: 'server', elapsedMs: 8 })),
    ...each(life, 26, ({ messageUuid }) => log('legacy', `LEGACY_SEND_FALLBACK_ON_MODE: message_uuid=${messageUuid}`)),
    ...sentByLegacy(life, 20),
  ],
  unreachable: (life) => [
    ...each(life, 26, ({ messageUuid }) => log('legacy', `LEGACY_SEND_FALLBACK_ON_MODE: message_uuid=${messageUuid}`)),
    ...sentByLegacy(life, 20),
  ],
  again: askedAgain,
  probe: (life) => [...breakerProbed(life), ...WAYS.service(life)],
  off: (life) => sentByLegacy(life, 8),
  shadow: (life) => [...sentByLegacy(life, 8), ...rehearsed(life)],
};

function inForce({ way, fault, startMs }: Life): Moment[] {
  if (faultOf(way, startMs) === undefined) return [];
  return [
    { ms: startMs - 20, what: nemesis({ applied: fault }) },
    { ms: startMs + 600, what: nemesis({ healed: fault }) },
  ];
}

function entered(life: Life): Moment[] {
  const { tenant, way } = life;
  const body = JSON.stringify({ status: 'queued', messages: life.messages, refused: 0 });
  const campaign = `c${life.campaign}`;
  return [
    at(life, 0, trigger(campaign)),
    ...each(life, 4, ({ item, messageUuid }) => entry(item, messageUuid, tenant.mode)),
    ...(way === 'shadow' ? [] : each(life, 4, (message) => ledger(life, message, { state: 'reserved' }))),
    at(life, 60, {
      observer: 'rig',
      kind: 'user-response',
      campaign,
      delivery: 1,
      status: 200,
      body,
      elapsedMs: 60,
    }),
  ];
}

/** The outcome of messages that the service handles. */
interface End {
  readonly state: string;
  readonly status: string;
  readonly answered: typeof accept | typeof reject;
}

/** The service handles the messages and answers with their outcome, which the legacy app logs. */
function sentByService(life: Life, end: End): Moment[] {
  const { status } = end;
  return [
    ...takenByService(life, end),
    at(life, 40, reported(life, { tap: 'front', status, elapsedMs: 32 })),
    ...settled(life, 44, (message) => ({ source: 'go', status, id: idBy(message, status) })),
  ];
}

/** The answer of the service is lost, and the service answers once more when the legacy app recovers. */
function askedAgain(life: Life): Moment[] {
  const call = `again-${callOf(life)}`;
  return [
    ...takenByService(life, { state: 'SENT', status: 'accepted', answered: accept }),
    at(life, 40, callFailed('front', callOf(life), { by: 'server', elapsedMs: 32 })),
    at(life, 70, recover(life.campaign)),
    at(life, 80, asked(life, { tap: 'front', dryRun: false, call })),
    at(life, 84, asked(life, { tap: 'back', dryRun: false, call })),
    at(life, 88, reported(life, { tap: 'back', status: 'duplicate', elapsedMs: 4, call })),
    at(life, 92, reported(life, { tap: 'front', status: 'duplicate', elapsedMs: 12, call })),
    ...settled(life, 96, (message) => ({ source: 'go', status: 'accepted', id: idBy(message, 'accepted') })),
  ];
}

/** The live breaker has been OPEN long enough to allow the call of the life as a probe, and closes. */
function breakerProbed(life: Life): Moment[] {
  return [
    at(life, -1_200, breakerRow(life, 'OPEN', 'rig_role')),
    at(life, 6, breakerRow(life, 'HALF_OPEN')),
    at(life, 42, breakerRow(life, 'CLOSED')),
  ];
}

/** The live breaker changes its state. */
export function breakerRow({ campaign }: Life, state: string, role = 'legacy_role'): Happening {
  return { ...(breaker(state, { role }) as HappeningOf<'row'>), transaction: `${state}-${campaign}` };
}

function takenByService(life: Life, { state, status, answered }: End): Moment[] {
  const idOf = (message: Message): string | null => idBy(message, status);
  return [
    at(life, 8, asked(life, { tap: 'front', dryRun: false })),
    at(life, 12, asked(life, { tap: 'back', dryRun: false })),
    ...each(life, 16, (message) => authority(life, message, { holder: 'service', state: 'CLAIMED' })),
    ...each(life, 16, (message) => serviceLog(life, message, { status: 'pending' })),
    ...each(life, 20, (message) => authority(life, message, { holder: 'service', state: 'SENDING' })),
    ...each(life, 24, (message) => tried(life, message, { system: 'service' })),
    ...each(life, 28, ({ item }) => answered('service', item, attemptOf('service', item))),
    ...each(life, 32, (message) => authority(life, message, { holder: 'service', state, id: idOf(message) })),
    ...each(life, 32, (message) => serviceLog(life, message, { status, id: idOf(message) })),
    at(life, 36, reported(life, { tap: 'back', status, elapsedMs: 24 })),
  ];
}

/** The service answers with one status for all messages of a life. */
export function reported(
  life: Life,
  answering: { tap: 'front' | 'back'; status: string; elapsedMs: number; call?: string },
): Happening {
  const { tap, status, elapsedMs, call = callOf(life) } = answering;
  const results = messagesIn(life).map((message) => ({
    messageUuid: message.messageUuid,
    status,
    providerMessageId: idBy(message, status),
  }));
  return { ...answer(tap, call, { elapsedMs }), results } as Happening;
}

/** The id that the service's provider gave to a message; null unless the status says that it was accepted. */
function idBy(message: Message, status: string): string | null {
  return status === 'accepted' || status === 'duplicate' ? providerIdOf('service', message) : null;
}

/** The legacy app sends the messages through its own provider. */
function sentByLegacy(life: Life, ms: number): Moment[] {
  const idOf = (message: Message): string => providerIdOf('legacy', message);
  return [
    ...each(life, ms, (message) => authority(life, message, { holder: 'legacy', state: 'CLAIMED' })),
    ...each(life, ms + 4, (message) => authority(life, message, { holder: 'legacy', state: 'SENDING' })),
    ...each(life, ms + 8, (message) => tried(life, message, { system: 'legacy' })),
    ...each(life, ms + 12, ({ item }) => accept('legacy', item, attemptOf('legacy', item))),
    ...each(life, ms + 16, (message) =>
      authority(life, message, { holder: 'legacy', state: 'SENT', id: idOf(message) }),
    ),
    ...settled(life, ms + 20, (message) => ({ source: 'legacy', status: 'accepted', id: idOf(message) })),
  ];
}

/** Each message is logged and, unless it is free of charge or unknown, charged or released in the same transaction. */
function settled(
  life: Life,
  ms: number,
  logged: (message: Message) => { source: string; status: string; id: string | null },
): Moment[] {
  return messagesIn(life).flatMap((message) => {
    const { status } = logged(message);
    const moments = [at(life, ms, finalRow(life, message, logged(message)))];
    if (life.way !== 'shadow' && status === 'accepted') moments.push(...charged(life, message, { ms }));
    if (status === 'rejected') moments.push(at(life, ms, ledger(life, message, { state: 'released' })));
    return [...moments, at(life, ms, settledRow(life, message))];
  });
}

/** A message is charged: its row of the ledger says so, and a unit is taken. */
export function charged(life: Life, message: Message, how: { ms: number; transaction?: string }): Moment[] {
  const { ms, transaction = settleOf(message) } = how;
  return [
    at(life, ms, ledger(life, message, { state: 'charged', transaction })),
    at(life, ms, { kind: 'charge', tenant: life.tenant, units: 1, transaction }),
  ];
}

function rehearsed(life: Life): Moment[] {
  const answered = (tap: 'front' | 'back', elapsedMs: number): Happening =>
    answer(tap, callOf(life), { elapsedMs, uuids: messagesIn(life).map(({ messageUuid }) => messageUuid) });
  return [
    at(life, 36, asked(life, { tap: 'front', dryRun: true })),
    at(life, 40, asked(life, { tap: 'back', dryRun: true })),
    ...each(life, 44, ({ messageUuid }) => log('service', `DRY_RUN_NO_PROVIDER_CALL: message_uuid=${messageUuid}`)),
    ...each(life, 48, (message) => serviceLog(life, message, { status: 'accepted', isDryRun: true })),
    at(life, 52, answered('back', 12)),
    at(life, 56, answered('front', 20)),
  ];
}

/** Something at a time after the start of a life. */
export function at({ startMs }: Life, ms: number, what: Moment['what']): Moment {
  return { ms: startMs + ms, what };
}

function each(life: Life, ms: number, happening: (message: Message) => Happening): Moment[] {
  return messagesIn(life).map((message) => at(life, ms, happening(message)));
}

function callOf({ campaign }: Life): string {
  return `call-${campaign}`;
}

/** The whole request for the messages of a life passes a tap. */
export function asked(life: Life, asking: { tap: 'front' | 'back'; dryRun: boolean; call?: string }): Happening {
  const { tap, dryRun, call = callOf(life) } = asking;
  const requests = messagesIn(life).map(({ item, messageUuid }) => {
    const { tenantId } = life.tenant;
    const body = `message ${item}`;
    return request(tap, call, { uuids: [messageUuid], dryRun, tenantId, recipient: recipientOf(item), body });
  });
  const [first, ...others] = requests as Extract<Happening, { kind: 'request' }>[];
  if (first === undefined) throw new Error('a life has messages');
  const all = [first, ...others];
  return { ...first, uuids: all.flatMap(({ uuids }) => uuids), messages: all.flatMap(({ messages }) => messages) };
}

/** A message reaches the provider with the account of its tenant. */
export function tried({ tenant }: Life, { item }: Message, by: { system: Role; id?: string }): Happening {
  const { system, id = attemptOf(system, item) } = by;
  return { ...attempt(system, item, id), account: tenant.account };
}
