// Records what happens to each message at a provider stub: its attempt, and its acceptance or rejection.
import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/contract/message.ts';
import { rigMicros } from './clock.ts';
import type { AskedMessage, ProviderApi, ProviderRequest } from './provider-apis/provider-api.ts';
import type { Recording } from './recording.ts';

/** The first digits of recipients that belong to no scenario. Their messages only prove that a path ends at the stub. */
export const CANARY_PREFIX = '+99999';

/** A canary that arrived, and the system that sent it. */
export interface Canary {
  readonly system: Role;
  readonly recipient: string;
}

/** The entry of one message, to which its outcome is added. */
export interface ProviderEntry {
  /** Records that the provider accepted the message: from here on it counts as sent. Returns its new provider message id. */
  accept(): string;
  /** Records that the provider did not accept the message. `reason` is given if the API refused the request itself. */
  reject(why: { readonly status: number; readonly definite: boolean; readonly reason?: string }): void;
}

/** Where one provider stub records its messages. */
export interface ProviderLedger {
  readonly system: Role;
  readonly recording: () => Recording | undefined;
  readonly onCanary: (canary: Canary) => void;
}

/** Records that a message has arrived. Its outcome goes to the same recording, even if a new one has begun meanwhile. */
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

/** Records a request that no API of the stub knows. */
export function noteStray(
  ledger: ProviderLedger,
  { method, target }: Pick<ProviderRequest, 'method' | 'target'>,
  apis: readonly Pick<ProviderApi, 'name'>[],
): void {
  const names = apis.map(({ name }) => name).join(' or ');
  const asked = `${method} ${target.split('?')[0] ?? ''}`;
  note(ledger, `sent the provider stub ${asked}, which is no request of ${names}`);
}

/** Records that the module of an API threw an error, so that it is unknown what the request asked for. */
export function noteFailure(
  ledger: ProviderLedger,
  { method, target }: Pick<ProviderRequest, 'method' | 'target'>,
  failure: { readonly api: string; readonly why: string },
): void {
  const asked = `${method} ${target.split('?')[0] ?? ''}`;
  note(ledger, `sent ${asked}, and the module of the provider ${failure.api} failed: ${failure.why}`);
}

/** Records that a process connected to the host of an API, and left because it does not trust the authority of the run. */
export function noteDistrust(ledger: ProviderLedger, host: string): void {
  note(ledger, `does not trust the certificate authority of the run: it sent nothing to ${host}`);
}

/** Records a gap: a send may be missing from the history, so the run proves nothing. */
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

/** Whether a message is a canary. Rules do not apply to canaries. */
export function isCanary(message: AskedMessage): boolean {
  return message.recipient.startsWith(CANARY_PREFIX);
}

function newMessageId(system: Role): string {
  return `SM${system[0] ?? ''}${randomUUID().replaceAll('-', '').slice(1)}`;
}
