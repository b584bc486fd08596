// A benchmark whose variants take turns: each has its own process, all are warmed up first, and then each in turn runs a short batch. If
// the machine is slower for a while, it is slower for all variants.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { compiledModule } from '../platform/compiled-module.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { SEMI_SPACE_MB } from '../sim/garbage-collection.ts';
import { median } from './quantile.ts';
import { PORT_VARIABLE } from './served-rounds.ts';

/** How much the benchmark warms up and measures. */
export interface Effort {
  /** The number of rounds of each variant before the first measurement. */
  readonly warmUpRounds: number;
  /** The shortest time that a batch takes, in CPU milliseconds. */
  readonly batchMs: number;
  /** The number of batches of each variant. */
  readonly turns: number;
}

const USUAL: Effort = { warmUpRounds: 1, batchMs: 100, turns: 41 };

/** The median of the CPU microseconds that one round of each variant takes. Throws an infrastructure error when a variant ends early. */
export async function measureInterleaved<V extends string>(
  variants: readonly V[],
  effort: Partial<Effort> = {},
): Promise<Record<V, number>> {
  const { warmUpRounds, batchMs, turns } = { ...USUAL, ...effort };
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const processes: BenchmarkProcess[] = [];
  try {
    for (const variant of variants) {
      const started = await BenchmarkProcess.start(variant, server);
      processes.push(started);
      await started.warmUp(warmUpRounds, batchMs * 1_000);
    }
    for (let turn = 0; turn < turns; turn += 1) {
      for (const each of processes) await each.takeTurn();
    }
  } finally {
    for (const each of processes) each.end();
    server.close();
  }
  const medians = processes.map(({ variant, samples }) => [variant, median(samples)]);
  return Object.fromEntries(medians) as Record<V, number>;
}

/** The process of one variant, which runs rounds on request. */
class BenchmarkProcess {
  readonly variant: string;
  /** The CPU microseconds of a round, as measured in each turn. */
  readonly samples: number[] = [];
  readonly #socket: Socket;
  readonly #answers: AsyncIterator<string>;
  /** Resolves with the output of the process when it ends. */
  readonly #ended: Promise<Ended>;
  #roundsPerTurn = 1;

  private constructor(variant: string, socket: Socket, ended: Promise<Ended>) {
    this.variant = variant;
    // The connection of a process that ends is reset. That is ignored here: the missing answer is reported.
    this.#socket = socket.on('error', () => undefined);
    this.#ended = ended;
    this.#answers = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  /** Starts the process, with a young generation of the size that the lane's worker threads have, and waits until it has connected. */
  static async start(variant: string, server: Server): Promise<BenchmarkProcess> {
    const { port } = server.address() as { port: number };
    const connected = once(server, 'connection') as Promise<[Socket]>;
    const ended = execa(process.execPath, [moduleOfVariants(), variant], {
      reject: false,
      env: { NODE_OPTIONS: `--max-semi-space-size=${SEMI_SPACE_MB}`, [PORT_VARIABLE]: String(port) },
    });
    const first = await Promise.race([connected, ended]);
    if (Array.isArray(first)) return new BenchmarkProcess(variant, first[0], ended);
    throw endedEarly(variant, first);
  }

  /** Runs the warm-up rounds. Then doubles the rounds of a turn until they take at least `batchMicros`. */
  async warmUp(rounds: number, batchMicros: number): Promise<void> {
    await this.#run(rounds);
    while ((await this.#run(this.#roundsPerTurn)) < batchMicros) this.#roundsPerTurn *= 2;
  }

  async takeTurn(): Promise<void> {
    this.samples.push((await this.#run(this.#roundsPerTurn)) / this.#roundsPerTurn);
  }

  /** Closes the connection, after which the process ends by itself. */
  end(): void {
    this.#socket.end();
  }

  /** Makes the process run rounds, and returns the CPU microseconds that they took. */
  async #run(rounds: number): Promise<number> {
    this.#socket.write(`${rounds}\n`);
    const { value, done } = await this.#answers.next();
    if (done === true) throw endedEarly(this.variant, await this.#ended);
    return Number(value);
  }
}

function moduleOfVariants(): string {
  return compiledModule(import.meta.url, './sim-variant.ts');
}

/** A process that has ended. */
interface Ended {
  readonly stderr: string;
}

function endedEarly(variant: string, { stderr }: Ended): InfrastructureError {
  return new InfrastructureError(
    `benchmark variant ${variant}: expected its process to serve rounds, received its end`,
    {
      hint: `run \`node ${moduleOfVariants()} ${variant}\` to see why: ${stderr.split('\n')[0] ?? ''}`,
    },
  );
}
