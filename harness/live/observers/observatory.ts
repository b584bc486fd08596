// The observatory: taps and provider stubs of all slots in one thread beside the rig's, so that a busy rig cannot falsify what they
// see. This is its face on the rig's thread.
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

/** Where a tap stands. Without a port it gets a free one, on 127.0.0.1 by default. */
interface OpenTapOptions {
  readonly name: 'front' | 'back';
  readonly slot: number;
  readonly listenHost?: string;
  readonly listenPort?: number;
  readonly targetHost: string;
  readonly targetPort: number;
  /** What the calls are read by; the runbook's unless given. */
  readonly protocol?: Protocol;
}

/** Whose messages a provider stub takes, and by which APIs. */
interface OpenProviderOptions {
  readonly slot: number;
  readonly system: Role;
  readonly providers?: readonly ProviderDescription[];
  /** By what it serves the hosts of its APIs, as a proxy; without it none is served so. */
  readonly serving?: TlsIdentity | undefined;
}

/** An open tap. */
export interface TapHandle {
  readonly port: number;
  /** While a tap does not listen, connecting to it is refused. Links that are open stay open. */
  setListening(isOn: boolean): Promise<void>;
  /** Ends all links. Their calls are not recorded as failed: it was the rig. */
  dropLinks(): Promise<void>;
  close(): Promise<void>;
}

/** An open provider stub. */
export interface ProviderHandle {
  readonly port: number;
  /** Replaces the rules for messages that arrive from now on. They stay in force over a new recording. */
  program(rules: readonly ProviderRule[]): Promise<void>;
  close(): Promise<void>;
}

/** The running observatory. All its operations throw an InfrastructureError once it is lost, but `collect` and the closing ones. */
export interface Observatory {
  /** Settles with the reason when the observers end without having been closed. */
  readonly lost: Promise<string>;
  openTap(options: OpenTapOptions): Promise<TapHandle>;
  /** Opens a provider stub; it speaks Twilio's API unless given. */
  openProvider(options: OpenProviderOptions): Promise<ProviderHandle>;
  /**
   * Starts a new recording and ends all links of the slot's taps. `items` says what their messages are known by, `sabotage` which wire
   * mutant acts until the next recording.
   */
  begin(slot: number, options: BeginOptions): Promise<void>;
  /**
   * Stops the process group of `pid`, and the processes `kin`, with SIGSTOP once the slot's front tap has passed the last byte of its next answer. A slot has one
   * such order at a time, and a new recording ends it.
   */
  stopAtAnswer(slot: number, order: StopOrder): Promise<void>;
  /** Takes that order back. When this resolves, `onStopped` has been called, or never will be. */
  forgetStop(slot: number): Promise<void>;
  /** Calls `heard` with each recorded event as it is seen, until a new recording or until the returned function is called. */
  watch(slot: number, heard: (seen: Observation) => void): () => void;
  /** Everything recorded since `begin`, in the order in which it was seen, with absolute times of the rig's clock. */
  collect(slot: number): Promise<Observation[]>;
  /** The hosts that a slot asked for and did not reach since this was last asked. */
  takeEgresses(slot: number): RefusedEgress[];
  /** The canaries that reached the slot's provider stubs so far. */
  canaries(slot: number): Promise<readonly Canary[]>;
  /** Ends the observers abruptly, as a failure of the rig would: for the rig's test of itself. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** What a recording begins with. */
export interface BeginOptions {
  readonly items: readonly RecordedItem[];
  readonly sabotage?: SabotageOrder | undefined;
}

/** What is to be stopped at an answer. */
export interface StopOrder {
  readonly pid: number;
  readonly kin: readonly number[];
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

/** What is lost has closed everything it had. */
async function closeUnlessLost(thread: ObservatoryThread, command: ObserverCommand): Promise<void> {
  try {
    await thread.ask(command);
  } catch (error) {
    if (thread.lostBecause === undefined) throw error;
  }
}
