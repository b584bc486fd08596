// The walk through the steps of a check: each is done once, and not tried when a step that it needs failed.
import { DatabaseError } from 'pg';
import { type CheckStep, CHECK_STEP_NAMES, type CheckStepName } from '../../formats/check.ts';
import type { Credential } from '../../formats/credential.ts';
import { InterruptedError, OnesendError } from '../../platform/errors.ts';
import { masked } from '../masking.ts';

/** The outcome of a step. */
export type StepResult = Pick<CheckStep, 'finding'> & {
  readonly outcome: 'ok' | 'failed' | 'not-applicable';
  readonly hint?: string;
  readonly details?: readonly string[];
};

/** A step that succeeded. */
export function ok(finding: string): StepResult {
  return { outcome: 'ok', finding };
}

/** Whether a step succeeded. */
export function isOk({ outcome }: StepResult): boolean {
  return outcome === 'ok';
}

/** A step that failed: what was found, and what to change. */
export function failed(finding: string, hint: string, details: readonly string[] = []): StepResult {
  return { outcome: 'failed', finding, hint, details };
}

/** A step about something that the pair does not have. */
export function notApplicable(finding: string): StepResult {
  return { outcome: 'not-applicable', finding };
}

/** Does the steps of a check, and keeps their outcomes. */
export class Walk {
  readonly #steps = new Map<CheckStepName, CheckStep>();
  readonly #onStep: (step: CheckStep) => void;
  readonly #credentials: readonly Credential[];
  #beside: () => string[] = () => [];

  /** `onStep` is called with each step when it ends. Credentials are masked in every step. */
  constructor(onStep: (step: CheckStep) => void, credentials: readonly Credential[] = []) {
    this.#onStep = onStep;
    this.#credentials = credentials;
  }

  /** All steps so far, in the order of the catalogue. */
  get steps(): CheckStep[] {
    return CHECK_STEP_NAMES.flatMap((name) => this.#steps.get(name) ?? []);
  }

  /** Whether a step has succeeded. */
  isOk(name: CheckStepName): boolean {
    return this.#steps.get(name)?.outcome === 'ok';
  }

  /** Whether a step blocks those that need it. A step that does not apply to the pair does not block. */
  #blocks(name: CheckStepName): boolean {
    return !this.isOk(name) && this.#steps.get(name)?.outcome !== 'not-applicable';
  }

  /** From here on each step that fails shows these lines too. */
  showBeside(lines: () => string[]): void {
    this.#beside = lines;
  }

  /** Does a step, unless a step that it needs blocks it. Operating and database errors make it fail, except an InterruptedError. */
  async step(
    name: CheckStepName,
    needs: readonly CheckStepName[],
    work: () => Promise<StepResult> | StepResult,
  ): Promise<void> {
    const missing = needs.find((needed) => this.#blocks(needed));
    if (missing !== undefined) return this.#skip(name, missing);
    const { details = [], ...result } = await attempt(work);
    const beside = result.outcome === 'failed' ? this.#beside() : [];
    this.#note({ step: name, ...result, details: [...details, ...beside] });
  }

  /** Marks every step without an outcome as not tried, because of the first step that failed. */
  skipTheRest(): void {
    const cause = this.steps.find(({ outcome }) => outcome === 'failed')?.step ?? 'servers';
    for (const name of CHECK_STEP_NAMES) if (!this.#steps.has(name)) this.#skip(name, cause);
  }

  #skip(step: CheckStepName, missing: CheckStepName): void {
    // If the missing step was not tried either, the finding names the step that blocked it.
    const before = this.#steps.get(missing);
    const finding = before?.outcome === 'not-tried' ? before.finding : `it needs '${missing}'`;
    this.#note({ step, outcome: 'not-tried', finding, details: [] });
  }

  #note(noted: CheckStep): void {
    const step = masked(noted, this.#credentials);
    this.#steps.set(step.step, step);
    this.#onStep(step);
  }
}

async function attempt(work: () => Promise<StepResult> | StepResult): Promise<StepResult> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    if (error instanceof OnesendError) return failed(error.message, error.hint ?? 'see docs/systems.md', error.details);
    if (error instanceof DatabaseError) return failed(error.message, 'see docs/systems.md');
    throw error;
  }
}
