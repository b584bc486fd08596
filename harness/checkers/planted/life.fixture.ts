// A life: what happens to the messages of one campaign of a valid history, and what all ways have in common. Used by tests only.
import type { Role } from '../../../src/contract/message.ts';
import type { Mode } from '../../../src/contract/mode.ts';
import type { Fault } from '../../formats/fault.ts';
import { type Happening, providerFault } from '../../history/history.fixture.ts';

/** How the messages of a campaign are handled. */
export type Way =
  'service' | 'fallback' | 'off' | 'shadow' | 'rejected' | 'unknown' | 'unreachable' | 'again' | 'probe';

/** The messages of one campaign, all handled in the same way. */
export interface Life {
  readonly way: Way;
  /** The number of the campaign, from 1. */
  readonly campaign: number;
  readonly messages: number;
  readonly tenant: Tenant;
  readonly startMs: number;
  /** The index of its fault in the scenario; -1 without a fault. */
  readonly fault: number;
}

/** A tenant of all histories of lives. */
export interface Tenant {
  readonly key: string;
  readonly tenantId: number;
  readonly account: string;
  /** The mode in which its messages enter. */
  readonly mode: Mode;
  /** The mode before its flip, if that comes before its first message enters. */
  readonly flippedFrom?: Mode;
  /** The mode after its flip, if that comes after its last message has ended. */
  readonly flippedTo?: Mode;
}

/** One message of a life. */
export interface Message {
  readonly item: string;
  readonly messageUuid: string;
}

/** Units are taken from the account of a tenant. The balance then depends on all lives. */
export interface Charge {
  readonly kind: 'charge';
  readonly tenant: Tenant;
  readonly units: number;
  readonly transaction: string;
}

/** The reconciliation after all lives reports a mismatch. */
export interface Mismatch {
  readonly kind: 'mismatch';
  readonly mismatch: string;
  readonly messageUuid: string;
}

/** Something that happens at one millisecond. */
export interface Moment {
  readonly ms: number;
  readonly what: Happening | Charge | Mismatch;
}

/** The tenants: two in ON, one in each of the other modes. Each has one flip: the last tenant after its messages, the others before. */
export const TENANTS: readonly Tenant[] = [
  { key: 't1', tenantId: 1, account: 'AC1', mode: 'ON', flippedFrom: 'OFF' },
  { key: 't2', tenantId: 2, account: 'AC2', mode: 'OFF', flippedFrom: 'ON' },
  { key: 't3', tenantId: 3, account: 'AC3', mode: 'SHADOW', flippedFrom: 'OFF' },
  { key: 't4', tenantId: 4, account: 'AC4', mode: 'ON', flippedTo: 'OFF' },
];

/** The mode in which the messages of a way enter. */
export function modeOf(way: Way): Mode {
  if (way === 'off') return 'OFF';
  return way === 'shadow' ? 'SHADOW' : 'ON';
}

/** The fault that a way needs; undefined when it needs none. */
export function faultOf(way: Way, fromMs: number): Fault | undefined {
  const untilMs = fromMs + 600;
  if (way === 'unreachable') return { kind: 'refuse', fromMs, untilMs };
  if (way !== 'rejected' && way !== 'unknown') return undefined;
  const outcome = way === 'rejected' ? 'reject' : 'accept-lose-reply';
  return providerFault({ outcome, fromMs, untilMs });
}

/** The messages of a life. */
export function messagesIn({ campaign, messages }: Life): Message[] {
  return Array.from({ length: messages }, (_, index) => messageNumber(campaign, index + 1));
}

/** The first message of a life. */
export function firstOf({ campaign }: Life): Message {
  return messageNumber(campaign, 1);
}

function messageNumber(campaign: number, place: number): Message {
  return { item: `c${campaign}#${place}`, messageUuid: `u${campaign}${place}` };
}

/** The id of the attempt of a system to send a message. */
export function attemptOf(system: Role, item: string): string {
  return `${item}-${system}`;
}

/** The id that the provider gives to an accepted message. */
export function providerIdOf(system: Role, { item }: Message): string {
  return `SM-${attemptOf(system, item)}`;
}

/** The transaction in which the legacy app writes what happened to a message. */
export function settleOf({ messageUuid }: Message): string {
  return `settle-${messageUuid}`;
}
