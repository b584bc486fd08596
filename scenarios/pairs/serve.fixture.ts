// The HTTP server of either system of a pair. Asked to end, it takes nothing new, finishes what it has begun, and goes.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Sheet } from './wire.fixture.ts';

/** An answer. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

const begun = new Set<Promise<unknown>>();
let isLeaving = false;

/** Whether the process was asked to end. */
export function mustLeave(): boolean {
  return isLeaving;
}

/** Does something that is to be finished before the process ends. */
export function finishing<T>(work: Promise<T>): Promise<T> {
  begun.add(work);
  void work.catch(() => undefined).then(() => begun.delete(work));
  return work;
}

/** Answers requests at the port of the environment. What is thrown is logged and answered with 500. */
export function serve(answer: (request: Sheet) => Promise<Reply>): void {
  const server = createServer((request, response) => {
    // A connection that was there before may still bring a request: what begins now would be cut off.
    if (isLeaving) {
      response.writeHead(503, { connection: 'close' }).end();
      return;
    }
    const { url: path = '', headers } = request;
    const reply = text(request)
      .then((body) => answer({ path, headers: headers as Sheet['headers'], body }))
      .catch((error: unknown): Reply => {
        process.stderr.write(`${String(error)}\n`);
        return { status: 500, body: 'error' };
      });
    void finishing(reply).then(({ status, body }) => response.writeHead(status, { connection: 'close' }).end(body));
  });
  server.listen(Number(process.env['PORT']), '127.0.0.1');
  leaveWhenAsked(() => server.close());
}

/** Ends the process once it is asked to, when all that it has begun is finished. */
export function leaveWhenAsked(stop: () => void = () => undefined): void {
  process.once('SIGTERM', () => {
    isLeaving = true;
    stop();
    void leave();
  });
}

/** Resolves when all that is to be finished is. */
export async function finished(): Promise<void> {
  while (begun.size > 0) await Promise.allSettled(begun);
}

async function leave(): Promise<never> {
  await finished();
  // The last answers are still on their way out.
  return new Promise(() => setTimeout(() => process.exit(0), 20));
}
