// The request handlers of a provider stub: they find the API of a request, record the message, and answer it by the rules in force.
import { setTimeout as sleep } from 'node:timers/promises';
import { http, HttpResponse, type RequestHandler } from 'msw';
import { messageOf } from '../../platform/thrown.ts';
import { rigMicros } from './clock.ts';
import type {
  AskedMessage,
  ProviderAnswer,
  ProviderApi,
  ProviderReply,
  ProviderRequest,
  RefusedRequest,
} from './provider-apis/provider-api.ts';
import { enter, isCanary, noteFailure, noteStray, type ProviderEntry, type ProviderLedger } from './provider-ledger.ts';
import { type ProviderOutcome, type ProviderRule, ruleAt } from './provider-rule.ts';

/** The APIs, the ledger and the rules of one provider stub. */
export interface StubParts {
  readonly apis: readonly ProviderApi[];
  readonly ledger: ProviderLedger;
  readonly rules: () => readonly ProviderRule[];
}

/** The handlers of one provider stub. They return an error response where the connection is to be reset without an answer. */
export function providerHandlers({ apis, ledger, rules }: StubParts): RequestHandler[] {
  return [
    http.all('*', async ({ request }) => {
      // One handler serves all APIs, because the body of a request can be read only once.
      const asked = await readRequest(request);
      for (const api of apis) {
        try {
          const read = api.read(asked);
          if (read !== undefined) return responseOf(await answerTo(read, { api, ledger, rules }));
        } catch (error) {
          // A user's module may throw any error, which must not end the observers' thread.
          noteFailure(ledger, asked, { api: api.name, why: messageOf(error) });
          return responseOf({ status: 500, body: { error: 'the module of this provider failed' } });
        }
      }
      noteStray(ledger, asked, apis);
      return responseOf({ status: 404, body: { error: 'no API of a provider has this path' } });
    }),
  ];
}

/** Records the message that an API has read, and returns its answer. */
async function answerTo(
  read: AskedMessage | RefusedRequest,
  { api, ledger, rules }: Omit<StubParts, 'apis'> & { readonly api: ProviderApi },
): Promise<ProviderAnswer | 'lost'> {
  if ('refused' in read) {
    const { message, answer, refused } = read;
    enter(ledger, message).reject({ status: answer.status, definite: true, reason: `${api.name}: ${refused}` });
    return answer;
  }
  const entry = enter(ledger, read);
  const { outcome, delayMs } = ruleAt(isCanary(read) ? [] : rules(), rigMicros());
  return TREATMENTS[outcome](new Treated({ api, entry, message: read }), delayMs);
}

async function readRequest(request: Request): Promise<ProviderRequest> {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    target: `${pathname}${search}`,
    headers: new Map(request.headers),
    text: await request.text(),
  };
}

function responseOf(answer: ProviderAnswer | 'lost'): Response {
  return answer === 'lost' ? HttpResponse.error() : Response.json(answer.body, { status: answer.status });
}

type Treatment = (treated: Treated, delayMs: number) => Promise<ProviderAnswer | 'lost'>;

/** How each outcome treats a message. */
const TREATMENTS: Readonly<Record<ProviderOutcome, Treatment>> = {
  async accept(treated) {
    return treated.accepted();
  },
  async slow(treated, delayMs) {
    // The provider accepts the message even if the client no longer waits.
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

/** A message under treatment: its outcome is recorded, and its answer made in the form of its API. */
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
