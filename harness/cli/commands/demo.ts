// onesend demo: one message and one slow answer, on two systems. The runbook as written sends twice, the repaired protocol once.
import { dirname, join, resolve } from 'node:path';
import { type DemoSide, renderDemo } from '../../../reports/demo.ts';
import { renderDemoPage } from '../../../reports/html/demo-page.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { judge, type Judgement } from '../../evidence/judge.ts';
import type { DemoReport } from '../../formats/demo.ts';
import { sendsMax } from '../../history/sends.ts';
import { campaignScenario } from '../../generators/campaign-scenario.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { InfrastructureError } from '../../platform/errors.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { writeWhole } from '../../platform/write-whole.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { type Failure, failureOf } from '../error-line.ts';
import { exitCodeAfterFailure } from '../exit-code.ts';
import type { CommonFlags } from '../flags.ts';
import { withLane } from '../open-lane.ts';
import { unwritable } from '../output-folder.ts';
import { onesendVersion } from '../versions.ts';

/** The file name of the page. */
const PAGE = 'demo.html';

const headline = "One message in mode ON; the service's answers take 700 ms, the legacy app waits 500 ms.";

const scenario = campaignScenario({
  name: 'a slow answer',
  tenant: 'acme',
  campaign: 'spring',
  atMs: 100,
  faults: [{ kind: 'latency', stream: 'downstream', latencyMs: 700, jitterMs: 0, fromMs: 0, untilMs: 2_000 }],
});

/** Shows both systems under the same fault. Exit code 3 if they do not send twice and once, as can happen on a busy machine. */
export const demoCommand: RunCommand<CommonFlags> = async (flags, context) => {
  const [asWritten, reference] = await settleBoth(
    runOn('as-written', { flags, context }),
    runOn('reference', { flags, context }),
  );
  const sends = { asWritten: sendsMax(asWritten.history), reference: sendsMax(reference.history) };
  const isShown = sends.asWritten === 2 && sends.reference === 1;
  const sides: [DemoSide, DemoSide] = [
    { title: 'the runbook as written', ...asWritten },
    { title: 'the repaired protocol', ...reference },
  ];
  const page = join(flags.out, PAGE);
  const failure = await writePage(page, renderDemoPage({ headline, sides }, { version: onesendVersion() }));
  const document: DemoReport = {
    format: 'onesend.demo/2',
    isShown,
    sends,
    histories: { asWritten: asWritten.history, reference: reference.history },
    ...(failure === undefined ? { page } : {}),
  };
  const { screen } = context;
  screen.result(document, () => renderDemo({ headline, sides }, screen.render));
  const exitCode = isShown ? EXIT_CODES.pass : EXIT_CODES.inconclusive;
  if (failure === undefined) {
    screen.more(() => `\npage: ${page}`);
    return exitCode;
  }
  screen.note(failure.text);
  return exitCodeAfterFailure(exitCode, failure.exitCode);
};

/** Writes the page, and returns the failure, if any. The file appears whole or not at all, so the folder needs no lock. */
async function writePage(path: string, html: string): Promise<Failure | undefined> {
  try {
    await makeFolder(dirname(resolve(path)));
    await writeWhole(path, html);
    return undefined;
  } catch (cause) {
    return failureOf(unwritable(path, cause));
  }
}

/** Waits for both even if one fails, because the other must close its lane before the command ends. */
async function settleBoth<T>(left: Promise<T>, right: Promise<T>): Promise<[T, T]> {
  await Promise.allSettled([left, right]);
  return [await left, await right];
}

async function runOn(
  system: string,
  { flags, context }: { flags: CommonFlags; context: CommandContext },
): Promise<Judgement> {
  return withLane({ system, flags, runs: 1, context }, async ({ executor }) => {
    const outcome = await executor.run({ scenario, deviations: [] }, { signal: context.signal });
    if (outcome.kind === 'history') return judge({ ...outcome, scenario }, checkersOracle);
    throw new InfrastructureError(`the demo could not run on ${system}: ${outcome.message}`);
  });
}
