// The work all variants of the engine benchmark do: jobs that sleep under a timeout that never fires. And how a variant is measured.
import { median } from './quantile.ts';

/** The two primitives a variant offers. */
export interface TimePrimitives {
  sleep(ms: number): Promise<void>;
  within<T>(ms: number, work: Promise<T>): Promise<T | undefined>;
}

const JOBS = 3;
const STEPS = 10;
const BATCHES = 9;
const BATCH_MS = 150;

/** One round: three jobs side by side, ten sleeps each, every sleep under a timeout. */
export async function round({ sleep, within }: TimePrimitives): Promise<void> {
  const job = async (): Promise<void> => {
    for (let step = 0; step < STEPS; step += 1) await within(50, sleep((step % 3) + 1));
  };
  await Promise.all(Array.from({ length: JOBS }, job));
}

/**
 * The median of the CPU microseconds that one round takes, over batches of at least 150 ms, after one to warm up and `warmUp` rounds
 * more: a whole system is some hundred functions, which take thousands of runs until they are compiled.
 */
export async function measure(rounds: (count: number) => Promise<void>, warmUp = 0): Promise<number> {
  let count = 16;
  await rounds(warmUp);
  const batch = async (): Promise<number> => {
    const before = process.cpuUsage();
    await rounds(count);
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  while ((await batch()) < BATCH_MS * 1_000) count *= 2;
  const samples: number[] = [];
  for (let index = 0; index < BATCHES; index += 1) samples.push((await batch()) / count);
  return median(samples);
}

/** How a variant tells its result to the process that compares. */
export function resultLine(microsPerRound: number): string {
  return `ROUND_MICROS=${microsPerRound}`;
}

/** The result in what a variant printed; undefined when there is none. */
export function resultIn(output: string): number | undefined {
  const text = /ROUND_MICROS=([\d.e+-]+)/.exec(output)?.[1];
  return text === undefined ? undefined : Number(text);
}
