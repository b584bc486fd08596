// The HTTP server of either system of a pair.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Sheet } from './wire.fixture.ts';

/** An answer. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Answers requests at the port of the environment. What is thrown is logged and answered with 500. */
export function serve(answer: (request: Sheet) => Promise<Reply>): void {
  const server = createServer((request, response) => {
    const { url: path = '', headers } = request;
    void text(request)
      .then((body) => answer({ path, headers: headers as Sheet['headers'], body }))
      .catch((error: unknown): Reply => {
        process.stderr.write(`${String(error)}\n`);
        return { status: 500, body: 'error' };
      })
      .then(({ status, body }) => response.writeHead(status).end(body));
  });
  server.listen(Number(process.env['PORT']), '127.0.0.1');
}
