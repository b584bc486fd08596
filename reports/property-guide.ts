// What each property demands, and where a violation of it is repaired: for readers who do not know the properties by their names.
import type { PropertyId } from '../harness/formats/finding.ts';

/** What a property means to someone who repairs a system. */
export interface PropertyGuide {
  /** What must hold, as one sentence. */
  readonly demand: string;
  /** The part of the pair to read first, and what to ask of it. */
  readonly look: string;
}

/** The guide to all properties. */
export const PROPERTY_GUIDE: Readonly<Record<PropertyId, PropertyGuide>> = {
  S1: {
    demand: 'A message is sent at most once, by whichever system.',
    look: 'The code that decides on the second send. What did it take as proof that the first one had not happened?',
  },
  S2: {
    demand: 'Of the two systems, only one ever tries to send a message.',
    look: 'The decision to fall back. A timeout or a broken connection does not say that the other system sent nothing.',
  },
  S3: {
    demand: 'A system sends a message only while it holds the right to send it.',
    look: 'The claim before the provider call, and what renews or takes away the right.',
  },
  S4: {
    demand:
      'OFF: the legacy app sends. SHADOW: it sends, and the service rehearses. ON: the service sends, and the legacy app falls back for a cause.',
    look: 'The switch on the mode at the entry, and the causes that count as a reason to fall back.',
  },
  S5: {
    demand: 'A rehearsal sends nothing and changes neither log nor quota.',
    look: 'Where the service reads dry_run: it must do so before the provider call.',
  },
  S6: {
    demand: 'Each message gets one uuid, at the entry, before anything else happens to it.',
    look: 'Every place that makes a uuid. Only the entry may, and a redelivery must find the uuid again.',
  },
  S7: {
    demand: 'Only the legacy app writes sms_logs and quota; the service writes go_sms_logs.',
    look: 'The statements and the grants of the role that wrote.',
  },
  S8: {
    demand: 'sms_logs has one row for a message, and it says which system sent it and under which id.',
    look: 'Where the legacy app writes its log after an answer or a fallback.',
  },
  S9: {
    demand: 'A message that was accepted in ON is charged once; nothing else is charged.',
    look: 'The settlement of a message, and what runs it a second time or not at all.',
  },
  S10: {
    demand: 'The account loses as many units as messages were charged, and is never negative.',
    look: 'The statement that changes the balance. It must be in the transaction that decides on the charge.',
  },
  S11: {
    demand: 'The service answers `duplicate` only for a message that the provider has accepted.',
    look: 'What the service looks up before it answers `duplicate`: a row is no proof of a send.',
  },
  S12: {
    demand: 'A status that is final is true: `accepted` was accepted, `rejected` never was, `unknown` was in doubt.',
    look: 'How the answer of the provider, or its absence, becomes a status.',
  },
  S13: {
    demand: 'Users do not notice SHADOW: same answers, no delay, and each message is rehearsed.',
    look: 'The call that rehearses. It must neither be waited for nor fail the entry.',
  },
  S14: {
    demand: 'A call to the service ends within its budget, and is made once.',
    look: 'The timeout of the HTTP client (its unit, and whether it covers the whole call) and its retries.',
  },
  S15: {
    demand: 'The breaker opens after enough failures, lets no call through while OPEN, and few while HALF_OPEN.',
    look: 'What the breaker counts, where its state is kept, and who asks it.',
  },
  S16: {
    demand: 'A message keeps the mode that was in force when it entered.',
    look: 'Every place that reads the mode after the entry, and how old a cached flag may be.',
  },
  S17: {
    demand: 'The reconciliation reports exactly the differences that are there.',
    look: 'The query that compares the two logs: both directions, NULL, rehearsals, rows that are still young.',
  },
  S18: {
    demand: 'A message reaches its own number with its own text, under its own uuid.',
    look: 'How a message is put together for the request, and what is compared when a uuid comes again.',
  },
  S19: {
    demand: 'An answer says one thing about each message of its request, and of no other.',
    look: 'How results are collected for a batch, and which messages of it fall back.',
  },
  S20: {
    demand: 'The right to send is committed before the provider is asked.',
    look: 'The order of commit and provider call in the system that sent.',
  },
  S21: {
    demand: 'Each rehearsal and each fallback leaves its line in the log, and no line is without one.',
    look: 'Where the line is written: beside the decision, on every path.',
  },
  S22: {
    demand: "Mode, quota, credentials and breaker of one tenant are never used for another's message.",
    look: 'What is cached or looked up without the tenant in its key.',
  },
  S23: {
    demand: 'Every message of a campaign gets in, unless its account is empty or a fault keeps it out.',
    look: 'The loop over the messages at the entry, and what an error in it does to the rest.',
  },
  S24: {
    demand: 'What the user is told agrees with what was stored.',
    look: 'How the answer to the user is made, and what fails after the commit.',
  },
  L1: {
    demand: 'Every message ends as sent, not sent or unknown, and the log says which.',
    look: 'What takes up a message again whose process died or whose call broke.',
  },
  L2: {
    demand: 'Without faults each message is sent once, and nothing ends as unknown.',
    look: 'The plain path from the entry to the provider.',
  },
  L3: {
    demand: 'If the service cannot be reached, the legacy app sends, and soon.',
    look: 'Which failures of the call count as a reason to fall back, and how long each is waited for.',
  },
  L4: {
    demand: 'A message ends as unknown only if a fault left it in doubt.',
    look: 'What turns an answer of the provider into `unknown`.',
  },
  L5: {
    demand: 'In the end a message that was sent is logged and charged, and both logs agree.',
    look: 'What settles a message after its sender failed, and under which uuid the service logs.',
  },
  L6: {
    demand: 'The breaker closes again once the service is well.',
    look: 'What lets a first call through after the breaker has opened.',
  },
  L7: {
    demand: 'A claim ends: it is used, or it expires and another can take it.',
    look: 'The lease of a claim, and what takes up what has expired.',
  },
  L8: {
    demand: 'A change of mode takes hold, and messages from before it come to an end.',
    look: 'How long a flag is cached, and whether recovery also looks at messages of the old mode.',
  },
};
