// One connection through a tap: passes every byte, half-close and reset unchanged, and shows them to a recorder.
import { connect, type Socket } from 'node:net';
import type { CallRecorder } from './call-recorder.ts';
import { type Interval, rigMicros } from './clock.ts';

/** What a link connects. */
export interface TapLinkOptions {
  /** The accepted connection. It must allow half-open. */
  readonly client: Socket;
  readonly targetHost: string;
  readonly targetPort: number;
  /** Undefined when nothing is being recorded. */
  readonly recorder: CallRecorder | undefined;
}

/** One connection through a tap. */
export class TapLink {
  /** Settles when both sides are closed. */
  readonly closed: Promise<void>;
  readonly #client: Socket;
  readonly #server: Socket;
  #recorder: CallRecorder | undefined;

  constructor({ client, targetHost, targetPort, recorder }: TapLinkOptions) {
    this.#client = client.setNoDelay(true);
    this.#server = connect({ host: targetHost, port: targetPort, allowHalfOpen: true, noDelay: true });
    this.#recorder = recorder;
    this.#passClient();
    this.#passServer();
    this.closed = this.#untilClosed();
  }

  /** Closes the link. Its calls are not recorded as failed, because the rig ended them. */
  async drop(): Promise<void> {
    this.#recorder = undefined;
    this.#client.destroy();
    this.#server.destroy();
    await this.closed;
  }

  async #untilClosed(): Promise<void> {
    await Promise.all([this.#client, this.#server].map(whenClosed));
    const at = rigMicros();
    this.#recorder?.closed({ earliest: at, latest: at });
  }

  #passClient(): void {
    const [client, server] = [this.#client, this.#server];
    client.on('data', (chunk: Buffer) => {
      const interval = during(() => pass(chunk, client, server));
      this.#recorder?.requestBytes(chunk, interval);
    });
    client.on('end', () => {
      const interval = during(() => server.end());
      this.#recorder?.ended({ by: 'client', how: 'fin' }, interval);
    });
    client.on('error', () => {
      const interval = during(() => reset(server));
      this.#recorder?.ended({ by: 'client', how: 'rst' }, interval);
    });
    client.on('drain', () => server.resume());
  }

  #passServer(): void {
    const [client, server] = [this.#client, this.#server];
    let isConnected = false;
    server.on('connect', () => {
      isConnected = true;
      this.#recorder?.connected(rigMicros());
    });
    server.on('data', (chunk: Buffer) => {
      const interval = during(() => pass(chunk, server, client));
      this.#recorder?.answerBytes(chunk, interval);
    });
    server.on('end', () => {
      const interval = during(() => client.end());
      this.#recorder?.ended({ by: 'server', how: 'fin' }, interval);
    });
    server.on('error', () => {
      // If the target refuses the connection, the client sees that its connection is closed immediately, as it does behind a proxy.
      const interval = during(() => (isConnected ? reset(client) : client.end().resume()));
      this.#recorder?.ended({ by: 'server', how: 'rst' }, interval);
    });
    server.on('drain', () => client.resume());
  }
}

function during(work: () => void): Interval {
  const earliest = rigMicros();
  work();
  return { earliest, latest: rigMicros() };
}

function pass(chunk: Buffer, from: Socket, to: Socket): void {
  if (to.writable && !to.write(chunk)) from.pause();
}

/** Resets a connection, but only after the bytes written to it have been sent. */
function reset(socket: Socket): void {
  if (socket.writable && socket.writableLength > 0) socket.write('', () => socket.resetAndDestroy());
  else socket.resetAndDestroy();
}

function whenClosed(socket: Socket): Promise<void> {
  return new Promise((done) => socket.once('close', () => done()));
}
