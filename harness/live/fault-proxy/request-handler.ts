// Serves the routes over HTTP: finds the route of a request, answers requests without a route, and runs one route at a time.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createMutex } from '../../platform/mutex.ts';
import { failureAnswer, type ApiResponse, type ApiRequest, type ApiRoute, type RoutedPath } from './api.ts';
import { BodyReader } from './request-body.ts';
import { readRequestPath } from './request-path.ts';

const PLAIN = 'text/plain; charset=utf-8';
const NOT_FOUND: ApiResponse = { status: 404, contentType: PLAIN, body: '404 page not found\n' };
const NO_BROWSERS: ApiResponse = { status: 403, contentType: PLAIN, body: 'User agent not allowed\n' };
const WRONG_METHOD: ApiResponse = { status: 405, body: '' };
const NO_HOST = ': missing required Host header';
const REFUSALS: Readonly<Record<string, readonly [number, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
};
const REQUEST_ID_BYTES = 10;

interface Match {
  readonly route: ApiRoute | undefined;
  readonly proxyName: string;
  readonly toxicName: string;
}

/** Answers requests from routes. It never throws and never rejects. */
export function requestHandler(routes: readonly RoutedPath[]): (req: IncomingMessage, res: ServerResponse) => void {
  // Opening and closing ports takes time: two simultaneous changes would each see the other half done.
  const inTurn = createMutex();
  const bodies = new BodyReader();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.headers.host === undefined && request.httpVersion === '1.1') return refuse(response, NO_HOST);
    const path = readRequestPath(request.url ?? '/');
    if (path.kind === 'bad') return refuse(response);
    if (path.kind === 'redirect') return respond(response, { status: 301, body: '' }, { Location: path.location });
    const match = findRoute(routes, path.segments, request.method ?? 'GET');
    if (match?.route === undefined) return respond(response, match === undefined ? NOT_FOUND : WRONG_METHOD);
    const { route } = match;
    const headers = { 'X-Toxiproxy-Request-Id': randomBytes(REQUEST_ID_BYTES).toString('hex') };
    if (request.headers['user-agent']?.startsWith('Mozilla/') === true) return respond(response, NO_BROWSERS, headers);
    const answer = await answerOf(async () => {
      const question: ApiRequest = { ...match, body: route.readsBody ? await bodies.read(request) : '' };
      return inTurn(() => route.answer(question));
    });
    respond(response, answer, headers);
  };
  return (request, response) => {
    // A client that leaves early needs no answer, but its error event without a listener would end the process.
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    serve(request, response).catch(() => response.destroy());
  };
}

async function answerOf(work: () => Promise<ApiResponse>): Promise<ApiResponse> {
  try {
    return await work();
  } catch (error) {
    return failureAnswer(error);
  }
}

function findRoute(routes: readonly RoutedPath[], segments: readonly string[], method: string): Match | undefined {
  const found = routes.find((route) => matches(route, segments));
  if (found === undefined) return undefined;
  const { methods } = found;
  const route = Object.hasOwn(methods, method) ? methods[method] : methods['ANY'];
  return { route, proxyName: segments[1] ?? '', toxicName: segments[3] ?? '' };
}

function matches(route: RoutedPath, segments: readonly string[]): boolean {
  return (
    route.segments.length === segments.length &&
    route.segments.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]))
  );
}

function respond(response: ServerResponse, answer: ApiResponse, headers: Record<string, string> = {}): void {
  const { status, contentType, body } = answer;
  // Toxiproxy sends no header for a connection that is kept alive.
  if (response.shouldKeepAlive) response.removeHeader('Connection');
  response.writeHead(status, {
    ...(contentType === undefined ? {} : { 'Content-Type': contentType }),
    ...(contentType === PLAIN ? { 'X-Content-Type-Options': 'nosniff' } : {}),
    ...(body === undefined || (body === '' && response.req.method === 'HEAD')
      ? {}
      : { 'Content-Length': Buffer.byteLength(body) }),
    ...headers,
  });
  response.end(body);
}

/** Refuses a malformed request, and closes the connection. */
function refuse(response: ServerResponse, reason = ''): void {
  const body = `400 Bad Request${reason}`;
  const headers = { 'Content-Type': PLAIN, Connection: 'close', 'Content-Length': body.length };
  response.writeHead(400, body.slice('400 '.length), headers);
  response.end(body);
}

/** Answers bytes that are no request in the way in which `refuse` answers a malformed request. */
export function refuseBytes(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, name] = REFUSALS[error.code ?? ''] ?? [400, 'Bad Request'];
  socket.end(`HTTP/1.1 ${status} ${name}\r\nContent-Type: ${PLAIN}\r\nConnection: close\r\n\r\n${status} ${name}`);
}
