// The workload of the engine benchmark, the same for all variants: jobs that sleep under a timeout that never fires.

/** The two primitives that a variant implements. `within` resolves with undefined after a timeout. */
export interface TimePrimitives {
  sleep(ms: number): Promise<void>;
  within<T>(ms: number, work: Promise<T>): Promise<T | undefined>;
}

const JOBS = 3;
const STEPS = 10;

/** One round: three concurrent jobs with ten sleeps each, every sleep under a timeout. */
export async function round({ sleep, within }: TimePrimitives): Promise<void> {
  const job = async (): Promise<void> => {
    for (let step = 0; step < STEPS; step += 1) await within(50, sleep((step % 3) + 1));
  };
  await Promise.all(Array.from({ length: JOBS }, job));
}
