// provider on the live lane: sends the rules of all provider faults in force to the system's provider stub.
import type { FaultOf } from '../../faults/catalogue.ts';
import type { InForce, RunningFault } from './realiser.ts';

type ProviderFault = FaultOf<'provider'>;

/** Programs the provider stub. */
export const provider: InForce<ProviderFault> = { when: 'in-force', apply: program, heal: program };

async function program({ slot, fault: { system }, inForce }: RunningFault<ProviderFault>): Promise<void> {
  const rules = [...inForce.values()].flatMap((fault) =>
    fault.kind === 'provider' && fault.system === system ? [{ outcome: fault.outcome, delayMs: fault.delayMs }] : [],
  );
  await slot.providers[system].program(rules);
}
