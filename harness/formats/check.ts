// What `onesend check --json` prints: the outcome of each step that tries the description of a pair.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { hiddenPropertySchema } from './property-catalogue.ts';

/** The steps in their order, each with the statement that it tests. */
export const CHECK_STEPS = {
  credentials: 'nothing in the description, or in a `.env` that the systems may read, looks like a real credential',
  servers: 'PostgreSQL, the fault proxy and the observers start',
  roles: 'the two login roles differ, and can be created',
  schema: '`database.setup` is applied',
  tables: 'the tables and columns that the description names exist, with usable types',
  grants: 'the role of the legacy app has privileges on tables',
  seed: '`database.reset`, `seed` and `mode` create a tenant and a message, and the rig reads both back',
  queue: 'what `atRest` counts is 0 before anything is sent',
  'start legacy': 'the legacy app starts and answers its `readyPath`',
  'start service': 'the service starts and answers its `readyPath`',
  'trigger OFF': 'the trigger of a campaign in OFF is answered with a success, or with a redirect once it has sent',
  'trigger SHADOW': 'the trigger of a campaign in SHADOW is answered in the same way',
  'trigger ON': 'the trigger of a campaign in ON is answered in the same way',
  calls:
    'the legacy app calls the service through `${serviceUrl}`: a rehearsal in SHADOW, a real request in ON; `protocol` finds all fields',
  sends: 'the provider stub accepts each of these messages once, from the system that sends in its mode',
  uuids: 'each message gets a uuid, and the place that `identity` names holds the same uuid as the request',
  rows: 'each message has its row in sms_logs',
  words: 'the status words of answers and rows are known',
  flip: 'a message that enters after a flip follows the new mode',
  rest: 'once everything is answered, nothing more is written or sent',
  flush: '`flush` succeeds, and `flipRead` shows the mode that was set last',
  'side by side': 'the legacy app answers a request while a message waits for the service',
  breaker: 'after `openBreaker` has opened a breaker, the service is not called',
  recover: '`recover` returns counts',
  reconcile: '`reconcile` returns mismatches, and reports a row that the check removed from `sms_logs`',
  'log rehearsal': 'the service logs `DRY_RUN_NO_PROVIDER_CALL` with the uuid of the message that it rehearsed',
  'log fallback':
    'the legacy app logs `LEGACY_SEND_FALLBACK_ON_MODE` with the uuid or the tenant when the check refuses its call',
  egress: 'the systems connect to no hosts except those of their providers',
  reset: '`database.reset` leaves no row in the tables',
} as const;

/** The name of a step. */
export type CheckStepName = keyof typeof CHECK_STEPS;

/** The names of all steps, in order. */
export const CHECK_STEP_NAMES = Object.keys(CHECK_STEPS) as CheckStepName[];

const checkStepSchema = z.strictObject({
  step: z.enum(CHECK_STEP_NAMES),
  /** `not-applicable`: the pair has no part that the step could test. `not-tried`: a step that this one depends on failed. */
  outcome: z.enum(['ok', 'failed', 'not-applicable', 'not-tried']),
  /** What was found, in one line. */
  finding: z.string(),
  /** What to change; only for a step that failed. */
  hint: z.exactOptional(z.string()),
  /** Further lines of text, such as the last lines of a log. */
  details: z.array(z.string()),
});

/** The outcome of one step. */
export type CheckStep = z.infer<typeof checkStepSchema>;

const checkSchema = z.strictObject({
  format: z.literal('onesend.check/1'),
  system: z.string(),
  /** Whether no step failed. */
  isGood: z.boolean(),
  /** The readings of the runbook that the description chooses; the pair would be judged by them. */
  readings: z.record(z.string(), z.string()),
  /** The steps, in the order in which they are tried. */
  steps: z.array(checkStepSchema),
  /** The properties that cannot be judged, because the description shows too little. */
  hidden: z.array(hiddenPropertySchema),
});

/** The report of a check. */
export type CheckReport = z.infer<typeof checkSchema>;

/** The report of a check as a document. */
export const checkReportDocument: DocumentKind<CheckReport> = { format: 'onesend.check/1', schema: checkSchema };
