// onesend check: tries the description of a pair step by step, and prints which step fails, why, and what to change.
import { checkAnnotationLines } from '../../../reports/annotations.ts';
import { checkLines, checkVerdict } from '../../../reports/check.ts';
import { ignoreCallerVariables } from '../../live/caller-variables.ts';
import type { CheckReport } from '../../formats/check.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { PROPERTY_IDS } from '../../formats/finding.ts';
import { hiddenProperties } from '../../formats/property-catalogue.ts';
import type { RunCommand } from '../command.ts';
import type { CommonFlags, OutputFlags } from '../flags.ts';
import { showOnGithub } from '../github.ts';
import { loadNamed, systemOrConfig } from '../open-lane.ts';

/** The flags of `check`. */
export type CheckFlags = OutputFlags & Pick<CommonFlags, 'system' | 'infra'>;

/** Checks a pair. Exit code 2 if a step fails, or if no property can be judged. */
export const checkCommand: RunCommand<CheckFlags> = async (flags, context) => {
  const { screen, signal } = context;
  const { description } = await loadNamed(systemOrConfig(flags.system, context));
  ignoreCallerVariables(flags.infra);
  // Loaded only now: its libraries read those variables when they are loaded.
  const { checkPair } = await import('../../live/check/check-pair.ts');
  const steps = await checkPair({
    description,
    infrastructure: flags.infra,
    signal,
    onProgress: (line) => screen.status(line),
    onStep: (step) => screen.more(() => checkLines(step, screen.render).join('\n')),
  });
  screen.clearStatus();
  const readings = { ...description.readings };
  const hidden = hiddenProperties(description.vantages);
  const isGood = steps.every(({ outcome }) => outcome !== 'failed') && hidden.length < PROPERTY_IDS.length;
  const report: CheckReport = {
    format: 'onesend.check/1',
    system: description.name,
    isGood,
    readings,
    steps,
    hidden,
  };
  screen.result(report, () => checkVerdict(report, screen.render));
  await showOnGithub({ summary: () => '', annotations: () => checkAnnotationLines(report) }, context);
  return isGood ? EXIT_CODES.pass : EXIT_CODES.usage;
};
