// A stage that performs nothing: it records each call of the script as one line, and answers as a test configures.
import type { Scenario } from '../formats/scenario.ts';
import { planRun } from './run-plan.ts';
import { schedule } from './schedule.ts';
import type { Script } from './play.ts';
import type { ScriptEvent, Stage, StageTimings } from './stage.ts';
import type { UserAnswer } from './user.ts';

/** What a test can configure. */
export interface ScriptedAnswers {
  readonly timings?: Partial<StageTimings>;
  /** The answers to the rounds of recovery; the last one also answers later rounds. Without it the system has no recovery. */
  readonly recovery?: readonly string[];
  /** The answer to the reconciliation. Without it the system has no reconciliation. */
  readonly reconciliation?: string;
  /** Called with each line before it is recorded. */
  readonly onLine?: (line: string) => Promise<void> | void;
}

/** The stage with what it recorded. */
export interface ScriptedStage extends Stage {
  readonly lines: readonly string[];
  readonly events: readonly ScriptEvent[];
}

/** The script of a scenario, as a lane makes it. */
export function scriptOf(scenario: Scenario): Script {
  return { scenario, plan: planRun(scenario), actions: schedule(scenario) };
}

/** Makes the stage for a scenario. */
export function scriptedStage({ faults }: Scenario, answers: ScriptedAnswers = {}): ScriptedStage {
  const lines: string[] = [];
  const events: ScriptEvent[] = [];
  let rounds = 0;
  const write = async (line: string): Promise<void> => {
    await answers.onLine?.(line);
    lines.push(line);
  };
  const answered = async (line: string, body: string): Promise<UserAnswer> => {
    await write(line);
    return { status: 200, body, startedMicros: 1_000, endedMicros: 3_500 };
  };
  return {
    lines,
    events,
    timings: {
      budgetMs: 500,
      leaseMs: 800,
      surfaceAfterMs: 1_500,
      providerTimeoutMs: 1_000,
      quiescenceMsMin: 2_000,
      ...answers.timings,
    },
    faults,
    prepare: () => write('prepare'),
    startClock: () => void lines.push('clock'),
    nowMicros: () => 0,
    until: (atMs) => write(`until ${atMs}`),
    sleepMs: (ms) => write(`sleep ${ms}`),
    rest: (boundMs) => write(`rest ${boundMs}`),
    note: (event) => void events.push(event),
    span: (event) => void events.push(event),
    noteBalances: () => write('balances'),
    apply: (fault) => write(`apply ${fault}`),
    heal: (fault) => write(`heal ${fault}`),
    crash: (role) => write(`crash ${role}`),
    terminate: (role, graceMs) => write(`terminate ${role} ${graceMs}`),
    restart: (role) => write(`restart ${role}`),
    endFaults: () => write('end faults'),
    flagMode: (tenantId, mode) => write(`flag ${tenantId} ${mode}`),
    trigger: ({ campaignId, tenantId }) => answered(`trigger ${campaignId} of ${tenantId}`, '{}'),
    async recover() {
      rounds += 1;
      const { recovery } = answers;
      if (recovery === undefined) return undefined;
      return answered('recover', recovery[rounds - 1] ?? recovery.at(-1) ?? '');
    },
    reconcile: async () =>
      answers.reconciliation === undefined ? undefined : answered('reconcile', answers.reconciliation),
    tamper: ({ item }, mismatch) => write(`tamper ${item} ${mismatch}`),
  };
}
