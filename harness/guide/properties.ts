// What each property demands, which invariant it belongs to, and where to look after a violation.
import { CATALOGUE } from '../formats/property-catalogue.ts';
import { PROPERTIES, PROPERTY_IDS, type PropertyId } from '../formats/finding.ts';
import type { GuideEntry } from './entry.ts';

/** The runbook's invariants, and what the project demands beyond them. */
export const INVARIANTS = {
  1: 'Invariant 1, one system sends a message',
  2: 'Invariant 2, a uuid is made once, at the entry point',
  3: 'Invariant 3, only the legacy app writes sms_logs',
  4: 'Invariant 4, the quota is decremented only in ON, for what was accepted',
  none: 'beyond the four invariants',
} as const;

/** The texts about one property. */
export interface PropertyGuide {
  readonly invariant: keyof typeof INVARIANTS;
  /** What must hold. */
  readonly demand: string;
  /** Where to look first when it is violated, and what to ask there. */
  readonly look: string;
  /** The mutant whose counterexample is the page's example. */
  readonly example: string;
}

/** The properties by their ids. */
export const PROPERTY_GUIDES: Readonly<Record<PropertyId, PropertyGuide>> = {
  S1: {
    invariant: 1,
    demand:
      'The provider accepts a message at most once, over both systems, all retries and the whole life of the message.',
    look: 'The code that decides on the second send. What did it take as proof that the first one had not happened?',
    example: 'M01',
  },
  S2: {
    invariant: 1,
    demand: 'Only one of the two systems makes attempts for a message that the provider may have accepted.',
    look: 'The decision to fall back. A timeout or a broken connection does not say that the other system sent nothing.',
    example: 'M45',
  },
  S3: {
    invariant: 1,
    demand: 'A system calls the provider only for a message whose authority it holds at that moment.',
    look: 'The claim before the provider call, and the code that renews or ends it.',
    example: 'M29',
  },
  S4: {
    invariant: 1,
    demand:
      'The mode at the entry decides who is called and who sends: OFF calls no service, SHADOW calls it with dry_run only, and in ON the legacy app sends only after a cause for fallback.',
    look: 'The switch on the mode at the entry, and the causes that count as a reason to fall back.',
    example: 'M20',
  },
  S5: {
    invariant: 1,
    demand: 'A request with dry_run sends nothing and logs nothing as sent.',
    look: 'Where the service reads dry_run: it must do so before the provider call.',
    example: 'M21',
  },
  S6: {
    invariant: 2,
    demand:
      'A message has one uuid of its own, made before anything is sent and never changed. A request without a uuid is rejected.',
    look: 'Every place that makes a uuid. Only the entry is allowed to, and a redelivery must find the uuid again.',
    example: 'M10',
  },
  S7: {
    invariant: 3,
    demand: 'Only the legacy app writes sms_logs and the quota, and only the service writes go_sms_logs.',
    look: 'The statements and the grants of the role that wrote.',
    example: 'M61',
  },
  S8: {
    invariant: 3,
    demand:
      'sms_logs has one row a message, and source, status and provider id of the row agree with what the provider accepted.',
    look: 'Where the legacy app writes its log after an answer or a fallback.',
    example: 'B04',
  },
  S9: {
    invariant: 4,
    demand: 'A message is charged once if the readings charge it, and never otherwise.',
    look: 'The settlement of a message, and what runs it a second time or not at all.',
    example: 'M53',
  },
  S10: {
    invariant: 4,
    demand:
      'At the end an account has lost exactly what was sent. At no commit has it lost more than was possibly sent, and it never goes below zero.',
    look: 'The statement that changes the balance. It must be in the transaction that decides on the charge.',
    example: 'M56',
  },
  S11: {
    invariant: 1,
    demand: 'The service answers `duplicate` only for a message that the provider had accepted before.',
    look: 'What the service looks up before it answers `duplicate`: a row is no proof of a send.',
    example: 'M17',
  },
  S12: {
    invariant: 1,
    demand:
      'A message that an answer or a log calls rejected is never accepted by the provider, one that it calls accepted is, and one that it calls unknown was in doubt.',
    look: 'How the answer of the provider, or its absence, becomes a status.',
    example: 'M74',
  },
  S13: {
    invariant: 'none',
    demand:
      'Users cannot tell SHADOW from OFF by the content or the time of an answer. An undisturbed rehearsal is answered in time.',
    look: 'The rehearsal. The entry must not wait for it, and must not fail with it.',
    example: 'B53',
  },
  S14: {
    invariant: 'none',
    demand: 'A call to the service ends within its budget of 500 ms, and is made once for each occasion.',
    look: 'The timeout of the HTTP client (its unit, and whether it covers the whole call) and its retries.',
    example: 'M05',
  },
  S15: {
    invariant: 1,
    demand:
      'No call is made while its breaker is OPEN, and only probes while it is HALF_OPEN. It opens after the agreed number of failures.',
    look: 'What the breaker counts, where its state is kept, and which calls check it.',
    example: 'B01',
  },
  S16: {
    invariant: 1,
    demand:
      "A message keeps the mode that its tenant's flag had when it entered, through redelivery, recovery and flips of the mode.",
    look: 'Every place that reads the mode after the entry, and how old a cached flag can be.',
    example: 'M47',
  },
  S17: {
    invariant: 3,
    demand:
      'The reconciliation reports exactly how the two logs differ, in both directions, without rehearsals and rows that are still young.',
    look: 'The query that compares the two logs: both directions, NULL, rehearsals, rows that are still young.',
    example: 'M65',
  },
  S18: {
    invariant: 2,
    demand:
      'Recipient and text of a message stay the same from entry to provider, and its uuid is refused for any other payload.',
    look: 'How a message is put together for the request, and what is compared when a uuid is repeated.',
    example: 'B70',
  },
  S19: {
    invariant: 'none',
    demand:
      'The answer to a batch names each message of its request once. A fallback covers only messages that the legacy app holds.',
    look: 'How results are collected for a batch, and which messages of it fall back.',
    example: 'B81',
  },
  S20: {
    invariant: 1,
    demand: 'The authority for a send is committed before the provider is called.',
    look: 'The order of commit and provider call in the system that sent.',
    example: 'W12',
  },
  S21: {
    invariant: 'none',
    demand:
      'Each rehearsal leaves the log line DRY_RUN_NO_PROVIDER_CALL and each fallback LEGACY_SEND_FALLBACK_ON_MODE, and no such line appears without its event.',
    look: 'Where the line is written: beside the decision, on every path.',
    example: 'B05',
  },
  S22: {
    invariant: 'none',
    demand:
      "A message is sent with its own tenant's account at its own provider, and requested in its own tenant's name.",
    look: 'What is cached or looked up without the tenant, or the provider, in its key.',
    example: 'B22',
  },
  S23: {
    invariant: 2,
    demand: 'Each message of a triggered campaign enters, unless its account has no unit left or a fault prevents it.',
    look: 'The loop over the messages at the entry, and what an error in it does to the rest.',
    example: 'W03',
  },
  S24: {
    invariant: 'none',
    demand: "The user's answer agrees with what had been committed before it.",
    look: 'How the answer to the user is made, and what fails after the commit.',
    example: 'B50',
  },
  L1: {
    invariant: 1,
    demand: 'Each message ends as sent, not sent or unknown.',
    look: 'The recovery of messages whose process died or whose call broke.',
    example: 'B06',
  },
  L2: {
    invariant: 1,
    demand: 'A message that no fault can have affected is sent exactly once, and never ends as unknown.',
    look: 'The plain path from the entry to the provider.',
    example: 'B21',
  },
  L3: {
    invariant: 1,
    demand: 'While the service is certainly out of reach, the legacy app sends in its place, and soon.',
    look: 'Which failures of the call count as a reason to fall back, and how long the legacy app waits for each.',
    example: 'B02',
  },
  L4: {
    invariant: 1,
    demand: 'A message ends as unknown only if something that can leave doubt happened while it was being sent.',
    look: 'What turns an answer of the provider into `unknown`.',
    example: 'W10',
  },
  L5: {
    invariant: 4,
    demand: 'After all faults have ended, each sent message has its log row and its charge, and the two logs agree.',
    look: 'What settles a message after its sender failed, and under which uuid the service logs.',
    example: 'M19',
  },
  L6: {
    invariant: 'none',
    demand: 'Once the service works again and is called, a breaker that was OPEN closes.',
    look: 'The rule by which a first call is made after the breaker has opened.',
    example: 'M44',
  },
  L7: {
    invariant: 1,
    demand: 'A claim on a message ends: by a send, or by another attempt that takes it over.',
    look: 'The lease of a claim, and the code that takes over an expired one.',
    example: 'B40',
  },
  L8: {
    invariant: 1,
    demand:
      'A flip of the mode is followed: messages that enter after it use the new mode, and those that entered before it end.',
    look: 'How long a flag is cached, and whether recovery also looks at messages of the old mode.',
    example: 'B52',
  },
};

/** The properties as entries of the guide. */
export const PROPERTY_ENTRIES: readonly GuideEntry[] = PROPERTY_IDS.map((id) => {
  const { invariant, demand, look, example } = PROPERTY_GUIDES[id];
  return {
    id,
    kind: 'property',
    title: PROPERTIES[id],
    summary: demand,
    facts: [
      ['belongs to', INVARIANTS[invariant]],
      ['must see', CATALOGUE[id].vantages.join(', ')],
      ['look at', look],
      ['broken by', `mutant ${example}: npx onesend mutants ${example}`],
    ],
  };
});
