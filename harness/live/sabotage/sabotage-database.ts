// Runs the action of a wire mutant of the database in a run, after its messages have been triggered.
import type { RunPlan } from '../../execution/run-plan.ts';
import { rigMicros } from '../observers/clock.ts';
import type { RunRecorder } from '../run-recorder.ts';
import type { Slot } from '../slot.ts';
import { openDatabaseHand } from './database-hand.ts';
import { type WireMutant, wireMarkerOf } from './wire-mutant.ts';

/** The run in which the mutant acts. */
export interface SabotagedRun {
  readonly slot: Slot;
  readonly plan: RunPlan;
  readonly recorder: RunRecorder;
}

/** Runs the action of a database mutant and returns whether it changed a row. True for a mutant on the wire, which has acted already. */
export async function sabotageDatabase(
  { id, sabotage }: WireMutant,
  { slot, plan, recorder }: SabotagedRun,
): Promise<boolean> {
  if (sabotage.at !== 'database') return true;
  let tookEffect = false;
  const { description, infrastructure, passwords } = slot;
  const { postgres, names } = infrastructure;
  const hand = openDatabaseHand({
    owner: slot.database,
    description,
    tenantIds: plan.tenants.map(({ tenantId }) => tenantId),
    urlOf: (role) =>
      postgres.url(names.slot(slot.number), { name: description.database.roles[role], password: passwords[role] }),
    onEffect(process) {
      tookEffect = true;
      const now = rigMicros();
      const line = wireMarkerOf(id);
      recorder.note({ observer: 'saboteur', kind: 'log', process, line }, { earliest: now, latest: now });
    },
  });
  await sabotage.act(hand);
  return tookEffect;
}
