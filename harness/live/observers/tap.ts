// A tap: listens where one side expects the other, and joins each connection to the real one behind.
import { createServer, type Server, type Socket } from 'node:net';
import { type BatchWire, batchWire } from '../../execution/batch-wire.ts';
import { type Protocol, RUNBOOK_PROTOCOL } from '../../formats/protocol.ts';
import { CallRecorder } from './call-recorder.ts';
import { rigMicros } from './clock.ts';
import { listen } from './listen.ts';
import type { Recording } from './recording.ts';
import { TapLink } from './tap-link.ts';

/** Where a tap stands. */
export interface TapOptions {
  readonly name: 'front' | 'back';
  readonly listenHost: string;
  readonly listenPort: number;
  readonly targetHost: string;
  readonly targetPort: number;
  /** What the calls are read by; the runbook's unless given. */
  readonly protocol?: Protocol;
}

/** One tap. */
export class Tap {
  readonly #options: TapOptions;
  readonly #wire: BatchWire;
  readonly #recording: () => Recording | undefined;
  readonly #links = new Set<TapLink>();
  #server: Server | undefined;

  /** `recording` answers what a connection that is accepted now belongs to. */
  constructor(options: TapOptions, recording: () => Recording | undefined) {
    this.#options = options;
    this.#wire = batchWire(options.protocol ?? RUNBOOK_PROTOCOL);
    this.#recording = recording;
  }

  /** Opens or closes the listener; links are left alone. While it is closed, connecting is refused. */
  async setListening(isOn: boolean): Promise<void> {
    if (isOn === (this.#server !== undefined)) return;
    if (!isOn) {
      // The socket stops listening at once; the callback would wait for the last link.
      this.#server?.close();
      this.#server = undefined;
      return;
    }
    // Made anew each time: a closed server stays busy until its last link has ended.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#join(client));
    const { listenHost: host, listenPort: port } = this.#options;
    await listen(server, { host, port });
    this.#server = server;
  }

  /** Ends all links. */
  async dropLinks(): Promise<void> {
    await Promise.all([...this.#links].map((link) => link.drop()));
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await this.setListening(false);
    await this.dropLinks();
  }

  #join(client: Socket): void {
    const { name, targetHost, targetPort } = this.#options;
    const recording = this.#recording();
    const wire = this.#wire;
    const recorder =
      recording === undefined
        ? undefined
        : new CallRecorder({ tap: name, recording, wire, acceptedMicros: rigMicros() });
    const link = new TapLink({ client, targetHost, targetPort, recorder });
    this.#links.add(link);
    void this.#forgetOnceClosed(link);
  }

  async #forgetOnceClosed(link: TapLink): Promise<void> {
    await link.closed;
    this.#links.delete(link);
  }
}
