// onesend demo: one message, one slow answer, two systems. The runbook as written sends twice, the repaired protocol does not.
import { type DemoSide, renderDemo } from '../../../reports/demo.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import type { DemoReport } from '../../formats/demo.ts';
import type { History } from '../../formats/history.ts';
import { sendsMax } from '../../history/sends.ts';
import { campaignScenario } from '../../generators/campaign-scenario.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { withLane } from '../open-lane.ts';

const headline = "One message in mode ON; the service's answers take 700 ms, the legacy app waits 500 ms.";

const scenario = campaignScenario({
  name: 'a slow answer',
  tenant: 'acme',
  campaign: 'spring',
  atMs: 100,
  faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, fromMs: 0, untilMs: 2_000 }],
});

/** Shows both systems under the same fault. Inconclusive when it does not show what it is there to show, as on a machine that is loaded. */
export const demoCommand: RunCommand<CommonFlags> = async (flags, context) => {
  const [asWritten, reference] = await bothOrNeither(
    runOn('as-written', { flags, context }),
    runOn('reference', { flags, context }),
  );
  const sends = { asWritten: sendsMax(asWritten), reference: sendsMax(reference) };
  const isShown = sends.asWritten === 2 && sends.reference === 1;
  const document: DemoReport = { format: 'onesend.demo/2', isShown, sends, histories: { asWritten, reference } };
  const sides: [DemoSide, DemoSide] = [
    { title: 'the runbook as written', history: asWritten, findings: [] },
    { title: 'the repaired protocol', history: reference, findings: [] },
  ];
  context.screen.result(document, () => renderDemo({ headline, sides }, context.screen.render));
  return isShown ? EXIT_CODES.pass : EXIT_CODES.inconclusive;
};

/** Waits for both even when one fails: the other must have closed its lane before the command ends. */
async function bothOrNeither<T>(left: Promise<T>, right: Promise<T>): Promise<[T, T]> {
  await Promise.allSettled([left, right]);
  return [await left, await right];
}

async function runOn(
  system: string,
  { flags, context }: { flags: CommonFlags; context: CommandContext },
): Promise<History> {
  return withLane({ system, flags, runs: 1, context }, async ({ executor }) => {
    const outcome = await executor.run({ scenario, deviations: [] }, { signal: context.signal });
    if (outcome.kind === 'history') return outcome.history;
    throw new InfrastructureError(`the demo could not run on ${system}: ${outcome.message}`);
  });
}
