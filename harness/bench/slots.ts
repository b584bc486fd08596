// The benchmark of slots: the throughput of twenty live slots divided by that of one, on the same scenarios in one run, and the memory of
// all processes while all slots are busy.
import { loadSystem } from '../adapters/load-system.ts';
import type { Scenario } from '../formats/scenario.ts';
import { planScenarios } from '../generators/plan.ts';
import { openLiveLane } from '../live/lane.ts';
import { SYSTEMS } from '../cli/systems.ts';
import { proportionalMemoryMb } from './process-memory.ts';

const SLOTS = 20;
const SCENARIOS_EACH = 3;
const SEED = 1;

/** Runs 20 scenarios one after the other in one slot, then three times as many over 20 slots, and prints both rates. */
export async function benchSlots(): Promise<void> {
  const { description } = await loadSystem('reference', SYSTEMS);
  const lane = await openLiveLane({ description, slots: SLOTS, infrastructure: 'embedded', onProgress: say });
  try {
    const scenarios = planScenarios({ seed: SEED, count: SLOTS }).map(({ scenario }) => scenario);
    say(`${SLOTS} scenarios one after the other`);
    const alone = await rate(scenarios.length, async () => {
      for (const scenario of scenarios) await lane.run({ scenario, deviations: [] });
    });
    const many = Array.from({ length: SCENARIOS_EACH }, () => scenarios).flat();
    say(`${many.length} scenarios over ${SLOTS} slots`);
    let memoryMb = 0;
    const together = await rate(many.length, async () => {
      const sampler = setInterval(() => {
        memoryMb = Math.max(memoryMb, proportionalMemoryMb());
      }, 2_000);
      await runOver(many, SLOTS, (scenario) => lane.run({ scenario, deviations: [] }));
      clearInterval(sampler);
    });
    process.stdout.write(
      `slots: one ${alone.toFixed(2)}/s, ${SLOTS} at once ${together.toFixed(2)}/s, ratio ${(together / alone).toFixed(1)}; ` +
        `memory of all processes, sum of PSS, at most ${memoryMb.toFixed(0)} MB\n`,
    );
  } finally {
    await lane.close();
  }
}

/** Runs each scenario, at most `width` of them at once. */
async function runOver(
  scenarios: readonly Scenario[],
  width: number,
  run: (scenario: Scenario) => Promise<unknown>,
): Promise<void> {
  const queue = [...scenarios];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await run(next);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/** How many scenarios a second the work does. */
async function rate(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return count / ((performance.now() - started) / 1_000);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
