// Serves an Application over HTTP: it gets every request except the health check.
import type { Server, ServerResponse } from 'node:http';
import { type HttpBindings, serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { CallerPresence, HttpRequest } from '../contract/http.ts';
import type { Application } from '../contract/parts.ts';
import { messageOf } from './env.ts';
import type { WorkUnderWay } from './work-under-way.ts';

/** The path of the health check. */
export const HEALTH_PATH = '/healthz';

/** The type of Hono's context here: it gives access to Node's request and response. */
interface Served {
  Bindings: HttpBindings;
}

/** The application to serve, its port, and what the server needs around it. */
export interface HttpServerOptions {
  readonly application: Application;
  readonly port: number;
  /** Counts the requests that are being answered. */
  readonly work: WorkUnderWay;
  /** Whether the process can work: the health check answers 503 if not. */
  healthy(): Promise<boolean>;
  log(line: string): void;
}

/** A server that is listening. */
export interface HttpServer {
  /** Stops listening, and ends each connection after the answer to its request. */
  stopAccepting(): void;
  /** Stops listening, waits at most `graceMs` for answers that are being written, then cuts all connections. */
  close(graceMs: number): Promise<void>;
}

/** Starts to listen on 127.0.0.1; rejects if the port is not available. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = new Hono<Served>();
  app.get(HEALTH_PATH, async (context) =>
    (await options.healthy()) ? context.json({ ok: true }) : unavailable(context),
  );
  let isEnding = false;
  app.all('*', (context) => answer(context, { ...options, isEnding: () => isEnding }));
  const server = await listen(app, options.port);
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  // A connection that stays open after its answer could carry another request.
  server.prependListener('request', (_, response: ServerResponse) => {
    response.once('finish', () => {
      if (isEnding) setImmediate(() => server.closeIdleConnections());
    });
  });
  const stopAccepting = (): void => {
    if (isEnding) return;
    isEnding = true;
    server.close();
    server.closeIdleConnections();
  };
  return {
    stopAccepting,
    async close(graceMs) {
      stopAccepting();
      const cut = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}

function listen(app: Hono<Served>, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, () => resolve(server)) as Server;
    server.once('error', reject);
  });
}

/** The options of the server, and whether the process has been asked to end. */
interface Answering extends HttpServerOptions {
  isEnding(): boolean;
}

async function answer(context: Context<Served>, options: Answering): Promise<Response> {
  let request: HttpRequest;
  try {
    const { pathname, search } = new URL(context.req.url);
    request = {
      method: context.req.method,
      path: `${pathname}${search}`,
      headers: context.req.header(),
      body: await context.req.text(),
    };
  } catch {
    // The caller ended the connection in the middle of its request: there is nothing to do, and the answer goes nowhere.
    return json(400, JSON.stringify({ error: 'incomplete request' }));
  }
  // A request that was incomplete when the process was asked to end is refused: the process would not wait for its effects.
  if (options.isEnding()) return json(503, JSON.stringify({ error: 'the process is ending' }));
  try {
    const { status, body } = await options.work.track(options.application.handle(request, callerOf(context)));
    return json(status, body);
  } catch (error) {
    options.log(`REQUEST_FAILED: ${request.method} ${request.path}: ${messageOf(error)}`);
    return json(500, JSON.stringify({ error: 'internal error' }));
  }
}

/** The caller is gone if the response closes before it has been written. */
function callerOf({ env: { outgoing } }: Context<Served>): CallerPresence {
  return {
    get isGone() {
      return outgoing.destroyed && !outgoing.writableFinished;
    },
    onGone(work) {
      outgoing.once('close', () => {
        if (!outgoing.writableFinished) work();
      });
    },
  };
}

function unavailable(context: Context): Response {
  return context.json({ ok: false, error: 'the database does not answer' }, 503);
}

function json(status: number, body: string): Response {
  return new Response(body, { status, headers: { 'content-type': 'application/json' } });
}
