// The nemesis of one run: applies and heals the scenario's faults in a slot, and records when.
import assert from 'node:assert/strict';
import type { Role } from '../../src/contract/message.ts';
import type { Fault } from '../formats/fault.ts';
import type { Armed, LiveRealiser, RunningFault } from './faults/realiser.ts';
import { rigMicros } from './observers/clock.ts';
import { LIVE_REALISERS } from './faults/realisers.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { Slot } from './slot.ts';

/** How late the rig may notice that a process has ended: it reads the last lines of the process first. */
const NOTICED_AFTER_MICROS = 600_000;

/** Applies faults, by their index in the scenario, and remembers which are in force. */
export interface Nemesis {
  apply(index: number): Promise<void>;
  heal(index: number): Promise<void>;
  crash(role: Role): Promise<void>;
  /** Sends SIGTERM to a process, and SIGKILL if it still runs after `graceMs`. Resolves once it has ended. */
  terminate(role: Role, graceMs: number): Promise<void>;
  restart(role: Role): Promise<void>;
  /** Heals all faults that are in force, and starts the systems that are down. */
  healAll(): Promise<void>;
}

/** The nemesis of one run. */
export function createNemesis(slot: Slot, faults: readonly Fault[], recorder: RunRecorder): Nemesis {
  const inForce = new Map<number, Fault>();
  const armed = new Map<number, Armed>();
  const running = (fault: Fault, index: number): RunningFault<Fault> => ({ fault, index, slot, recorder, inForce });

  const nemesis: Nemesis = {
    async apply(index) {
      const fault = faults[index];
      if (fault === undefined || inForce.has(index)) return;
      const realiser = realiserOf(fault);
      inForce.set(index, fault);
      if (realiser.when === 'triggered') {
        armed.set(index, await realiser.arm(running(fault, index)));
        return;
      }
      await recorder.span({ observer: 'nemesis', kind: 'fault-applied', fault: index }, () =>
        realiser.apply(running(fault, index)),
      );
      if (realiser.when === 'at-once') inForce.delete(index);
    },
    async heal(index) {
      const fault = faults[index];
      if (fault === undefined || !inForce.delete(index)) return;
      const realiser = realiserOf(fault);
      if (realiser.when === 'triggered') {
        await armed.get(index)?.disarm();
        armed.delete(index);
      } else if (realiser.when === 'in-force') {
        await recorder.span({ observer: 'nemesis', kind: 'fault-healed', fault: index }, () =>
          realiser.heal(running(fault, index)),
        );
      }
    },
    async crash(role) {
      await recorder.span({ observer: 'nemesis', kind: 'crash', process: role, expected: true }, () =>
        slot.processes[role].crash(),
      );
    },
    async terminate(role, graceMs) {
      const earliest = rigMicros();
      const end = slot.processes[role].terminate(graceMs);
      recorder.note({ observer: 'nemesis', kind: 'terminate', process: role }, { earliest, latest: rigMicros() });
      const how = await end;
      if (how === 'otherwise') return;
      const latest = rigMicros();
      const exit = { observer: 'nemesis', kind: 'exit', process: role, isKilled: how === 'killed' } as const;
      recorder.note(exit, { earliest: Math.max(earliest, latest - NOTICED_AFTER_MICROS), latest });
    },
    async restart(role) {
      await recorder.span({ observer: 'nemesis', kind: 'restart', process: role }, () => slot.processes[role].start());
      for (const waiting of armed.values()) await waiting.rearm();
    },
    async healAll() {
      for (const index of inForce.keys()) await nemesis.heal(index);
      await Promise.all([slot.processes.legacy.start(), slot.processes.service.start()]);
    },
  };
  return nemesis;
}

/** Realisers with something for the nemesis to apply or arm. The schedule never asks it to apply another fault. */
type NemesisRealiser = Extract<LiveRealiser<Fault>, { apply: unknown } | { arm: unknown }>;

/** The cast is safe: each realiser in the record handles the kind of its key. */
function realiserOf(fault: Fault): NemesisRealiser {
  const realiser = LIVE_REALISERS[fault.kind] as LiveRealiser<Fault>;
  assert('apply' in realiser || 'arm' in realiser, `the nemesis has nothing to apply for ${fault.kind}`);
  return realiser;
}
