// What the rig's thread and the observatory's say to each other.
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

/** The commands of the observatory. The rig's thread numbers taps and providers by `id`. */
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
      /** By what the stub serves the hosts of its APIs, as a proxy. */
      readonly serving?: TlsIdentity | undefined;
    }
  | { readonly kind: 'program'; readonly id: number; readonly rules: readonly ProviderRule[] }
  | { readonly kind: 'close-provider'; readonly id: number }
  | {
      readonly kind: 'begin';
      readonly slot: number;
      readonly recording: number;
      readonly items: readonly RecordedItem[];
      /** Makes the pair look broken from outside for as long as this recording lasts. */
      readonly sabotage?: SabotageOrder | undefined;
    }
  /** Stops the process group of `pid`, and the processes `kin`, with SIGSTOP once the slot's front tap has passed the last byte of its next answer. */
  | { readonly kind: 'stop-at-answer'; readonly slot: number; readonly pid: number; readonly kin: readonly number[] }
  | { readonly kind: 'forget-stop'; readonly slot: number }
  /** Answers how many events the slot's recording has: all of them were sent before the answer. */
  | { readonly kind: 'count'; readonly slot: number }
  | { readonly kind: 'canaries'; readonly slot: number };

/** What a command is answered with: `count` a number, `canaries` a list, the others nothing. */
export type ObserverAnswer = number | readonly Canary[] | undefined;

/** When the process that a slot's legacy app runs in was stopped. */
export interface Stop {
  readonly slot: number;
  readonly interval: Interval;
}

/** A host that a process of a slot asked for, and that is none of its providers'. */
export interface RefusedEgress {
  readonly slot: number;
  readonly system: Role;
  /** Host and port. */
  readonly target: string;
  readonly atMicros: number;
}

/** What the observatory's thread reports by itself. */
export type ObservatoryEvent =
  | { readonly kind: 'recorded'; readonly event: RecordedEvent }
  | { readonly kind: 'egress'; readonly refused: RefusedEgress }
  /** A process was stopped as asked, at some time of the interval. Sent before the answer to any later command. */
  | { readonly kind: 'stopped'; readonly stop: Stop };
