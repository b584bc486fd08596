// Builders for hand-written histories, so that a test reads as a timeline. Used by tests only.
import type { Role } from '../../src/contract/message.ts';
import { DEFAULT_READINGS, type Readings } from '../../src/contract/readings.ts';
import { acceptedStatuses } from '../formats/accepted-statuses.ts';
import type { FaultOf } from '../faults/catalogue.ts';
import type { Fault } from '../formats/fault.ts';
import type { EventKind, HistoryEvent, Observation } from '../formats/event.ts';
import type { History } from '../formats/history.ts';
import { VANTAGES } from '../formats/vantages.ts';
import type { Step } from '../formats/scenario.ts';
import { SCRIPTED_TIMINGS, SCRIPTED_TOLERANCES } from '../formats/tolerances.fixture.ts';
import { bodyDigestOf } from './body-digest.ts';
import { buildHistory } from './build.ts';
import type { Binding } from './sighted-entries.ts';

type Untimed<E> = E extends HistoryEvent ? Omit<E, 'seq' | 'earliest' | 'latest' | 'statementEarliest'> : never;

/** An event without its times. */
export type Happening = Untimed<HistoryEvent>;

/** An event of one kind, without its times. */
export type HappeningOf<K extends EventKind> = Extract<Happening, { kind: K }>;

/**
 * The parts of a scripted run besides its events. Everything has a default: tenant `t1` in ON with 100 units, one message `c1#1`. Without
 * `mode`, the flags are the mode that the first entry pins.
 */
export interface ScriptOptions {
  readonly mode?: string | null;
  readonly messages?: number;
  /** A second tenant `t2` (id 2, account AC2) with the campaign `c2` of one message. */
  readonly secondTenant?: boolean;
  readonly faults?: readonly Fault[];
  readonly steps?: readonly Step[];
  readonly readings?: Partial<Readings>;
  readonly changes?: Partial<History>;
  /** The uuids of items as the system reports them; given only for a system whose rows do not show its entries. */
  readonly bindings?: readonly Binding[];
}

/** A history of these events, in any order, but those of one observer in its own order. */
export function historyOf(options: ScriptOptions, events: readonly Observation[]): History {
  const { mode = firstPinned(events) ?? 'ON', messages = 1, secondTenant = false } = options;
  const tenants = secondTenant ? ['t1', 't2'] : ['t1'];
  const counts = [messages, 1];
  const header: Omit<History, 'format' | 'events'> = {
    scenario: {
      format: 'onesend.scenario/1',
      name: 'a scripted run',
      seed: 1,
      tenants: tenants.map((key) => ({ key, mode, quota: 100 })),
      steps: [
        ...tenants.map((tenant, index) => ({
          kind: 'entry' as const,
          campaign: `c${index + 1}`,
          tenant,
          messages: counts[index] ?? 1,
          atMs: 0,
        })),
        ...(options.steps ?? []),
      ],
      faults: [...(options.faults ?? [])],
    },
    lane: 'sim',
    system: 'scripted',
    vantages: [...VANTAGES],
    readings: { ...DEFAULT_READINGS, ...options.readings },
    accepted: acceptedStatuses(),
    tolerances: SCRIPTED_TOLERANCES,
    timings: SCRIPTED_TIMINGS,
    tenants: tenants.map((key, index) => ({ key, tenantId: index + 1, account: `AC${index + 1}`, quota: 100 })),
    items: tenants.flatMap((tenant, index) =>
      Array.from({ length: counts[index] ?? 1 }, (_, place) => {
        const item = `c${index + 1}#${place + 1}`;
        return { item, campaign: `c${index + 1}`, tenant, recipient: recipientOf(item), body: bodyOf(item) };
      }),
    ),
    roles: { legacy: 'legacy_role', service: 'service_role', rig: 'rig_role' },
  };
  // Copies, because a history takes over its observations, and scripts share theirs.
  const own = events.map((event) => Object.assign({}, event));
  const { bindings } = options;
  const built = buildHistory({ ...header, ...options.changes }, own, bindings === undefined ? {} : { bindings });
  return { ...built, ...options.changes };
}

function firstPinned(events: readonly Observation[]): string | undefined {
  for (const event of events) {
    if (event.kind === 'row' && typeof event.after?.['mode'] === 'string') return event.after['mode'];
  }
  return undefined;
}

/** Something that happened at one millisecond. */
export function at(ms: number, happening: Happening): Observation {
  return during(ms, ms, happening);
}

/** Something that happened at some time between two milliseconds. */
export function during(fromMs: number, untilMs: number, happening: Happening): Observation {
  const earliest = fromMs * 1_000;
  const latest = untilMs * 1_000;
  return happening.kind === 'row' || happening.kind === 'entry'
    ? { ...happening, statementEarliest: earliest, earliest, latest }
    : { ...happening, earliest, latest };
}

/** A row, or an entry by it, whose statement began at one millisecond and whose transaction committed between two others. */
export function committed(
  statementMs: number,
  [fromMs, untilMs]: readonly [number, number],
  change: Happening,
): Observation {
  return { ...during(fromMs, untilMs, change), statementEarliest: statementMs * 1_000 } as Observation;
}

/** The recipient of an item: c1#2 has +99912. */
export function recipientOf(item: string): string {
  return `+999${item.replaceAll(/\D/g, '')}`;
}

/** The rig flags a tenant with a mode. */
export function flip(mode: string, tenant = 't1'): Happening {
  return { observer: 'rig', kind: 'flip', tenant, mode };
}

/** The rig triggers a campaign. */
export function trigger(campaign = 'c1', delivery = 1): Happening {
  return { observer: 'rig', kind: 'trigger', campaign, delivery };
}

/** The user's answer for a delivery of a campaign. */
export function userResponse(reported: {
  status: number | null;
  body?: unknown;
  campaign?: string;
  delivery?: number;
}): Happening {
  const { status, body = {}, campaign = 'c1', delivery = 1 } = reported;
  return {
    observer: 'rig',
    kind: 'user-response',
    campaign,
    delivery,
    status,
    body: JSON.stringify(body),
    elapsedMs: 1,
  };
}

/** The item's row gets its uuid. */
export function entry(item: string, messageUuid: string, mode = 'ON'): Happening {
  return row('campaign_sms', {
    key: item,
    operation: 'update',
    before: { phone: recipientOf(item), message_uuid: null, mode: null, epoch: null },
    after: { phone: recipientOf(item), message_uuid: messageUuid, mode, epoch: 1 },
  });
}

/** How a scripted row differs from an insert by the legacy app in a separate transaction. */
export interface RowOptions {
  readonly key?: string;
  readonly operation?: 'insert' | 'update' | 'delete';
  readonly before?: Readonly<Record<string, unknown>> | null;
  readonly after?: Readonly<Record<string, unknown>> | null;
  readonly role?: string;
  readonly transaction?: string;
}

/** A row of any table changes. */
export function row(table: string, options: RowOptions): Happening {
  const { key = '1', operation = 'insert', before = null, after = null } = options;
  const { role = 'legacy_role', transaction = `x-${table}-${key}` } = options;
  return { observer: 'database', kind: 'row', table, key, operation, before, after, role, transaction };
}

/** The legacy app logs what happened to a message. */
export function logRow(
  messageUuid: string,
  reported: { status: string; source?: string; id?: string | null; transaction?: string },
): Happening {
  const { status, source = 'go', id = null, transaction = `settle-${messageUuid}` } = reported;
  const after = { message_uuid: messageUuid, tenant_id: 1, source, status, provider_message_id: id };
  return row('sms_logs', { key: messageUuid, after, transaction });
}

/** The legacy app takes units from a tenant's account. */
export function decrement(units: { from: number; to: number; tenantId?: number; transaction?: string }): Happening {
  const { from, to, tenantId = 1, transaction = 'bare' } = units;
  return row('quota_accounts', {
    key: String(tenantId),
    operation: 'update',
    before: { tenant_id: tenantId, units: from },
    after: { tenant_id: tenantId, units: to },
    transaction,
  });
}

/** A ledger row becomes `charged`. */
export function charged(messageUuid: string, transaction = `settle-${messageUuid}`): Happening {
  return row('quota_ledger', {
    key: messageUuid,
    operation: 'update',
    before: { message_uuid: messageUuid, tenant_id: 1, state: 'reserved' },
    after: { message_uuid: messageUuid, tenant_id: 1, state: 'charged' },
    transaction,
  });
}

/** A breaker's row changes its state. */
export function breaker(state: string, options: { name?: string; role?: string; failures?: number } = {}): Happening {
  const { name = 'live', role = 'legacy_role', failures = 5 } = options;
  return row('messaging_breakers', {
    key: name,
    operation: 'update',
    before: { name },
    after: { name, state, failures },
    role,
  });
}

/** The text of an item. */
export function bodyOf(item: string): string {
  return `message ${item}`;
}

/** A whole request passes a tap. `u2` is the uuid of the item c1#2, unless another recipient or body is given. */
export function request(
  tap: 'front' | 'back',
  call: string,
  carried: { uuids: readonly string[]; dryRun?: boolean; tenantId?: number; recipient?: string; body?: string },
): Happening {
  const { uuids, dryRun = false, tenantId = 1 } = carried;
  const messages = uuids.map((messageUuid) => {
    const item = `c1#${messageUuid.slice(1)}`;
    const { recipient = recipientOf(item), body = bodyOf(item) } = carried;
    return { messageUuid, recipient, bodyDigest: bodyDigestOf(body), provider: 'twilio' };
  });
  return {
    observer: `${tap}-tap`,
    kind: 'request',
    tap,
    call,
    method: 'POST',
    path: '/v1/batches',
    tenantId,
    dryRun,
    uuids: [...uuids],
    messages,
  };
}

/** A whole answer passes a tap, with the same result for each message. */
export function answer(
  tap: 'front' | 'back',
  call: string,
  reported: { elapsedMs: number; status?: number; uuids?: readonly string[]; result?: string },
): Happening {
  const { elapsedMs, status = 200, uuids = ['u1'], result = 'accepted' } = reported;
  const results = uuids.map((messageUuid) => ({ messageUuid, status: result, providerMessageId: null }));
  return { observer: `${tap}-tap`, kind: 'answer', tap, call, status, results, elapsedMs };
}

/** A client repeats the uuid of an item with its own payload, or with another number or text, and the service answers with this result. */
export function repeat(
  result: string | null,
  asked: { item?: string; messageUuid?: string; recipient?: string; body?: string; status?: number | null } = {},
): Happening {
  const { item = 'c1#1', messageUuid = 'u1', recipient = recipientOf(item), body = bodyOf(item), status = 200 } = asked;
  const bodyDigest = bodyDigestOf(body);
  return { observer: 'rig', kind: 'repeat', item, messageUuid, recipient, bodyDigest, status, result };
}

/** A call ends without a whole answer. */
export function callFailed(
  tap: 'front' | 'back',
  call: string,
  ended: { by: 'client' | 'server'; elapsedMs: number; how?: 'fin' | 'rst' },
): Happening {
  const { by, elapsedMs, how = by === 'client' ? 'fin' : 'rst' } = ended;
  return {
    observer: `${tap}-tap`,
    kind: 'call-failed',
    tap,
    call,
    by,
    how,
    requestComplete: true,
    answerBytes: 0,
    elapsedMs,
  };
}

/** A message reaches the provider of one system, with the account of tenant `t1`. */
export function attempt(system: Role, item: string | null, id: string): HappeningOf<'attempt'> {
  const recipient = item === null ? '+999000' : recipientOf(item);
  const body = item === null ? '' : bodyOf(item);
  return { observer: 'provider', kind: 'attempt', attempt: id, system, account: 'AC1', recipient, body, item };
}

/** The provider accepts an attempt. The provider message id is `SM-` and the attempt's id. */
export function accept(system: Role, item: string | null, id: string): Happening {
  return { observer: 'provider', kind: 'accept', attempt: id, system, item, providerMessageId: `SM-${id}` };
}

/** The provider definitely rejects an attempt. */
export function reject(system: Role, item: string | null, id: string): Happening {
  return { observer: 'provider', kind: 'reject', attempt: id, system, item, status: 400, definite: true };
}

/** The provider answers an attempt with an error that does not say whether it was accepted. */
export function providerError(system: Role, item: string | null, id: string): Happening {
  return { observer: 'provider', kind: 'reject', attempt: id, system, item, status: 503, definite: false };
}

/** A fault of the service's provider until 500 ms, unless `fields` say otherwise: by default the provider is slow by 0 ms. */
export function providerFault(fields: Partial<FaultOf<'provider'>>): FaultOf<'provider'> {
  return { kind: 'provider', system: 'service', outcome: 'slow', delayMs: 0, fromMs: 0, untilMs: 500, ...fields };
}

/** An attempt that is accepted one millisecond later, for example under the id `SM-c1#1-service-20`. */
export function sent(ms: number, system: Role, item = 'c1#1'): Observation[] {
  const id = `${item}-${system}-${ms}`;
  return [at(ms, attempt(system, item, id)), at(ms + 1, accept(system, item, id))];
}

/** A process logs a line. */
export function log(process: Role, line: string): Happening {
  return { observer: `${process}-log`, kind: 'log', process, line };
}

/** An action of the nemesis. */
type Deed =
  | { applied: number }
  | { healed: number }
  | { crash: Role; instance?: number }
  | { terminate: Role }
  | { exit: Role; isKilled?: boolean }
  | { restart: Role; instance?: number };

/** The nemesis applies or heals a fault, kills a process, asks it to end, sees it end, or starts it again. */
export function nemesis(deed: Deed): Happening {
  const observer = 'nemesis';
  const which = 'instance' in deed ? { instance: deed.instance } : {};
  if ('applied' in deed) return { observer, kind: 'fault-applied', fault: deed.applied };
  if ('healed' in deed) return { observer, kind: 'fault-healed', fault: deed.healed };
  if ('crash' in deed) return { observer, kind: 'crash', process: deed.crash, ...which, expected: true };
  if ('terminate' in deed) return { observer, kind: 'terminate', process: deed.terminate };
  if ('exit' in deed) return { observer, kind: 'exit', process: deed.exit, isKilled: deed.isKilled ?? false };
  return { observer, kind: 'restart', process: deed.restart, ...which };
}

/** The moment of quiescence. */
export const quiescent: Happening = { observer: 'rig', kind: 'quiescent' };

/** One round of recovery. */
export function recover(round = 1): Happening {
  return { observer: 'rig', kind: 'recover', round, report: {} };
}

/** The reconciliation reports these mismatches, or does not answer. */
export function reconciliation(mismatches: HappeningOf<'reconciliation'>['mismatches'] = []): Happening {
  return { observer: 'rig', kind: 'reconciliation', mismatches };
}

/** The rig samples a tenant's account. */
export function balance(units: number, tenant = 't1'): Happening {
  return { observer: 'rig', kind: 'balance', tenant, units };
}

/** A system claims the authority over a message, or changes its state. */
export function authority(messageUuid: string, now: { holder: Role; state?: string; epoch?: number }): Happening {
  const { holder, state = 'SENDING', epoch = 1 } = now;
  return row('send_authority', {
    key: messageUuid,
    operation: state === 'CLAIMED' && epoch === 1 ? 'insert' : 'update',
    after: { message_uuid: messageUuid, tenant_id: 1, holder, state, epoch },
    role: `${holder}_role`,
    transaction: `authority-${messageUuid}-${state}-${epoch}`,
  });
}
