// A legacy app and a service in one process, with a road between them, a provider and a database that a test holds in its hands.
// Time is that of vitest's fake timers: nothing here waits on the wall clock.
import { vi } from 'vitest';
import { type Env, TIMED_OUT } from '../contract/env.ts';
import type { HttpOutcome, HttpPost, HttpResponse } from '../contract/http.ts';
import { type Role, ROLES } from '../contract/message.ts';
import type { Application } from '../contract/parts.ts';
import { DEFAULT_TIMINGS, type Settings } from '../contract/settings.ts';
import type { System } from '../contract/system.ts';
import type { RowOf } from '../contract/tables.ts';
import { MemoryStore } from './memory-store.ts';

/** The tenant of a world. */
export const TENANT_ID = 7;

/** The campaign of a world. */
export const CAMPAIGN_ID = 70;

const PATIENCE_MS = 60_000;

/** How a world begins. */
export interface WorldOptions {
  /** The flag as stored; absent: none. */
  readonly mode?: string;
  readonly messages?: number;
  readonly quota?: number;
  readonly settings?: Partial<Settings>;
}

/** One request that reached the provider. */
export interface Attempt {
  readonly role: Role;
  readonly recipient: string;
  readonly body: string;
  readonly authorization: string;
}

/** A call from the legacy app to the service: what it says, and the road to the other end. */
export interface Call {
  readonly body: string;
  deliver(): Promise<HttpOutcome>;
}

/** The failure of a call. */
export function failure(reason: Extract<HttpOutcome, { kind: 'failure' }>['reason']): HttpOutcome {
  const definite = reason === 'refused' || reason === 'reset-before-write';
  return { kind: 'failure', reason, definite, elapsedMs: 1 };
}

/** An answer with this status and content. */
export function answer(status: number, content: unknown): HttpOutcome {
  return { kind: 'answer', status, body: JSON.stringify(content), elapsedMs: 1 };
}

/** Waits in the world's time. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Both systems with everything around them. */
export class World {
  readonly store: MemoryStore;
  readonly settings: Settings;
  readonly logs: string[] = [];
  readonly attempts: Attempt[] = [];
  readonly calls: Call[] = [];
  readonly environments: Readonly<Record<Role, Env>>;
  readonly applications: Readonly<Record<Role, Application>>;
  /** What happens to a call to the service; the plain road by default. */
  road: (call: Call) => Promise<HttpOutcome> = (call) => call.deliver();
  /** What the provider answers. */
  provider: (attempt: Attempt) => Promise<HttpOutcome> = async () => answer(201, { sid: `SM${this.attempts.length}` });
  readonly #spawned: Promise<void>[] = [];
  #uuids = 0;

  constructor(system: System, settings: Partial<Settings> = {}) {
    this.store = new MemoryStore(system.procedures);
    this.settings = { ...DEFAULT_TIMINGS, serviceUrl: 'http://service', providerUrl: 'http://provider', ...settings };
    this.environments = { legacy: this.#environment('legacy'), service: this.#environment('service') };
    const [legacy, service] = ROLES.map((role) => system.boot(this.environments[role], role));
    if (legacy === undefined || service === undefined) throw new Error('expected two roles');
    this.applications = { legacy, service };
  }

  /** Hands a request to the legacy app and lets time pass until it answers. */
  post(path: string, body = '{}'): Promise<HttpResponse> {
    return this.until(this.applications.legacy.handle({ method: 'POST', path, headers: {}, body }));
  }

  /** Triggers the campaign. */
  send(): Promise<HttpResponse> {
    return this.post(`/campaigns/${CAMPAIGN_ID}/send`);
  }

  /** Lets time pass until the work has ended. */
  async until<T>(work: Promise<T>): Promise<T> {
    let ended = false;
    const mark = () => {
      ended = true;
    };
    work.then(mark, mark);
    for (let passedMs = 0; passedMs < PATIENCE_MS; passedMs += 1) {
      await vi.advanceTimersByTimeAsync(ended ? 0 : 1);
      if (ended) break;
    }
    return work;
  }

  /** Lets time pass until everything that was spawned has ended. */
  async rest(): Promise<void> {
    for (let waited = 0; waited < this.#spawned.length; waited += 1)
      await this.until(this.#spawned[waited] ?? sleep(0));
  }

  /** The log lines that begin like this. */
  logged(start: string): string[] {
    return this.logs.filter((line) => line.startsWith(start));
  }

  /** The tenant's balance. */
  get balance(): number | undefined {
    return this.store.rows('email_s_m_s_limit_rates')[0]?.sms;
  }

  #environment(role: Role): Env {
    return {
      now: () => Date.now() * 1_000,
      sleep,
      within: (ms, work) => within(ms, work),
      spawn: (_name, work) => {
        this.#spawned.push(work());
      },
      uuid: () => `uuid-${(this.#uuids += 1)}`,
      http: { post: (request) => this.#post(role, request) },
      store: this.store,
      log: (line) => {
        this.logs.push(line);
      },
      settings: this.settings,
    };
  }

  async #post(role: Role, request: HttpPost): Promise<HttpOutcome> {
    const isProvider = request.url.startsWith(this.settings.providerUrl);
    const outcome = isProvider ? this.#toProvider(role, request) : this.#toService(request);
    const inTime = await within(request.timeouts.totalMs ?? PATIENCE_MS, outcome);
    return inTime === TIMED_OUT ? failure('timeout') : inTime;
  }

  #toProvider(role: Role, { body, headers }: HttpPost): Promise<HttpOutcome> {
    const form = new URLSearchParams(body);
    const authorization = headers['authorization'] ?? '';
    const attempt = { role, recipient: form.get('To') ?? '', body: form.get('Body') ?? '', authorization };
    this.attempts.push(attempt);
    return this.provider(attempt);
  }

  #toService({ url, body, headers }: HttpPost): Promise<HttpOutcome> {
    const path = url.slice(this.settings.serviceUrl.length);
    const call = {
      body,
      deliver: async () => {
        const response = await this.applications.service.handle({ method: 'POST', path, headers, body });
        return { kind: 'answer', elapsedMs: 1, ...response } as const;
      },
    };
    this.calls.push(call);
    return this.road(call);
  }
}

/** A world with one tenant and one campaign. */
export async function openWorld(system: System, options: WorldOptions = {}): Promise<World> {
  const { mode, messages = 1, quota = 100, settings } = options;
  const world = new World(system, settings);
  const { store } = world;
  await store.seed('email_s_m_s_limit_rates', [{ owner_id: TENANT_ID, sms: quota }]);
  await store.seed('provider_credentials', [
    { tenant_id: TENANT_ID, provider: 'twilio', account: 'AC7', token: 'secret' },
  ]);
  if (mode !== undefined) {
    await store.seed('feature_flags', [{ tenant_id: TENANT_ID, feature_name: 'messaging_service', mode, epoch: 1 }]);
  }
  await store.seed(
    'campaign_sms',
    Array.from({ length: messages }, (_, index) => itemOf(index + 1)),
  );
  return world;
}

/** Puts the live breaker in place, opened just now. */
export function seedBreaker(world: World, breaker: Partial<RowOf<'messaging_breakers'>>): Promise<void> {
  const opened_at = new Date(Date.now()).toISOString();
  const row = { name: 'live', state: 'CLOSED', failures: 0, window_started_at: null, opened_at, probes: 0 } as const;
  return world.store.seed('messaging_breakers', [{ ...row, ...breaker }]);
}

function itemOf(id: number): RowOf<'campaign_sms'> {
  return {
    id,
    tenant_id: TENANT_ID,
    campaign_id: CAMPAIGN_ID,
    phone: `+9990000${id}`,
    body: `text ${id}`,
    provider: 'twilio',
    message_uuid: null,
    mode: null,
    epoch: null,
    settled: false,
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T | typeof TIMED_OUT> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<typeof TIMED_OUT>((resolve) => {
    timer = setTimeout(() => resolve(TIMED_OUT), ms);
  });
  try {
    return await Promise.race([work, timeUp]);
  } finally {
    clearTimeout(timer);
  }
}
