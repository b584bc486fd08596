// Checks a description step by step, on the live lane: servers, template, one slot with its processes, runs of few messages.
import { type Role, ROLES } from '../../../src/contract/message.ts';
import { isAbsent } from '../../faults/absent.ts';
import type { CheckStep, CheckStepName } from '../../formats/check.ts';
import { refusalOfCredentials } from '../../formats/credential.ts';
import type { History } from '../../formats/history.ts';
import type { SystemDescription } from '../../formats/system-description.ts';
import { isDisturbed } from '../disturbed.ts';
import { openEgress } from '../egress/egress.ts';
import { ledWords } from '../egress/led-words.ts';
import { REFUSED_HINT, refusedWords, takeRefused } from '../egress/refused.ts';
import type { Infrastructure, InfrastructureName } from '../infrastructure.ts';
import { type LaneTemplate, prepareTemplate, type TemplateStep } from '../lane-template.ts';
import { type Opening, openServers, openTogether, type Servers } from '../opening.ts';
import { nameRoles } from '../run-names.ts';
import { type LaneContext, runContext, runInSlot } from '../scenario-run.ts';
import { openSlot, type Slot } from '../slot.ts';
import { calls } from './read-calls.ts';
import * as read from './read-run.ts';
import { fallbackLine, rehearsalLine } from './read-log.ts';
import { BREAKER_SCENARIO, modesScenario, REFUSED_SCENARIO } from './scenarios.ts';
import { checkConcurrency } from './concurrency.ts';
import { judged, judgedRun } from './judged-run.ts';
import { checkReconciliation, type ReconcileTrial } from './reconcile-step.ts';
import { checkFlush, checkGrants, checkQueue, checkReset, checkRest, checkSeed, withAnswer } from './slot-steps.ts';
import { inDoubt, tryStep, tryUntil } from './tries.ts';
import { failed, notApplicable, ok, type StepResult, Walk } from './walk.ts';

/** How to check. */
export interface CheckOptions {
  readonly description: SystemDescription;
  /** The name of the infrastructure to open for this check, or an open one, which its owner closes. */
  readonly infrastructure: InfrastructureName | Infrastructure;
  /** How long a process may take until it serves; unless given, as long as on the lane. */
  readonly readyTimeoutMs?: number;
  onProgress?(line: string): void;
  /** Called with each step when it ends. */
  onStep?(step: CheckStep): void;
  /** Ends the check with an InterruptedError. */
  readonly signal?: AbortSignal;
}

/** The steps that must succeed before a message is sent. */
const STARTED = ['grants', 'seed', 'queue', 'start legacy', 'start service'] as const;

/** The steps that must succeed before the effects of the triggers are judged. */
const TRIGGERED = ['trigger OFF', 'trigger SHADOW', 'trigger ON'] as const;

/** Checks a description. Throws an InfrastructureError when the servers do not start; other failures are in the returned steps. */
export async function checkPair(options: CheckOptions): Promise<CheckStep[]> {
  const { credentials } = options.description;
  return openTogether(options, async (opening) => {
    const walk = new Walk((step) => options.onStep?.(step), credentials);
    await walk.step('credentials', [], () => checkCredentials(options.description));
    const servers = await openServers({ infrastructure: options.infrastructure, slots: 1 }, opening);
    const { infrastructure } = servers;
    await walk.step('servers', [], () => ok(`PostgreSQL ${infrastructure.postgres.version}`));
    await new PairCheck({ ...options, ...servers, opening, walk }).run();
    opening.onProgress('ending processes');
    await opening.close();
    return walk.steps;
  });
}

/** What one check works with. */
interface CheckParts extends CheckOptions, Servers {
  readonly infrastructure: Infrastructure;
  readonly opening: Opening;
  readonly walk: Walk;
}

/** One running check. */
class PairCheck {
  readonly #parts: CheckParts;
  readonly #description: SystemDescription;

  constructor(parts: CheckParts) {
    this.#parts = parts;
    this.#description = nameRoles(parts.description, parts.infrastructure.names);
  }

  async run(): Promise<void> {
    const { walk, infrastructure, observatory, opening, readyTimeoutMs } = this.#parts;
    const template = await this.#template();
    if (template === undefined) return walk.skipTheRest();
    const { guard } = opening;
    const { passwords, privileges } = template;
    const description = this.#description;
    const egress = await openEgress(description, guard);
    const shared = { description, infrastructure, observatory, guard, egress, passwords, readyTimeoutMs };
    const slot = await openSlot(1, shared);
    opening.closers.push(() => slot.close());
    await walk.step('grants', [], () => checkGrants(slot));
    await walk.step('seed', [], () => checkSeed(slot));
    await this.#queue(slot);
    await Promise.all(ROLES.map((role) => walk.step(`start ${role}`, ['credentials'], () => this.#start(slot, role))));
    // The error of a process that does not start shows its log files already.
    walk.showBeside(() => ROLES.flatMap((role) => slot.processes[role].loggedInFiles()));
    await this.#send(slot, runContext(shared, privileges));
    await walk.step('egress', STARTED, () => checkEgress(slot));
    await walk.step('reset', ['seed'], () => checkReset(slot));
  }

  /** Makes the template in several steps; undefined when one of them failed. */
  async #template(): Promise<LaneTemplate | undefined> {
    const { walk, infrastructure, opening } = this.#parts;
    const description = this.#description;
    opening.onProgress(`setting up the database of ${description.name}`);
    const during = async (step: TemplateStep, work: () => Promise<void>): Promise<void> => {
      await walk.step(step, [], async () => {
        await work();
        return ok(DONE[step](description));
      });
      if (!walk.isOk(step)) throw new StepFailedError();
    };
    const { template: name } = infrastructure.names;
    try {
      return await prepareTemplate(infrastructure.postgres, { name, description, guard: opening.guard, during });
    } catch (error) {
      if (error instanceof StepFailedError) return undefined;
      throw error;
    }
  }

  async #start(slot: Slot, role: Role): Promise<StepResult> {
    const { opening } = this.#parts;
    opening.over.signal.throwIfAborted();
    const { readyPath } = this.#description.processes[role];
    opening.onProgress(`starting the ${role} process and waiting until it answers ${readyPath}`);
    await slot.processes[role].start();
    return ok(`it answers ${readyPath}`);
  }

  /** Sends messages, and judges the steps by what was seen. */
  async #send(slot: Slot, context: LaneContext): Promise<void> {
    const { walk } = this.#parts;
    const { recover, reconcile, protocol, trigger } = this.#description;
    let seen: History | undefined;
    await walk.step('trigger OFF', STARTED, async () => {
      seen = await this.#runModes(slot, context);
      return inDoubt(await judged(seen, (run) => read.trigger(run, 'OFF', trigger)));
    });
    const history = seen;
    const step = (
      name: CheckStepName,
      needs: readonly CheckStepName[],
      reader: (history: History) => StepResult | Promise<StepResult>,
    ) =>
      history === undefined
        ? walk.step(name, ['trigger OFF'], () => ok(''))
        : walk.step(name, needs, async () => inDoubt(await judged(history, reader)));
    await step('trigger SHADOW', ['trigger OFF'], (run) => read.trigger(run, 'SHADOW', trigger));
    await step('trigger ON', ['trigger OFF'], (run) => read.trigger(run, 'ON', trigger));
    await step('calls', TRIGGERED, (run) => calls(run, protocol));
    await step('sends', ['calls'], read.sends);
    await step('uuids', ['calls'], read.entryUuids);
    await step('rows', ['uuids'], read.loggedRows);
    await step('words', ['calls'], read.statusWords);
    await step('flip', ['sends'], read.readFlag);
    await walk.step('rest', ['sends'], () => checkRest(slot));
    await this.#flush(slot);
    await walk.step('side by side', ['sends'], () => this.#concurrency(slot));
    await this.#breaker(slot, context);
    await (recover === undefined
      ? this.#absent('recover', 'recover')
      : step('recover', ['trigger OFF'], (run) => withAnswer(slot, recover, read.recover(run))));
    await (reconcile === undefined
      ? this.#absent('reconcile', 'reconcile')
      : step('reconcile', ['trigger OFF'], (run) => this.#reconcile(slot, { reconcile, history: run, context })));
    await step('log rehearsal', ['uuids'], (run) => this.#ifLogIsRead(() => rehearsalLine(run)));
    await walk.step('log fallback', ['sends'], () => this.#ifLogIsRead(() => this.#fallbackLine(slot, context)));
  }

  #ifLogIsRead(judge: () => StepResult | Promise<StepResult>): StepResult | Promise<StepResult> {
    return this.#description.vantages.includes('log') ? judge() : notApplicable("`vantages` has no 'log'");
  }

  async #fallbackLine(slot: Slot, context: LaneContext): Promise<StepResult> {
    if (REFUSED_SCENARIO.faults.some((fault) => isAbsent(fault, this.#description.absent)))
      return notApplicable('no fallback is caused: `absent` has the refused call');
    this.#parts.opening.onProgress('refusing a call to the service, so that the legacy app falls back');
    return tryStep(() => judgedRun(slot, { scenario: REFUSED_SCENARIO, context, judge: fallbackLine }), 1);
  }

  #reconcile(slot: Slot, parts: Pick<ReconcileTrial, 'reconcile' | 'history' | 'context'>): Promise<StepResult> {
    this.#parts.opening.onProgress('removing a row that the reconciliation must report');
    return checkReconciliation(slot, { ...parts, sends: this.#parts.walk.isOk('sends') });
  }

  #concurrency(slot: Slot): Promise<StepResult> {
    this.#parts.opening.onProgress('asking for the ready path while a message waits for the service');
    return checkConcurrency(slot);
  }

  async #queue(slot: Slot): Promise<void> {
    if (this.#description.atRest.length === 0) return this.#absent('queue', 'atRest');
    await this.#parts.walk.step('queue', ['seed'], () => checkQueue(slot));
  }

  async #flush(slot: Slot): Promise<void> {
    const { flush, flipRead } = this.#description;
    if (flush.length === 0 && flipRead === undefined) return this.#absent('flush', 'flush');
    await this.#parts.walk.step('flush', STARTED, () => checkFlush(slot));
  }

  async #breaker(slot: Slot, context: LaneContext): Promise<void> {
    const { walk, opening } = this.#parts;
    if (this.#description.openBreaker === undefined) return this.#absent('breaker', 'openBreaker');
    await walk.step('breaker', ['calls'], async () => {
      opening.onProgress('sending a message past a breaker that is OPEN');
      // A message that enters late meets a breaker that already admits a probe.
      const early = { ...context, quiescenceMsMin: 0 };
      return tryStep(() => judgedRun(slot, { scenario: BREAKER_SCENARIO, context: early, judge: read.breaker }));
    });
  }

  #absent(step: CheckStepName, field: string): Promise<void> {
    return this.#parts.walk.step(step, [], () => notApplicable(`the description has no \`${field}\``));
  }

  /** Sends a message in each mode, and repeats that when the machine may have been too slow. */
  async #runModes(slot: Slot, context: LaneContext): Promise<History> {
    const { opening } = this.#parts;
    const scenario = modesScenario(this.#description.timings);
    const { result } = await tryUntil(
      (history) => !read.mayHaveBeenLate(history),
      async () => {
        opening.over.signal.throwIfAborted();
        opening.onProgress('sending a message in each mode, and one after a flip');
        const history = await runInSlot(slot, scenario, context);
        return { result: history, wasDisturbed: isDisturbed(history) };
      },
    );
    return result;
  }
}

/** Whether the systems may be started: with real credentials they could reach servers outside the rig. */
function checkCredentials({ name, credentials }: SystemDescription): StepResult {
  const refusal = refusalOfCredentials(name, credentials);
  if (refusal !== undefined) throw refusal;
  const places = credentials.map(({ place }) => place).join(', ');
  return ok(places === '' ? 'none was found' : `confirmed: ${places}`);
}

/** Whether the systems sent requests to hosts outside the rig. */
function checkEgress(slot: Slot): StepResult {
  const refused = refusedWords(takeRefused(slot));
  if (refused.length > 0) return failed(refused.join(', '), REFUSED_HINT);
  const led = ledWords(slot);
  return ok(['no other host was asked for', ...(led === undefined ? [] : [led])].join('; '));
}

/** What each step of the template reports when it succeeds. */
const DONE: Readonly<Record<TemplateStep, (description: SystemDescription) => string>> = {
  roles: ({ database: { roles } }) => `${roles.legacy} and ${roles.service}`,
  schema: () => '`database.setup` was applied',
  tables: ({ database: { tables } }) =>
    Object.values(tables)
      .map(({ name }) => name)
      .join(', '),
};

/** Ends the making of a template when a step has failed. The walk has the reason. */
class StepFailedError extends Error {}
