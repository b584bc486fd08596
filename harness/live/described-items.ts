// Refuses items that a described system cannot hold: a second provider needs credentials, and equal numbers need texts that the audit sees.
import type { Refusal } from '../execution/refusal.ts';
import { PROVIDERS, type Scenario, type Step } from '../formats/scenario.ts';
import type { SystemDescription } from '../formats/system-description.ts';

/** The part of a description that is about items. */
export interface DescribedItems {
  readonly seed: SystemDescription['seed'];
  readonly database: Pick<SystemDescription['database'], 'tables'>;
}

type Entry = Extract<Step, { kind: 'entry' }>;

/** Why items of this scenario cannot be put into the system; undefined when they can. */
export function refusalOfItems({ seed, database }: DescribedItems, { steps }: Scenario): Refusal | undefined {
  const entries = steps.filter((step): step is Entry => step.kind === 'entry');
  if (seed.credentials === undefined && entries.some(hasOtherProvider)) {
    const message = "the system's description does not say how a tenant gets credentials at another provider";
    return { message, hint: 'add the statements `seed.credentials`, or leave `providers` out' };
  }
  const items = database.tables['campaign_sms']?.name ?? 'campaign_sms';
  const hasBody = seed.item.some((statement) => statement.includes(items) && statement.includes(':body'));
  if (!hasBody && entries.some(({ numbers }) => numbers === 'equal')) {
    const message =
      "items with equal numbers are distinguished by their texts, which the description's seed does not write into the same table";
    return { message, hint: 'write :body into the table of the items in `seed.item`, or leave `numbers` out' };
  }
  return undefined;
}

function hasOtherProvider({ providers = [] }: Entry): boolean {
  return providers.some((provider) => provider !== PROVIDERS[0]);
}
