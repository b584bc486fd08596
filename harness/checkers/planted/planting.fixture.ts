// How a violation is planted into a life: events are added, left out or changed. Used by tests only.
import type { PropertyId } from '../../formats/finding.ts';
import type { Happening } from '../../history/history.fixture.ts';
import { firstOf, type Life, type Moment, type Tenant, type Way } from './life.fixture.ts';

/** A violation of one property that a life can have. It concerns the first message of the life. */
export interface Planting {
  readonly property: PropertyId;
  readonly what: string;
  /** The lives that can have it. */
  readonly ways: readonly Way[];
  /** The tenants whose lives can have it; all of them unless given. */
  readonly tenants?: (tenant: Tenant) => boolean;
  readonly plant: Plant;
  /** How many findings it makes in a life; one unless given. */
  readonly findings?: (life: Life) => number;
  /** Lives with the same key share a finding; each life has its own unless given. */
  readonly sharedBy?: (life: Life) => string;
  /** Whether the finding names no item. */
  readonly isAnonymous?: true;
}

/** Whether a life can have the violation. */
export function canHave({ way, tenant }: Life, { ways, tenants = () => true }: Planting): boolean {
  return ways.includes(way) && tenants(tenant);
}

/** Returns what happens in a life with the violation; `moments` is what happens without it. */
export type Plant = (moments: readonly Moment[], life: Life) => readonly Moment[];

/** What happens at one moment. */
type What = Moment['what'];

/** Adds events. */
export function also(more: (life: Life) => readonly Moment[]): Plant {
  return (moments, life) => [...moments, ...more(life)];
}

/** Leaves out the matching events about the first message. */
export function without(matches: (what: What) => boolean): Plant {
  return (moments, life) => moments.filter(({ what }) => !(concernsFirst(what, life) && matches(what)));
}

/** Changes the matching events about the first message, or their times. */
export function otherwise(matches: (what: What) => boolean, change: (moment: Moment) => Moment): Plant {
  return (moments, life) =>
    moments.map((moment) => (concernsFirst(moment.what, life) && matches(moment.what) ? change(moment) : moment));
}

/** Changes values in the final row of the first message. */
export function logging(rowValues: Readonly<Record<string, unknown>>): Plant {
  return otherwise(isFinalRow, ({ ms, what }) => ({
    ms,
    what: what.kind === 'row' ? { ...what, after: { ...what.after, ...rowValues } } : what,
  }));
}

/** Whether an event is about the first message of a life, or about all of its messages. */
function concernsFirst(what: What, life: Life): boolean {
  const { item, messageUuid } = firstOf(life);
  switch (what.kind) {
    case 'attempt':
    case 'accept':
    case 'reject':
      return what.item === item;
    case 'row':
      return [messageUuid, undefined].includes(what.after?.['message_uuid'] as string | undefined);
    case 'log':
      return what.line.includes(messageUuid);
    case 'charge':
      return what.transaction.endsWith(messageUuid);
    default:
      return true;
  }
}

/** Whether an event is a row of sms_logs. */
export function isFinalRow(what: What): boolean {
  return what.kind === 'row' && what.table === 'sms_logs';
}

/** Whether an event charges a message, in the ledger or in the account. */
export function isCharge(what: What): boolean {
  return what.kind === 'charge' || (what.kind === 'row' && what.after?.['state'] === 'charged');
}

/** Whether an event is an attempt, or the provider's decision about one. */
export function isTry(what: What): boolean {
  return what.kind === 'attempt' || what.kind === 'accept' || what.kind === 'reject';
}

/** Whether an event is the end of a call at the front tap. */
export function isFrontEnd(what: What): what is Extract<Happening, { kind: 'answer' | 'call-failed' }> {
  return (what.kind === 'answer' || what.kind === 'call-failed') && what.tap === 'front';
}
