// The observatory: the taps and provider stubs of all slots. They run in their own thread, so that a busy rig cannot distort the times that
// they record. This is its interface on the rig's thread.
import assert from 'node:assert/strict';
import type { Role } from '../../../src/contract/message.ts';
import type { Observation } from '../../formats/event.ts';
import type { Protocol } from '../../formats/protocol.ts';
import type { ProviderDescription } from '../../formats/provider.ts';
import type { TlsIdentity } from '../egress/authority.ts';
import { onFreePort } from '../process/ports.ts';
import type { Interval } from './clock.ts';
import type { ObserverCommand, RefusedEgress, SabotageOrder } from './commands.ts';
import { ObservatoryThread } from './observatory-thread.ts';
import type { Canary } from './provider-ledger.ts';
import type { ProviderRule } from './provider-rule.ts';
import type { RecordedItem } from './recording.ts';
import { SlotLog } from './slot-log.ts';

/** Where a tap listens, and where it leads. By default it listens on a free port of 127.0.0.1. */
interface OpenTapOptions {
  readonly name: 'front' | 'back';
  readonly slot: number;
  readonly listenHost?: string;
  readonly listenPort?: number;
  readonly targetHost: string;
  readonly targetPort: number;
  /** How the calls are read; by default the runbook's protocol. */
  readonly protocol?: Protocol;
}

/** The system that sends to a provider stub, and the APIs of the stub. */
interface OpenProviderOptions {
  readonly slot: number;
  readonly system: Role;
  /** Twilio's API by default. */
  readonly providers?: readonly ProviderDescription[];
  /** The TLS identity with which the stub, as a proxy, serves the hosts of its APIs; without it the stub serves no hosts. */
  readonly serving?: TlsIdentity | undefined;
}

/** An open tap. */
export interface TapHandle {
  readonly port: number;
  /** Opens or closes the listener. While it is closed, new connections are refused; open links stay open. */
  setListening(isOn: boolean): Promise<void>;
  /** Closes all links. Their calls are not recorded as failed, because the rig ended them. */
  dropLinks(): Promise<void>;
  close(): Promise<void>;
}

/** An open provider stub. */
export interface ProviderHandle {
  readonly port: number;
  /** Replaces the rules for messages that arrive from now on. A new recording does not reset them. */
  program(rules: readonly ProviderRule[]): Promise<void>;
  close(): Promise<void>;
}

/** The running observatory. Once its thread is lost, commands to the thread throw an InfrastructureError, except `collect` and closing. */
export interface Observatory {
  /** Resolves with the reason if the thread ends without having been closed. */
  readonly lost: Promise<string>;
  openTap(options: OpenTapOptions): Promise<TapHandle>;
  openProvider(options: OpenProviderOptions): Promise<ProviderHandle>;
  /** Starts a new recording in a slot, and closes all links of its taps. */
  begin(slot: number, options: BeginOptions): Promise<void>;
  /**
   * Orders that processes are stopped with SIGSTOP as soon as the slot's front tap has passed the last byte of its next answer. A slot has
   * one such order at a time, and a new recording withdraws it.
   */
  stopAtAnswer(slot: number, order: StopOrder): Promise<void>;
  /** Withdraws the order. When this resolves, `onStopped` has been called, or never will be. */
  forgetStop(slot: number): Promise<void>;
  /** Calls `heard` with each event when it is recorded, until a new recording begins or the returned function is called. */
  watch(slot: number, heard: (seen: Observation) => void): () => void;
  /** All events since `begin`, in the order in which they were recorded, with absolute times of the rig's clock. */
  collect(slot: number): Promise<Observation[]>;
  /** Returns the requests of a slot to refused hosts since the last call. */
  takeEgresses(slot: number): RefusedEgress[];
  /** The canaries that reached the slot's provider stubs so far. */
  canaries(slot: number): Promise<readonly Canary[]>;
  /** Ends the thread abruptly, as a failure would. Self-tests of the rig use it. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** What a recording is started with. */
export interface BeginOptions {
  /** The items whose messages the provider stubs recognize. */
  readonly items: readonly RecordedItem[];
  /** The wire mutant that acts until the next recording. */
  readonly sabotage?: SabotageOrder | undefined;
}

/** The processes to stop at an answer. */
export interface StopOrder {
  /** The leader of the process group to stop. */
  readonly pid: number;
  /** More processes to stop, such as those that have left the group. */
  readonly kin: readonly number[];
  /** Called with the interval in which the processes were stopped. */
  onStopped(interval: Interval): void;
}

/** Starts the observatory's thread. */
export async function startObservatory(): Promise<Observatory> {
  const logs = new Map<number, SlotLog>();
  const watchers = new Map<number, Set<(seen: Observation) => void>>();
  const egresses = new Map<number, RefusedEgress[]>();
  const stopListeners = new Map<number, (interval: Interval) => void>();
  const thread = await ObservatoryThread.start({
    onEvent(event) {
      const log = logs.get(event.slot);
      log?.add(event);
      if (event.recording !== log?.recording) return;
      for (const heard of watchers.get(event.slot) ?? []) heard(event.observation);
    },
    onEgress: (refused) => egresses.set(refused.slot, [...(egresses.get(refused.slot) ?? []), refused]),
    onStopped: ({ slot, interval }) => stopListeners.get(slot)?.(interval),
  });
  let [lastId, lastRecording] = [0, 0];
  return {
    lost: thread.lost,
    openTap: (options) => openTap(thread, (lastId += 1), options),
    openProvider: (options) => openProvider(thread, (lastId += 1), options),
    async begin(slot, { items, sabotage }) {
      lastRecording += 1;
      const recording = lastRecording;
      logs.set(slot, new SlotLog(recording));
      watchers.set(slot, new Set());
      await thread.ask({ kind: 'begin', slot, recording, items, sabotage });
    },
    async stopAtAnswer(slot, { pid, kin, onStopped }) {
      stopListeners.set(slot, onStopped);
      await thread.ask({ kind: 'stop-at-answer', slot, pid, kin });
    },
    async forgetStop(slot) {
      await thread.ask({ kind: 'forget-stop', slot });
      stopListeners.delete(slot);
    },
    watch(slot, heard) {
      const own = watchers.get(slot);
      assert(own !== undefined, `slot ${slot} has no recording to watch`);
      own.add(heard);
      return () => own.delete(heard);
    },
    async collect(slot) {
      const log = logs.get(slot);
      assert(log !== undefined, `slot ${slot} has no recording to collect`);
      try {
        const count = await thread.ask({ kind: 'count', slot });
        assert(typeof count === 'number', 'the observatory counts its events');
        return log.read(count);
      } catch (error) {
        if (thread.lostBecause === undefined) throw error;
        return log.readLost(thread.lostBecause);
      }
    },
    takeEgresses(slot) {
      const taken = egresses.get(slot) ?? [];
      egresses.delete(slot);
      return taken;
    },
    async canaries(slot) {
      const canaries = await thread.ask({ kind: 'canaries', slot });
      assert(typeof canaries === 'object', 'the observatory lists its canaries');
      return canaries;
    },
    kill: () => thread.kill(),
    close: () => thread.close(),
  };
}

async function openTap(thread: ObservatoryThread, id: number, options: OpenTapOptions): Promise<TapHandle> {
  const { slot, listenHost = '127.0.0.1', ...tap } = options;
  const open = async (port: number): Promise<number> => {
    await thread.ask({ kind: 'open-tap', id, slot, options: { ...tap, listenHost, listenPort: port } });
    return port;
  };
  const listenPort = await (options.listenPort === undefined ? onFreePort(open) : open(options.listenPort));
  return {
    port: listenPort,
    async setListening(isOn) {
      await thread.ask({ kind: 'set-listening', id, isOn });
    },
    async dropLinks() {
      await thread.ask({ kind: 'drop-links', id });
    },
    close: () => closeUnlessLost(thread, { kind: 'close-tap', id }),
  };
}

async function openProvider(
  thread: ObservatoryThread,
  id: number,
  { slot, system, providers = ['twilio'], serving }: OpenProviderOptions,
): Promise<ProviderHandle> {
  const port = await onFreePort(async (candidate) => {
    await thread.ask({ kind: 'open-provider', id, slot, system, port: candidate, providers, serving });
    return candidate;
  });
  return {
    port,
    async program(rules) {
      await thread.ask({ kind: 'program', id, rules });
    },
    close: () => closeUnlessLost(thread, { kind: 'close-provider', id }),
  };
}

/** Sends a closing command. If the thread is lost, all its sockets are closed already. */
async function closeUnlessLost(thread: ObservatoryThread, command: ObserverCommand): Promise<void> {
  try {
    await thread.ask(command);
  } catch (error) {
    if (thread.lostBecause === undefined) throw error;
  }
}
