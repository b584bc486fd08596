// The engine benchmark: compares the CPU time of the engine without a world with that of vitest's fake timers and of fast-check's
// scheduler, on sleeps and timeouts, each in its own process.
import { measureInterleaved } from './interleaved-benchmark.ts';

const ENGINES = ['engine', 'engine-bounce'] as const;
const RIVALS = ['fake-timers', 'fc-scheduler'] as const;

/** Runs the variants in turns, and prints how many times faster each engine is than each rival. */
export async function benchSimEngine(): Promise<void> {
  const micros = await measureInterleaved([...ENGINES, ...RIVALS]);
  for (const [variant, measured] of Object.entries(micros)) say(`${variant}: ${measured.toFixed(2)} us of CPU a round`);
  for (const rival of RIVALS) {
    for (const engine of ENGINES) say(`${engine} is ${(micros[rival] / micros[engine]).toFixed(1)} times ${rival}`);
  }
}

function say(line: string): void {
  process.stdout.write(`sim engine: ${line}\n`);
}
