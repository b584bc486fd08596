// The workload of the judging benchmark: the history of a long run with one fault after another, of any size.
import type { Role } from '../../src/contract/message.ts';
import type { Mode } from '../../src/contract/mode.ts';
import type { Observation } from '../formats/event.ts';
import type { Fault } from '../formats/fault.ts';
import type { History } from '../formats/history.ts';
import {
  accept,
  answer,
  at,
  attempt,
  authority,
  balance,
  bodyOf,
  breaker,
  callFailed,
  charged,
  decrement,
  entry,
  type Happening,
  historyOf,
  log,
  logRow,
  nemesis,
  quiescent,
  recipientOf,
  reconciliation,
  recover,
  request,
  row,
  trigger,
  userResponse,
} from '../history/history.fixture.ts';
import { DRY_RUN_LINE, FALLBACK_LINE } from '../history/log-lines.ts';

/** The time between the entries of two messages. */
const PACE_MS = 50;
/** The number of messages in a stretch of the run. */
const STRETCH = 50;
/** The number of messages in the first part of a stretch, in which a fault is in force. */
const DISTURBED = 15;
/** Every DOUBLE_EVERYth message is sent twice, so that there is a violation to find. */
const DOUBLE_EVERY = 997;
/** The request of every REPEAT_EVERYth message is delivered twice. */
const REPEAT_EVERY = 10;

/** The mode of the undisturbed part of each stretch, in rotation. The disturbed part is always in ON. */
const MODES: readonly Mode[] = ['ON', 'SHADOW', 'OFF'];

/** How late an answer is under the fault `latency`. */
const LATENCY_MS = 30;

/** The faults of the stretches, in rotation. */
const FAULTS: readonly ((fromMs: number, untilMs: number) => Fault)[] = [
  (fromMs, untilMs) => ({ kind: 'refuse', fromMs, untilMs }),
  (fromMs) => ({ kind: 'crash', process: 'service', atMs: fromMs, restartAfterMs: PACE_MS * DISTURBED }),
  (fromMs, untilMs) => ({ kind: 'latency', stream: 'downstream', latencyMs: LATENCY_MS, jitterMs: 0, fromMs, untilMs }),
  (fromMs, untilMs) => ({
    kind: 'provider',
    system: 'service',
    outcome: 'accept-lose-reply',
    delayMs: 0,
    fromMs,
    untilMs,
  }),
];

/** A history of at least `events` events, and about a tenth more. */
export function longHistory(events: number): History {
  const script = new Script();
  while (script.observations.length < events) script.stretch();
  return script.end();
}

/** A message, and the kind of the fault that is in force when it enters. */
interface DisturbedMessage {
  readonly item: string;
  readonly messageUuid: string;
  readonly fault: string;
}

/** Writes the observations of the run, message by message. */
class Script {
  readonly observations: Observation[] = [];
  readonly #faults: Fault[] = [];
  #messages = 0;
  #campaigns = 0;
  /** The campaign of each message. */
  readonly #campaignOf: string[] = [];
  #mode: Mode = 'ON';
  #units = 1_000_000;

  /** Adds one fault, the messages during it and after it, and a recovery and a reconciliation at the end. */
  stretch(): void {
    const place = this.#faults.length;
    const fromMs = (this.#messages + 0.5) * PACE_MS;
    const untilMs = fromMs + PACE_MS * DISTURBED;
    const fault = FAULTS[place % FAULTS.length]?.(fromMs, untilMs);
    if (fault === undefined) throw new Error('expected a fault for each stretch');
    this.#faults.push(fault);
    const isCrash = fault.kind === 'crash';
    this.#note(fromMs, isCrash ? nemesis({ crash: 'service' }) : nemesis({ applied: place }));
    this.#deliver('ON', { messages: DISTURBED, fault: fault.kind });
    this.#deliver(MODES[place % MODES.length] ?? 'ON', { messages: STRETCH - DISTURBED, fault: 'none' });
    this.#note(untilMs, isCrash ? nemesis({ restart: 'service' }) : nemesis({ healed: place }));
    this.#note(this.#messages * PACE_MS, recover(place + 1));
    this.#note(this.#messages * PACE_MS, reconciliation());
    if (fault.kind === 'refuse') this.#opened(untilMs - 10);
  }

  /** Adds a flip and the messages of one campaign. */
  #deliver(mode: Mode, { messages, fault }: { messages: number; fault: Fault['kind'] | 'none' }): void {
    const campaign = `k${(this.#campaigns += 1)}`;
    this.#mode = mode;
    const beginMs = (this.#messages + 0.8) * PACE_MS;
    this.#note(beginMs, { observer: 'rig', kind: 'flip', tenant: 't1', mode });
    this.#note(beginMs, trigger(campaign));
    for (let index = 0; index < messages; index += 1) {
      this.#message(fault);
      this.#campaignOf.push(campaign);
    }
    const body = { status: 'queued', messages, refused: 0 };
    this.#note((this.#messages + 0.7) * PACE_MS, userResponse({ status: 200, campaign, body }));
  }

  /** Adds a breaker that opens after refused calls, and closes before the next message. */
  #opened(ms: number): void {
    this.#note(ms, breaker('OPEN'));
    this.#note(ms + 5, breaker('CLOSED'));
  }

  end(): History {
    const endMs = this.#messages * PACE_MS + 10_000;
    this.#note(endMs, balance(this.#units));
    this.#note(endMs, quiescent);
    this.#note(endMs + 1, reconciliation());
    const tenants = [{ key: 't1', tenantId: 1, account: 'AC1', quota: 1_000_000 }];
    const items = this.#campaignOf.map((campaign, index): History['items'][number] => {
      const item = `c1#${index + 1}`;
      return { item, campaign, tenant: 't1', recipient: recipientOf(item), body: `message ${item}` };
    });
    const options = { messages: this.#messages, faults: this.#faults, changes: { tenants, items } };
    const inOrder = this.observations.toSorted((a, b) => a.earliest - b.earliest);
    return historyOf(options, inOrder);
  }

  #note(ms: number, happening: Happening): void {
    this.observations.push(at(ms, happening));
  }

  #message(fault: Fault['kind'] | 'none'): void {
    const number = (this.#messages += 1);
    const item = `c1#${number}`;
    const messageUuid = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const ms = number * PACE_MS;
    const mode = this.#mode;
    this.#note(ms, entry(item, messageUuid, mode));
    if (mode === 'ON' && !isUnreachable(fault)) this.#byService(ms, { item, messageUuid, fault });
    else this.#byLegacy(ms, { item, messageUuid, mode, fault });
    if (number % DOUBLE_EVERY !== 0) return;
    this.#send(ms + 20, 'legacy', { item, messageUuid });
    this.#note(ms + 22, authority(messageUuid, { holder: 'legacy', state: 'SENT' }));
  }

  #byService(ms: number, { item, messageUuid, fault }: DisturbedMessage): void {
    const lateMs = fault === 'latency' ? LATENCY_MS : 0;
    this.#call(ms, { item, messageUuid, dryRun: false, lateMs });
    this.#send(ms + 4, 'service', { item, messageUuid });
    if (Number(messageUuid.slice(-12)) % REPEAT_EVERY === 0) this.#repeat(ms + 20, { item, messageUuid });
    const id = fault === 'provider' ? null : `SM-${item}-${ms + 4}`;
    this.#settle(ms + 12 + lateMs, { messageUuid, source: 'go', id });
    if (id !== null) this.#charge(ms + 12 + lateMs, messageUuid);
  }

  /** Adds a second delivery of a request by the network. */
  #repeat(ms: number, { item, messageUuid }: { item: string; messageUuid: string }): void {
    const [call, uuids] = [`again-${messageUuid}`, [messageUuid]];
    this.#note(ms, request('back', call, { uuids, recipient: recipientOf(item), body: bodyOf(item) }));
    this.#note(ms + 1, answer('back', call, { elapsedMs: 1, uuids, result: 'duplicate' }));
  }

  #byLegacy(ms: number, { item, messageUuid, mode, fault }: DisturbedMessage & { mode: string }): void {
    const isBroken = isUnreachable(fault);
    if (mode === 'ON') {
      this.#note(ms + 3, callFailed('front', `call-${messageUuid}`, { by: 'server', elapsedMs: 1 }));
      this.#note(ms + 3, breaker('CLOSED', { failures: 1 }));
      this.#note(ms + 3, log('legacy', `${FALLBACK_LINE}: message_uuid=${messageUuid} cause=refused`));
    }
    this.#send(ms + 4, 'legacy', { item, messageUuid });
    this.#settle(ms + 7, { messageUuid, source: 'legacy', id: `SM-${item}-${ms + 4}` });
    if (mode !== 'SHADOW') this.#charge(ms + 7, messageUuid);
    if (mode !== 'SHADOW' || isBroken) return;
    this.#call(ms + 8, { item, messageUuid, dryRun: true, lateMs: fault === 'latency' ? LATENCY_MS : 0 });
    this.#note(ms + 10, log('service', `${DRY_RUN_LINE}: message_uuid=${messageUuid}`));
  }

  #call(ms: number, asked: { item: string; messageUuid: string; dryRun: boolean; lateMs: number }): void {
    const { item, messageUuid, dryRun, lateMs } = asked;
    const [call, uuids] = [`call-${messageUuid}`, [messageUuid]];
    const carried = { uuids, dryRun, recipient: recipientOf(item), body: bodyOf(item) };
    this.#note(ms + 1, request('front', call, carried));
    this.#note(ms + 2, request('back', call, carried));
    this.#note(ms + 6, answer('back', call, { elapsedMs: 4, uuids }));
    this.#note(ms + 8 + lateMs, answer('front', call, { elapsedMs: 7 + lateMs, uuids }));
  }

  #send(ms: number, system: Role, { item, messageUuid }: { item: string; messageUuid: string }): void {
    const id = `${item}-${ms}`;
    this.#note(ms - 1, authority(messageUuid, { holder: system }));
    this.#note(ms, attempt(system, item, id));
    this.#note(ms + 1, accept(system, item, id));
  }

  #settle(ms: number, { messageUuid, source, id }: { messageUuid: string; source: string; id: string | null }): void {
    const status = id === null ? 'unknown' : 'accepted';
    const after = { message_uuid: messageUuid, tenant_id: 1, status, provider_message_id: id };
    if (source === 'go') {
      this.#note(ms, row('go_sms_logs', { key: messageUuid, after, role: 'service_role' }));
    }
    this.#note(ms, logRow(messageUuid, { status, source, id }));
    const holder = source === 'go' ? 'service' : 'legacy';
    this.#note(ms, authority(messageUuid, { holder, state: id === null ? 'UNKNOWN' : 'SENT' }));
  }

  #charge(ms: number, messageUuid: string): void {
    this.#note(ms, charged(messageUuid));
    const transaction = `settle-${messageUuid}`;
    this.#note(ms, decrement({ from: this.#units, to: this.#units - 1, transaction }));
    this.#units -= 1;
  }
}

/** Whether no call reaches the service under the fault. */
function isUnreachable(fault: string): boolean {
  return fault === 'refuse' || fault === 'crash';
}
