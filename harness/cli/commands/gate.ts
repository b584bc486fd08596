// onesend gate [ID...]: the runbook's gates, each with its PASS or FAIL line.
import { renderGateLines } from '../../../reports/gate-lines.ts';
import { renderJunit } from '../../../reports/junit.ts';
import { countOf } from '../../../reports/wrap-text.ts';
import { GATES } from '../../../scenarios/gates/all-gates.ts';
import type { Counterexample } from '../../formats/counterexample.ts';
import type { GateReport } from '../../formats/gate.ts';
import { UsageError } from '../../platform/errors.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { type Gate, gatesExitCode, runGates } from '../../runner/gate.ts';
import { counterexamplesOf } from '../../runner/counterexample.ts';
import type { RunCommand } from '../command.ts';
import { keepFailures } from '../failures.ts';
import type { CommonFlags } from '../flags.ts';
import { baselineOf, writeTemplate } from '../baselines.ts';
import { handOver } from '../hand-over.ts';
import { suggestion } from '../../platform/nearest-name.ts';
import { loadNamed, systemOrConfig, withLane } from '../open-lane.ts';
import { originOf } from '../origin.ts';
import { type OutputFolder, withOutputFolder } from '../output-folder.ts';
import { pasteLine } from '../paste-line.ts';

/** What the gates write. */
const FILES = ['gates.json', 'gates-junit.xml'] as const;

/** The flags of the gates, and which of them to run; none means all. */
export interface GateFlags extends CommonFlags {
  readonly ids: readonly string[];
}

/** Runs gates. Every gate runs, also after one that failed. */
export const gateCommand: RunCommand<GateFlags> = async (flags, context) => {
  const gates = chooseGates(flags.ids, GATES);
  const named = systemOrConfig(flags.system, context);
  const system = await loadNamed(named);
  const { name } = system.description;
  const origin = await originOf(named, { startedAt: new Date().toISOString() });
  const baseline = await baselineOf(flags.baseline, { system: name, startedAt: origin.startedAt, context });
  const systemFlag = flags.system === undefined ? [] : ['--system', flags.system];
  const runs = gates.reduce((sum, { scenarios }) => sum + scenarios.length, 0);
  return withOutputFolder({ path: flags.out, names: FILES }, async (folder) => {
    const counterexamples: Counterexample[] = [];
    const report = await withLane({ system, flags, runs, context }, ({ executor }) => {
      let done = 0;
      return runGates(gates, {
        executor,
        oracle: checkersOracle,
        signal: context.signal,
        system: name,
        baseline,
        readings: system.description.readings,
        replayLine: ({ id }) => pasteLine(['gate', id, ...systemFlag]),
        onViolating: (run) => {
          for (const each of counterexamplesOf(run, { system: name, lane: executor.lane }))
            counterexamples.push({ ...each, origin });
        },
        onOutcome: () => context.screen.status(`${(done += 1)} of ${countOf(gates.length, 'gate')}`),
      });
    });
    context.screen.result(report, () => renderGateLines(report, context.screen.render));
    return handOver(gatesExitCode(report), context, async () => [
      ...(await writeAll(report, folder)),
      ...(await keepFailures(counterexamples, { verdict: report.verdict, context })),
      ...(await writeTemplate(flags.writeBaseline, {
        system: report.system,
        evidence: [report.evidence],
        screen: context.screen,
      })),
    ]);
  });
};

async function writeAll(report: GateReport, folder: OutputFolder): Promise<string[]> {
  await folder.clear();
  return [
    await folder.writeDocument('gates.json', report),
    await folder.writeText('gates-junit.xml', renderJunit(report)),
  ];
}

/** The gates with these ids, in the order of the runbook; all of them when none is named. */
export function chooseGates(ids: readonly string[], gates: readonly Gate[]): Gate[] {
  const known = gates.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`unknown gate '${unknown}', ${suggestion(unknown, known)}`);
  return gates.filter(({ id }) => ids.length === 0 || ids.includes(id));
}
