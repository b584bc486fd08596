// M03: the client catches only a connection that could not be made; one that is reset or cut surfaces as an exception, and as the user's 500.
import type { HttpOutcome } from '../../src/contract/http.ts';
import type { ServiceCall } from '../../src/contract/parts.ts';
import type { System } from '../../src/contract/system.ts';
import { referenceParts } from '../../src/reference.ts';
import { sabotage } from './sabotage.ts';

const UNCAUGHT: ReadonlySet<string> = new Set(['reset', 'reset-before-write', 'truncated', 'closed']);

function classifyAnswer(outcome: HttpOutcome): ServiceCall {
  if (outcome.kind === 'failure' && UNCAUGHT.has(outcome.reason)) throw new Error(`request failed: ${outcome.reason}`);
  return referenceParts.classifyAnswer(outcome);
}

/** The mutant. */
export const system: System = sabotage(
  { classifyAnswer },
  { name: 'M03-no-fallback-on-reset', module: import.meta.url },
);
