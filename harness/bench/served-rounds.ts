// A benchmark's variant in a process of its own: it runs the requested number of rounds, and answers what they cost.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** Where the benchmark listens, a port of the loopback. */
export const PORT_VARIABLE = 'ONESEND_BENCH_PORT';

/**
 * Serves the benchmark that started this process, until it hangs up. Each line it sends is a number of rounds, and the line it gets back
 * the CPU microseconds that this process took for them. Without a benchmark: runs one round, and leaves it at that.
 */
export async function serveRounds(rounds: (count: number) => Promise<void>): Promise<void> {
  const port = process.env[PORT_VARIABLE];
  if (port === undefined) {
    await rounds(1);
    return;
  }
  const socket = connect(Number(port), '127.0.0.1');
  for await (const line of createInterface({ input: socket })) {
    const before = process.cpuUsage();
    await rounds(Number(line));
    const { user, system } = process.cpuUsage(before);
    socket.write(`${user + system}\n`);
  }
}
