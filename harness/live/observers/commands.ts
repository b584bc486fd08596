// The messages between the rig's thread and the observatory's thread.
import type { Role } from '../../../src/contract/message.ts';
import type { ProviderDescription } from '../../formats/provider.ts';
import type { TlsIdentity } from '../egress/authority.ts';
import type { Interval } from './clock.ts';
import type { Canary } from './provider-ledger.ts';
import type { ProviderRule } from './provider-rule.ts';
import type { RecordedEvent, RecordedItem } from './recording.ts';
import type { TapOptions } from './tap.ts';

/** Which wire mutant acts in a recording, and how long the legacy app waits for the service. */
export interface SabotageOrder {
  readonly mutant: string;
  readonly budgetMs: number;
}

/** The commands to the observatory. `id` is the number that the rig's thread gives to a tap or a provider stub. */
export type ObserverCommand =
  | { readonly kind: 'open-tap'; readonly id: number; readonly slot: number; readonly options: TapOptions }
  | { readonly kind: 'set-listening'; readonly id: number; readonly isOn: boolean }
  | { readonly kind: 'drop-links'; readonly id: number }
  | { readonly kind: 'close-tap'; readonly id: number }
  | {
      readonly kind: 'open-provider';
      readonly id: number;
      readonly slot: number;
      readonly system: Role;
      readonly port: number;
      readonly providers: readonly ProviderDescription[];
      /** The TLS identity with which the stub, as a proxy, serves the hosts of its APIs. */
      readonly serving?: TlsIdentity | undefined;
    }
  | { readonly kind: 'program'; readonly id: number; readonly rules: readonly ProviderRule[] }
  | { readonly kind: 'close-provider'; readonly id: number }
  | {
      readonly kind: 'begin';
      readonly slot: number;
      readonly recording: number;
      readonly items: readonly RecordedItem[];
      /** The wire mutant that makes the pair look broken from outside during this recording. */
      readonly sabotage?: SabotageOrder | undefined;
    }
  /** Stops the process group of `pid`, and the processes `kin`, when the slot's front tap has passed the last byte of its next answer. */
  | { readonly kind: 'stop-at-answer'; readonly slot: number; readonly pid: number; readonly kin: readonly number[] }
  | { readonly kind: 'forget-stop'; readonly slot: number }
  /** Asks how many events the slot's recording has. All of them are sent before the answer. */
  | { readonly kind: 'count'; readonly slot: number }
  | { readonly kind: 'canaries'; readonly slot: number };

/** The answer to a command: a number to `count`, a list to `canaries`, and undefined to the others. */
export type ObserverAnswer = number | readonly Canary[] | undefined;

/** When the processes of a `stop-at-answer` command were stopped. */
export interface Stop {
  readonly slot: number;
  readonly interval: Interval;
}

/** A refused request of a process to a host that is none of its providers'. */
export interface RefusedEgress {
  readonly slot: number;
  readonly system: Role;
  /** Host and port. */
  readonly target: string;
  readonly atMicros: number;
}

/** What the observatory's thread reports without being asked. */
export type ObservatoryEvent =
  | { readonly kind: 'recorded'; readonly event: RecordedEvent }
  | { readonly kind: 'egress'; readonly refused: RefusedEgress }
  /** Processes were stopped as ordered. Sent before the answer to any later command. */
  | { readonly kind: 'stopped'; readonly stop: Stop };
