// What a provider stub does with one request: it reads it by the API that it belongs to, writes down what came, and treats the message as the
// rules in force say.
import { setTimeout as sleep } from 'node:timers/promises';
import { rigMicros } from './clock.ts';
import type {
  AskedMessage,
  ProviderAnswer,
  ProviderApi,
  ProviderReply,
  ProviderRequest,
} from './provider-apis/provider-api.ts';
import { enter, isCanary, noteStray, type ProviderEntry, type ProviderLedger } from './provider-ledger.ts';
import { type ProviderOutcome, type ProviderRule, ruleAt } from './provider-rule.ts';

/** What one provider stub works with. */
export interface StubParts {
  readonly apis: readonly ProviderApi[];
  readonly ledger: ProviderLedger;
  readonly rules: () => readonly ProviderRule[];
}

/** Answers a request; `lost` stands for a connection that is reset without an answer. */
export async function treat(
  request: ProviderRequest,
  { apis, ledger, rules }: StubParts,
): Promise<ProviderAnswer | 'lost'> {
  for (const api of apis) {
    const read = api.read(request);
    if (read === undefined) continue;
    if (!('refused' in read)) {
      const entry = enter(ledger, read);
      const { outcome, delayMs } = ruleAt(isCanary(read) ? [] : rules(), rigMicros());
      return TREATMENTS[outcome](new Treated({ api, entry, message: read }), delayMs);
    }
    const { message, answer, refused } = read;
    enter(ledger, message).reject({ status: answer.status, definite: true, reason: `${api.name}: ${refused}` });
    return answer;
  }
  noteStray(ledger, request, apis);
  return { status: 404, body: { error: 'no API of a provider has this path' } };
}

type Treatment = (treated: Treated, delayMs: number) => Promise<ProviderAnswer | 'lost'>;

/** What each outcome makes of a message. */
const TREATMENTS: Readonly<Record<ProviderOutcome, Treatment>> = {
  async accept(treated) {
    return treated.accepted();
  },
  async slow(treated, delayMs) {
    // Whether the client still waits by then makes no difference: the provider has the message.
    await sleep(delayMs);
    return treated.accepted();
  },
  async 'accept-lose-reply'(treated, delayMs) {
    treated.accepted();
    await sleep(delayMs);
    return 'lost';
  },
  async 'error-accepted'(treated, delayMs) {
    treated.accepted();
    await sleep(delayMs);
    return treated.answer('failed');
  },
  async 'error-not-accepted'(treated, delayMs) {
    await sleep(delayMs);
    return treated.rejected('unavailable', false);
  },
  async reject(treated, delayMs) {
    await sleep(delayMs);
    return treated.rejected('rejected', true);
  },
};

/** A message on its way through the stub. */
class Treated {
  readonly #parts: { readonly api: ProviderApi; readonly entry: ProviderEntry; readonly message: AskedMessage };
  #id = '';

  constructor(parts: { api: ProviderApi; entry: ProviderEntry; message: AskedMessage }) {
    this.#parts = parts;
  }

  answer(reply: ProviderReply): ProviderAnswer {
    const { api, message } = this.#parts;
    return api.answer(reply, { ...message, id: this.#id });
  }

  accepted(): ProviderAnswer {
    this.#id = this.#parts.entry.accept();
    return this.answer('accepted');
  }

  rejected(reply: ProviderReply, definite: boolean): ProviderAnswer {
    const answer = this.answer(reply);
    this.#parts.entry.reject({ status: answer.status, definite });
    return answer;
  }
}
