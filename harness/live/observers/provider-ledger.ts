// What the provider stub writes down of one message: that it came, and what was made of it.
import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/contract/message.ts';
import { rigMicros } from './clock.ts';
import type { Recording } from './recording.ts';

/** Recipients that begin so belong to no scenario: their messages only show that a path ends at the stub. */
export const CANARY_PREFIX = '+99999';

/** A canary that arrived, and from whom. */
export interface Canary {
  readonly system: Role;
  readonly recipient: string;
}

/** A message as the stub received it. */
export interface ReceivedMessage {
  readonly account: string;
  readonly recipient: string;
  readonly body: string;
}

/** The page of one message. */
export interface ProviderEntry {
  /** The message is taken: from here on it is sent. Returns its provider message id, which tells the system it came from. */
  accept(): string;
  reject(status: number, definite: boolean): void;
}

/** Where one provider stub writes. */
export interface ProviderLedger {
  readonly system: Role;
  readonly recording: () => Recording | undefined;
  readonly onCanary: (canary: Canary) => void;
}

/** Writes down that a message has arrived. What follows goes to the same recording, however long it takes. */
export function enter(ledger: ProviderLedger, message: ReceivedMessage): ProviderEntry {
  const { system } = ledger;
  if (isCanary(message)) {
    ledger.onCanary({ system, recipient: message.recipient });
    return { accept: () => newMessageId(system), reject: () => {} };
  }
  const recording = ledger.recording();
  const attempt = recording?.nextAttempt() ?? '';
  const item = recording?.itemOf(message) ?? null;
  const identify = () => {
    const at = rigMicros();
    return { observer: 'provider', earliest: at, latest: at, attempt, system, item };
  };
  recording?.record({ ...identify(), kind: 'attempt', ...message });
  return {
    accept() {
      const providerMessageId = newMessageId(system);
      recording?.record({ ...identify(), kind: 'accept', providerMessageId });
      return providerMessageId;
    },
    reject(status, definite) {
      recording?.record({ ...identify(), kind: 'reject', status, definite });
    },
  };
}

/** Whether a message is a canary, which no rule may touch. */
export function isCanary(message: ReceivedMessage): boolean {
  return message.recipient.startsWith(CANARY_PREFIX);
}

function newMessageId(system: Role): string {
  return `SM${system[0] ?? ''}${randomUUID().replaceAll('-', '').slice(1)}`;
}
