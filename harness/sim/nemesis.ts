// The nemesis of a simulated run: applies and heals the scenario's faults, crashes and restarts processes, and notes when in the history.
import assert from 'node:assert/strict';
import { type Role, ROLES } from '../../src/contract/message.ts';
import type { Fault } from '../formats/fault.ts';
import type { FaultReach, SimRealiser } from './faults/realiser.ts';
import { SIM_REALISERS } from './faults/realisers.ts';

/** The nemesis of one run. */
export class Nemesis {
  readonly #reach: FaultReach;
  /** How to heal each fault that is applied, by the index of the fault in the scenario. */
  readonly #undo = new Map<number, () => void>();

  constructor(reach: FaultReach) {
    this.#reach = reach;
  }

  /** Applies a fault of the scenario, or arms it if it waits for a trigger. */
  async apply(index: number): Promise<void> {
    const { recorder, scenario, nowMicros: since } = this.#reach.world;
    const fault = scenario.faults[index];
    if (fault === undefined) return;
    const running = { ...this.#reach, fault, index };
    const realiser = realiserOf(fault);
    if (realiser.when === 'triggered') {
      this.#undo.set(index, realiser.arm(running));
      return;
    }
    if (realiser.when === 'at-once') await realiser.apply(running);
    else {
      realiser.apply(running);
      this.#undo.set(index, () => {
        realiser.heal(running);
        recorder.note({ kind: 'fault-healed', fault: index });
      });
    }
    recorder.note({ kind: 'fault-applied', fault: index }, since);
  }

  /** Heals a fault. This has no effect on a fault that is not applied. */
  heal(index: number): void {
    const undo = this.#undo.get(index);
    this.#undo.delete(index);
    undo?.();
  }

  /** Kills all processes of a role. */
  crash(role: Role): void {
    for (const process of this.#reach.processes[role]) process.crash();
    this.#reach.world.recorder.note({ kind: 'crash', process: role, expected: true });
  }

  /** Asks all processes of a role to shut down, and kills those still up when the grace ends. Resolves once all have ended. */
  async terminate(role: Role, graceMs: number): Promise<void> {
    const { processes, world } = this.#reach;
    world.recorder.note({ kind: 'terminate', process: role });
    const ends = await Promise.all(processes[role].map((process) => process.terminate(graceMs)));
    if (ends.every((end) => end === 'otherwise')) return;
    world.recorder.note({ kind: 'exit', process: role, isKilled: ends.includes('killed') });
  }

  /** Starts the processes of a role that are down. */
  restart(role: Role): void {
    for (const process of this.#reach.processes[role]) process.start();
    this.#reach.world.recorder.note({ kind: 'restart', process: role });
  }

  /** Heals all faults that are still applied and starts all processes that are still down. */
  healAll(): void {
    for (const index of this.#undo.keys()) this.heal(index);
    this.#reach.link.healDropped();
    for (const role of ROLES) {
      if (this.#reach.processes[role].some((process) => !process.isUp)) this.restart(role);
    }
  }
}

/** The realisers that the nemesis applies or arms itself. The schedule applies no fault of another kind. */
type NemesisRealiser = Extract<SimRealiser<Fault>, { apply: unknown } | { arm: unknown }>;

/** The cast is safe: for each kind the record holds a realiser that takes faults of that kind. */
function realiserOf(fault: Fault): NemesisRealiser {
  const realiser = SIM_REALISERS[fault.kind] as SimRealiser<Fault>;
  assert('apply' in realiser || 'arm' in realiser, `the nemesis has nothing to apply for ${fault.kind}`);
  return realiser;
}
