// The HTTP server of both systems of a pair. When the process is asked to end, it takes no new request, finishes those it has, and exits.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Sheet } from './wire.fixture.ts';

/** The status and body of an answer. */
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

/** Marks work that must finish before the process ends. Returns the same promise. */
export function finishing<T>(work: Promise<T>): Promise<T> {
  begun.add(work);
  void work.catch(() => undefined).then(() => begun.delete(work));
  return work;
}

/** Answers requests at `PORT`. An error is logged and answered with 500. */
export function serve(answer: (request: Sheet) => Promise<Reply>): void {
  const server = createServer((request, response) => {
    // A connection from before may still bring a request, whose work would be cut off.
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

/** On SIGTERM, ends the process as soon as all its work is finished. */
export function leaveWhenAsked(stop: () => void = () => undefined): void {
  process.once('SIGTERM', () => {
    isLeaving = true;
    stop();
    void leave();
  });
}

/** Resolves when no marked work is left. */
export async function finished(): Promise<void> {
  while (begun.size > 0) await Promise.allSettled(begun);
}

async function leave(): Promise<never> {
  await finished();
  // The last answers are still being written.
  return new Promise(() => setTimeout(() => process.exit(0), 20));
}
