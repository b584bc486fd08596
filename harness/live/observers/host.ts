// The inside of the observatory, in its own thread: the taps and provider stubs of all slots, and what they record.
import assert from 'node:assert/strict';
import type { Role } from '../../../src/contract/message.ts';
import type { Observation } from '../../formats/event.ts';
import { type Interval, rigMicros } from './clock.ts';
import type { ObserverAnswer, ObserverCommand, RefusedEgress, Stop } from './commands.ts';
import { Provider } from './provider.ts';
import { openApis } from './provider-apis/open-apis.ts';
import type { Canary } from './provider-ledger.ts';
import { type RecordedEvent, Recording } from './recording.ts';
import { placeSaboteur } from './saboteur.ts';
import { startStallMeter, type StallMeter } from './stall-meter.ts';
import { Tap } from './tap.ts';

interface SlotState {
  recording: Recording | undefined;
  readonly taps: Set<Tap>;
  readonly providers: Partial<Record<Role, Provider>>;
  readonly canaries: Canary[];
}

type CommandOf<K extends ObserverCommand['kind']> = Extract<ObserverCommand, { kind: K }>;

interface HostListeners {
  /** Called with each event when it is recorded. */
  onEvent(event: RecordedEvent): void;
  /** Called with each request to a host that was refused. */
  onEgress(refused: RefusedEgress): void;
  /** Called with each process that was stopped on request. */
  onStopped(stop: Stop): void;
}

/** Hosts the observers of all slots. */
export class ObservatoryHost {
  readonly #emit: (event: RecordedEvent) => void;
  readonly #onEgress: (refused: RefusedEgress) => void;
  readonly #onStopped: (stop: Stop) => void;
  /** The processes to stop at the next answer, by slot. */
  readonly #toStop = new Map<number, CommandOf<'stop-at-answer'>>();
  readonly #slots = new Map<number, SlotState>();
  readonly #taps = new Map<number, { tap: Tap; slot: SlotState }>();
  readonly #providers = new Map<number, Provider>();
  readonly #meter: StallMeter;

  constructor({ onEvent, onEgress, onStopped }: HostListeners) {
    this.#onEgress = onEgress;
    this.#onStopped = onStopped;
    this.#emit = (event) => {
      // Before all else: the reader of the answer already has it.
      if (event.observation.kind === 'answer' && event.observation.tap === 'front') this.#stopReader(event.slot);
      onEvent({ ...event, observation: this.#asHeard(event.observation) });
    };
    this.#meter = startStallMeter((stall) => this.#recordStall(stall));
  }

  /** Performs a command. */
  async perform(command: ObserverCommand): Promise<ObserverAnswer> {
    switch (command.kind) {
      case 'open-tap':
        return this.#openTap(command);
      case 'set-listening':
        await this.#tap(command.id).tap.setListening(command.isOn);
        return undefined;
      case 'drop-links':
        await this.#tap(command.id).tap.dropLinks();
        return undefined;
      case 'close-tap':
        return this.#closeTap(command.id);
      case 'open-provider':
        return this.#openProvider(command);
      case 'program':
        this.#provider(command.id).program(command.rules);
        return undefined;
      case 'close-provider':
        await this.#provider(command.id).close();
        this.#providers.delete(command.id);
        return undefined;
      case 'begin':
        return this.#begin(command);
      case 'stop-at-answer':
        this.#toStop.set(command.slot, command);
        return undefined;
      case 'forget-stop':
        this.#toStop.delete(command.slot);
        return undefined;
      case 'count':
        // A stall that has just ended must be in the recording that is read now.
        this.#meter.check();
        return this.#slot(command.slot).recording?.count ?? 0;
      case 'canaries':
        break;
    }
    return [...this.#slot(command.slot).canaries];
  }

  /** Closes all taps and provider stubs. */
  async close(): Promise<void> {
    this.#meter.stop();
    await Promise.all([...this.#taps.keys()].map((id) => this.#closeTap(id)));
    await Promise.all([...this.#providers.values()].map((provider) => provider.close()));
  }

  async #openTap({ id, slot: number, options }: CommandOf<'open-tap'>): Promise<undefined> {
    const slot = this.#slot(number);
    const tap = new Tap(options, () => slot.recording);
    await tap.setListening(true);
    slot.taps.add(tap);
    this.#taps.set(id, { tap, slot });
  }

  async #closeTap(id: number): Promise<undefined> {
    const { tap, slot } = this.#tap(id);
    await tap.close();
    slot.taps.delete(tap);
    this.#taps.delete(id);
  }

  async #openProvider(command: CommandOf<'open-provider'>): Promise<undefined> {
    const { id, slot: number, system, port, providers, serving } = command;
    const slot = this.#slot(number);
    const ledger = {
      system,
      recording: () => slot.recording,
      onCanary: (canary: Canary) => slot.canaries.push(canary),
    };
    const provider = new Provider(ledger, await openApis(providers), {
      serving,
      onRefused: (target) => this.#onEgress({ slot: number, system, target, atMicros: rigMicros() }),
    });
    await provider.listen(port);
    slot.providers[system] = provider;
    this.#providers.set(id, provider);
  }

  async #begin({ slot: number, recording: id, items, sabotage }: CommandOf<'begin'>): Promise<undefined> {
    this.#meter.check();
    const slot = this.#slot(number);
    this.#toStop.delete(number);
    const recording = new Recording({ slot: number, recording: id, items, emit: this.#emit });
    slot.recording = recording;
    for (const provider of Object.values(slot.providers)) provider.sabotage(undefined);
    await Promise.all([...slot.taps].map((tap) => tap.endSabotage()));
    // A link records into the recording in which it was opened: if an old one stayed open, its calls would be missing from this recording.
    await Promise.all([...slot.taps].map((tap) => tap.dropLinks()));
    if (sabotage !== undefined) await placeSaboteur(sabotage, { ...slot, recording, items });
  }

  #stopReader(slot: number): void {
    const order = this.#toStop.get(slot);
    if (order === undefined) return;
    this.#toStop.delete(slot);
    const earliest = rigMicros();
    try {
      process.kill(-order.pid, 'SIGSTOP');
    } catch {
      // The process has ended. The fault took no effect, so it gets no receipt.
      return;
    }
    for (const pid of order.kin) stopIfAlive(pid);
    this.#onStopped({ slot, interval: { earliest, latest: rigMicros() } });
  }

  /** Widens the interval of an event that a busy thread may have noticed late, back to when the thread last polled for events. */
  #asHeard(observation: Observation): Observation {
    if (observation.kind === 'observer-problem') return observation;
    return { ...observation, earliest: Math.min(observation.earliest, this.#meter.heardSince()) };
  }

  #recordStall({ earliest, latest }: Interval): void {
    const detail = `the observers' event loop stalled for ${Math.round((latest - earliest) / 1_000)} ms`;
    for (const { recording } of this.#slots.values()) {
      const problem = { observer: 'observatory', kind: 'observer-problem', problem: 'stalled', detail } as const;
      recording?.record({ ...problem, earliest, latest });
    }
  }

  #slot(number: number): SlotState {
    const known = this.#slots.get(number);
    if (known !== undefined) return known;
    const slot: SlotState = { recording: undefined, taps: new Set(), providers: {}, canaries: [] };
    this.#slots.set(number, slot);
    return slot;
  }

  #tap(id: number): { tap: Tap; slot: SlotState } {
    const found = this.#taps.get(id);
    assert(found !== undefined, `the observatory has no tap ${id}`);
    return found;
  }

  #provider(id: number): Provider {
    const found = this.#providers.get(id);
    assert(found !== undefined, `the observatory has no provider ${id}`);
    return found;
  }
}

function stopIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGSTOP');
  } catch {
    // The process has ended since the order was given.
  }
}
