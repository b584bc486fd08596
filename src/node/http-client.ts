// The HTTP client of a real process: one POST, one outcome. A network failure is an outcome, not an exception. It never sends twice.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { Http, HttpOutcome, HttpPost } from '../contract/http.ts';
import { nowMicros, startTimer } from './clock.ts';
import { createConnection, type HttpConnection } from './http-connection.ts';
import { failure, failureReason } from './http-failure.ts';

/** The HTTP client of one process, with its kept-alive connections. */
export interface NodeHttp extends Http {
  /** Ends all connections, idle or in use. */
  close(): void;
}

/** Makes a client. A connection carries one request at a time, and is kept for the next one only after a complete answer. */
export function createNodeHttp(): NodeHttp {
  const idle = new Map<string, HttpConnection[]>();
  const open = new Set<HttpConnection>();

  const connect = (origin: string): HttpConnection => {
    const fresh = createConnection(origin);
    open.add(fresh);
    return fresh;
  };

  return {
    async post(request) {
      const { origin } = new URL(request.url);
      const kept = idle.get(origin)?.pop();
      // The end of a kept connection may have arrived without having been read yet. undici checks the connection before it writes, but
      // without this turn of the event loop it would check before Node can read the end.
      if (kept !== undefined) await nextTurn();
      const connection = kept ?? connect(origin);
      const outcome = await exchange(connection, request);
      if (outcome.kind === 'answer') {
        idle.set(origin, [...(idle.get(origin) ?? []), connection]);
      } else {
        open.delete(connection);
        connection.destroy();
      }
      return outcome;
    },
    close() {
      for (const connection of open) connection.destroy();
      open.clear();
      idle.clear();
    },
  };
}

/** Sends one request and reads its answer, on a connection that no other request uses in that time. */
function exchange(connection: HttpConnection, request: HttpPost): Promise<HttpOutcome> {
  return new Promise((resolve) => {
    const startedMicros = nowMicros();
    const elapsedMs = (): number => (nowMicros() - startedMicros) / 1_000;
    const bounds = startBounds(request.timeouts, () => settle(failure('timeout', elapsedMs())));
    let settled = false;
    const settle = (outcome: HttpOutcome): void => {
      if (settled) return;
      settled = true;
      bounds.cancel();
      resolve(outcome);
    };
    const handler = answerHandler(connection, {
      onProgress: () => bounds.progress(),
      onAnswer: (status, body) => settle({ kind: 'answer', status, body, elapsedMs: elapsedMs() }),
      onFailure: (failed) => settle(failure(failureReason(failed), elapsedMs())),
    });
    const { pathname, search } = new URL(request.url);
    connection.client.dispatch(
      { method: 'POST', path: `${pathname}${search}`, headers: { ...request.headers }, body: request.body },
      handler,
    );
  });
}

/** The events of one request. */
interface AnswerEvents {
  /** The client begins to write the request, or a part of the answer has arrived. */
  onProgress(): void;
  onAnswer(status: number, body: string): void;
  onFailure(failed: Parameters<typeof failureReason>[0]): void;
}

function answerHandler(connection: HttpConnection, events: AnswerEvents): Dispatcher.DispatchHandler {
  const chunks: Buffer[] = [];
  let begun = false;
  let bytesBefore = 0;
  let status = 0;
  return {
    onRequestStart() {
      begun = true;
      bytesBefore = connection.bytesRead();
      events.onProgress();
    },
    onResponseStart(_controller, statusCode) {
      status = statusCode;
      events.onProgress();
    },
    onResponseData(_controller, chunk) {
      chunks.push(chunk);
      events.onProgress();
    },
    onResponseEnd() {
      events.onAnswer(status, Buffer.concat(chunks).toString('utf8'));
    },
    onResponseError(_controller, error) {
      events.onFailure({ error, begun, answerBytes: connection.bytesRead() - bytesBefore });
    },
  };
}

/** Starts the time limits of one call: `totalMs` from now, `connectMs` until the first progress, `readMs` after each progress. */
function startBounds(
  { totalMs, connectMs, readMs }: HttpPost['timeouts'],
  onTimeout: () => void,
): { progress(): void; cancel(): void } {
  const start = (ms: number | undefined): (() => void) => (ms === undefined ? () => {} : startTimer(ms, onTimeout));
  const cancelTotal = start(totalMs);
  let cancelWaiting = start(connectMs);
  return {
    progress() {
      cancelWaiting();
      cancelWaiting = start(readMs);
    },
    cancel() {
      cancelTotal();
      cancelWaiting();
    },
  };
}
