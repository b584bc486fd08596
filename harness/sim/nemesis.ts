// The nemesis of a simulated run: applies and heals the scenario's faults, crashes and restarts processes, and writes down when.
import type { Role } from '../../src/contract/message.ts';
import type { Store } from '../../src/contract/store.ts';
import type { Network } from './network.ts';
import type { SimProcess } from './processes.ts';
import type { SimProvider } from './provider.ts';
import { openBreaker } from './rig-data.ts';
import type { World } from './world.ts';

/** What the nemesis works on. */
export interface NemesisOptions {
  readonly world: World;
  readonly network: Network;
  readonly provider: SimProvider;
  readonly rig: Store;
  readonly processes: Readonly<Record<Role, readonly SimProcess[]>>;
}

/** The nemesis of one run. */
export class Nemesis {
  readonly #options: NemesisOptions;
  readonly #applied = new Set<number>();

  constructor(options: NemesisOptions) {
    this.#options = options;
  }

  /** Puts a fault of the scenario in force. */
  async apply(index: number): Promise<void> {
    const { world, network, provider, rig } = this.#options;
    const fault = world.scenario.faults[index];
    const since = world.nowMicros;
    switch (fault?.kind) {
      case 'provider':
        provider.apply(index, fault);
        break;
      case 'latency':
      case 'blackhole':
      case 'reset':
      case 'cut':
      case 'refuse':
        network.apply(index, fault);
        break;
      case 'breaker-open':
        await openBreaker(rig, fault.breaker);
        break;
      default:
        return;
    }
    // A planted breaker heals by itself, as every breaker does: nothing is left to undo.
    if (fault.kind !== 'breaker-open') this.#applied.add(index);
    world.recorder.note({ kind: 'fault-applied', fault: index }, since);
  }

  /** Takes a fault away. */
  heal(index: number): void {
    const { world, network, provider } = this.#options;
    if (!this.#applied.delete(index)) return;
    if (world.scenario.faults[index]?.kind === 'provider') provider.heal(index);
    else network.heal(index);
    world.recorder.note({ kind: 'fault-healed', fault: index });
  }

  /** Kills all processes of a role. */
  crash(role: Role): void {
    for (const process of this.#options.processes[role]) process.crash();
    this.#options.world.recorder.note({ kind: 'crash', process: role, expected: true });
  }

  /** Starts what is down of a role. */
  restart(role: Role): void {
    for (const process of this.#options.processes[role]) process.start();
    this.#options.world.recorder.note({ kind: 'restart', process: role });
  }

  /** Heals what is still applied and starts what is still down. */
  healAll(): void {
    for (const index of this.#applied) this.heal(index);
    this.#options.network.healDropped();
    for (const role of ['legacy', 'service'] as const) {
      if (this.#options.processes[role].some((process) => !process.isUp)) this.restart(role);
    }
  }
}
