// The named parts of a pair of systems. A mutant, or the runbook as written, is the reference with some parts replaced.
import type { Claim, Mismatch, Settlement } from './authority.ts';
import type { BatchRequest, BatchResponse, BatchResult } from './batch.ts';
import type { Env } from './env.ts';
import type { CallerPresence, HttpOutcome, HttpRequest, HttpResponse } from './http.ts';
import type { Delivery, Message, Role } from './message.ts';
import type { Mode } from './mode.ts';
import type { Readings } from './readings.ts';
import type { Transaction } from './store.ts';
import type { BreakerName, RowOf } from './tables.ts';

/** What every part gets: the Env of its process, all parts of its assembly, the readings, and which of the two systems it runs in. */
export interface Context {
  readonly env: Env;
  readonly parts: Parts;
  readonly readings: Readings;
  readonly role: Role;
}

/** A request to send a campaign. */
export interface EntryRequest {
  readonly campaignId: number;
}

/** The messages of one entry, with their modes. */
export interface Entry {
  readonly tenantId: number;
  readonly campaignId: number;
  /** Grouped by the mode pinned to each message: a message that is delivered again after a flip keeps the mode of its first delivery. */
  readonly groups: readonly { readonly mode: Mode; readonly messages: readonly Message[] }[];
  /** How many items were refused because the tenant had no quota left. */
  readonly refused: number;
}

/** Why a call to the service failed. `decideFallback` says after which of these the legacy app competes for the authority in ON. */
export type FallbackCause = 'timeout' | 'transport-failure' | 'breaker-open' | 'rejected-request' | 'bad-answer';

/** The outcome of one call to the service, for the whole batch. */
export type ServiceCall =
  | { readonly kind: 'answered'; readonly results: readonly BatchResult[] }
  | { readonly kind: 'failed'; readonly cause: FallbackCause };

/** A granted claim on one message. Its holder calls the provider only after begin-send. */
export interface Grant {
  readonly epoch: number;
  /** Names the attempt that won the claim, so that it can repeat the claim after a lost answer and get the same grant. */
  readonly token: string;
}

/** What the part `shutdown` can do when a process is asked to end. The process ends when the part settles, or is killed after the grace. */
export interface Ending {
  /** From this call on the process takes no connection and no request. */
  stopAccepting(): void;
  /** Settles once every request is answered and all spawned work is done. */
  untilIdle(): Promise<void>;
}

/** What one round of recovery did, as numbers of messages. All zero: recovery has converged. */
export interface RecoveryReport {
  readonly surfaced: number;
  readonly settled: number;
  readonly reentered: number;
  /** Messages that this round leaves unfinished: due for settlement, open, or being sent. */
  readonly pending: number;
}

/** The parts of the legacy app. */
export interface LegacyParts {
  /** The controller: opens the entry, dispatches its messages and answers the user. */
  receiveEntry(context: Context, request: EntryRequest): Promise<HttpResponse>;
  /** Makes the uuids once, pins mode and epoch, reserves quota: in one transaction, before any send. */
  openEntry(context: Context, request: EntryRequest): Promise<Entry>;
  /** Makes the uuid of an item that has none yet. */
  mintUuid(context: Context, item: RowOf<'campaign_sms'>): string;
  /** The tenant's mode and epoch as flagged now. A flag that is not a mode counts as OFF and is logged. */
  readMode(context: Context, tx: Transaction, tenantId: number): Promise<{ mode: Mode; epoch: number }>;
  /** Reserves one unit for a message; false if none is left. */
  reserveQuota(
    context: Context,
    tx: Transaction,
    item: { messageUuid: string; tenantId: number; mode: Mode },
  ): Promise<boolean>;
  /** The OFF / SHADOW / ON switch for messages of one mode. */
  dispatch(context: Context, batch: DispatchBatch): Promise<void>;
  /** Calls the service within the budget, if the breaker admits the call. Rejects a message without a uuid. */
  callService(context: Context, request: BatchRequest): Promise<ServiceCall>;
  /** Turns the outcome of an HTTP call into an answer or the cause of the failure. */
  classifyAnswer(context: Context, outcome: HttpOutcome): ServiceCall;
  /** For which messages the legacy app competes for the authority after this call, and why; undefined for no fallback. */
  decideFallback(
    context: Context,
    call: ServiceCall,
    messages: readonly Message[],
  ): { cause: FallbackCause; messages: readonly Message[] } | undefined;
  /** Sends the messages whose authority the legacy app wins. `cause` marks a fallback in ON, which is logged. */
  legacySend(context: Context, messages: readonly Message[], cause?: FallbackCause): Promise<void>;
  /** Rehearses the batch: calls the service with dry_run. This has no effect on the user or the quota. */
  shadowSend(context: Context, batch: DispatchBatch): Promise<void>;
  /** Whether the breaker admits a call. In HALF_OPEN it counts the admitted call as a probe. */
  breakerAdmits(context: Context, name: BreakerName): Promise<boolean>;
  /** Records in the breaker whether a call succeeded. */
  breakerRecords(context: Context, name: BreakerName, success: boolean): Promise<void>;
  /** Settles messages whose authority is terminal, each in its own transaction. `results` is what the service answered, not the truth. */
  settle(context: Context, messages: readonly Message[], results: readonly BatchResult[]): Promise<void>;
  /** Writes sms_logs, ledger and quota of one message and marks its item settled, inside the settlement transaction. */
  settleOne(context: Context, tx: Transaction, messageUuid: string): Promise<void>;
  /** Charges or releases the reservation of one message, inside the settlement transaction. */
  settleQuota(
    context: Context,
    tx: Transaction,
    settled: { messageUuid: string; tenantId: number; mode: Mode; state: Settlement; source: 'go' | 'legacy' },
  ): Promise<void>;
  /** One round of recovery: surfaces abandoned sends, settles what has ended, dispatches again what is open. */
  recover(context: Context): Promise<RecoveryReport>;
  /** Lists the mismatches between the two logs. */
  reconcile(context: Context): Promise<readonly Mismatch[]>;
}

/** Messages of one campaign and one mode, for `dispatch`. */
export interface DispatchBatch {
  readonly tenantId: number;
  readonly campaignId: number;
  readonly mode: Mode;
  readonly messages: readonly Message[];
}

/** The parts of the service. */
export interface ServiceParts {
  /** The batch endpoint: runs the workers and answers in time. Messages are sent even if the caller has gone. */
  receiveBatch(context: Context, request: BatchRequest, caller: CallerPresence): Promise<BatchResponse>;
  /** A dry run: logs DRY_RUN_NO_PROVIDER_CALL, writes a go_sms_logs row with dry_run = true, and never calls the provider. */
  rehearse(context: Context, message: Message): Promise<BatchResult>;
  /** One live message: claim and log row, begin-send, provider call, record of the outcome. */
  deliver(context: Context, message: Message): Promise<BatchResult>;
  /** Idempotency: the claim and the go_sms_logs row, in one transaction. Without a grant it returns the result to answer. */
  admit(
    context: Context,
    message: Message,
  ): Promise<{ kind: 'granted'; grant: Grant } | { kind: 'answered'; result: BatchResult }>;
  /** The result to answer for a uuid that another attempt holds. */
  answerHeld(context: Context, message: Message, claim: Extract<Claim, { kind: 'held' }>): BatchResult;
  /** Persists the outcome of a send: the authority and go_sms_logs in one transaction. */
  recordDelivery(context: Context, message: Message, sent: { grant: Grant; delivery: Delivery }): Promise<void>;
  /** Runs jobs with bounded concurrency. A job that throws has the result undefined; the other jobs still run. */
  runWorkers<T>(context: Context, jobs: readonly (() => Promise<T>)[]): WorkerRun<T>;
}

/** Jobs under way: their results so far, by index, and a promise that resolves when all have ended. */
export interface WorkerRun<T> {
  readonly results: readonly (T | undefined)[];
  readonly finished: Promise<void>;
}

/** The parts that both systems share. */
export interface SharedParts {
  /** What a process does when it is asked to end, for example by SIGTERM. */
  shutdown(context: Context, ending: Ending): Promise<void>;
  /** sa_claim, retried once with the same token if its outcome is unknown; undefined if it stays unknown. */
  claim(context: Context, message: Message, token: string): Promise<Claim | undefined>;
  /** sa_begin_send, retried once if its outcome is unknown; false if it is refused or stays unknown. */
  beginSend(context: Context, message: Message, grant: Grant): Promise<boolean>;
  /** sa_settle, retried once if its outcome is unknown; false if nothing changed or it stays unknown. */
  settleAuthority(context: Context, message: Message, settled: { epoch: number; delivery: Delivery }): Promise<boolean>;
  /** The credentials of one tenant at one provider. */
  loadCredentials(context: Context, message: Message): Promise<RowOf<'provider_credentials'> | undefined>;
  /** One call to the provider's API, never repeated. */
  callProvider(context: Context, message: Message, credentials: RowOf<'provider_credentials'>): Promise<Delivery>;
  /** Reads an outcome of the provider's API: 2xx with an id is accepted, 4xx and definite failures rejected, everything else unknown. */
  classifyDelivery(context: Context, outcome: HttpOutcome): Delivery;
}

/** All parts of a pair of systems. */
export interface Parts extends LegacyParts, ServiceParts, SharedParts {}

/** One running system of a pair. An HTTP server, real or simulated, passes it the requests. */
export interface Application {
  handle(request: HttpRequest, caller: CallerPresence): Promise<HttpResponse>;
  /** Called once, when the process is asked to end. Without it the process ends at once. */
  shutdown?(ending: Ending): Promise<void>;
}
