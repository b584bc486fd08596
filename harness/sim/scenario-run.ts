// One simulated run of one scenario: seed, act, heal, wait for rest, recover, take the cut. Everything in virtual time, and in the same
// order and the same words as a live run.
import type { Role } from '../../src/contract/message.ts';
import { MODES } from '../../src/contract/mode.ts';
import type { Store } from '../../src/contract/store.ts';
import { isDone, MOST_ROUNDS, pauseMs, recoveryReport, reportedMismatches } from '../execution/rig-answers.ts';
import { type Action, quiescenceMs } from '../execution/schedule.ts';
import { type LegacyClient, legacyClient } from './legacy-client.ts';
import { Nemesis } from './nemesis.ts';
import { Network } from './network.ts';
import { type ProcessSurroundings, SimProcess } from './processes.ts';
import { SimProvider } from './provider.ts';
import { balances, flagMode, type Seed, tamper } from './rig-data.ts';
import type { SimStore } from './store-port.ts';
import { askAtWakes } from './process-decisions.ts';
import type { World } from './world.ts';

/**
 * The least rest before loss is judged: longer than anything a single decision delays, so that a decision that changes nothing does not
 * move the cut either. Virtual time costs nothing.
 */
const LEAST_QUIESCENCE_MS = 5_000;

/** What a run needs beside the world. */
export interface ScenarioRunOptions extends Omit<ProcessSurroundings, 'network' | 'world'> {
  readonly serviceInstances: 1 | 2;
  /** The scenario's steps and faults in order of time. */
  readonly actions: readonly Action[];
  /** The rows that are there before it begins. */
  readonly seeds: readonly Seed[];
  readonly rigName: string;
  /** The tables the service's role may write, told in the history. */
  readonly writable: readonly string[];
}

/** One run under way. */
export class ScenarioRun {
  readonly #world: World;
  readonly #options: ScenarioRunOptions;
  readonly #store: SimStore;
  readonly #rig: Store;
  readonly #processes: Readonly<Record<Role, readonly SimProcess[]>>;
  readonly #nemesis: Nemesis;
  readonly #user: LegacyClient;
  readonly #deliveries = new Map<string, number>();
  /** What decisions have set off beside the scenario's own actions. */
  readonly #extra: Promise<void>[] = [];

  constructor(world: World, options: ScenarioRunOptions) {
    this.#world = world;
    this.#options = options;
    this.#store = options.store;
    this.#rig = options.store.connect({ kind: 'rig', roleName: options.rigName });
    const provider = new SimProvider(world);
    const network = new Network(world, provider);
    const { system, store, roleNames, skewMicros } = options;
    const surroundings = { world, network, system, store, roleNames, skewMicros };
    const process = (role: Role, instance: number): SimProcess => new SimProcess({ role, instance }, surroundings);
    const legacy = process('legacy', 1);
    const services = Array.from({ length: options.serviceInstances }, (_, index) => process('service', index + 1));
    this.#processes = { legacy: [legacy], service: services };
    network.connect(services);
    this.#nemesis = new Nemesis({ world, network, provider, rig: this.#rig, processes: this.#processes });
    this.#user = legacyClient(world, legacy, network);
  }

  /** The whole run. */
  async run(): Promise<void> {
    const { recorder } = this.#world;
    const processes = [...this.#processes.legacy, ...this.#processes.service];
    for (const put of this.#options.seeds) put(this.#store);
    for (const process of processes) process.start();
    askAtWakes(this.#world, processes, { flip: () => this.#flipAll(), redeliver: () => this.#redeliver() });
    this.#noteBalances();
    recorder.note({
      kind: 'privileges',
      role: this.#options.roleNames.service,
      writable: [...this.#options.writable],
    });
    await Promise.all(this.#options.actions.map((action) => this.#performAt(action)));
    await Promise.all(this.#extra);
    await this.#world.engine.rest();
    this.#world.decider.close();
    this.#world.flagUses.push(this.#world.nowMicros);
    this.#nemesis.healAll();
    await this.#comeToRest();
  }

  async #performAt(action: Action): Promise<void> {
    await this.#world.sleepMs(action.atMs);
    await this.#perform(action);
  }

  async #perform(action: Action): Promise<void> {
    switch (action.kind) {
      case 'apply':
        return this.#nemesis.apply(action.fault);
      case 'heal':
        return this.#nemesis.heal(action.fault);
      case 'crash':
        return this.#nemesis.crash(action.process);
      case 'restart':
        return this.#nemesis.restart(action.process);
      case 'flip':
        return this.#flip(action.tenant, action.mode);
      case 'trigger':
        return this.#trigger(action.campaign);
    }
  }

  async #flip(tenant: string, mode: string): Promise<void> {
    const { plan, recorder, nowMicros } = this.#world;
    const tenantId = plan.tenants.find((candidate) => candidate.key === tenant)?.tenantId ?? 0;
    await flagMode(this.#rig, tenantId, mode);
    recorder.span({ kind: 'flip', tenant, mode }, nowMicros);
  }

  async #trigger(campaign: string): Promise<void> {
    const { recorder, plan } = this.#world;
    const delivery = (this.#deliveries.get(campaign) ?? 0) + 1;
    this.#deliveries.set(campaign, delivery);
    recorder.note({ kind: 'trigger', campaign, delivery });
    const answer = await this.#user.post(`/campaigns/${plan.campaignIds.get(campaign) ?? 0}/send`);
    const elapsedMs = (this.#world.nowMicros - answer.startedMicros) / 1_000;
    const { status, body } = answer;
    recorder.note({ kind: 'user-response', campaign, delivery, status, body, elapsedMs });
  }

  /** By a decision: every tenant's mode goes on to the next. */
  #flipAll(): void {
    const flags = this.#store.committed('feature_flags');
    for (const { key, tenantId } of this.#world.plan.tenants) {
      const mode = flags.find((flag) => flag.tenant_id === tenantId)?.mode;
      const next = MODES[(MODES.findIndex((candidate) => candidate === mode) + 1) % MODES.length] ?? 'OFF';
      this.#extra.push(this.#flip(key, next));
    }
  }

  /** By a decision: what was triggered is triggered again. */
  #redeliver(): void {
    const atMs = Math.floor(this.#world.nowMicros / 1_000);
    for (const campaign of this.#deliveries.keys()) {
      this.#world.decidedFaults.push({ kind: 'redelivery', campaign, atMs });
      this.#extra.push(this.#trigger(campaign));
    }
  }

  /** Waits until nothing moves by itself, lets the system recover, and takes the cut at which loss is judged. */
  async #comeToRest(): Promise<void> {
    const { engine, recorder, scenario, plan, settings, decidedFaults } = this.#world;
    const faults = [...scenario.faults, ...decidedFaults];
    const { providerTimeoutMs } = settings.service;
    // Beyond that the run rests until nothing is under way any more.
    await this.#world.sleepMs(quiescenceMs(faults, { providerTimeoutMs, leastMs: LEAST_QUIESCENCE_MS }));
    await engine.rest();
    await this.#recover();
    await engine.rest();
    recorder.note({ kind: 'quiescent' });
    this.#noteBalances();
    if (!scenario.steps.some((step) => step.kind === 'reconcile')) return;
    await tamper({ store: this.#store, rig: this.#rig }, scenario, plan);
    await this.#reconcile();
  }

  async #recover(): Promise<void> {
    const { recorder, settings } = this.#world;
    for (let round = 1; round <= MOST_ROUNDS; round += 1) {
      const answer = await this.#user.post('/recover');
      const report = recoveryReport(answer);
      recorder.span({ kind: 'recover', round, report }, answer.startedMicros);
      if (isDone(report)) return;
      const waitMs = pauseMs(report, settings.legacy);
      if (waitMs > 0) await this.#world.sleepMs(waitMs);
    }
  }

  async #reconcile(): Promise<void> {
    const answer = await this.#user.post('/reconcile');
    this.#world.recorder.span({ kind: 'reconciliation', mismatches: reportedMismatches(answer) }, answer.startedMicros);
  }

  #noteBalances(): void {
    for (const { tenant, units } of balances(this.#store, this.#world.plan)) {
      this.#world.recorder.note({ kind: 'balance', tenant, units });
    }
  }
}
