// The scenario: plain JSON, the only input of both lanes.
import { z } from 'zod';
import type { DocumentKind } from './document.ts';
import { faultSchema } from './fault.ts';

const key = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected a short lower-case name');
const offsetMs = z.int().min(0).max(60_000);
const skewMicros = z.int().min(-60_000_000).max(60_000_000);

/** The names of the providers; items that name none go through the first. */
export const PROVIDERS = ['twilio', 'vonage'] as const;

/** How the recipients of a campaign resemble each other. */
export const NUMBERS = ['distinct', 'near', 'equal'] as const;

const tenantSchema = z.strictObject({
  key,
  /** The flag's text as stored; anything but the three modes acts as OFF and raises an alarm. Null: no flag at all. */
  mode: z.string().max(20).nullable(),
  /** Units in the tenant's account. */
  quota: z.int().min(0).max(1_000_000),
});

const stepSchema = z.discriminatedUnion('kind', [
  /** A campaign is triggered for the first time. Its items are named `campaign#1`, `campaign#2`, ... */
  z.strictObject({
    kind: z.literal('entry'),
    campaign: key,
    tenant: key,
    messages: z.int().min(1).max(40),
    /** The recipients: all different unless given; `near` ones differ in their area only; `equal` ones are one number with different texts. */
    numbers: z.exactOptional(z.enum(NUMBERS)),
    /** The providers that its items are sent through, in turn; the first of all unless given. */
    providers: z.exactOptional(z.array(z.enum(PROVIDERS)).min(1).max(PROVIDERS.length)),
    atMs: offsetMs,
  }),
  /** The tenant's mode is flagged anew. */
  z.strictObject({ kind: z.literal('flip'), tenant: key, mode: z.string().max(20), atMs: offsetMs }),
  /** The rig asks for one round of recovery beside the traffic. It asks again, until nothing is left to do, before every cut. */
  z.strictObject({ kind: z.literal('recover'), atMs: offsetMs }),
  /** The reconciliation command is run, at the quiescent cut unless a time is given. */
  z.strictObject({ kind: z.literal('reconcile'), atMs: z.exactOptional(offsetMs) }),
]);

/** The schema of a scenario, with its references resolved: every step and fault names a tenant or campaign that exists. */
export const scenarioSchema = z
  .strictObject({
    format: z.literal('onesend.scenario/1'),
    name: z.string().min(1).max(200),
    seed: z.int(),
    tenants: z.array(tenantSchema).min(1).max(8),
    steps: z.array(stepSchema).min(1).max(16),
    faults: z.array(faultSchema).max(16),
    /** How many service processes share the work; one unless given. The sim lane only. */
    serviceInstances: z.exactOptional(z.union([z.literal(1), z.literal(2)])),
    /** How far the clock of each machine is off; right unless given. The sim lane only. */
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

/** One scenario. */
export type Scenario = z.infer<typeof scenarioSchema>;

/** One step of a scenario. */
export type Step = Scenario['steps'][number];

/** One tenant of a scenario. */
export type Tenant = Scenario['tenants'][number];

/** The scenario as a document. */
export const scenarioDocument: DocumentKind<Scenario> = { format: 'onesend.scenario/1', schema: scenarioSchema };
