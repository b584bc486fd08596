// The script of one run, the same on both lanes: perform the steps and faults, heal, wait until both systems are idle, recover, and record
// the quiescent state. The port `Stage` hides the lane.
import type { Scenario } from '../formats/scenario.ts';
import { isDone, pauseMs, recoveryReport, RECOVERY_ROUNDS_MAX, reportedMismatches } from './rig-answers.ts';
import type { RunPlan } from './run-plan.ts';
import { type ScheduledAction, quiescenceMs } from './schedule.ts';
import type { Stage } from './stage.ts';

/** What a run performs. */
export interface Script {
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  /** The steps and faults of the scenario in order of time. */
  readonly actions: readonly ScheduledAction[];
}

/** Recovery runs without faults, so the calls that it makes, such as rehearsals, end soon after their budget: within this margin. */
const RECOVERY_MARGIN_MS = 500;

/** One run of a script. */
export class Play {
  readonly #stage: Stage;
  readonly #script: Script;
  /** How often each campaign was triggered. */
  readonly #deliveries = new Map<string, number>();
  /** How many rounds of recovery were requested. */
  #rounds = 0;
  /** The flips and triggers that the lane added to the script's own actions. */
  readonly #additional: Promise<void>[] = [];

  constructor(stage: Stage, script: Script) {
    this.#stage = stage;
    this.#script = script;
  }

  /** The campaigns that were triggered so far. */
  get triggered(): Iterable<string> {
    return this.#deliveries.keys();
  }

  /** Performs the whole run. */
  async run(): Promise<void> {
    const stage = this.#stage;
    const { actions } = this.#script;
    await stage.prepare();
    // A network fault does not affect requests in flight when it is applied. Faults that begin at 0 are therefore in force before the
    // clock starts, on both lanes.
    for (const action of actions) if (isPreparation(action)) await this.#perform(action);
    stage.startClock();
    const timed = actions.filter((action) => !isPreparation(action));
    await Promise.all(timed.map((action) => this.#performInTime(action)));
    await Promise.all(this.#additional);
    await stage.endFaults();
    if (stage.timings.quiescenceMsMin > 0) await this.#takeCut();
  }

  /** Performs a flip that the lane has decided on. Faults do not end before the flip is done. */
  addFlip(tenant: string, mode: string): void {
    this.#additional.push(this.#flip(tenant, mode));
  }

  /** Performs a redelivery that the lane has decided on. Faults do not end before it is answered. */
  addTrigger(campaign: string): void {
    this.#additional.push(this.#trigger(campaign));
  }

  async #performInTime(action: ScheduledAction): Promise<void> {
    await this.#stage.until(action.atMs);
    await this.#perform(action);
  }

  #perform(action: ScheduledAction): Promise<unknown> {
    switch (action.kind) {
      case 'apply':
        return this.#stage.apply(action.fault);
      case 'heal':
        return this.#stage.heal(action.fault);
      case 'crash':
        return this.#stage.crash(action.process);
      case 'terminate':
        return this.#stage.terminate(action.process, action.graceMs);
      case 'restart':
        return this.#stage.restart(action.process);
      case 'flip':
        return this.#flip(action.tenant, action.mode);
      case 'trigger':
        return this.#trigger(action.campaign);
      case 'recover':
        return this.#recoverOnce();
      case 'reconcile':
        return this.#reconcile();
    }
  }

  async #flip(tenant: string, mode: string): Promise<void> {
    const stage = this.#stage;
    const { tenants } = this.#script.plan;
    const fromMicros = stage.nowMicros();
    await stage.flagMode(tenants.find(({ key }) => key === tenant)?.tenantId ?? 0, mode);
    stage.span({ kind: 'flip', tenant, mode }, { fromMicros, toMicros: stage.nowMicros() });
  }

  async #trigger(campaign: string): Promise<void> {
    const stage = this.#stage;
    const { campaignIds, items } = this.#script.plan;
    const delivery = (this.#deliveries.get(campaign) ?? 0) + 1;
    this.#deliveries.set(campaign, delivery);
    stage.note({ kind: 'trigger', campaign, delivery });
    const { status, body, startedMicros, endedMicros } = await stage.trigger({
      campaignId: campaignIds.get(campaign) ?? 0,
      tenantId: items.find((item) => item.campaign === campaign)?.tenantId ?? 0,
    });
    const elapsedMs = (endedMicros - startedMicros) / 1_000;
    stage.note({ kind: 'user-response', campaign, delivery, status, body, elapsedMs }, endedMicros);
  }

  /** Waits until nothing is in flight, runs recovery, and records the quiescent state in which loss is judged. */
  async #takeCut(): Promise<void> {
    const stage = this.#stage;
    const { steps } = this.#script.scenario;
    const { providerTimeoutMs, quiescenceMsMin, budgetMs } = stage.timings;
    await stage.sleepMs(quiescenceMs({ steps, faults: stage.faults }, { providerTimeoutMs, leastMs: quiescenceMsMin }));
    await stage.rest(0);
    const rounds = await this.#recover();
    // The last round finds nothing to do. When it is also the first, recovery has started no work to wait for.
    await stage.rest(rounds > 1 ? budgetMs + RECOVERY_MARGIN_MS : 0);
    stage.note({ kind: 'quiescent' });
    await stage.noteBalances();
    if (!steps.some((step) => step.kind === 'reconcile' && step.atMs === undefined)) return;
    await this.#tamper();
    await this.#reconcile();
  }

  /** Runs rounds of recovery until one did nothing and left nothing pending. Returns their number; 0 when the system has no recovery. */
  async #recover(): Promise<number> {
    const stage = this.#stage;
    for (let rounds = 1; rounds <= RECOVERY_ROUNDS_MAX; rounds += 1) {
      const report = await this.#recoverOnce();
      if (report === undefined) return 0;
      if (isDone(report)) return rounds;
      const waitMs = pauseMs(report, stage.timings);
      if (waitMs > 0) await stage.sleepMs(waitMs);
    }
    return RECOVERY_ROUNDS_MAX;
  }

  /** Runs one round and returns its report: null when none could be read, undefined when the system has no recovery. */
  async #recoverOnce(): Promise<ReturnType<typeof recoveryReport> | undefined> {
    const stage = this.#stage;
    this.#rounds += 1;
    const round = this.#rounds;
    const answer = await stage.recover();
    if (answer === undefined) return undefined;
    const report = recoveryReport(answer);
    stage.span({ kind: 'recover', round, report }, { fromMicros: answer.startedMicros, toMicros: answer.endedMicros });
    return report;
  }

  async #tamper(): Promise<void> {
    const { scenario, plan } = this.#script;
    for (const fault of scenario.faults) {
      if (fault.kind !== 'tamper') continue;
      const item = plan.items.find((candidate) => candidate.item === fault.item);
      if (item === undefined) throw new Error(`no item ${fault.item} in the scenario`);
      await this.#stage.tamper(item, fault.mismatch);
    }
  }

  async #reconcile(): Promise<void> {
    const stage = this.#stage;
    const answer = await stage.reconcile();
    if (answer === undefined) return;
    const span = { fromMicros: answer.startedMicros, toMicros: answer.endedMicros };
    stage.span({ kind: 'reconciliation', mismatches: reportedMismatches(answer) }, span);
  }
}

function isPreparation(action: ScheduledAction): boolean {
  return action.kind === 'apply' && action.atMs === 0;
}
