// The simulated processes: each is booted from the system as it is, lives until it crashes, and is booted anew.
import type { CallerPresence, HttpOutcome, HttpPost, HttpRequest, HttpResponse } from '../../src/contract/http.ts';
import type { Role } from '../../src/contract/message.ts';
import type { Application, Ending } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import type { ProcessState } from '../formats/dump.ts';
import { messageOf } from '../platform/thrown.ts';
import { microsOf } from './clock.ts';
import { type ClockError, SimEnv } from './env.ts';
import { holdUpOf } from './equal-fault.ts';
import { EVENTS, eventWords } from './event-words.ts';
import { Incarnation, type ScheduledEvent } from './incarnation.ts';
import { CLOCK_SITE } from './sites.ts';
import type { SimStore } from './store-port.ts';
import { CLOCK_STEP_AFTER_MS } from './timings.ts';
import type { World } from './world.ts';

/** Where the calls of processes go. */
export interface Outside {
  post(client: Incarnation, request: HttpPost): Promise<HttpOutcome>;
}

/** What a process runs in. */
export interface ProcessSurroundings {
  readonly world: World;
  readonly system: System;
  readonly store: SimStore;
  readonly network: Outside;
  readonly roleNames: Readonly<Record<Role, string>>;
}

/** A request to a process, with what to do about its end. Exactly one of the two is called, unless the process pauses forever. */
export interface ServedRequest {
  readonly request: HttpRequest;
  readonly caller: CallerPresence;
  replied(response: HttpResponse): void;
  died(): void;
}

/** One life: the application that was booted for it. */
interface Life {
  readonly incarnation: Incarnation;
  readonly application: Application;
  /** It takes no request any more. */
  isLeaving: boolean;
}

/** How a life ended after the process was asked to end. It may have crashed meanwhile, or not have been there. */
export type End = 'by itself' | 'killed' | 'otherwise';

/**
 * A caller as the process sees it: what the process does about one that goes is an event of its own. It is a class because V8 gives each
 * literal with a getter a hidden class of its own, in old space, which keeps the world of its run until the next full collection.
 */
class SeenCaller implements CallerPresence {
  readonly #caller: CallerPresence;
  readonly #wake: (work: () => void) => void;

  constructor(caller: CallerPresence, wake: (work: () => void) => void) {
    this.#caller = caller;
    this.#wake = wake;
  }

  get isGone(): boolean {
    return this.#caller.isGone;
  }

  onGone(work: () => void): void {
    this.#caller.onGone(() => this.#wake(work));
  }
}

/** One process over all its lives. */
export class SimProcess {
  readonly role: Role;
  readonly instance: number;
  readonly #surroundings: ProcessSurroundings;
  #lives = 0;
  #current: Life | undefined;

  constructor(place: { role: Role; instance: number }, surroundings: ProcessSurroundings) {
    this.role = place.role;
    this.instance = place.instance;
    this.#surroundings = surroundings;
  }

  /** Whether it lives. A paused process does. */
  get isUp(): boolean {
    return this.#current !== undefined;
  }

  /** Whether it takes connections. */
  get isServing(): boolean {
    return this.#current?.isLeaving === false;
  }

  /** What it is at, and which of the events that are due will wake it. */
  state(due: readonly ScheduledEvent[]): ProcessState {
    const process = `${this.role}-${this.instance}`;
    const life = this.#current;
    if (life === undefined) return { process, incarnation: null, state: 'down', underWay: 0, parked: [], waitsFor: [] };
    const { incarnation, isLeaving } = life;
    return {
      process,
      incarnation: incarnation.name,
      state: incarnation.isPaused ? 'paused' : isLeaving ? 'leaving' : 'up',
      underWay: incarnation.underWay,
      parked: incarnation.parked.map(({ what }) => what),
      waitsFor: due.filter(({ owner }) => owner === incarnation).map(eventWords),
    };
  }

  /** Calls `work` when the life that it leads now ends. Nothing happens for one that is down. */
  onEnd(work: () => void): void {
    this.#current?.incarnation.onEnd(work);
  }

  /** Whether this life is the one that it leads now. */
  isLiving(incarnation: Incarnation): boolean {
    return this.#current?.incarnation === incarnation;
  }

  /** Boots the system in a new life, unless it is up. */
  start(): void {
    if (this.#current !== undefined) return;
    const { world, system } = this.#surroundings;
    this.#lives += 1;
    const incarnation = new Incarnation({ role: this.role, instance: this.instance, life: this.#lives });
    try {
      const application = system.boot(this.#env(incarnation), this.role);
      this.#current = { incarnation, application, isLeaving: false };
    } catch (error) {
      world.reportAnomaly('failed-boot', `${incarnation.name} did not boot: ${messageOf(error)}`);
    }
  }

  /** Ends this life at once: nothing that was under way in it goes on. */
  crash(): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    this.#surroundings.world.engine.end(current.incarnation);
  }

  /** Asks this life to end, as SIGTERM does, and ends it at once when the grace is over. */
  terminate(graceMs: number): Promise<End> {
    const life = this.#current;
    if (life === undefined) return Promise.resolve('otherwise');
    const { engine } = this.#surroundings.world;
    return new Promise((resolve) => {
      const end = (how: End): void => {
        if (this.#current !== life) return;
        resolve(how);
        this.crash();
      };
      const overdue = engine.schedule(microsOf(graceMs), () => end('killed'), EVENTS.grace);
      life.incarnation.onEnd(() => {
        engine.cancel(overdue);
        resolve('otherwise');
      });
      this.#leave(life, () => end('by itself'));
    });
  }

  /** Lets the application end what it has begun, in an event of its own. */
  #leave(life: Life, ended: () => void): void {
    const { world } = this.#surroundings;
    const { incarnation, application } = life;
    const ending: Ending = {
      stopAccepting() {
        life.isLeaving = true;
      },
      untilIdle: () => incarnation.untilIdle(),
    };
    world.wake(
      incarnation,
      () => {
        (application.shutdown?.(ending) ?? Promise.resolve()).then(ended, (error: unknown) => {
          world.recorder.note({ kind: 'log', process: this.role, line: `SHUTDOWN_FAILED: ${messageOf(error)}` });
          ended();
        });
      },
      'the demand to end',
    );
  }

  /** Stops the process, as SIGSTOP does: what comes up in the meantime happens when it goes on. */
  stop(): void {
    if (this.#current !== undefined) this.#current.incarnation.isPaused = true;
  }

  /** Lets a stopped process go on, as SIGCONT does. */
  continue(): void {
    if (this.#current?.incarnation.isPaused === true) this.#surroundings.world.engine.resume(this.#current.incarnation);
  }

  /** Stops the process for a while. One that crashes meanwhile is started as it would be without. */
  pause(forMs: number): void {
    const current = this.#current;
    if (current === undefined) return;
    this.stop();
    const { engine } = this.#surroundings.world;
    engine.schedule(microsOf(forMs), () => engine.resume(current.incarnation), EVENTS.continues);
  }

  /** Hands a request to the application; false when the process is down. */
  serve({ request, caller, replied, died }: ServedRequest): boolean {
    const current = this.#current;
    if (current === undefined || current.isLeaving) return false;
    const { incarnation, application } = current;
    const { world } = this.#surroundings;
    const seen = new SeenCaller(caller, (work) => world.wake(incarnation, work, 'the news that a caller left'));
    incarnation.onEnd(died);
    incarnation.begin();
    const answered = (response: HttpResponse): void => {
      replied(response);
      incarnation.finish();
    };
    world.wake(
      incarnation,
      () => {
        const failed = (error: unknown): void => {
          const line = `REQUEST_FAILED: ${request.method} ${request.path}: ${messageOf(error)}`;
          world.recorder.note({ kind: 'log', process: this.role, line });
          answered({ status: 500, body: '{"error":"internal error"}' });
        };
        try {
          application.handle(request, seen).then(answered, failed);
        } catch (error) {
          failed(error);
        }
      },
      'a request',
    );
    return true;
  }

  #env(owner: Incarnation): SimEnv {
    const { world, store, network, roleNames } = this.#surroundings;
    const bootedMicros = world.nowMicros;
    const client = { kind: 'process', role: this.role, roleName: roleNames[this.role], incarnation: owner } as const;
    return new SimEnv({
      world,
      owner,
      store: store.connect(client),
      readClock: () => this.#clockError(owner, bootedMicros),
      post: (request) => network.post(owner, request),
    });
  }

  #clockError(owner: Incarnation, bootedMicros: number): ClockError {
    const { world } = this.#surroundings;
    const { leaseMs, budgetMs } = world.settings[this.role];
    const choice = world.decide(CLOCK_SITE, owner.process);
    const always = world.scenario.skewMicros?.[this.role] ?? 0;
    if (choice === 'exact') return { byMicros: always, fromMicros: 0 };
    const sizeMs = choice.endsWith('budget') ? budgetMs : leaseMs;
    const isBehind = choice.startsWith('behind') || choice === 'steps-back';
    const byMicros = always + (isBehind ? -1 : 1) * microsOf(sizeMs);
    const steps = choice.startsWith('steps');
    const way = steps ? `steps ${isBehind ? 'back' : 'ahead'}` : isBehind ? 'behind' : 'ahead';
    world.disturb(holdUpOf(this.role, `clock ${way} by ${sizeMs} ms`));
    return { byMicros, fromMicros: steps ? bootedMicros + microsOf(CLOCK_STEP_AFTER_MS) : 0 };
  }
}
