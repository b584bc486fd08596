// The engine benchmark: the bare engine on sleeps and timeouts against vitest's fake timers and fast-check's scheduler, each in a process
// of its own, compared by the medians of their CPU time.
import { execa } from 'execa';
import { InfrastructureError } from '../formats/errors.ts';
import { compiledModule } from '../formats/compiled-module.ts';
import { SEMI_SPACE_MB } from '../sim/nursery.ts';
import { resultIn } from './sim-workload.ts';

const COMPARED = [
  { faster: 'engine', slower: 'fake-timers' },
  { faster: 'engine-bounce', slower: 'fake-timers' },
  { faster: 'engine', slower: 'fc-scheduler' },
  { faster: 'engine-bounce', slower: 'fc-scheduler' },
] as const;

/** Runs the variants one after the other and prints how many times one is the other. */
export async function benchSimEngine(): Promise<void> {
  const micros = new Map<string, number>();
  for (const variant of new Set(COMPARED.flatMap(({ faster, slower }) => [faster, slower]))) {
    const measured = await measureVariant(variant);
    micros.set(variant, measured);
    process.stdout.write(`sim engine: ${variant}: ${measured.toFixed(2)} us of CPU a round\n`);
  }
  for (const { faster, slower } of COMPARED) {
    const ratio = (micros.get(slower) ?? Number.NaN) / (micros.get(faster) ?? Number.NaN);
    process.stdout.write(`sim engine: ${faster} is ${ratio.toFixed(1)} times ${slower}\n`);
  }
}

/** The CPU microseconds that one round of a variant takes, in a process of its own with the nursery of the lane's worker threads. */
export async function measureVariant(variant: string): Promise<number> {
  const module = compiledModule(import.meta.url, './sim-engine-variant.ts');
  const { stdout, stderr } = await execa(process.execPath, [module, variant], {
    reject: false,
    env: { NODE_OPTIONS: `--max-semi-space-size=${SEMI_SPACE_MB}` },
  });
  const measured = resultIn(stdout);
  if (measured !== undefined) return measured;
  throw new InfrastructureError(`benchmark variant ${variant}: expected a result, received none`, {
    hint: `run \`node ${module} ${variant}\` to see why: ${stderr.split('\n')[0] ?? ''}`,
  });
}
