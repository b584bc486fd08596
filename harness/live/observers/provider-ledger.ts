// What the provider stub writes down of one message: that it came, and what was made of it.
import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/contract/message.ts';
import { rigMicros } from './clock.ts';
import type { AskedMessage, ProviderApi, ProviderRequest } from './provider-apis/provider-api.ts';
import type { Recording } from './recording.ts';

/** Recipients that begin so belong to no scenario: their messages only show that a path ends at the stub. */
export const CANARY_PREFIX = '+99999';

/** A canary that arrived, and from whom. */
export interface Canary {
  readonly system: Role;
  readonly recipient: string;
}

/** The page of one message. */
export interface ProviderEntry {
  /** The message is taken: from here on it is sent. Returns its provider message id, which tells the system it came from. */
  accept(): string;
  /** The reason is that of the API, for what it does not take. */
  reject(why: { readonly status: number; readonly definite: boolean; readonly reason?: string }): void;
}

/** Where one provider stub writes. */
export interface ProviderLedger {
  readonly system: Role;
  readonly recording: () => Recording | undefined;
  readonly onCanary: (canary: Canary) => void;
}

/** Writes down that a message has arrived. What follows goes to the same recording, however long it takes. */
export function enter(ledger: ProviderLedger, message: AskedMessage): ProviderEntry {
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
    reject(why) {
      recording?.record({ ...identify(), kind: 'reject', ...why });
    },
  };
}

/** Writes down a request that no API knows. */
export function noteStray(
  ledger: ProviderLedger,
  { method, target }: Pick<ProviderRequest, 'method' | 'target'>,
  apis: readonly Pick<ProviderApi, 'name'>[],
): void {
  const names = apis.map(({ name }) => name).join(' or ');
  const asked = `${method} ${target.split('?')[0] ?? ''}`;
  note(ledger, `asked the provider stub for ${asked}, which is no request of ${names}`);
}

/** Writes down that the description of an API failed at a request: what the request was stays unknown. */
export function noteFailure(
  ledger: ProviderLedger,
  { method, target }: Pick<ProviderRequest, 'method' | 'target'>,
  failure: { readonly api: string; readonly why: string },
): void {
  const asked = `${method} ${target.split('?')[0] ?? ''}`;
  note(ledger, `asked for ${asked}, at which the module of the provider ${failure.api} failed: ${failure.why}`);
}

/** Records that a process connected to the host of an API, and left because it does not trust the authority of the run. */
export function noteDistrust(ledger: ProviderLedger, host: string): void {
  note(ledger, `does not trust the certificate authority of the run: it sent nothing to ${host}`);
}

/** Who sent what stays unknown, so that nothing is proven by the run. */
function note({ system, recording }: ProviderLedger, words: string): void {
  const at = rigMicros();
  const detail = `the ${system} process ${words}`;
  recording()?.record({
    observer: 'provider',
    kind: 'observer-problem',
    problem: 'gap',
    detail,
    earliest: at,
    latest: at,
  });
}

/** Whether a message is a canary, which no rule may touch. */
export function isCanary(message: AskedMessage): boolean {
  return message.recipient.startsWith(CANARY_PREFIX);
}

function newMessageId(system: Role): string {
  return `SM${system[0] ?? ''}${randomUUID().replaceAll('-', '').slice(1)}`;
}
