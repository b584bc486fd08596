// A benchmark whose variants take turns: each in a process of its own, all of them warm, a short batch of the one after a short batch of the
// other. A machine that runs slower for a while then runs slower for all.
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { compiledModule } from '../platform/compiled-module.ts';
import { InfrastructureError } from '../platform/errors.ts';
import { SEMI_SPACE_MB } from '../sim/garbage-collection.ts';
import { median } from './quantile.ts';
import { PORT_VARIABLE } from './served-rounds.ts';

/** How much is measured. */
export interface Effort {
  /** Rounds of each variant before anything is measured. */
  readonly warmUpRounds: number;
  /** The least a batch takes, in CPU milliseconds. */
  readonly batchMs: number;
  /** Batches of each variant. */
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

/** A variant that waits for its turns. */
class BenchmarkProcess {
  readonly variant: string;
  /** CPU microseconds of a round, one for each turn. */
  readonly samples: number[] = [];
  readonly #socket: Socket;
  readonly #answers: AsyncIterator<string>;
  /** Settles with what the process had to say when it ends. */
  readonly #ended: Promise<Ended>;
  #roundsOfATurn = 1;

  private constructor(variant: string, socket: Socket, ended: Promise<Ended>) {
    this.variant = variant;
    // A process that dies resets its connection; the missing answer then shows that it died.
    this.#socket = socket.on('error', () => undefined);
    this.#ended = ended;
    this.#answers = createInterface({ input: socket })[Symbol.asyncIterator]();
  }

  /** Starts its process, with a young generation as large as that of the lane's worker threads, and waits until it has connected. */
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

  /** So many rounds; then as many at a time, ever twice as many, until they take so long. As many will be a turn. */
  async warmUp(rounds: number, batchMicros: number): Promise<void> {
    await this.#run(rounds);
    while ((await this.#run(this.#roundsOfATurn)) < batchMicros) this.#roundsOfATurn *= 2;
  }

  async takeTurn(): Promise<void> {
    this.samples.push((await this.#run(this.#roundsOfATurn)) / this.#roundsOfATurn);
  }

  /** It then ends by itself. */
  end(): void {
    this.#socket.end();
  }

  /** The CPU microseconds that so many rounds take. */
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

/** A process that is over. */
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
