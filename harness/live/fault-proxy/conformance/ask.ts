// Sends requests of the conformance suite exactly as written; fetch would normalize their paths.
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { withoutPorts } from './case.ts';

/** A request, whose body is sent unchanged. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer without the parts that differ from run to run. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

// Headers that belong to the connection rather than to the answer, and the time.
const LEFT_OUT: ReadonlySet<string> = new Set(['date', 'transfer-encoding']);
// One server sends longer answers in pieces, without a length; the other sends them in one piece.
const LENGTH_KNOWN_MAX = 2_048;

const agent = new Agent({ keepAlive: true });

/** Sends one request over a connection that is kept alive, and reads the answer. */
export async function ask(url: string, asked: Asked, { keepPorts = false } = {}): Promise<Answered> {
  const { method, path, body, headers = {} } = asked;
  const { hostname, port } = new URL(url);
  // For GET and DELETE, Node would not send the length of a body.
  const framing = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const sent = request({ agent, host: hostname, port, method, path, headers: { ...framing, ...headers } });
  sent.end(body);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  const received = await text(answer);
  return comparableAnswer(answer, keepPorts ? received : withoutPorts(received));
}

function comparableAnswer(answer: IncomingMessage, body: string): Answered {
  const headers = Object.entries(answer.headers)
    .filter(([name]) => !LEFT_OUT.has(name) && !(name === 'content-length' && body.length >= LENGTH_KNOWN_MAX / 2))
    .map(([name, value]): [string, string] => [name, comparable(name, String(value))]);
  return { status: answer.statusCode ?? 0, headers: Object.fromEntries(headers), body };
}

function comparable(name: string, value: string): string {
  if (name === 'x-toxiproxy-request-id') return value === '' ? 'none' : 'some';
  // The length follows from the body, whose ports have different lengths.
  return name === 'content-length' ? 'known' : value;
}

/** Sends bytes on a new connection, and reads the answer until the connection ends or is silent for `patienceMs`. */
export async function askRaw(url: string, bytes: string, patienceMs = 300): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('error', () => undefined);
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.once('end', () => socket.destroy());
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(parts).toString();
}
