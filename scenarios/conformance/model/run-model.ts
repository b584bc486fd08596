// One run of the model, from the user's request to the end of recovery, and every placement of a few deviations.
import type { Mode } from '../../../src/contract/mode.ts';
import { type ChoiceKind, CHOICES, Decisions, type ModelDeviation } from './choices.ts';
import { enter } from './legacy.ts';
import { Machine } from './machine.ts';
import type { Outcome, Placed } from './outcome.ts';
import { type Sabotage, Tables } from './tables.ts';
import { leaseMs } from './timings.ts';

/** The outcome of one run of the model, and the kinds of its decisions. */
interface ModelRun {
  readonly outcome: Outcome;
  readonly points: readonly ChoiceKind[];
}

/** Runs the model with these deviations. */
function runModel(mode: Mode, deviations: readonly ModelDeviation[], sabotage: Sabotage | undefined): ModelRun {
  const decisions = new Decisions(deviations);
  const tables = new Tables(mode, sabotage);
  const machine = new Machine(tables, decisions);
  const { agenda } = machine;
  /** The user's answer; its status is null when the process died before it answered. */
  let user: { readonly status: number | null } | undefined;
  const endRequest = (status: number | null): void => {
    user ??= { status };
  };
  const life = machine.life('legacy');
  life.onDeath(() => endRequest(null));
  machine.wake(life, () => enter(machine, life, endRequest));
  agenda.finish();
  // From here on all processes are up, and nothing is disturbed.
  recover(machine);
  return { outcome: tables.outcome(user?.status ?? null), points: decisions.points };
}

/** Recovery, undisturbed and long after everything else. */
function recover(machine: Machine): void {
  const { tables, agenda } = machine;
  tables.surface();
  tables.settle();
  if (!tables.isOpen) return;
  const system = tables.mode === 'ON' ? 'service' : 'legacy';
  const token = machine.newToken();
  // Every lease has expired by then.
  const epoch = tables.claim(system, token, agenda.nowMs + leaseMs + 1);
  if (epoch === undefined || !tables.beginSend(token, epoch)) return;
  tables.accepts[system] += 1;
  tables.settleAuthority(epoch, 'accepted');
  tables.settle();
}

/** Every placement of up to `most` deviations, each set once: each deviation is placed after the one before it. */
export function* placeAll(mode: Mode, most: number, sabotage?: Sabotage): Generator<Placed> {
  let rung: { deviations: readonly ModelDeviation[]; labels: readonly string[] }[] = [{ deviations: [], labels: [] }];
  for (let depth = 0; depth <= most; depth += 1) {
    const next: typeof rung = [];
    for (const { deviations, labels } of rung) {
      const { outcome, points } = runModel(mode, deviations, sabotage);
      yield { labels, outcome };
      if (depth === most) continue;
      for (let point = (deviations.at(-1)?.point ?? -1) + 1; point < points.length; point += 1) {
        const kind = points[point] as ChoiceKind;
        for (const choice of CHOICES[kind].slice(1)) {
          next.push({ deviations: [...deviations, { point, choice }], labels: [...labels, `${kind} ${choice}`] });
        }
      }
    }
    rung = next;
  }
}
