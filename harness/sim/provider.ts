// The simulated provider: an API with the form of Twilio's. A decision or a fault in force determines what it does with each message.
// What it accepts is the ground truth for sends.
import { parse, type ParsedUrlQuery } from 'node:querystring';
import type { HttpPost } from '../../src/contract/http.ts';
import type { Role } from '../../src/contract/message.ts';
import { accountOf, MESSAGES_PATH } from '../execution/provider-wire.ts';
import type { Fault } from '../formats/fault.ts';
import { ClientCall } from './client-call.ts';
import { microsOf } from './clock.ts';
import { EVENTS } from './event-words.ts';
import type { Incarnation } from './incarnation.ts';
import { PROVIDER_SITE } from './sites.ts';
import { PROVIDER_HOP_MICROS, SLOW_PAST_TIMEOUT_MS } from './timings.ts';
import type { World } from './world.ts';

/** A fault at the provider. */
export type ProviderFault = Extract<Fault, { kind: 'provider' }>;

/** A choice of a decision about one message. */
type Choice = (typeof PROVIDER_SITE.choices)[number];

/** How the provider treats one message. */
type Outcome = ProviderFault['outcome'] | 'accept' | 'too-many-requests';

interface ReceivedMessage {
  readonly account: string;
  readonly recipient: string;
  readonly body: string;
  readonly isAuthorized: boolean;
}

const messagesPath = new RegExp(`^${MESSAGES_PATH.replace('.', String.raw`\.`).replace(':account', '[^/]*')}$`);

/** The provider of one run. */
export class SimProvider {
  readonly #world: World;
  readonly #applied = new Map<number, ProviderFault>();
  #attempts = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Puts a fault in force, for messages that arrive from now on. */
  apply(index: number, fault: ProviderFault): void {
    this.#applied.set(index, fault);
  }

  /** Heals a fault. */
  heal(index: number): void {
    this.#applied.delete(index);
  }

  /** Makes one call of a system to the API; `path` is the part of the URL after the provider's address. */
  call(client: Incarnation, request: HttpPost, path: string): ClientCall {
    const call = new ClientCall(this.#world, client, request);
    const message = readMessage(request);
    const item = this.#world.plan.finder.find(message.recipient, message.body)?.item ?? null;
    this.#world.connections.push({
      state: () => call.stateTo('provider', { what: `POST ${path} of ${item ?? message.recipient}` }),
    });
    const choice = this.#world.decide(PROVIDER_SITE, item ?? message.recipient);
    const { engine } = this.#world;
    if (choice !== 'accept') {
      const slowMs = this.#slowMs(client.role);
      const harm = {
        equals: { kind: 'provider', system: client.role, outcome: EQUAL_OUTCOMES[choice] },
        decided: {
          of: `provider of ${client.role}:`,
          what: choice === 'slow' ? `slow ${slowMs} ms` : HARM_WORDS[choice],
        },
      } as const;
      this.#world.disturb(harm, choice === 'slow' ? slowMs : 1);
    }
    if (choice === 'refuse' || choice === 'reset-before') {
      const reason = choice === 'refuse' ? 'refused' : 'reset-before-write';
      const turnAway = (): void => {
        this.#turnAway(message, item, client.role);
        call.fail(reason);
      };
      engine.schedule(PROVIDER_HOP_MICROS, turnAway, EVENTS.providerHop);
      return call;
    }
    const arrive = (): void => {
      if (messagesPath.test(path)) this.#receive({ call, message, item, system: client.role, choice });
      else this.#reply(call, { status: 404, body: '{}' });
    };
    engine.schedule(PROVIDER_HOP_MICROS, arrive, EVENTS.providerHop);
    return call;
  }

  /** The provider does not accept the connection. That is an attempt with a definite rejection. */
  #turnAway(message: ReceivedMessage, item: string | null, system: Role): void {
    const attempt = this.#noteAttempt(message, item, system);
    this.#world.recorder.note({ kind: 'reject', attempt, system, item, status: 0, definite: true });
  }

  #noteAttempt({ account, recipient, body }: ReceivedMessage, item: string | null, system: Role): string {
    this.#attempts += 1;
    const attempt = `attempt-${this.#attempts}`;
    this.#world.recorder.note({
      kind: 'attempt',
      attempt,
      system,
      account,
      recipient,
      body,
      item,
    });
    for (const onAttempt of this.#world.attemptListeners) onAttempt({ system, item, recipient, body });
    return attempt;
  }

  #receive(arrival: Arrival): void {
    const { call, message, item, system } = arrival;
    const { recorder } = this.#world;
    const { recipient } = message;
    const attempt = this.#noteAttempt(message, item, system);
    const reject = (status: number, definite: boolean): void => {
      recorder.note({ kind: 'reject', attempt, system, item, status, definite });
      this.#reply(call, { status, body: JSON.stringify({ code: status * 100, status }) });
    };
    if (!message.isAuthorized) return reject(401, true);
    if (recipient === '') return reject(400, true);
    this.#treat(arrival, {
      reject,
      accept: () => {
        const providerMessageId = this.#newId(system, item ?? recipient);
        recorder.note({
          kind: 'accept',
          attempt,
          system,
          item,
          providerMessageId,
        });
        return providerMessageId;
      },
    });
  }

  #treat({ call, system, choice }: Arrival, actions: ProviderActions): void {
    const fault = [...this.#applied.values()].find((candidate) => candidate.system === system);
    const outcome: Outcome = choice === 'accept' ? (fault?.outcome ?? 'accept') : choice;
    const delayMs = choice === 'slow' ? this.#slowMs(system) : choice === 'accept' ? (fault?.delayMs ?? 0) : 0;
    const later = (work: () => void): void => {
      if (delayMs === 0) work();
      else this.#world.engine.schedule(microsOf(delayMs), work, EVENTS.providerDecides);
    };
    switch (outcome) {
      case 'accept':
      case 'slow':
        // The provider has the message, so it accepts it even if the caller has left meanwhile.
        return later(() =>
          this.#reply(call, { status: 201, body: JSON.stringify({ sid: actions.accept(), status: 'queued' }) }),
        );
      case 'accept-lose-reply':
        actions.accept();
        return later(() =>
          this.#world.engine.schedule(PROVIDER_HOP_MICROS, () => call.fail('reset'), EVENTS.providerAnswers),
        );
      case 'error-accepted':
        actions.accept();
        return later(() => this.#reply(call, { status: 500, body: '{"code":20500}' }));
      case 'error-not-accepted':
        return later(() => actions.reject(503, false));
      case 'too-many-requests':
        return later(() => actions.reject(429, true));
      case 'reject':
        return later(() => actions.reject(400, true));
    }
  }

  #reply(call: ClientCall, { status, body }: { status: number; body: string }): void {
    this.#world.engine.schedule(PROVIDER_HOP_MICROS, () => call.answer(status, body), EVENTS.providerAnswers);
  }

  #newId(system: Role, message: string): string {
    const digits = this.#world.random.hex({ site: `provider-id/${system}`, message, attempt: this.#attempts });
    return `SM${system.slice(0, 1)}${digits.slice(1)}`;
  }

  #slowMs(system: Role): number {
    return this.#world.settings[system].providerTimeoutMs + SLOW_PAST_TIMEOUT_MS;
  }
}

/** The outcome of the catalogue that each choice equals. A refused connection equals a rejected message: the provider has none. */
const EQUAL_OUTCOMES: Readonly<Record<Exclude<Choice, 'accept'>, ProviderFault['outcome']>> = {
  reject: 'reject',
  'too-many-requests': 'reject',
  refuse: 'reject',
  'reset-before': 'reject',
  slow: 'slow',
  'accept-lose-reply': 'accept-lose-reply',
  'error-accepted': 'error-accepted',
  'error-not-accepted': 'error-not-accepted',
};

/** What reports print about each choice of the provider. */
const HARM_WORDS: Readonly<Record<Exclude<Choice, 'accept' | 'slow'>, string>> = {
  reject: 'answers 400',
  'too-many-requests': 'answers 429',
  refuse: 'refuses',
  'reset-before': 'resets',
  'accept-lose-reply': 'reply lost',
  'error-accepted': 'answers 500',
  'error-not-accepted': 'answers 503',
};

interface Arrival {
  readonly call: ClientCall;
  readonly message: ReceivedMessage;
  readonly item: string | null;
  readonly system: Role;
  readonly choice: Exclude<Choice, 'refuse' | 'reset-before'>;
}

/** What the provider can do with a message that has arrived. */
interface ProviderActions {
  /** Accepts the message and returns its id; the caller of `accept` sends the reply. */
  accept(): string;
  /** Rejects the message, and replies with the status. */
  reject(status: number, definite: boolean): void;
}

/** Parses the form with `querystring`, which is faster than URLSearchParams: this happens in every run. */
function readMessage({ headers, body }: HttpPost): ReceivedMessage {
  const form = parse(body);
  const account = accountOf(headerOf(headers, 'authorization'));
  const recipient = fieldOf(form, 'To');
  return { account: account ?? '', recipient, body: fieldOf(form, 'Body'), isAuthorized: account !== undefined };
}

/** The first value of a field; '' when the form lacks it. */
function fieldOf(form: ParsedUrlQuery, name: string): string {
  const value = form[name] ?? '';
  return typeof value === 'string' ? value : (value[0] ?? '');
}

/** The value of a header by its lower-case name. The caller can write the name in any case. */
function headerOf(headers: HttpPost['headers'], name: string): string | undefined {
  for (const header in headers) if (header.toLowerCase() === name) return headers[header];
  return undefined;
}
