// The stage on which the sim lane plays the script of one run: virtual time, simulated processes, network and store. It also flips modes
// and redelivers campaigns when a decision says so.
import type { Role } from '../../src/contract/message.ts';
import { MODES } from '../../src/contract/mode.ts';
import type { Store } from '../../src/contract/store.ts';
import { Play } from '../execution/play.ts';
import type { PlannedItem } from '../execution/run-plan.ts';
import type { ScheduledAction } from '../execution/schedule.ts';
import {
  QUIESCENCE_MS_MIN,
  type ScriptEvent,
  type ClockSpan,
  type Stage,
  type StageTimings,
} from '../execution/stage.ts';
import type { UserAnswer } from '../execution/user.ts';
import type { Fault } from '../formats/fault.ts';
import { installClientDecisions } from './client.ts';
import { Nemesis } from './nemesis.ts';
import { Network } from './network.ts';
import { installProcessDecisions } from './process-decisions.ts';
import { type ProcessSurroundings, SimProcess } from './processes.ts';
import { SimProvider } from './provider.ts';
import { balances, flagMode, type Seed, tamper } from './rig-data.ts';
import type { SimStore } from './store-port.ts';
import { makeUser, type User } from './user.ts';
import type { World } from './world.ts';
import type { WorldParts } from './world-state.ts';

/** What a run needs besides its world. */
export interface ScenarioRunOptions extends Omit<ProcessSurroundings, 'network' | 'world'> {
  /** The scenario's steps and faults in order of time. */
  readonly actions: readonly ScheduledAction[];
  /** The rows that the database holds before the run. */
  readonly seeds: readonly Seed[];
  readonly rigName: string;
  /** The tables that the role of the service is allowed to write, noted in the history. */
  readonly writable: readonly string[];
}

/** One run under way. */
export class ScenarioRun implements Stage {
  readonly timings: StageTimings;
  readonly #world: World;
  readonly #options: ScenarioRunOptions;
  readonly #store: SimStore;
  readonly #rig: Store;
  readonly #processes: Readonly<Record<Role, readonly SimProcess[]>>;
  readonly #nemesis: Nemesis;
  readonly #user: User;
  readonly #play: Play;
  /** Faults that are being applied. */
  readonly #applying: Promise<void>[] = [];

  constructor(world: World, options: ScenarioRunOptions) {
    const { scenario, plan } = world;
    this.#world = world;
    this.#options = options;
    this.timings = { ...world.settings.legacy, quiescenceMsMin: QUIESCENCE_MS_MIN.sim };
    this.#store = options.store;
    this.#rig = options.store.connect({ kind: 'rig', roleName: options.rigName });
    const provider = new SimProvider(world);
    const network = new Network(world, provider);
    const { system, store, roleNames } = options;
    const surroundings = { world, network, system, store, roleNames };
    const process = (role: Role, instance: number): SimProcess => new SimProcess({ role, instance }, surroundings);
    const legacy = process('legacy', 1);
    const { serviceInstances = 1 } = scenario;
    const services = Array.from({ length: serviceInstances }, (_, index) => process('service', index + 1));
    this.#processes = { legacy: [legacy], service: services };
    network.link.connect(services);
    this.#nemesis = new Nemesis({ world, link: network.link, provider, rig: this.#rig, processes: this.#processes });
    this.#user = makeUser(world, legacy, network.link);
    this.#play = new Play(this, { scenario, plan, actions: options.actions });
  }

  /** What a dump of the run reads. */
  get parts(): WorldParts {
    const { legacy, service } = this.#processes;
    return { world: this.#world, store: this.#store, processes: [...legacy, ...service] };
  }

  /** Plays the script to its end. */
  run(): Promise<void> {
    return this.#play.run();
  }

  get faults(): readonly Fault[] {
    const { scenario, faultsOfDecisions } = this.#world;
    return [...scenario.faults, ...faultsOfDecisions];
  }

  async prepare(): Promise<void> {
    const { seeds, roleNames, writable } = this.#options;
    const processes = [...this.#processes.legacy, ...this.#processes.service];
    for (const put of seeds) put(this.#store);
    for (const process of processes) process.start();
    const actions = { flip: () => this.#flipAll(), redeliver: () => this.#redeliver() };
    installProcessDecisions(this.#world, processes, actions);
    installClientDecisions(this.#world, this.#processes.service);
    await this.noteBalances();
    this.#world.recorder.note({ kind: 'privileges', role: roleNames.service, writable: [...writable] });
  }

  /** Has nothing to do: the virtual clock still shows 0. */
  startClock(): void {}

  nowMicros(): number {
    return this.#world.nowMicros;
  }

  until(atMs: number): Promise<void> {
    return this.#world.sleepMs(atMs - this.#world.nowMicros / 1_000);
  }

  sleepMs(ms: number): Promise<void> {
    return this.#world.sleepMs(ms);
  }

  rest(): Promise<void> {
    return this.#world.engine.rest();
  }

  note(event: ScriptEvent, atMicros?: number): void {
    this.#world.recorder.note(event, atMicros);
  }

  span(event: ScriptEvent, { fromMicros }: ClockSpan): void {
    this.#world.recorder.span(event, fromMicros);
  }

  noteBalances(): Promise<void> {
    for (const { tenant, units } of balances(this.#store, this.#world.plan)) {
      this.#world.recorder.note({ kind: 'balance', tenant, units });
    }
    return Promise.resolve();
  }

  apply(fault: number): Promise<void> {
    this.#applying.push(this.#nemesis.apply(fault));
    return Promise.resolve();
  }

  heal(fault: number): Promise<void> {
    this.#nemesis.heal(fault);
    return Promise.resolve();
  }

  crash(role: Role): Promise<void> {
    this.#nemesis.crash(role);
    return Promise.resolve();
  }

  terminate(role: Role, graceMs: number): Promise<void> {
    return this.#nemesis.terminate(role, graceMs);
  }

  restart(role: Role): Promise<void> {
    this.#nemesis.restart(role);
    return Promise.resolve();
  }

  async endFaults(): Promise<void> {
    const { engine, decider, flagUses } = this.#world;
    await Promise.all(this.#applying);
    await engine.rest();
    decider.close();
    flagUses.push(this.#world.nowMicros);
    this.#nemesis.healAll();
  }

  flagMode(tenantId: number, mode: string): Promise<void> {
    return flagMode(this.#rig, tenantId, mode);
  }

  trigger({ campaignId }: { readonly campaignId: number }): Promise<UserAnswer> {
    return this.#user(`/campaigns/${campaignId}/send`);
  }

  recover(): Promise<UserAnswer> {
    return this.#user('/recover');
  }

  reconcile(): Promise<UserAnswer> {
    return this.#user('/reconcile');
  }

  tamper(item: PlannedItem, mismatch: Extract<Fault, { kind: 'tamper' }>['mismatch']): Promise<void> {
    return tamper({ store: this.#store, rig: this.#rig }, item, mismatch);
  }

  /** The effect of a decision: each tenant gets the mode after its current one. */
  #flipAll(): void {
    const flags = this.#store.committed('feature_flags');
    for (const { key, tenantId } of this.#world.plan.tenants) {
      const mode = flags.find((flag) => flag.tenant_id === tenantId)?.mode;
      const next = MODES[(MODES.findIndex((candidate) => candidate === mode) + 1) % MODES.length] ?? 'OFF';
      this.#play.addFlip(key, next);
    }
  }

  /** The effect of a decision: each campaign that was triggered is triggered again. */
  #redeliver(): void {
    const atMs = Math.floor(this.#world.nowMicros / 1_000);
    for (const campaign of this.#play.triggered) {
      this.#world.faultsOfDecisions.push({ kind: 'redelivery', campaign, atMs });
      this.#play.addTrigger(campaign);
    }
  }
}
