// A story: what a history shows to a person, as plain data. Every drawing renders a story and reads no history, so a story has times,
// lifelines and words, but no columns and no colours.
import type { Fault } from '../../formats/fault.ts';
import type { Finding } from '../../formats/finding.ts';
import type { Receipt } from '../receipts/receipt-evidence.ts';

/** Who takes part, from left to right. The `rig` plays the scenario: it applies faults, asks for recovery, samples balances. */
export const LIFELINES = ['user', 'legacy app', 'service', 'provider', 'rig'] as const;

/** One participant. */
export type Lifeline = (typeof LIFELINES)[number];

/**
 * How much an element is needed to understand the finding, the most needed first. A drawing with little room drops elements from the end;
 * `background` does not concern the messages of the finding.
 */
export const IMPORTANCES = ['witness', 'send', 'call', 'change', 'context', 'background'] as const;

/** The importance of one element. */
export type Importance = (typeof IMPORTANCES)[number];

/** The place of a moment in a story that has one line for each moment. No effect is above its cause. */
export interface StoryPlace {
  /** In whole milliseconds since the start of the scenario; never less than that of the line above. */
  readonly timeMs: number;
  /** Its index among all moments of the story, from the top. */
  readonly place: number;
}

/** What messages and points have in common. */
interface Shown extends StoryPlace {
  /** The `seq` of the event that it represents. */
  readonly seq: number;
  /** The `seq` of all events that it shows, in order. */
  readonly seqs: readonly number[];
  readonly importance: Importance;
  /** The indexes in `Story.findings` of the findings that one of its events witnesses. */
  readonly witnessOf: readonly number[];
  /** The indexes in `Story.faults` of the faults whose effect this element shows, by their receipts. */
  readonly faults: readonly number[];
  /** The items it is about, as far as that is known. */
  readonly items: readonly string[];
  /** Its label in several lengths, the longest first. */
  readonly labels: readonly [string, ...string[]];
}

/**
 * What happened to a message. `arrived-again`: the network delivered one request twice. `late`: it took noticeably long. `too-late`: the
 * receiver no longer waited. `accepted-again`: the provider had accepted the item before. `rejected` and `error`: the provider did not
 * accept; `rejected` said so, `error` did not.
 */
export type OutcomeState =
  | 'arrived'
  | 'arrived-again'
  | 'late'
  | 'too-late'
  | 'lost'
  | 'accepted'
  | 'accepted-again'
  | 'rejected'
  | 'error'
  | 'unanswered';

/** Something that goes from one lifeline to another. */
export interface StoryMessage extends Shown {
  readonly kind: 'message';
  readonly what: 'trigger' | 'request' | 'answer' | 'send' | 'response';
  readonly from: Lifeline;
  readonly to: Lifeline;
  /** When it left. For a send: when it reached the provider. */
  readonly startMs: number;
  /** When it arrived; null if it never did. For a send: when the provider had decided. */
  readonly endMs: number | null;
  /** The place of the provider's decision, for a send; null without a decision, and for other messages. */
  readonly end: StoryPlace | null;
  /** `words` is '' where the outcome needs no words. */
  readonly outcome: { readonly state: OutcomeState; readonly words: string };
}

/** Something that happens at one lifeline. */
export interface StoryPoint extends Shown {
  readonly kind: 'point';
  readonly what:
    | 'entry'
    | 'redelivery'
    | 'repeat'
    | 'no-response'
    | 'flip'
    | 'crash'
    | 'terminate'
    | 'exit'
    | 'restart'
    | 'recovery'
    | 'call-ended'
    | 'breaker'
    | 'row'
    | 'log'
    | 'fault'
    | 'rig';
  readonly at: Lifeline;
  /** The interval in which it happened. */
  readonly startMs: number;
  readonly endMs: number;
  /** For a change of a row: what was changed. */
  readonly row?: StoryRow;
}

/** A change of one row, in words. Changes with one `transaction` were committed together. */
export interface StoryRow {
  readonly table: string;
  readonly transaction: string;
  /** For example `authority: service CLAIMED`. */
  readonly words: string;
}

/** A message or a point. */
export type StoryElement = StoryMessage | StoryPoint;

/** A planned fault, with the window in which it was in force and its receipt. */
export interface StoryFault {
  readonly fault: Fault;
  /** What reports call it, for example `latency downstream 700 ms`. */
  readonly words: string;
  /** Fewer words, for places that already show which system the fault belongs to. */
  readonly shortWords: string;
  readonly startMs: number;
  /** Null if it was never healed, or if it is instantaneous. */
  readonly endMs: number | null;
  /** `bit`: it took effect. `idle`: it had nothing to act on. `missing`: it should have left a trace and left none. */
  readonly state: Receipt['state'];
  /** One sentence: what the observers saw. */
  readonly evidence: string;
  /** The `seq` of the events that show it. */
  readonly witnesses: readonly number[];
  /** The lifeline that it affects; `rig` for a fault between two lifelines or on none. */
  readonly at: Lifeline;
}

/** How long the legacy app waited for one call to the service. */
export interface StoryWait {
  /** The `seq` of the request, and of what ended the wait; null while it lasts. */
  readonly seq: number;
  readonly endSeq: number | null;
  readonly startMs: number;
  readonly endMs: number | null;
  readonly budgetMs: number;
  /** How it ended: with an answer, because the legacy app gave up, or because the connection broke. */
  readonly end: 'answered' | 'given-up' | 'broken' | 'open';
  readonly items: readonly string[];
}

/** The states of one thing, one after the other. */
export interface StoryTrack {
  readonly kind: 'authority' | 'breaker' | 'quota';
  /** The item, the breaker or the tenant. */
  readonly of: string;
  readonly spells: readonly StorySpell[];
}

/** A period in which the thing was in one state. */
export interface StorySpell {
  /** The `seq` of the row that began it; null for the state that the run began with. */
  readonly seq: number | null;
  readonly startMs: number;
  /** Null for the last one. */
  readonly endMs: number | null;
  readonly words: string;
  /** Who held it, for an authority. */
  readonly holder: Lifeline | null;
}

/** The rows of one table as the run left them, as far as they concern the items of the story. */
export interface StoryTable {
  readonly table: string;
  readonly rows: readonly {
    /** The `seq` of its last change. */
    readonly seq: number;
    readonly cells: readonly (readonly [column: string, value: string])[];
  }[];
}

/** The story of one history. */
export interface Story {
  readonly system: string;
  readonly scenario: string;
  /** All findings, the one that is easiest to understand first; the story is about that one. */
  readonly findings: readonly Finding[];
  /**
   * The items that the story is about: those of the first finding and those that raced with them; all items in a minimal run with few of
   * them, and without a finding.
   */
  readonly items: readonly string[];
  /** How often the provider accepted each item of the run. */
  readonly sent: readonly { readonly item: string; readonly times: number }[];
  /** In the order of the scenario. */
  readonly faults: readonly StoryFault[];
  /** In the order of `inStoryOrder`. */
  readonly elements: readonly StoryElement[];
  /** The waits for calls that concern the items of the story. */
  readonly waits: readonly StoryWait[];
  readonly tracks: readonly StoryTrack[];
  readonly tables: readonly StoryTable[];
  /** The `seq` of the first finding's witnesses and of all events that led to them; of all events when the finding has no such past. */
  readonly past: readonly number[];
}

/** The order of a story, for sorting. */
export function inStoryOrder(left: StoryPlace, right: StoryPlace): number {
  return left.place - right.place;
}

/** Whether an element shows a witness of the finding that the story is about. */
export function isWitness({ witnessOf }: StoryElement): boolean {
  return witnessOf.includes(0);
}
