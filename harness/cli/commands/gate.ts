// onesend gate [ID...]: runs the runbook's gates, and prints a PASS or FAIL line for each.
import { gateAnnotationLines } from '../../../reports/annotations.ts';
import { renderGateLines } from '../../../reports/gate-lines.ts';
import { renderJunit } from '../../../reports/junit.ts';
import { type GateParts, renderGateSummary } from '../../../reports/step-summary.ts';
import { countOf } from '../../history/counted-words.ts';
import { GATES } from '../../../scenarios/gates/all-gates.ts';
import type { LoadedSystem } from '../../adapters/load-system.ts';
import type { Counterexample, Origin } from '../../formats/counterexample.ts';
import { UsageError } from '../../platform/errors.ts';
import { checkersOracle } from '../../evidence/checkers-oracle.ts';
import { type Gate, gatesExitCode, runGates } from '../../runner/gate.ts';
import type { CommandContext, RunCommand } from '../command.ts';
import { keepFailures } from '../failures.ts';
import type { CommonFlags } from '../flags.ts';
import { baselineOf, type ReadBaseline, writeTemplate } from '../baselines.ts';
import { gateLine } from '../gate-line.ts';
import { showOnGithub } from '../github.ts';
import { handOver } from '../hand-over.ts';
import { suggestion } from '../../platform/nearest-name.ts';
import { loadNamed, systemOrConfig, withLane } from '../open-lane.ts';
import { originOf } from '../origin.ts';
import { type OutputFolder, withOutputFolder } from '../output-folder.ts';
import { artifactLineOf, keptLine, replayLine } from '../replay-line.ts';

/** The files that the command writes. */
const FILES = ['gates.json', 'gates-junit.xml', 'gates-summary.md'] as const;

/** The flags, and the gates to run; none means all. */
export interface GateFlags extends CommonFlags {
  readonly ids: readonly string[];
}

/** Runs gates. Every gate runs, even after one that failed. */
export const gateCommand: RunCommand<GateFlags> = async (flags, context) => {
  const gates = chooseGates(flags.ids, GATES);
  const named = systemOrConfig(flags.system, context);
  const system = await loadNamed(named);
  const { name } = system.description;
  const origin = await originOf(named, { startedAt: new Date().toISOString() });
  const baseline = await baselineOf(flags.baseline, { system: name, startedAt: origin.startedAt, context });
  return withOutputFolder({ path: flags.out, names: FILES }, async (folder) => {
    const { kept, ...ran } = await runOnLane(gates, { system, origin, baseline, flags, context });
    const { report } = ran;
    context.screen.result(report, () => renderGateLines(report, context.screen.render));
    const replayFrom = artifactLineOf(ran.counterexamples, flags);
    const shown = { summary: () => renderGateSummary(ran), annotations: () => gateAnnotationLines(ran), replayFrom };
    await showOnGithub(shown, context);
    return handOver(gatesExitCode(report), context, async () => [
      ...(await writeAll(ran, folder)),
      ...(await keepFailures(kept, { verdict: report.verdict, baseline, context })),
      ...(await writeTemplate(
        flags.writeBaseline,
        { system: report.system, evidence: [report.evidence], counterexamples: kept, gates: report.gates },
        context.screen,
      )),
    ]);
  });
};

/** What all gates of a command share. */
interface GatesRequest {
  readonly system: LoadedSystem;
  readonly origin: Origin;
  readonly baseline: ReadBaseline | undefined;
  readonly flags: GateFlags;
  readonly context: CommandContext;
}

/** The outcome of the gates, and the counterexamples to keep. */
interface GatesRan extends GateParts {
  /** One counterexample for each fingerprint of each run with a violation. */
  readonly kept: readonly Counterexample[];
}

/** Runs the gates. The reports show a run with a violation only if it has a fingerprint that no run before it had. */
async function runOnLane(gates: readonly Gate[], request: GatesRequest): Promise<GatesRan> {
  const { system, origin, baseline, flags, context } = request;
  const { name, readings } = system.description;
  const runs = gates.reduce((sum, { scenarios }) => sum + scenarios.length, 0);
  const lineOf = ({ id }: Gate): string => gateLine(id, flags);
  const kept: Counterexample[] = [];
  const shown = new Map<Counterexample, string>();
  const report = await withLane({ system, flags, runs, context }, ({ executor }) => {
    let done = 0;
    return runGates(gates, {
      executor,
      oracle: checkersOracle,
      signal: context.signal,
      system: name,
      baseline,
      readings,
      replayLine: lineOf,
      drawLine: (each) => keptLine(each, flags),
      onViolating: (found, gate) => {
        const own = found.map((each) => ({ ...each, origin }));
        const [first] = own;
        const isNew = own.some((each) => kept.every(({ fingerprint }) => fingerprint !== each.fingerprint));
        // Reports are also read on machines without these failures, so the line names the simulated run by its token, or else the gate.
        if (first !== undefined && isNew)
          shown.set(first, first.token === undefined ? lineOf(gate) : replayLine(first, flags));
        kept.push(...own);
      },
      onOutcome: () => context.screen.status(`${(done += 1)} of ${countOf(gates.length, 'gate')}`),
    });
  });
  return { report, kept, counterexamples: [...shown.keys()], replayLine: (each) => shown.get(each) ?? '' };
}

async function writeAll(ran: GateParts, folder: OutputFolder): Promise<string[]> {
  await folder.clear();
  return [
    await folder.writeDocument('gates.json', ran.report),
    await folder.writeText('gates-junit.xml', renderJunit(ran.report)),
    await folder.writeText('gates-summary.md', renderGateSummary(ran)),
  ];
}

/** The gates with these ids, in the order of the runbook; all gates if `ids` is empty. Throws a UsageError for an unknown id. */
export function chooseGates(ids: readonly string[], gates: readonly Gate[]): Gate[] {
  const known = gates.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`unknown gate '${unknown}', ${suggestion(unknown, known)}`);
  return gates.filter(({ id }) => ids.length === 0 || ids.includes(id));
}
