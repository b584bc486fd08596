// The named parts a pair of systems is assembled from. A mutant, or the runbook as written, is the reference with parts replaced.
import type { Claim, Mismatch, Settlement } from './authority.ts';
import type { BatchRequest, BatchResponse, BatchResult } from './batch.ts';
import type { Env } from './env.ts';
import type { CallerPresence, HttpOutcome, HttpRequest, HttpResponse } from './http.ts';
import type { Delivery, Message, Role } from './message.ts';
import type { Mode } from './mode.ts';
import type { Readings } from './readings.ts';
import type { Transaction } from './store.ts';
import type { BreakerName, RowOf } from './tables.ts';

/** What every part is handed: the world of its process, the assembly it belongs to and its readings, and which of the two systems it runs in. */
export interface Context {
  readonly env: Env;
  readonly parts: Parts;
  readonly readings: Readings;
  readonly role: Role;
}

/** One trigger of a campaign. */
export interface EntryRequest {
  readonly campaignId: number;
}

/** The messages of one entry with the mode that was read once, when the first of them was made. */
export interface Entry {
  readonly tenantId: number;
  readonly campaignId: number;
  /** Grouped by the mode pinned to each message: a redelivery after a flip keeps the mode of the first delivery. */
  readonly groups: readonly { readonly mode: Mode; readonly messages: readonly Message[] }[];
  /** How many items were refused for want of quota. */
  readonly refused: number;
}

/** Why the legacy app may compete for the authority in ON. */
export type FallbackCause = 'timeout' | 'transport-failure' | 'breaker-open' | 'rejected-request' | 'bad-answer';

/** The outcome of a call to the service, per batch. */
export type ServiceCall =
  | { readonly kind: 'answered'; readonly results: readonly BatchResult[] }
  | { readonly kind: 'failed'; readonly cause: FallbackCause };

/** A right to call the provider for one message, won by claim and begin-send. */
export interface Grant {
  readonly epoch: number;
  /** Names the attempt that won it, so that an answer that was lost can be asked for again. */
  readonly token: string;
}

/** What a process that was asked to end can do about it. It ends once its part has settled, and is killed when the grace is over. */
export interface Ending {
  /** Takes no connection and no request from here on. */
  stopAccepting(): void;
  /** Settles once every request is answered and all spawned work is done. */
  untilIdle(): Promise<void>;
}

/** What recovery did in one round. All zero and nothing pending: it has converged. */
export interface RecoveryReport {
  readonly surfaced: number;
  readonly settled: number;
  readonly reentered: number;
  /** Messages that are still neither terminal nor unknown after this round. */
  readonly pending: number;
}

/** The parts of the legacy app. */
export interface LegacyParts {
  /** The controller: entry, mode switch, the user's response. */
  receiveEntry(context: Context, request: EntryRequest): Promise<HttpResponse>;
  /** Makes the uuids and the recipients once, pins mode and epoch, reserves quota: one transaction, before any send. */
  openEntry(context: Context, request: EntryRequest): Promise<Entry>;
  /** The uuid of one item that has none yet. */
  mintUuid(context: Context, item: RowOf<'campaign_sms'>): string;
  /** The tenant's mode and epoch as flagged now; an unknown one is OFF, with an alarm in the log. */
  readMode(context: Context, tx: Transaction, tenantId: number): Promise<{ mode: Mode; epoch: number }>;
  /** Reserves one unit for a message; false when none is left. */
  reserveQuota(
    context: Context,
    tx: Transaction,
    item: { messageUuid: string; tenantId: number; mode: Mode },
  ): Promise<boolean>;
  /** The canonical OFF / SHADOW / ON switch for messages of one mode. */
  dispatch(context: Context, batch: DispatchBatch): Promise<void>;
  /** The client of the service: rejects a message without a uuid, keeps the budget, asks the breaker. */
  callService(context: Context, request: BatchRequest): Promise<ServiceCall>;
  /** Reads an outcome of the network into an answer or a fallback cause. */
  classifyAnswer(context: Context, outcome: HttpOutcome): ServiceCall;
  /** Which messages may compete for the authority after this call, and why; nothing when there is no cause. */
  decideFallback(
    context: Context,
    call: ServiceCall,
    messages: readonly Message[],
  ): { cause: FallbackCause; messages: readonly Message[] } | undefined;
  /** Sends through the legacy app's own provider those messages whose authority it wins; `cause` marks a fallback in ON, to be logged. */
  legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void>;
  /** Rehearses the batch with dry_run, without any effect on the user or the quota. */
  shadowSend(context: Context, batch: DispatchBatch): Promise<void>;
  /** Whether the breaker lets a call through; a probe in HALF_OPEN is counted. */
  breakerAdmits(context: Context, name: BreakerName): Promise<boolean>;
  /** Records in the breaker how a call went. */
  breakerRecords(context: Context, name: BreakerName, success: boolean): Promise<void>;
  /** Settles messages whose authority is terminal, each in a transaction of its own; `results` are hints, not the truth. */
  settle(context: Context, messages: readonly Message[], results: readonly BatchResult[]): Promise<void>;
  /** Writes sms_logs, ledger and quota of one message and ends its item, inside the settlement transaction. */
  settleOne(context: Context, tx: Transaction, messageUuid: string): Promise<void>;
  /** Charges or releases the reservation of one message, inside the settlement transaction. */
  settleQuota(
    context: Context,
    tx: Transaction,
    settled: { messageUuid: string; tenantId: number; mode: Mode; state: Settlement; source: 'go' | 'legacy' },
  ): Promise<void>;
  /** One round of recovery: surface, settle, re-enter. */
  recover(context: Context): Promise<RecoveryReport>;
  /** The reconciliation command. */
  reconcile(context: Context): Promise<readonly Mismatch[]>;
}

/** Messages of one mode on their way through the switch. */
export interface DispatchBatch {
  readonly tenantId: number;
  readonly campaignId: number;
  readonly mode: Mode;
  readonly messages: readonly Message[];
}

/** The parts of the service. */
export interface ServiceParts {
  /** The batch endpoint: validates, runs the workers, answers in time. That its caller has gone changes nothing for the messages. */
  receiveBatch(context: Context, request: BatchRequest, caller: CallerPresence): Promise<BatchResponse>;
  /** The dry-run guard: logs DRY_RUN_NO_PROVIDER_CALL and the row of the dry keyspace, and never reaches the provider. */
  rehearse(context: Context, message: Message): Promise<BatchResult>;
  /** One live message: log row and claim, begin-send, provider call, settlement. */
  deliver(context: Context, message: Message): Promise<BatchResult>;
  /** Idempotency: the go_sms_logs row and the claim, in one transaction. Anything but a grant is the result to answer. */
  admit(
    context: Context,
    message: Message,
  ): Promise<{ kind: 'granted'; grant: Grant } | { kind: 'answered'; result: BatchResult }>;
  /** The status word for a uuid that another attempt holds. */
  answerHeld(context: Context, message: Message, claim: Extract<Claim, { kind: 'held' }>): BatchResult;
  /** Persists the outcome of a send: the authority and go_sms_logs in one transaction. */
  recordDelivery(context: Context, message: Message, sent: { grant: Grant; delivery: Delivery }): Promise<void>;
  /** Runs jobs with bounded concurrency; a job that throws leaves its result undefined and spares the others. */
  runWorkers<T>(context: Context, jobs: readonly (() => Promise<T>)[]): WorkerRun<T>;
}

/** Jobs under way: results so far by index, and the end of all. */
export interface WorkerRun<T> {
  readonly results: readonly (T | undefined)[];
  readonly finished: Promise<void>;
}

/** The parts both systems share. */
export interface SharedParts {
  /** What a process does when it is asked to end, as by SIGTERM. */
  shutdown(context: Context, ending: Ending): Promise<void>;
  /** sa_claim, retried once with the same token when its outcome is unknown; undefined when it stays unknown. */
  claim(context: Context, message: Message, token: string): Promise<Claim | undefined>;
  /** sa_begin_send, retried once when its outcome is unknown; false when it is refused or stays unknown. */
  beginSend(context: Context, message: Message, grant: Grant): Promise<boolean>;
  /** sa_settle, retried once when its outcome is unknown. */
  settleAuthority(context: Context, message: Message, settled: { epoch: number; delivery: Delivery }): Promise<boolean>;
  /** The credentials of one tenant at one provider. */
  loadCredentials(context: Context, message: Message): Promise<RowOf<'provider_credentials'> | undefined>;
  /** One call to the provider's API, never repeated. */
  callProvider(context: Context, message: Message, credentials: RowOf<'provider_credentials'>): Promise<Delivery>;
  /** Reads an outcome of the provider's API: 2xx accepted, 4xx and refused rejected, everything else unknown. */
  classifyDelivery(context: Context, outcome: HttpOutcome): Delivery;
}

/** A whole assembly. */
export interface Parts extends LegacyParts, ServiceParts, SharedParts {}

/** A running system of one role: what its HTTP server, real or simulated, hands requests to. */
export interface Application {
  handle(request: HttpRequest, caller: CallerPresence): Promise<HttpResponse>;
  /** Called once, when the process is asked to end. One without it ends at once. */
  shutdown?(ending: Ending): Promise<void>;
}
