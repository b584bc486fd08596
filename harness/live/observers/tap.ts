// A tap: listens where one side expects the other, and joins each connection to the real one behind.
import { createServer, type Server, type Socket } from 'node:net';
import { type BatchWire, batchWire } from '../../execution/batch-wire.ts';
import { type Protocol, RUNBOOK_PROTOCOL } from '../../formats/protocol.ts';
import { boundAddress } from '../fault-proxy/bound-address.ts';
import type { Relay, RelayTarget } from '../sabotage/relay.ts';
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

/** Who opens a relay that leads to a target. */
type OpenRelay = (target: RelayTarget) => Promise<Relay>;

/** One tap. */
export class Tap {
  readonly #options: TapOptions;
  readonly #wire: BatchWire;
  readonly #recording: () => Recording | undefined;
  readonly #links = new Set<TapLink>();
  #server: Server | undefined;
  /** A saboteur before this tap, with the listener that it leads to; or one behind it. */
  #before: { readonly relay: Relay; readonly inner: Server } | undefined;
  #behind: Relay | undefined;

  /** `recording` answers what a connection that is accepted now belongs to. */
  constructor(options: TapOptions, recording: () => Recording | undefined) {
    this.#options = options;
    this.#wire = batchWire(this.protocol);
    this.#recording = recording;
  }

  /** Which of a link's two taps it is. */
  get name(): TapOptions['name'] {
    return this.#options.name;
  }

  /** What the calls are read by. */
  get protocol(): Protocol {
    return this.#options.protocol ?? RUNBOOK_PROTOCOL;
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
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#take(client));
    const { listenHost: host, listenPort: port } = this.#options;
    await listen(server, { host, port });
    this.#server = server;
  }

  /** Ends all links. */
  async dropLinks(): Promise<void> {
    await Promise.all([...this.#links].map((link) => link.drop()));
  }

  /** Lets a saboteur stand before this tap, between the caller and it. */
  async sabotageBefore(open: OpenRelay): Promise<void> {
    const inner = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#join(client));
    await listen(inner, { host: '127.0.0.1', port: 0 });
    this.#before = { inner, relay: await open(boundAddress(inner)) };
  }

  /** Lets a saboteur stand behind this tap, between it and its target. */
  async sabotageBehind(open: OpenRelay): Promise<void> {
    const { targetHost: host, targetPort: port } = this.#options;
    this.#behind = await open({ host, port });
  }

  /** Ends all sabotage. */
  async endSabotage(): Promise<void> {
    const [before, behind] = [this.#before, this.#behind];
    this.#before = undefined;
    this.#behind = undefined;
    before?.inner.close();
    await Promise.all([before?.relay.close(), behind?.close()]);
  }

  /** Ends everything. */
  async close(): Promise<void> {
    await this.setListening(false);
    await Promise.all([this.endSabotage(), this.dropLinks()]);
  }

  #take(client: Socket): void {
    if (this.#before === undefined) this.#join(client);
    else this.#before.relay.take(client);
  }

  #join(client: Socket): void {
    const { name } = this;
    const { targetHost, targetPort } = this.#target;
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

  get #target(): Pick<TapOptions, 'targetHost' | 'targetPort'> {
    if (this.#behind === undefined) return this.#options;
    return { targetHost: '127.0.0.1', targetPort: this.#behind.port };
  }

  async #forgetOnceClosed(link: TapLink): Promise<void> {
    await link.closed;
    this.#links.delete(link);
  }
}
