// M03: the client catches only a connection that could not be made; a reset or cut connection throws, and the user gets a 500.
import type { MutantDescription } from '../../harness/runner/mutant.ts';
import type { Context, ServiceCall } from '../../src/contract/parts.ts';
import type { HttpOutcome } from '../../src/contract/http.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';
import { tookEffect } from './took-effect.ts';

const UNCAUGHT: ReadonlySet<string> = new Set(['reset', 'reset-before-write', 'truncated', 'closed']);

function classifyAnswer(context: Context, outcome: HttpOutcome): ServiceCall {
  if (outcome.kind === 'answer' || !UNCAUGHT.has(outcome.reason))
    return referenceParts.classifyAnswer(context, outcome);
  tookEffect(context, 'M03');
  throw new Error(`request failed: ${outcome.reason}`);
}

/** The properties that M03 breaks, and the lanes on which it shows. */
export const mutant: MutantDescription = {
  id: 'M03',
  name: 'no-fallback-on-reset',
  breaks: ['S24'],
  otherwise:
    'L3 needs a service that cannot be reached, and a reset comes from one that was reached; in SHADOW the user does not wait for the rehearsal (S13)',
  lanes: ['sim', 'live'],
};

/** The reference with its part `classifyAnswer` replaced. */
export const system: System = sabotage(
  { classifyAnswer },
  { name: 'M03-no-fallback-on-reset', module: import.meta.url },
);
