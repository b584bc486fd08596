// The nemesis of one run: applies and heals the scenario's faults in a slot, and writes down when.
import type { Fault } from '../formats/fault.ts';
import { runStatements } from './named-parameters.ts';
import type { NetworkFault } from './network.ts';
import type { RunRecorder } from './run-recorder.ts';
import type { Slot } from './slot.ts';

/** Applies faults and knows which are still in force. */
export interface Nemesis {
  apply(index: number): Promise<void>;
  heal(index: number): Promise<void>;
  crash(role: 'legacy' | 'service'): Promise<void>;
  restart(role: 'legacy' | 'service'): Promise<void>;
  /** Heals what is still applied and starts what is still down. */
  healAll(): Promise<void>;
}

/** The nemesis of one run. */
export function createNemesis(slot: Slot, faults: readonly Fault[], recorder: RunRecorder): Nemesis {
  const applied = new Set<number>();

  const programProviders = async (): Promise<void> => {
    for (const system of ['legacy', 'service'] as const) {
      const rules = [...applied].flatMap((index) => {
        const fault = faults[index];
        return fault?.kind === 'provider' && fault.system === system
          ? [{ outcome: fault.outcome, delayMs: fault.delayMs }]
          : [];
      });
      await slot.providers[system].program(rules);
    }
  };

  const nemesis: Nemesis = {
    async apply(index) {
      const fault = faults[index];
      if (fault === undefined || applied.has(index)) return;
      applied.add(index);
      await recorder.span({ observer: 'nemesis', kind: 'fault-applied', fault: index }, async () => {
        if (fault.kind === 'provider') await programProviders();
        else if (fault.kind === 'breaker-open') {
          await runStatements(slot.database, slot.description.openBreaker ?? [], { breaker: fault.breaker });
        } else if (isNetworkFault(fault)) await slot.road.apply(fault, index);
      });
      // A planted breaker heals by itself, as every breaker does: nothing is left to undo.
      if (fault.kind === 'breaker-open') applied.delete(index);
    },
    async heal(index) {
      const fault = faults[index];
      if (fault === undefined || !applied.delete(index)) return;
      await recorder.span({ observer: 'nemesis', kind: 'fault-healed', fault: index }, async () => {
        if (fault.kind === 'provider') await programProviders();
        else if (isNetworkFault(fault)) await slot.road.heal(fault, index);
      });
    },
    async crash(role) {
      await recorder.span({ observer: 'nemesis', kind: 'crash', process: role, expected: true }, () =>
        slot.processes[role].crash(),
      );
    },
    async restart(role) {
      await recorder.span({ observer: 'nemesis', kind: 'restart', process: role }, () => slot.processes[role].start());
    },
    async healAll() {
      for (const index of applied) await nemesis.heal(index);
      await Promise.all([slot.processes.legacy.start(), slot.processes.service.start()]);
    },
  };
  return nemesis;
}

function isNetworkFault(fault: Fault): fault is NetworkFault {
  return ['latency', 'blackhole', 'reset', 'cut', 'refuse'].includes(fault.kind);
}
