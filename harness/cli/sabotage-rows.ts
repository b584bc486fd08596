// Runs wire mutants on an open live lane, and makes the rows of their table.
import { checkersOracle } from '../evidence/checkers-oracle.ts';
import type { SabotageRow } from '../formats/sabotage.ts';
import type { SystemDescription } from '../formats/system-description.ts';
import type { LiveLane } from '../live/lane.ts';
import { type WireMutant, wireMarkerOf } from '../live/sabotage/wire-mutant.ts';
import { SabotageJudge } from '../runner/judge-sabotage.ts';
import { runInOrder } from '../runner/run-in-order.ts';
import type { CommandContext } from './command.ts';

/** The wire mutants to run, and the lane and system to run them on. */
export interface SabotageRequest {
  readonly lane: LiveLane;
  readonly description: SystemDescription;
  readonly mutants: readonly WireMutant[];
  readonly context: Pick<CommandContext, 'screen' | 'signal'>;
}

/** More scenarios that start at the same time would delay the observers too much. */
export const SABOTAGED_AT_ONCE = 8;

/** The rows of these mutants in their order; fewer after a signal. */
export async function sabotageRows(request: SabotageRequest): Promise<SabotageRow[]> {
  const { lane, description, mutants, context } = request;
  const { screen, signal } = context;
  const judge = new SabotageJudge({ oracle: checkersOracle, vantages: description.vantages, pair: lane, signal });
  const rows: SabotageRow[] = [];
  await runInOrder({
    tasks: mutants,
    capacity: Math.min(lane.capacity, SABOTAGED_AT_ONCE),
    isOver: () => signal.aborted,
    run: (mutant) => rowOf(mutant, { judge, lane, description }),
    onResult(row) {
      screen.status(`${rows.push(row)} of ${mutants.length} wire mutants`);
      return true;
    },
  });
  return rows;
}

async function rowOf(
  mutant: WireMutant,
  { judge, lane, description }: Pick<SabotageRequest, 'lane' | 'description'> & { readonly judge: SabotageJudge },
): Promise<SabotageRow> {
  const { id, name, does, breaks, scenario, sabotage, absence } = mutant;
  const started = performance.now();
  const judged = await judge.judge(
    { breaks: [...breaks], scenario, marker: wireMarkerOf(id), absence: absence?.(description) },
    lane.sabotagedBy(mutant),
  );
  const durationMs = Math.round(performance.now() - started);
  return { id, name, does, at: sabotage.at, breaks: [...breaks], ...judged, durationMs };
}
