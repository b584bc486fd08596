// What `onesend check --json` prints: how each step of trying a description went.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { hiddenPropertySchema } from './property-catalogue.ts';

/** The steps in their order, with what each tries. */
export const CHECK_STEPS = {
  credentials: 'nothing in the description, or in a `.env` that the systems may read, looks like a real credential',
  servers: 'PostgreSQL, the fault proxy and the observers start',
  roles: 'the two login roles differ, and can be made',
  schema: '`database.setup` is applied',
  tables: 'the tables and columns that the description names are there, with usable types',
  grants: 'the role of the legacy app may use tables',
  seed: '`database.reset`, `seed` and `mode` put a tenant and a message in place, and the rig finds both again',
  queue: 'what `atRest` counts is 0 before anything is sent',
  'start legacy': 'the legacy app starts and answers its `readyPath`',
  'start service': 'the service does',
  'trigger OFF': 'the trigger of a campaign in OFF is answered with a success, or with a redirect once it has sent',
  'trigger SHADOW': 'the same in SHADOW',
  'trigger ON': 'the same in ON',
  calls:
    'the service is called through `${serviceUrl}`, a rehearsal in SHADOW and a real request in ON, and `protocol` finds all in it',
  sends: 'each of these messages is accepted by the provider stub once, from the system that its mode names',
  uuids: 'each message gets a uuid, the same on the wire and where `identity` says',
  rows: 'each message has its row in sms_logs',
  words: 'the status words of answers and rows are known',
  flip: 'a message that enters after a flip follows the new mode',
  rest: 'when all is answered nothing is written or sent any more',
  flush: '`flush` succeeds, and `flipRead` shows the mode that was flagged last',
  'side by side': 'the legacy app answers a request while a message waits for the service',
  breaker: 'with a breaker that `openBreaker` opened the service is not called',
  recover: '`recover` answers counts',
  reconcile: '`reconcile` answers mismatches',
  egress: 'the systems ask for no host but those of their providers',
  reset: '`database.reset` leaves no row in the tables',
} as const;

/** The name of a step. */
export type CheckStepName = keyof typeof CHECK_STEPS;

/** The names of all steps, in order. */
export const CHECK_STEP_NAMES = Object.keys(CHECK_STEPS) as CheckStepName[];

const checkStepSchema = z.strictObject({
  step: z.enum(CHECK_STEP_NAMES),
  /** `not-applicable`: the pair has no such thing. `not-tried`: a step that it needs failed. */
  outcome: z.enum(['ok', 'failed', 'not-applicable', 'not-tried']),
  /** What was found, in one line. */
  finding: z.string(),
  /** What to change, of a step that failed. */
  hint: z.exactOptional(z.string()),
  /** What else is known, a line each, such as the last lines of a log. */
  details: z.array(z.string()),
});

/** How one step went. */
export type CheckStep = z.infer<typeof checkStepSchema>;

const checkSchema = z.strictObject({
  format: z.literal('onesend.check/1'),
  system: z.string(),
  /** Whether no step failed. */
  isGood: z.boolean(),
  /** How the description reads the runbook, by which the pair would be judged. */
  readings: z.record(z.string(), z.string()),
  steps: z.array(checkStepSchema),
  /** The properties that cannot be judged by what the description shows. */
  hidden: z.array(hiddenPropertySchema),
});

/** The report of a check. */
export type CheckReport = z.infer<typeof checkSchema>;

/** The report of a check as a document. */
export const checkReportDocument: DocumentKind<CheckReport> = { format: 'onesend.check/1', schema: checkSchema };
