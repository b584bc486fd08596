// onesend sabotage [ID...]: runs wire mutants on a pair, and judges whether the rig sees each of them.
import { renderSabotage } from '../../../reports/sabotage.ts';
import { EXIT_CODES } from '../../formats/decision.ts';
import { type SabotageReport, sabotageVerdict } from '../../formats/sabotage.ts';
import { WIRE_MUTANTS } from '../../live/sabotage/all-wire-mutants.ts';
import type { WireMutant } from '../../live/sabotage/wire-mutant.ts';
import { InterruptedError, UsageError } from '../../platform/errors.ts';
import { suggestion } from '../../platform/nearest-name.ts';
import type { RunCommand } from '../command.ts';
import type { CommonFlags } from '../flags.ts';
import { loadNamed, systemOrConfig, withLiveLane } from '../open-lane.ts';
import { SABOTAGED_AT_ONCE, sabotageRows } from '../sabotage-rows.ts';

/** The flags, and the wire mutants to run; none means all. */
export interface SabotageFlags extends Pick<CommonFlags, 'json' | 'quiet' | 'color' | 'system' | 'infra' | 'slots'> {
  readonly ids: readonly string[];
}

/** Runs wire mutants on a pair, and prints their table. */
export const sabotageCommand: RunCommand<SabotageFlags> = async (flags, context) => {
  const mutants = chooseWireMutants(flags.ids);
  const system = await loadNamed(systemOrConfig(flags.system, context));
  const { description } = system;
  const rows = await withLiveLane(
    { system, flags, runs: Math.min(SABOTAGED_AT_ONCE, mutants.length), context },
    (lane) => sabotageRows({ lane, description, mutants, context }),
  );
  if (context.signal.aborted) throw new InterruptedError(`interrupted after ${rows.length} wire mutants`);
  const verdict = sabotageVerdict(rows);
  const report: SabotageReport = { format: 'onesend.sabotage/1', verdict, system: description.name, mutants: rows };
  context.screen.result(report, () => renderSabotage(report, context.screen.render));
  return EXIT_CODES[verdict];
};

/** The wire mutants with these ids, in the order of WIRE_MUTANTS; all if `ids` is empty. Throws a UsageError for an unknown id. */
export function chooseWireMutants(ids: readonly string[]): WireMutant[] {
  const known = WIRE_MUTANTS.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) throw new UsageError(`unknown wire mutant '${unknown}', ${suggestion(unknown, known)}`);
  return WIRE_MUTANTS.filter(({ id }) => ids.length === 0 || ids.includes(id));
}
