// The scenario: tenants, steps and faults as plain JSON, which both lanes can run.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { faultSchema } from './fault.ts';

const key = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected a short lower-case name');
const offsetMs = z.int().min(0).max(60_000);
const skewMicros = z.int().min(-60_000_000).max(60_000_000);

/** The names of the providers. An item without a provider is sent through the first. */
export const PROVIDERS = ['twilio', 'vonage'] as const;

/** How similar the recipients of a campaign are. */
export const NUMBERS = ['distinct', 'near', 'equal'] as const;

const tenantSchema = z.strictObject({
  key,
  /** The text of the tenant's flag; null without a flag. If it is not one of the three modes, the reading `unknownMode` decides. */
  mode: z.string().max(20).nullable(),
  /** The units in the tenant's account. */
  quota: z.int().min(0).max(1_000_000),
});

const stepSchema = z.discriminatedUnion('kind', [
  /** A campaign is triggered for the first time. Its items are named `campaign#1`, `campaign#2`, ... */
  z.strictObject({
    kind: z.literal('entry'),
    campaign: key,
    tenant: key,
    messages: z.int().min(1).max(40),
    /** The recipients: `distinct` (the default), `near` (only their area codes differ), or `equal` (one number with different texts). */
    numbers: z.exactOptional(z.enum(NUMBERS)),
    /** The providers through which its items are sent, in turn. Default: the first provider. */
    providers: z.exactOptional(z.array(z.enum(PROVIDERS)).min(1).max(PROVIDERS.length)),
    atMs: offsetMs,
  }),
  /** The tenant's mode is changed. */
  z.strictObject({ kind: z.literal('flip'), tenant: key, mode: z.string().max(20), atMs: offsetMs }),
  /**
   * The rig starts one round of recovery during the traffic. At quiescence it runs rounds in any case, until nothing is left to recover.
   */
  z.strictObject({ kind: z.literal('recover'), atMs: offsetMs }),
  /** The rig runs the reconciliation: at the given time, or at quiescence. */
  z.strictObject({ kind: z.literal('reconcile'), atMs: z.exactOptional(offsetMs) }),
]);

/** The schema of a scenario. It also checks that every step and fault names a tenant or campaign that exists. */
export const scenarioSchema = z
  .strictObject({
    format: z.literal('onesend.scenario/1'),
    name: z.string().min(1).max(200),
    seed: z.int(),
    tenants: z.array(tenantSchema).min(1).max(8),
    steps: z.array(stepSchema).min(1).max(16),
    faults: z.array(faultSchema).max(16),
    /** How many processes of the service share the work; default: one. Only on the sim lane. */
    serviceInstances: z.exactOptional(z.union([z.literal(1), z.literal(2)])),
    /** How far the clock of each machine is off, in microseconds; default: 0. Only on the sim lane. */
    skewMicros: z.exactOptional(z.strictObject({ legacy: skewMicros, service: skewMicros })),
  })
  .superRefine((scenario, context) => {
    const tenants = new Set(scenario.tenants.map((tenant) => tenant.key));
    const campaigns = new Set(scenario.steps.flatMap((step) => (step.kind === 'entry' ? [step.campaign] : [])));
    const entries = scenario.steps.filter((step) => step.kind === 'entry').length;
    if (tenants.size !== scenario.tenants.length)
      context.addIssue({ code: 'custom', path: ['tenants'], message: 'tenant keys must differ' });
    if (campaigns.size !== entries)
      context.addIssue({ code: 'custom', path: ['steps'], message: 'each entry needs a campaign of its own' });
    for (const [index, step] of scenario.steps.entries()) {
      if ('tenant' in step && !tenants.has(step.tenant))
        context.addIssue({
          code: 'custom',
          path: ['steps', index, 'tenant'],
          message: `unknown tenant ${step.tenant}`,
        });
    }
    for (const [index, fault] of scenario.faults.entries()) {
      if ('campaign' in fault && !campaigns.has(fault.campaign)) {
        context.addIssue({
          code: 'custom',
          path: ['faults', index, 'campaign'],
          message: `unknown campaign ${fault.campaign}`,
        });
      }
      if ('untilMs' in fault && fault.untilMs <= fault.fromMs) {
        context.addIssue({ code: 'custom', path: ['faults', index], message: 'untilMs must be later than fromMs' });
      }
    }
  });

/** Tenants, steps and faults as plain data. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** One step of a scenario. */
export type Step = Scenario['steps'][number];

/** One tenant of a scenario. */
export type Tenant = Scenario['tenants'][number];

/** The scenario as a document. */
export const scenarioDocument: DocumentKind<Scenario> = { format: 'onesend.scenario/1', schema: scenarioSchema };
