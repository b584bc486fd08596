// onesend replay WHAT --until 503ms --dump: makes a simulated run up to an instant, and prints the state of the simulated world then.
import { renderDump } from '../../../reports/dump.ts';
import type { LoadedSystem } from '../../adapters/load-system.ts';
import { demandPlayable } from '../../execution/refusal.ts';
import type { Case } from '../../formats/case.ts';
import type { Dump } from '../../formats/dump.ts';
import { FRESH, type RunsBefore } from '../../formats/runs-before.ts';
import { UsageError } from '../../platform/errors.ts';
import { openWorkerPool } from '../../sim/explore/thread-pool.ts';
import { simRefusal } from '../../sim/lane.ts';
import type { CommandContext } from '../command.ts';
import type { LaneFlags } from '../flags.ts';
import { assemblyOf } from '../open-lane.ts';

/** The case, where it runs, and the instant. */
export interface DumpRequest {
  readonly case: Case;
  /** The runs before the case in the same process, if its state depends on them. */
  readonly after?: RunsBefore | undefined;
  readonly system: LoadedSystem;
  readonly lane: LaneFlags['lane'];
  readonly untilMs: number;
}

/** The instant of a dump in milliseconds; undefined without --dump. Throws a UsageError if only one of --dump and --until is given. */
export function instantOf({ until, dump }: { readonly until?: number; readonly dump?: boolean }): number | undefined {
  if (until !== undefined && dump !== true) throw new UsageError('--until: expected together with --dump');
  if (until === undefined && dump === true)
    throw new UsageError('--dump: expected together with --until, such as --until 503ms');
  return until;
}

/** Prints the simulated world at an instant. Throws a UsageError for the live lane. */
export async function dumpWorld(request: DumpRequest, { screen }: CommandContext): Promise<number> {
  const { lane, untilMs, system, case: looked } = request;
  if (lane !== 'sim') {
    throw new UsageError(
      '--dump: expected a case of the sim lane, which can stop at an instant; for one of the live lane add --lane sim',
    );
  }
  demandPlayable({ refusal: simRefusal }, [looked]);
  const pool = await openWorkerPool(assemblyOf(system), { workers: 1 });
  try {
    screen.status('running');
    const after = request.after ?? FRESH;
    const world = await pool.look({ case: looked, after, untilMicros: Math.round(untilMs * 1_000) });
    const { name: scenario } = looked.scenario;
    const { name } = system.description;
    const dump: Dump = { format: 'onesend.dump/1', system: name, scenario, atMs: untilMs, world };
    screen.result(dump, () => renderDump(dump, screen.render));
    return 0;
  } finally {
    await pool.close();
    screen.clearStatus();
  }
}
