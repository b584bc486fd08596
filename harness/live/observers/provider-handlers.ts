// The provider as request handlers: an API in the shape of Twilio's, that does to each message what the rules in force say.
import { setTimeout as sleep } from 'node:timers/promises';
import { http, HttpResponse, type RequestHandler } from 'msw';
import { accountOf, MESSAGES_PATH } from '../../execution/provider-wire.ts';
import { rigMicros } from './clock.ts';
import { enter, isCanary, type ProviderEntry, type ProviderLedger, type ReceivedMessage } from './provider-ledger.ts';
import { type ProviderOutcome, type ProviderRule, ruleAt } from './provider-rule.ts';

/** What the handlers of one provider stub need. */
export interface ProviderHandlersOptions {
  readonly ledger: ProviderLedger;
  readonly rules: () => readonly ProviderRule[];
}

/** The handlers of one provider stub. An error response stands for a connection that is reset without an answer. */
export function providerHandlers({ ledger, rules }: ProviderHandlersOptions): RequestHandler[] {
  return [
    http.post(`*${MESSAGES_PATH}`, async ({ request }) => {
      const account = accountOf(request.headers.get('authorization'));
      const form = new URLSearchParams(await request.text());
      const recipient = form.get('To') ?? '';
      const message = { account: account ?? '', recipient, body: form.get('Body') ?? '' };
      const entry = enter(ledger, message);
      if (account === undefined) return refuse(entry, { status: 401, code: 20_003, text: 'Authenticate' });
      if (recipient === '')
        return refuse(entry, { status: 400, code: 21_604, text: "A 'To' phone number is required." });
      const { outcome, delayMs } = ruleAt(isCanary(message) ? [] : rules(), rigMicros());
      return TREATMENTS[outcome](entry, message, delayMs);
    }),
  ];
}

type Treatment = (entry: ProviderEntry, message: ReceivedMessage, delayMs: number) => Promise<Response>;

/** What each outcome makes of a message. */
const TREATMENTS: Readonly<Record<ProviderOutcome, Treatment>> = {
  async accept(entry, message) {
    return created(entry.accept(), message);
  },
  async slow(entry, message, delayMs) {
    // Whether the client still waits by then makes no difference: the provider has the message.
    await sleep(delayMs);
    return created(entry.accept(), message);
  },
  async 'accept-lose-reply'(entry, _message, delayMs) {
    entry.accept();
    await sleep(delayMs);
    return HttpResponse.error();
  },
  async 'error-accepted'(entry, _message, delayMs) {
    entry.accept();
    await sleep(delayMs);
    return problem({ status: 500, code: 20_500, text: 'Internal Server Error' });
  },
  async 'error-not-accepted'(entry, _message, delayMs) {
    await sleep(delayMs);
    entry.reject(503, false);
    return problem({ status: 503, code: 20_503, text: 'Service Unavailable' });
  },
  async reject(entry, _message, delayMs) {
    await sleep(delayMs);
    return refuse(entry, { status: 400, code: 21_211, text: "The 'To' number is not a valid phone number." });
  },
};

interface Problem {
  readonly status: number;
  readonly code: number;
  readonly text: string;
}

function created(sid: string, { recipient, body }: ReceivedMessage): Response {
  return HttpResponse.json({ sid, status: 'queued', to: recipient, body }, { status: 201 });
}

function refuse(entry: ProviderEntry, reason: Problem): Response {
  entry.reject(reason.status, true);
  return problem(reason);
}

function problem({ status, code, text }: Problem): Response {
  return HttpResponse.json({ code, message: text, status }, { status });
}
