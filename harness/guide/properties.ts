// What each property says, which invariant it belongs to, and where a violation points to.
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

/** What is written about one property. */
export interface PropertyGuide {
  readonly invariant: keyof typeof INVARIANTS;
  readonly says: string;
  /** Where to look first when it is violated. */
  readonly look: string;
  /** The mutant whose counterexample is the page's example. */
  readonly example: string;
}

/** The properties by their ids. */
export const PROPERTY_GUIDES: Readonly<Record<PropertyId, PropertyGuide>> = {
  S1: {
    invariant: 1,
    says: 'The provider accepts a message at most once, over both systems, all retries and the whole life of the message.',
    look: 'Whatever permits a second send: a fallback after a timeout, a retry of the provider call, a redelivered job.',
    example: 'M01',
  },
  S2: {
    invariant: 1,
    says: 'Only one of the two systems makes attempts for a message that the provider may have accepted.',
    look: 'What the fallback asks before it sends, and what the service asks before it does.',
    example: 'M45',
  },
  S3: {
    invariant: 1,
    says: 'A system calls the provider only for a message whose authority it holds at that moment.',
    look: 'The order of claim, begin-send and provider call, and what a holder does after it lost the authority.',
    example: 'M29',
  },
  S4: {
    invariant: 1,
    says: 'The mode at the entry decides who is called and who sends: OFF calls no service, SHADOW calls it with dry_run only, and in ON the legacy app sends only after a cause for fallback.',
    look: 'Where the mode is read, and every path that reaches the legacy sender.',
    example: 'M20',
  },
  S5: {
    invariant: 1,
    says: 'A request with dry_run sends nothing, logs nothing as sent and charges nothing.',
    look: 'The first lines of the service that handle dry_run, and its default when the field is missing.',
    example: 'M21',
  },
  S6: {
    invariant: 2,
    says: 'A message has one uuid of its own, made before anything is sent and never changed. A request without a uuid is rejected.',
    look: 'Every place that makes a uuid: there must be one, at the entry, and its result must be stored.',
    example: 'M10',
  },
  S7: {
    invariant: 3,
    says: 'Only the legacy app writes sms_logs and the quota, and only the service writes go_sms_logs.',
    look: "The database roles of both systems, and the service's statements.",
    example: 'M61',
  },
  S8: {
    invariant: 3,
    says: 'sms_logs has one row a message, and source, status and provider id of the row agree with what the provider accepted.',
    look: 'Where the legacy app writes the row, and what it takes for the source.',
    example: 'B04',
  },
  S9: {
    invariant: 4,
    says: 'A message is charged once if the readings charge it, and never otherwise.',
    look: 'The transaction that decrements the quota: whether it runs twice, or for a message that was not accepted.',
    example: 'M53',
  },
  S10: {
    invariant: 4,
    says: 'At the end an account has lost exactly what was sent. At no commit has it lost more than may have been sent, and it never goes below zero.',
    look: 'Decrements outside the transaction of the log row, and balances that are read before they are changed.',
    example: 'M56',
  },
  S11: {
    invariant: 1,
    says: 'The service answers `duplicate` only for a message that the provider had accepted before.',
    look: 'What the service does with a uuid that it knows and has not finished.',
    example: 'M17',
  },
  S12: {
    invariant: 1,
    says: 'A message that an answer or a log calls rejected is never accepted by the provider, one that it calls accepted is, and one that it calls unknown was in doubt.',
    look: 'How timeouts and errors of the provider are turned into a status.',
    example: 'M74',
  },
  S13: {
    invariant: 'none',
    says: 'Users cannot tell SHADOW from OFF by what they are answered or when. An undisturbed rehearsal is answered in time.',
    look: 'Whether the rehearsal runs before the user has an answer, and what its errors do.',
    example: 'B53',
  },
  S14: {
    invariant: 'none',
    says: 'A call to the service ends within its budget of 500 ms, and is made once for each occasion.',
    look: 'The timeout of the HTTP client, and retries that the client makes by itself.',
    example: 'M05',
  },
  S15: {
    invariant: 1,
    says: 'A breaker that is OPEN lets no call out, and one that is HALF_OPEN lets out only probes. It opens after the agreed number of failures.',
    look: 'Where the breaker is asked, and what counts as a failure.',
    example: 'B01',
  },
  S16: {
    invariant: 1,
    says: 'A message keeps the mode that was flagged when it entered, over redelivery, recovery and flips of the mode.',
    look: 'Each place that reads the flag after the entry, and the age of cached flags.',
    example: 'M47',
  },
  S17: {
    invariant: 3,
    says: 'The reconciliation reports exactly how the two logs differ, in both directions, without rehearsals and rows that are still young.',
    look: 'The joins of the reconciliation, its comparison of NULL, and its filters.',
    example: 'M65',
  },
  S18: {
    invariant: 2,
    says: 'Recipient and text of a message stay the same from entry to provider, and its uuid is refused for any other payload.',
    look: 'Maps from uuid to recipient, and what the service does with a uuid that comes with another text.',
    example: 'B70',
  },
  S19: {
    invariant: 'none',
    says: 'The answer to a batch speaks of each message of its request once. A fallback covers only messages that the legacy app holds.',
    look: 'How results are matched with messages, and which messages a fallback takes.',
    example: 'B81',
  },
  S20: {
    invariant: 1,
    says: 'What permits a send is committed before the provider is called.',
    look: 'Transactions around the provider call, and calls before the COMMIT is acknowledged.',
    example: 'W12',
  },
  S21: {
    invariant: 'none',
    says: 'Each rehearsal leaves the log line DRY_RUN_NO_PROVIDER_CALL and each fallback LEGACY_SEND_FALLBACK_ON_MODE, and no such line appears without its event.',
    look: 'Where both lines are written.',
    example: 'B05',
  },
  S22: {
    invariant: 'none',
    says: "A message is sent with its own tenant's account at its own provider, and requested in its own tenant's name.",
    look: 'Credentials, clients and caches that are kept between messages.',
    example: 'B22',
  },
  S23: {
    invariant: 2,
    says: 'Each message of a triggered campaign enters, unless its account has no unit left or a fault prevents it.',
    look: 'What the entry skips, and what a second trigger of the same campaign does.',
    example: 'W03',
  },
  S24: {
    invariant: 'none',
    says: "The user's answer agrees with what had been committed before it.",
    look: 'When the answer is composed, and which counts it gives.',
    example: 'B50',
  },
  L1: {
    invariant: 1,
    says: 'Each message ends as sent, not sent or unknown.',
    look: 'What takes up a message whose process ended: recovery, leases, queues.',
    example: 'B06',
  },
  L2: {
    invariant: 1,
    says: 'A message that no fault came near is sent exactly once, and never ends as unknown.',
    look: 'The plain path: what ends a send early, or calls it unknown without a cause.',
    example: 'B21',
  },
  L3: {
    invariant: 1,
    says: 'While the service is certainly out of reach, the legacy app sends in its place, and soon.',
    look: 'Which failures cause a fallback, and which messages of the batch it covers.',
    example: 'B02',
  },
  L4: {
    invariant: 1,
    says: 'A message ends as unknown only if something that can leave doubt happened while it was being sent.',
    look: 'Defaults of the status, and errors that are certain refusals.',
    example: 'W10',
  },
  L5: {
    invariant: 4,
    says: 'After all faults have ended, each sent message has its log row and its charge, and the two logs agree.',
    look: 'What settles a message whose answer was lost: the reconciliation, or a later delivery.',
    example: 'M19',
  },
  L6: {
    invariant: 'none',
    says: 'Once the service works again and is called, a breaker that was OPEN closes.',
    look: 'What a successful probe changes.',
    example: 'M44',
  },
  L7: {
    invariant: 1,
    says: 'A claim on a message ends: by a send, or by another attempt that takes it over.',
    look: 'The lease of a claim, and who looks for expired ones.',
    example: 'B40',
  },
  L8: {
    invariant: 1,
    says: 'A flip of the mode is followed: messages that enter after it use the new mode, and those that entered before it end.',
    look: 'Caches of the flag, and messages that wait in the old mode.',
    example: 'B52',
  },
};

/** The properties as entries of the guide. */
export const PROPERTY_ENTRIES: readonly GuideEntry[] = PROPERTY_IDS.map((id) => {
  const { invariant, says, look, example } = PROPERTY_GUIDES[id];
  return {
    id,
    kind: 'property',
    title: PROPERTIES[id],
    summary: says,
    facts: [
      ['belongs to', INVARIANTS[invariant]],
      ['must see', CATALOGUE[id].vantages.join(', ')],
      ['look at', look],
      ['broken by', `mutant ${example}: npx onesend mutants ${example}`],
    ],
  };
});
