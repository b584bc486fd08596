// A tap: listens in place of its target, and relays each connection to the target.
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

/** Where a tap listens, and where it leads. */
export interface TapOptions {
  readonly name: 'front' | 'back';
  readonly listenHost: string;
  readonly listenPort: number;
  readonly targetHost: string;
  readonly targetPort: number;
  /** How the calls are read; by default the runbook's protocol. */
  readonly protocol?: Protocol;
}

/** Opens a relay that leads to a target. */
type OpenRelay = (target: RelayTarget) => Promise<Relay>;

/** One tap. */
export class Tap {
  readonly #options: TapOptions;
  readonly #wire: BatchWire;
  readonly #recording: () => Recording | undefined;
  readonly #links = new Set<TapLink>();
  #server: Server | undefined;
  /** A saboteur in front of this tap, with the tap's listener to which it leads. */
  #before: { readonly relay: Relay; readonly inner: Server } | undefined;
  /** A saboteur behind this tap. */
  #behind: Relay | undefined;

  /** `recording` returns the recording of a connection that is accepted now; undefined if nothing is recorded. */
  constructor(options: TapOptions, recording: () => Recording | undefined) {
    this.#options = options;
    this.#wire = batchWire(this.protocol);
    this.#recording = recording;
  }

  /** Which of the two taps of a service link it is. */
  get name(): TapOptions['name'] {
    return this.#options.name;
  }

  /** How the calls are read. */
  get protocol(): Protocol {
    return this.#options.protocol ?? RUNBOOK_PROTOCOL;
  }

  /** Opens or closes the listener. While it is closed, new connections are refused; open links stay open. */
  async setListening(isOn: boolean): Promise<void> {
    if (isOn === (this.#server !== undefined)) return;
    if (!isOn) {
      // The socket stops listening immediately. The callback of close would come only after the last link has ended.
      this.#server?.close();
      this.#server = undefined;
      return;
    }
    // A new server each time: a closed one cannot listen again until its last link has ended.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#take(client));
    const { listenHost: host, listenPort: port } = this.#options;
    await listen(server, { host, port });
    this.#server = server;
  }

  /** Closes all links. */
  async dropLinks(): Promise<void> {
    await Promise.all([...this.#links].map((link) => link.drop()));
  }

  /** Puts a saboteur between the caller and this tap. */
  async sabotageBefore(open: OpenRelay): Promise<void> {
    const inner = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#join(client));
    await listen(inner, { host: '127.0.0.1', port: 0 });
    this.#before = { inner, relay: await open(boundAddress(inner)) };
  }

  /** Puts a saboteur between this tap and its target. */
  async sabotageBehind(open: OpenRelay): Promise<void> {
    const { targetHost: host, targetPort: port } = this.#options;
    this.#behind = await open({ host, port });
  }

  /** Removes the saboteurs. */
  async endSabotage(): Promise<void> {
    const [before, behind] = [this.#before, this.#behind];
    this.#before = undefined;
    this.#behind = undefined;
    before?.inner.close();
    await Promise.all([before?.relay.close(), behind?.close()]);
  }

  /** Closes the listener, the saboteurs and all links. */
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
