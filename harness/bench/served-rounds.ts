// The process of a benchmark's variant: it runs as many rounds as the benchmark requests, and answers with their CPU time.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** The environment variable with the loopback port on which the benchmark listens. */
export const PORT_VARIABLE = 'ONESEND_BENCH_PORT';

/**
 * Serves the benchmark that started this process, until it closes the connection. Each line from the benchmark is a number of rounds; the
 * answer is a line with the CPU microseconds that they took. Without a benchmark it runs one round.
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
