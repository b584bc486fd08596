// Compares what the two lanes say of the same scenarios, each in which the same faults bit and the machine kept the margin.
import type { JudgedWithRun } from '../verdicts.ts';
import { latenessMs } from './lateness.ts';
import { type Decided, MARGIN_MS } from './margins.ts';

/** What a comparison came to. */
export interface Agreement {
  /** How many scenarios had their verdicts compared. */
  readonly compared: number;
  /** Verdicts that differ, a line each. */
  readonly disagreements: readonly string[];
  /** Scenarios that were not compared, with the reason. */
  readonly apart: readonly string[];
}

/** One scenario on both lanes. */
export interface Pair {
  readonly name: string;
  readonly sim: Decided;
  readonly live: JudgedWithRun;
}

/** Compares. */
export function agreementOf(pairs: readonly Pair[]): Agreement {
  const disagreements: string[] = [];
  const apart: string[] = [];
  for (const pair of pairs) {
    const { name, sim, live } = pair;
    const reason = whyApart(pair);
    if (reason !== undefined) apart.push(`${name}: ${reason}`);
    else if (sim.verdict !== live.verdict) disagreements.push(`${name}: sim ${sim.verdict}, live ${live.verdict}`);
  }
  return { compared: pairs.length - apart.length, disagreements, apart };
}

/** Reasons that lie in the machine or in what bit, and never in a verdict. */
function whyApart({ sim, live }: Pair): string | undefined {
  if (live.run === undefined) return live.verdict;
  const { trouble, history, missingReceipts } = live.run;
  if (trouble.length > 0) return `live in trouble: ${trouble[0] ?? ''}`;
  if (missingReceipts.length > 0) return `live without a receipt of ${missingReceipts.join(', ')}`;
  const lateMs = latenessMs(sim.history, history);
  if (lateMs > MARGIN_MS) return `live ${Math.round(lateMs)} ms late`;
  if (sim.bites.join() === live.bites.join()) return undefined;
  return `bit in sim [${sim.bites.join(', ')}], live [${live.bites.join(', ')}]`;
}
