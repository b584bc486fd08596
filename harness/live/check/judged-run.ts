// A run of a check, judged as one of its steps.
import type { History } from '../../formats/history.ts';
import type { Scenario } from '../../formats/scenario.ts';
import { type Disturbable, isDisturbed } from '../disturbed.ts';
import { type LaneContext, runInSlot } from '../scenario-run.ts';
import type { Slot } from '../slot.ts';
import type { StepResult } from './walk.ts';

interface JudgedRun {
  readonly scenario: Scenario;
  readonly context: LaneContext;
  judge(history: History): StepResult | Promise<StepResult>;
}

/** Makes a run and judges it. */
export async function judgedRun(slot: Slot, { scenario, context, judge }: JudgedRun): Promise<Disturbable<StepResult>> {
  return judged(await runInSlot(slot, scenario, context), judge);
}

/** Judges a run that has ended. */
export async function judged(history: History, judge: JudgedRun['judge']): Promise<Disturbable<StepResult>> {
  return { result: await judge(history), wasDisturbed: isDisturbed(history) };
}
