// onesend check: tries the description of a pair step by step, and says which step fails, why, and what to change.
import { checkLines } from '../../../reports/check.ts';
import { ignoreCallerVariables } from '../../live/caller-variables.ts';
import type { CheckReport } from '../../formats/check.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { RunCommand } from '../command.ts';
import type { CommonFlags, OutputFlags } from '../flags.ts';
import { loadNamed, systemOrConfig } from '../open-lane.ts';

/** What `check` takes. */
export type CheckFlags = OutputFlags & Pick<CommonFlags, 'system' | 'infra'>;

/** Checks a pair. Exit code 2 when a step fails. */
export const checkCommand: RunCommand<CheckFlags> = async (flags, context) => {
  const { screen, signal } = context;
  const { description } = await loadNamed(systemOrConfig(flags.system, context));
  ignoreCallerVariables(flags.infra);
  // Loaded now, when the libraries no longer see those variables.
  const { checkPair } = await import('../../live/check/check-pair.ts');
  const steps = await checkPair({
    description,
    infrastructure: flags.infra,
    signal,
    onProgress: (line) => screen.status(line),
    onStep: (step) => screen.more(() => checkLines(step, screen.render).join('\n')),
  });
  screen.clearStatus();
  const isGood = steps.every(({ outcome }) => outcome !== 'failed');
  const report: CheckReport = { format: 'onesend.check/1', system: description.name, isGood, steps };
  screen.result(report, () => verdictOf(report));
  return isGood ? EXIT_CODES.pass : EXIT_CODES.usage;
};

function verdictOf({ system, steps }: CheckReport): string {
  const failures = steps.filter(({ outcome }) => outcome === 'failed');
  if (failures.length === 0) return `${system} can be certified: onesend certify`;
  return `${system} cannot be certified yet: ${failures.length === 1 ? '1 step' : `${failures.length} steps`} FAILED.`;
}
