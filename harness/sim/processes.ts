// The simulated processes. Each runs the system's own application, which is booted again after a crash or a shutdown.
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

/** The network as a process sees it. */
export interface Outside {
  post(client: Incarnation, request: HttpPost): Promise<HttpOutcome>;
}

/** What all processes of a run share. */
export interface ProcessSurroundings {
  readonly world: World;
  readonly system: System;
  readonly store: SimStore;
  readonly network: Outside;
  readonly roleNames: Readonly<Record<Role, string>>;
}

/** A request to a process: `replied` is called with its answer, or `died` when the life that got it ends before it answers. */
export interface ServedRequest {
  readonly request: HttpRequest;
  readonly caller: CallerPresence;
  replied(response: HttpResponse): void;
  died(): void;
}

/** One life of the process, with the application that was booted for it. */
interface Life {
  readonly incarnation: Incarnation;
  readonly application: Application;
  /** Whether it is shutting down and accepts no request any more. */
  isLeaving: boolean;
}

/** How a life ended after a request to shut down. `otherwise`: the process crashed meanwhile, or was down already. */
export type End = 'by itself' | 'killed' | 'otherwise';

/**
 * A caller as the process sees it: the process learns in an event that the caller has left. This is a class because V8 gives each object
 * literal with a getter its own hidden class in old space, which would keep the world of the run alive until the next full collection.
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

  /** Whether the process is up. A paused process is. */
  get isUp(): boolean {
    return this.#current !== undefined;
  }

  /** Whether the process accepts connections: it is up and not shutting down. */
  get isServing(): boolean {
    return this.#current?.isLeaving === false;
  }

  /** The state of the process for a dump; `due` holds all scheduled events. */
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

  /** Calls `work` when the current life ends. This has no effect while the process is down. */
  onEnd(work: () => void): void {
    this.#current?.incarnation.onEnd(work);
  }

  /** Whether this is the current life of the process. */
  isLiving(incarnation: Incarnation): boolean {
    return this.#current?.incarnation === incarnation;
  }

  /** Boots the system in a new life, unless the process is up. A failed boot is reported as an anomaly. */
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

  /** Ends the current life at once, with everything that is under way in it. */
  crash(): void {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    this.#surroundings.world.engine.end(current.incarnation);
  }

  /** Asks the process to shut down, as SIGTERM does, and crashes it when the grace is over. */
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

  /** Calls the application's shutdown handler in an event; without a handler the process ends at once. */
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
      'the request to shut down',
    );
  }

  /** Stops the process, as SIGSTOP does: events that come up meanwhile happen when it continues. */
  stop(): void {
    if (this.#current !== undefined) this.#current.incarnation.isPaused = true;
  }

  /** Continues a stopped process, as SIGCONT does. */
  continue(): void {
    if (this.#current?.incarnation.isPaused === true) this.#surroundings.world.engine.resume(this.#current.incarnation);
  }

  /** Pauses the process for some milliseconds. If it crashes meanwhile, its next life does not start paused. */
  pause(forMs: number): void {
    const current = this.#current;
    if (current === undefined) return;
    this.stop();
    const { engine } = this.#surroundings.world;
    engine.schedule(microsOf(forMs), () => engine.resume(current.incarnation), EVENTS.continues);
  }

  /** Hands a request to the application; false when the process is down or shutting down. */
  serve({ request, caller, replied, died }: ServedRequest): boolean {
    const current = this.#current;
    if (current === undefined || current.isLeaving) return false;
    const { incarnation, application } = current;
    const { world } = this.#surroundings;
    const seen = new SeenCaller(caller, (work) => world.wake(incarnation, work, 'the notice that a caller left'));
    let isAnswered = false;
    incarnation.onEnd(() => {
      if (!isAnswered) died();
    });
    incarnation.begin();
    const answered = (response: HttpResponse): void => {
      isAnswered = true;
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
