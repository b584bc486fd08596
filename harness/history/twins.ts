// Twins: campaigns of two tenants that are equal, except that one tenant is in OFF and one in SHADOW. The rehearsal explains every
// difference between them.
import type { History } from '../formats/history.ts';
import type { Scenario, Step } from '../formats/scenario.ts';
import { type Campaign, campaignsOf } from './campaigns.ts';
import { eventsOf } from './events-of.ts';
import { perHistory } from './per-history.ts';

type Entry = Extract<Step, { kind: 'entry' }>;

/** A campaign in OFF, and its twin in SHADOW. */
export interface Twins {
  readonly off: Campaign;
  readonly shadow: Campaign;
}

/**
 * The twins of a scenario: exactly two tenants, in OFF and in SHADOW, without flips, each with enough units for all its messages, with
 * campaigns of the same sizes and numbers at the same times.
 */
export const twinsOf: (history: History) => readonly Twins[] = perHistory((history) => {
  const entries = twinEntries(history.scenario);
  // Most scenarios have no twins.
  if (entries.length === 0 || eventsOf(history, 'flip').length > 0) return [];
  const campaigns = new Map(campaignsOf(history).map((campaign) => [campaign.campaign, campaign]));
  return entries.flatMap(([own, other]) => {
    const [off, shadow] = [campaigns.get(own.campaign), campaigns.get(other.campaign)];
    return off === undefined || shadow === undefined ? [] : [{ off, shadow }];
  });
});

function twinEntries({ tenants, steps }: Scenario): readonly (readonly [off: Entry, shadow: Entry])[] {
  if (tenants.length !== 2) return [];
  const [off, shadow] = ['OFF', 'SHADOW'].map((mode) => tenants.find((tenant) => tenant.mode === mode));
  if (off === undefined || shadow === undefined) return [];
  if (off.quota !== shadow.quota) return [];
  const entriesOf = (key: string): Entry[] =>
    steps.filter((step): step is Entry => step.kind === 'entry' && step.tenant === key);
  const [own, others] = [entriesOf(off.key), entriesOf(shadow.key)];
  const isAlike = own.length === others.length && own.every((entry, place) => isTwin(entry, others[place]));
  const messages = own.reduce((sum, entry) => sum + entry.messages, 0);
  if (!isAlike || messages > off.quota) return [];
  return own.flatMap((entry, place) => {
    const other = others[place];
    return other === undefined ? [] : [[entry, other] as const];
  });
}

function isTwin(entry: Entry, other: Entry | undefined): boolean {
  return other?.atMs === entry.atMs && other.messages === entry.messages && other.numbers === entry.numbers;
}
