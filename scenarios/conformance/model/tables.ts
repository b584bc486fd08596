// The rows of one message and the rules by which they change: the authority's procedures, the entry, the settlement. Each rule is the
// effect of one transaction.
import type { Role } from '../../../src/contract/message.ts';
import type { Mode } from '../../../src/contract/mode.ts';
import type { Outcome } from './outcome.ts';
import { leaseMs } from './timings.ts';

/** The outcome of a provider call, as its caller knows it. */
export type Delivered = 'accepted' | 'rejected' | 'unknown';

/** The row of the authority. */
interface Authority {
  holder: Role;
  token: number;
  epoch: number;
  state: 'CLAIMED' | 'SENDING' | 'SENT' | 'NOT_SENT' | 'UNKNOWN';
  leaseUntilMs: number;
}

/** A rule that is left out, so that tests show that the comparison notices it. */
export type Sabotage = 'leases are ignored' | 'unknown sends are charged' | 'sends are not surfaced';

const SETTLED = { accepted: 'SENT', rejected: 'NOT_SENT', unknown: 'UNKNOWN' } as const;
const WORDS = { SENT: 'accepted', NOT_SENT: 'rejected', UNKNOWN: 'unknown' } as const;
const SOURCES = { legacy: 'legacy', service: 'go' } as const;

/** The rows of one message. */
export class Tables {
  readonly accepts = { legacy: 0, service: 0 };
  readonly mode: Mode;
  readonly #sabotage: Sabotage | undefined;
  #hasUuid = false;
  #authority: Authority | undefined;
  #log: string | undefined;
  #ledger: 'none' | 'reserved' | 'charged' | 'released' = 'none';
  #units = 0;
  #isSettled = false;

  constructor(mode: Mode, sabotage?: Sabotage) {
    this.mode = mode;
    this.#sabotage = sabotage;
  }

  /** The entry: uuid, pinned mode and reservation in one transaction. A second entry changes nothing. */
  open(): void {
    if (this.#hasUuid) return;
    this.#hasUuid = true;
    if (this.mode !== 'SHADOW') this.#ledger = 'reserved';
  }

  /** sa_claim: the epoch of the grant; undefined when the claim is not granted. */
  claim(holder: Role, token: number, nowMs: number): number | undefined {
    const row = this.#authority;
    if (row === undefined) {
      this.#authority = { holder, token, epoch: 1, state: 'CLAIMED', leaseUntilMs: nowMs + leaseMs };
      return 1;
    }
    if (row.state !== 'CLAIMED') return undefined;
    if (row.token === token) return row.epoch;
    if (row.leaseUntilMs > nowMs && this.#sabotage !== 'leases are ignored') return undefined;
    Object.assign(row, { holder, token, epoch: row.epoch + 1, leaseUntilMs: nowMs + leaseMs });
    return row.epoch;
  }

  /** sa_begin_send: whether the holder of this grant may send. */
  beginSend(token: number, epoch: number): boolean {
    const row = this.#authority;
    if (row?.epoch !== epoch) return false;
    if (row.state === 'SENDING') return row.token === token;
    if (row.state !== 'CLAIMED') return false;
    row.state = 'SENDING';
    return true;
  }

  /** sa_settle: records the outcome of a send. */
  settleAuthority(epoch: number, delivered: Delivered): void {
    const row = this.#authority;
    if (row?.epoch === epoch && row.state === 'SENDING') row.state = SETTLED[delivered];
  }

  /** sa_surface, long after the send: an unfinished send becomes unknown. */
  surface(): void {
    if (this.#authority?.state === 'SENDING' && this.#sabotage !== 'sends are not surfaced')
      this.#authority.state = 'UNKNOWN';
  }

  /** The settlement: log row, charge and the end of the message, according to the authority. */
  settle(): void {
    const row = this.#authority;
    if (row === undefined || this.#isSettled || row.state === 'CLAIMED' || row.state === 'SENDING') return;
    this.#log ??= `${WORDS[row.state]} ${SOURCES[row.holder]}`;
    const isChargedUnknown = row.state === 'UNKNOWN' && this.#sabotage === 'unknown sends are charged';
    if (this.#ledger === 'reserved' && (row.state === 'SENT' || isChargedUnknown)) {
      this.#ledger = 'charged';
      this.#units += 1;
    }
    if (this.#ledger === 'reserved' && row.state === 'NOT_SENT') this.#ledger = 'released';
    this.#isSettled = row.state !== 'UNKNOWN';
  }

  /** Whether the authority has an outcome of the send. */
  get hasEnded(): boolean {
    return this.#authority !== undefined && this.#authority.state !== 'CLAIMED' && this.#authority.state !== 'SENDING';
  }

  /** Whether recovery dispatches the message again: it has entered, and neither system is sending it or has sent it. */
  get isOpen(): boolean {
    return this.#hasUuid && !this.#isSettled && (this.#authority === undefined || this.#authority.state === 'CLAIMED');
  }

  /** The outcome of the message, with the user's status. */
  outcome(user: number | null): Outcome {
    const row = this.#authority;
    return {
      user,
      accepts: this.accepts,
      authority: row === undefined ? 'none' : `${row.state} ${row.holder}`,
      log: this.#log ?? 'none',
      ledger: this.#ledger,
      units: this.#units,
    };
  }
}
