// A story: what a history shows to a person, as plain data. Every drawing renders a story and reads no history, so a story knows times,
// lifelines and words, but neither columns nor colours.
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

/** Where something is in a story when one moment is one line. No effect is above its cause. */
export interface StoryPlace {
  /** In whole milliseconds since the start of the scenario; never less than that of the line above. */
  readonly timeMs: number;
  /** Its number among all moments of the story, from the top. */
  readonly place: number;
}

/** What messages and points have in common. */
interface Shown extends StoryPlace {
  /** The event that it stands for. */
  readonly seq: number;
  /** The `seq` of all events that it shows, in order. */
  readonly seqs: readonly number[];
  readonly importance: Importance;
  /** The places in `Story.findings` of the findings that one of its events witnesses. */
  readonly witnessOf: readonly number[];
  /** The numbers of the faults that this element shows at work, by their receipts. */
  readonly faults: readonly number[];
  /** The items it is about, as far as that is known. */
  readonly items: readonly string[];
  /** What is to be written on it, the fullest wording first. */
  readonly labels: readonly [string, ...string[]];
}

/**
 * What happened to a message. `arrived-again`: the network delivered one request twice. `late`: it took noticeably long. `too-late`: the
 * receiver had left. `accepted-again`: the provider took an item that it had taken before. `rejected` and `error`: the provider did not
 * take it, and said so or did not.
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
  /** Where the decision of the provider stands, for a send; null without one, and for other messages. */
  readonly end: StoryPlace | null;
  /** `words` is empty where nothing is to be said beside the message itself. */
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
  /** Fewer words, for where it is plain whose fault it is. */
  readonly shortWords: string;
  readonly startMs: number;
  /** Null if it was never healed, or lasts no time. */
  readonly endMs: number | null;
  /** `bit`: it took effect. `idle`: it had nothing to act on. `missing`: it should have left a trace and left none. */
  readonly state: Receipt['state'];
  /** One sentence: what the observers saw. */
  readonly evidence: string;
  /** The `seq` of the events that show it. */
  readonly witnesses: readonly number[];
  /** Where it does harm. What it does between two lifelines, or to none, is the rig's. */
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

/** A time in which the thing was in one state. */
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

/** What one history shows. */
export interface Story {
  readonly system: string;
  readonly scenario: string;
  /** All findings, the one that is easiest to understand first; the story is about that one. */
  readonly findings: readonly Finding[];
  /**
   * The items that the story is about: those of the first finding and those that raced with them; all of them in the smallest run that
   * violates, and without a finding.
   */
  readonly items: readonly string[];
  /** How often the provider accepted each item of the run. */
  readonly sent: readonly { readonly item: string; readonly times: number }[];
  /** In the order of the scenario. */
  readonly faults: readonly StoryFault[];
  /** In the order of `inStoryOrder`. */
  readonly elements: readonly StoryElement[];
  /** The calls that were waited for and concern the items of the story. */
  readonly waits: readonly StoryWait[];
  readonly tracks: readonly StoryTrack[];
  readonly tables: readonly StoryTable[];
  /** The `seq` of all events that led to the witnesses of the first finding, and theirs; of all events where nothing can be singled out. */
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
